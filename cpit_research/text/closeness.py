"""Names that are nearly the same."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from cpit_research.text.folding import fold


def within_one_edit(first: str, second: str) -> bool:
    """Tell whether one insertion, deletion, substitution or swap of neighbours separates two words.

    Identical words are within one edit of each other.

    Examples
    --------
    >>> within_one_edit("Chercheur", "Chercehur"), within_one_edit("Maire", "Mairie")
    (True, True)
    >>> within_one_edit("Maire", "Marie-Jo")
    False
    """
    if first == second:
        return True
    if abs(len(first) - len(second)) > 1:
        return False
    at = 0
    shortest = min(len(first), len(second))
    while at < shortest and first[at] == second[at]:
        at += 1
    if len(first) == len(second):
        swapped = (
            first[at : at + 2] == second[at : at + 2][::-1] and first[at + 2 :] == second[at + 2 :]
        )
        return swapped or first[at + 1 :] == second[at + 1 :]
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return longer[at + 1 :] == shorter[at:]


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of `names` most like `name`, or None when none is like it.

    Examples
    --------
    >>> nearest("teritoire", ["territoire", "visite"])
    'territoire'
    """
    by_folded = {fold(known): known for known in names}
    close = get_close_matches(fold(name), by_folded, n=1, cutoff=0.7)
    return by_folded[close[0]] if close else None
