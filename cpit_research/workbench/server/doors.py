"""Doors open on this machine: launched twice, a study is opened once.

What is kept is a file of this person alone: the port, and a secret of that one server. Whoever
finds it asks the port to prove that it knows the secret, and that this very study is on its desk,
before any browser goes there; then makes a link that opens once, for a minute.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from cpit_research.workbench.recent import data_folder
from cpit_research.workbench.server.kept import SECRET_BYTES, keep, kept

__all__ = ["HERE", "Door", "link_of"]

#: Where a door proves that it is the one.
HERE: Final = "/here"
#: Seconds during which a link made for a door opens it, and during which a door is waited for.
_LINK: Final = 60
_PATIENCE: Final = 2.0


@dataclass(slots=True)
class Door:
    """The door of one server.

    Parameters
    ----------
    port : int
        Where it listens.
    secret : bytes
        Known to it, and to whoever can read the files of this person.
    """

    port: int
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(SECRET_BYTES), repr=False)
    _used: set[str] = field(default_factory=set)
    _kept: set[Path] = field(default_factory=set)

    def proof(self, folder: Path | None, nonce: str) -> str:
        """Return what only this door can say, about the study that is on its desk."""
        return self._sign("here", f"{_named(folder)} {nonce}")

    def link(self) -> str:
        """Return an address that lets one browser in, once, within a minute."""
        stated = f"{int(time.time()):x}.{secrets.token_hex(16)}"
        return f"http://127.0.0.1:{self.port}/?token={stated}.{self._sign('link', stated)}"

    def opens(self, token: str) -> bool:
        """Tell whether a token is one of those links, not used yet."""
        stated, _dot, signature = token.rpartition(".")
        signed = self._sign("link", stated).encode()
        if not secrets.compare_digest(signature.encode("utf-8", "surrogateescape"), signed):
            return False
        made = int(stated.partition(".")[0], 16)
        if not 0 <= time.time() - made + 1 < _LINK or stated in self._used:
            return False
        self._used.add(stated)
        return True

    def keep(self, folder: Path | None) -> None:
        """Say where this door is, to whoever launches the same study."""
        place = _place(folder)
        keep(place, self.port, self.secret)
        self._kept.add(place)

    def forget(self) -> None:
        """Say no more where this door was."""
        for place in self._kept:
            if kept(place) == (self.port, self.secret):
                with suppress(OSError):
                    place.unlink()
        self._kept.clear()

    def _sign(self, purpose: str, words: str) -> str:
        stated = f"{purpose} {self.port} {words}".encode("utf-8", "surrogateescape")
        return hmac.new(self.secret, stated, "sha256").hexdigest()


def link_of(folder: Path | None) -> str | None:
    """Return a link to the door that is open on a study, None if there is none.

    Parameters
    ----------
    folder : Path or None
        The folder of the study; None for the first page.
    """
    known = kept(_place(folder))
    if known is None:
        return None
    door, nonce = Door(*known), secrets.token_hex(16)
    said = _asked(door.port, nonce)
    return door.link() if secrets.compare_digest(said, door.proof(folder, nonce)) else None


def _asked(port: int, nonce: str) -> str:
    """Ask a port what only a door can say; the secret itself is never sent."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", f"{HERE}?nonce={nonce}")
        return connection.getresponse().read(128).decode("ascii", "replace").replace("\ufffd", "?")
    except (OSError, HTTPException):
        return ""
    finally:
        connection.close()


def _named(folder: Path | None) -> str:
    return str(folder.resolve()) if folder is not None else ""


def _place(folder: Path | None) -> Path:
    name = hashlib.sha256(_named(folder).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return data_folder() / "open" / f"{name if folder is not None else 'home'}.json"
