"""Arbitration workbooks: where a team decides of the passages that coders did not code alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from cpit_research.errors import FormatError
from cpit_research.formats.working.arbitration_columns import (
    ARBITRATION,
    ARBITRATION_FORMAT,
    DECISION,
    EXACT,
    ID,
    KEEP,
    NONE,
    READ,
    REASON,
    REASONS,
    WHY,
    Arbitration,
    Ruling,
)
from cpit_research.formats.working.arbitration_writing import write_arbitration
from cpit_research.formats.working.coding_sheet_columns import ORIGIN
from cpit_research.formats.working.table import Faults, Row, find_sheet, read_table
from cpit_research.formats.working.workbook import Sheet, header_key, plain, read_workbook
from cpit_research.model.adjudication import DisagreementReason
from cpit_research.wording import gettext as _

__all__ = ["Arbitration", "Decided", "Ruling", "read_arbitration", "write_arbitration"]

_LABELLED: Final = re.compile(r"(\S+)\s+[–—-]\s")
_COLUMNS: Final = (*READ, DECISION, EXACT, REASON, WHY, ID)


@dataclass(frozen=True, slots=True)
class Decided:
    """What an arbitration workbook says once it is filled in.

    `left` counts the rows that are left for later.
    """

    study: str
    round: str
    rulings: tuple[Ruling, ...]
    left: int
    faults: Faults


def read_arbitration(path: Path) -> Decided:
    """Read an arbitration workbook back, whatever the order of its rows.

    Faults of cells are gathered in `faults`, so that who knows the round adds his own before all
    of them are told.

    Raises
    ------
    FormatError
        If the file is not an arbitration workbook, was written by another version of the program,
        or lacks the sheet or a column.
    """
    sheets = read_workbook(path)
    origin = _origin(sheets, path)
    faults = Faults(path)
    sheet = find_sheet(sheets, ARBITRATION, faults)
    rows = [] if sheet is None else list(read_table(sheet, _COLUMNS, faults))
    faults.refuse()
    coders = tuple(part for part in origin["coders"].split("; ") if part)
    rulings, left = [], 0
    for row in rows:
        if row.text("decision"):
            rulings.append(_ruling(row, coders))
        elif row.text("reason") or row.text("why") or row.text("exact"):
            row.fault("decision", _("this cell must be filled."))
        elif row.text("id"):
            left += 1
    return Decided(origin["study"], origin["round"], tuple(rulings), left, faults)


def _origin(sheets: Mapping[str, Sheet], path: Path) -> dict[str, str]:
    hidden = sheets.get(header_key(ORIGIN))
    rows = hidden.rows.values() if hidden else ()
    stated = {plain(row[0]): plain(row[1]) for row in rows if len(row) > 1}
    kind, _space, number = stated.get("format", "").partition(" ")
    if kind != "arbitration" or not {"study", "round", "coders"} <= stated.keys():
        raise FormatError(
            _("{name} is not an arbitration workbook of this program.").format(name=path.name),
            path=str(path),
            remedy=_("Fill in the file that “cpit round export” wrote, saved as .xlsx."),
        )
    if number != str(ARBITRATION_FORMAT):
        raise FormatError(
            _("{name} was written by another version of the program (sheet format {n}).").format(
                name=path.name, n=number
            ),
            path=str(path),
            exists=_("This one reads format {n}.").format(n=ARBITRATION_FORMAT),
            remedy=_("Update cpit_research, or write the sheet anew."),
        )
    return stated


def _ruling(row: Row, coders: tuple[str, ...]) -> Ruling:
    if not row.text("id"):
        row.fault(
            "decision",
            _("This row has lost its hidden columns; copy a whole row instead of typing one."),
        )
    keep, code = _choice(row, coders)
    words = row.text("exact")
    if words and not code:
        row.fault("exact", _("exact words go with a code that is put on them."))
    reason = cast("DisagreementReason", row.choice("reason", REASONS))
    return Ruling(
        row.text("id"), keep, code, words, reason, row.text("why", required=True),
        row.cell("decision"), row.cell("exact"),
    )  # fmt: skip


def _choice(row: Row, coders: tuple[str, ...]) -> tuple[str, str]:
    """Return the coder whose codings are kept, or the code that is put; neither for none."""
    said = row.text("decision")
    key = header_key(said)
    if key == header_key(NONE):
        return "", ""
    for coder in coders:
        if key in {header_key(f"{KEEP} {coder}"), header_key(coder)}:
            return coder, ""
    labelled = _LABELLED.match(said)
    code = labelled[1] if labelled else said
    if key.startswith(header_key(KEEP)) or " " in code:
        offered = ", ".join((*(f"{KEEP} {coder}" for coder in coders), NONE))
        row.fault(
            "decision",
            f"{_('unknown word “{words}”.').format(words=said)} "
            + _("Known: {names}, or a code.").format(names=offered),
        )
        return "", ""
    return "", code
