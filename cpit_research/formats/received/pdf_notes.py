"""Asking pdfium for what was written over a page: comments, highlights, form fields."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import pypdfium2.raw as pdfium

from cpit_research.formats.received.pdf_page import Note, Word
from cpit_research.formats.received.pdf_words import turned

__all__ = ["fields_of", "notes_of", "with_fields"]

_MARKED: Final = {
    pdfium.FPDF_ANNOT_HIGHLIGHT: "highlight",
    pdfium.FPDF_ANNOT_UNDERLINE: "highlight",
    pdfium.FPDF_ANNOT_SQUIGGLY: "highlight",
    pdfium.FPDF_ANNOT_STRIKEOUT: "deletion",
}
_COMMENTED: Final = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_STAMP,
        pdfium.FPDF_ANNOT_SQUARE,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_INK,
        pdfium.FPDF_ANNOT_LINE,
        pdfium.FPDF_ANNOT_POLYGON,
        pdfium.FPDF_ANNOT_POLYLINE,
        *_MARKED,
    }
)
_TICKED: Final = frozenset({pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON})
_WRITTEN: Final = frozenset(
    {
        pdfium.FPDF_FORMFIELD_TEXTFIELD,
        pdfium.FPDF_FORMFIELD_COMBOBOX,
        pdfium.FPDF_FORMFIELD_LISTBOX,
    }
)
_TICK: Final = "☒"
_SIZE: Final = 10.0
_LINE: Final = 1.2
#: In sizes: how far from the baseline of its label a field may stand.
_LEVEL: Final = 0.6
_LONGEST: Final = 1_000_000


def notes_of(page: Any, textpage: Any, angle: float) -> Iterator[Note]:
    """Yield the comments of a page, and the words that were highlighted or struck out."""
    for annotation, kind in _annotations(page):
        if kind not in _COMMENTED:
            continue
        written = _string(annotation, b"Contents").strip()
        author = _string(annotation, b"T").strip()
        left, bottom, right, top = _box(annotation)
        height = turned((left + right) / 2, (bottom + top) / 2, angle)[1]
        if kind in _MARKED:
            marked = " ".join(_marked(annotation, textpage).split())
            if marked:
                yield Note("highlight", marked, author, height)
            if written == marked:
                continue
        if written:
            yield Note("comment", written, author, height)


def fields_of(page: Any, forms: Any, angle: float) -> Iterator[Word]:
    """Yield the values of the form fields of a page, where they are shown."""
    for annotation, kind in _annotations(page):
        if kind != pdfium.FPDF_ANNOT_WIDGET:
            continue
        held = pdfium.FPDFAnnot_GetFormFieldType(forms, annotation)
        value = ""
        if held in _TICKED:
            value = _TICK if pdfium.FPDFAnnot_IsChecked(forms, annotation) else ""
        elif held in _WRITTEN:
            value = _value(forms, annotation)
        lines = [line for line in value.replace("\r", "\n").split("\n") if line.strip()]
        left, bottom, right, top = _box(annotation)
        size = min(_SIZE, (top - bottom) / max(len(lines), 1) / _LINE) or _SIZE
        free = (top - bottom) - _LINE * size * len(lines)
        for rank, line in enumerate(lines, start=1):
            y = top - free / 2 - _LINE * size * rank + 0.3 * size
            (x, height), (end, _height) = turned(left, y, angle), turned(right, y, angle)
            yield Word(
                " ".join(line.split()),
                x,
                max(x, end),
                height,
                round(size, 1),
                bold=False,
                apart=True,
            )


def with_fields(words: Sequence[Word], fields: Iterable[Word]) -> list[Word]:
    """Return the words of a page, each field after what stands on its left, or else above it."""
    page = list(words)
    for field in fields:
        beside = [
            (word.left, at)
            for at, word in enumerate(page)
            if _level(word, field) and word.left < field.left
        ]
        above = [
            (-word.baseline, at) for at, word in enumerate(page) if word.baseline > field.baseline
        ]
        if beside:
            at = max(beside)[1]
            on_line = field._replace(baseline=page[at].baseline, size=page[at].size)
            page.insert(at + 1, on_line)
        else:
            page.insert(max(above)[1] + 1 if above else 0, field)
    return page


def _level(word: Word, field: Word) -> bool:
    return abs(word.baseline - field.baseline) <= _LEVEL * word.size


def _annotations(page: Any) -> Iterator[tuple[Any, int]]:
    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        if not annotation:
            continue
        try:
            yield annotation, pdfium.FPDFAnnot_GetSubtype(annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _string(annotation: Any, key: bytes) -> str:
    return _wide(
        lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    )


def _wide(ask: Callable[[Any, int], int]) -> str:
    """Return the UTF-16 string that pdfium writes, with its final zero, in a buffer."""
    size = min(ask(None, 0), _LONGEST)
    if size < 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").replace("\x00", "")


def _value(forms: Any, annotation: Any) -> str:
    return _wide(
        lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(forms, annotation, buffer, size)
    )


def _box(annotation: Any) -> tuple[float, float, float, float]:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    return box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)


def _marked(annotation: Any, textpage: Any) -> str:
    """Return the words under a highlight."""
    corners = pdfium.FS_QUADPOINTSF()
    found = []
    for at in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        if not pdfium.FPDFAnnot_GetAttachmentPoints(annotation, at, corners):
            continue
        across = (corners.x1, corners.x2, corners.x3, corners.x4)
        up = (corners.y1, corners.y2, corners.y3, corners.y4)
        area = (min(across), max(up), max(across), min(up))
        number = pdfium.FPDFText_GetBoundedText(textpage, *area, None, 0)
        buffer = (ctypes.c_ushort * max(number, 1))()
        pdfium.FPDFText_GetBoundedText(textpage, *area, buffer, number)
        found.append(bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00"))
    return " ".join(found)
