"""Agreement on segments cut freely: where they begin and end, and the code that they bear."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import pandas as pd

from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.gamma import gamma
from cpit_research.agreement.on_codings import (
    ESTIMABLE,
    INDICATIVE,
    INTERVAL,
    check,
    stretched,
)
from cpit_research.agreement.unitizing import UnitizingTable, unitizing_table
from cpit_research.corpus.codings import Codings
from cpit_research.results.left_out import left_out
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.statistics.resampling import Floats, jackknife, jackknife_t
from cpit_research.wording import gettext as _

SpansBy = Literal["code", "note"]
_BYS: Final[tuple[SpansBy, ...]] = ("code", "note")


def spans(codings: Codings, *, by: SpansBy = "code", code: str | None = None) -> Result:
    """Tell how far coders cut the same segments and give them the same code.

    No unit is imposed: a segment that one coder begins a line sooner costs a little, one that the
    other has not seen costs its whole length. Overlapping segments of one coder under one code are
    taken as one.

    Parameters
    ----------
    codings : Codings
        Those to compare, on the notes that two coders or more have read.
    by : str
        ``"code"``: the unitizing alpha of each code over all these notes, which never cross, with
        a 95 % interval over notes. ``"note"``: of each note, all codes together, the unitizing
        alpha and gamma, with the interval of its drawing.
    code : str, optional
        This code alone, or every code of this family.

    Returns
    -------
    Result
        ``name``, ``n_segments`` (of all coders), ``n_notes`` or ``n_coders``, ``unitizing``, and
        by note ``gamma``; ``low``, ``high``; ``status``. Under 5 segments the status is
        ``not_estimable`` and every agreement NaN; by code, under 10 notes ``indicative`` and under
        5 no interval.

    Raises
    ------
    InvalidInput
        If `by` is not one of its values.
    NotFound
        If the grid has no such code.

    References
    ----------
    Krippendorff, K. (2004). *Content Analysis* (2nd ed.), chapter 11. Sage.
    Mathet, Y., Widlöcher, A. & Métivier, J.-P. (2015). The unified and holistic method gamma.
    *Computational Linguistics*, 41(3), 437-479. doi:10.1162/COLI_a_00227
    """
    check("by", by, _BYS)
    chosen = codings if code is None else codings.where(code=code)
    texts = _continua(chosen)
    by_code = by == "code"
    table = _by_code(chosen, texts) if by_code else _by_note(chosen, texts)
    return Result(
        title=_("Agreement on segments, code by code")
        if by_code
        else _("Agreement on segments, note by note"),
        table=table,
        counts="segment",
        method=_methods(by),
        reference="Krippendorff 2004" if by_code else "Mathet, Widlöcher & Métivier 2015",
        settings={"by": by, "code": code or ""},
        notes=left_out(chosen),
        provenance=provenance(chosen.corpus, chosen),
    )


def _continua(codings: Codings) -> dict[str, Continuum]:
    """Return, by id of the note, the segments of those who read it, when they are several."""
    columns, readers = codings.columns, codings.readers
    put = np.ones(len(columns), np.bool_) if columns.decided is None else ~columns.decided
    units: dict[str, list[tuple[str, float, float, str]]] = {
        source.id: [] for source in codings.corpus if len(readers.get(source.id, ())) > 1
    }
    for row in np.flatnonzero(put).tolist():
        source, coder = columns.source[row], columns.coder[row]
        if source in units and coder in readers[source]:
            start, end = float(columns.start[row]), float(columns.end[row])
            units[source].append((coder, start, end, columns.code[row]))
    return {
        source: Continuum.of(
            listed, coders=readers[source], start=0, length=len(codings.corpus[source].text)
        ).merged()
        for source, listed in units.items()
    }


def _by_code(codings: Codings, texts: dict[str, Continuum]) -> pd.DataFrame:
    told = unitizing_table(list(texts.values()))
    order = {leaf.id: at for at, leaf in enumerate(codings.grid.leaves())}
    ranks = sorted(
        range(len(told.categories)), key=lambda at: order.get(told.categories[at], len(order))
    )
    counts = _counts(told, ranks)
    sums = counts.sum(axis=0)
    n_segments = told.units.sum(axis=0)[ranks] if ranks else np.zeros(0)
    n_segments = np.append(n_segments, n_segments.sum())
    value = np.where(n_segments >= ESTIMABLE, _alpha(sums), np.nan)
    low, high = np.full(len(value), np.nan), np.full(len(value), np.nan)
    if len(texts) >= INTERVAL:
        low, high = jackknife_t(
            _alpha(sums), jackknife(counts, _alpha), scale=stretched, back=np.tanh
        )
    known = ~np.isnan(value)
    ids = [told.categories[at] for at in ranks]
    grid = codings.grid
    return pd.DataFrame(
        {
            "name": [
                *(grid[key].name if key in grid else key for key in ids), _("All together"),
            ],
            "n_segments": n_segments.astype(np.int64),
            "n_notes": len(texts),
            "unitizing": value,
            "low": np.where(known, low, np.nan),
            "high": np.where(known, high, np.nan),
            "status": np.where(
                known, "indicative" if len(texts) < INDICATIVE else "", "not_estimable"
            ),
        },
        index=pd.Index([*ids, "total"], name="id"),
    )  # fmt: skip


def _counts(told: UnitizingTable, ranks: list[int]) -> Floats:
    """Return the disagreements of each note, shape (n_notes, n_codes + 1, 2); the last, of all."""
    each = np.stack([told.observed[:, ranks], told.expected[:, ranks]], axis=-1)
    whole: Floats = np.concatenate([each, each.sum(axis=1, keepdims=True)], axis=1)
    return whole


def _alpha(sums: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        value: Floats = np.where(sums[..., 1] > 0, 1 - sums[..., 0] / sums[..., 1], np.nan)
    return value


def _by_note(codings: Codings, texts: dict[str, Continuum]) -> pd.DataFrame:
    rows = []
    for source, text in texts.items():
        estimable = len(text) >= ESTIMABLE
        found = gamma(text) if estimable else None
        told = _alpha(_counts(unitizing_table([text]), list(range(len(text.categories)))).sum(0))
        rows.append(
            {
                "name": codings.corpus[source].path,
                "n_segments": len(text),
                "n_coders": len(text.coders),
                "unitizing": float(told[-1]) if estimable else np.nan,
                "gamma": found.gamma if found else np.nan,
                "low": found.interval[0] if found else np.nan,
                "high": found.interval[1] if found else np.nan,
                "status": "" if estimable else "not_estimable",
            }
        )
    columns = ["name", "n_segments", "n_coders", "unitizing", "gamma", "low", "high", "status"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(list(texts), name="id"))


def _methods(by: SpansBy) -> str:
    return {
        "code": _(
            "Krippendorff's unitizing alpha: for each code, squared distances between the "
            "beginnings and ends of the segments of two coders, against those of segments dropped "
            "anywhere in the note. 95 % interval by leaving out each note in turn (jackknife, "
            "Student's t on Fisher's z)."
        ),
        "note": _(
            "Gamma of Mathet, Widlöcher and Métivier: the best alignment of the segments of all "
            "coders, their places and their codes together, against that of segments shifted at "
            "random; its interval is that of the drawing. Beside it, the unitizing alpha of all "
            "codes together."
        ),
    }[by]
