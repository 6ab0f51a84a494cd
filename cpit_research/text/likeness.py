"""How much two texts have in common."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")
_RUN = 4


def containment(first: str, second: str) -> float:
    """Return the share of the shorter text's runs of four words that the other holds (0 to 1).

    Texts under four words are compared as wholes.

    Examples
    --------
    >>> containment("le maire arrive à neuf heures", "ce matin le maire arrive à neuf heures dix")
    1.0
    >>> containment("le maire arrive", "la maire arrive")
    0.0
    """
    runs = [_runs(text) for text in (first, second)]
    shorter, longer = sorted(runs, key=len)
    return len(shorter & longer) / len(shorter) if shorter else float(first == second)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    if not words:
        return set()
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}
