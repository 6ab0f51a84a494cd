"""Copies of a database: one state, whole or not at all, put back without harm to its users."""

import sqlite3
import threading
from contextlib import closing

import pytest

from cpit_research.errors import Conflict, FormatError
from cpit_research.store import copying
from cpit_research.store.copying import copy_database, put_back, set_aside, verify_copy
from cpit_research.store.database import Database
from cpit_research.store.schema import metadata
from cpit_research.store.sealing import add

KEY = b"key"


def put(database: Database, *names: str) -> None:
    with database.writing() as connection:
        rows = ((name, f"{name}.md", "field_note", None) for name in names)
        add(connection, metadata.tables["source"], rows)


def held(database: Database) -> list[str]:
    with database.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT id FROM source ORDER BY id")]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "étude 1" / "study.sqlite"


@pytest.fixture
def database(path):
    path.parent.mkdir()
    made = Database(path, KEY)
    put(made, "a", "b")
    yield made
    made.close()


def test_a_copy_holds_what_was_there_and_can_be_verified(database, tmp_path):
    copy = tmp_path / "copy.sqlite"
    copy_database(database.path, copy)
    put(database, "c")
    verify_copy(copy, KEY)
    assert held(Database(copy, KEY)) == ["a", "b"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.sqlite", "étude 1"]


def test_a_copy_made_while_others_write_is_one_state(database, tmp_path):
    """Each transaction writes a pair: a copy never holds half of one."""
    stop = threading.Event()

    def write() -> None:
        other, rank = Database(database.path, KEY), 0
        while not stop.is_set():
            put(other, f"x{rank}", f"y{rank}")
            rank += 1

    writer = threading.Thread(target=write)
    writer.start()
    copies = [tmp_path / f"{n}.sqlite" for n in range(20)]
    for copy in copies:
        copy_database(database.path, copy)
    stop.set()
    writer.join()
    sizes = []
    for copy in copies:
        names = held(Database(copy, KEY))
        assert {n[1:] for n in names if n[0] == "x"} == {n[1:] for n in names if n[0] == "y"}
        sizes.append(len(names))
    assert sizes == sorted(sizes)


def test_what_is_put_back_is_seen_by_those_who_have_the_study_open(database, tmp_path):
    copy = tmp_path / "copy.sqlite"
    copy_database(database.path, copy)
    put(database, "c")
    counter = database.change_counter()
    put_back(copy, database.path)
    assert held(database) == ["a", "b"]
    assert database.change_counter() != counter
    put(database, "d")
    assert held(Database(database.path, KEY)) == ["a", "b", "d"]


def test_what_is_put_back_where_nothing_is_makes_the_database(database, tmp_path):
    target = tmp_path / "new.sqlite"
    put_back(database.path, target)
    assert held(Database(target, KEY)) == ["a", "b"]


def test_a_database_that_another_process_writes_is_not_waited_for_for_ever(
    database, tmp_path, monkeypatch
):
    monkeypatch.setattr(copying, "_BUSY_SECONDS", 0.1)
    copy = tmp_path / "copy.sqlite"
    copy_database(database.path, copy)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as keeper:
        keeper.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Conflict):
            put_back(copy, database.path)
        with pytest.raises(Conflict):
            copy_database(database.path, tmp_path / "other.sqlite")
        with pytest.raises(Conflict):
            verify_copy(database.path, KEY, in_use=True)
    assert not (tmp_path / "other.sqlite").exists()
    assert held(database) == ["a", "b"]


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.write_bytes(b"far from a database" * 500), "cannot be used"),
        (lambda path: path.write_bytes(path.read_bytes()[:9000]), r"damaged|cannot be used"),
        (lambda path: run(path, "PRAGMA application_id=0"), "not a study"),
        (lambda path: run(path, "PRAGMA user_version=99"), "not a study"),
    ],
)
def test_a_copy_that_is_not_sound_is_refused(database, tmp_path, spoil, sentence):
    copy = tmp_path / "copy.sqlite"
    copy_database(database.path, copy)
    spoil(copy)
    with pytest.raises(FormatError, match=sentence):
        verify_copy(copy, KEY)


def run(path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_copy_that_cannot_be_written_leaves_nothing(database, tmp_path):
    with pytest.raises((FormatError, OSError)):
        copy_database(database.path, tmp_path / "nowhere" / "copy.sqlite")
    (tmp_path / "blocked.sqlite").mkdir()
    with pytest.raises((FormatError, OSError)):
        copy_database(database.path, tmp_path / "blocked.sqlite")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["blocked.sqlite", "étude 1"]


def test_a_database_set_aside_takes_its_journal_along(tmp_path):
    path, target = tmp_path / "study.sqlite", tmp_path / "aside.sqlite"
    assert set_aside(path, target) is None
    path.write_bytes(b"one")
    (tmp_path / "study.sqlite-journal").write_bytes(b"two")
    assert set_aside(path, target) == target
    assert {file.name for file in tmp_path.iterdir()} == {"aside.sqlite", "aside.sqlite-journal"}
