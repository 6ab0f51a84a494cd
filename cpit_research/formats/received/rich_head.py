"""What the head of a rich text says: its encoding, fonts, styles, lists and authors."""

from __future__ import annotations

from collections.abc import Mapping

from cpit_research.formats.received.rich_fonts import Font, codec_of, fonts
from cpit_research.formats.received.rich_lists import Lists, levels, overrides
from cpit_research.formats.received.rich_paragraphs import Paragraphs
from cpit_research.formats.received.rich_state import State
from cpit_research.formats.received.rich_styles import authors, styles
from cpit_research.formats.received.rich_words import Words

__all__ = ["Head"]


class Head:
    """Reads the tables of the head, and gives them to those who need them."""

    def __init__(self, words: Words, paragraphs: Paragraphs) -> None:
        self._words = words
        self._paragraphs = paragraphs
        self._fonts: Mapping[int, Font] = {}
        self._default = -1
        self._lists = b""

    def choose_page(self, page: int) -> None:
        """Take `page` as the code page of the document."""
        self._words.codec = codec_of(page)

    def choose_font(self, number: int) -> None:
        """Take font `number` as that of plain characters."""
        self._default = number

    def set_font(self, number: int, state: State) -> None:
        """Write with font `number` from here."""
        font = self._fonts.get(number)
        state.codec = font.codec if font else ""
        state.font = font if font and font.symbols else None

    def set_default(self, state: State) -> None:
        """Write with the font of plain characters from here."""
        self.set_font(self._default, state)

    def read_fonts(self, table: bytes) -> None:
        """Read the font table."""
        self._fonts = fonts(table, self._words.codec)

    def read_styles(self, table: bytes) -> None:
        """Read the style sheet."""
        self._paragraphs.styles = styles(table, self._words.codec)

    def read_lists(self, table: bytes) -> None:
        """Keep the list table, until the uses of its lists are known."""
        self._lists = table

    def read_overrides(self, table: bytes) -> None:
        """Read the list table by the table of the uses of its lists."""
        self._paragraphs.lists = Lists(levels(self._lists, self._words.codec), overrides(table))

    def read_authors(self, table: bytes) -> None:
        """Read who made the tracked changes."""
        self._words.authors = authors(table, self._words.codec)
