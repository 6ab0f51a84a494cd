"""Grids as YAML: one file a version, English keys, ASCII ids, French wording.

`grids/v1.yaml` explains the format to those who write it by hand. The fields of a code are those
of :class:`~cpit_research.model.grid.Code`: one added there is read here.
"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, cast

from cpit_research.errors import FormatError
from cpit_research.formats.working.grid_changes import day_of, read_change
from cpit_research.formats.working.grid_rules import (
    code_faults,
    gate_faults,
    is_ascii_id,
    parents_first,
)
from cpit_research.formats.working.yaml_fields import Fields, Reading
from cpit_research.formats.working.yaml_file import Node, Pairs, parse_yaml, read_yaml
from cpit_research.model.grid import (
    GRID_NATURES,
    GRID_STATUSES,
    Axis,
    Code,
    Facet,
    Grid,
    GridNature,
    GridStatus,
    Reference,
    version_order,
)
from cpit_research.wording import gettext as _

__all__ = [
    "GRID_FORMAT",
    "GRID_KEYS",
    "GRID_RULES",
    "GRID_VERSION",
    "find_grids",
    "parse_grid",
    "read_grid",
]

GRID_FORMAT: Final = 1
GRID_KEYS: Final = (
    "format",
    "id",
    "version",
    "nature",
    "status",
    "language",
    "date",
    "title",
    "warning",
    "provenance",
    "fingerprint",
    "previous",
    "changes",
    "references",
    "coding_rules",
    "facets",
    "axes",
)
GRID_RULES: Final = ("unit", "multiple_codes", "caution")
_LISTS: Final = frozenset(f.name for f in fields(Code) if f.default == ())
_TEXTS: Final = tuple(
    f.name for f in fields(Code) if f.name not in _LISTS and f.name not in {"id", "axis", "parent"}
)
_CODE_KEYS: Final = ("id", "parent", *_TEXTS, *sorted(_LISTS), "codes")
GRID_VERSION: Final = re.compile(r"v\d+(\.\d+)*")


def read_grid(path: str | Path, *, for_release: bool = False) -> Grid:
    """Read the grid of one YAML file.

    Parameters
    ----------
    path : path
        The file.
    for_release : bool
        Whether the fields that coders need must be filled: those of MacQueen's codebook, for
        every situation that stands.

    Returns
    -------
    Grid
        Codes in the order of the file, parents before children.

    Raises
    ------
    FormatError
        If the file cannot be read, was written for a newer program, or holds faults: all of them
        together in ``faults``, each with its line, the code and what to do.
    """
    path = Path(path)
    return _grid_of(read_yaml(path), path, for_release=for_release)


def parse_grid(written: str, path: Path) -> Grid:
    """Return the grid that YAML words tell, which `path` holds or is to hold.

    Raises
    ------
    FormatError
        As :func:`read_grid` does.
    """
    return _grid_of(parse_yaml(written, path), path)


def _grid_of(node: Node, path: Path, *, for_release: bool = False) -> Grid:
    if not isinstance(node, Pairs):
        raise FormatError(
            _("{name} is not a grid.").format(name=path.name),
            path=str(path),
            remedy=_("A grid is made of fields, one “key: value” a line; see grids/v1.yaml."),
        )
    reading = Reading()
    document = reading.fields(node, GRID_KEYS)
    _check_format(document, path)
    codes: list[Code] = []
    axes = [_axis(reading, node, codes) for node in document.items("axes", required=True)]
    for rank, axis in enumerate(axes):
        if axis.id in {before.id for before in axes[:rank]}:
            document.fault("axes", _("Two axes have the id “{id}”.").format(id=axis.id))
    for fault in (*code_faults(codes), *(gate_faults(codes) if for_release else ())):
        reading.code_fault(fault.position, fault.field, fault.sentence)
    grid = _grid(document, tuple(axes), tuple(parents_first(codes)))
    _check_release(document, grid)
    if GRID_VERSION.fullmatch(path.stem) and path.stem != grid.version:
        document.fault(
            "version",
            _("The file is named {name} and says “version: {version}”; make them agree.").format(
                name=path.name, version=grid.version
            ),
        )
    reading.refuse(path)
    return grid


def find_grids(folder: str | Path) -> dict[str, Path]:
    """Return the grid files of `folder` by version, which is their name: v2 before v10.

    No file is opened.
    """
    found = {
        path.stem: path
        for path in sorted(Path(folder).glob("*.y*ml"), reverse=True)
        if path.suffix in {".yaml", ".yml"} and not path.name.startswith(".")
    }
    return {version: found[version] for version in sorted(found, key=version_order)}


def _check_format(document: Fields, path: Path) -> None:
    """Refuse at once a file of a newer format, whose other faults would mean nothing."""
    stated = document.text("format", required=True)
    if stated.isdecimal() and int(stated) > GRID_FORMAT:
        raise FormatError(
            _("{name} was written for a newer version of the program (grid format {n}).").format(
                name=path.name, n=stated
            ),
            path=str(path),
            exists=_("This one reads up to format {n}.").format(n=GRID_FORMAT),
            remedy=_("Update cpit_research to open it."),
        )
    if stated and stated != str(GRID_FORMAT):
        document.fault(
            "format", _("Unknown format “{format}”; write “format: 1”.").format(format=stated)
        )


def _grid(document: Fields, axes: tuple[Axis, ...], codes: tuple[Code, ...]) -> Grid:
    rules = document.fields("coding_rules", GRID_RULES)
    return Grid(
        id=document.identifier("id"),
        version=document.identifier("version"),
        nature=cast("GridNature", document.choice("nature", GRID_NATURES)),
        status=cast("GridStatus", document.choice("status", GRID_STATUSES)),
        title=document.text("title", required=True),
        language=document.text("language") or "fr",
        warning=document.text("warning"),
        day=day_of(document, "date"),
        provenance=document.text("provenance"),
        rules={rule: rules.text(rule) for rule in GRID_RULES if rules.text(rule)},
        references=tuple(_reference(document.reading, n) for n in document.items("references")),
        axes=axes,
        facets=tuple(_facet(document.reading, n) for n in document.items("facets")),
        codes=codes,
        previous=document.text("previous"),
        changes=tuple(read_change(document.reading, n, codes) for n in document.items("changes")),
        released_as=document.text("fingerprint"),
    )


def _check_release(document: Fields, grid: Grid) -> None:
    """Note a released file that was edited since, or that was called released by hand."""
    if grid.changes and not grid.previous:
        document.fault("changes", _("Say which version they start from: add “previous: v1”."))
    if grid.status != "released":
        return
    if not grid.released_as:
        document.fault(
            "status",
            _("It says released and bears no fingerprint: “cpit grid release” releases a draft."),
        )
    elif grid.released_as != grid.fingerprint:
        document.fault(
            "fingerprint",
            _(
                "The file was edited since its release, and a released version never changes: put "
                "its content back, and write what is new in the next version."
            ),
        )


def _reference(reading: Reading, node: Node) -> Reference:
    stated = reading.fields(node, ("id", "text", "url"))
    return Reference(
        stated.identifier("id"), stated.text("text", required=True), stated.text("url")
    )


def _facet(reading: Reading, node: Node) -> Facet:
    stated = reading.fields(node, ("id", "name", "values"))
    values = stated.fields("values", None)
    for value in values:
        if not is_ascii_id(value):
            values.fault(value, _("“{id}” cannot be an id.").format(id=value))
    if not list(values):
        stated.fault("values", _("The values are missing; add “values:”, one “id: name” a line."))
    return Facet(
        stated.identifier("id"),
        stated.text("name", required=True),
        tuple((value, values.text(value, required=True)) for value in values),
    )


def _axis(reading: Reading, node: Node, codes: list[Code]) -> Axis:
    stated = reading.fields(node, ("id", "name", "codes"))
    axis = Axis(stated.identifier("id"), stated.text("name", required=True))
    for below in stated.items("codes"):
        _read_code(reading, below, axis.id, "", codes)
    return axis


def _read_code(reading: Reading, node: Node, axis: str, above: str, codes: list[Code]) -> None:
    """Add to `codes` the code of `node`, then those written under it."""
    stated = reading.fields(node, _CODE_KEYS, code=True)
    parent = stated.text("parent")
    if above and parent and parent != above:
        stated.fault("parent", _("It is written under {id}; remove “parent:”.").format(id=above))
    values: dict[str, Any] = {name: stated.texts(name) for name in _LISTS}
    values |= {name: stated.text(name) for name in _TEXTS if stated.text(name)}
    values.setdefault("name", "")
    code = Code(id=stated.text("id"), axis=axis, parent=above or parent, **values)
    codes.append(code)
    for below in stated.items("codes"):
        _read_code(reading, below, axis, code.id, codes)
