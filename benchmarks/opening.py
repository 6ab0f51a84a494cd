"""Opening a study, and finding all the segments of one code."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import openpyxl
from place import Place
from stopwatch import Row, compare, fresh

import cpit_research as cpit

_OPEN = """
import sys
import cpit_research as cpit
study = cpit.open_study(sys.argv[1])
len(study.corpus), len(study.codings())
"""
_BARE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT id, text, structure FROM text_version").fetchall()
connection.execute('SELECT id, subject, version, start, "end", code, actor FROM event').fetchall()
"""
_CODE = "S11"


def measure(place: Place) -> Iterator[Row]:
    """Open, read the register, the corpus, the codings; then one code's segments."""
    database = str(place.study / "data" / "study.sqlite")
    connection = sqlite3.connect(database)
    codings = connection.execute("SELECT count(*) FROM event").fetchone()[0]
    study = cpit.open_study(place.study)

    def opened() -> None:
        nonlocal study
        study.close()
        study = cpit.open_study(place.study)

    def with_register() -> None:
        opened()
        study.register

    def with_corpus() -> None:
        with_register()
        study.corpus

    def cells() -> int:
        book = openpyxl.load_workbook(study.shelf.raw / "registre.xlsx", read_only=True)
        return sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))

    def first_codings() -> int:
        return len(study.codings())

    def texts() -> object:
        query = "SELECT id, source, text, structure, words FROM text_version"
        return connection.execute(query).fetchall()

    def events() -> object:
        query = 'SELECT id, kind, actor, subject, version, start, "end", code, grid FROM event'
        return connection.execute(query).fetchall()

    yield compare("open the study", 1, "study", lambda: cpit.open_study(place.study).shelf.database)
    yield compare("first register", place.size, "visits", lambda: study.register, between=opened)
    yield compare(
        "first corpus", place.size, "notes", lambda: study.corpus, {"sqlite3": texts},
        between=with_register,
    )  # fmt: skip
    yield compare(
        "first codings", codings, "codings", first_codings, {"sqlite3": events},
        between=with_corpus,
    )  # fmt: skip

    def segments() -> list[str]:
        return list(study.codings().where(code=_CODE).quotes())

    def bare_segments() -> list[str]:
        one = sqlite3.connect(database)
        held = dict(one.execute("SELECT id, text FROM text_version"))
        query = 'SELECT version, start, "end" FROM event WHERE code = ?'
        found = one.execute(query, (_CODE,))
        return [held[version][start:end] for version, start, end in found]

    held = len(bare_segments())
    cold = compare(
        "one code's segments, study just opened", held, "segments", segments,
        {"sqlite3 + slices": bare_segments}, between=opened,
    )  # fmt: skip
    warm = compare(
        "one code's segments, study in use", held, "segments", segments,
        {"sqlite3 + slices": bare_segments}, aim="3 x",
    )  # fmt: skip
    yield cold
    yield warm
    study.close()
    connection.close()
    ours, memory = fresh(_OPEN, str(place.study))
    bare, _memory = fresh(_BARE, database)
    yield Row(
        "open, corpus and codings, in a new Python", 1, "study", ours, {"sqlite3": bare}, memory
    )
