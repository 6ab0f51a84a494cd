"""From the cells that an analyst filled in to segments of the canonical texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from cpit_research.errors import InvalidInput
from cpit_research.model.coding_sheet import CodingSheet, Mark, SheetRow
from cpit_research.model.grid import Code, Grid
from cpit_research.model.segment import Segment
from cpit_research.text.closeness import nearest, within_one_edit
from cpit_research.text.controls import blank_controls
from cpit_research.text.folding import fold
from cpit_research.text.quotation import locate
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _

__all__ = ["Placed", "Problem", "resolve_sheet"]

_QUOTED: Final = re.compile(r"[«“\"]\s*(.+?)\s*[»”\"]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Placed:
    """A code of the grid on a segment of one text version, the cell and the row that say so."""

    segment: Segment
    version: str
    code: str
    cell: str
    row: SheetRow | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a cell from becoming a coding, in a sentence."""

    cell: str
    sentence: str


class _Refused(Exception):  # never seen outside this module
    """The sentence says why a cell cannot be placed."""


def resolve_sheet(
    sheet: CodingSheet, texts: Mapping[str, tuple[str, str]], grid: Grid
) -> tuple[list[Placed], list[Problem]]:
    """Place every mark of `sheet`, and say what keeps the others from being placed.

    The order of the rows does not matter, and a row copied with its codes gives them once. A row
    whose text stands no more where the sheet says is refused, unless the document has a new
    version in which the same words stand in one place only.

    Parameters
    ----------
    sheet : CodingSheet
        As read back from the workbook.
    texts : mapping of str to (str, str)
        By source id, the version and the canonical text of each document.
    grid : Grid
        The version of the grid that the sheet was made for.

    Returns
    -------
    placed : list of Placed
        In order of segments, then codes; no segment bears a code twice.
    problems : list of Problem
        In order of rows.

    Raises
    ------
    InvalidInput
        If `grid` is another version than the sheet's.
    """
    if sheet.grid != grid.version:
        raise InvalidInput(
            _("The sheet was made for the grid {sheet}, not {grid}.").format(
                sheet=sheet.grid, grid=grid.version
            )
        )
    codes = {fold(code.id): code for code in grid}
    leaves = frozenset(code.id for code in grid.leaves())
    placed: dict[tuple[Segment, str], Placed] = {}
    problems: list[Problem] = []
    for row in sheet.rows:
        if not row.marks:
            continue
        try:
            place, version, text = _row_place(row, texts)
        except _Refused as refused:
            problems.append(Problem(row.cell, str(refused)))
            continue
        for mark in row.marks:
            cell = mark.cell
            try:
                code = _code(mark, codes, leaves, grid)
                cell = mark.words_cell if mark.words else mark.cell
                segment = _segment(mark, place, text)
            except _Refused as refused:
                problems.append(Problem(cell, str(refused)))
                continue
            placed.setdefault((segment, code), Placed(segment, version, code, mark.cell, row))
    return sorted(placed.values(), key=lambda one: (one.segment, one.code)), problems


def _row_place(row: SheetRow, texts: Mapping[str, tuple[str, str]]) -> tuple[Segment, str, str]:
    """Return where a row stands now, the version of the text and its words."""
    if not row.source or row.end <= row.start:
        raise _Refused(
            _("This row has lost its hidden columns; copy a whole row instead of typing one.")
        )
    if row.source not in texts:
        raise _Refused(_("The study has no such document any more: {path}.").format(path=row.path))
    version, raw = texts[row.source]
    text = blank_controls(raw)
    if row.version == version:
        if not _same(text, row):
            raise _Refused(
                _(
                    "The text of this row is not that of the document any more; write the sheet "
                    "anew and copy your codes. Document: “{words}”."
                ).format(words=shortened(text[row.start : row.end]))
            )
        return Segment(row.source, row.start, row.end), version, text
    places = locate(text, row.text)
    if len(places) != 1:
        raise _Refused(
            _(
                "The document has changed since the sheet was written, and this passage is not "
                "found once in it; write the sheet anew and copy your codes."
            )
        )
    return Segment(row.source, *places[0]), version, text


def _same(text: str, row: SheetRow) -> bool:
    """Tell whether the cell holds the passage, spaces, quotes and hyphens apart."""
    passage = text[row.start : row.end]
    if passage.strip() == row.text.strip():
        return True
    start = row.start + len(passage) - len(passage.lstrip())
    end = row.end - (len(passage) - len(passage.rstrip()))
    words = blank_controls(row.text)
    return end <= len(text) and (start, end) in locate(text, words, row.start, row.end)


def _code(mark: Mark, codes: Mapping[str, Code], leaves: frozenset[str], grid: Grid) -> str:
    if not mark.code:
        raise _Refused(_("Words without a code: choose a code beside them, or empty the cell."))
    code = codes.get(fold(mark.code)) or codes.get(fold(mark.code.split()[0]))
    code = code or next((c for c in grid if fold(c.name) == fold(mark.code)), None)
    if code is None:
        close = _close_code(mark.code, grid)
        raise _Refused(
            _("The grid {grid} has no code “{code}”.").format(grid=grid.version, code=mark.code)
            + (f" {_('Did you mean “{name}”?').format(name=close)}" if close else "")
        )
    if code.id not in leaves:
        raise _Refused(
            _("“{code}” is a family: a passage bears one of its codes, {codes}.").format(
                code=code.id, codes=", ".join(below.id for below in grid.children(code.id))
            )
        )
    return code.id


def _close_code(written: str, grid: Grid) -> str | None:
    """Return the code most like what was written, by its id or by its name."""
    ids = [code.id for code in grid.leaves()]
    close = nearest(written, ids) or next(
        (code for code in ids if within_one_edit(fold(code), fold(written))), None
    )
    by_name = {code.name: code.id for code in grid.leaves()}
    name = None if close else nearest(written, by_name)
    return f"{by_name[name]} – {name}" if name else close


def _segment(mark: Mark, row: Segment, text: str) -> Segment:
    """Return the segment of the exact words, or the whole row."""
    if not mark.words:
        return row
    places = _places(mark.words, row, text)
    if not places:
        close = _nearest_passage(mark.words, text[row.start : row.end])
        raise _Refused(
            _("These words are not in the text of the row: “{words}”.").format(
                words=shortened(mark.words)
            )
            + (f" {_('The nearest: “{words}”.').format(words=shortened(close))}" if close else "")
        )
    if len(places) > 1:
        raise _Refused(
            _("These words stand {n} times in the row; add some of the words around them.").format(
                n=len(places)
            )
        )
    return Segment(row.source, *places[0])


def _places(words: str, row: Segment, text: str) -> list[tuple[int, int]]:
    """Return where the words stand; quotation marks typed around them need not be in the text."""
    words = blank_controls(words)
    places = locate(text, words, row.start, row.end)
    quoted = _QUOTED.fullmatch(words.strip())
    return locate(text, quoted[1], row.start, row.end) if quoted and not places else places


def _nearest_passage(words: str, text: str) -> str:
    """Return the stretch of `text` that shares most of its words with `words`, if enough do."""
    wanted = [fold(word) for word in words.split()]
    tokens = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    here = [fold(text[start:end]) for start, end in tokens]
    matcher = SequenceMatcher(None, here, wanted, autojunk=False)
    common = matcher.find_longest_match()
    if common.size * 3 < len(wanted) or not common.size:
        return nearest(words, [text[start:end] for start, end in tokens]) or ""
    first = max(0, common.a - common.b)
    last = min(len(tokens), first + len(wanted)) - 1
    return text[tokens[first][0] : tokens[last][1]]
