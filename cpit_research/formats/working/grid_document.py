"""A grid as the words, lists and mappings of its file, in the order of `grids/v1.yaml`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Final

from cpit_research.formats.working.grid_file import GRID_FORMAT, GRID_RULES
from cpit_research.formats.working.yaml_text import Words
from cpit_research.model.evolution import Change
from cpit_research.model.grid import Code, Grid

__all__ = ["CODE_FIELDS", "Document", "code_words", "grid_document"]

Document = dict[str, Words]
#: The fields of a code that its file states one by one, in the order in which they are written.
CODE_FIELDS: Final = tuple(f.name for f in fields(Code) if f.name not in {"id", "axis", "parent"})


def grid_document(grid: Grid, flat: Collection[str] = ()) -> Document:
    """Return what the file of a grid says.

    Parameters
    ----------
    grid : Grid
        What it must say.
    flat : collection of str
        Ids of the codes that name their parent instead of standing under it.
    """
    document: Document = {
        "format": str(GRID_FORMAT),
        "id": grid.id,
        "version": grid.version,
        "nature": grid.nature,
        "status": grid.status,
        "language": grid.language,
        "date": grid.day.isoformat() if grid.day else "",
        "title": grid.title,
        "warning": grid.warning,
        "provenance": grid.provenance,
        "fingerprint": grid.released_as,
        "previous": grid.previous,
        "changes": [_change(change) for change in grid.changes],
        "references": [
            _held({"id": one.id, "text": one.text, "url": one.url}) for one in grid.references
        ],
        "coding_rules": {rule: grid.rules[rule] for rule in GRID_RULES if rule in grid.rules},
        "facets": [
            {"id": facet.id, "name": facet.name, "values": dict(facet.values)}
            for facet in grid.facets
        ],
        "axes": [
            _held({"id": axis.id, "name": axis.name, "codes": _codes(grid, axis.id, flat)})
            for axis in grid.axes
        ],
    }
    return _held(document)


def code_words(code: Code, parent: str = "") -> Document:
    """Return what a file says of a code, and of its `parent` if it must be named."""
    said: Document = {"id": code.id, "parent": parent}
    for name in CODE_FIELDS:
        value = getattr(code, name)
        said[name] = list(value) if isinstance(value, tuple) else value
    if code.status == "proposed":
        said["status"] = ""
    return _held(said)


def _codes(grid: Grid, axis: str, flat: Collection[str]) -> list[Document]:
    """Return the codes of an axis, each under its parent but for the `flat` ones."""
    top: list[Document] = []
    under: dict[str, list[Document]] = {"": top}
    for code in grid.codes:
        if code.axis == axis:
            named = code.id in flat
            said = code_words(code, code.parent if named else "")
            said["codes"] = under[code.id] = []
            (top if named else under[code.parent]).append(said)
    return _without_empty(top)


def _without_empty(codes: list[Document]) -> list[Document]:
    """Return codes without the list of those under them where there is none."""
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        below = code["codes"]
        if isinstance(below, list) and below:
            waiting += below
        else:
            del code["codes"]
    return codes


def _change(change: Change) -> Document:
    return _held(
        {
            "kind": change.kind,
            "from": list(change.before),
            "into": list(change.after),
            "reason": change.reason,
            "author": change.author,
            "date": change.day.isoformat() if change.day else "",
            "follows": "true" if change.follows else "false",
            "remarks": list(change.remarks),
        }
    )


def _held(said: Document) -> Document:
    return {key: value for key, value in said.items() if value}
