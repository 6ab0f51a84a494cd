"""Dates as French field workers write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from cpit_research.text.folding import fold

_MONTHS: Final = {
    "janv": 1, "fev": 2, "mars": 3, "avr": 4, "mai": 5, "juin": 6, "juil": 7, "aout": 8,
    "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_ISO: Final = re.compile(r"(?<!\d)(\d{4})[-_./](\d{1,2})[-_./](\d{1,2})(?!\d)")
_FRENCH: Final = re.compile(r"(?<!\d)(\d{1,2})[-_./ ](\d{1,2})[-_./ ](\d{4})(?!\d)")
_WORDS: Final = re.compile(r"(?<!\d)(\d{1,2})(?:er)?\s+([a-z]{3,9})\.?\s+(\d{4})(?!\d)")


def find_date(text: str) -> date | None:
    """Return the first date written in `text`, or None when there is none, or an impossible one.

    Examples
    --------
    >>> find_date("Visite du 1er août 2023, matin"), find_date("V03_2023-02-30.docx")
    (datetime.date(2023, 8, 1), None)
    >>> find_date("12/10/2022")
    datetime.date(2022, 10, 12)
    """
    if match := _ISO.search(text):
        year, month, day = match.groups()
    elif match := _FRENCH.search(text):
        day, month, year = match.groups()
    elif match := _WORDS.search(fold(text)):
        day, name, year = match.groups()
        month = str(next((n for start, n in _MONTHS.items() if name.startswith(start)), 0))
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
