"""Time codes as people and machines write them, in seconds."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["TIME", "seconds", "span"]

#: « 0:04 », « 1:02:03 », « 21 :12 », « 0h04 », « 00:01:02.500 ».
TIME: Final = r"\d{1,3}\s*[:hH]\s*\d{2}(?:\s*[:m]\s*\d{2})?(?:[.,]\d{1,3})?(?!\d)"
_TIME: Final = re.compile(TIME)
_PARTS: Final = re.compile(r"(\d{1,3})\s*[:hH]\s*(\d{2})(?:\s*[:m]\s*(\d{2}))?(?:[.,](\d{1,9}))?")


def seconds(written: str) -> float | None:
    """Return a time code in seconds, or None when it is not one.

    Examples
    --------
    >>> seconds("1:02:03"), seconds("21 :12"), seconds("00:00:01,500"), seconds("4:75")
    (3723.0, 1272.0, 1.5, None)
    """
    match = _PARTS.fullmatch(written.strip())
    if match is None:
        return None
    first, second, third, fraction = match.groups()
    numbers = [int(first), int(second)] if third is None else [int(first), int(second), int(third)]
    if any(number >= 60 for number in numbers[1:]):
        return None
    total = 0
    for number in numbers:
        total = total * 60 + number
    return round(total + float(f"0.{fraction or 0}"), 3)


def span(written: str) -> tuple[float | None, float | None]:
    """Return the first two time codes of a stretch, None for each that is missing.

    Examples
    --------
    >>> span("(0:04 – 0:08)"), span("00:12"), span("??")
    ((4.0, 8.0), (12.0, None), (None, None))
    """
    found = [seconds(code) for code in _TIME.findall(written)[:2]]
    begins, ends = (*found, None, None)[:2]
    return begins, ends
