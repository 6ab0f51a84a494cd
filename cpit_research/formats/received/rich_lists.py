"""Lists of a rich text: the numbers that it leaves to be computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cpit_research.formats.received.numbering import styled
from cpit_research.formats.received.rich_tokens import TOKEN, signed, unescaped

__all__ = ["Level", "Lists", "levels", "overrides"]

_STYLES: Final = {
    0: "decimal",
    1: "upper-roman",
    2: "lower-roman",
    3: "upper-alpha",
    4: "lower-alpha",
    22: "decimal-leading-zero",
    23: "bullet",
    255: "none",
}
_DEEPEST: Final = 9


@dataclass(slots=True)
class Level:
    """One level of a list: its style, its first number, and what is written around numbers.

    `template` holds characters, and ranks of levels where their numbers go.
    """

    style: str = "decimal"
    start: int = 1
    template: list[str | int] = field(default_factory=list)


class Lists:
    """Numbers the items of lists whose marks are not written."""

    def __init__(self, lists: Mapping[int, Sequence[Level]], named: Mapping[int, int]) -> None:
        self._lists = {use: lists[of] for use, of in named.items() if of in lists}
        self._counts: dict[int, dict[int, int]] = {}

    def mark(self, use: int, depth: int) -> str | None:
        """Return what stands before the next item: ``""`` for a bullet, None when unknown."""
        levels = self._lists.get(use, ())
        if not 0 <= depth < len(levels):
            return None
        level = levels[depth]
        counts = self._counts.setdefault(use, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [rank for rank in counts if rank > depth]:
            del counts[deeper]
        if level.style in {"bullet", "none"}:
            return ""
        return "".join(
            piece
            if isinstance(piece, str)
            else styled(counts.get(piece, levels[piece].start), levels[piece].style)
            for piece in level.template
            if isinstance(piece, str) or piece < len(levels)
        ).strip()


def levels(table: bytes, codec: str) -> Mapping[int, Sequence[Level]]:
    """Return the levels of each list of a list table, by the identifier of the list."""
    found: dict[int, Sequence[Level]] = {}
    current: list[Level] = []
    templated = 0
    depth = 0
    for token in TOKEN.finditer(table):
        word, written, text, brace, _symbol = token.groups()
        at = int(written) if written else 0
        if brace:
            depth += 1 if brace == b"{" else -1
            templated = 0 if depth < templated else templated
        elif word == b"list":
            current = []
        elif word == b"listlevel":
            current.append(Level())
        elif word == b"listid":
            found[at] = tuple(current[:_DEEPEST])
        elif not current:
            continue
        elif word in {b"levelnfc", b"levelnfcn"}:
            current[-1].style = _STYLES.get(at, "decimal")
        elif word == b"levelstartat":
            current[-1].start = at
        elif word == b"leveltext":
            templated = depth
        elif templated and word == b"u":
            current[-1].template.append(chr(signed(at) & 0xFFFF))
        elif templated and text:
            current[-1].template += _template(unescaped(text), codec)
    for listed in found.values():
        for level in listed:
            del level.template[:1]  # the length
    return found


def _template(words: bytes, codec: str) -> list[str | int]:
    pieces = words.removesuffix(b";").decode(codec, "replace")
    return [ord(piece) if piece < " " else piece for piece in pieces]


def overrides(table: bytes) -> Mapping[int, int]:
    r"""Return the list that each use of a list stands for.

    Examples
    --------
    >>> overrides(b"{\\listoverride\\listid7\\listoverridecount0\\ls1}")
    {1: 7}
    """
    found: dict[int, int] = {}
    named = 0
    for token in TOKEN.finditer(table):
        if token[1] == b"listid" and token[2]:
            named = int(token[2])
        elif token[1] == b"ls" and token[2]:
            found[int(token[2])] = named
    return found
