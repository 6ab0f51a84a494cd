"""The encodings of a rich text: of the whole, and of each of its fonts."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cpit_research.formats.received.rich_tokens import TOKEN, plain
from cpit_research.formats.received.symbols import symbol

__all__ = ["Font", "codec_of", "fonts"]

#: Encodings by the numbers of Windows that Python names otherwise.
_PAGES: Final = {
    0: "cp1252",
    708: "iso8859_6",
    936: "gbk",
    950: "big5hkscs",
    1361: "johab",
    10000: "mac_roman",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10029: "mac_latin2",
    10081: "mac_turkish",
    20866: "koi8_r",
    28591: "latin_1",
    28605: "iso8859_15",
    65001: "utf-8",
}
#: Encodings by the character set of a font; 0 and 1 are those of Windows and of the document.
_SETS: Final = {
    0: 1252,
    77: 10000,
    78: 932,
    79: 949,
    80: 936,
    81: 950,
    85: 10006,
    86: 10081,
    88: 10029,
    89: 10007,
    128: 932,
    129: 949,
    130: 1361,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
    254: 437,
    255: 850,
}
_SYMBOLS: Final = 2
_SYMBOL_FONTS: Final = ("symbol", "wingdings")


@dataclass(frozen=True, slots=True)
class Font:
    """A font: its encoding, ``""`` for that of the document, and its name if it draws symbols."""

    codec: str = ""
    symbols: str = ""

    def draw(self, code: int) -> str:
        """Return the character that a byte, or a private code, draws; ``""`` when unknown."""
        low = code & 0xFF
        if low <= 0x20 or (self.symbols == "symbol" and low <= 0x40):
            return chr(low)
        return symbol(self.symbols, f"{low:X}") if self.symbols in _SYMBOL_FONTS else ""


def codec_of(page: int) -> str:
    """Return the codec of a code page; that of Windows for one that is not known.

    Examples
    --------
    >>> codec_of(1250), codec_of(10000), codec_of(4711)
    ('cp1250', 'mac_roman', 'cp1252')
    """
    name = _PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


def fonts(table: bytes, codec: str) -> Mapping[int, Font]:
    r"""Return the fonts of a font table by their number.

    Examples
    --------
    >>> fonts(b"{\\f0\\fcharset238 Times CE;}{\\f1\\fnil Symbol;}", "cp1252")
    {0: Font(codec='cp1250', symbols=''), 1: Font(codec='', symbols='symbol')}
    """
    found: dict[int, Font] = {}
    depth, number, charset, page, name = 0, -1, 1, 0, ""
    for token in TOKEN.finditer(table):
        word, written, text, brace, _symbol = token.groups()
        if brace:
            depth += 1 if brace == b"{" else -1
        elif word == b"f" and written:
            number, charset, page, name = int(written), 1, 0, ""
        elif word == b"fcharset" and written:
            charset = int(written)
        elif word == b"cpg" and written:
            page = int(written)
        elif text and number >= 0 and depth < 2:
            name += plain(text, codec)
            if text.rstrip(b"\r\n ").endswith(b";"):
                found[number] = _font(name.rstrip("; \r\n").strip().lower(), charset, page)
                number = -1
    return found


def _font(name: str, charset: int, page: int) -> Font:
    if charset == _SYMBOLS or name in _SYMBOL_FONTS:
        return Font(symbols=name or "symbol")
    if page:
        return Font(codec_of(page))
    return Font(codec_of(_SETS[charset])) if charset in _SETS else Font()
