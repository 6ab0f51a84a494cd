"""One document of a visit, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from cpit_research.model.structure import Structure

SourceKind = Literal["field_note", "transcript", "exercise_sheet"]
SOURCE_KINDS: Final[tuple[SourceKind, ...]] = ("field_note", "transcript", "exercise_sheet")


@dataclass(frozen=True, slots=True)
class Source:
    """One version of the text of one document.

    Parameters
    ----------
    id : str
        Stable id, derived from the study and the path of the document.
    version : str
        Id of this version of its text.
    path : str
        Path under ``data/raw/``, with forward slashes.
    kind : SourceKind
        Field note, transcript or exercise sheet.
    text : str
        Canonical text; every offset counts its code points.
    structure : Structure
        Headings, paragraphs, turns… as ranges over `text`.
    sha256 : str
        Digest of the bytes received, in hexadecimal.
    reader : str
        Reader and its version, ``"docx/2"``.
    visit : str or None
        Id of the visit, None when the file could not be tied to one.
    words : int
        Number of words.
    """

    id: str
    version: str
    path: str
    kind: SourceKind
    text: str = field(repr=False)
    structure: Structure = field(repr=False)
    sha256: str = field(repr=False)
    reader: str
    visit: str | None = None
    words: int = 0
