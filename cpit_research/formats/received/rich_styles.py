"""What the style sheet of a rich text says of its paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cpit_research.formats.received.heading_names import named_level
from cpit_research.formats.received.rich_tokens import TOKEN, signed, unescaped
from cpit_research.formats.received.word_styles import heading_level

__all__ = ["Style", "authors", "styles"]

_PROPERTIES: Final = frozenset({b"s", b"outlinelevel", b"sbasedon", b"ls", b"ilvl"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style gives: level of heading (0: none), list and depth in it."""

    heading: int = 0
    listing: int = 0
    depth: int = 0


@dataclass(slots=True)
class _Declared:
    name: str = ""
    said: dict[bytes, int] = field(default_factory=dict)
    of_characters: bool = False


def styles(table: bytes, codec: str) -> Mapping[int, Style]:
    r"""Return the paragraph styles of a style sheet by number, what they inherit included.

    Examples
    --------
    >>> styles(b"{\\s1 Titre 1;}{\\s2\\sbasedon1 Chapitre;}{\\s3\\outlinelevel9 Note;}", "cp1252")
    {1: Style(heading=1, ...), 2: Style(heading=1, ...), 3: Style(heading=0, ...)}
    """
    declared: dict[int, _Declared] = {}
    depth, unread, style = 0, 0, _Declared()
    for token in TOKEN.finditer(table):
        word, number, text, brace, starred = token.groups()
        if brace == b"{":
            depth += 1
            if depth == 1:
                style = _Declared()
        elif brace:
            if depth == 1 and not style.of_characters:
                declared[style.said.get(b"s", 0)] = style
            depth -= 1
        elif depth != 1:
            continue
        elif starred == b"*" or word in {b"cs", b"ts", b"ds"}:
            style.of_characters = True
        elif word in _PROPERTIES and number:
            style.said[word] = int(number)
        elif word == b"u" and number:
            style.name += chr(signed(int(number)) & 0xFFFF)
            unread = 1
        elif text:
            style.name += unescaped(text).decode(codec, "replace")[unread:]
            unread = 0
    return {number: _style(number, declared) for number in declared}


def _style(number: int, declared: Mapping[int, _Declared]) -> Style:
    heading = listing = depth = None
    seen: set[int] = set()
    while number in declared and number not in seen:
        seen.add(number)
        style = declared[number]
        if heading is None:
            heading = named_level(style.name.partition(";")[0])
        if heading is None and b"outlinelevel" in style.said:
            heading = heading_level(str(style.said[b"outlinelevel"]))
        listing = style.said.get(b"ls") if listing is None else listing
        depth = style.said.get(b"ilvl") if depth is None else depth
        number = style.said.get(b"sbasedon", -1)
    return Style(heading or 0, listing or 0, depth or 0)


def authors(table: bytes, codec: str) -> tuple[str, ...]:
    r"""Return the authors of tracked changes, in the order in which changes number them.

    Examples
    --------
    >>> authors(b"{Unknown;}{Ana;}", "cp1252")
    ('Unknown', 'Ana')
    """
    words = b"".join(token[3] for token in TOKEN.finditer(table) if token[3])
    named = unescaped(words).decode(codec, "replace").split(";")
    return tuple(name.strip() for name in named[:-1])
