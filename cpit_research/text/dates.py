"""Dates as French field workers write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from cpit_research.text.folding import fold

_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_FORMS: Final = (
    re.compile(r"(?<!\d)(?P<year>\d{4})[-_./](?P<month>\d{1,2})[-_./](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[-_./ ](?P<month>\d{1,2})[-_./ ](?P<year>\d{4})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})(?:er)?\s+"
        r"(?P<month>janv?|fevr?|mars|avr|mai|juin|juil|aout|sept?|oct|nov|dec|"
        + "|".join(_MONTHS)
        + r")\.?\s+(?P<year>\d{4})(?!\d)"
    ),
)


def find_date(text: str) -> date | None:
    """Return the first date written in `text`, or None when there is none, or an impossible one.

    Examples
    --------
    >>> find_date("Visite du 1er août 2023, matin"), find_date("V03_2023-02-30.docx")
    (datetime.date(2023, 8, 1), None)
    >>> find_date("12/10/2022")
    datetime.date(2022, 10, 12)
    """
    plain = fold(text)
    found = [match for form in _FORMS if (match := form.search(plain))]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    month = first["month"]
    if not month.isdecimal():
        month = next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(month))
    try:
        return date(int(first["year"]), int(month), int(first["day"]))
    except ValueError:
        return None
