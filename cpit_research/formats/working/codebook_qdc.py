"""A grid as a REFI-QDA codebook (``.qdc``), which NVivo, MAXQDA, ATLAS.ti and Taguette import.

The format knows a tree of codes with names and descriptions, and sets of codes. Axes are the
topmost codes, which cannot be put on a passage any more than families can; the fields of a code are
in its description, what the grid says besides is in that of one set, in a form that
:mod:`~cpit_research.formats.working.codebook_reading` reads back exactly.

References
----------
REFI-QDA (2019). *REFI-QDA standard, version 1.5: codebook exchange*. https://www.qdasoftware.org
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from cpit_research.errors import InvalidInput
from cpit_research.formats.atomic import replace_file
from cpit_research.formats.characters import printable
from cpit_research.formats.working.codebook_text import describe_axis, describe_code, describe_grid
from cpit_research.model.grid import Code, Grid
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.vocabulary import name_of

__all__ = ["CODEBOOK", "qdc_losses", "write_qdc"]

CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
_ORIGIN: Final = "cpit_research"
_OURS: Final = uuid5(NAMESPACE_URL, "urn:cpit_research:grid")


def write_qdc(grid: Grid, path: str | Path) -> tuple[str, ...]:
    """Write `grid` as a codebook, whole or not at all.

    The same grid gives the same bytes, and a code keeps its guid from version to version.

    Returns
    -------
    tuple of str
        What another program will not find in it, in sentences (:func:`qdc_losses`).

    Raises
    ------
    InvalidInput
        If the grid has no axis, or codes that hang from none.
    FormatError
        If the file cannot be written.
    """
    unprefixed: Any = {None: CODEBOOK}
    book = etree.Element(f"{{{CODEBOOK}}}CodeBook", {"origin": _ORIGIN}, nsmap=unprefixed)
    _add_codes(book, grid)
    _add_set(book, grid)
    etree.indent(book)
    replace_file(path, etree.tostring(book, xml_declaration=True, encoding="UTF-8"))
    return qdc_losses(grid)


def qdc_losses(grid: Grid) -> tuple[str, ...]:
    """Return what a codebook cannot carry of this grid, or carries as mere words, in sentences."""
    return tuple(_losses(grid))


# ── The tree ────────────────────────────────────────────────────────────────────────────────────


def _add_codes(book: etree._Element, grid: Grid) -> None:
    if not grid.axes:
        raise InvalidInput(
            _("A grid without axes makes no codebook."), remedy=_("Give it an axis.")
        )
    codes = etree.SubElement(book, f"{{{CODEBOOK}}}Codes")
    usable = {code.id for code in grid.leaves()}
    tops: dict[str, etree._Element] = {}
    for axis in grid.axes:
        guid = _guid(grid, f"axis/{axis.id}")
        tops[axis.id] = _add_code(codes, guid, axis.name, describe_axis(axis, grid))
    written: dict[str, etree._Element] = {}
    for code in grid:
        above = written.get(code.parent) if code.parent else tops.get(code.axis)
        if above is None:
            raise InvalidInput(
                _("The code {id} hangs from nothing.").format(id=code.id),
                remedy=_("Give it an axis and a parent that come before it."),
            )
        guid = _guid(grid, f"code/{code.id}")
        written[code.id] = _add_code(
            above, guid, code.name, describe_code(code), codable=code.id in usable
        )


def _add_code(
    above: etree._Element, guid: str, name: str, description: str, *, codable: bool = False
) -> etree._Element:
    stated = {"guid": guid, "name": printable(name), "isCodable": "true" if codable else "false"}
    element = etree.SubElement(above, f"{{{CODEBOOK}}}Code", stated)
    etree.SubElement(element, f"{{{CODEBOOK}}}Description").text = description
    return element


def _add_set(book: etree._Element, grid: Grid) -> None:
    """Add the set of the codes that may be put on a passage, which describes the grid."""
    name = f"{grid.title or grid.id} ({grid.version}, {name_of(grid.nature)})"
    stated = {"guid": _guid(grid, f"version/{grid.version}"), "name": printable(name)}
    sets = etree.SubElement(book, f"{{{CODEBOOK}}}Sets")
    whole = etree.SubElement(sets, f"{{{CODEBOOK}}}Set", stated)
    etree.SubElement(whole, f"{{{CODEBOOK}}}Description").text = describe_grid(grid)
    for code in grid.leaves():
        member = {"guid": _guid(grid, f"code/{code.id}")}
        etree.SubElement(whole, f"{{{CODEBOOK}}}MemberCode", member)


def _guid(grid: Grid, name: str) -> str:
    return str(uuid5(_OURS, f"{grid.id}/{name}")).upper()


# ── What is lost ────────────────────────────────────────────────────────────────────────────────


def _losses(grid: Grid) -> Iterator[str]:
    yield _(
        "The format knows a code by its name, its place and its description: the other fields are "
        "written in the description, which other programs show as one text."
    )
    yield _(
        "The title, the warning and what else the grid says are in the description of a set of "
        "codes, which programs without sets (Taguette) drop."
    )
    yield from _as_words(grid)
    unused = sum(not code.stands for code in grid)
    if unused:
        yield ngettext(
            "{n} code split, merged or retired stays in the tree, closed to coding: why is in its "
            "description.",
            "{n} codes split, merged or retired stay in the tree, closed to coding: why is in "
            "their descriptions.",
            unused,
        ).format(n=unused)
    twice = _named_twice(grid)
    if twice:
        yield _(
            "These names stand more than once in the tree; a program that wants each name once may "
            "change them: {names}."
        ).format(names=_("; ").join(twice))
    if _unprintable(grid):
        yield _("Characters that XML cannot hold (controls) are left out.")


def _as_words(grid: Grid) -> Iterator[str]:
    """Say what is written as words that another program does not act upon."""
    if grid.facets:
        yield _(
            "Facets are written as words: other programs do not ask for them when coding ({names})."
        ).format(names=", ".join(facet.name for facet in grid.facets))
    if grid.rules:
        yield _("The coding rules are written as words: no program keeps to them.")
    links = sum(len(code.redirects) for code in grid)
    if links:
        yield ngettext(
            "{n} redirect from a code to another is written as words, not as a link.",
            "{n} redirects from a code to another are written as words, not as links.",
            links,
        ).format(n=links)
    kept_in = sum(bool(code.publication) for code in grid)
    if kept_in:
        yield ngettext(
            "The publication rule of {n} code is written as words: another program will publish it "
            "like any other.",
            "The publication rules of {n} codes are written as words: another program will publish "
            "them like any other.",
            kept_in,
        ).format(n=kept_in)
    if grid.references:
        yield _("The references that provenances cite are written as words.")
    if grid.changes:
        yield ngettext(
            "{n} change since {previous} is written as words: another program carries no coding "
            "along.",
            "{n} changes since {previous} are written as words: another program carries no coding "
            "along.",
            len(grid.changes),
        ).format(n=len(grid.changes), previous=grid.previous or "–")


def _named_twice(grid: Grid) -> list[str]:
    names = [*(axis.name for axis in grid.axes), *(code.name for code in grid)]
    shown = {fold(name): name for name in reversed(names)}
    return [shown[folded] for folded, n in Counter(map(fold, names)).items() if n > 1]


def _unprintable(grid: Grid) -> bool:
    words = [text for code in grid for text in _texts(code)]
    words += [grid.title, grid.warning, grid.provenance, *grid.rules.values()]
    words += [reference.text for reference in grid.references]
    words += [change.reason for change in grid.changes]
    return any(printable(word) != word for word in words)


def _texts(code: Code) -> Iterator[str]:
    for field in fields(code):
        value: Any = getattr(code, field.name)
        yield from value if isinstance(value, tuple) else (value,)
