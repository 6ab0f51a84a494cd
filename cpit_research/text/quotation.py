"""Finding the words someone quoted in the text they come from."""

from __future__ import annotations

import re

_CLASSES = {
    "'": "['’ʼ‘]",
    '"': '["«»“”„]',
    "-": "[-‐‑‒–—]",
    "…": r"(?:…|\.\.\.)",
}
_EQUIVALENT = {
    variant: pattern
    for pattern in _CLASSES.values()
    for variant in pattern.strip("[]")
    if pattern[0] == "["
}


def locate(text: str, words: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return every place of `text[start:end]` where `words` stand.

    Exact places first; if there are none, places that differ only by spaces (breaking or
    not), apostrophes, quotation marks, hyphens or suspension points, as Excel and Word
    change them while typing.

    Parameters
    ----------
    text : str
        Canonical text.
    words : str
        The words as someone typed or pasted them.
    start, end : int
        Code-point offsets bounding the search.

    Returns
    -------
    list of (int, int)
        Half-open code-point ranges in `text`, in order; empty when the words are not there.

    Examples
    --------
    >>> locate("on n’a pas « le budget », dit-il", "n'a pas")
    [(3, 10)]
    >>> locate("oui, oui", "oui")
    [(0, 3), (5, 8)]
    """
    words = words.strip()
    stop = len(text) if end is None else end
    if not words:
        return []
    found: list[tuple[int, int]] = []
    at = text.find(words, start, stop)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1, stop)
    if found:
        return found
    pattern = re.compile(r"\s+".join("".join(_tolerant(c) for c in word) for word in words.split()))
    return [match.span() for match in pattern.finditer(text, start, stop)]


def _tolerant(character: str) -> str:
    if character == "…":
        return _CLASSES["…"]
    return _EQUIVALENT.get(character) or re.escape(character)
