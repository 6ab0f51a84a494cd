"""PDFs written by hand, operator by operator, so that a test shows every one it is about."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["A4", "Page", "Pdf", "pdf", "shown", "typed"]

A4 = (595, 842)
_HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"


def shown(
    text: str,
    x: float = 72,
    y: float = 760,
    size: float = 11,
    *,
    font: str = "F1",
    matrix: str = "",
    mode: int = 0,
) -> str:
    """Return the operators that show `text` in Helvetica (F1), its bold (F2) or Unicode (F3)."""
    place = f"{matrix} {x} {y} Tm" if matrix else f"{x} {y} Td"
    if font == "F3":
        codes = text.encode("utf-16-be", "surrogatepass").hex()
        return f"BT {mode} Tr /F3 {size} Tf {place} <{codes}> Tj ET\n"
    escaped = "".join(
        f"\\{byte:03o}" if byte in b"\\()" or not 32 <= byte < 127 else chr(byte)
        for byte in text.encode("cp1252")
    )
    return f"BT {mode} Tr /{font} {size} Tf {place} ({escaped}) Tj ET\n"


def typed(
    lines: Iterable[str],
    x: float = 72,
    top: float = 760,
    size: float = 11,
    *,
    leading: float = 14,
    font: str = "F1",
) -> str:
    """Return the operators that show lines under one another; an empty one leaves its height."""
    return "".join(
        shown(line, x, top - leading * rank, size, font=font)
        for rank, line in enumerate(lines)
        if line
    )


@dataclass(frozen=True)
class Page:
    """Operators, annotations and entries of one page; a picture covers it when `picture`."""

    content: str = ""
    annotations: tuple[str, ...] = ()
    entries: str = ""
    picture: bool = False


@dataclass
class Pdf:
    """Objects in the order of their numbers."""

    objects: list[bytes] = field(default_factory=list)

    def add(self, body: str | bytes) -> int:
        """Add an object and return its number."""
        self.objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, content: bytes, entries: str = "") -> int:
        """Add a stream and return its number."""
        head = f"<< /Length {len(content)} {entries} >>\nstream\n".encode("latin-1")
        return self.add(head + content + b"\nendstream")

    def written(self, root: int, trailer: str = "") -> bytes:
        """Return the file."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, start=1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += "".join(f"{place:010} 00000 n \n" for place in places).encode()
        out += f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R {trailer} >>\n".encode()
        return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def pdf(
    pages: Sequence[Page | str],
    *,
    size: tuple[int, int] = A4,
    catalog: str = "",
    trailer: str = "",
    unicode: bool = True,
    extra: Sequence[str] = (),
    packed: bool = False,
) -> bytes:
    """Return a PDF of these pages.

    Objects 1 to 3 are the catalogue, the page tree and the resources; those of `extra` follow.
    Characters of F3 have codes that nothing translates unless `unicode`.
    """
    made = Pdf()
    made.add("")
    made.add("")
    made.add("")
    for body in extra:
        made.add(body)
    fonts = f"/F1 {made.add(_HELVETICA.format(name='Helvetica'))} 0 R "
    fonts += f"/F2 {made.add(_HELVETICA.format(name='Helvetica-Bold'))} 0 R "
    fonts += f"/F3 {_unicode_font(made, translated=unicode)} 0 R"
    image = made.stream(
        b"\xff",
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8",
    )
    made.objects[2] = f"<< /Font << {fonts} >> /XObject << /Im {image} 0 R >> >>".encode()
    kids = [
        _page(made, page if isinstance(page, Page) else Page(page), packed=packed) for page in pages
    ]
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    made.objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode("latin-1")
    made.objects[1] = (
        f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} /Resources 3 0 R "
        f"/MediaBox [0 0 {size[0]} {size[1]}] >>"
    ).encode()
    return made.written(1, trailer)


def _page(made: Pdf, page: Page, *, packed: bool) -> int:
    picture = "q 595 0 0 842 0 0 cm /Im Do Q\n" if page.picture else ""
    content = (picture + page.content).encode("latin-1")
    if packed:
        stream = made.stream(zlib.compress(content), "/Filter /FlateDecode")
    else:
        stream = made.stream(content)
    annotations = " ".join(f"{made.add(one)} 0 R" for one in page.annotations)
    return made.add(
        f"<< /Type /Page /Parent 2 0 R /Contents {stream} 0 R /Annots [{annotations}] "
        f"{page.entries} >>"
    )


def _unicode_font(made: Pdf, *, translated: bool) -> int:
    """Add a font whose codes are those of UTF-16, and the table that says so."""
    below = made.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Inconnue /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>"
    )
    ranges = "".join(
        f"1 beginbfrange\n<{high:02x}00> <{high:02x}ff> <{high:02x}00>\nendbfrange\n"
        for high in range(256)
    )
    table = made.stream(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def "
            "/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{ranges}endcmap end end"
        ).encode()
    )
    entry = f"/ToUnicode {table} 0 R" if translated else ""
    return made.add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Inconnue /Encoding /Identity-H "
        f"/DescendantFonts [{below} 0 R] {entry} >>"
    )
