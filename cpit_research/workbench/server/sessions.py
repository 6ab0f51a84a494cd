"""Who may come in: a link that opens once, then a cookie, then a key for each page."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cpit_research.workbench.server.doors import Door

__all__ = ["Sessions"]

#: A browser that is never closed has to be let in again after as many seconds.
_LIFE: Final = 30 * 86_400


@dataclass(slots=True)
class Sessions:
    """The link that lets one browser in, and the cookies of those that came.

    A cookie is signed, not remembered: whoever holds it is known again when the server was
    stopped and started anew, as long as the secret is the same.

    Parameters
    ----------
    secret : bytes
        Signs cookies and keys.
    port : int
        Browsers send cookies to every port of a machine: its name tells ours apart.
    entered : callable
        Told the next link each time one was used.
    door : Door or None
        Makes the links of a second launch, each of which opens once too.
    """

    secret: bytes = field(repr=False)
    port: int
    entered: Callable[[str], object] = lambda _link: None
    door: Door | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def cookie(self) -> str:
        """Name of the cookie."""
        return f"cpit-{self.port}"

    @property
    def link(self) -> str:
        """Address that lets one browser in, once."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    def exchange(self, token: str) -> str | None:
        """Return a new cookie for the token of the link, which then opens nothing any more."""
        if self.door is None or not self.door.opens(token):
            if not _same(token, self.token):
                return None
            self.token = secrets.token_urlsafe(32)
            self.entered(self.link)
        stated = f"{int(time.time()):x}.{secrets.token_hex(16)}"
        return f"{stated}.{self._sign('cookie', stated)}"

    def knows(self, cookie: str) -> bool:
        """Tell whether a cookie was given here, not too long ago."""
        stated, _dot, signature = cookie.rpartition(".")
        if not _same(signature, self._sign("cookie", stated)):
            return False
        given = int(stated.partition(".")[0], 16)
        return 0 <= time.time() - given + 1 < _LIFE

    def key(self, cookie: str) -> str:
        """Return what the pages of a session must say with every call."""
        return self._sign("key", cookie)

    def _sign(self, purpose: str, words: str) -> str:
        stated = f"{purpose} {self.port} {words}".encode("utf-8", "surrogateescape")
        return hmac.new(self.secret, stated, "sha256").hexdigest()


def _same(one: str, other: str) -> bool:
    """Compare in a time that tells nothing."""
    return secrets.compare_digest(
        one.encode("utf-8", "surrogateescape"), other.encode("utf-8", "surrogateescape")
    )
