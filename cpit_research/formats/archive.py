"""Opening a zip archive that someone sent, trusting nothing it says of itself.

The archive stays in memory: no name it holds is ever used as a path, and each entry is counted
while it inflates, whatever size its header announces.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.limits import ARCHIVE_BYTES, ARCHIVE_ENTRIES, ENTRY_BYTES
from cpit_research.wording import gettext as _

__all__ = [
    "OLE_MAGIC",
    "ZIP_MAGIC",
    "Archive",
    "Entry",
    "announced",
    "part_name",
    "refuse_compound",
]

ZIP_MAGIC: Final = b"PK\x03\x04"
#: Microsoft's compound file: an old .doc, or a .docx under a password.
OLE_MAGIC: Final = bytes.fromhex("d0cf11e0")

_ENTRY_MARK: Final = b"PK\x01\x02"
_LOCAL_HEADER: Final = 30
_ENCRYPTED: Final = 0x1
_READABLE_ERRORS: Final = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError)


class Archive:
    """The entries of a zip archive held in memory.

    Parameters
    ----------
    data : bytes
        The whole file.

    Raises
    ------
    FormatError
        If it is not an archive, is truncated, encrypted or damaged, holds too many entries
        or two of the same name.
    """

    __slots__ = ("_data", "_entries", "_left")

    def __init__(self, data: bytes) -> None:
        refuse_compound(data)
        # Counted before anything is built for an entry; no count of the file is trusted.
        if data.count(_ENTRY_MARK) > ARCHIVE_ENTRIES:
            raise _too_many_entries()
        self._data = memoryview(data)
        self._left = ARCHIVE_BYTES
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in _directory(data):
            if entry.flag_bits & _ENCRYPTED:
                raise FormatError(
                    _("The file is protected by a password."),
                    remedy=_("Remove the password and save it again."),
                )
            name = part_name(entry.filename)
            if name in self._entries:
                raise FormatError(
                    _("The archive holds two entries named “{name}”.").format(name=entry.filename),
                    remedy=_("Open it in its application and save it again."),
                )
            self._entries[name] = entry

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the entries, as they are looked up."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """Return the bytes of the entry `name`, counted while they inflate.

        Raises
        ------
        FormatError
            If there is no such entry, or if it is damaged, or too large.
        """
        inflated = self.entry(name).inflate(min(ENTRY_BYTES, self._left))
        self._left -= len(inflated)
        return inflated

    def entry(self, name: str) -> Entry:
        """Return the entry `name` as it is packed.

        Raises
        ------
        FormatError
            If there is no such entry, or if it is truncated.
        """
        found = self._entries.get(part_name(name))
        if found is None:
            raise FormatError(
                _("The archive lacks its part “{name}”.").format(name=name),
                remedy=_("Open it in its application and save it again."),
            )
        start = found.header_offset
        header = bytes(self._data[start : start + _LOCAL_HEADER]) if start >= 0 else b""
        if len(header) < _LOCAL_HEADER or not header.startswith(ZIP_MAGIC):
            raise _damaged(found.filename)
        start += _LOCAL_HEADER
        start += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        packed = bytes(self._data[start : start + found.compress_size])
        if len(packed) < found.compress_size:
            raise _damaged(found.filename)
        return Entry(found.filename, packed, found.compress_type, found.file_size, found.CRC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is packed; equal entries inflate to equal bytes."""

    name: str
    packed: bytes
    method: int
    size: int
    crc: int

    def inflate(self, limit: int = ENTRY_BYTES) -> bytes:
        """Return at most `limit` bytes, counted while they inflate.

        Raises
        ------
        FormatError
            If there are more, or if they are not what the archive announced.
        """
        if self.size > limit:  # said beforehand: nothing has to inflate to be refused
            raise self._beyond(limit)
        if self.method == zipfile.ZIP_STORED:
            inflated, whole = self.packed, True
        elif self.method == zipfile.ZIP_DEFLATED:
            inflated, whole = _inflated(self.packed, limit, self.name)
        else:
            raise FormatError(
                _("The part “{name}” is compressed in a way that is not read.").format(
                    name=self.name
                ),
                remedy=_("Open it in its application and save it again."),
            )
        if len(inflated) > limit:
            raise self._beyond(limit)
        if not whole or len(inflated) != self.size or zlib.crc32(inflated) != self.crc:
            raise _damaged(self.name)
        return inflated

    def _beyond(self, limit: int) -> FormatError:
        return FormatError(
            _("The part “{name}” inflates beyond {limit} MB.").format(
                name=self.name, limit=limit // 2**20
            )
        )


def announced(data: bytes) -> int:
    """Return at least the bytes that the entries of an archive say they inflate to.

    Nothing is opened: whatever looks like an entry counts, so that ``0`` means no archive.
    """
    total, at = 0, data.find(_ENTRY_MARK)
    while at >= 0:
        total += int.from_bytes(data[at + 24 : at + 28], "little")
        at = data.find(_ENTRY_MARK, at + 1)
    return total


def part_name(name: str) -> str:
    r"""Return the name under which a part is looked up: names are alike whatever their case.

    Examples
    --------
    >>> part_name("/Word\\Document.xml")
    'word/document.xml'
    """
    return name.replace("\\", "/").lstrip("/").lower()


def refuse_compound(data: bytes) -> None:
    """Refuse Microsoft's old compound files, each with its own sentence.

    Raises
    ------
    FormatError
        If the bytes are an old Word document or a document under a password.
    """
    if not data.startswith(OLE_MAGIC):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FormatError(
            _("The file is protected by a password."),
            remedy=_("Remove the password and save it again."),
        )
    raise FormatError(
        _("This is a document of an old Word (.doc)."),
        remedy=_("Open it in Word or LibreOffice and save it as .docx."),
    )


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    except _READABLE_ERRORS as error:
        raise FormatError(
            _("The file is truncated or damaged: its list of contents cannot be read."),
            remedy=_("Ask for it again, or open it in its application and save it again."),
        ) from error
    if len(entries) > ARCHIVE_ENTRIES:
        raise _too_many_entries()
    return entries


def _inflated(packed: bytes, limit: int, name: str) -> tuple[bytes, bool]:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflated = machine.decompress(packed, limit + 1)
    except zlib.error as error:
        raise _damaged(name) from error
    return inflated, machine.eof


def _damaged(name: str) -> FormatError:
    return FormatError(
        _("The part “{name}” of the file is truncated or damaged.").format(name=name),
        remedy=_("Ask for it again, or open it in its application and save it again."),
    )


def _too_many_entries() -> FormatError:
    return FormatError(
        _("The archive holds more than {limit} entries.").format(limit=ARCHIVE_ENTRIES)
    )
