"""What holds at one place of a rich text, until the group that said it closes."""

from __future__ import annotations

from cpit_research.formats.received.rich_body import Story
from cpit_research.formats.received.rich_fonts import Font

__all__ = ["State"]


class State:
    """The properties of characters and of paragraphs, and the story that they belong to.

    Attributes
    ----------
    story : Story
        Where words go.
    codec : str
        Encoding of the font.
    font : Font or None
        The font, when it draws symbols.
    unread : int
        How many characters stand for one that is written in Unicode.
    table : int
        Depth of tables around the paragraph.
    """

    __slots__ = (
        *("author", "codec", "deleted", "depth", "font", "hidden", "listing", "outline"),
        *("revised", "story", "style", "table", "unread"),
    )

    def __init__(self, story: Story) -> None:
        self.story = story
        self.codec = ""
        self.font: Font | None = None
        self.unread = 1
        self.hidden = self.deleted = self.revised = False
        self.author = 0
        self.plain_paragraph()

    def plain_paragraph(self) -> None:
        """Forget what was said of paragraphs."""
        self.style = self.table = 0
        self.outline: int | None = None
        self.listing: int | None = None
        self.depth: int | None = None

    def copy(self) -> State:
        """Return the same properties, for a group that opens."""
        new = State.__new__(State)  # a million groups: nothing else is as fast
        new.author, new.codec, new.deleted = self.author, self.codec, self.deleted
        new.depth, new.font, new.hidden = self.depth, self.font, self.hidden
        new.listing, new.outline, new.revised = self.listing, self.outline, self.revised
        new.story, new.style, new.table = self.story, self.style, self.table
        new.unread = self.unread
        return new
