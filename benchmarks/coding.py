"""Storing codings in bulk: beside sqlite3, the same tuples in one transaction."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator

from field import CODER, CODES, marks
from place import Place
from stopwatch import Row, compare

import cpit_research as cpit


def measure(place: Place) -> Iterator[Row]:
    """Put every coding of the campaign in one call; the study keeps them for other measures."""
    study = cpit.open_study(place.study)
    sources = study.corpus.sources
    codes = [code.id for code in study.grid().leaves()][:CODES]
    drawn = [
        (cpit.Segment(sources[note].id, start, end), code)
        for note, start, end, code in marks([source.text for source in sources], codes)
    ]
    database = study.folder / "data" / "study.sqlite"
    uncoded = shutil.copy(database, place.folder / "uncoded.sqlite")
    plain = place.folder / "plain.sqlite"

    def again() -> None:
        nonlocal study
        study.close()
        shutil.copy(uncoded, database)
        study = cpit.open_study(place.study)
        study.corpus  # its reading is measured apart
        study.grid()

    def bare() -> None:
        plain.unlink(missing_ok=True)
        connection = sqlite3.connect(plain)
        width = len(rows[0])
        connection.execute(f"CREATE TABLE event ({', '.join(f'c{n}' for n in range(width))})")
        connection.executemany(f"INSERT INTO event VALUES ({', '.join('?' * width)})", rows)
        connection.commit()
        connection.close()

    again()
    study.code_all(drawn, coder=CODER)
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT * FROM event").fetchall()
    yield compare(
        "store codings, one call",
        len(drawn),
        "codings",
        lambda: study.code_all(drawn, coder=CODER),
        {"sqlite3": bare},
        aim="100 000/s",
        between=again,
    )
    study.close()
