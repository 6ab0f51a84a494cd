"""The characters of a PDF as people would type them: symbols read, the unreadable counted."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from cpit_research.formats.received.symbols import symbol

__all__ = ["HYPHEN", "SOFT", "UNREADABLE", "legible"]

#: What stands for a hyphen that ends a line, whatever the file writes there.
HYPHEN: Final = "-"
SOFT: Final = "\N{SOFT HYPHEN}"
UNREADABLE: Final = "\N{REPLACEMENT CHARACTER}"
_ODD: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff]"
)
_BARE_NAME: Final = re.compile(r"(?:^[A-Z]{6}\+)?([A-Za-z]+)")
#: The bullets that offices draw with the private characters of their symbol fonts.
_BULLETS: Final = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF06F: "□", 0xF0FC: "✓", 0xF0E0: "→"}


def legible(raw: str, font: str, met: Counter[str]) -> str:
    r"""Return `raw` as people would type it; what was changed is counted in `met`.

    pdfium has opened the ligatures.

    Examples
    --------
    >>> met = Counter()
    >>> legible("\uf0b7", "ABCDEF+SymbolMT", met), legible("\ue000", "Arial", met)
    ('•', '\ufffd')
    >>> met["symbol"], met["unreadable"]
    (1, 1)
    """
    if not _ODD.search(raw):
        return raw
    # Two halves of one character, where the platform counts in 16 bits.
    whole = raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _ODD.sub(lambda found: _one(found[0], font, met), whole)


def _one(character: str, font: str, met: Counter[str]) -> str:
    drawn = _drawn(ord(character), font)
    met["symbol" if drawn else "unreadable"] += 1
    return drawn or UNREADABLE


def _drawn(point: int, font: str) -> str:
    if not 0xF000 <= point <= 0xF0FF:
        return ""
    named = _BARE_NAME.search(font)
    name = named[1].lower() if named else ""
    for known in ("wingdings", "symbol"):
        if name.startswith(known):
            return symbol(known, f"{point:X}") or _BULLETS.get(point, "")
    return _BULLETS.get(point, "")
