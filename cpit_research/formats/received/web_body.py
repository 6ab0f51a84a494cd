"""The elements of a web page, laid out as a browser shows them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from lxml import etree

from cpit_research.formats.received import web_word
from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.web_blocks import Blocks, Context
from cpit_research.formats.received.web_controls import CONTROLS, shown
from cpit_research.formats.received.web_flow import Flow, on_a_line
from cpit_research.formats.received.web_lists import List
from cpit_research.formats.received.web_notes import Note, Notes
from cpit_research.formats.received.web_style import style_of
from cpit_research.formats.received.web_tables import Table, lays_out

__all__ = ["Page"]

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_CELLS: Final = frozenset({"td", "th"})
_LISTS: Final = frozenset({"ol", "ul", "menu", "dir"})
_PREFORMATTED: Final = frozenset({"pre", "listing", "xmp", "plaintext"})
_BLOCKS: Final = frozenset(
    {
        *_HEADINGS, *_CELLS, *_LISTS, *_PREFORMATTED,
        *("html", "body", "address", "article", "aside", "blockquote", "caption", "center"),
        *("dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"),
        *("form", "header", "hgroup", "hr", "legend", "li", "main", "nav", "p", "search"),
        *("section", "summary", "table", "tbody", "tfoot", "thead", "tr"),
    }
)  # fmt: skip
#: What a browser does not show, or shows as something else than text.
_SILENT: Final = frozenset(
    {
        *("head", "script", "style", "noscript", "template", "svg", "iframe", "audio", "video"),
        *("canvas", "map", "datalist", "progress", "meter", "rt", "rp", "rtc", "xml", "title"),
        *("noframes", "noembed", "applet", "frameset", "annotation", "annotation-xml", "colgroup"),
    }
)
_OBJECTS: Final = frozenset({"object", "embed", "iframe", "audio", "video", "applet"})
_PAGE_EDGES: Final = frozenset({"header", "footer"})
_TITLES: Final = re.compile(r"(?:^|\s)(?:MsoTitle|title)(?:\s|$)")
#: Characters that a number written by hand never passes.
_LONGEST_MARK: Final = 16
_MAIL: Final = "mailto:"


class Page:
    """Writes the words of a page into a draft, in order.

    Attributes
    ----------
    met : Counter of str
        How many of each thing that is not text was met.
    """

    def __init__(self, draft: Draft, notes: Notes) -> None:
        self.met: Counter[str] = Counter()
        self._draft = draft
        self._notes = notes
        self._blocks = Blocks(draft)
        self._lists: list[List] = []
        self._tables: list[Table] = []
        self._numbered_tables = 0
        self._kept: list[etree._Element] = []
        self._openers: dict[str, Callable[[etree._Element], None]] = {
            **dict.fromkeys(_LISTS, self._open_list),
            **dict.fromkeys(_CELLS, self._open_cell),
            **dict.fromkeys(_HEADINGS, self._open_heading),
            **dict.fromkeys(_PREFORMATTED, self._kept.append),
            "li": self._open_item,
            "p": self._open_paragraph,
            "table": self._open_table,
            "tr": self._open_row,
        }

    def write(self, root: etree._Element) -> None:
        """Write every block under `root`."""
        walker = etree.iterwalk(root, events=("start", "end"))
        passed: etree._Element | None = None
        for event, element in walker:
            if event == "start":
                if self._silent(element) or self._replaced(element):
                    passed = element
                    walker.skip_subtree()
                    continue
                self._open(element)
                if element.text:
                    # The line feed that opens a preformatted text is markup.
                    lead = "\n" if element.tag in _PREFORMATTED else ""
                    self._text(element.text.removeprefix(lead))
            else:
                if element is passed:
                    passed = None
                else:
                    self._close(element)
                if element.tail:
                    self._text(element.tail)
        self._blocks.flush()
        self.met["comment"] = self._blocks.comments

    def _text(self, raw: str) -> None:
        if self._kept:
            self._blocks.flow.keep(raw)
        else:
            self._blocks.flow.collapse(raw)

    # What shows no text, or other text than its own

    def _silent(self, element: etree._Element) -> bool:
        """Tell whether an element shows nothing, and count what that leaves out."""
        if element.tag in _SILENT:
            self.met["object"] += element.tag in _OBJECTS
            return True
        if not element.keys():
            return False
        if element.get("hidden") is not None or style_of(element).hidden:
            self.met["concealed"] += any(str(piece).strip() for piece in element.itertext())
            return True
        return element in self._notes.backs or self._page_edge(element)

    def _page_edge(self, element: etree._Element) -> bool:
        """Set aside a page header or footer, which LibreOffice writes in the body."""
        kind, parent = element.get("title", ""), element.getparent()
        if kind not in _PAGE_EDGES or element.tag != "div":
            return False
        if parent is None or parent.tag != "body":
            return False
        words = on_a_line(element)
        if words and not words.isdecimal():
            self.met[kind] += 1
            self._draft.aside(kind, words)
        return True

    def _replaced(self, element: etree._Element) -> bool:
        """Write what stands in the place of an element, and tell whether anything does."""
        tag, flow = element.tag, self._blocks.flow
        if tag == "br":
            flow.break_line()
        elif tag == "img":
            self.met["picture"] += 1
            alternative = " ".join(element.get("alt", "").split())
            if alternative:
                flow.mark("picture", alternative)
        elif tag == "del":
            self.met["deletion"] += 1
            removed = on_a_line(element)
            if removed:
                flow.mark("deletion", removed, _author(element))
        elif element in self._notes.calls:
            note = self._notes.calls[element]
            flow.mark(f"{note.kind}_call", str(note.number), note.call)
        elif tag == "textarea":
            flow.keep(shown(element))
        elif tag in CONTROLS:
            flow.collapse(shown(element))
        elif tag == "span" and element.get("style"):
            return self._of_word(element, flow)
        else:
            return False
        return True

    def _of_word(self, span: etree._Element, flow: Flow) -> bool:
        """Write a tabulation of Word's, or take out of a paragraph the mark that it wrote."""
        tabs = web_word.tabulations(span)
        if tabs:
            flow.keep(tabs)
            return True
        if flow.marks or flow.length > _LONGEST_MARK or not web_word.ends_mark(span):
            return False
        mark = flow.text.strip()
        paragraph = next(span.iterancestors("p", *_HEADINGS), None)
        if paragraph is None or not web_word.is_mark(mark):
            return False
        self._blocks.flow = Flow()
        contexts = self._blocks.contexts
        if not contexts or contexts[-1].element is not paragraph:
            contexts.append(Context(paragraph, "list_item", web_word.level(paragraph)))
        contexts[-1].number = mark if web_word.is_numbered(mark) else ""
        return True

    # Elements that open and close

    def _open(self, element: etree._Element) -> None:
        tag = element.tag
        style = style_of(element)
        if tag in _BLOCKS or style.block:
            self._blocks.flush()
            note = self._notes.holders.get(element)
            if note is not None:
                self._open_note(element, note)
            opener = self._openers.get(tag)
            if opener is not None:
                opener(element)
        elif tag == "ins":
            self.met["insertion"] += 1
        elif tag == "object":
            self.met["object"] += 1
        if style.kept and tag not in _PREFORMATTED:
            self._kept.append(element)

    def _close(self, element: etree._Element) -> None:
        tag, blocks = element.tag, self._blocks
        if tag in _BLOCKS or style_of(element).block:
            blocks.flush()
            if tag in _CELLS:
                self._close_cell()
            elif tag == "table":
                self._tables.pop()
            elif tag in _LISTS:
                self._lists.pop()
        while blocks.contexts and blocks.contexts[-1].element is element:
            note = blocks.contexts.pop().note
            if note is not None and note.kind == "comment":
                blocks.close_comment(note)
        if self._kept and self._kept[-1] is element:
            self._kept.pop()

    def _open_heading(self, element: etree._Element) -> None:
        self._blocks.contexts.append(Context(element, "heading", _HEADINGS[element.tag]))

    def _open_paragraph(self, element: etree._Element) -> None:
        if _TITLES.search(element.get("class", "")):
            self._blocks.contexts.append(Context(element, "heading", 1))

    def _open_list(self, element: etree._Element) -> None:
        self._lists.append(List.of(element, self._lists[-1].level if self._lists else 0))

    def _open_item(self, element: etree._Element) -> None:
        contexts = self._blocks.contexts
        if contexts and contexts[-1].note is not None:
            return
        own = self._lists[-1] if self._lists else None
        number, level = (own.number(element), own.level) if own else ("", 1)
        contexts.append(Context(element, "list_item", level, number))

    def _open_note(self, element: etree._Element, note: Note) -> None:
        self._blocks.contexts.append(Context(element, "footnote", note=note))
        if note.kind == "comment":
            self._blocks.open_comment()

    # Tables

    def _open_table(self, element: etree._Element) -> None:
        nested = self._blocks.in_cell
        layout = not nested and lays_out(element)
        self._numbered_tables += not nested and not layout
        number = 0 if nested or layout else self._numbered_tables
        self._tables.append(Table(layout=layout, number=number))

    def _open_row(self, _row: etree._Element) -> None:
        if self._tables:
            self._tables[-1].open_row()

    def _open_cell(self, element: etree._Element) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None or table.layout:
            return
        table.open_cell(element)
        if table.number:
            self._blocks.open_cell()
        else:
            self._blocks.separate("\t" if table.cells > 1 else "\n")

    def _close_cell(self) -> None:
        table = self._tables[-1] if self._tables else None
        if table is not None and table.number:
            self._blocks.close_cell(table.place, first=table.cells == 1)


def _author(change: etree._Element) -> str:
    cited = change.get("cite", "")
    return cited.removeprefix(_MAIL) if cited.startswith(_MAIL) else ""
