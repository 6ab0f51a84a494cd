"""What a study holds, to be compared: its rows as they are, or what people would say it holds."""

import hashlib
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from cpit_research.study.study import Study

JOURNAL = "study.sqlite-journal"


def database_of(folder: Path) -> Path:
    """The database of a study folder."""
    return folder / "data" / "study.sqlite"


def rows_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table and every word of the schema; a BLOB stays a BLOB."""
    with closing(sqlite3.connect(database_of(folder))) as connection:
        connection.text_factory = bytes  # bytes that are no text any more are read all the same
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        tables = [name.decode() for kind, name, _sql in schema if kind == b"table"]
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    return {"": sorted(schema, key=repr)} | {name: sorted(rows[name], key=repr) for name in rows}


def state_of(folder: Path) -> str:
    """A digest of every row, the same for the same work done with the same clock and ids."""
    return hashlib.sha256(repr(sorted(rows_of(folder).items())).encode()).hexdigest()


def held_by(study: Study) -> dict[str, object]:
    """What is in the study, without ids of chance and times: texts, codings, memos, files."""
    rows = rows_of(study.folder)
    codings = study.codings()
    raw = study.shelf.raw
    return {
        "texts": [(source.path, source.text) for source in study.corpus],
        "rows": {name: len(rows[name]) for name in ("source", "text_version", "event")},
        "codings": Counter((c.segment, c.code, c.coder, codings.quote(c)) for c in codings),
        "left_out": dict(codings.left_out),
        "memos": Counter((memo.segment, memo.words, memo.author) for memo in study.memos),
        "files": {
            path.relative_to(raw).as_posix(): path.read_bytes()
            for path in raw.rglob("*")
            if path.is_file()
        },
    }
