"""What a grid edited elsewhere would change, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Final, Literal

from cpit_research.model.evolution import Change
from cpit_research.model.grid import Axis, Code, Facet, Grid, Reference

__all__ = ["GridEdit", "grid_edits"]

EditKind = Literal["added", "removed", "changed"]
#: What a grid says of itself, one field at a time.
_ALONE: Final = (
    "id", "version", "nature", "status", "title", "language", "warning", "day", "provenance",
    "previous", "changes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GridEdit:
    """One thing that would change.

    Parameters
    ----------
    kind : {"added", "removed", "changed"}
        What would happen.
    part : str
        ``"code"``, ``"axis"``, ``"facet"``, ``"reference"``, ``"rule"`` or ``"grid"``.
    id : str
        Which one; empty for the grid itself.
    field : str
        Which of its fields, for ``changed``; ``"order"`` if codes only stand in another order.
    before, after : str
        Its words; of a list, the items that differ, one a line, or all if only their order does;
        for what is added or removed, its name.
    cell : str
        Where the new words stand in the workbook.
    """

    kind: EditKind
    part: str
    id: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    cell: str = ""


def grid_edits(before: Grid, after: Grid) -> Iterator[GridEdit]:
    """Yield everything that makes `after` other than `before`; nothing if they are equal.

    Examples
    --------
    >>> one = Grid("g", "v1", codes=(Code("S1", "Aller"), Code("S2", "Venir")))
    >>> two = Grid("g", "v1", codes=(Code("S1", "Partir"), Code("S3", "Rester")))
    >>> [(edit.kind, edit.id, edit.field) for edit in grid_edits(one, two)]
    [('removed', 'S2', ''), ('changed', 'S1', 'name'), ('added', 'S3', '')]
    """
    for name in _ALONE:
        yield from _changed("grid", "", name, getattr(before, name), getattr(after, name))
    for rule in dict.fromkeys((*before.rules, *after.rules)):
        yield from _changed("rule", rule, "text", before.rules.get(rule), after.rules.get(rule))
    yield from _parts("axis", before.axes, after.axes)
    yield from _parts("facet", before.facets, after.facets)
    yield from _parts("reference", before.references, after.references)
    yield from _parts("code", before.codes, after.codes)


Part = Axis | Code | Facet | Reference


def _parts(part: str, before: Sequence[Part], after: Sequence[Part]) -> Iterator[GridEdit]:
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    for id, one in old.items():
        if id not in new:
            yield GridEdit("removed", part, id, before=_name(one))
    for id, one in new.items():
        known = old.get(id)
        if known is None:
            yield GridEdit("added", part, id, after=_name(one))
            continue
        for field in fields(one):
            name = field.name
            yield from _changed(part, id, name, getattr(known, name), getattr(one, name))
    if [id for id in old if id in new] != [id for id in new if id in old]:
        yield GridEdit("changed", part, field="order")


def _changed(part: str, id: str, field: str, before: object, after: object) -> Iterator[GridEdit]:
    if before == after:
        return
    if isinstance(before, tuple) and isinstance(after, tuple) and set(before) != set(after):
        kept = set(before) & set(after)
        before, after = (tuple(one for one in held if one not in kept) for held in (before, after))
    yield GridEdit("changed", part, id, field, _said(before), _said(after))


def _name(one: Part) -> str:
    return one.text if isinstance(one, Reference) else one.name


def _said(value: object) -> str:
    if isinstance(value, Change):
        return " – ".join((value.kind, *value.before, *value.after, value.reason))
    if isinstance(value, tuple):
        return "\n".join(" – ".join(one) if isinstance(one, tuple) else _said(one) for one in value)
    return "" if value is None else str(value)
