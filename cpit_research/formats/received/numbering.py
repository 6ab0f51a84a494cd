"""Numbers that programs compute before items and headings, as they show them."""

from __future__ import annotations

from typing import Final

__all__ = ["number"]

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_BULLETS: Final = frozenset({"none", "disc", "circle", "square", "bullet"})


def number(at: int, style: str, *, after: str = "") -> str:
    """Return a number as a list of that style shows it, ``""`` for a style of bullets.

    Parameters
    ----------
    at : int
        The number.
    style : str
        A style of lists, as style sheets name it: ``"decimal"``, ``"lower-roman"``…
    after : str
        What follows the number.

    Examples
    --------
    >>> [number(28, style) for style in ("decimal", "lower-alpha", "upper-roman", "disc")]
    ['28', 'ab', 'XXVIII', '']
    """
    if style in _BULLETS:
        return ""
    if style.endswith(("-alpha", "-latin")) and at > 0:
        shown = _letters(at)
    elif style.endswith("-roman") and 0 < at < 4_000:
        shown = _roman(at)
    elif style == "decimal-leading-zero":
        shown = f"{at:02}"
    else:
        shown = str(at)
    return (shown.upper() if style.startswith("upper-") else shown) + after


def _letters(at: int) -> str:
    letters = ""
    while at:
        at, rank = divmod(at - 1, 26)
        letters = chr(ord("a") + rank) + letters
    return letters


def _roman(at: int) -> str:
    shown = ""
    for value, letters in _ROMAN:
        times, at = divmod(at, value)
        shown += times * letters
    return shown
