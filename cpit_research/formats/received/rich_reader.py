"""Reading the groups and control words of a rich text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.limits import GROUP_DEPTH
from cpit_research.formats.received.rich_body import Body, Story
from cpit_research.formats.received.rich_fonts import Font, codec_of, fonts
from cpit_research.formats.received.rich_lists import Lists, levels, overrides
from cpit_research.formats.received.rich_paragraphs import Paragraphs
from cpit_research.formats.received.rich_state import State
from cpit_research.formats.received.rich_styles import authors, styles
from cpit_research.formats.received.rich_tokens import Tokens, plain, truncated
from cpit_research.formats.received.rich_words import Words
from cpit_research.formats.received.symbols import symbol
from cpit_research.wording import gettext as _

__all__ = ["RichReader"]

#: Control words, and symbols, that are characters.
_CHARACTERS: Final = {
    b"tab": "\t",
    b"line": "\n",
    b"page": "\n",
    b"column": "\n",
    b"lbr": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"qmspace": "\u2005",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
    b"zwbo": "\u200b",
    b"ltrmark": "\u200e",
    b"rtlmark": "\u200f",
    b"zwnbo": "\u2060",
}
_SYMBOLS: Final = {
    b"~": "\u00a0",
    b"-": "\N{SOFT HYPHEN}",
    b"_": "\N{NON-BREAKING HYPHEN}",
    b"\t": "\t",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
}
#: Groups that hold no words of the document.
_SILENT: Final = (
    *(b"colortbl", b"info", b"filetbl", b"nonshppict", b"shprslt", b"nonesttables", b"xe"),
    *(b"tc", b"tcn", b"rxe", b"txe", b"pntxta", b"pntxtb", b"ftnsep", b"ftnsepc", b"ftncn"),
    *(b"aftnsep", b"aftnsepc", b"aftncn", b"objdata", b"private", b"template", b"listname"),
    *(b"mmathPr", b"datafield", b"mtype", b"mchr", b"mrPr", b"mctrlPr", b"mfPr"),
)
#: Groups marked as optional whose words are read all the same.
_ENTERED: Final = frozenset(
    {b"shpinst", b"shppict", b"ud", b"moMath", b"moMathPara", b"do", b"nesttableprops"}
)
_STORIES: Final = {
    **dict.fromkeys((b"header", b"headerl", b"headerr", b"headerf"), "header"),
    **dict.fromkeys((b"footer", b"footerl", b"footerr", b"footerf"), "footer"),
    **dict.fromkeys((b"listtext", b"pntext"), "mark"),
    **dict.fromkeys((b"shptxt", b"dptxbxtext"), "text box"),
    b"footnote": "footnote",
    b"annotation": "comment",
}
_ALTERNATIVE: Final = re.compile(rb"\\sn wzDescription\}\s*\{\\sv ([^{}]{1,2000})\}")
_INSERTED: Final = re.compile(
    rb"SYMBOL\s+(\d{1,5})\b.{0,40}?\\\\f\s*(?:\"|\\'22)?([A-Za-z ]{1,40})", re.DOTALL
)
_SKIPPED_PICTURE: Final = re.compile(rb"\\pict(?![a-z])")


class RichReader:
    """Reads one rich text into a body.

    Attributes
    ----------
    met : Counter of str
        How many of each thing that is not text was met.
    edges : dict of str to list of str
        Page headers and footers.
    """

    def __init__(self, data: bytes, body: Body) -> None:
        self.met: Counter[str] = Counter()
        self.edges: dict[str, list[str]] = {"header": [], "footer": []}
        self._body = body
        self._tokens = Tokens(data)
        self._words = Words(data, self.met)
        self._paragraphs = Paragraphs(body, self.met)
        self._state = State(self._paragraphs.main)
        self._above: list[State] = []
        self._fonts: Mapping[int, Font] = {}
        self._default_font = -1
        self._list_table = b""
        self._author = ""
        self._nested_properties = 0
        self._starred = False
        self._handlers: dict[bytes, Callable[[int], None]] = self._control_words()

    def read(self) -> None:
        """Read every token, and write what remains when the document ends.

        Raises
        ------
        FormatError
            If groups are not closed, or nest too deeply.
        """
        handlers, words = self._handlers, self._words
        for token in self._tokens:
            word, number, text, brace, sign = token.groups()
            if word is not None:
                if self._starred and self._passes(word):
                    continue
                handler = handlers.get(word)
                if handler is not None:
                    words.unread = 0
                    handler(int(number) if number else -1)
                elif word in _CHARACTERS:
                    words.say(_CHARACTERS[word], self._state)
            elif text is not None:
                words.text(text, self._state)
            elif brace == b"{":
                self._open()
            elif brace is not None:
                self._close()
                if not self._above:
                    self._finish(self._tokens.end)
                    return
            else:
                self._sign(sign)
        raise truncated()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in {b"\n", b"\r"}:
            self._end_paragraph(-1)
        elif sign in _SYMBOLS:
            self._words.say(_SYMBOLS[sign], self._state)

    # Groups

    def _open(self) -> None:
        self._words.unread, self._starred = 0, False
        if len(self._above) >= GROUP_DEPTH:
            raise FormatError(
                _("The rich text nests more than {limit} groups.").format(limit=GROUP_DEPTH),
                remedy=_("Open it in its application and save it again."),
            )
        self._above.append(self._state)
        self._state = self._state.copy()

    def _close(self) -> None:
        self._words.unread, self._starred = 0, False
        closed = self._state
        if len(self._above) == 1:  # the document: its last paragraph may not have been ended
            self._paragraphs.finish(closed)
        self._state = self._above.pop()
        if len(self._above) < self._nested_properties:
            self._nested_properties = 0
        if closed.story is not self._state.story:
            self._end_story(closed, self._state.story)

    def _finish(self, end: int) -> None:
        """Write the last table, and note whether words stand after the end."""
        self._body.end_table()
        if self._tokens.data[end:].strip(b"\0 \t\r\n}\x1a"):
            self.met["after the end"] += 1

    def _passes(self, word: bytes) -> bool:
        """Tell whether a group marked as optional is passed over, as it is when not known."""
        self._starred = False
        if word in _ENTERED or word in self._handlers:
            return False
        self._tokens.rest()
        return True

    def _end_story(self, state: State, around: Story) -> None:
        story = state.story
        words = around.words
        match story.name:
            case "mark":
                mark = story.words.text.strip()
                numbered = mark != "o" and any(character.isalnum() for character in mark)
                around.mark = mark if numbered else ""  # « o » is the bullet of a second level
                around.marked_at = len(words.pieces), words.length
            case "text box":
                self._paragraphs.finish(state)
                around.boxes.append(story.paragraphs)
            case "header" | "footer":
                self.edges[story.name].append(story.lines().text.strip())
            case "comment":
                story.author, self._author = self._author, ""
                words.mark("comment", f"#{len(self._body.comments)}")
                self._body.comments.append(story)
            case _:
                words.mark("note", str(len(self._body.notes)))
                self._body.notes.append(story)

    # Control words

    def _control_words(self) -> dict[bytes, Callable[[int], None]]:
        paragraphs = self._paragraphs
        return {
            **dict.fromkeys(_SILENT, self._pass_over),
            **{word: self._starting(name) for word, name in _STORIES.items()},
            **dict.fromkeys((b"par", b"sect"), self._end_paragraph),
            b"cell": lambda _n: paragraphs.end_cell(self._state),
            b"row": lambda _n: paragraphs.end_row(self._state),
            b"nestcell": lambda _n: paragraphs.end_nested_cell(self._state),
            b"nestrow": lambda _n: paragraphs.end_nested_row(self._state),
            b"nesttableprops": self._start_nested_properties,
            b"trowd": self._start_row,
            b"cellx": self._add_edge,
            b"intbl": lambda _n: self._set_table(1),
            b"itap": self._set_table,
            b"pard": lambda _n: self._state.plain_paragraph(),
            b"plain": self._plain,
            b"s": self._setting("style"),
            b"outlinelevel": self._setting("outline"),
            b"ls": self._setting("listing"),
            b"ilvl": self._setting("depth"),
            b"uc": self._setting("unread"),
            b"revauthdel": self._setting("author"),
            b"v": self._turning("hidden"),
            b"deleted": self._turning("deleted"),
            b"revised": self._turning("revised"),
            b"f": self._set_font,
            b"deff": self._set_default_font,
            b"u": lambda n: self._words.character(n, self._state),
            b"ansicpg": lambda n: self._set_codec(codec_of(n)),
            b"mac": lambda _n: self._set_codec("mac_roman"),
            b"pc": lambda _n: self._set_codec("cp437"),
            b"pca": lambda _n: self._set_codec("cp850"),
            b"bin": lambda n: self._tokens.jump(self._tokens.end + max(0, n)),
            b"fonttbl": self._read_fonts,
            b"stylesheet": self._read_styles,
            b"listtable": self._read_lists,
            b"listoverridetable": self._read_overrides,
            b"revtbl": self._read_authors,
            b"atnauthor": self._read_comment_author,
            b"atnref": self._read_reference,
            b"atrfstart": self._anchor_comment,
            b"ftnalt": self._make_endnote,
            b"fldinst": self._read_instruction,
            b"upr": self._prefer_unicode,
            b"pict": self._count_picture,
            b"sp": self._read_shape_property,
            b"object": self._count_object,
        }

    def _setting(self, name: str) -> Callable[[int], None]:
        def setting(number: int) -> None:
            setattr(self._state, name, number)

        return setting

    def _turning(self, name: str) -> Callable[[int], None]:
        def turning(number: int) -> None:
            setattr(self._state, name, number != 0)

        return turning

    def _starting(self, name: str) -> Callable[[int], None]:
        def starting(_number: int) -> None:
            self._state.story = Story(name)
            self._state.plain_paragraph()

        return starting

    def _pass_over(self, _number: int) -> None:
        self._tokens.rest()

    def _plain(self, _number: int) -> None:
        state = self._state
        state.hidden = state.deleted = state.revised = False
        self._set_font(self._default_font)

    def _end_paragraph(self, _number: int) -> None:
        if self._state.deleted:
            self._words.remove("\n", self._state)
        else:
            self._paragraphs.end(self._state)

    # Tables

    def _set_table(self, depth: int) -> None:
        self._state.table = max(0, depth)

    def _start_row(self, _number: int) -> None:
        if not self._nested_properties:
            self._paragraphs.edges = []

    def _add_edge(self, edge: int) -> None:
        if not self._nested_properties:
            self._paragraphs.edges.append(edge)

    def _start_nested_properties(self, _number: int) -> None:
        self._nested_properties = len(self._above)

    # Fonts and encodings

    def _set_codec(self, codec: str) -> None:
        self._words.codec = codec

    def _set_default_font(self, number: int) -> None:
        self._default_font = number

    def _set_font(self, number: int) -> None:
        font = self._fonts.get(number)
        self._state.codec = font.codec if font else ""
        self._state.font = font if font and font.symbols else None

    # Tables at the head

    def _read_fonts(self, _number: int) -> None:
        self._fonts = fonts(self._tokens.rest(), self._words.codec)
        self._set_font(self._default_font)
        for state in self._above:
            state.codec, state.font = self._state.codec, self._state.font

    def _read_styles(self, _number: int) -> None:
        self._paragraphs.styles = styles(self._tokens.rest(), self._words.codec)

    def _read_lists(self, _number: int) -> None:
        self._list_table = self._tokens.rest()

    def _read_overrides(self, _number: int) -> None:
        lists = levels(self._list_table, self._words.codec)
        self._paragraphs.lists = Lists(lists, overrides(self._tokens.rest()))

    def _read_authors(self, _number: int) -> None:
        self._words.authors = authors(self._tokens.rest(), self._words.codec)

    # Notes and comments

    def _read_comment_author(self, _number: int) -> None:
        self._author = plain(self._tokens.rest(), self._words.codec)

    def _read_reference(self, _number: int) -> None:
        self._state.story.reference = plain(self._tokens.rest(), self._words.codec)

    def _anchor_comment(self, _number: int) -> None:
        self._state.story.words.mark("comment", plain(self._tokens.rest(), self._words.codec))

    def _make_endnote(self, _number: int) -> None:
        if self._state.story.name == "footnote":
            self._state.story.name = "endnote"

    # Fields, pictures and shapes

    def _prefer_unicode(self, _number: int) -> None:
        """Pass over the first of two groups that say the same, for the one in Unicode."""
        tokens = self._tokens
        if tokens.data[tokens.end : tokens.end + 1] == b"{":
            tokens.jump(tokens.end + 1)
            tokens.rest()
            tokens.jump(tokens.end + 1)

    def _read_instruction(self, _number: int) -> None:
        inserted = _INSERTED.search(self._tokens.rest()[:200])
        if inserted:
            character = symbol(inserted[2].decode("ascii").strip(), f"{int(inserted[1]):X}")
            self.met["symbol" if character else "unknown symbol"] += 1
            self._words.say(character or "\N{REPLACEMENT CHARACTER}", self._state)

    def _count_picture(self, _number: int) -> None:
        self.met["picture"] += 1
        self._describe(self._tokens.rest())

    def _count_object(self, _number: int) -> None:
        self.met["object"] += 1

    def _read_shape_property(self, _number: int) -> None:
        held = self._tokens.rest()
        self.met["picture"] += bool(_SKIPPED_PICTURE.search(held))
        self._describe(held)

    def _describe(self, held: bytes) -> None:
        """Set the alternative text of a picture aside."""
        described = _ALTERNATIVE.search(held[:20_000])
        words = plain(described[1], self._words.codec) if described else ""
        if words:
            self._state.story.words.mark("picture", words)
