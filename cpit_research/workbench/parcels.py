"""Files that a person hands to the workbench, and those that it hands to her."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from cpit_research.errors import InvalidInput, NotFound
from cpit_research.formats.limits import FILE_BYTES
from cpit_research.wording import gettext as _

__all__ = ["Parcels"]

#: Files received and not yet opened; the oldest leaves.
_HELD: Final = 4
_ID_BYTES: Final = 16


class Parcels:
    """What is received and what is handed over during one session, under names that no one guesses.

    A file received lies in a folder of this person alone, under a name that is not hers to choose,
    and leaves the machine with the session.
    """

    def __init__(self, limit: int = FILE_BYTES) -> None:
        self.limit = limit
        self._folder: Path | None = None
        self._received: dict[str, Path] = {}
        self._given: dict[str, Path] = {}

    async def receive(self, stream: AsyncIterator[bytes]) -> str:
        """Write what arrives to a file, and return its id.

        Raises
        ------
        InvalidInput
            If it weighs too much: nothing is left of it.
        """
        key = secrets.token_urlsafe(_ID_BYTES)
        place = self._own_folder() / f"{key}.zip"
        weight, whole = 0, False
        try:
            with place.open("xb") as file:
                async for piece in stream:
                    weight += len(piece)
                    if weight > self.limit:
                        raise InvalidInput(
                            _("This file weighs more than {limit} MB.").format(
                                limit=self.limit // 2**20
                            )
                        )
                    file.write(piece)
            whole = True
        finally:
            if not whole:
                place.unlink(missing_ok=True)
        self._received[key] = place
        while len(self._received) > _HELD:
            self.discard(next(iter(self._received)))
        return key

    def received(self, key: str) -> Path:
        """Return a file received.

        Raises
        ------
        NotFound
            If it is not there any more.
        """
        if key not in self._received:
            raise NotFound(_("This file is no longer here."), remedy=_("Choose it again."))
        return self._received[key]

    def discard(self, key: str) -> None:
        """Remove a file received."""
        place = self._received.pop(key, None)
        if place is not None:
            place.unlink(missing_ok=True)

    def give(self, path: Path) -> str:
        """Return the id under which a file that was written can be downloaded and shown."""
        key = secrets.token_urlsafe(_ID_BYTES)
        self._given[key] = path
        return key

    def given(self, key: str) -> Path:
        """Return a file that was written in this session.

        Raises
        ------
        NotFound
            If none bears that id, or it was taken away.
        """
        path = self._given.get(key)
        if path is None or not path.is_file():
            raise NotFound(_("This file is no longer here."))
        return path

    def close(self) -> None:
        """Leave nothing received on the machine."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder, self._received, self._given = None, {}, {}

    def _own_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="cpit-"))
        return self._folder
