"""Where: a stretch of one source's canonical text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """Half-open stretch ``[start, end)`` of a source, in Unicode code points.

    Segments are ordered by source, start, end.

    Parameters
    ----------
    source : str
        Id of the source.
    start, end : int
        Offsets in its canonical text, ``0 <= start < end``.

    Raises
    ------
    ValueError
        If the stretch is empty or starts before the text.

    Examples
    --------
    >>> first, second = Segment("s1", 0, 10), Segment("s1", 5, 12)
    >>> first & second
    Segment(source='s1', start=5, end=10)
    >>> first | second
    Segment(source='s1', start=0, end=12)
    >>> Segment("s1", 6, 8) in second
    True
    """

    source: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            message = f"Segment({self.source!r}, {self.start}, {self.end}): 0 <= start < end"
            raise ValueError(message)

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Segment) -> bool:
        return self.source == other.source and self.start <= other.start and other.end <= self.end

    def __and__(self, other: Segment) -> Segment | None:
        """Return the stretch that both share, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return (
            Segment(self.source, start, end)
            if self.source == other.source and start < end
            else None
        )

    def __or__(self, other: Segment) -> Segment:
        """Return the smallest stretch that holds both (they must be of one source)."""
        if self.source != other.source:
            message = f"{self.source!r} | {other.source!r}"
            raise ValueError(message)
        return Segment(self.source, min(self.start, other.start), max(self.end, other.end))
