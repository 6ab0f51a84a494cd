"""What became of each file of an ingest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["accepted", "known", "new_version", "refused"]


@dataclass(frozen=True, slots=True)
class IngestRow:
    """What became of one file.

    Parameters
    ----------
    path : str
        Its place under ``data/raw``, or the path given when it was refused.
    state : str
        ``"accepted"``, ``"known"`` (nothing to do), ``"new_version"`` or ``"refused"``.
    visit : str or None
        The visit it is tied to; None when unknown.
    words, turns : int
        Size of its text, number of speaker turns.
    encoding : str
        Encoding found, for plain text.
    notices : tuple of str
        What a person should know.
    reason : str
        Why it was refused.
    source : str
        Id of the document, when it was read.
    exact, moved, to_confirm : int
        Codings and memos carried from the text before to this one: at their place, with a passage
        that changed place, and those that wait for someone to say (``study.anchors_list``).
    """

    path: str
    state: State
    visit: str | None = None
    words: int = 0
    turns: int = 0
    encoding: str = ""
    notices: tuple[str, ...] = ()
    reason: str = ""
    source: str = ""
    exact: int = 0
    moved: int = 0
    to_confirm: int = 0


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file."""

    rows: tuple[IngestRow, ...]

    @property
    def to_confirm(self) -> int:
        """How many codings and memos wait for someone to say where they go."""
        return sum(row.to_confirm for row in self.rows)

    @property
    def refused(self) -> tuple[IngestRow, ...]:
        """The files refused."""
        return tuple(row for row in self.rows if row.state == "refused")

    @property
    def unknown_visit(self) -> tuple[IngestRow, ...]:
        """The files accepted that could not be tied to a visit."""
        return tuple(row for row in self.rows if row.state != "refused" and row.visit is None)
