"""Where paragraphs, cells and rows of a rich text end, and what each paragraph is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from cpit_research.formats.received.rich_body import Body, Paragraph, Story
from cpit_research.formats.received.rich_lists import Lists
from cpit_research.formats.received.rich_state import State
from cpit_research.formats.received.rich_styles import Style
from cpit_research.formats.received.stretch import Stretch
from cpit_research.model.structure import PartKind

__all__ = ["Paragraphs"]

_DEEPEST: Final = 9
_PLAIN: Final = Style()


class Paragraphs:
    """Ends paragraphs and cells, in the body or in a story of their own.

    Attributes
    ----------
    styles : mapping of int to Style
        Paragraph styles.
    lists : Lists
        Lists whose marks may have to be computed.
    edges : list of int
        Right edges of the cells of the row being read.
    """

    def __init__(self, body: Body, met: Counter[str]) -> None:
        self.main = Story("body")
        self.styles: Mapping[int, Style] = {}
        self.lists = Lists({}, {})
        self.edges: list[int] = []
        self._body = body
        self._met = met

    def end(self, state: State) -> None:
        """End a paragraph; in a cell, a note or a comment, only a line."""
        story = state.story
        if story.name == "text box" or (story is self.main and not state.table):
            self._end(story, state)
        else:
            self._lead(story)
            story.words.add("\n")
            self._flatten_boxes(story)

    def end_cell(self, state: State) -> None:
        """End a cell."""
        story = state.story
        if story is not self.main:
            self.end_nested_cell(state)
            return
        self._lead(story)
        if story.boxes:
            story.words.add("\n")
            self._flatten_boxes(story)
        story.cells.append(story.words)
        story.words = Stretch()

    def end_row(self, state: State) -> None:
        """End a row."""
        if state.story is not self.main:
            self.end_nested_row(state)
            return
        cells, self.main.cells = self.main.cells, []
        if cells:
            self._body.row(cells, tuple(self.edges))

    def end_nested_cell(self, state: State) -> None:
        """End a cell of a table that stands in another, or in a story of its own."""
        self._lead(state.story)
        state.story.words.add("\t")

    def end_nested_row(self, state: State) -> None:
        """End a row of such a table."""
        words = state.story.words
        if words.pieces and words.pieces[-1] == "\t":
            words.pieces.pop()
            words.length -= 1
        if state.story.name == "text box":
            self._end(state.story, state)
        else:
            words.add("\n")

    def finish(self, state: State) -> None:
        """End the last paragraph of a document or of a text box, if it has words."""
        story = state.story
        if story.cells:
            if story.words.length:
                self.end_cell(state)
            self.end_row(state)
        if story.words or story.boxes:
            self._end(story, state)

    def _end(self, story: Story, state: State) -> None:
        kind, level, number = self._kind(story, state)
        paragraph = Paragraph(story.words, kind, level, number, tuple(story.boxes))
        story.words, story.boxes, story.mark = Stretch(), [], None
        if story is self.main:
            self._body.paragraph(paragraph)
        else:
            story.paragraphs.append(paragraph)

    def _kind(self, story: Story, state: State) -> tuple[PartKind, int, str]:
        """Return what a paragraph is, its level, and the number that stands before it."""
        style = self.styles.get(state.style, _PLAIN)
        heading = style.heading
        if state.outline is not None:
            heading = state.outline + 1 if 0 <= state.outline < _DEEPEST else 0
        listing = style.listing if state.listing is None else state.listing
        depth = style.depth if state.depth is None else state.depth
        mark = story.mark
        if mark is None and listing > 0 and story.words:
            mark = self.lists.mark(listing, depth)
            self._met["unnumbered"] += mark is None
        if heading:
            return "heading", heading, mark or ""
        if listing > 0 or story.mark is not None:
            return "list_item", max(0, depth) + 1, mark or ""
        return "paragraph", 0, ""

    def _lead(self, story: Story) -> None:
        """Write the number of an item inside a cell or a note, where it is words like others."""
        mark, story.mark = story.mark, None
        if mark:
            story.words.insert(*story.marked_at, mark + " ")

    def _flatten_boxes(self, story: Story) -> None:
        boxes, story.boxes = story.boxes, []
        for box in boxes:
            self._met["text box"] += 1
            story.words.extend(Story("text box", paragraphs=list(box)).lines())
            story.words.add("\n")
