"""What the workbench waits for at its desk: the list of notes, one note, one act."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from itertools import count
from uuid import UUID

import uuid_utils
from field import CODER
from place import Place
from stopwatch import Row, compare

import cpit_research as cpit
from cpit_research.workbench.desk import Desk

_CODE = "S11"


def measure(place: Place) -> Iterator[Row]:
    """Ask a desk for what a coder asks all day, the study in use."""
    study = cpit.open_study(place.study)
    database = str(place.study / "data" / "study.sqlite")
    bare = sqlite3.connect(database)
    desk = Desk(study, coder=CODER)
    rows = desk.handle("notes", {})
    note = desk.handle("note", {"source": rows[0]["source"]})
    places = count()

    def anew() -> None:
        nonlocal desk
        desk = Desk(study, coder=CODER)

    def act() -> object:
        key, start = str(UUID(bytes=uuid_utils.uuid7().bytes)), next(places)
        words = {"start": start, "end": start + 20, "quote": note["text"][start : start + 20]}
        stated = {"id": key, "subject": key, "seen": [], "kind": "apply", "code": _CODE}
        where = {"source": note["source"], "version": note["version"]}
        return desk.handle("perform", {"acts": [{**stated, **where, **words}]})

    def counted() -> str:
        query = "SELECT version, count(*) FROM event WHERE actor = ? GROUP BY version"
        told = dict(bare.execute(query, (CODER,)))
        return json.dumps([[key, text, told.get(key, 0)] for key, text in _titles(bare)])

    def read() -> str:
        text = bare.execute("SELECT text, structure FROM text_version WHERE id = ?", _key(note))
        events = bare.execute("SELECT * FROM event WHERE version = ?", _key(note)).fetchall()
        return json.dumps([text.fetchone(), [str(event) for event in events]])

    beside = sqlite3.connect(place.folder / "beside.sqlite")
    beside.executescript("PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS one (a, b, c)")

    def written() -> None:
        beside.execute("INSERT INTO one VALUES (?, ?, ?)", (os.urandom(16), "apply", _CODE))
        beside.commit()

    yield compare(
        "workbench: notes, first time", place.size, "notes", lambda: desk.handle("notes", {}),
        {"sqlite3 + json": counted}, between=anew,
    )  # fmt: skip
    yield compare(
        "workbench: notes, after an act", place.size, "notes", lambda: desk.handle("notes", {}),
        {"sqlite3 + json": counted}, between=act,
    )  # fmt: skip
    yield compare(
        "workbench: one note", len(note["events"]), "events",
        lambda: desk.handle("note", {"source": note["source"]}), {"sqlite3 + json": read},
    )  # fmt: skip
    yield compare("workbench: one act", 1, "act", act, {"sqlite3, one row": written}, aim="20 ms")
    study.close()
    bare.close()
    beside.close()


def _titles(bare: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    return bare.execute("SELECT id, substr(text, 1, 60) FROM text_version")


def _key(note: dict[str, str]) -> tuple[str]:
    return (note["version"],)
