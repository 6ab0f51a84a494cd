"""Agreement between coders, counted on the units of the notes that several have read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cpit_research.agreement import coefficients, telling
from cpit_research.agreement.counts import (
    BOTH,
    FIRST,
    PAIRS,
    POSITIVE,
    SECOND,
    UNITS,
)
from cpit_research.agreement.entries import BYS, By, Entries, entries, owed_codes
from cpit_research.agreement.marks import Frame, placing
from cpit_research.agreement.units import Ints
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.left_out import left_out
from cpit_research.errors import InvalidInput
from cpit_research.model.round import INDICATIVE, NO_INTERVAL
from cpit_research.model.unit import UNITS as UNIT_KINDS
from cpit_research.model.unit import Unit
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.statistics.resampling import Floats, Statistic, jackknife, jackknife_t
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _

Name = Literal["kappa", "alpha", "ac1"]
#: Positive units under which no coefficient is told.
ESTIMABLE: Final = 5


def alpha(
    codings: Codings, *, unit: Unit = "sentence", by: By = "code", code: str | None = None
) -> Result:
    """Tell how far coders agree, with the interval of Krippendorff's alpha.

    Every coefficient stands in the table, side by side; the interval alone changes between
    :func:`alpha`, :func:`kappa` and :func:`ac1`. The units are those of the notes that two coders
    or more have read, marked or not, and no other; a coder who has not read a note is missing
    there, and is never held to have seen nothing.

    Parameters
    ----------
    codings : Codings
        Those to compare; `codings.readers` tells who read which note.
    unit : str
        ``"sentence"``, ``"turn"`` (what each speaker says; every block outside turns),
        ``"paragraph"``, or ``"span"``: code point by code point, and ``alpha`` is then unitizing
        alpha, which looks at where segments begin and end. A coding marks every unit of which it
        covers half, or that holds half of what it covers.
    by : str
        A row a ``"code"``, a ``"family"``, a ``"grid_version"`` that codings were put under or a
        ``"coder_pair"``; the last two take the decisions of all codes together.
    code : str, optional
        This code alone, or every code of this family.

    Returns
    -------
    Result
        Indexed by id, last row ``total``: all the rows together, unit by unit and code by code.
        ``name``; ``status``; ``both``, ``first_only``, ``second_only``, ``neither``: units, summed
        over the pairs of coders in the order of their ids; ``n_units``, ``n_notes``; ``observed``,
        ``positive`` and ``negative`` agreement, 0 to 1; ``kappa``, ``alpha``, ``ac1``, at most 1;
        ``prevalence``, 0 to 1; ``low`` and ``high`` of the 95 % interval over notes. With fewer
        than 5 units that somebody marked, the status is ``not_estimable`` and every agreement NaN;
        so it is, by code, where a coder has codings to read again that may fall under the code
        (``to_read_again``): what is missing is not an absence;
        under 10 notes (or, by spans, 5 passages), ``indicative``; under 5 notes ``low`` and
        ``high`` are NaN, as where one note alone holds all the marks, or all the disagreements, or
        where no two coders ever marked the same unit.

    Raises
    ------
    InvalidInput
        If a parameter is not one of its values.
    NotFound
        If the grid has no such code.

    References
    ----------
    Krippendorff, K. (2019). *Content Analysis* (4th ed.), chapter 12. Sage.
    """
    return _result(codings, "alpha", unit, by, code)


def kappa(
    codings: Codings, *, unit: Unit = "sentence", by: By = "code", code: str | None = None
) -> Result:
    """Tell how far coders agree, with the interval of Cohen's kappa (Conger's beyond two coders).

    Parameters
    ----------
    codings, unit, by, code
        As for :func:`alpha`, and so are the errors.

    Returns
    -------
    Result
        The table of :func:`alpha`; ``low`` and ``high`` are those of this coefficient.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. *Educational and
    Psychological Measurement*, 20(1), 37-46. doi:10.1177/001316446002000104
    """
    return _result(codings, "kappa", unit, by, code)


def ac1(
    codings: Codings, *, unit: Unit = "sentence", by: By = "code", code: str | None = None
) -> Result:
    """Tell how far coders agree, with the interval of Gwet's AC1.

    Parameters
    ----------
    codings, unit, by, code
        As for :func:`alpha`, and so are the errors.

    Returns
    -------
    Result
        The table of :func:`alpha`; ``low`` and ``high`` are those of this coefficient.

    References
    ----------
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
    agreement. *British Journal of Mathematical and Statistical Psychology*, 61(1), 29-48.
    doi:10.1348/000711006X126600
    """
    return _result(codings, "ac1", unit, by, code)


def check(name: str, value: str, known: tuple[str, ...]) -> None:
    """Refuse a value that a parameter cannot have."""
    if value not in known:
        close = nearest(value, known)
        raise InvalidInput(
            _("“{value}” is not a value of {name}.").format(value=value, name=name),
            exists=_("It can be: {values}.").format(values=", ".join(known)),
            remedy=_("Did you mean “{close}”?").format(close=close) if close else "",
        )


def _result(codings: Codings, name: Name, unit: Unit, by: By, code: str | None) -> Result:
    check("unit", unit, UNIT_KINDS)
    check("by", by, BYS)
    chosen = codings if code is None else codings.where(code=code)
    within, found = placing(chosen, unit)
    rows = entries(chosen, within, found, unit=unit, by=by, code=code)
    return Result(
        title=telling.titles()[by],
        table=_table(rows, within, name, unit, owed_codes(chosen, within, by)),
        counts=unit,
        method=telling.method(_told(name, unit), unit),
        reference=telling.references()[_told(name, unit)],
        settings={"unit": unit, "by": by, "interval": name, "code": code or ""},
        notes=(*left_out(chosen), *telling.notes(chosen, within, found, rows, unit)),
        provenance=provenance(chosen.corpus, chosen),
    )


def _table(
    rows: Entries, within: Frame, name: Name, unit: Unit, owed: Collection[str]
) -> pd.DataFrame:
    sums = rows.counts.sum(axis=0)
    held = rows.counts[:, :, UNITS] > 0
    n_notes = held.sum(axis=0)
    waits = np.array([key in owed for key in (*rows.ids, "total")])
    enough = sums[:, POSITIVE] >= ESTIMABLE
    estimable = enough & ~waits
    low, high = _interval(rows.counts, held, _coefficient(name, unit))
    # A code that no two coders ever put together varies from note to note, its agreement does not.
    shown = estimable & (n_notes >= NO_INTERVAL) & (sums[:, BOTH] > 0)
    few = n_notes < INDICATIVE
    if unit == "span":
        few |= rows.passages < ESTIMABLE
        shown &= rows.passages >= ESTIMABLE
    alone = sums[:, FIRST], sums[:, SECOND]
    told: dict[str, object] = {
        "name": [*rows.names, _("All together")],
        "status": np.select(
            [~enough, waits, few], ["not_estimable", "to_read_again", "indicative"], ""
        ),
        "both": _whole(sums[:, BOTH]),
        "first_only": _whole(alone[0]),
        "second_only": _whole(alone[1]),
        "neither": _whole(sums[:, PAIRS] - sums[:, BOTH] - alone[0] - alone[1]),
        "n_units": (held * within.layout.units[:, None]).sum(axis=0),
        "n_notes": n_notes,
    }
    for column in ("observed", "positive", "negative", "kappa", "alpha", "ac1"):
        told[column] = np.where(estimable, _coefficient(column, unit)(sums), np.nan)
    told["prevalence"] = coefficients.prevalence(sums)
    told["low"], told["high"] = (np.where(shown, bound, np.nan) for bound in (low, high))
    return pd.DataFrame(told, index=pd.Index([*rows.ids, "total"], name="id"))


def _told(column: str, unit: Unit) -> str:
    """Return the coefficient that a column tells: by spans, alpha is that of free units."""
    return "unitizing" if (column, unit) == ("alpha", "span") else column


def _coefficient(column: str, unit: Unit) -> Statistic:
    computed: Statistic = getattr(coefficients, _told(column, unit))
    return computed


def _whole(counts: Floats) -> Ints:
    return np.rint(counts).astype(np.int64)


def _interval(
    counts: Floats, held: NDArray[np.bool_], statistic: Statistic
) -> tuple[Floats, Floats]:
    """Return the bounds of each row, over the notes that it holds."""
    n_rows = counts.shape[1]
    low, high = np.full(n_rows, np.nan), np.full(n_rows, np.nan)
    alike = bool((held == held[:, -1:]).all())
    for some in [slice(None)] if alike else [slice(at, at + 1) for at in range(n_rows)]:
        notes = held[:, some][:, 0]
        if notes.sum() < NO_INTERVAL:
            continue
        chosen = counts[notes][:, some]
        low[some], high[some] = jackknife_t(
            statistic(chosen.sum(axis=0)), jackknife(chosen, statistic),
            scale=_stretched, back=np.tanh,
        )  # fmt: skip
    return low, high


def _stretched(values: Floats) -> Floats:
    """Return Fisher's z: perfect agreement is at infinity, where no interval is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.arctanh(np.clip(values, -1.0, 1.0))
    return np.where(np.isfinite(z), z, np.nan)
