"""One file that travels between copies of a study: its parts, what it says of itself, a seal.

The comment that ends the archive is the keyed digest of every byte before it: the same content
makes the same bytes, and one changed byte anywhere is found.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeVar

from cpit_research.errors import FormatError
from cpit_research.formats.archive import Archive
from cpit_research.formats.atomic import make_folder, replace_file
from cpit_research.formats.limits import FILE_BYTES
from cpit_research.formats.seal import stored
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

__all__ = ["FORMAT", "MANIFEST", "Parcel", "is_parcel", "read_parcel", "write_parcel"]

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
#: First bytes of every archive.
_ZIP: Final = b"PK"
_SEAL_BYTES: Final = 32
_SEAL: Final = 2 * _SEAL_BYTES
Read = TypeVar("Read")


class Parcel:
    """A file received: every part was counted while it inflated, and is what the manifest says.

    Parameters
    ----------
    path : Path
        The file.
    data : bytes
        All of it.

    Raises
    ------
    FormatError
        If it is no parcel, is truncated or damaged, or was written by a newer program.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self._data = data
        if data and not data.startswith(_ZIP):
            raise self.refused(_unknown().what)
        try:
            archive = Archive(data)
            self.manifest = _manifest(archive.read(MANIFEST) if MANIFEST in archive else b"")
            self._parts = {name: archive.read(name) for name in archive.names if name != MANIFEST}
        except FormatError as error:
            raise self.refused(error.what, _again() if error.remedy else "") from error
        if self.manifest["format"] > FORMAT:
            raise self.refused(
                _("This file was written by a newer version of the program (format {n}).").format(
                    n=self.manifest["format"]
                ),
                _("Update cpit_research to read it."),
            )
        if {name: _digest(part) for name, part in self._parts.items()} != self.manifest["parts"]:
            raise self.damaged()

    @property
    def kind(self) -> str:
        """What it is: ``"lot"`` or ``"bundle"``."""
        return str(self.manifest["kind"])

    @property
    def parts(self) -> Mapping[str, bytes]:
        """Every part by its name; a name is never a path."""
        return self._parts

    def check_seal(self, key: bytes) -> None:
        """Refuse a file of which one byte has changed since it was sealed under `key`."""
        if not hmac.compare_digest(self._data[-_SEAL:], _seal(self._data[:-_SEAL], key)):
            raise self.damaged()

    def read(self, decode: Callable[[], Read]) -> Read:
        """Return what `decode` makes of its parts, or refuse the file as damaged."""
        try:
            return decode()
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            if isinstance(error, FormatError):
                raise
            raise self.damaged() from error

    def damaged(self) -> FormatError:
        """Return the sentence for a file that is not the one that was written."""
        return self.refused(
            _("This file is damaged, or was changed since it was written."),
            _again(),
        )

    def refused(self, what: str, remedy: str = "") -> FormatError:
        """Return the sentence that refuses the file."""
        return FormatError(
            what, path=str(self.path), where=_("File: {path}.").format(path=self.path),
            remedy=remedy,
        )  # fmt: skip


def write_parcel(
    path: Path, manifest: Mapping[str, Any], parts: Mapping[str, bytes], key: bytes
) -> None:
    """Write a parcel, whole or not at all.

    Parameters
    ----------
    path : Path
        The file.
    manifest : mapping
        What it says of itself, ``kind`` included.
    parts : mapping of str to bytes
        Its parts.
    key : bytes
        The study's key.
    """
    digests = {name: _digest(part) for name, part in parts.items()}
    stated = {"format": FORMAT, **manifest, "parts": digests}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(stored(MANIFEST), json.dumps(stated, ensure_ascii=False, indent=1))
        for name in sorted(parts):
            archive.writestr(stored(name), parts[name])
        archive.comment = b"0" * _SEAL
    unsealed = buffer.getvalue()[:-_SEAL]
    make_folder(path.parent)
    replace_file(path, unsealed + _seal(unsealed, key))


def read_parcel(path: Path) -> Parcel:
    """Read a parcel, trusting nothing that it says of itself.

    Raises
    ------
    FormatError
        If it cannot be read, is no parcel, is damaged, or was written by a newer program.
    """
    try:
        heavy = path.stat().st_size > FILE_BYTES
        data = b"" if heavy else path.read_bytes()
    except OSError as error:
        raise FormatError(
            _("{name} cannot be opened: {reason}.").format(name=path.name, reason=reason_of(error)),
            path=str(path),
        ) from error
    if heavy:
        raise FormatError(
            _("{name} weighs more than {limit} MB.").format(
                name=path.name, limit=FILE_BYTES // 2**20
            ),
            path=str(path),
        )
    return Parcel(path, data)


def is_parcel(name: str) -> bool:
    """Tell whether a file bears the suffix of parcels."""
    return Path(name).suffix.lower() == ".zip"


def _unknown() -> FormatError:
    return FormatError(_("This file is neither a lot nor a bundle of a study."))


def _again() -> str:
    return _("Ask for it again, and send it as it is.")


def _manifest(content: bytes) -> dict[str, Any]:
    unknown = _unknown()
    try:
        stated = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise unknown from error
    kinds = {"kind": str, "format": int, "study": str, "coder": str, "parts": dict}
    if not isinstance(stated, dict) or any(
        type(stated.get(name)) is not kind for name, kind in kinds.items()
    ):
        raise unknown
    return stated


def _digest(part: bytes) -> str:
    return hashlib.sha256(part).hexdigest()


def _seal(unsealed: bytes, key: bytes) -> bytes:
    made = hashlib.blake2b(unsealed, key=key, digest_size=_SEAL_BYTES)
    return made.hexdigest().encode("ascii")
