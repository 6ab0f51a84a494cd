"""What keeps a study database from being read or written, in a sentence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DatabaseError, ProgrammingError

from cpit_research.errors import Conflict, FormatError
from cpit_research.wording import gettext as _

__all__ = ["busy", "restore_it", "telling"]

_HELD: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_TWICE: Final = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
_SHOWN: Final = 120


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Say in a sentence what keeps the file at `path` from being read or written.

    Raises
    ------
    FormatError
        If it is damaged, or the system refuses.
    Conflict
        If another process keeps it, or has just written the same thing.
    """
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:  # the driver may be asked itself
        told = error.orig if isinstance(error, DatabaseError) else error
        code = getattr(told, "sqlite_errorcode", 0)
        if code in _TWICE:
            raise _overtaken() from error
        if isinstance(error, ProgrammingError) or code & 0xFF == sqlite3.SQLITE_CONSTRAINT:
            raise
        if code & 0xFF in _HELD:
            raise busy() from error
        raise _refusal(code & 0xFF, str(told), path) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:  # a value that we wrote otherwise
        raise _refusal(sqlite3.SQLITE_CORRUPT, str(error), path) from error


def _refusal(code: int, reason: str, path: Path) -> FormatError:
    """Return the sentence for a file that is damaged, or that the system refuses."""
    reasons = {
        sqlite3.SQLITE_CORRUPT: _("the file is damaged"),
        sqlite3.SQLITE_NOTADB: _("the file is damaged"),
        sqlite3.SQLITE_READONLY: _("the file or its folder cannot be written"),
        sqlite3.SQLITE_CANTOPEN: _("the file or its folder cannot be opened"),
        sqlite3.SQLITE_PERM: _("access is denied"),
        sqlite3.SQLITE_FULL: _("the disk is full"),
        sqlite3.SQLITE_IOERR: _("the disk does not answer well"),
    }
    damaged = code not in reasons or code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    return FormatError(
        _("The study database cannot be used: {reason}.").format(
            reason=reasons.get(code, reason[:_SHOWN])
        ),
        path=str(path),
        where=_("File: {path}.").format(path=path),
        remedy=restore_it()
        if damaged
        else _("Check the folder, your rights on it and the free space."),
    )


def restore_it() -> str:
    """Return what to do with a damaged database."""
    return _(
        "Restore a backup: “cpit restore”. Without one, put the file aside, never delete it: all "
        "that is in data/raw (notes, coding sheets, findings) can be read again; what is only in "
        "the database is lost."
    )


def _overtaken() -> Conflict:
    """Return the sentence for what another process has written since the study was read."""
    return Conflict(
        _("Another process has just written the same thing in this study."),
        remedy=_("Nothing was written here: start again."),
    )


def busy() -> Conflict:
    """Return the sentence for a database that another process keeps."""
    return Conflict(
        _("Another process keeps the database of this study."),
        remedy=_("Wait until it has finished, then start again."),
    )
