"""Characters of Word's symbol fonts, as Unicode."""

from __future__ import annotations

from typing import Final

__all__ = ["symbol"]

_WINGDINGS: Final = {
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_SYMBOL: Final = {
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xDE: "⇒",
}
_FONTS: Final = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}
_PRIVATE: Final = range(0xF000, 0xF100)
_SURROGATES: Final = range(0xD800, 0xE000)


def symbol(font: str, code: str) -> str:
    """Return the character that hexadecimal `code` draws in `font`, or ``""`` when unknown.

    Word stores the byte of a symbol font in the private area, from U+F000.

    Examples
    --------
    >>> symbol("Wingdings", "F0E0"), symbol("Arial", "2192"), symbol("Webdings", "F0FF")
    ('→', '→', '')
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    drawn = _FONTS.get(font.lower())
    if drawn is not None:
        return drawn.get(point - _PRIVATE.start if point in _PRIVATE else point, "")
    if point in _PRIVATE or point in _SURROGATES or not 0x20 <= point <= 0x10FFFF:
        return ""
    return chr(point)
