"""The seal of a row: a keyed digest of all its other values, so that no bit changes unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, Table, bindparam, insert, update

from cpit_research.text.digest import DIGEST_BYTES

__all__ = ["KEY", "add", "change", "columns_of", "sealer"]

#: Where a connection keeps the study's key.
KEY: Final = "cpit_key"


def columns_of(table: Table) -> tuple[str, ...]:
    """Return the names of the columns that a seal covers, in their order."""
    return tuple(column.name for column in table.columns if column.name != "seal")


def sealer(key: bytes) -> Callable[[Sequence[object]], bytes]:
    """Return the function that seals a row, given as a tuple of its values.

    The seal is the 16-byte keyed BLAKE2b digest of what ``ascii`` writes of the tuple: types and
    limits of the values are in it, and no version of Unicode.

    Examples
    --------
    >>> seal = sealer(b"secret")
    >>> seal(("V03", 1, None)).hex()
    '0e71edfff9ba3d01195fa09b4336cbbe'
    >>> seal(("V03", "1", None)) == seal(("V03", 1, None))
    False
    """
    begun = hashlib.blake2b(key=key, digest_size=DIGEST_BYTES)

    def seal(values: Sequence[object]) -> bytes:
        digest = begun.copy()
        digest.update(ascii(tuple(values)).encode("ascii"))
        return digest.digest()

    return seal


def add(connection: Connection, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows, each a tuple in the order of :func:`columns_of`, under their seals.

    The driver runs the statement itself: the rows of SQLAlchemy take as long again.
    """
    seal = sealer(connection.info[KEY])
    parameters = [(*row, seal(row)) for row in rows]
    if not parameters:
        return
    statement = insert(table).values(
        {name: bindparam(name) for name in (*columns_of(table), "seal")}
    )
    connection.exec_driver_sql(str(statement.compile(dialect=connection.dialect)), parameters)


def change(connection: Connection, table: Table, id: str, **values: object) -> None:
    """Change values of the one row of an id, and its seal."""
    columns = [table.c[name] for name in columns_of(table)]
    row = connection.execute(table.select().with_only_columns(*columns).where(table.c.id == id))
    changed = {**row.mappings().one(), **values}
    seal = sealer(connection.info[KEY])(tuple(changed[name] for name in columns_of(table)))
    connection.execute(update(table).where(table.c.id == id).values(**values, seal=seal))
