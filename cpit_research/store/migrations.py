"""From each format of the database to the next, in the transaction that opens it.

Tables are never made again: SQLite would silently drop their guards. A migration that writes in
a guarded table takes its guards away and puts them back, word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection

from cpit_research.errors import FormatError
from cpit_research.store.schema import GUARDS, metadata
from cpit_research.store.sealing import KEY, columns_of, sealer
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _

__all__ = ["MIGRATIONS", "SEAL_ADDED"]

_SEAL: Final = "seal BLOB NOT NULL"
_EMPTY: Final = "DEFAULT x''"
#: How SQLite declares a column added to a table, and how a table made with it does.
SEAL_ADDED: Final = (f", {_SEAL} {_EMPTY}", f", \n\t{_SEAL}")
_TABLES: Final = ("source", "text_version", "reading", "event", "event_replaces")


def seal_every_row(connection: Connection) -> None:
    """Format 2: every row is sealed, and events are found by subject, text and successor.

    Texts are verified first: a seal must never make good what was already damaged.
    """
    _verify_texts(connection)
    with _unguarded(connection):
        for name in _TABLES:
            connection.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN {_SEAL} {_EMPTY}")
            _seal(connection, name)
            for index in metadata.tables[name].indexes:
                index.create(connection)


#: What leads to each format from the one before.
MIGRATIONS: Final[Mapping[int, Callable[[Connection], None]]] = {2: seal_every_row}


def _seal(connection: Connection, name: str) -> None:
    seal = sealer(connection.info[KEY])
    columns = ", ".join(f'"{column}"' for column in columns_of(metadata.tables[name]))
    rows = connection.exec_driver_sql(f"SELECT rowid, {columns} FROM {name}")  # noqa: S608  ours
    sealed = [(seal(tuple(row[1:])), row[0]) for row in rows]
    if sealed:
        statement = f"UPDATE {name} SET seal = ? WHERE rowid = ?"  # noqa: S608  ours
        connection.exec_driver_sql(statement, sealed)


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    for name in GUARDS:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for guard in GUARDS.values():
        connection.exec_driver_sql(guard)


def _verify_texts(connection: Connection) -> None:
    key = connection.info[KEY]
    rows = connection.exec_driver_sql("SELECT id, source, text, digest FROM text_version")
    for version, source, words, digest in rows:
        if digest != passage_digest(words, key):
            raise FormatError(
                _("Text {version} of document {source} is not the one that was read.").format(
                    version=version[:12], source=source
                ),
                remedy=_("Restore a backup: a damaged study is not brought to the new format."),
            )
