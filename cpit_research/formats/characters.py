"""Characters that a file format cannot hold, removed or written another way."""

from __future__ import annotations

import re
from itertools import accumulate

__all__ = ["pieces", "printable", "units"]

# What XML 1.0 leaves out of its `Char` production: controls, surrogates, two non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""Return `text` as XML can hold it, its lines ended by a line feed.

    Examples
    --------
    >>> printable("a\x00b\r\nc\ud83d")
    'ab\nc'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text)


def units(text: str) -> int:
    """Return the length of `text` as Excel counts it, in UTF-16 code units.

    Examples
    --------
    >>> units("é"), units("🌾")
    (1, 2)
    """
    return len(text) + sum(character > "\uffff" for character in text)


def pieces(text: str, limit: int) -> list[str]:
    """Cut `text` into stretches of at most `limit` UTF-16 code units, losing nothing.

    Examples
    --------
    >>> pieces("a🌾bcd", 3)
    ['a🌾', 'bcd']
    """
    if len(text) * 2 <= limit or units(text) <= limit:
        return [text]
    ends = list(accumulate(2 if character > "\uffff" else 1 for character in text))
    cut, start, used = [], 0, 0
    for position, end in enumerate(ends):
        if end - used > limit:
            cut.append(text[start:position])
            start, used = position, ends[position - 1]
    return [*cut, text[start:]]
