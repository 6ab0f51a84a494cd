"""Where things stand in a YAML file: the lines of each entry and item, and the comments above."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeGuard

import yaml

from cpit_research.formats.working.yaml_text import Words

__all__ = [
    "Layout",
    "OddLayout",
    "Place",
    "identity",
    "is_block",
    "is_block_list",
    "says",
    "words_of",
]

_DASH: Final = re.compile(" *- +")
_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})
#: What a key that is not there says.
UNSAID: Final = {"status": "proposed", "language": "fr", "follows": "false"}
#: Mappings whose order says something.
ORDERED: Final = frozenset({"values"})


class OddLayout(Exception):  # never seen outside `formats`
    """A file whose lines cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry or an item stands in the file; `column` is that of its key or dash."""

    lead: list[str]
    first: int
    column: int
    node: yaml.Node
    key: yaml.ScalarNode | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a file; `movable` are the items, by id, of the lists under the key `moving`."""

    lines: list[str]
    moving: str
    movable: dict[str, Place] = field(default_factory=dict)

    def learn(self, node: yaml.Node) -> None:
        """Find every item that may move."""
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self.learn(item)
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self.learn(value)
                if key.value == self.moving and is_block_list(value):
                    places = self.items(value, key.start_mark.line + 1)
                    self.movable.update((identity(place.node), place) for place in places)

    def end(self, node: yaml.Node) -> int:
        """Return the number of the line after the last one that `node` stands on."""
        while is_block(node):
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        mark = node.end_mark
        if not isinstance(node, yaml.ScalarNode) or node.style not in {"|", ">"}:
            return int(mark.line) + 1
        end = int(mark.line) + (mark.column > 0)
        while end > node.start_mark.line + 1 and not self.lines[end - 1].strip():
            end -= 1
        return end

    def entries(self, node: yaml.CollectionNode, *, top: bool = False) -> list[Place]:
        """Return the entries of a block mapping; what is above the first is not its own."""
        places: list[Place] = []
        done = 0 if top else node.start_mark.line
        for rank, (key, value) in enumerate(node.value):
            first, column = key.start_mark.line, key.start_mark.column
            before = self.lines[first][:column]
            if first < done or (before.strip() and (rank or not _DASH.fullmatch(before))):
                raise OddLayout
            places.append(Place(self.lines[done:first], first, column, value, key))
            done = self.end(value)
        return places

    def items(self, node: yaml.SequenceNode, done: int) -> list[Place]:
        """Return the items of a block list, of which nothing stands above the line `done`."""
        places: list[Place] = []
        for item in node.value:
            first = item.start_mark.line
            dash = _DASH.match(self.lines[first])
            if first < done or dash is None or self.lines[first][: dash.end()].count("-") != 1:
                raise OddLayout
            column = self.lines[first].index("-")
            places.append(Place(self.lines[done:first], first, column, item))
            done = self.end(item)
        return places


def is_block(node: yaml.Node) -> TypeGuard[yaml.CollectionNode]:
    """Tell whether a node is a list or a mapping of one item a line."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)


def is_block_list(node: yaml.Node) -> TypeGuard[yaml.SequenceNode]:
    """Tell whether a node is a list of one item a line."""
    return isinstance(node, yaml.SequenceNode) and is_block(node)


def words_of(node: yaml.Node) -> str | None:
    """Return the words of a node, empty if it holds nothing, None for a list or a mapping."""
    if not isinstance(node, yaml.ScalarNode):
        return None if node.value else ""
    empty = node.style in {None, ""} and node.value in _EMPTY
    return "" if empty else str(node.value).strip()


def identity(node: yaml.Node) -> str:
    """Return the ``id`` of a mapping, empty if it has none."""
    if not isinstance(node, yaml.MappingNode):
        return ""
    return next((words_of(value) or "" for key, value in node.value if key.value == "id"), "")


def says(node: yaml.Node, value: Words, key: str = "") -> bool:
    """Tell whether a node says `value` already."""
    if isinstance(value, str):
        text = words_of(node)
        if key == "follows" and text is not None:
            text = {"yes": "true", "no": "false"}.get(text.casefold(), text.casefold())
        return text == value
    if isinstance(value, Mapping):
        return isinstance(node, yaml.MappingNode) and _says_fields(node, value, key)
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    told = [item for item in items if words_of(item) != ""]
    return len(told) == len(value) and all(
        says(item, one) for item, one in zip(told, value, strict=True)
    )


def _says_fields(node: yaml.MappingNode, value: Mapping[str, Words], key: str) -> bool:
    told = {
        name.value: held
        for name, held in node.value
        if words_of(held) not in {"", UNSAID.get(name.value, "")} or name.value in value
    }
    needed = [name for name in value if name in told or value[name] != UNSAID.get(name)]
    if set(told) != set(needed) or (key in ORDERED and list(told) != list(value)):
        return False
    return all(says(told[name], value[name], name) for name in needed)
