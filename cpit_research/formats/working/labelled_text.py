"""Fields in a text that people read and edit, and that reads back exactly.

A field is a label, a colon, its words; the other lines of the words hang by two spaces. A list is
its label, then one item a line after a hyphen. What somebody added to the text elsewhere, without
a label, belongs to the field before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from cpit_research.formats.characters import printable
from cpit_research.text.folding import fold

__all__ = ["Value", "labelled", "read_labelled"]

#: The words of a field, or the items of a list.
Value = str | tuple[str, ...]
_FIELD: Final = re.compile(r"([^\s:-][^:]*?)[ \u00a0\u202f]*: ?(.*)")
_ITEM: Final = re.compile(r"-(?: (.*))?")


def labelled(fields: Iterable[tuple[str, Value]]) -> str:
    r"""Return the text of the fields that hold something, each under its label.

    Examples
    --------
    >>> print(labelled([("But", "agir\navec"), ("Actes", ("lire", "dire")), ("Contexte", "")]))
    But : agir
      avec
    Actes :
    - lire
    - dire
    """
    lines: list[str] = []
    for label, value in fields:
        if isinstance(value, tuple) and value:
            lines.append(f"{label}\u00a0:")
            lines += (line for item in value for line in _hanging(f"- {item}"))
        elif value:
            lines += _hanging(f"{label}\u00a0: {value}")
    return "\n".join(lines)


def _hanging(text: str) -> list[str]:
    first, *others = printable(text).split("\n")
    return [first, *(f"  {line}" for line in others)]


def read_labelled(text: str, lists: Mapping[str, bool]) -> dict[str, Value]:
    """Return the fields of `text` by label; the words before the first one are under ``""``.

    Parameters
    ----------
    text : str
        What :func:`labelled` wrote, edited or not.
    lists : mapping of str to bool
        Labels, accents and capitals apart, and whether each is that of a list.
    """
    known = {fold(label): label for label in lists}
    found: dict[str, list[str]] = {"": []}
    label, blank = "", 0
    for line in _line_feeds(text).split("\n"):
        match = _FIELD.fullmatch(line)
        named = known.get(fold(match[1])) if match else None
        if match and named is not None and named not in found:
            label, blank = named, 0
            found[label] = [] if lists[label] and not match[2] else [match[2]]
        elif not line:
            blank += 1
        else:
            _append(found[label], line, blank, is_list=lists.get(label, False))
            blank = 0
    return {
        label: tuple(held) if lists.get(label, False) else "\n".join(held)
        for label, held in found.items()
        if held
    }


def _line_feeds(text: str) -> str:
    """Return the text with its own line ends, where a Windows program wrote two characters."""
    first = text.partition("\n")[0]
    return text.replace("\r\n", "\n") if first.endswith("\r") else text


def _append(held: list[str], line: str, blank: int, *, is_list: bool) -> None:
    item = _ITEM.fullmatch(line) if is_list else None
    words = line.removeprefix("  ")
    if item:
        held.append(item[1] or "")
    elif is_list and held:
        held[-1] += "\n" * (blank + 1) + words
    else:
        held += [*([""] * blank if held else []), words]
