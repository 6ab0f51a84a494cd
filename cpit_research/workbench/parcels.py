"""Files that a person hands to the workbench, and those that it hands to her."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from cpit_research.errors import FormatError, InvalidInput, NotFound
from cpit_research.formats.limits import FILE_BYTES
from cpit_research.formats.written.launcher_file import file_name
from cpit_research.wording import gettext as _
from cpit_research.workbench.passing import passing_folder

__all__ = ["Parcels"]

#: Files received and not yet opened; the oldest leaves.
_HELD: Final = 4
_ID_BYTES: Final = 16
_NAMELESS: Final = "recu"


class Parcels:
    """What is received and what is handed over during one session, under names that no one guesses.

    A file received lies in a folder of this person alone, and leaves the machine with the session.
    """

    def __init__(self, limit: int = FILE_BYTES) -> None:
        self.limit = limit
        self._folder: Path | None = None
        self._at_end = ExitStack()
        self._received: dict[str, Path] = {}
        self._given: dict[str, Path] = {}

    async def receive(self, stream: AsyncIterator[bytes], name: str = "") -> str:
        """Write what arrives to a file, and return its id; sentences call it by its name.

        Raises
        ------
        InvalidInput
            If it weighs too much: nothing is left of it.
        """
        key = secrets.token_urlsafe(_ID_BYTES)
        place = self._own_folder() / key / f"{file_name(Path(name).stem) or _NAMELESS}.zip"
        place.parent.mkdir()
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
                shutil.rmtree(place.parent, ignore_errors=True)
        self._received[key] = place
        while len(self._received) > _HELD:
            self.discard(next(iter(self._received)))
        return key

    @contextmanager
    def received(self, key: str) -> Iterator[Path]:
        """Give a file received; what refuses it does not say where it lay meanwhile.

        Raises
        ------
        NotFound
            If it is not there any more.
        """
        if key not in self._received:
            raise NotFound(_("This file is no longer here."), remedy=_("Choose it again."))
        place = self._received[key]
        try:
            yield place
        except FormatError as error:
            if str(place) not in error.where:
                raise
            raise FormatError(
                error.what, exists=error.exists, remedy=error.remedy, faults=error.faults
            ) from error

    def discard(self, key: str) -> None:
        """Remove a file received."""
        place = self._received.pop(key, None)
        if place is not None:
            shutil.rmtree(place.parent, ignore_errors=True)

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
        self._at_end.close()
        self._folder, self._received, self._given = None, {}, {}

    def _own_folder(self) -> Path:
        if self._folder is None:
            self._folder = self._at_end.enter_context(passing_folder())
        return self._folder
