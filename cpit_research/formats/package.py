"""An Office Open XML package: its parts, found through their relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree

from cpit_research.errors import FormatError
from cpit_research.formats.archive import Archive, Entry, part_name
from cpit_research.formats.xml import parse
from cpit_research.wording import gettext as _

__all__ = ["Package", "Relation", "transitional"]

_TRANSITIONAL: Final = b"http://schemas.openxmlformats.org/"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
#: Namespaces of the strict standard that the readers use, and their transitional twins.
_TWINS: Final = tuple(
    (b'"' + _STRICT + strict + b'"', b'"' + _TRANSITIONAL + transitional + b'"')
    for strict, transitional in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"drawingml/chart", b"drawingml/2006/chart"),
        (b"drawingml/diagram", b"drawingml/2006/diagram"),
        (b"drawingml/picture", b"drawingml/2006/picture"),
        (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
    )
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another; `kind` is the last word of its type, ``"styles"``."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of an Office Open XML file; `main` names the one that holds the document.

    Parameters
    ----------
    data : bytes
        The whole file.

    Raises
    ------
    FormatError
        If the archive cannot be opened or does not say where its document is.
    """

    __slots__ = ("_archive", "_related", "main")

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        self.main = self._main()
        folder, name = posixpath.split(self.main)
        self._related = self._relations(posixpath.join(folder, "_rels", name + ".rels"), folder)

    def _main(self) -> str:
        for relation in self._relations("_rels/.rels", ""):
            if relation.kind == "officeDocument" and not relation.external:
                return relation.target
        if "mimetype" in self._archive and "content.xml" in self._archive:
            raise FormatError(_("This is an OpenDocument file, not a Word document."))
        raise FormatError(
            _("This is an archive, but not a Word document."),
            remedy=_("Check the file: its suffix promises a .docx."),
        )

    def _relations(self, name: str, folder: str) -> tuple[Relation, ...]:
        return _relations(self._archive.entry(name), folder) if name in self._archive else ()

    def entry(self, name: str) -> Entry:
        """Return a part as it is packed: what depends on it alone can be kept for its twins."""
        return self._archive.entry(name)

    def root(self, name: str) -> etree._Element:
        """Return the root element of a part."""
        return parse(transitional(self._archive.read(name)), name)

    def related(self, kind: str) -> Iterator[str]:
        """Yield the names of the parts that the document is linked to as `kind`, that exist."""
        for relation in self._related:
            if relation.kind == kind and not relation.external and relation.target in self._archive:
                yield relation.target


def transitional(data: bytes) -> bytes:
    """Return a part with the namespaces of the strict standard made transitional."""
    if _STRICT in data:
        for strict, twin in _TWINS:
            data = data.replace(strict, twin)
    return data


@lru_cache(maxsize=256)
def _relations(entry: Entry, folder: str) -> tuple[Relation, ...]:
    return tuple(
        Relation(
            kind=element.get("Type", "").rpartition("/")[2],
            target=_target(folder, element.get("Target", "")),
            external=element.get("TargetMode") == "External",
        )
        for element in parse(entry.inflate(), entry.name)
    )


def _target(folder: str, written: str) -> str:
    """Return the name of the part a relation points to: a name in the archive, never on disk."""
    return part_name(posixpath.normpath(posixpath.join("/", folder, written)))
