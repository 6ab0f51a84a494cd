"""The blocks of a web page, laid out as a browser shows them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.stretch import Stretch
from cpit_research.formats.received.web_controls import shown
from cpit_research.formats.received.web_flow import Flow, on_a_line
from cpit_research.formats.received.web_lists import List
from cpit_research.formats.received.web_notes import Note, Notes
from cpit_research.formats.received.web_tables import Table, lays_out
from cpit_research.model.structure import Part, PartKind

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
_NOT_SHOWN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_BLOCK_STYLE: Final = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item)", re.IGNORECASE)
_KEPT: Final = re.compile(
    r"white-space(?:-collapse)?\s*:\s*(?:pre\b|pre-wrap|break-spaces|preserve)", re.IGNORECASE
)
_TABS: Final = re.compile(r"mso-tab-count\s*:\s*(\d{1,2})")
#: The blank that Word writes between the mark of an item and its words.
_AFTER_MARK: Final = re.compile(r"font\s*:\s*7(?:\.0)?pt\s+[\"']?Times New Roman", re.IGNORECASE)
_MARKED: Final = re.compile(r"\(?[\w.]{1,12}[.)°]?|[^\w\s]{1,2}")
_LONGEST_MARK: Final = 16
_NUMBERED: Final = re.compile(r"\d|[A-Za-z]+[.)]|[ivxlcIVXLC]{2,}")
_WORD_LEVEL: Final = re.compile(r"mso-list\s*:[^;]*\blevel(\d)")
_MARGIN: Final = re.compile(r"margin-left\s*:\s*(\d{1,4})(?:\.\d+)?pt")
_TITLES: Final = re.compile(r"(?:^|\s)(?:MsoTitle|title)(?:\s|$)")
_BLANK_LINE: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_PAGE_EDGES: Final = frozenset({"header", "footer"})
_AUTHOR: Final = "mailto:"


@dataclass(slots=True)
class _Context:
    """What the blocks inside an element are."""

    element: etree._Element
    kind: PartKind
    level: int = 0
    number: str = ""
    note: Note | None = None


class Page:
    """Writes the blocks of a page into a draft, in order.

    Attributes
    ----------
    met : Counter of str
        How many of each thing that is not text was met.
    """

    def __init__(self, draft: Draft, notes: Notes) -> None:
        self.met: Counter[str] = Counter()
        self._draft = draft
        self._notes = notes
        self._flow = Flow()
        self._contexts: list[_Context] = []
        self._lists: list[List] = []
        self._tables: list[Table] = []
        self._cell: Stretch | None = None
        self._separator = ""
        self._place = ""
        self._kept: list[etree._Element] = []
        self._gap = False
        self._paragraphs = 0
        self._numbered_tables = 0
        self._comments: dict[int, int] = {}
        self._comment: Stretch | None = None
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
        left: etree._Element | None = None
        for event, element in walker:
            if event == "start":
                if self._silent(element) or self._replaced(element):
                    left = element
                    walker.skip_subtree()
                    continue
                self._open(element)
                if element.text:
                    self._text(element.text, element)
            else:
                if element is left:
                    left = None
                else:
                    self._close(element)
                if element.tail:
                    self._text(element.tail, None)
        self._flush()

    # Elements

    def _silent(self, element: etree._Element) -> bool:
        """Tell whether an element shows nothing, and count what that leaves out."""
        tag = element.tag
        if tag in _SILENT:
            self.met["object"] += tag in _OBJECTS
            return True
        if not element.attrib:
            return False
        if element.get("hidden") is not None or _NOT_SHOWN.search(element.get("style", "")):
            self.met["concealed"] += any(piece.strip() for piece in element.itertext())
            return True
        return element in self._notes.backs or self._page_edge(element)

    def _page_edge(self, element: etree._Element) -> bool:
        """Set aside a page header or footer, which LibreOffice writes in the body."""
        kind, parent = element.get("title", ""), element.getparent()
        if kind not in _PAGE_EDGES or element.tag != "div" or parent is None:
            return False
        if parent.tag != "body":
            return False
        words = on_a_line(element)
        if words and not words.isdecimal():
            self.met[kind] += 1
            self._draft.aside(kind, words)
        return True

    def _replaced(self, element: etree._Element) -> bool:
        """Write what stands in the place of an element, and tell whether anything does."""
        tag, flow = element.tag, self._flow
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
        elif tag in {"input", "select", "textarea", "embed"}:
            flow.keep(shown(element)) if tag == "textarea" else flow.collapse(shown(element))
        elif tag == "span" and element.get("style"):
            return self._styled(element)
        else:
            return False
        return True

    def _styled(self, span: etree._Element) -> bool:
        style = span.get("style", "")
        tabs = _TABS.search(style)
        if tabs:
            self._flow.keep("\t" * int(tabs[1]))
            return True
        flow = self._flow
        if (
            not _AFTER_MARK.search(style)
            or flow.marks
            or flow.length > _LONGEST_MARK
            or any(piece.strip() for piece in span.itertext())
        ):
            return False
        mark = flow.text.strip()
        if not _MARKED.fullmatch(mark):
            return False
        self._flow = Flow()
        self._mark_item(span, mark)
        return True

    def _mark_item(self, span: etree._Element, mark: str) -> None:
        """Take the number or bullet that Word wrote before a paragraph out of it."""
        context = self._contexts[-1] if self._contexts else None
        paragraph = next(span.iterancestors("p", *_HEADINGS), None)
        if context is None or context.element is not paragraph:
            if paragraph is None:
                return
            context = _Context(paragraph, "list_item", _word_level(paragraph))
            self._contexts.append(context)
        context.number = mark if _NUMBERED.search(mark) else ""

    def _open(self, element: etree._Element) -> None:
        tag = element.tag
        style = element.get("style") if element.attrib else None
        if tag in _BLOCKS or (style and _BLOCK_STYLE.search(style)):
            self._flush()
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
        if style and _KEPT.search(style) and tag not in _PREFORMATTED:
            self._kept.append(element)

    def _close(self, element: etree._Element) -> None:
        tag = element.tag
        style = element.get("style") if element.attrib else None
        if tag in _BLOCKS or (style and _BLOCK_STYLE.search(style)):
            self._flush()
            if tag in _CELLS:
                self._close_cell()
            elif tag == "table" and self._tables and self._tables[-1].element is element:
                self._tables.pop()
            elif tag in _LISTS and self._lists and self._lists[-1].element is element:
                self._lists.pop()
        while self._contexts and self._contexts[-1].element is element:
            context = self._contexts.pop()
            if context.note is not None and context.note.kind == "comment":
                self._close_comment(context.note)
        if self._kept and self._kept[-1] is element:
            self._kept.pop()

    def _text(self, raw: str, opened: etree._Element | None) -> None:
        if not self._kept:
            self._flow.collapse(raw)
        else:  # the line feed that opens a preformatted text is markup
            lead = opened is not None and opened.tag in _PREFORMATTED
            self._flow.keep(raw.removeprefix("\n") if lead else raw)

    # Blocks

    def _open_heading(self, element: etree._Element) -> None:
        self._contexts.append(_Context(element, "heading", _HEADINGS[element.tag]))

    def _open_paragraph(self, element: etree._Element) -> None:
        if element.attrib and _TITLES.search(element.get("class", "")):
            self._contexts.append(_Context(element, "heading", 1))

    def _open_list(self, element: etree._Element) -> None:
        self._lists.append(List.of(element, self._lists[-1].level if self._lists else 0))

    def _open_item(self, element: etree._Element) -> None:
        if self._contexts and self._contexts[-1].note is not None:
            return
        own = self._lists[-1] if self._lists else None
        number, level = (own.number(element), own.level) if own else ("", 1)
        self._contexts.append(_Context(element, "list_item", level, number))

    def _open_note(self, element: etree._Element, note: Note) -> None:
        self._contexts.append(_Context(element, "footnote", note=note))
        if note.kind == "comment":
            self._comment = Stretch()

    def _close_comment(self, note: Note) -> None:
        comment, self._comment = self._comment, None
        if comment is not None:
            self.met["comment"] += 1
            author = note.call.rstrip("0123456789") if note.call[:1].isupper() else ""
            at = self._comments.get(note.number, 0)
            self._draft.aside("comment", comment.text.strip(), author=author, at=at)

    def _open_table(self, element: etree._Element) -> None:
        nested = self._cell is not None
        layout = not nested and lays_out(element)
        self._tables.append(Table(element, layout))
        if not nested and not layout:
            self._numbered_tables += 1
            self._tables[-1].number = self._numbered_tables

    def _open_row(self, _row: etree._Element) -> None:
        if self._tables:
            self._tables[-1].open_row()

    def _open_cell(self, element: etree._Element) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None or table.layout:
            return
        column = table.open_cell(element)
        if self._cell is not None and table.number == 0:
            self._separator = "\t" if table.cells > 1 else "\n"
        elif self._cell is None:
            self._cell, self._separator = Stretch(), ""
            self._place = f"table {table.number}, row {table.row}, column {column}"

    def _close_cell(self) -> None:
        table = self._tables[-1] if self._tables else None
        cell = self._cell
        if table is None or table.layout or table.number == 0 or cell is None:
            return
        self._cell = None
        text = cell.text
        first = len(text) - len(text.lstrip("\n"))
        last = max(first, len(text.rstrip("\n")))
        write = self._draft.cell if table.cells > 1 else self._draft.line
        start, end = write(text[first:last])
        self._draft.parts.append(Part("cell", start, end, place=self._place))
        self._settle(cell, start, end, first)

    def _flush(self) -> None:
        """Write the words gathered since the last block started or ended."""
        flow = self._flow
        if not flow:
            return
        self._flow = Flow()
        if self._comment is not None:
            self._comment.add(flow.text.strip("\n") + "\n")
        elif self._cell is None:
            self._paragraphs_of(flow)
        else:
            if self._cell.length or self._separator == "\t":
                self._cell.add(self._separator or "\n")
            self._separator = "\n"
            number = self._number()
            if number:
                self._cell.add(number + " ")
            self._cell.extend(_trimmed(flow))

    def _paragraphs_of(self, flow: Flow) -> None:
        """Write the paragraphs that blank lines part, each on its line."""
        text = flow.text
        at = len(text) - len(text.lstrip("\n"))
        end = max(at, len(text.rstrip("\n")))
        if at == end or text.isspace():
            if text:
                self._draft.line("")
                self._gap = True
            self._settle(flow, self._draft.end, self._draft.end, 0)
            return
        for gap in (*_BLANK_LINE.finditer(text, at, end), None):
            last = gap.start() if gap else end
            start, finish = self._block(text[at:last])
            self._gap = False
            self._settle(flow, start, finish, at, last)
            if gap:
                self._draft.line("")
                at = gap.end()
        self._settle(flow, start, finish, at)

    def _block(self, words: str) -> tuple[int, int]:
        """Write one block, by what the elements around it say, and return its range."""
        draft, context = self._draft, self._contexts[-1] if self._contexts else None
        if context is not None and context.note is not None:
            return self._note(words.strip(), context.note)
        self._paragraphs += 1
        kind: PartKind = context.kind if context else "paragraph"
        number = self._number()
        start, end = draft.line(number + " " if number else words)
        if number:
            start, end = draft.join("", words)
        if not words.isspace():
            level = context.level if context and kind != "paragraph" else 0
            draft.parts.append(Part(kind, start, end, level, place=f"paragraph {self._paragraphs}"))
        return start, end

    def _number(self) -> str:
        """Return the number of the item that a block opens, with those of items around it.

        What follows in the same item is its own paragraph.
        """
        numbers = []
        for context in self._contexts:
            if context.number:
                numbers.append(context.number)
                context.number = ""
            if context.kind == "list_item":
                context.kind = "paragraph"
        return " ".join(numbers)

    def _note(self, words: str, note: Note) -> tuple[int, int]:
        draft = self._draft
        if not self._gap and (not draft.parts or draft.parts[-1].kind != "footnote"):
            draft.line("")
        start, end = draft.line(words)
        if words:
            place = f"{note.kind} {note.number}"
            draft.parts.append(Part("footnote", start, end, place=place))
        return start, end

    def _settle(
        self, words: Stretch, start: int, end: int, first: int, last: int | None = None
    ) -> None:
        for mark, at in words.anchored(start, end, first, last):
            kind, is_call, _rest = mark.kind.partition("_call")
            if not is_call:
                self._draft.aside(mark.kind, mark.words, author=mark.author, at=at)
            elif kind == "comment":
                self._comments.setdefault(int(mark.words), at)
            else:
                self._draft.aside(f"{kind}_mark", mark.author, at=at)


def _trimmed(flow: Flow) -> Stretch:
    """Return the words of a block without the line ends around it."""
    text = flow.text
    words = text.strip("\n")
    lead = len(text) - len(text.lstrip("\n"))
    trimmed = Stretch()
    trimmed.add(words)
    trimmed.marks.extend(
        mark._replace(at=min(max(mark.at - lead, 0), len(words))) for mark in flow.marks
    )
    return trimmed


def _word_level(paragraph: etree._Element) -> int:
    style = paragraph.get("style", "")
    said = _WORD_LEVEL.search(style)
    if said:
        return max(1, int(said[1]))
    margin = _MARGIN.search(style)
    return max(1, round(int(margin[1]) / 36)) if margin else 1


def _author(change: etree._Element) -> str:
    cited = change.get("cite", "")
    return cited.removeprefix(_AUTHOR) if cited.startswith(_AUTHOR) else ""
