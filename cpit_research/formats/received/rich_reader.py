"""Reading the groups and control words of a rich text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from cpit_research.errors import FormatError
from cpit_research.formats.limits import GROUP_DEPTH
from cpit_research.formats.received.rich_body import Body, Story
from cpit_research.formats.received.rich_head import Head
from cpit_research.formats.received.rich_paragraphs import Paragraphs
from cpit_research.formats.received.rich_pictures import (
    alternative,
    holds_picture,
    inserted_symbol,
)
from cpit_research.formats.received.rich_state import State
from cpit_research.formats.received.rich_tokens import Tokens, plain, truncated
from cpit_research.formats.received.rich_vocabulary import (
    CHARACTERS,
    ENTERED,
    SIGNS,
    SILENT,
    STORIES,
)
from cpit_research.formats.received.rich_words import Words
from cpit_research.wording import gettext as _

__all__ = ["RichReader"]


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
        self._head = Head(self._words, self._paragraphs)
        self._state = State(self._paragraphs.main)
        self._above: list[State] = []
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
                elif word in CHARACTERS:
                    words.say(CHARACTERS[word], self._state)
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
        elif sign in SIGNS:
            self._words.say(SIGNS[sign], self._state)

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
        if word in ENTERED or word in self._handlers:
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
        paragraphs, head = self._paragraphs, self._head
        return {
            **dict.fromkeys(SILENT, self._pass_over),
            **{word: self._starting(name) for word, name in STORIES.items()},
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
            b"deff": head.choose_font,
            b"u": lambda n: self._words.character(n, self._state),
            b"ansicpg": head.choose_page,
            b"mac": lambda _n: head.choose_page(10_000),
            b"pc": lambda _n: head.choose_page(437),
            b"pca": lambda _n: head.choose_page(850),
            b"bin": lambda n: self._tokens.jump(self._tokens.end + max(0, n)),
            b"fonttbl": self._read_fonts,
            b"stylesheet": lambda _n: head.read_styles(self._tokens.rest()),
            b"listtable": lambda _n: head.read_lists(self._tokens.rest()),
            b"listoverridetable": lambda _n: head.read_overrides(self._tokens.rest()),
            b"revtbl": lambda _n: head.read_authors(self._tokens.rest()),
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
        self._head.set_default(state)

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

    # Fonts

    def _set_font(self, number: int) -> None:
        self._head.set_font(number, self._state)

    def _read_fonts(self, _number: int) -> None:
        self._head.read_fonts(self._tokens.rest())
        for state in (self._state, *self._above):
            self._head.set_default(state)

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
        character = inserted_symbol(self._tokens.rest())
        if character is not None:
            self.met["symbol" if character else "unknown symbol"] += 1
            self._words.say(character or "\N{REPLACEMENT CHARACTER}", self._state)

    def _count_picture(self, _number: int) -> None:
        self.met["picture"] += 1
        self._describe(self._tokens.rest())

    def _count_object(self, _number: int) -> None:
        self.met["object"] += 1

    def _read_shape_property(self, _number: int) -> None:
        held = self._tokens.rest()
        self.met["picture"] += holds_picture(held)
        self._describe(held)

    def _describe(self, held: bytes) -> None:
        """Set the alternative text of a picture aside."""
        words = alternative(held, self._words.codec)
        if words:
            self._state.story.words.mark("picture", words)
