"""The texts that a bitmap carries beside its pixels."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats import limits
from cpit_research.wording import gettext as _

__all__ = ["PNG", "texts_of_image"]

#: First bytes of a PNG.
PNG: Final = b"\x89PNG\r\n\x1a\n"
_BARE: Final = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs", b"gAMA", b"cHRM", b"sRGB")


def texts_of_image(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the texts of a PNG: ``tEXt``, ``zTXt``, ``iTXt``, Exif, colour profile, and the rest.

    Other bitmaps keep theirs uncompressed, where a raw reading finds them.

    Raises
    ------
    FormatError
        If a chunk is cut short.

    References
    ----------
    W3C (2003). *Portable Network Graphics specification*, 2nd edition, § 11.3.4.
    """
    if not content.startswith(PNG):
        return
    position = len(PNG)
    while position < len(content):
        size = int.from_bytes(content[position : position + 4], "big")
        kind = content[position + 4 : position + 8]
        data = content[position + 8 : position + 8 + size]
        if len(kind) < 4 or len(data) < size:
            raise FormatError(_("{name}: the picture is cut short.").format(name=name))
        if kind not in _BARE:
            place = f"{name}, {kind.decode('latin-1')}"
            yield from ((place, text) for text in _texts(kind, data) if text)
        position += 12 + size
        if kind == b"IEND":
            yield f"{name}, {_('after the picture')}", content[position:].decode("latin-1")
            return


def _texts(kind: bytes, data: bytes) -> Iterator[str]:
    key, _null, rest = data.partition(b"\0")
    yield key.decode("latin-1")
    match kind:
        case b"tEXt":
            yield rest.decode("latin-1")
            yield rest.decode("utf-8", errors="replace")  # not allowed, and met
        case b"zTXt" | b"iCCP":
            yield _inflated(rest[1:]).decode("latin-1")
        case b"iTXt":
            packed = rest[:1] == b"\1"
            tag, _null, rest = rest[2:].partition(b"\0")
            translated, _null, text = rest.partition(b"\0")
            yield tag.decode("latin-1")
            yield translated.decode("utf-8", errors="replace")
            yield (_inflated(text) if packed else text).decode("utf-8", errors="replace")
        case _:
            yield data.decode("utf-8", errors="replace")
            yield data.decode("latin-1")


def _inflated(data: bytes) -> bytes:
    try:
        inflating = zlib.decompressobj()
        text = inflating.decompress(data, limits.ENTRY_BYTES)
    except zlib.error as error:
        raise FormatError(_("A compressed text of a picture cannot be read.")) from error
    if inflating.unconsumed_tail:
        raise FormatError(_("A compressed text of a picture inflates beyond the limit."))
    return text
