"""A reading being written: text, parts, asides and notices, until the document is finished."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import accumulate

from cpit_research.errors import FormatError
from cpit_research.formats.limits import TEXT_CHARACTERS, TEXT_LINES
from cpit_research.formats.received.header import find_header
from cpit_research.formats.received.labels import Labelled
from cpit_research.formats.received.reading import Aside, Reading
from cpit_research.formats.received.turns import find_turns
from cpit_research.model.structure import Part, PartKind, Structure
from cpit_research.text.layout import Layout
from cpit_research.wording import gettext as _

__all__ = ["Draft"]


class Draft:
    """A document as a reader lays it out, block after block.

    What all the readers share happens in :meth:`reading`: header fields and speaker turns are
    recognised over the text, and paragraphs are cut where a field or a turn starts or ends.

    Attributes
    ----------
    parts : list of Part
        Blocks, in order.
    over : list of Part
        Parts that lie over blocks.
    voices : list of Labelled
        Labels that the format itself declares.
    asides : list of Aside
        What was set aside.
    """

    __slots__ = ("_layout", "_notices", "asides", "over", "parts", "voices")

    def __init__(self) -> None:
        self._layout = Layout()
        self._notices: list[str] = []
        self.parts: list[Part] = []
        self.over: list[Part] = []
        self.voices: list[Labelled] = []
        self.asides: list[Aside] = []

    @property
    def end(self) -> int:
        """Offset where the text written so far ends."""
        return self._layout.end

    def line(self, raw: str) -> tuple[int, int]:
        """Write `raw` on a new line, as no part, and return its range."""
        return self.join("\n", raw)

    def join(self, separator: str, raw: str) -> tuple[int, int]:
        """Write `raw` after `separator`, as no part, and return its range."""
        written = self._layout.join(separator, raw)
        if written[1] > TEXT_CHARACTERS:
            raise FormatError(
                _("The text is longer than {limit} characters.").format(limit=TEXT_CHARACTERS),
                remedy=_("Split the document."),
            )
        return written

    def cell(self, raw: str) -> tuple[int, int]:
        """Write `raw` after a tab, as no part, and return its range."""
        return self.join("\t", raw)

    def source(self, raw: str) -> tuple[list[str], list[int]]:
        """Write a whole source as it is; return its lines and the offsets where they start."""
        self.line(raw)
        lines = _few(self._layout.text).split("\n")
        starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
        return lines, list(starts)

    def block(
        self, kind: PartKind, raw: str, place: str = "", *, level: int = 0, label: str = ""
    ) -> int:
        """Write `raw` on a new line as a part, unless it is blank; return its start.

        A `label`, such as a list number, stands before the part, and a space between them.
        """
        blank = not raw or raw.isspace()
        if label:
            self.line(label)
            start, end = (self.end, self.end) if blank else self.join(" ", raw)
        else:
            start, end = self.join("\n", raw)
        if not blank:
            self.parts.append(Part(kind, start, end, level, place=place))
        return start

    def aside(self, kind: str, words: str, *, author: str = "", at: int = 0) -> None:
        """Set something aside, with the offset where it was."""
        self.asides.append(Aside(kind, words, author, at))

    def notice(self, *sentences: str) -> None:
        """Add sentences to the report."""
        self._notices.extend(sentences)

    def reading(
        self,
        reader: str,
        speakers: Collection[str],
        *,
        encoding: str = "",
    ) -> Reading:
        """Return the finished reading.

        Parameters
        ----------
        reader : str
            Reader and version.
        speakers : collection of str
            Names, ids and roles that the study knows.
        encoding : str
            Encoding found, for plain text.
        """
        text = _few(self._layout.text)
        header, fields = find_header(text, self.parts, speakers)
        turns, sentences = find_turns(text, self.parts, speakers, after=fields, voices=self.voices)
        over = [*fields, *turns]
        return Reading(
            text=text,
            structure=Structure([*over, *self.over, *_cut(text, self.parts, over)]),
            reader=reader,
            header=header,
            notices=(*self._notices, *sentences),
            asides=tuple(self.asides),
            encoding=encoding,
        )


def _few(text: str) -> str:
    """Return `text`, unless it has too many lines."""
    if text.count("\n") >= TEXT_LINES:
        raise FormatError(
            _("The text has more than {limit} lines.").format(limit=TEXT_LINES),
            remedy=_("Split the document."),
        )
    return text


def _cut(text: str, parts: Iterable[Part], over: Iterable[Part]) -> list[Part]:
    """Cut the paragraphs where a field or a turn starts or ends, so that none straddles one."""
    edges = sorted({edge for part in over for edge in (part.start, part.end)})
    if not edges:
        return list(parts)
    pieces: list[Part] = []
    for part in parts:
        first = bisect_right(edges, part.start)
        if (
            first == len(edges)
            or edges[first] >= part.end
            or part.kind not in {"paragraph", "list_item"}
        ):
            pieces.append(part)
            continue
        inside = edges[first : bisect_left(edges, part.end, first)]
        for start, end in zip((part.start, *inside), (*inside, part.end), strict=True):
            words = text[start:end]
            left = start + len(words) - len(words.lstrip())
            right = end - (len(words) - len(words.rstrip()))
            if left < right:
                pieces.append(replace(part, start=left, end=right))
    return pieces
