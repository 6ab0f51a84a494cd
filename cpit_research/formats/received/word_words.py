"""The words of a Word paragraph, and what is set aside while they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from cpit_research.formats.received.symbols import symbol
from cpit_research.formats.received.word_xml import W
from cpit_research.formats.received.words import Words

__all__ = [
    "ALTERNATE",
    "COMMENT_START",
    "INSERTED",
    "PARAGRAPH",
    "REMOVED",
    "WordsReader",
    "author",
    "branch",
    "identifier",
    "removed_words",
]

M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML: Final = "{urn:schemas-microsoft-com:vml}"

PARAGRAPH: Final = W + "p"
RUN: Final = W + "r"
TEXT: Final = W + "t"
ALTERNATE: Final = MC + "AlternateContent"
BOX: Final = W + "txbxContent"
COMMENT_START: Final = W + "commentRangeStart"
INSERTED: Final = frozenset({W + "ins", W + "moveTo"})
REMOVED: Final = frozenset({W + "del", W + "moveFrom"})

#: What is written as one character, whatever it holds.
_CHARACTERS: Final = {
    W + "br": "\n",
    W + "cr": "\n",
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    W + "softHyphen": "\N{SOFT HYPHEN}",
}
#: What says nothing of the text: properties, field instructions, phonetic guides.
_SILENT: Final = frozenset(
    W + name
    for name in (
        *("rPr", "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "sectPr"),
        *("instrText", "delInstrText", "delText", "fldData", "ffData", "rt", "proofErr"),
    )
)


#: What needs its place in the tree to be understood.
_STRUCTURED: Final = (
    *INSERTED,
    *REMOVED,
    ALTERNATE,
    BOX,
    COMMENT_START,
    M + "t",
    *(
        W + name
        for name in (
            *("commentReference", "footnoteReference", "endnoteReference", "sym", "drawing"),
            *("pict", "object", "ruby", "tabs"),
        )
    ),
)


class WordsReader:
    """Reads inline content; what it meets that is not text is counted in `met`.

    An element that is not known is entered: hyperlinks, simple fields, content controls, smart
    tags and whatever a future Word invents keep their words.
    """

    __slots__ = ("_handlers", "_swept", "met")

    def __init__(self) -> None:
        self._swept: dict[etree._Element, list[str]] = {}
        self.met: Counter[str] = Counter()
        self._handlers: dict[object, Callable[[etree._Element, Words], None]] = {
            ALTERNATE: self._alternate,
            M + "t": self._text,
            W + "sym": self._symbol,
            W + "drawing": self._drawing,
            W + "pict": self._drawing,
            W + "object": self._drawing,
            COMMENT_START: self._comment,
            W + "commentReference": self._comment,
            W + "footnoteReference": self._note,
            W + "endnoteReference": self._note,
            **dict.fromkeys(INSERTED, self._inserted),
            **dict.fromkeys(REMOVED, self._removed),
        }

    def sweep(self, body: etree._Element) -> None:
        """Read at once every paragraph of `body` whose words need no walk through the tree."""
        pieces: list[str] = []
        for found in body.iter(PARAGRAPH, TEXT, *_CHARACTERS):
            tag = found.tag
            if tag == TEXT:
                text = found.text
                if text:
                    pieces.append(text.replace("\n", " "))
            elif tag == PARAGRAPH:
                pieces = self._swept[found] = []
            else:
                pieces.append(_CHARACTERS[tag])
        for found in body.iter(*_STRUCTURED):
            for paragraph in found.iterancestors(PARAGRAPH):
                if self._swept.pop(paragraph, None) is None:
                    break  # so have those around it
            if found.tag == BOX:  # what follows a box was taken for its last paragraph
                for paragraph in found.iter(PARAGRAPH):
                    self._swept.pop(paragraph, None)

    def read(self, paragraph: etree._Element, words: Words) -> None:
        """Add what `paragraph` says to `words`."""
        swept = self._swept.get(paragraph)
        if swept is None:
            self.inline(paragraph, words)
        else:
            words.pieces += swept

    def inline(self, parent: etree._Element, words: Words) -> None:
        """Add what `parent` says to `words`, element by element."""
        handlers, pieces = self._handlers, words.pieces
        for child in parent:
            tag = child.tag
            if tag == TEXT:
                self._text(child, words)
            elif tag == RUN:
                self.inline(child, words)
            elif tag in _SILENT:
                continue
            elif tag in _CHARACTERS:
                pieces.append(_CHARACTERS[tag])
            else:
                handlers.get(tag, self.inline)(child, words)

    def _text(self, element: etree._Element, words: Words) -> None:
        text = element.text
        if text:
            words.pieces.append(text.replace("\n", " "))

    def _alternate(self, element: etree._Element, words: Words) -> None:
        chosen = branch(element)
        if chosen is not None:
            self.inline(chosen, words)

    def _inserted(self, element: etree._Element, words: Words) -> None:
        self.met["insertion"] += 1
        self.inline(element, words)

    def _removed(self, element: etree._Element, words: Words) -> None:
        self.met["deletion"] += 1
        removed = removed_words(element)
        if removed:
            words.mark("deletion", removed, author(element))

    def _comment(self, element: etree._Element, words: Words) -> None:
        words.mark("comment", identifier(element))

    def _note(self, element: etree._Element, words: Words) -> None:
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        words.mark(kind, identifier(element))

    def _symbol(self, element: etree._Element, words: Words) -> None:
        character = symbol(element.get(W + "font", ""), element.get(W + "char", ""))
        self.met["symbol" if character else "unknown symbol"] += 1
        words.pieces.append(character or "\N{REPLACEMENT CHARACTER}")

    def _drawing(self, element: etree._Element, words: Words) -> None:
        boxes = list(_boxes(element))
        words.boxes += boxes
        if element.tag == W + "object":
            self.met["object"] += 1
            return
        pictures = sum(1 for _ in element.iter(A + "blip", VML + "imagedata"))
        self.met["picture"] += pictures
        if not pictures and not boxes and element.tag == W + "drawing":
            self.met["drawing"] += 1
        for described in element.iter(WP + "docPr", VML + "shape"):
            alternative = (described.get("descr") or described.get("alt") or "").strip()
            if alternative:
                words.mark("picture", alternative)


def branch(alternate: etree._Element) -> etree._Element | None:
    """Return the one branch of an alternate content that is read: the first choice."""
    choice = alternate.find(MC + "Choice")
    return alternate.find(MC + "Fallback") if choice is None else choice


def author(change: etree._Element) -> str:
    """Return who made a tracked change or a comment."""
    return change.get(W + "author", "")


def identifier(element: etree._Element) -> str:
    """Return the id of a comment, of a note, or of what calls it."""
    return element.get(W + "id", "")


def removed_words(element: etree._Element) -> str:
    """Return the words that a tracked change removed."""
    return "".join(found.text or "" for found in element.iter(W + "delText", TEXT))


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes of a drawing, once each."""
    for child in element:
        if child.tag == BOX:
            yield child
        elif child.tag == ALTERNATE:
            chosen = branch(child)
            if chosen is not None:
                yield from _boxes(chosen)
        else:
            yield from _boxes(child)
