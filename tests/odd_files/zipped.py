"""Archives whose bytes are the same each time."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

__all__ = ["archive", "flagged"]


def archive(
    entries: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]], *, stored: bool = False
) -> bytes:
    """Return a zip archive of `entries`, in order and without date."""
    listed = entries.items() if isinstance(entries, Mapping) else entries
    buffer = BytesIO()
    with ZipFile(buffer, "w") as opened:
        for name, content in listed:
            entry = ZipInfo(name)
            entry.filename = name  # a backslash stays one
            entry.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
            opened.writestr(entry, content)
    return buffer.getvalue()


def flagged(data: bytes) -> bytes:
    """Return an archive whose first entry says that it is under a password."""
    changed = bytearray(data)
    changed[changed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)
