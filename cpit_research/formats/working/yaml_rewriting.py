"""A YAML file that says something else, its comments, order and layout kept where it does not.

The file is not written again from what it holds: the lines of what changed are replaced, and
every other line stays as it is, to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from cpit_research.formats.working.yaml_layout import (
    ORDERED,
    UNSAID,
    Layout,
    OddLayout,
    Place,
    identity,
    is_block,
    is_block_list,
    says,
    words_of,
)
from cpit_research.formats.working.yaml_text import (
    Words,
    entry_lines,
    item_lines,
)

__all__ = ["OddLayout", "rewritten"]

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE: Final = re.compile("[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|$)")


def rewritten(written: str, said: Mapping[str, Words], *, moving: str) -> str:
    """Return YAML words changed so that they say `said`.

    Parameters
    ----------
    written : str
        One mapping, already read without a fault.
    said : mapping
        What it must say.
    moving : str
        Key of the lists whose items, known by their ``id``, may go from one to another.

    Raises
    ------
    OddLayout
        If the layout is such that what changes cannot be told from what stays.
    """
    root = yaml.compose(written, Loader=_LOADER)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise OddLayout
    whole = written if written.endswith("\n") else f"{written}\n"
    layout = Layout(_LINE.findall(whole)[:-1], moving)
    layout.learn(root)
    rewriting = _Rewriting(layout, frozenset(_ids(said, moving)))
    lines = rewriting.mapping(layout.entries(root, top=True), said, top=True)
    return "".join([*lines, *layout.lines[layout.end(root) :]])


@dataclass(frozen=True, slots=True)
class _Part:
    """An entry of a mapping or an item of a list: the comments above it, and its lines."""

    lead: list[str]
    lines: list[str]
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """What is to be said, against what stands; `staying` are the ids that may have moved."""

    layout: Layout
    staying: frozenset[str]

    def mapping(
        self, places: list[Place], said: Mapping[str, Words], *, top: bool = False
    ) -> Iterator[str]:
        """Yield the lines of a mapping, the dash before its first key taken for a space."""
        parts: list[_Part] = []
        for place in places:
            key = str(place.key.value) if place.key else ""
            unsaid = not said.get(key) and words_of(place.node) in {"", UNSAID.get(key, "")}
            if key not in said and not unsaid:
                kept = _apart(place.lead)
                parts += [_Part(kept, [])] if kept else []
            else:
                lines = self._raw(place) if unsaid else self._entry(place, key, said[key])
                parts.append(_Part(place.lead, lines, key))
        column = places[0].column
        self._add_entries(parts, said, column, top=top)
        for part in parts:
            yield from part.lead
            yield from part.lines

    def _add_entries(
        self, parts: list[_Part], said: Mapping[str, Words], column: int, *, top: bool
    ) -> None:
        at = 0
        for key, value in said.items():
            known = [rank for rank, part in enumerate(parts) if part.key == key]
            if known:
                at = known[0] + 1
            elif value != UNSAID.get(key):
                lead = ["\n"] if top and not isinstance(value, str) else []
                parts.insert(at, _Part(lead, _ended(entry_lines(key, value, column)), key))
                at += 1

    def _raw(self, place: Place) -> list[str]:
        first, *others = self.layout.lines[place.first : self.layout.end(place.node)]
        return [first[: place.column].replace("-", " ") + first[place.column :], *others]

    def _entry(self, place: Place, key: str, value: Words) -> list[str]:
        node, raw = place.node, self._raw(place)
        if says(node, value, key):
            return raw
        if isinstance(node, yaml.ScalarNode) and isinstance(value, str):
            return _words(place, node, entry_lines(key, value, place.column), raw)
        if key not in ORDERED and is_block(node) and isinstance(value, Mapping):
            places = self.layout.entries(node)
            return [*raw[: places[0].first - place.first], *self.mapping(places, value)]
        if is_block_list(node) and not isinstance(value, str | Mapping):
            places = self.layout.items(node, place.first + 1)
            return [raw[0], *self._sequence(places, key, value)]
        return _ended(entry_lines(key, value, place.column))

    def _sequence(self, places: list[Place], key: str, said: Sequence[Words]) -> Iterator[str]:
        column = places[0].column
        found = self._matched(places, key, said)
        spaced = [any(not line.strip() for line in place.lead) for place in places]
        gone = [place for place in places if not self._stays(place, found, key)]
        for rank, (place, value) in enumerate(zip(found, said, strict=True)):
            if place is None:
                yield from ["\n"] if (any(spaced) if rank else spaced[0]) else []
                yield from _ended(item_lines(value, column))
            else:
                yield from _shifted([*place.lead], column - place.column)
                yield from _shifted(self._item(place, value), column - place.column)
        for place in gone:
            yield from _apart(place.lead)

    def _stays(self, place: Place, found: list[Place | None], key: str) -> bool:
        if key == self.layout.moving:
            return identity(place.node) in self.staying
        return any(one is place for one in found)

    def _matched(self, places: list[Place], key: str, said: Sequence[Words]) -> list[Place | None]:
        """Return, for each item to be said, the one of the file that it is, if there is one."""
        if key == self.layout.moving:
            return [self.layout.movable.get(_said_id(value)) for value in said]
        nameless = all(isinstance(value, Mapping) and not _said_id(value) for value in said)
        if nameless and len(places) == len(said):
            return list(places)
        left = list(places)
        found: list[Place | None] = []
        for value in said:
            place = next((p for p in left if _is_one(p.node, value)), None)
            if place:
                left.remove(place)
            found.append(place)
        return found

    def _item(self, place: Place, value: Words) -> list[str]:
        node = place.node
        raw = self.layout.lines[place.first : self.layout.end(node)]
        if says(node, value):
            return raw
        if not is_block(node) or not isinstance(value, Mapping):
            return _ended(item_lines(value, place.column))
        lines = list(self.mapping(self.layout.entries(node), value))
        at = next(rank for rank, line in enumerate(lines) if not _is_aside(line))
        lines[at] = f"{lines[at][: place.column]}-{lines[at][place.column + 1 :]}"
        return lines


def _words(place: Place, node: yaml.ScalarNode, fresh: list[str], raw: list[str]) -> list[str]:
    """Return an entry with other words, the comment at the end of its line kept."""
    line, end = raw[0], node.end_mark.column
    after = line[end:].strip()
    alone = place.first == node.start_mark.line == node.end_mark.line
    if node.style in {"|", ">"} or not alone or not after:
        return _ended(fresh)
    first, *others = fresh
    column = line.index(after, end)
    return _ended([f"{first:<{column - 1}} {after}", *others])


def _ended(lines: list[str]) -> list[str]:
    return [f"{line}\n" for line in lines]


def _is_aside(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _apart(lead: list[str]) -> list[str]:
    """Return the comments above something that an empty line keeps apart from it."""
    blank = max((rank for rank, line in enumerate(lead) if not line.strip()), default=0)
    return lead[:blank] if any(line.strip() for line in lead[:blank]) else []


def _shifted(lines: list[str], by: int) -> list[str]:
    if by > 0:
        return [f"{' ' * by}{line}" if line.strip("\r\n") else line for line in lines]
    return [line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines]


def _ids(said: Words, moving: str) -> Iterator[str]:
    """Yield the ids of the items of every list under the key `moving`."""
    waiting: list[Words] = [said]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += value.values()
            items = value.get(moving, [])
            yield from map(_said_id, [] if isinstance(items, str | Mapping) else items)
        elif not isinstance(value, str):
            waiting += value


def _said_id(value: Words) -> str:
    found = value.get("id", "") if isinstance(value, Mapping) else ""
    return found if isinstance(found, str) else ""


def _is_one(node: yaml.Node, value: Words) -> bool:
    known = _said_id(value)
    return identity(node) == known if known else says(node, value)
