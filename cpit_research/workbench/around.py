"""A passage where it stands, as it travels."""

from __future__ import annotations

from typing import Any

from cpit_research.model.source import Source

__all__ = ["around"]


def around(source: Source, start: int, end: int) -> dict[str, Any]:
    """Return a passage with the words before and after it, in the blocks that it touches."""
    touched = [one for one in source.structure.units if one.start < end and start < one.end]
    first = min([start, *(max(one.start, one.speech_start) for one in touched)])
    last = max([end, *(one.end for one in touched)])
    return {
        "source": source.id,
        "start": start,
        "end": end,
        "words": source.text[start:end],
        "before": source.text[first:start],
        "after": source.text[end:last],
        "speaker": next((one.speaker for one in touched if one.speaker), ""),
    }
