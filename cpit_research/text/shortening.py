"""Words shortened to be shown in a sentence or on a line."""

from __future__ import annotations


def shortened(words: str, most: int = 60) -> str:
    r"""Return `words` on one line, cut with « … » beyond `most` characters.

    Examples
    --------
    >>> shortened("Le maire  attend\ndevant la mairie", 20)
    'Le maire attend dev…'
    """
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
