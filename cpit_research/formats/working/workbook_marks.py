"""What values alone do not tell of a workbook: merged cells, formulas, hidden rows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from cpit_research.formats.archive import Archive
from cpit_research.formats.package import Package
from cpit_research.formats.working.workbook import header_key
from cpit_research.formats.xml import parse

__all__ = ["Marks", "position", "read_marks"]

_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Marks:
    """Addresses of merged ranges (``"A4:A6"``) and of formulas, and numbers of hidden rows."""

    merged: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()


def read_marks(data: bytes) -> Mapping[str, Marks]:
    """Return the marks of every sheet of an ``.xlsx``, by :func:`header_key` of its title.

    Raises
    ------
    FormatError
        If the archive is damaged.
    """
    archive, main = Archive(data), Package(data).main
    folder, name = posixpath.split(main)
    links = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
        for link in _elements(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    }
    found = {}
    for sheet in _elements(archive, main):
        if etree.QName(sheet).localname == "sheet":
            link = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
            part = links.get(str(link), "").lstrip("/")
            if part in archive:
                found[header_key(str(sheet.get("name", "")))] = _marks(archive, part)
    return found


def position(address: str) -> tuple[int, int]:
    """Return the column and the row of an address, from 1.

    Examples
    --------
    >>> position("B12"), position("AA1")
    ((2, 12), (27, 1))
    """
    match = _ADDRESS.match(address)
    if match is None:
        return (0, 0)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])


def _elements(archive: Archive, part: str) -> Iterator[etree._Element]:
    if part in archive:
        yield from parse(archive.read(part), part).iter(etree.Element)


def _marks(archive: Archive, part: str) -> Marks:
    root = parse(archive.read(part), part)
    return Marks(
        tuple(cell.get("ref", "") for cell in root.iter("{*}mergeCell")),
        tuple(
            cell.get("r", "")
            for formula in root.iter("{*}f")
            if (cell := formula.getparent()) is not None
        ),
        frozenset(
            int(row.get("r", "0"))
            for row in root.iter("{*}row")
            if row.get("hidden") in {"1", "true"} and row.get("r", "").isdecimal()
        ),
    )
