"""Whole copies of a study database: made while it is in use, verified, put back."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.store.refusals import busy, telling
from cpit_research.store.schema import APPLICATION_ID, SCHEMA_VERSION
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _

__all__ = ["copy_database", "put_back", "set_aside", "verify_copy"]

_BUSY_SECONDS: Final = 10.0
#: What SQLite keeps beside a database that was being written.
_JOURNAL: Final = "-journal"


def copy_database(path: Path, target: Path) -> None:
    """Write at `target` a copy of the database at `path`, whole or not at all.

    The copy is one state of the study, whoever writes meanwhile.

    Raises
    ------
    FormatError
        If the database cannot be read or the copy cannot be written.
    Conflict
        If another process keeps the database.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    with telling(target):
        try:
            # Made first, for its owner alone: it holds what the study holds.
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(_opened(path, "rw")) as source, closing(_opened(temporary, "rw")) as copy:
                source.backup(copy, progress=_patience())
            with temporary.open("rb+") as written:
                os.fsync(written.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
            temporary.with_name(temporary.name + _JOURNAL).unlink(missing_ok=True)


def verify_copy(path: Path, key: bytes, *, in_use: bool = False) -> None:
    """Refuse a file that is not a sound database of this study.

    Parameters
    ----------
    path : Path
        The file.
    key : bytes
        The study's key, which the digests of its texts need.
    in_use : bool
        Whether it is the database itself, in which an interrupted change is first undone.

    Raises
    ------
    FormatError
        If it is damaged, not a study, of another study, or of a newer program.
    Conflict
        If another process keeps it.
    """
    with telling(path), closing(_opened(path, "rw" if in_use else "ro")) as copy:
        (made_by,) = copy.execute("PRAGMA application_id").fetchone()
        (version,) = copy.execute("PRAGMA user_version").fetchone()
        if made_by != APPLICATION_ID or not 1 <= version <= SCHEMA_VERSION:
            raise _refused(path, _("This file is not a study that this program can read."))
        (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise _refused(path, _("This copy is damaged: {fault}.").format(fault=found))
        rows = copy.execute("SELECT text, digest FROM text_version")
        if any(passage_digest(text, key) != digest for text, digest in rows):
            raise _refused(path, _("This copy is damaged, or is one of another study."))


def put_back(copy: Path, path: Path) -> None:
    """Make the database at `path` what `copy` holds, in one transaction.

    Whoever has the study open sees either state, and goes on with the new one.

    Raises
    ------
    FormatError
        If the copy cannot be read or the database cannot be written.
    Conflict
        If another process keeps the database.
    """
    with (
        telling(path),
        closing(_opened(copy, "ro")) as source,
        closing(_opened(path, "rwc")) as database,
    ):
        database.execute("PRAGMA synchronous=FULL")
        database.execute("PRAGMA secure_delete=ON")
        source.backup(database, progress=_patience())


def set_aside(path: Path, target: Path) -> Path | None:
    """Move a database that cannot be read, with its journal; return where, if there was one.

    A journal left behind would be played back into the next database of that name.
    """
    moved = None
    for suffix in (_JOURNAL, ""):
        file = path.with_name(path.name + suffix)
        if file.exists():
            moved = file.replace(target.with_name(target.name + suffix))
    return moved


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)


def _patience() -> Callable[[int, int, int], None]:
    """Return what is called at each step of a copy, and gives up when it waits too long."""
    end = monotonic() + _BUSY_SECONDS

    def waited(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and monotonic() > end:
            raise busy()

    return waited


def _refused(path: Path, what: str) -> FormatError:
    return FormatError(
        what,
        path=str(path),
        where=_("File: {path}.").format(path=path),
        remedy=_("Restore another one: “cpit backups” lists them."),
    )
