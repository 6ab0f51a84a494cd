"""Write a document as Word expects it: native styles, real contents, links that lead somewhere.

Table of contents. It is a real ``TOC`` field, already filled with the headings, each a link to its
bookmark. Page numbers are Word's business: only its layout knows them, and every way of making it
compute them at opening (``w:updateFields``, ``w:dirty``) greets the reader with the question
« Ce document contient des champs… les mettre à jour ? », which a programme lead cannot answer.
So the entries come without numbers, true as they are, and « Mettre à jour la table » (or F9)
adds them: the tab and the dots are in the styles. Page x / y in the footer need no question.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from cpit_research.formats.atomic import replace_file
from cpit_research.formats.characters import printable
from cpit_research.formats.seal import core_properties, seal
from cpit_research.formats.written.cells import quoted, run_in
from cpit_research.formats.written.outline import Entry, Outline, outline
from cpit_research.formats.written.word_base import blank
from cpit_research.formats.written.word_cards import card, index
from cpit_research.formats.written.word_pieces import Bookmarks, field, link, paragraph, run, w
from cpit_research.formats.written.word_tables import fact_table, key_figures, report_table
from cpit_research.results.document import (
    Block,
    Card,
    Document,
    Heading,
    Index,
    KeyFigures,
    Listing,
    Paragraph,
    Picture,
    Table,
    Verbatim,
)
from cpit_research.wording import gettext as _
from cpit_research.wording import use_language

if TYPE_CHECKING:
    from docx.document import Document as Word

__all__ = ["write_docx"]

_TONES = {"plain": "Normal", "lead": "Introduction", "note": "Note", "warning": "Important"}
#: Lines of contents that the first page holds; beyond, the parts alone are listed.
_CONTENTS: Final = 16


def write_docx(document: Document, path: str | Path) -> None:
    """Write `document` as a Word file, whole or not at all.

    The same document gives the same bytes.

    Parameters
    ----------
    document : Document
        What to write.
    path : str or Path
        File to write or replace.

    Raises
    ------
    FormatError
        If the file cannot be written.
    """
    with use_language(document.language):
        word = _Writer(document).write()
    stream = io.BytesIO()
    word.save(stream)
    core = core_properties(
        title=document.title,
        subject=document.subtitle,
        author=document.author,
        made=document.made,
        language=document.language,
    )
    replace_file(path, seal(stream.getvalue(), core=core))


class _Writer:
    """Walk the blocks of one document and lay them in one Word body."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.outline: Outline = outline(document)
        self.word: Word = blank(document.language)
        self.bookmarks = Bookmarks()
        self.lists = 2  # numbering.xml holds two: bullets, and a numbered list to start again

    def write(self) -> Word:
        self._margins()
        self._lay(self._opening())
        for position, block in enumerate(self.document.blocks):
            self._lay(self._block(position, block))
        return self.word

    def _lay(self, elements: Iterable[BaseOxmlElement]) -> None:
        body = self.word.element.body
        for element in elements:
            body.insert(len(body) - 1, element)  # before the section's properties, which end it

    # ── First page and margins ──────────────────────────────────────────────────────────────────

    def _margins(self) -> None:
        section = self.word.sections[0]
        header, footer = section.header._element, section.footer._element  # noqa: SLF001 - no public way to a whole paragraph
        title = printable(self.document.title).replace("\n", " ")
        header[:] = [paragraph("Header", self.document.banner)]
        pages = [*field("PAGE", "1"), run(" / "), *field("NUMPAGES", "1")]
        footer[:] = [paragraph("Footer", title, w("r", w("tab")), *pages)]

    def _opening(self) -> Iterator[BaseOxmlElement]:
        yield paragraph("Title", self.document.title)
        if self.document.subtitle:
            yield paragraph("Subtitle", self.document.subtitle)
        if self.document.facts:
            yield fact_table(self.document.facts)
        if self.outline.entries and self.document.contents:
            yield self._contents()
            yield w("p", w("r", w("br", type="page")))

    def _contents(self) -> BaseOxmlElement:
        """Return a table of contents that Word knows how to update, wrapped as it wraps its own."""
        entries = [entry for entry in self.outline.entries.values() if entry.level < 3]
        deepest = 2 if len(entries) <= _CONTENTS else 1
        entries = [entry for entry in entries if entry.level <= deepest]
        lines = [_contents_line(entry) for entry in entries] or [paragraph("TOC1")]
        start, instruction, middle, _value, end = field(rf'TOC \o "1-{deepest}" \h \z \u', "")
        for piece in (middle, instruction, start):
            lines[0].insert(1, piece)
        lines[-1].append(end)
        gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        heading = paragraph("TOCHeading", _("Contents"))
        return w("sdt", w("sdtPr", gallery), w("sdtContent", heading, *lines))

    # ── Blocks ──────────────────────────────────────────────────────────────────────────────────

    def _block(self, position: int, block: Block) -> Iterable[BaseOxmlElement]:
        match block:
            case Heading():
                return [self._heading(self.outline.entries[position])]
            case Paragraph():
                label = [run(f"{run_in(block.label)} ", style="Strong")] if block.label else []
                line = paragraph(_TONES[block.tone], *label, block.text)
                if self._introduces_card(position):
                    line[0].insert(1, w("keepNext"))
                return [line]
            case KeyFigures():
                return [_air(), key_figures(block.items), _air()] if block.items else []
            case Listing():
                return self._listing(block)
            case Verbatim():
                return self._verbatim(position, block)
            case Table():
                return self._table(position, block)
            case Picture():
                return self._picture(position, block)
            case Card():
                first = self.outline.cards[block.key] == position
                name = f"card_{position}" if first else f"card_{position}_again"
                return card(block, lambda *title: self.bookmarks.around(name, *title))
            case Index():
                cards = {key: f"card_{place}" for key, place in self.outline.cards.items()}
                return index(block, cards, self.word.sections[-1])

    def _heading(self, entry: Entry) -> BaseOxmlElement:
        content = self.bookmarks.around(_heading_name(entry), run(entry.text))
        return paragraph(f"Heading{entry.level}", *content)

    def _introduces_card(self, position: int) -> bool:
        """Tell whether a card comes next, a few other paragraphs apart."""
        following = self.document.blocks[position + 1 : position + 6]
        return isinstance(next((b for b in following if not isinstance(b, Paragraph)), None), Card)

    def _listing(self, listing: Listing) -> Iterator[BaseOxmlElement]:
        style = "ListNumber" if listing.ordered else "ListBullet"
        number = self._numbered_again() if listing.ordered else 1
        for item in listing.items:
            line = paragraph(style, item)
            line[0].append(w("numPr", w("ilvl", val=0), w("numId", val=number)))
            yield line

    def _numbered_again(self) -> int:
        """Return the id of a numbered list that starts at 1."""
        self.lists += 1
        restart = w("lvlOverride", w("startOverride", val=1), ilvl=0)
        number = w("num", w("abstractNumId", val=2), restart, numId=self.lists)
        self.word.part.numbering_part.element.append(number)
        return self.lists

    def _verbatim(self, position: int, verbatim: Verbatim) -> Iterator[BaseOxmlElement]:
        style = "VerbatimNuance" if verbatim.qualifies else "Verbatim"
        words = run(quoted(verbatim.words))
        rank = self.outline.targets.get(verbatim.reference, 0)
        if self.outline.citing.get(rank) == position:
            yield paragraph(style, *self.bookmarks.around(f"cite_{rank}", words))
        else:
            yield paragraph(style, words)
        source = self._source(verbatim)
        if source:
            yield paragraph(f"{style}Source", *source)

    def _source(self, verbatim: Verbatim) -> list[BaseOxmlElement]:
        source = []
        if verbatim.qualifies:
            source.append(run(_("Qualifies the finding") + " · ", style="Strong"))
        if verbatim.attribution:
            source.append(run(f"{verbatim.attribution} "))
        if verbatim.reference:
            shown = run(f"[{verbatim.reference}]", style="Hyperlink")
            rank = self.outline.targets.get(verbatim.reference)
            source.append(link(f"ref_{rank}", shown) if rank else shown)
        return source

    def _table(self, position: int, table: Table) -> Iterator[BaseOxmlElement]:
        yield self._caption(_("Table"), "Tableau", position, table.caption)
        if table.header:
            yield report_table(
                table,
                lead=lambda row, text: self._lead(self.outline.rows.get((position, row), 0), text),
                title=printable(table.caption),
            )
        for note in table.notes:
            yield paragraph("Note", note)
        if not table.notes:
            yield _air()

    def _lead(self, rank: int, text: str) -> list[BaseOxmlElement]:
        """Return the first cell of a row: where references arrive, and the way back."""
        if not rank:
            return [run(text)]
        back = rank in self.outline.citing
        shown = link(f"cite_{rank}", run(text, style="Hyperlink")) if back else run(text)
        return self.bookmarks.around(f"ref_{rank}", shown)

    def _picture(self, position: int, picture: Picture) -> Iterator[BaseOxmlElement]:
        yield self._caption(_("Figure"), "Figure", position, picture.caption)
        frame = self.word.add_paragraph(style="Figure")
        inline = frame.add_run().add_picture(io.BytesIO(picture.png), width=Cm(picture.width))
        for side in "TBLR":  # unsaid, LibreOffice adds 3 mm around
            inline._inline.set(f"dist{side}", "0")  # noqa: SLF001 - no public door
        for properties in inline._inline.iter("{*}docPr", "{*}cNvPr"):  # noqa: SLF001 - nor does it offer alternative text
            properties.set("descr", printable(picture.alternative))
            properties.set("name", f"{_('Figure')} {self.outline.numbers[position]}")
        yield frame._p  # noqa: SLF001 - moved to its place by whoever lays it

    def _caption(self, label: str, sequence: str, position: int, text: str) -> BaseOxmlElement:
        number = field(f"SEQ {sequence} \\* ARABIC", str(self.outline.numbers[position]))
        return paragraph("Caption", run(f"{label}\u00a0"), *number, run(f". {text}"))


def _contents_line(entry: Entry) -> BaseOxmlElement:
    return paragraph(f"TOC{entry.level}", link(_heading_name(entry), run(entry.text)))


def _heading_name(entry: Entry) -> str:
    return f"_Toc{entry.rank:08}"


def _air() -> BaseOxmlElement:
    """Return an empty small line: Word joins two tables that touch, and crowds what follows."""
    return paragraph("Spacer")
