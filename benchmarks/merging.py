"""Merging a bundle of every coding: beside storing the same rows, by the library and by sqlite3."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator

from field import CODER
from place import Place
from stopwatch import Row, compare

import cpit_research as cpit
from cpit_research.store.codings import append_rows


def measure(place: Place) -> Iterator[Row]:
    """Write a bundle of the whole campaign, then merge it where nothing was coded yet."""
    whole = cpit.open_study(place.study)
    bundle = place.folder / "bundle.zip"
    database = place.study / "data" / "study.sqlite"
    with sqlite3.connect(database) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(event)")][:-1]
        named = ", ".join(f'"{name}"' for name in columns)
        rows = connection.execute(f"SELECT {named} FROM event").fetchall()
    yield compare(
        "write a bundle", len(rows), "events", lambda: whole.bundle_export(CODER, to=bundle)
    )
    whole.close()
    empty = place.folder / "merged"
    shutil.rmtree(empty, ignore_errors=True)
    keep = shutil.ignore_patterns("raw", "backups", "study.sqlite*")
    shutil.copytree(place.study, empty, ignore=keep)
    (empty / "data" / "raw").mkdir()
    shutil.copy(place.study / "data" / "raw" / "registre.xlsx", empty / "data" / "raw")
    study = cpit.open_study(empty)

    def again() -> None:
        study.close()
        shutil.copy(place.folder / "uncoded.sqlite", empty / "data" / "study.sqlite")
        shutil.rmtree(empty / "data" / "backups", ignore_errors=True)
        study.grid()
        study.register

    def stored() -> None:
        again()
        with study.shelf.database.writing() as connection:
            append_rows(connection, rows)

    def bare() -> None:
        plain = place.folder / "plain.sqlite"
        plain.unlink(missing_ok=True)
        connection = sqlite3.connect(plain)
        connection.execute(f"CREATE TABLE event ({', '.join(f'c{n}' for n in range(13))})")
        connection.executemany(f"INSERT INTO event VALUES ({', '.join('?' * 13)})", rows)
        connection.commit()
        connection.close()

    yield compare(
        "merge a bundle",
        len(rows),
        "events",
        lambda: study.merge([bundle]),
        {"stored alone": stored, "sqlite3": bare},
        aim="twice as stored",
        between=again,
    )
    again()
    study.merge([bundle])
    yield compare("merge it again", len(rows), "events", lambda: study.merge([bundle]))
    study.close()
