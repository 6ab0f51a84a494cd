"""Review copies: what leaves for the partner laboratory, and the tables that come back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.errors import Conflict, InvalidInput
from cpit_research.formats import raw
from cpit_research.formats.received.reading import Reading
from cpit_research.formats.received.sources import read_source, refuse_size
from cpit_research.formats.review_copy import FACTS, GENERAL, NEW, SUBMITTED, reviewed
from cpit_research.formats.working.review_file import ReviewFile, read_review
from cpit_research.formats.working.review_xlsx import write_review_xlsx
from cpit_research.formats.working.workbook import Sheet, cell_name, read_workbook
from cpit_research.formats.written.review_docx import write_review_docx
from cpit_research.model.grid import Grid
from cpit_research.privacy.gate import refuse_names
from cpit_research.privacy.names import Names
from cpit_research.study.gate import leave
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording.places import shown_place

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["grid_review_export", "read_copy"]

_WRITERS: Final[dict[str, Callable[..., None]]] = {
    ".docx": write_review_docx,
    ".xlsx": write_review_xlsx,
}
_DOCUMENTS: Final = (".docx", ".odt")
_CELL: Final = re.compile(r"(table \d+), row (\d+), column (\d+)")


def grid_review_export(study: Study, version: str | None = None, *, to: str | Path) -> Path:
    """Write the review copy of a version (see :meth:`Study.grid_review_export`)."""
    target = Path(to)
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        raise InvalidInput(
            _("A review copy is a Word document or a workbook."),
            where=_("Asked: {path}.").format(path=target),
            exists=_("It can be: {values}.").format(values=", ".join(_WRITERS)),
        )
    if target.exists():
        raise Conflict(
            _("There is already a file {path}: it may hold remarks that were not read.").format(
                path=target
            ),
            remedy=_("Read it with “cpit grid review import”, move it away, or name another."),
        )
    grid = study.grid(version)

    def write(place: Path, names: Names) -> None:
        # The file is inspected anyway; this tells which code to mend.
        refuse_names(_said(grid), names, target.name)
        made, author = study.occasion.now(), study.identity.author
        writer(place, grid, made=made, author=author, notes=_notes())

    return leave(study, target, write)


def read_copy(path: Path) -> tuple[ReviewFile, list[str]]:
    """Return what comes back, and sentences on what stands outside its tables.

    Raises
    ------
    FormatError
        If the file cannot be read, holds no table of remarks, or does not say which version was
        reviewed.
    """
    if path.suffix.lower() not in _DOCUMENTS:
        sheets = list(read_workbook(path).values())
        copy = read_review(
            sheets, path.name, place=lambda title, row, column: cell_name(title, column, row)
        )
        return copy, []
    refuse_size(raw.size(path))
    reading = read_source(raw.read(path), path.name)
    comments, outside = _comments(reading)
    copy = read_review(
        _tables(reading),
        path.name,
        place=lambda title, row, _column: shown_place(f"{title}, row {row}"),
        comments=comments,
    )
    return copy, [
        _("Comment outside the rows of codes, not kept: “{words}”.").format(words=shortened(words))
        for words in (*outside, *copy.beside)
    ]


def _said(grid: Grid) -> Iterator[tuple[str, str]]:
    """Yield each text that a reviewer reads, with its place in the grid."""
    for one in reviewed(grid):
        for field, header in SUBMITTED.items():
            yield f"{one.code.id}, {header}", str(getattr(one.code, field))


def _tables(reading: Reading) -> list[Sheet]:
    """Return the tables of a document as sheets, each cell in its column."""
    tables: dict[str, dict[int, dict[int, str]]] = {}
    for part in reading.structure:
        match = _CELL.fullmatch(part.place) if part.kind == "cell" else None
        if match is not None:
            row = tables.setdefault(match[1], {}).setdefault(int(match[2]), {})
            row[int(match[3])] = reading.text[part.start : part.end]
    return [
        Sheet(
            title,
            {
                number: tuple(cells.get(at, "") for at in range(1, max(cells) + 1))
                for number, cells in rows.items()
            },
        )
        for title, rows in tables.items()
    ]


def _comments(
    reading: Reading,
) -> tuple[dict[tuple[str, int], list[tuple[str, str]]], Sequence[str]]:
    """Return the comments by table and row, with their authors; then those outside any table."""
    cells = [part for part in reading.structure if part.kind == "cell"]
    starts = [part.start for part in cells]
    found: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    outside = []
    for aside in reading.asides:
        if aside.kind != "comment" or not aside.words.strip():
            continue
        at = bisect_right(starts, aside.at) - 1
        match = _CELL.fullmatch(cells[at].place) if at >= 0 else None
        if match is None or aside.at > cells[at].end:
            outside.append(aside.words)
        else:
            found[match[1], int(match[2])].append((aside.author, aside.words.strip()))
    return found, outside


def _notes() -> tuple[str, ...]:
    """Return what a reviewer must know."""
    return (
        _("Write your name and your organisation once, beside “{author}” and “{organisation}”; "
          "where several people review, each signs in the columns.").format(
            author=FACTS["author"], organisation=FACTS["organisation"]
        ),
        _("For each code on which you have something to say, choose an opinion and write what "
          "you propose. A row left empty says nothing."),
        _("Leave the text as it is: propose another wording in the column, or in a comment."),
        _("For a code to add, name it in a row “{new}” of the last table; for the grid as a "
          "whole, use a row “{general}”. You may add rows.").format(new=NEW, general=GENERAL),
        _("Name nobody and no territory: your remarks will be cited by the next version."),
        _("Send the file back, under whatever name. Each remark will be accepted or declined, "
          "with a reason."),
    )  # fmt: skip
