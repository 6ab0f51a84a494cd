"""Asking pdfium for the words of a page."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from cpit_research.formats.received.pdf_characters import HYPHEN, SOFT, legible
from cpit_research.formats.received.pdf_page import Word

__all__ = ["Words", "turned"]

#: Characters that part words; a non-breaking space does not.
_BLANKS: Final = frozenset([0x20, *range(0x9, 0xE), 0x1680, *range(0x2000, 0x2007), 0x2008, 0x2009,
                            0x200A, 0x2028, 0x2029, 0x205F, 0x3000])  # fmt: skip
#: What pdfium writes in place of a hyphen that ends a line, whose next line follows at once.
_LINE_HYPHEN: Final = 0x02
_BOLD_WEIGHT: Final = 600
_BOLD_NAME: Final = re.compile(r"bold|black|heavy|demi(?!l)", re.IGNORECASE)
_LAST: Final = 0x10FFFF
_FAR: Final = 1e6
#: How far from a baseline, in sizes, characters of one word may stand.
_LEAP: Final = 0.6
#: How many times more words must run in another direction for the page to be turned.
_LEVEL: Final = 2
_NAME_BYTES: Final = 128


class _Style(NamedTuple):
    size: float
    bold: bool
    angle: float
    font: str
    invisible: bool


class _Found(NamedTuple):
    """A word before the page is turned."""

    text: str
    x: float
    y: float
    end: tuple[float, float, float, float]
    style: _Style
    written: int
    glued: bool


class Words:
    """The words of one page.

    Attributes
    ----------
    straight : list of Word
        Those that run as most of the page does, once it is turned.
    askew : list of str
        The others, those that follow one another together.
    angle : float
        By how much the page was turned, in radians.
    invisible : bool
        Whether most of them are invisible.
    unread : int
        Characters that nothing in the file translates.
    """

    __slots__ = (
        "_codes",
        "_met",
        "_page",
        "_room",
        "_styles",
        "angle",
        "askew",
        "invisible",
        "straight",
        "unread",
    )

    def __init__(self, page: Any, met: Counter[str]) -> None:
        self._page = page
        self._codes = [
            min(pdfium.FPDFText_GetUnicode(page, at), _LAST)
            for at in range(pdfium.FPDFText_CountChars(page))
        ]
        self._room = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        self._met = met
        self._styles: dict[int, _Style] = {}
        self.unread = 0
        found = [word for first, last in self._stretches() for word in self._read(first, last)]
        lengths: Counter[float] = Counter()
        hidden = 0
        for word in found:
            lengths[word.style.angle] += len(word.text) * (1 if word.style.angle else _LEVEL)
            hidden += len(word.text) if word.style.invisible else 0
        self.angle = lengths.most_common(1)[0][0] if lengths else 0.0
        self.invisible = 2 * hidden > sum(len(word.text) for word in found)
        straight = [word for word in found if self._runs_as_most(word)]
        before = [0, *(word.written for word in straight)]
        self.straight = [
            _straight(word, self.angle, apart=word.written != last)
            for word, last in zip(straight, before, strict=False)
        ]
        self.askew = [*self._askew(found)]

    def _runs_as_most(self, word: _Found) -> bool:
        return math.isclose(word.style.angle, self.angle, abs_tol=0.03)

    def _askew(self, found: list[_Found]) -> Iterator[str]:
        run: list[str] = []
        angle = self.angle
        for word in found:
            if run and word.style.angle != angle:
                yield " ".join(run)
                run = []
            angle = word.style.angle
            if not self._runs_as_most(word):
                run.append(word.text)
        if run:
            yield " ".join(run)

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Yield the first and last characters of each word."""
        first = -1
        codes = self._codes
        for at, code in enumerate(codes):
            if code in _BLANKS:
                if first >= 0:
                    yield first, at - 1
                first = -1
            else:
                if first < 0:
                    first = at
                if code == _LINE_HYPHEN and self._ends_line(at):
                    yield first, at
                    first = -1
        if first >= 0:
            yield first, len(codes) - 1

    def _ends_line(self, at: int) -> bool:
        """Tell whether a character is a hyphen after which pdfium says no end of line."""
        is_hyphen: int = pdfium.FPDFText_IsHyphen(self._page, at)
        return is_hyphen == 1

    def _read(self, first: int, last: int) -> Iterator[_Found]:
        """Yield the word from `first` to `last`, in pieces: another line, the call of a note."""
        page = self._page
        style, start, glued = self._style(first), first, False
        if first < last and _address(page, first) != _address(page, last):
            address, across = _address(page, first), self._across(first, style)
            for at in range(first + 1, last + 1):
                if _address(page, at) == address:
                    continue
                address = _address(page, at)
                now, other = self._across(at, style), self._style(at)
                if not address or now == across:
                    continue
                leap = abs(now - across) > _LEAP * max(style.size, 1)
                if leap or other.size != style.size:
                    yield self._found(start, at - 1, style, glued=glued)
                    number = start == first and other.size > style.size
                    glued = not leap and not number  # « 1 Note »: a note and its number
                    start, across, style = at, now, other
        yield self._found(start, last, style, glued=glued)

    def _across(self, at: int, style: _Style) -> float:
        x, y, _box = self._room
        pdfium.FPDFText_GetCharOrigin(self._page, at, x, y)
        return turned(x.value, y.value, style.angle)[1]

    def _found(self, first: int, last: int, style: _Style, *, glued: bool) -> _Found:
        page, (x, y, box) = self._page, self._room
        codes = self._codes[first : last + 1]
        ending = ""
        if codes[-1] == _LINE_HYPHEN and self._ends_line(last):
            codes.pop()
            ending = SOFT if _is_soft(page, last) else HYPHEN
        raw = "".join(map(chr, codes))
        if pdfium.FPDFText_HasUnicodeMapError(page, first) == 1:
            self.unread += len(raw)
        pdfium.FPDFText_GetCharOrigin(page, first, x, y)
        pdfium.FPDFText_GetLooseCharBox(page, last, box)
        return _Found(
            legible(raw, style.font, self._met) + ending,
            _within(x.value),
            _within(y.value),
            (_within(box.left), _within(box.bottom), _within(box.right), _within(box.top)),
            style,
            _address(page, last),
            glued,
        )

    def _style(self, at: int) -> _Style:
        """Return the style of a character, asked once for the stretch it is written in."""
        page = self._page
        written = pdfium.FPDFText_GetTextObject(page, at)
        address = ctypes.addressof(written.contents) if written else 0
        style = self._styles.get(address)
        if style is None:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(page, at, matrix)
            scale = _within(math.hypot(matrix.c, matrix.d)) or 1.0
            font = _font_name(written) if written else ""
            weight = pdfium.FPDFText_GetFontWeight(page, at)
            style = self._styles[address] = _Style(
                size=round(_within(pdfium.FPDFText_GetFontSize(page, at) * scale), 1),
                bold=bool(_BOLD_NAME.search(font)) or weight >= _BOLD_WEIGHT,
                angle=round(math.atan2(matrix.b, matrix.a), 2) if matrix.b else _upside(matrix.a),
                font=font,
                invisible=bool(written)
                and pdfium.FPDFTextObj_GetTextRenderMode(written)
                == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
            )
        return style


def turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """Return a point of the page once its words run from left to right."""
    if not angle:
        return x, y
    cosine, sine = math.cos(angle), math.sin(angle)
    return x * cosine + y * sine, y * cosine - x * sine


def _straight(word: _Found, angle: float, *, apart: bool) -> Word:
    style = word.style
    if not angle:
        return Word(
            word.text, word.x, word.end[2], word.y, style.size, style.bold, apart, word.glued
        )
    x, y = turned(word.x, word.y, angle)
    left, bottom, right, top = word.end
    corners = ((left, bottom), (left, top), (right, bottom), (right, top))
    end = max(turned(*corner, angle)[0] for corner in corners)
    return Word(word.text, x, end, y, style.size, style.bold, apart, word.glued)


def _within(length: float) -> float:
    """Return a length that a page can have, whatever a damaged file says."""
    return max(-_FAR, min(length, _FAR)) if math.isfinite(length) else 0.0


def _upside(along: float) -> float:
    """Return the angle of a line that is level: half a turn when it is written upside down."""
    return 3.14 if along < 0 else 0.0


def _address(page: Any, at: int) -> int:
    written = pdfium.FPDFText_GetTextObject(page, at)
    return ctypes.addressof(written.contents) if written else 0


def _is_soft(page: Any, at: int) -> bool:
    """Tell whether the file says that a hyphen stands for a soft one, and for nothing else."""
    written = pdfium.FPDFText_GetTextObject(page, at)
    for rank in range(pdfium.FPDFPageObj_CountMarks(written) if written else 0):
        mark = pdfium.FPDFPageObj_GetMark(written, rank)
        length, said = ctypes.c_ulong(), (ctypes.c_ushort * 2)()
        found = pdfium.FPDFPageObjMark_GetParamStringValue(
            mark, b"ActualText", said, ctypes.sizeof(said), length
        )
        # pdfium reads the soft hyphen of PDF's own encoding as nothing.
        if found and length.value == ctypes.sizeof(said) and said[0] in {0, ord(SOFT)}:
            return True
    return False


def _font_name(written: Any) -> str:
    font = pdfium.FPDFTextObj_GetFont(written)
    if not font:
        return ""
    name = ctypes.create_string_buffer(_NAME_BYTES)
    length = pdfium.FPDFFont_GetBaseFontName(font, name, _NAME_BYTES)
    return name.value.decode("utf-8", "replace") if length <= _NAME_BYTES else ""
