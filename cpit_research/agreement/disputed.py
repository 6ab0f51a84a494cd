"""The passages on which coders differ, with the words of each side by side."""

from __future__ import annotations

import pandas as pd

from cpit_research.agreement.disputes import Dispute, disputes
from cpit_research.agreement.on_codings import check
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.left_out import left_out
from cpit_research.model.coding import Coding
from cpit_research.model.segment import Segment
from cpit_research.model.unit import UNITS, Unit
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.wording import gettext as _
from cpit_research.wording.places import shown_place


def disputed(codings: Codings, *, unit: Unit = "sentence", code: str | None = None) -> Result:
    """List the passages that coders did not code alike, with the words of each side by side.

    Parameters
    ----------
    codings : Codings
        Those to compare.
    unit : str
        As in :func:`cpit_research.agreement.alpha`: what marks the same units is not disputed.
    code : str, optional
        A code, or a family: the disputes in which somebody put it, or a code under it.

    Returns
    -------
    Result
        One row a disagreement, in the order of the notes: ``source`` (path), ``place`` (in the
        file received), ``code`` and its ``name``, ``kind`` (``boundary``, ``omission`` or
        ``neighbouring_code``: what a machine can tell), then one column a coder, such as
        ``quotation:claire``: what she marked, with its code in brackets. It is empty if she marked
        nothing there, and a dash if she did not read the note.

    Raises
    ------
    InvalidInput
        If `unit` is not one of its values.
    NotFound
        If the grid has no such code.
    """
    check("unit", unit, UNITS)
    told = disputes(codings, code=code, unit=unit)
    grid = codings.grid
    coders = sorted({coder for one in told for coder in one.codings})
    table = pd.DataFrame(
        {
            "source": [codings.corpus[one.source].path for one in told],
            "place": [_place(codings, one) for one in told],
            "code": [one.code for one in told],
            "name": [grid[one.code].name if one.code in grid else "" for one in told],
            "kind": [one.kind for one in told],
            **{f"quotation:{who}": [_marked(codings, one, who) for one in told] for who in coders},
        },
        index=pd.RangeIndex(1, len(told) + 1, name="id"),
    )
    return Result(
        title=_("Passages that coders did not code alike"),
        table=table,
        counts="segment",
        method=_(
            "One row a disagreement, among the notes that several coders read. Its kind is what a "
            "machine can tell from the segments; people say the reason."
        ),
        settings={"unit": unit, "code": code or ""},
        notes=left_out(codings),
        names={f"quotation:{who}": who for who in coders},
        provenance=provenance(codings.corpus, codings),
    )


def _place(codings: Codings, one: Dispute) -> str:
    return shown_place(codings.corpus.place(Segment(one.source, one.start, one.end)))


def _marked(codings: Codings, one: Dispute, coder: str) -> str:
    if coder not in one.codings:
        return "–"
    return " / ".join(_said(codings, coding) for coding in one.codings[coder])


def _said(codings: Codings, coding: Coding) -> str:
    words = " ".join(codings.quote(coding).split())
    return _("“{words}” [{code}]").format(words=words, code=coding.code)
