"""Agreement on each code between each two coders, side by side."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from cpit_research.agreement import coefficients
from cpit_research.agreement.counts import POSITIVE
from cpit_research.agreement.entries import entries_of_pairs, owed_codes
from cpit_research.agreement.marks import placing
from cpit_research.agreement.on_codings import ESTIMABLE, Name, check
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.left_out import left_out
from cpit_research.model.unit import UNITS, Unit
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.wording import gettext as _
from cpit_research.wording.vocabulary import name_of

COEFFICIENTS: Final[tuple[Name, ...]] = ("alpha", "kappa", "ac1")


def pairs(
    codings: Codings,
    *,
    unit: Unit = "sentence",
    coefficient: Name = "alpha",
    code: str | None = None,
) -> Result:
    """Tell the agreement on each code, a column a pair of coders who read a note together.

    It shows who reads a code otherwise than the others: a definition, or a person.

    Parameters
    ----------
    codings : Codings
        Those to compare.
    unit : str
        As in :func:`cpit_research.agreement.alpha`.
    coefficient : str
        ``"alpha"``, ``"kappa"`` or ``"ac1"``.
    code : str, optional
        This code alone, or every code of this family.

    Returns
    -------
    Result
        One row a code met, last row ``total``: all of them together. Column ``name``, then one a
        pair, such as ``claire – yann``: NaN where the two marked fewer than 5 units, or a coder has
        codings to read again that may fall under the code.

    Raises
    ------
    InvalidInput
        If a parameter is not one of its values.
    NotFound
        If the grid has no such code.
    """
    check("unit", unit, UNITS)
    check("coefficient", coefficient, COEFFICIENTS)
    chosen = codings if code is None else codings.where(code=code)
    within, found = placing(chosen, unit)
    waits = owed_codes(chosen, within, "code")
    columns: dict[str, object] = {}
    ids: tuple[str, ...] = ()
    for pair, rows in entries_of_pairs(chosen, within, found, unit=unit, code=code):
        sums = rows.counts.sum(axis=0)
        ids = rows.ids
        columns.setdefault("name", [*rows.names, _("All together")])
        told = getattr(coefficients, coefficient)(sums)
        sure = (sums[:, POSITIVE] >= ESTIMABLE) & ~np.array(
            [key in waits for key in (*ids, "total")]
        )
        columns[pair] = np.where(sure, told, np.nan)
    index = pd.Index([*ids, "total"] if columns else [], name="id")
    return Result(
        title=_("Agreement on each code, between each two coders"),
        table=pd.DataFrame(columns or {"name": []}, index=index),
        counts=unit,
        method=_(
            "{coefficient} of two coders on the notes that both read. Where the two marked fewer "
            "than five units, nothing is told."
        ).format(coefficient=name_of(coefficient)),
        settings={"unit": unit, "coefficient": coefficient, "code": code or ""},
        notes=left_out(chosen),
        provenance=provenance(chosen.corpus, chosen),
    )
