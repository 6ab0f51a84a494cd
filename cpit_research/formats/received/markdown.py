"""Reading Markdown (.md).

The text is the source as written, line by line, so that what an analyst reads in her editor is what
is coded, and every offset is plain. Markup stays in the text but outside the parts where it opens a
line: a heading starts after its ``#``, a list item after its bullet, a quotation after its ``>``, a
table cell between its bars. Consecutive lines are one paragraph, a fenced block too. Front matter
gives header fields.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from cpit_research.formats.received.decoding import decode
from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.reading import Reading
from cpit_research.model.structure import Part, PartKind

__all__ = ["READER", "from_markdown"]

READER: Final = "md/1"
_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(?=\S)")
_EMPTY_HEADING: Final = re.compile(r" {0,3}#{1,6}(?:[ \t][ \t#]*)?$")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE: Final = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_ITEM: Final = re.compile(r"(?P<indent>[ \t]*)(?:[-*+•]|\d{1,9}[.)])[ \t]+(?=\S)")
_QUOTE: Final = re.compile(r" {0,3}(?:>[ \t]?)+")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_DELIMITERS: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_FRONT: Final = re.compile(r"---[ \t]*$")


def from_markdown(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read a Markdown document, its source kept as written.

    Parameters
    ----------
    data : bytes
        The whole file.
    speakers : collection of str
        Names, ids and roles that the study knows, to recognise who speaks.

    Returns
    -------
    Reading

    Raises
    ------
    FormatError
        If the file is not text.
    """
    decoded = decode(data)
    draft = Draft()
    draft.notice(*decoded.notices)
    lines, starts = draft.source(decoded.text)
    _Blocks(lines, starts, draft.parts).read()
    return draft.reading(READER, speakers, encoding=decoded.encoding)


class _Blocks:
    """Recognises the blocks of Markdown lines; each method reads one kind and moves on."""

    def __init__(self, lines: Sequence[str], starts: Sequence[int], parts: list[Part]) -> None:
        self._lines = lines
        self._starts = starts
        self._parts = parts
        self._at = 0
        self._indents: list[int] = []
        self._tables = 0

    def read(self) -> None:
        """Read every block."""
        self._front_matter()
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip():
                self._at += 1
                continue
            if not line.startswith((" ", "\t")) and not _ITEM.match(line):
                self._indents = []
            if not (
                self._fence(line) or self._heading(line) or self._table(line) or self._item(line)
            ):
                self._paragraph(line)

    def _add(self, kind: PartKind, first: int, last: int, skip: int = 0, level: int = 0) -> None:
        start = self._starts[first] + skip
        end = self._starts[last] + len(self._lines[last].rstrip())
        self._parts.append(Part(kind, min(start, end), end, level, place=f"line {first + 1}"))

    def _front_matter(self) -> None:
        if not _FRONT.match(self._lines[0]):
            return
        closing = next(
            (at for at in range(1, len(self._lines)) if _FRONT.match(self._lines[at])), 0
        )
        for at in range(1, closing):
            if self._lines[at].strip():
                self._add("paragraph", at, at)
        self._at = closing + 1 if closing else 0

    def _fence(self, line: str) -> bool:
        opened = _FENCE.match(line)
        if not opened:
            return False
        last = self._at
        while last + 1 < len(self._lines):
            last += 1
            if self._lines[last].strip().startswith(opened[1]):
                break
        self._add("paragraph", self._at, last)
        self._at = last + 1
        return True

    def _heading(self, line: str) -> bool:
        if _RULE.match(line) or _EMPTY_HEADING.match(line):
            self._at += 1
            return True
        found = _HEADING.match(line)
        if not found:
            return False
        words = line[found.end() :].rstrip()
        bare = words.rstrip("#")
        if bare.endswith((" ", "\t")):
            words = bare.rstrip()
        start = self._starts[self._at] + found.end()
        place = f"line {self._at + 1}"
        self._parts.append(Part("heading", start, start + len(words), len(found[1]), place=place))
        self._at += 1
        return True

    def _table(self, line: str) -> bool:
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
        if "|" not in line or "-" not in following or not _DELIMITERS.match(following.strip()):
            return False
        if len(_cells(line)) != len(_cells(following)):
            return False
        self._tables += 1
        row = 0
        heading = self._at + 1
        while self._at < len(self._lines) and "|" in self._lines[self._at]:
            if self._at != heading:
                row += 1
                self._row(row)
            self._at += 1
        return True

    def _row(self, row: int) -> None:
        start = self._starts[self._at]
        for column, (left, right) in enumerate(_cells(self._lines[self._at]), start=1):
            place = f"table {self._tables}, row {row}, column {column}"
            self._parts.append(Part("cell", start + left, start + right, place=place))

    def _item(self, line: str) -> bool:
        found = _ITEM.match(line)
        if not found:
            return False
        indent = len(found["indent"].expandtabs(4))
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        first, last = self._at, self._last()
        self._add("list_item", first, last, skip=found.end(), level=len(self._indents))
        self._at = last + 1
        return True

    def _paragraph(self, line: str) -> None:
        quote = _QUOTE.match(line)
        first, last = self._at, self._last()
        following = self._lines[last + 1] if last + 1 < len(self._lines) else ""
        underline = _UNDERLINE.match(following) if not quote else None
        skip = quote.end() if quote else len(line) - len(line.lstrip())
        if line[skip:].strip() or last > first:
            level = 0 if not underline else 1 if underline[1].startswith("=") else 2
            self._add("heading" if underline else "paragraph", first, last, skip=skip, level=level)
        self._at = last + (2 if underline else 1)

    def _last(self) -> int:
        """Return the last line of the paragraph that starts here."""
        quoted = bool(_QUOTE.match(self._lines[self._at]))
        last = self._at
        while last + 1 < len(self._lines):
            after = self._lines[last + 1]
            if not after.strip() or _opens(after) or bool(_QUOTE.match(after)) != quoted:
                break
            last += 1
        return last


def _opens(line: str) -> bool:
    """Tell whether a line opens another block."""
    return any(
        pattern.match(line)
        for pattern in (_HEADING, _EMPTY_HEADING, _UNDERLINE, _RULE, _ITEM, _FENCE)
    )


def _cells(line: str) -> list[tuple[int, int]]:
    """Return the ranges of the cells of a table row, blanks and outer bars left out."""
    start = len(line) - len(line.lstrip())
    end = len(line.rstrip())
    start += line.startswith("|", start)
    if end > start and line[end - 1] == "|" and line[end - 2] != "\\":
        end -= 1
    cells: list[tuple[int, int]] = []
    left = start
    for at in range(start, end + 1):
        if at == end or (line[at] == "|" and line[at - 1 : at] != "\\"):
            words = line[left:at]
            begins = left + len(words) - len(words.lstrip())
            cells.append(
                (begins, max(begins, left + len(words.rstrip()))) if words.strip() else (left, left)
            )
            left = at + 1
    return cells
