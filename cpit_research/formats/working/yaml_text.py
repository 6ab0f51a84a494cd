"""YAML as people like to read it: folded paragraphs, accents as they are, no quotes if possible.

A document is made of words, lists and mappings (:data:`Words`); what is empty is left out. Words
that other programs would take for numbers, dates or booleans are quoted, so that they stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import yaml

from cpit_research.formats.working.grid_rules import is_ascii_id

__all__ = ["WIDTH", "Words", "entry_lines", "item_lines", "plain_words"]

#: Columns of a line; a word that is longer alone goes beyond.
WIDTH: Final = 100
#: Keys whose words are left as they are, whatever other programs take them for.
_BARE: Final = frozenset({"date", "follows", "format"})
_STEP: Final = 2
_SHORT: Final = 8
#: A value: words, a list, or a mapping.
Words = str | Sequence["Words"] | Mapping[str, "Words"]

_INDICATOR: Final = tuple("-?:,[]{}#&*!|>'\"%@`=~")
_SEPARATOR: Final = re.compile(r": | #|:$|[\t\n]")
# What YAML escapes: other controls than tab and line feed, and what it takes for a line break.
_ESCAPED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
_NAMED: Final = {"\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\t": "\\t"}
#: How YAML recognises what is not words, by first character.
_IMPLICIT: Final = yaml.SafeLoader.yaml_implicit_resolvers
_BARE_WORDS: Final = re.compile(r"true|false|[0-9-]+")
_ONE_SPACE: Final = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
_MARGIN: Final = re.compile(r"^[ \t]|[ \t]$", re.MULTILINE)


def entry_lines(key: str, value: Words, indent: int) -> list[str]:
    """Return the lines of ``key: value``, `indent` columns from the left."""
    start = f"{' ' * indent}{plain_words(key) or _quoted(key)}:"
    if key in _BARE and isinstance(value, str) and _BARE_WORDS.fullmatch(value):
        return [f"{start} {value}"]
    return _under(start, value, indent)


def item_lines(value: Words, indent: int) -> list[str]:
    """Return the lines of one item of a list, its dash `indent` columns from the left."""
    if isinstance(value, Mapping):
        inner = [
            line for key, held in value.items() for line in entry_lines(key, held, indent + _STEP)
        ]
        return [f"{' ' * indent}- {inner[0][indent + _STEP :]}", *inner[1:]]
    return _under(f"{' ' * indent}-", value, indent)


def _under(start: str, value: Words, indent: int) -> list[str]:
    if isinstance(value, str):
        return _text_lines(start, value, indent + _STEP)
    if isinstance(value, Mapping):
        return [start, *(ln for k, v in value.items() for ln in entry_lines(k, v, indent + _STEP))]
    if value and all(isinstance(item, str) and is_ascii_id(item) for item in value):
        line = f"{start} [{', '.join(plain_words(str(i)) or _quoted(str(i)) for i in value)}]"
        if len(line) <= WIDTH:
            return [line]
    return [start, *_items(value, indent + _STEP)]


def _items(value: Sequence[Words], indent: int) -> Iterator[str]:
    """Yield the items of a list; those that tell much are set apart by an empty line."""
    told = [item_lines(item, indent) for item in value]
    apart = any(len(lines) > _SHORT for lines in told)
    for rank, lines in enumerate(told):
        yield from ([""] if apart and rank else [])
        yield from lines


def _text_lines(start: str, text: str, indent: int) -> list[str]:
    plain = plain_words(text)
    if plain and len(start) + 1 + len(plain) <= WIDTH:
        return [f"{start} {plain}"]
    if not text or _ESCAPED.search(text):
        return [f"{start} {_quoted(text)}"]
    margin = " " * indent
    paragraphs = text.split("\n")
    room = WIDTH - indent
    literal = len(paragraphs) > 1 and all(len(line) <= room for line in paragraphs)
    if literal or _MARGIN.search(text):
        return [f"{start} |-", *(f"{margin}{line}" if line else "" for line in paragraphs)]
    lines: list[str] = []
    # A line break alone would be read as a space: between paragraphs, an empty line is one.
    for paragraph in paragraphs:
        lines += ["", *(f"{margin}{line}" for line in _folded(paragraph, room))]
    return [f"{start} >-", *lines[1:]]


def _folded(paragraph: str, room: int) -> Iterator[str]:
    """Yield the lines of a paragraph, cut where one space stands between two words."""
    line = ""
    for word in _ONE_SPACE.split(paragraph):
        if line and len(line) + 1 + len(word) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """Return words as one line without folding, in single quotes if need be; empty if they cannot.

    Examples
    --------
    >>> plain_words("Décider"), plain_words("no"), plain_words("1.10"), plain_words("voir : S12")
    ('Décider', "'no'", "'1.10'", '')
    """
    if not text or _ESCAPED.search(text) or _SEPARATOR.search(text) or text != text.strip(" "):
        return ""
    if text.startswith(_INDICATOR):
        return ""
    return text if _is_word(text) else f"'{text}'"


def _is_word(text: str) -> bool:
    asked = _IMPLICIT.get(text[0], []) + _IMPLICIT.get(None, [])
    return not any(looks.match(text) for _tag, looks in asked)


def _quoted(text: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        code = ord(match[0])
        return _NAMED.get(match[0]) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")

    return '"' + re.sub(rf'{_ESCAPED.pattern[:-1]}\n\t"\\\\]', escaped, text) + '"'
