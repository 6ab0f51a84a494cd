"""The study database: made with its guards, opened with care, written whole or not at all."""

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from cpit_research.errors import Conflict, FormatError
from cpit_research.store import database as module
from cpit_research.store.database import Database
from cpit_research.store.schema import APPLICATION_ID, GUARDS, SCHEMA_VERSION
from cpit_research.store.verifying import faults_of_file

SPAWN = multiprocessing.get_context("spawn")
EVENT = (
    "INSERT INTO event (id, kind, format, at, actor, subject, payload, seal) "
    "VALUES (?, 'conclude', 1, 0, ?, ?, '{}', x'')"
)


def put(connection, key: bytes, actor: str = "claire") -> None:
    connection.exec_driver_sql(EVENT, (key, actor, key))


def faults(database: Database) -> list[str]:
    with database.reading() as connection:
        return faults_of_file(connection)


def held(database: Database) -> set[bytes]:
    with database.reading() as connection:
        return {row[0] for row in connection.exec_driver_sql("SELECT id FROM event")}


def outside(path: Path, *statements: str) -> None:
    """What someone else may do to the file, without our guards."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "study.sqlite"


@pytest.fixture
def database(path):
    made = Database(path)
    yield made
    made.close()


@pytest.fixture
def filled(database):
    """A database that holds a row in each guarded table."""
    with database.writing() as connection:
        put(connection, b"e1")
        for statement in (
            "INSERT INTO event_replaces VALUES ('e1', 'e0', x'')",
            "INSERT INTO source VALUES ('s', 'a.md', 'field_note', NULL, x'')",
            "INSERT INTO text_version VALUES ('v', 's', 1, 'Il pleut.', '[]', 2, 'd', x'')",
            "INSERT INTO reading VALUES ('h', 'md/1', 's', 'v', 'a', 0, '', '{}', '[]', '[]', x'')",
        ):
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            connection.exec_driver_sql(statement.replace("('e1'", "(CAST('e1' AS BLOB)"))
    return database


def test_what_is_written_is_there_when_the_file_is_opened_again(path, database):
    with database.writing() as connection:
        put(connection, b"e1")
    assert held(Database(path)) == {b"e1"}


def test_an_exception_inside_a_transaction_leaves_nothing_of_it(database):
    with database.writing() as connection:
        put(connection, b"e1")
    with pytest.raises(KeyError), database.writing() as connection:  # noqa: PT012  both are the act
        put(connection, b"e2")
        raise KeyError
    assert held(database) == {b"e1"}


def test_a_transaction_that_one_row_spoils_leaves_nothing_of_it(database):
    with pytest.raises(Conflict), database.writing() as connection:  # noqa: PT012  both are the act
        put(connection, b"e1")
        put(connection, b"e1")
    assert held(database) == set()


def test_a_database_that_another_process_has_just_made_is_not_made_again(
    path, database, monkeypatch
):
    monkeypatch.setattr(Database, "_is_blank", lambda _self: True)
    with database.writing() as connection:
        put(connection, b"e1")
    assert held(Database(path)) == {b"e1"}


@pytest.mark.parametrize("table", ["event", "event_replaces", "text_version", "reading"])
@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM {}", "UPDATE {} SET {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"],
)
def test_the_guards_refuse_to_change_or_delete(filled, table, statement):
    column = {"event": "actor", "event_replaces": "replaced"}.get(table, "source")
    written = statement.replace("{} SET {}", f"{table} SET {column} = {column}")
    with filled.reading() as connection:
        before = connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
    with pytest.raises(IntegrityError, match="append-only"), filled.writing() as connection:
        connection.exec_driver_sql(written.format(table, table))
    with filled.reading() as connection:
        after = connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
    assert [tuple(row) for row in after] == [tuple(row) for row in before]
    assert before


def test_a_row_that_points_nowhere_is_refused(database):
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO text_version VALUES ('v', 'nobody', 1, '', '[]', 0, 'd', x'')"
        )


@pytest.mark.parametrize("guard", sorted(GUARDS))
def test_a_database_that_lost_a_guard_is_refused(path, database, guard):
    outside(path, f"DROP TRIGGER {guard}")
    with pytest.raises(FormatError, match=guard):
        Database(path)


def test_a_guard_that_guards_nothing_any_more_is_refused(path, database):
    guard = "event_refuses_delete"
    loose = GUARDS[guard].replace("event is append-only", "x").replace("ABORT", "IGNORE")
    loose = loose.replace(", 'x'", "")
    outside(path, f"DROP TRIGGER {guard}", loose)
    with pytest.raises(FormatError, match=guard):
        Database(path)


def test_a_database_of_a_newer_program_is_refused(path, database):
    outside(path, f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    with pytest.raises(FormatError, match=str(SCHEMA_VERSION + 1)) as refusal:
        Database(path)
    assert refusal.value.path == str(path)


@pytest.mark.parametrize(
    "mark", ["PRAGMA application_id=0", f"PRAGMA application_id={APPLICATION_ID + 1}"]
)
def test_a_database_of_another_program_is_refused(path, mark):
    outside(path, "CREATE TABLE theirs (x)", mark)
    before = path.read_bytes()
    with pytest.raises(FormatError):
        Database(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database, far from it" * 100, b"PK\x03\x04" * 300])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path, content):
    path.write_bytes(content)
    with pytest.raises(FormatError) as refusal:
        Database(path)
    assert str(path) in str(refusal.value)
    assert path.read_bytes() == content


def test_a_database_cut_short_is_told_with_a_sentence(path, database):
    with database.writing() as connection:
        for rank in range(500):
            put(connection, b"%d" % rank, "a" * 100)
    path.write_bytes(path.read_bytes()[:8192])
    with pytest.raises(FormatError):
        assert faults(Database(path)) == []


def test_an_empty_file_and_a_database_without_a_table_are_made_into_a_study(tmp_path):
    for name, begin in (("empty", lambda p: p.touch()), ("blank", lambda p: outside(p, "VACUUM"))):
        begin(tmp_path / name)
        assert held(Database(tmp_path / name)) == set()


@pytest.mark.parametrize("name", ["étude n° 3", "a?b=c", "100%", "a#b", "L’été & l'hiver"])
def test_a_folder_of_any_name_can_hold_the_database(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    with Database(folder / "study.sqlite").writing() as connection:
        put(connection, b"e1")
    assert [file.name for file in folder.iterdir()] == ["study.sqlite"]
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_reader_sees_one_state_until_it_has_finished(path, database, monkeypatch):
    monkeypatch.setattr(module, "_BUSY_MS", 50)
    monkeypatch.setattr(module, "_PRAGMAS", [p for p in module._PRAGMAS if "busy" not in p])
    other = Database(path)
    with database.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
        with pytest.raises(Conflict), other.writing() as writer:
            put(writer, b"e1")
        assert connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one() == before
    with other.writing() as writer:
        put(writer, b"e1")
    assert held(database) == {b"e1"}


def test_a_second_writer_that_waited_too_long_is_told_so(path, database, monkeypatch):
    monkeypatch.setattr(module, "_BUSY_MS", 50)
    monkeypatch.setattr(module, "_PRAGMAS", [p for p in module._PRAGMAS if "busy" not in p])
    other = Database(path)
    with database.writing() as connection:
        put(connection, b"e1")
        with pytest.raises(Conflict) as refusal, other.writing():
            pass
    assert refusal.value.remedy
    assert held(other) == {b"e1"}


def test_every_committed_change_moves_the_counter_and_nothing_else_does(path, database):
    before = database.change_counter()
    held(database)
    with pytest.raises(KeyError), database.writing() as connection:  # noqa: PT012  both are the act
        put(connection, b"e1")
        raise KeyError
    assert database.change_counter() == before
    seen = {before}
    for rank in range(3):
        with Database(path).writing() as connection:
            put(connection, b"%d" % rank)
        seen.add(database.change_counter())
    assert len(seen) == 4


def write_many(path: str, name: str, times: int) -> None:
    database = Database(Path(path))
    for rank in range(times):
        with database.writing() as connection:
            put(connection, f"{name}{rank}".encode())


@pytest.mark.slow
def test_two_processes_that_write_at_once_lose_nothing(path):
    writers = [SPAWN.Process(target=write_many, args=(str(path), name, 100)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    database = Database(path)
    assert held(database) == {f"{name}{rank}".encode() for name in "ab" for rank in range(100)}
    assert faults(database) == []


def write_for_ever(path: str, wide: int) -> None:
    # A small cache spills to the disk before the commit: the file is half-written for longer.
    module._PRAGMAS = (*module._PRAGMAS, "PRAGMA cache_size=2", "PRAGMA synchronous=OFF")
    database = Database(Path(path))
    rank = 0
    while True:
        with database.writing() as connection:
            for row in range(wide):
                put(connection, f"{rank}-{row}-{os.getpid()}".encode(), "a" * 200)
        rank += 1


def killed_while_writing(path: Path, seed: int, wide: int = 200) -> None:
    """Kill a writer at some moment, and find only whole transactions."""
    writer = SPAWN.Process(target=write_for_ever, args=(str(path), wide))
    writer.start()
    deadline = time.monotonic() + 30
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(random.Random(seed).uniform(0, 0.4))
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    database = Database(path)
    assert faults(database) == []
    transactions: dict[bytes, int] = {}
    for key in held(database):
        rank, _row, by = key.split(b"-")
        transactions[rank + by] = transactions.get(rank + by, 0) + 1
    assert set(transactions.values()) <= {wide}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_a_writer_killed_at_any_moment_leaves_the_old_state_or_the_new(path):
    for seed in range(4):
        killed_while_writing(path, seed)


@pytest.mark.exhaustive
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_many_writers_killed_leave_only_whole_transactions(tmp_path):
    for seed in range(60):
        study = seed // 6
        killed_while_writing(tmp_path / f"{study}.sqlite", seed, wide=50 + 60 * study)
