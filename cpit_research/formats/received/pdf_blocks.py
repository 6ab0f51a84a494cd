"""Paragraphs of a PDF written into a draft: headings, list items, footnotes, rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final

from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.pdf_hyphens import Hyphens
from cpit_research.formats.received.pdf_lines import Row
from cpit_research.formats.received.pdf_page import Line, Sheet, Word
from cpit_research.formats.received.pdf_paragraphs import Block, Margins, blocks
from cpit_research.formats.received.plain import ITEM
from cpit_research.formats.received.timecodes import TIME
from cpit_research.model.structure import Part, PartKind
from cpit_research.text.canonical import canonical

__all__ = ["Writer"]

#: In sizes of the body: what is larger is a heading, what is smaller may be a footnote.
_LARGER: Final = 1.12
_SMALLER: Final = 0.9
_LONGEST_HEADING: Final = 200
_LONGEST_BOLD: Final = 100
#: Share of the characters that headings may have.
_HEADINGS: Final = 0.25
_NOTE: Final = re.compile(r"[\[(]?(?P<mark>\d{1,3}|[*†‡])[\])]?[.\u00a0]?\s*(?=\S)")
_SPOKEN: Final = re.compile(rf".{{1,60}}\s?:\s*$|[^:]{{1,40}}\s?:\s|\[|.*{TIME}")
_ENDED: Final = re.compile(r"[.;,…?!]['’\"»”)\s]*$")
#: A label alone on its line, whose words come next.
_LABEL: Final = re.compile(rf"\[[^\]]*\].*|.{{1,60}}:\s*|.*{TIME}\)?")
_STEP: Final = 6.0


class Writer:
    """Writes the paragraphs of a document into a draft, in order."""

    def __init__(self, draft: Draft, sheets: Sequence[Sheet], met: Counter[str]) -> None:
        self._draft = draft
        self._sheets = sheets
        self._met = met
        self._paragraphs: Counter[int] = Counter()
        self._body = 0.0
        self._levels: dict[float, int] = {}
        self._indents: list[float] = []
        self._hyphens = Hyphens(())
        self._heights: dict[int, list[tuple[float, int]]] = {}
        self._calls: dict[int, list[tuple[int, str]]] = {}
        self._called: set[tuple[int, str]] = set()

    def write(self, items: Sequence[Line | Row]) -> None:
        """Write what was read, in order."""
        lines = [line for item in items for line in _lines(item)]
        self._body = _body_size(lines)
        under = list(_footnotes(lines, self._body, self._sheets))
        notes = {id(line) for line in under}
        marks = {(line.page, _mark(line)) for line in under}
        flow = [
            item if isinstance(item, Row) else self._without_calls(item, marks)
            for item in items
            if isinstance(item, Row) or id(item) not in notes
        ]
        lines = [*under, *(line for item in flow for line in _lines(item))]
        widths = {sheet.number: (sheet.left, sheet.right) for sheet in self._sheets}
        margins = Margins(lines, widths)
        self._hyphens = Hyphens(line.text for line in lines)
        waiting = list(blocks(under, margins))
        paragraphs = list(blocks(flow, margins))
        self._measure(paragraphs)
        for at, block in enumerate(paragraphs):
            self._block(block, bold_apart=self._stands_apart(paragraphs, at))
            after = paragraphs[at + 1].page if at + 1 < len(paragraphs) else None
            while waiting and (after is None or waiting[0].page < after):
                self._note(waiting.pop(0))
        for block in waiting:
            self._note(block)
        self._met["joined"], self._met["kept"] = self._hyphens.joined, self._hyphens.kept
        self._anchor_notes()

    def _without_calls(self, line: Line, marks: Container[tuple[int, str]]) -> Line:
        """Return a line without the calls of the notes at the foot of its page."""
        kept: list[Word] = []
        calls: list[tuple[int, str]] = []
        for word in line.words:
            if kept and word.raises(line.tallest) and (line.page, word.text) in marks:
                calls.append((len(Line(line.page, tuple(kept)).text), word.text))
                self._called.add((line.page, word.text))
            else:
                kept.append(word)
        if not calls:
            return line
        shorter = Line(line.page, tuple(kept))
        self._calls[id(shorter)] = calls
        return shorter

    def _measure(self, paragraphs: Iterable[Block]) -> None:
        """Find the sizes of headings, greatest first, and the indents of list items."""
        sizes: Counter[float] = Counter()
        total = 0
        indents = set()
        for block in paragraphs:
            length = sum(len(line.text) for line in block.lines)
            total += length
            if block.row is None and self._is_large(block):
                sizes[_size(block)] += length
            if block.row is None and ITEM.match(block.lines[0].text):
                indents.add(block.lines[0].left)
        if sizes.total() > _HEADINGS * total and len(sizes) < 2 and total > _LONGEST_HEADING:
            sizes.clear()
        self._levels = {size: rank for rank, size in enumerate(sorted(sizes, reverse=True), 1)}
        for indent in sorted(indents):
            if not self._indents or indent - self._indents[-1] > _STEP:
                self._indents.append(indent)

    def _is_large(self, block: Block) -> bool:
        length = sum(len(line.text) for line in block.lines)
        return length <= _LONGEST_HEADING and all(
            line.size >= _LARGER * self._body for line in block.lines
        )

    def _stands_apart(self, paragraphs: Sequence[Block], at: int) -> bool:
        """Tell whether a bold paragraph is a heading: short, and between what is not bold."""
        block = paragraphs[at]
        text = block.lines[0].text
        return (
            block.row is None
            and len(block.lines) == 1
            and block.lines[0].bold
            and block.lines[0].size >= self._body
            and len(text) <= _LONGEST_BOLD
            and not text[0].islower()
            and not _SPOKEN.match(text)
            and not _ENDED.search(text)
            and not ITEM.match(text)
            and at + 1 < len(paragraphs)
            and not paragraphs[at + 1].lines[0].bold
            and (at == 0 or not self._introduces(paragraphs[at - 1]))
        )

    def _introduces(self, block: Block) -> bool:
        """Tell whether what comes after a paragraph is not a heading: bold words, a label."""
        last = block.lines[-1]
        return last.bold or (len(block.lines) == 1 and bool(_LABEL.fullmatch(last.text[:120])))

    def _block(self, block: Block, *, bold_apart: bool) -> None:
        page = block.page
        self._paragraphs[page] += 1
        place = f"page {page}, paragraph {self._paragraphs[page]}"
        if block.row is not None:
            self._row(block.row, place)
            return
        text, calls = self._text(block.lines)
        level = self._levels.get(_size(block), 0) if self._is_large(block) else 0
        if not level and bold_apart:
            level = len(self._levels) + 1
        item = None if level else ITEM.match(text)
        if item:
            start, end = self._draft.line(text)
            self._draft.parts.append(
                Part("list_item", start + item.end(), end, self._depth(block), place=place)
            )
        else:
            kind: PartKind = "heading" if level else "paragraph"
            start = self._draft.block(kind, text, place, level=level)
        for at, mark in calls:
            self._draft.aside("footnote_mark", mark, at=start + len(canonical(text[:at])))
        self._heights.setdefault(page, []).append((block.lines[0].baseline, start))

    def _depth(self, block: Block) -> int:
        left = block.lines[0].left
        return max(1, sum(indent <= left + _STEP for indent in self._indents))

    def _row(self, row: Row, place: str) -> None:
        self._met["row"] += 1
        write = self._draft.line
        for column, cell in enumerate(row.cells, start=1):
            start, end = write(self._text(cell)[0])
            self._draft.parts.append(Part("cell", start, end, place=f"{place}, column {column}"))
            self._heights.setdefault(cell[0].page, []).append((cell[0].baseline, start))
            write = self._draft.cell

    def _note(self, block: Block) -> None:
        page = block.page
        self._paragraphs[page] += 1
        text, _calls = self._text(block.lines)
        start, end = self._draft.line(text)
        mark = _NOTE.match(text)
        if mark and (page, mark["mark"]) in self._called:
            start += mark.end()
        place = f"page {page}, paragraph {self._paragraphs[page]}"
        self._draft.parts.append(Part("footnote", start, end, place=place))

    def _text(self, lines: Sequence[Line]) -> tuple[str, list[tuple[int, str]]]:
        """Return lines as one text, and where notes are called in it."""
        pieces: list[str] = []
        calls: list[tuple[int, str]] = []
        length = 0
        for line in lines:
            if pieces:
                before = pieces[-1]
                pieces[-1], between = self._hyphens.bond(before, line.text)
                pieces.append(between)
                length += len(pieces[-2]) - len(before) + len(between)
            calls += [(length + at, mark) for at, mark in self._calls.get(id(line), ())]
            pieces.append(line.text)
            length += len(line.text)
        return "".join(pieces), calls

    def _anchor_notes(self) -> None:
        """Set comments aside, each where the paragraph that it stands beside starts."""
        first = 0
        for sheet in self._sheets:
            heights = self._heights.get(sheet.number, [])
            for note in sheet.notes:
                at = max(
                    (start for height, start in heights if height >= note.height - self._body),
                    default=heights[0][1] if heights else first,
                )
                self._draft.aside(note.kind, note.words, author=note.author, at=at)
                self._met[note.kind] += 1
            first = heights[-1][1] if heights else first


def _lines(item: Line | Row) -> Iterator[Line]:
    if isinstance(item, Row):
        yield from item.lines
    else:
        yield item


def _mark(line: Line) -> str:
    found = _NOTE.match(line.text)
    return found["mark"] if found else ""


def _size(block: Block) -> float:
    return max(line.size for line in block.lines)


def _body_size(lines: Iterable[Line]) -> float:
    """Return the size in which most characters are written."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _footnotes(lines: Sequence[Line], body: float, sheets: Sequence[Sheet]) -> Iterator[Line]:
    """Yield the lines of the notes at the foot of pages: small, numbered, under all the rest."""
    by_page: dict[int, list[Line]] = {sheet.number: [] for sheet in sheets}
    for line in lines:
        by_page[line.page].append(line)
    for page in by_page.values():
        falling = sorted(page, key=lambda line: -line.baseline)
        small = 0
        while small < len(falling) and falling[-1 - small].size <= _SMALLER * body:
            small += 1
        foot = falling[len(falling) - small :]
        while foot and not _NOTE.match(foot[0].text):
            foot = foot[1:]
        if foot and len(foot) < len(falling):
            yield from foot
