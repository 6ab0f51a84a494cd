"""YAML as people write it: text, lists and mappings, each with its line.

Nothing is guessed from the look of a word (« no » is a word, « 1.10 » too), and anchors are
refused: they let ten lines stand for ten million.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from cpit_research.errors import FormatError
from cpit_research.formats.limits import YAML_BYTES, YAML_DEPTH
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

__all__ = ["Items", "Node", "Pairs", "Text", "decoded", "parse_yaml", "read_yaml"]

# libyaml where it is built in (every wheel has it): 3 ms where pure Python takes 150.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, as written."""

    line: int
    value: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping: each key with its line and value, repeated keys included, in order."""

    line: int
    pairs: list[tuple[Text, Node]] = field(default_factory=list)


Node = Text | Items | Pairs


def read_yaml(path: Path) -> Node:
    """Read the one document of a YAML file.

    Raises
    ------
    FormatError
        If the file is not there, too heavy, not in UTF-8, not YAML, empty, or uses anchors.
    """
    return parse_yaml(decoded(path), path)


def parse_yaml(written: str, path: Path) -> Node:
    """Return the one document of YAML words, which `path` holds or is to hold.

    Raises
    ------
    FormatError
        If they are not YAML, empty, or use anchors.
    """
    try:
        return _document(yaml.parse(written, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        fault = _("Line {line}: {problem}.").format(line=line, problem=error.problem)
    except (yaml.YAMLError, _Refused) as error:
        fault = str(error)
    raise FormatError(
        _("{name} cannot be read as YAML.").format(name=path.name),
        path=str(path),
        remedy=_("Correct the line; words that hold “: ” go on the line below, after “>-”."),
        faults=(fault,),
    )


class _Refused(Exception):  # never seen outside this module
    """A well-formed file that is not read; the sentence says why."""


def decoded(path: Path) -> str:
    """Return the words of a YAML file."""
    try:
        if path.stat().st_size > YAML_BYTES:
            raise FormatError(_("{name} is too heavy.").format(name=path.name), path=str(path))
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FormatError(
            _("{name} cannot be opened: {reason}.").format(name=path.name, reason=reason_of(error)),
            path=str(path),
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FormatError(
            _("{name} is not in UTF-8 (line {line}).").format(name=path.name, line=line),
            path=str(path),
            remedy=_("Save it again with the encoding UTF-8."),
        ) from error


def _document(events: Iterator[Any]) -> Node:
    """Return the document that libyaml's events tell, without ever recursing."""
    documents: list[Node] = []
    open_nodes: list[Items | Pairs] = []
    keys: list[Text | None] = []
    for event in events:
        node = _started(event)
        if node is None:
            if isinstance(event, yaml.CollectionEndEvent):
                open_nodes.pop()
                keys.pop()
            continue
        if not open_nodes:
            documents.append(node)
        else:
            keys[-1] = _placed(node, open_nodes[-1], keys[-1])
        if not isinstance(node, Text):
            open_nodes.append(node)
            keys.append(None)
        if len(open_nodes) > YAML_DEPTH:
            raise _Refused(_("Line {line}: lists within lists, too deep.").format(line=node.line))
    if len(documents) != 1:
        raise _Refused(
            _("The file is empty.") if not documents else _("The file holds several documents.")
        )
    return documents[0]


def _started(event: Any) -> Node | None:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Refused(
            _("Line {line}: anchors (& and *) are not used; write the words out.").format(line=line)
        )
    if isinstance(event, yaml.ScalarEvent):
        empty = not event.style and event.value in _EMPTY
        return Text(line, "" if empty else event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        return Items(line)
    return Pairs(line) if isinstance(event, yaml.MappingStartEvent) else None


def _placed(node: Node, inside: Items | Pairs, key: Text | None) -> Text | None:
    """Put `node` where it belongs; return the key that now waits for its value."""
    if isinstance(inside, Items):
        inside.items.append(node)
        return None
    if key is not None:
        inside.pairs.append((key, node))
        return None
    if isinstance(node, Text):
        return node
    raise _Refused(_("Line {line}: a key must be a word.").format(line=node.line))
