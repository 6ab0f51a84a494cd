"""Cards and indexes of a Word document: paragraphs that keep together, columns that are columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, cast

from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpit_research.formats.written.cells import run_in
from cpit_research.formats.written.word_pieces import link, paragraph, run, w
from cpit_research.results.document import Card, Index

if TYPE_CHECKING:
    from docx.section import Section

__all__ = ["card", "index"]

_GAP = 454  # between two columns, in twentieths of a point


def card(
    block: Card, marked: Callable[[BaseOxmlElement, BaseOxmlElement], list[BaseOxmlElement]]
) -> list[BaseOxmlElement]:
    """Return the paragraphs of a card, which stay on one page; `marked` bookmarks its title.

    Paragraphs rather than a table: Word lists the titles in its navigation pane.
    """
    title = marked(run(f"{block.key} \t", style="CardKey"), run(block.title))
    lines = [paragraph("CardTitle", *title)]
    if block.lead:
        lines.append(paragraph("CardLead", block.lead))
    for label, text in block.fields:
        lines.append(paragraph("CardField", run(f"{label}\t", style="Strong"), text))
    if block.more:
        pieces = [
            piece
            for label, text in block.more
            for piece in (run(f"{run_in(label)} ", style="Strong"), run(f"{text} "))
        ]
        lines.append(paragraph("CardMore", *pieces))
    for line in lines[:-1]:
        line[0].insert(1, w("keepNext"))
    return lines


def index(block: Index, bookmarks: Mapping[str, str], section: Section) -> list[BaseOxmlElement]:
    """Return the entries of an index in two columns, between two breaks of section."""
    lines = list(_entries(block, bookmarks))
    if not lines:
        return []
    before, after = paragraph("Spacer"), paragraph("Spacer")
    before[0].append(_ended(section, columns=1))
    after[0].append(_ended(section, columns=2))
    section.start_type = WD_SECTION.CONTINUOUS
    return [before, *lines, after]


def _entries(block: Index, bookmarks: Mapping[str, str]) -> Iterator[BaseOxmlElement]:
    for head, entries in block.groups:
        if head:
            yield paragraph("IndexHead", head)
        for key, name in entries:
            pieces = [run(f"{key} \t", style="CardKey"), run(name)]
            led = [link(bookmarks[key], *pieces)] if key in bookmarks else pieces
            yield paragraph("IndexEntry", *led)


def _ended(section: Section, *, columns: int) -> BaseOxmlElement:
    """Return the properties of a section like `section`, in so many columns, that ends here."""
    properties = deepcopy(section._sectPr)  # noqa: SLF001 - python-docx only adds sections at the end
    for held in properties.findall(qn("w:cols")):
        held.set(qn("w:num"), str(columns))
        held.set(qn("w:space"), str(_GAP))
    if columns > 1:
        properties.start_type = WD_SECTION.CONTINUOUS
    return cast("BaseOxmlElement", properties)
