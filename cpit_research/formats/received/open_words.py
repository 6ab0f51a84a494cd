"""The words of an OpenDocument paragraph, and what is set aside while they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from lxml import etree

from cpit_research.formats.received.open_styles import OpenStyles
from cpit_research.formats.received.open_xml import DRAW, OFFICE, SVG, TEXT, XML_ID, count
from cpit_research.formats.received.words import Words

__all__ = ["HEADING", "PARAGRAPH", "SILENT", "Change", "OpenWordsReader", "changes", "is_drawing"]

PARAGRAPH: Final = TEXT + "p"
HEADING: Final = TEXT + "h"
NOTE: Final = TEXT + "note"
CHANGE: Final = TEXT + "change"
ANNOTATION: Final = OFFICE + "annotation"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_THREE_DIMENSIONS: Final = "{urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0}"
#: Spaces of a document, beyond one for each element that writes some.
_MOST_SPACES: Final = 1_000_000
#: In OpenDocument white space is one space, but for the elements that write more of it.
_BLANKS: Final = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
_OBJECTS: Final = tuple(
    DRAW + name for name in ("object", "object-ole", "applet", "plugin", "floating-frame")
)

#: What a tracked change is counted as.
_KINDS: Final[Mapping[object, str]] = {
    TEXT + "insertion": "insertion",
    TEXT + "deletion": "deletion",
    TEXT + "format-change": "formatting",
}
#: What says nothing of the text, or says again what is computed.
SILENT: Final = frozenset(
    [
        *(SVG + name for name in ("title", "desc")),
        *(OFFICE + name for name in ("forms", "event-listeners", "scripts", "annotation-end")),
        *(
            TEXT + name
            for name in (
                *("tracked-changes", "number", "ruby-text", "script", "sequence-decls"),
                *("variable-decls", "user-field-decls", "dde-connection-decls", "section-source"),
                *("alphabetical-index-auto-mark-file", "note-citation", "soft-page-break"),
                *("table-of-content-source", "illustration-index-source", "table-index-source"),
                *("object-index-source", "user-index-source", "alphabetical-index-source"),
                "bibliography-source",
            )
        ),
    ]
)


class Change(NamedTuple):
    """A tracked change: its kind, who made it, and the element that holds what it removed."""

    kind: str
    author: str
    region: etree._Element


class OpenWordsReader:
    """Reads inline content; what it meets that is not text is counted in `met`.

    An element that is not known is entered: fields, links and whatever a later version of the
    standard adds keep their words.

    Attributes
    ----------
    met : Counter
        How many of each thing.
    notes : list of etree._Element
        The notes called: their marks give their rank here.
    """

    __slots__ = ("_after_blank", "_handlers", "_removed", "_spaces_left", "_styles", "met", "notes")

    def __init__(self, styles: OpenStyles, changed: Mapping[str, Change]) -> None:
        self._styles = styles
        self._removed = {name: made for name, made in changed.items() if made.kind == "deletion"}
        self._after_blank = True
        self._spaces_left = _MOST_SPACES
        self.met = Counter(made.kind for made in changed.values())
        self.notes: list[etree._Element] = []
        self._handlers: dict[object, Callable[[etree._Element, Words], None]] = {
            TEXT + "s": self._spaces,
            TEXT + "tab": self._tab,
            TEXT + "line-break": self._break,
            TEXT + "span": self._span,
            TEXT + "hidden-text": self._hidden_text,
            NOTE: self._note,
            CHANGE: self.change,
            ANNOTATION: self._comment,
        }

    def read(self, paragraph: etree._Element, words: Words) -> None:
        """Add what `paragraph` says to `words`."""
        self._after_blank = True
        self.met["hidden"] += self._hides("paragraph", paragraph)
        self._inline(paragraph, words)

    def change(self, element: etree._Element, words: Words) -> None:
        """Set aside what was removed at `element`."""
        change = self._removed.pop(element.get(TEXT + "change-id", ""), None)
        if change is not None:
            words.mark("deletion", self._plain(change.region), change.author)

    def forgotten(self) -> Iterable[tuple[str, str]]:
        """Yield the words and author of the deletions whose place was never met."""
        for change in self._removed.values():
            yield self._plain(change.region), change.author

    def drawing(self, element: etree._Element, words: Words) -> None:
        """Add the text boxes of a drawing, and count what it holds besides."""
        for described in element.iterchildren(SVG + "title", SVG + "desc"):
            alternative = (described.text or "").strip()
            if alternative:
                words.mark("picture", alternative)
        if element.tag == DRAW + "frame":
            self._frame(element, words)
        elif _speaks(element):
            words.boxes.append(element)
            return
        self.met["object"] += element.tag == DRAW + "control"
        for child in filter(is_drawing, element):
            self.drawing(child, words)

    def _frame(self, frame: etree._Element, words: Words) -> None:
        """Read the first thing that a frame holds: the others are for those who cannot show it."""
        box = frame.find(DRAW + "text-box")
        if box is not None:
            words.boxes.append(box)
        elif any(frame.find(name) is not None for name in _OBJECTS):
            self.met["object"] += 1
        elif frame.find(DRAW + "image") is not None:
            self.met["picture"] += 1

    def _inline(self, parent: etree._Element, words: Words) -> None:
        self._characters(parent.text, words)
        for child in parent:
            tag = child.tag
            handler = self._handlers.get(tag)
            if handler is not None:
                handler(child, words)
            elif is_drawing(child):
                self.drawing(child, words)
            elif tag not in SILENT:
                self._inline(child, words)
            self._characters(child.tail, words)

    def _characters(self, text: str | None, words: Words) -> None:
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if self._after_blank:
            text = text.removeprefix(" ")
        if text:
            self._after_blank = text.endswith(" ")
            words.pieces.append(text)

    def _said(self, written: str, words: Words) -> None:
        self._after_blank = False
        words.pieces.append(written)

    def _spaces(self, element: etree._Element, words: Words) -> None:
        more = count(element, TEXT + "c", 1, 1 + self._spaces_left) - 1
        self._spaces_left -= max(0, more)
        self._said(" " * (1 + more), words)

    def _tab(self, _element: etree._Element, words: Words) -> None:
        self._said("\t", words)

    def _break(self, _element: etree._Element, words: Words) -> None:
        self._said("\n", words)

    def _span(self, element: etree._Element, words: Words) -> None:
        self.met["hidden"] += self._hides("text", element)
        self._inline(element, words)

    def _hidden_text(self, element: etree._Element, words: Words) -> None:
        self.met["hidden"] += 1
        self._characters(element.text or element.get(TEXT + "string-value"), words)

    def _note(self, element: etree._Element, words: Words) -> None:
        self.notes.append(element)
        words.mark(element.get(TEXT + "note-class", "footnote"), str(len(self.notes) - 1))

    def _comment(self, element: etree._Element, words: Words) -> None:
        self.met["comment"] += 1
        words.mark("comment", self._plain(element), element.findtext(_DC + "creator", ""))

    def _plain(self, element: etree._Element) -> str:
        """Return the words of a comment or of a deletion, a paragraph a line."""
        after_blank, lines = self._after_blank, []
        for paragraph in element.iter(PARAGRAPH, HEADING):
            words = Words()
            self.read(paragraph, words)
            lines.append(words.text)
        self._after_blank = after_blank
        return "\n".join(lines)

    def _hides(self, family: str, element: etree._Element) -> bool:
        return self._styles.hides(family, element.get(TEXT + "style-name", ""))


def is_drawing(element: etree._Element) -> bool:
    """Tell whether an element is a frame, a shape or a group of them."""
    tag = str(element.tag)
    return tag.startswith((DRAW, _THREE_DIMENSIONS)) and tag not in {
        DRAW + "text-box",
        DRAW + "image",
        *_OBJECTS,
    }


def _speaks(shape: etree._Element) -> bool:
    """Tell whether a shape holds words of its own."""
    blocks = shape.iterchildren(PARAGRAPH, HEADING, TEXT + "list")
    return any(said.strip() for block in blocks for said in block.itertext())


def changes(body: etree._Element) -> dict[str, Change]:
    """Return the tracked changes of a document by id."""
    return {
        region.get(TEXT + "id", region.get(XML_ID, "")): Change(
            _KINDS[made.tag],
            next((found.text or "" for found in made.iter(_DC + "creator")), ""),
            region,
        )
        for region in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region")
        for made in region.iterchildren(*_KINDS)
    }
