"""Seals: one changed value breaks the seal of its row, and of no other."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.store.database import Database
from cpit_research.store.schema import metadata
from cpit_research.store.sealing import add, change, columns_of, sealer
from cpit_research.store.verifying import faults_of_file, rows_of

VALUES = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.binary(), st.text())
ROWS = st.lists(VALUES, min_size=1, max_size=6).map(tuple)


@given(ROWS, ROWS)
def test_two_rows_have_one_seal_only_if_they_are_one_row(one, other):
    seal = sealer(b"key")
    same = [(type(value), value) for value in one] == [(type(value), value) for value in other]
    assert (seal(one) == seal(other)) == same


@given(ROWS)
def test_a_seal_depends_on_the_key(row):
    assert sealer(b"one")(row) != sealer(b"another")(row)


@given(ROWS, st.data())
def test_a_flipped_bit_of_a_text_or_of_bytes_changes_the_seal(row, data):
    flippable = [n for n, value in enumerate(row) if isinstance(value, bytes) and value]
    if not flippable:
        return
    at = data.draw(st.sampled_from(flippable))
    flipped = bytearray(row[at])
    flipped[data.draw(st.integers(0, len(flipped) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    seal = sealer(b"key")
    assert seal(row) != seal((*row[:at], bytes(flipped), *row[at + 1 :]))


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "study.sqlite", b"key")
    with made.writing() as connection:
        add(connection, metadata.tables["source"], [("s1", "a.md", "field_note", None)])
        add(connection, metadata.tables["source"], [("s2", "é.md", "transcript", "V01")])
    yield made
    made.close()


def test_a_row_added_or_changed_is_sealed(database):
    with database.writing() as connection:
        change(connection, metadata.tables["source"], "s1", visit="V02")
    with database.reading() as connection:
        rows, stopped = rows_of(connection, "source")
        assert faults_of_file(connection) == []
    assert rows == [
        (("s1", "a.md", "field_note", "V02"), True),
        (("s2", "é.md", "transcript", "V01"), True),
    ]
    assert not stopped


def test_a_value_changed_behind_the_seal_is_seen_even_if_only_its_type_changes(database):
    with sqlite3.connect(database.path) as connection:
        connection.execute("UPDATE source SET visit = CAST(visit AS BLOB) WHERE id = 's2'")
    connection.close()
    with database.reading() as connection:
        rows, _stopped = rows_of(connection, "source")
    assert [sound for _row, sound in rows] == [True, False]


def test_every_table_has_a_seal_that_covers_all_its_other_columns():
    for table in metadata.tables.values():
        assert "seal" in table.columns
        assert {*columns_of(table), "seal"} == {column.name for column in table.columns}


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX event_subject",
        "ALTER TABLE reading ADD COLUMN more TEXT",
        "ALTER TABLE source RENAME COLUMN visit TO visits",
        "DROP TABLE event_replaces",
    ],
)
def test_a_table_or_an_index_that_is_not_ours_any_more_is_told(database, statement):
    with sqlite3.connect(database.path) as connection:
        connection.execute(statement)
    connection.close()
    with database.reading() as connection:
        told = faults_of_file(connection)
    assert any(statement.split()[2].split("_subject")[0] in fault for fault in told)
