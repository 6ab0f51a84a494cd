"""What a reader of field documents returns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from cpit_research.model.structure import Structure


@dataclass(frozen=True, slots=True)
class Aside:
    """Something set aside: not in the text, but not lost (a comment, a deleted stretch)."""

    kind: str
    words: str
    author: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One document as read.

    Parameters
    ----------
    text : str
        Canonical text.
    structure : Structure
        Its parts.
    reader : str
        Reader and version, ``"docx/2"``: the same bytes and the same reader give the same text.
    header : mapping of str to str
        Header fields by folded name (``"visite"``, ``"date"``), as written.
    notices : tuple of str
        Sentences for the report: what was converted, set aside, corrected or left out, counted.
    asides : tuple of Aside
        What was set aside.
    encoding : str
        Encoding found, for plain text.
    """

    text: str
    structure: Structure
    reader: str
    header: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    encoding: str = ""


#: What reads a file: its bytes, its name, the speakers that the study knows.
Read: TypeAlias = Callable[[bytes, str, Collection[str]], Reading]
