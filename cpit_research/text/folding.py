"""Comparing French words whatever their accents, case, apostrophes and hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

_LIGATURES: Final = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
_APOSTROPHES: Final = "'’ʼ‘`´"
_HYPHENS: Final = "-‐‑‒–—−"
_SPACES: Final = r"\s\u00a0\u202f\u2009\u200b"
#: Folded words: signs before them, the words, signs after them.
_INNER: Final = re.compile(r"([ '-]*)(.*?)([ '-]*)")
_PLAIN: Final = str.maketrans(
    _LIGATURES
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_HYPHENS, "-")
    | {chr(point): " " for point in range(0x3001) if chr(point).isspace()}
)
#: What belongs to the letter before it: combining marks, soft hyphens, zero-width joints.
_MARKS: Final = (
    r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200b-\u200d\u2060"
)
#: A zero-width space parts words: it is a mark inside them, not a letter beside them.
_BESIDE: Final = rf"[\w{_MARKS.replace('200b', '200c')}]"
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200d\u2060]")
#: Of letters that may be joined to the next; the ways to write them double every few letters.
_LONGEST_RUN: Final = 8
#: Latin, Greek and Cyrillic letters and signs; letter-like symbols; ligatures; full-width forms.
_FOLDED: Final = (
    range(0x20, 0x530), range(0x1D00, 0x2000), range(0x2010, 0x2150), range(0xFB00, 0xFB07),
    range(0xFF01, 0xFF5F),
)  # fmt: skip


def fold(text: str) -> str:
    """Return `text` lower-cased, without accents, with plain apostrophes, hyphens and spaces.

    The length may change (œ gives oe): use :func:`fold_pattern` to find offsets.

    Examples
    --------
    >>> fold("L’Œuvre de Saint‑Étienne")
    "l'oeuvre de saint-etienne"
    """
    # Signs first: a compatibility decomposition would make a space of an acute accent.
    plain = text.translate(_PLAIN)
    if plain.isascii():
        return plain.lower()
    # Letters before their case (ℌ), then again after it (İ).
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_PLAIN)


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Return, for each folded letter or group of letters, the characters that fold to it."""
    found: dict[str, list[str]] = {}
    for letter in map(chr, chain(*_FOLDED)):
        base = fold(letter)
        if base.strip() and (len(base) == 1 or letter.isalnum() or letter == "…"):
            found.setdefault(base, []).append(letter)
    return {base: "".join(letters) for base, letters in found.items()}


@lru_cache(maxsize=1)
def _groups() -> tuple[str, ...]:
    """Return the groups of letters that one character may write."""
    return tuple(base for base in _variants() if len(base) > 1)


def fold_pattern(
    words: str, *, whole_words: bool = False, loose_joints: bool = False
) -> re.Pattern[str]:
    r"""Return a pattern finding `words` whatever their accents, case, apostrophes and spaces.

    Matching the pattern against the text itself gives exact offsets: nothing is folded
    beforehand. Letters may also be followed by combining marks (text in NFD) or a soft hyphen,
    and a ligature stands for the letters that it joins.

    Parameters
    ----------
    words : str
        What is looked for; nothing finds nothing.
    whole_words : bool
        Refuse a match that starts or ends inside a word.
    loose_joints : bool
        Let hyphens, apostrophes and spaces between two words stand for one another; before the
        first word or after the last they are looked for as they are.

    Examples
    --------
    >>> fold_pattern("secheresse").search("La Sécheresse dure").span()
    (3, 13)
    >>> fold_pattern("coeur de bourg").search("le CŒUR  de\nbourg").span()
    (3, 17)
    """
    folded = re.sub(r"\s+", " ", fold(_INVISIBLE.sub("", words)).strip())
    if not folded:
        return re.compile("(?!)")
    if loose_joints and (parts := _INNER.fullmatch(folded)):
        before, inner, after = parts.groups()
        # One joint for many: several repeats side by side would be tried in every way.
        joined = _spelt(re.sub(r"[ '-]+", "'", inner), loose_joints=True)
        body = f"{_spelt(before)}{joined}{_spelt(after)}"
    else:
        body = _spelt(folded)
    return re.compile(rf"(?<!{_BESIDE}){body}(?!{_BESIDE})" if whole_words else body)


def _spelt(folded: str, *, loose_joints: bool = False) -> str:
    return "".join(_group(run, loose_joints=loose_joints) for run in _runs(folded))


def _runs(folded: str) -> Iterator[str]:
    """Yield `folded` cut where no character may join the letters on both sides."""
    at = 0
    while at < len(folded):
        reach, here = at + 1, at
        while here < reach < at + _LONGEST_RUN:
            joined = (len(group) for group in _groups() if folded.startswith(group, here))
            reach = max(reach, here + max(joined, default=1))
            here += 1
        yield folded[at:reach]
        at = reach


def _group(group: str, *, loose_joints: bool) -> str:
    """Return the pattern of every way to write a few letters, each joined to the next or not."""
    if len(group) == 1:
        return _character(group, loose_joints=loose_joints)
    ways = [
        _character(group[:size], loose_joints=loose_joints)
        + (_group(group[size:], loose_joints=loose_joints) if group[size:] else "")
        for size in range(len(group), 0, -1)
        if size == 1 or group[:size] in _variants()
    ]
    return f"(?:{'|'.join(ways)})"


def _character(base: str, *, loose_joints: bool) -> str:
    if loose_joints and base in " '-":
        return rf"[{_SPACES}{_APOSTROPHES}{re.escape(_HYPHENS)}]+"
    if base == " ":
        return rf"[{_SPACES}]+"
    letters = _variants().get(base, base)
    marks = f"[{_MARKS}]*" if base[-1].isalnum() else ""
    return f"[{re.escape(letters)}]{marks}"
