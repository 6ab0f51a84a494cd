"""The numbers that a word processor computes before the items of its lists.

A file holds no list number: it holds levels (a form, a start, words around) and items in order.
Numbers are counted here, the same way for every format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

__all__ = [
    "Counters",
    "Form",
    "Level",
    "circled",
    "decimal",
    "letters",
    "lower_roman",
    "ordinal",
    "padded",
    "repeated_letters",
    "styled",
    "upper_letters",
    "upper_repeated_letters",
    "upper_roman",
]

#: How a number is written.
Form = Callable[[int], str]

_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN: Final = 3999
#: Beyond, Word itself starts again: "a" would be repeated more than thirty times.
_LARGEST_LETTERS: Final = 780
_FIRST_CIRCLED: Final = 0x2460
_LARGEST_CIRCLED: Final = 20
_LONGEST_LABEL: Final = 100
_EVERY_LEVEL: Final = 99
_LETTER: Final = re.compile(r"[^0-9]").search


def decimal(number: int) -> str:
    """Return 1, 2, 3… in figures."""
    return str(number)


def padded(width: int) -> Form:
    """Return the form that writes at least `width` digits.

    Examples
    --------
    >>> padded(2)(7), padded(3)(1000)
    ('07', '1000')
    """

    def form(number: int) -> str:
        return str(number).zfill(width)

    return form


def repeated_letters(number: int) -> str:
    """Return a letter, repeated after z, as Word does.

    Examples
    --------
    >>> [repeated_letters(number) for number in (1, 26, 27, 53)]
    ['a', 'z', 'aa', 'aaa']
    """
    if not 0 < number <= _LARGEST_LETTERS:
        return str(number)
    rounds, rank = divmod(number - 1, len(_ALPHABET))
    return _ALPHABET[rank] * (rounds + 1)


def letters(number: int) -> str:
    """Return a letter, then two, as the columns of a spreadsheet.

    Examples
    --------
    >>> [letters(number) for number in (1, 26, 27, 53)]
    ['a', 'z', 'aa', 'ba']
    """
    if number < 1:
        return str(number)
    written = ""
    while number:
        number, rank = divmod(number - 1, len(_ALPHABET))
        written = _ALPHABET[rank] + written
    return written


def upper_letters(number: int) -> str:
    """Return A, B… Z, AA, AB… in capitals."""
    return letters(number).upper()


def upper_repeated_letters(number: int) -> str:
    """Return A, B… Z, AA, BB… in capitals."""
    return repeated_letters(number).upper()


def lower_roman(number: int) -> str:
    """Return a Roman numeral, in small letters.

    Examples
    --------
    >>> [lower_roman(number) for number in (4, 1999)]
    ['iv', 'mcmxcix']
    """
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    written = ""
    for value, numeral in _ROMAN:
        times, number = divmod(number, value)
        written += numeral * times
    return written


def upper_roman(number: int) -> str:
    """Return a Roman numeral, in capitals."""
    return lower_roman(number).upper()


def ordinal(number: int) -> str:
    """Return 1er, 2e, 3e… as French ordinals are written."""
    return f"{number}er" if number == 1 else f"{number}e"


def circled(number: int) -> str:
    """Return ①, ②… up to ⑳."""
    return chr(_FIRST_CIRCLED + number - 1) if 0 < number <= _LARGEST_CIRCLED else str(number)


#: Forms by the names that style sheets give them; a style of bullets has none.
_STYLES: Final[Mapping[str, Form | None]] = {
    **dict.fromkeys(("none", "disc", "circle", "square", "bullet")),
    **dict.fromkeys(("lower-alpha", "lower-latin"), letters),
    **dict.fromkeys(("upper-alpha", "upper-latin"), upper_letters),
    "lower-roman": lower_roman,
    "upper-roman": upper_roman,
    "decimal-leading-zero": padded(2),
}


def styled(number: int, style: str, *, after: str = "") -> str:
    """Return a number as a list of that style shows it, ``""`` for a style of bullets.

    Parameters
    ----------
    number : int
        The number.
    style : str
        A style of lists, as style sheets name it: ``"decimal"``, ``"lower-roman"``…
    after : str
        What follows the number.

    Examples
    --------
    >>> [styled(28, style) for style in ("decimal", "lower-alpha", "upper-roman", "disc")]
    ['28', 'ab', 'XXVIII', '']
    """
    form = _STYLES.get(style, decimal)
    return "" if form is None else form(number) + after


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Parameters
    ----------
    pieces : tuple of str or int
        What stands before an item: words, and ranks (0 for the first level) of the levels whose
        numbers stand between them. None at all for a bullet.
    form : Form or None
        How its own number is written, here and in the labels of deeper levels; None when it
        has none.
    start : int
        Number of the first item.
    restarted_by : int
        Deepest rank whose items restart it, ``-1`` when nothing does.
    legal : bool
        Numbers of the levels above are in figures in its label.
    """

    pieces: tuple[str | int, ...] = ()
    form: Form | None = decimal
    start: int = 1
    restarted_by: int = _EVERY_LEVEL
    legal: bool = False


class Counters:
    """The number reached at each level of a list.

    Examples
    --------
    >>> levels = {0: Level((0, ".")), 1: Level((0, ".", 1), lower_roman)}
    >>> counters = Counters()
    >>> [counters.item(rank, levels) for rank in (0, 1, 1, 0, 1)]
    ['1.', '1.i', '1.ii', '2.', '2.i']
    """

    __slots__ = ("_reached",)

    def __init__(self) -> None:
        self._reached: dict[int, int] = {}

    def item(self, rank: int, levels: Mapping[int, Level], start: int | None = None) -> str:
        """Count an item of the level of this rank and return its label, ``""`` if it has none.

        Parameters
        ----------
        rank : int
            Rank of its level, from 0.
        levels : mapping of int to Level
            The levels of its list.
        start : int, optional
            The number that it takes, instead of the next one.
        """
        level = levels.get(rank)
        if level is None:
            return ""
        for above in range(rank):
            if above in levels:  # an item deeper than its elders implies theirs
                self._reached.setdefault(above, levels[above].start)
        if start is None:
            start = self._reached[rank] + 1 if rank in self._reached else level.start
        self._reached[rank] = start
        for deeper in [reached for reached in self._reached if reached > rank]:
            if deeper not in levels or rank <= levels[deeper].restarted_by:
                del self._reached[deeper]
        written = "".join(
            piece if isinstance(piece, str) else self._number(piece, rank, levels)
            for piece in level.pieces
        )
        return written[:_LONGEST_LABEL].strip()

    def restart(self, rank: int) -> None:
        """Forget the numbers reached at the level of this rank and at deeper ones."""
        for deeper in [reached for reached in self._reached if reached >= rank]:
            del self._reached[deeper]

    def _number(self, rank: int, own: int, levels: Mapping[int, Level]) -> str:
        level = levels.get(rank)
        if level is None or level.form is None or rank > own:
            return ""
        number = self._reached[rank]
        written = level.form(number)
        # Legal numbers keep the figures of the levels above, leading noughts too.
        return decimal(number) if levels[own].legal and rank < own and _LETTER(written) else written
