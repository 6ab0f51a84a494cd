"""The one way in which use cases change the study database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cpit_research.study.backups import keep_daily

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["writing"]


@contextmanager
def writing(study: Study) -> Iterator[Connection]:
    """Give a connection whose work is kept whole, or not at all.

    Before the first change of a day, a copy of the study is kept in ``data/backups``.

    Raises
    ------
    FormatError
        If the database cannot be read or written.
    Conflict
        If another process keeps it, or has just written the same thing.
    """
    database = study.shelf.database
    keep_daily(study)
    with database.writing() as connection:
        yield connection
