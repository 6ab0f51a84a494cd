"""Comparing French words whatever their accents, case, apostrophes and hyphens."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_APOSTROPHES = "'’ʼ‘`´"
_HYPHENS = "-‐‑‒–—−"
_SPACES = r"\s\u00a0\u202f\u2009\u200b"


def fold(text: str) -> str:
    """Return `text` lower-cased, without accents, with plain apostrophes, hyphens and spaces.

    The length may change (œ gives oe): use :func:`fold_pattern` to find offsets.

    Examples
    --------
    >>> fold("L’Œuvre de Saint‑Étienne")
    "l'oeuvre de saint-etienne"
    """
    letters = (
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    )
    return "".join(
        _LIGATURES.get(c)
        or ("'" if c in _APOSTROPHES else "-" if c in _HYPHENS else " " if c.isspace() else c)
        for c in letters
    )


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Return, for each base letter, every Latin letter that folds to it (both cases)."""
    found: dict[str, list[str]] = {}
    for point in range(0x20, 0x250):
        letter = chr(point)
        base = fold(letter)
        if len(base) == 1 and base.isalpha():
            found.setdefault(base, []).append(letter)
    return {base: "".join(letters) for base, letters in found.items()}


_MARKS = "[\u0300-\u036f]*"


def fold_pattern(
    words: str, *, whole_words: bool = False, loose_joints: bool = False
) -> re.Pattern[str]:
    r"""Return a pattern finding `words` whatever their accents, case, apostrophes and spaces.

    Matching the pattern against the text itself gives exact offsets: nothing is folded
    beforehand. Letters may also be followed by combining marks (text in NFD).

    Parameters
    ----------
    words : str
        What is looked for.
    whole_words : bool
        Refuse a match that starts or ends inside a word.
    loose_joints : bool
        Let a hyphen, an apostrophe and a space stand for one another.

    Examples
    --------
    >>> fold_pattern("secheresse").search("La Sécheresse dure").span()
    (3, 13)
    >>> fold_pattern("coeur de bourg").search("le CŒUR  de\nbourg").span()
    (3, 17)
    """
    pieces: list[str] = []
    folded = re.sub(r"\s+", " ", fold(words).strip())
    at = 0
    while at < len(folded):
        if folded[at : at + 2] in {"oe", "ae"}:
            pair = folded[at : at + 2]
            ligature = "œŒ" if pair == "oe" else "æÆ"
            variants = _variants()
            pieces.append(
                f"(?:[{ligature}]|[{variants[pair[0]]}]{_MARKS}[{variants['e']}]{_MARKS})"
            )
            at += 2
            continue
        pieces.append(_character(folded[at], loose_joints=loose_joints))
        at += 1
    body = "".join(pieces)
    return re.compile(rf"(?<!\w){body}(?!\w)" if whole_words else body)


def _character(character: str, *, loose_joints: bool) -> str:
    if loose_joints and character in " '-":
        return rf"[{_SPACES}{_APOSTROPHES}{re.escape(_HYPHENS)}]+"
    if character == " ":
        return rf"[{_SPACES}]+"
    if character == "'":
        return f"[{_APOSTROPHES}]"
    if character == "-":
        return f"[{re.escape(_HYPHENS)}]"
    variants = _variants().get(character)
    return f"[{variants}]{_MARKS}" if variants else re.escape(character)
