"""An older study is brought to the present format, whole and sealed; a damaged one is not."""

import sqlite3
from pathlib import Path

import pytest

from cpit_research.errors import FormatError
from cpit_research.store.database import Database
from cpit_research.store.schema import GUARDS, SCHEMA_VERSION, metadata
from cpit_research.store.verifying import faults_of_file, rows_of

KEY = b"k" * 32


@pytest.fixture
def old(tmp_path):
    """A study as format 1 wrote it."""
    path = tmp_path / "study.sqlite"
    connection = sqlite3.connect(path)
    written = Path(__file__).with_name("format-1.sql").read_text(encoding="utf-8")
    connection.executescript(written)
    connection.close()
    return path


def content(path: Path) -> dict[str, list[tuple]]:
    """Every row of every table, seals left out."""
    connection = sqlite3.connect(path)
    held = {}
    for name, table in metadata.tables.items():
        columns = ", ".join(f'"{c.name}"' for c in table.columns if c.name != "seal")
        held[name] = sorted(connection.execute(f"SELECT {columns} FROM {name}"), key=repr)
    connection.close()
    return held


def test_a_study_of_format_1_keeps_every_row_which_is_sealed(old):
    before = content(old)
    database = Database(old, KEY)
    assert content(old) == before
    assert sum(map(len, before.values())) == 13
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA_VERSION
        assert faults_of_file(connection) == []
        for table in metadata.tables:
            rows, stopped = rows_of(connection, table)
            assert (all(sound for _row, sound in rows), stopped) == (True, "")
        guards = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger'")
        assert {row[0] for row in guards} == set(GUARDS)
    database.close()


def test_a_copy_is_asked_for_before_the_migration_and_never_after(old):
    versions = []

    def note() -> None:
        connection = sqlite3.connect(old)
        versions.extend(connection.execute("PRAGMA user_version").fetchone())
        connection.close()

    Database(old, KEY, before_migration=note).close()
    Database(old, KEY, before_migration=note).close()
    assert versions == [1]


def test_a_migration_whose_copy_fails_does_not_begin(old):
    before = old.read_bytes()

    def full() -> None:
        raise FormatError("no room")

    with pytest.raises(FormatError, match="no room"):
        Database(old, KEY, before_migration=full)
    assert old.read_bytes() == before


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("damage", ["text || ' '", "replace(text, 'maire', 'marie')"])
def test_a_damaged_text_is_never_sealed(old, damage):
    connection = sqlite3.connect(old)
    connection.execute("DROP TRIGGER text_version_refuses_update")
    connection.execute(f"UPDATE text_version SET text = {damage}")
    connection.execute(GUARDS["text_version_refuses_update"])
    connection.commit()
    connection.close()
    before = content_of_format_1(old)
    with pytest.raises(FormatError, match=r"not the one that was read.*Restore a backup"):
        Database(old, KEY)
    assert content_of_format_1(old) == before


def test_a_study_under_another_key_is_never_sealed(old):
    with pytest.raises(FormatError):
        Database(old, b"another")


def content_of_format_1(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    dumped = [*connection.iterdump(), *connection.execute("PRAGMA user_version").fetchone()]
    connection.close()
    return dumped


@pytest.mark.usefixtures("in_english")
def test_a_database_under_another_key_than_that_of_the_study_is_refused(tmp_path, old):
    Database(old, KEY).close()
    with pytest.raises(FormatError, match=r"under the key of study\.toml"):
        Database(old, b"another")
    Database(old, KEY).close()
