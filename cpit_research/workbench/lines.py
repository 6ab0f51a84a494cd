"""A passage in its line: what stands around it, where, and who speaks."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import Any, Final

from cpit_research.model.source import Source
from cpit_research.wording.places import shown_place

__all__ = ["in_line", "speaker_at"]

_AROUND: Final = 60
#: Of a passage, more is not read in a list.
_SHOWN: Final = 600


def in_line(source: Source, start: int, end: int) -> dict[str, Any]:
    """Return a passage with the words around it on its own lines; the end of a long one is left."""
    shown = min(end, start + _SHOWN)
    first, last = _line(source.text, start, shown)
    if shown < end:
        last = shown
    return {
        "source": source.id,
        "start": start,
        "end": end,
        # Every line feed inside the words shows as a space: offsets stay.
        "line": source.text[first:last].replace("\n", " ") + "…" * (shown < end),
        "at": [start - first, shown - first],
        "place": shown_place(source.structure.place(start)),
        "speaker": speaker_at(source, start),
    }


def speaker_at(source: Source, offset: int) -> str:
    """Return who speaks there, as the note writes it; nobody outside turns."""
    turns = source.structure.turns
    before = bisect_right(turns, offset, key=attrgetter("start"))
    found = turns[before - 1] if before else None
    return found.speaker if found and offset < found.end else ""


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch around some words, of their own lines, cut at spaces."""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    if first and text[first - 1] != "\n":
        first = text.find(" ", first, start) + 1 or first
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + _AROUND)
    if last < len(text) and text[last] != "\n":
        cut = text.rfind(" ", end, last)
        last = cut if cut >= 0 else last
    return first, last
