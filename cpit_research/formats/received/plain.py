"""Reading plain text (.txt).

The text is kept as written, line by line; only its parts are recognised. A line starting with a
bullet or a number is a list item, a line underlined by === or --- is a heading. Lines that follow
one another are paragraphs of their own, unless the document looks hard-wrapped: its longest line
has 50 to 120 characters and most lines could not have taken the first word of the next one. Then a
line goes on the paragraph of a full line before it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from cpit_research.formats.received.decoding import decode
from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.reading import Reading
from cpit_research.formats.received.timecodes import TIME
from cpit_research.model.structure import Part

__all__ = ["ITEM", "READER", "from_text"]

READER: Final = "txt/1"
#: The mark of a list item: a bullet, a number or a letter.
ITEM: Final = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*+•‣▪◦●■□➢→✓–]|\d{1,3}[.)]|[a-zA-Z]\))[ \t\u00a0]+(?=\S)"
)
_UNDERLINE: Final = re.compile(r"(?:={3,}|-{3,})[ \t]*")
_OPENING: Final = re.compile(
    rf"\s*(?:[-*+•‣▪◦●■□➢→✓–—\[(]|\d{{1,3}}[.)]|{TIME}|[^\W\d_][^:\n.;,]{{0,40}}\s?:\s)"
)
_WRAPPED: Final = range(50, 121)
_MOSTLY: Final = 0.6


def from_text(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read a plain text.

    Parameters
    ----------
    data : bytes
        The whole file.
    speakers : collection of str
        Names, ids and roles that the study knows, to recognise who speaks.

    Returns
    -------
    Reading
        With the encoding found; a notice says so when it is not UTF-8.

    Raises
    ------
    FormatError
        If the file is not text.
    """
    decoded = decode(data)
    draft = Draft()
    draft.notice(*decoded.notices)
    lines, starts = draft.source(decoded.text)
    width = wrapping(lines)
    for first, last in _blocks(lines, width):
        draft.parts.append(_part(lines, starts, first, last))
    return draft.reading(READER, speakers, encoding=decoded.encoding)


def _blocks(lines: Sequence[str], width: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last lines of each block."""
    at = 0
    while at < len(lines):
        if not lines[at].strip() or _underlines(lines, at):
            at += 1
            continue
        last = at
        while (
            last + 1 < len(lines)
            and lines[last + 1].strip()
            and _full(lines[last], lines[last + 1], width)
            and not _OPENING.match(lines[last + 1])
        ):
            last += 1
        yield at, last
        at = last + 1


def _part(lines: Sequence[str], starts: Sequence[int], first: int, last: int) -> Part:
    place = f"line {first + 1}"
    start, end = starts[first], starts[last] + len(lines[last])
    if first == last and _underlines(lines, first + 1):
        return Part(
            "heading", start, end, 1 if lines[first + 1].startswith("=") else 2, place=place
        )
    item = ITEM.match(lines[first])
    if item:
        level = 1 + len(item["indent"].expandtabs(4)) // 2
        return Part("list_item", start + item.end(), end, level, place=place)
    return Part("paragraph", start, end, place=place)


def _underlines(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line underlines the one before it."""
    return (
        0 < at < len(lines)
        and bool(_UNDERLINE.fullmatch(lines[at]))
        and bool(lines[at - 1].strip())
        and len(lines[at - 1]) < _WRAPPED.stop
    )


def wrapping(lines: Sequence[str]) -> int:
    """Return the width at which lines were wrapped by hand, or 0 when they were not.

    Examples
    --------
    >>> wrapping(["Réunion du conseil", "Bonjour"])
    0
    """
    width = max(map(len, lines), default=0)
    followed = [(line, after) for line, after in pairwise(lines) if line.strip() and after.strip()]
    full = sum(_full(line, after, width) for line, after in followed)
    return width if width in _WRAPPED and followed and full >= _MOSTLY * len(followed) else 0


def _full(line: str, after: str, width: int) -> bool:
    """Tell whether the first word of the next line would not have fitted on `line`."""
    return bool(width) and len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width
