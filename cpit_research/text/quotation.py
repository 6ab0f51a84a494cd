"""Finding the words someone quoted in the text they come from."""

from __future__ import annotations

import re

from cpit_research.text.canonical import canonical

_QUOTES = '"«»“”„'
_CLASSES = {
    "'": "['’ʼ‘]",
    '"': rf"\s*[{_QUOTES}]\s*",
    "-": "[-‐‑‒–—]",
    "…": r"(?:…|\.\.\.)",
    " ": r"\s+",
    **{sign: rf"\s*{re.escape(sign)}" for sign in ":;!?"},
}
_EQUIVALENT = {
    **_CLASSES,
    **dict.fromkeys("’ʼ‘", _CLASSES["'"]),
    **dict.fromkeys(_QUOTES, _CLASSES['"']),
    **dict.fromkeys("‐‑‒–—", _CLASSES["-"]),
}
#: Spaces that typing adds or leaves out: around quotation marks, before double signs.
_LOOSE = re.compile(rf"\s*([{_QUOTES}])\s*|\s+(?=[:;!?])")


def locate(text: str, words: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return every place of `text[start:end]` where `words` stand.

    Exact places first; if there are none, places that differ only by spaces (breaking or not;
    there or not beside quotation marks and before « : ; ! ? »), apostrophes, quotation marks,
    hyphens or suspension points, as Excel and Word change them while typing.

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
    words = canonical(words).strip()
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
    typed = _LOOSE.sub(r"\1", re.sub(r"\s+", " ", words.replace("...", "…")))
    pattern = "".join(_EQUIVALENT.get(c) or re.escape(c) for c in typed)
    pattern = pattern.removeprefix(r"\s*").removesuffix(r"\s*")
    return [match.span() for match in re.compile(pattern).finditer(text, start, stop)]
