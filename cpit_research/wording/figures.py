"""Numbers, shares, dates and durations as people read them."""

from __future__ import annotations

import math
from datetime import date

from cpit_research.wording import language

_THIN = "\u202f"
_NBSP = "\u00a0"
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
#: Not ``%B``, which follows the locale of the machine.
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: float, decimals: int = 0) -> str:
    r"""Return `value` with the digits grouped and the decimal sign of the language.

    NaN is shown as an en dash; what rounds to zero has no sign.

    Examples
    --------
    >>> number(12345.6, 1)
    '12\u202f345,6'
    >>> number(-0.004, 2)
    '0,00'
    """
    if math.isnan(value):
        return "–"
    written = f"{value:z,.{decimals}f}"
    if language() == "en":
        return written
    return written.replace(",", _THIN).replace(".", ",")


def percent(share: float, decimals: int = 0) -> str:
    r"""Return a share (0 to 1) as a percentage.

    Examples
    --------
    >>> percent(0.325, 1)
    '32,5\u202f%'
    """
    if math.isnan(share):
        return "–"
    written = number(100 * share, decimals)
    return f"{written}%" if language() == "en" else f"{written}{_THIN}%"


def long_date(day: date) -> str:
    r"""Return a date in words.

    Examples
    --------
    >>> long_date(date(2022, 10, 1))
    '1er\xa0octobre\xa02022'
    """
    if language() == "en":
        return f"{day.day}{_NBSP}{_ENGLISH_MONTHS[day.month - 1]}{_NBSP}{day.year}"
    return f"{'1er' if day.day == 1 else day.day}{_NBSP}{_MONTHS[day.month - 1]}{_NBSP}{day.year}"


def clock(seconds: float) -> str:
    """Return a time code, ``m:ss`` or ``h:mm:ss``.

    Examples
    --------
    >>> clock(3725)
    '1:02:05'
    """
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
