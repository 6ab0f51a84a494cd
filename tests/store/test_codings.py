"""What is appended is what is loaded, on the text it was put on, and what replaces it wins."""

import sqlite3
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from cpit_research.errors import Conflict, FormatError
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure
from cpit_research.store import database as module
from cpit_research.store import sources as source_store
from cpit_research.store.codings import CodingEvent, append, heads_of, load
from cpit_research.store.database import Database
from cpit_research.store.verifying import rows_of

#: Each example writes and opens a database.
FEWER = settings(max_examples=15 + settings().max_examples // 5)
SOURCES = {"s1": ("s1-v1", "s1-v2"), "s2": ("s2-v1",)}
CURRENT = {"s1-v2": "s1", "s2-v1": "s2"}
EVENTS = st.builds(
    CodingEvent,
    id=st.binary(min_size=16, max_size=16),
    kind=st.sampled_from(["apply", "recode", "resize"]),
    at=st.integers(0, 2**50),
    actor=st.sampled_from(["claire", "Élise"]),
    subject=st.binary(min_size=16, max_size=16),
    version=st.sampled_from(["s1-v1", "s1-v2", "s2-v1"]),
    start=st.integers(0, 9),
    end=st.integers(10, 20),
    code=st.sampled_from(["S1", "S2"]),
    grid=st.sampled_from(["v1", "v2"]),
    digest=st.binary(min_size=16, max_size=16),
    facets=st.dictionaries(st.sampled_from(["phase", "voice"]), st.text(max_size=3)),
)
RECORDS = st.lists(EVENTS, max_size=12, unique_by=(lambda e: e.id, lambda e: e.subject))


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The bytes of a database that holds the texts and no event."""
    path = tmp_path_factory.mktemp("store") / "study.sqlite"
    database = Database(path)
    made = [
        (Source(key, version, f"{key}.md", "field_note", "", Structure(), "", ""), rank, b"")
        for key, versions in SOURCES.items()
        for rank, version in enumerate(versions)
    ]
    with database.writing() as connection:
        source_store.add_sources(connection, [one for one, rank, _digest in made if not rank])
        source_store.add_versions(connection, made)
    return path.read_bytes()


@pytest.fixture(scope="module")
def fresh(empty, tmp_path_factory):
    """Open one database after the other, with the texts and no event."""
    path = tmp_path_factory.mktemp("fresh") / "study.sqlite"

    def make() -> Database:
        path.write_bytes(empty)
        return Database(path)

    return make


def loaded(database: Database, grid: str = "v1", versions=CURRENT):
    with database.reading() as connection:
        return load(connection, grid, {}, versions)


def rows(columns) -> set:
    """The codings of some columns, as sets hold them."""
    return {
        (
            columns.ids[at], columns.source[at], columns.version[at], int(columns.start[at]),
            int(columns.end[at]), columns.code[at], columns.coder[at], columns.grid[at],
            tuple(sorted(columns.facets.get(columns.ids[at], {}).items())),
        )
        for at in range(len(columns))
    }  # fmt: skip


def row(event: CodingEvent):
    return (
        event.subject, CURRENT[event.version], event.version, event.start, event.end, event.code,
        event.actor, event.grid, tuple(sorted(event.facets.items())),
    )  # fmt: skip


@FEWER
@given(RECORDS)
def test_what_is_appended_is_loaded_and_the_rest_is_counted(fresh, record):
    database = fresh()
    with database.writing() as connection:
        append(connection, record)
    there = loaded(database)
    assert rows(there.columns) == {
        row(event) for event in record if event.grid == "v1" and event.version in CURRENT
    }
    other_grid = sum(event.grid != "v1" for event in record)
    other_version = sum(event.grid == "v1" and event.version not in CURRENT for event in record)
    counts = {"other_grid": other_grid, "other_version": other_version}
    assert there.left_out == {reason: n for reason, n in counts.items() if n}
    assert len(there.columns) + sum(there.left_out.values()) == len(record)


@FEWER
@given(RECORDS, st.randoms())
def test_the_order_in_which_events_were_written_changes_nothing(fresh, record, random):
    found = []
    for events in (record, random.sample(record, len(record))):
        database = fresh()
        with database.writing() as connection:
            append(connection, events)
        there = loaded(database)
        found.append((rows(there.columns), dict(there.left_out)))
        with database.reading() as connection:
            kept, _stopped = rows_of(connection, "event")
        assert {row[0] for row, sound in kept if sound} == {event.id for event in events}
    assert found[0] == found[1]


@FEWER
@given(RECORDS, st.data())
def test_an_event_that_replaces_another_takes_its_place_whatever_the_clock(fresh, record, data):
    record = [replace(event, grid="v1", version="s2-v1") for event in record]
    later = [
        replace(
            event, id=event.id[::-1] + b"2", at=data.draw(st.integers(0, 2**50)), code="S9",
            kind=data.draw(st.sampled_from(["recode", "retract"])), replaces=(event.id,),
        )
        for event in record
        if data.draw(st.booleans())
    ]  # fmt: skip
    database = fresh()
    with database.writing() as connection:
        append(connection, data.draw(st.permutations([*record, *later])))
    gone = {event.subject for event in later}
    standing = [event for event in record if event.subject not in gone]
    standing += [event for event in later if event.kind == "recode"]
    assert rows(loaded(database).columns) == {row(event) for event in standing}


def event(key: bytes, **rest) -> CodingEvent:
    return CodingEvent(
        **{
            "id": key, "kind": "apply", "at": 0, "actor": "claire", "subject": b"c",
            "version": "s2-v1", "start": 0, "end": 5, "code": "S1", "grid": "v1", "digest": b"d",
            **rest,
        }
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["recode", "retract"])
def test_two_events_that_say_the_same_are_no_conflict(fresh, kind):
    database = fresh()
    heads = [event(key, kind=kind, code="S2", replaces=(b"1",)) for key in (b"2", b"3")]
    with database.writing() as connection:
        append(connection, [event(b"1"), *heads])
    there = loaded(database)
    assert len(there.columns) == (kind == "recode")
    assert there.left_out == {}


def test_two_events_that_replace_the_same_one_are_a_conflict_that_people_settle(fresh):
    database = fresh()
    first = event(b"1")
    heads = [
        event(key, kind="recode", code=code, replaces=(b"1",))
        for key, code in ((b"2", "S2"), (b"3", "S3"))
    ]
    with database.writing() as connection:
        append(connection, [first, *heads])
    there = loaded(database)
    assert len(there.columns) == 0
    assert there.left_out == {"conflict": 1}
    with database.writing() as connection:
        assert sorted(heads_of(connection, b"c")) == [b"2", b"3"]
        append(connection, [event(b"4", kind="recode", code="S3", replaces=(b"2", b"3"))])
    there = loaded(database)
    assert [there.columns.code[0], len(there.columns), there.left_out] == ["S3", 1, {}]


def test_a_coding_on_an_older_text_is_left_out_and_counted_never_moved(fresh):
    database = fresh()
    with database.writing() as connection:
        append(connection, [event(b"1", version="s1-v1")])
    before, after = loaded(database, versions={"s1-v1": "s1"}), loaded(database)
    assert rows(before.columns) == {(b"c", "s1", "s1-v1", 0, 5, "S1", "claire", "v1", ())}
    assert len(after.columns) == 0
    assert after.left_out == {"other_version": 1}


def test_the_same_event_cannot_be_written_twice_nor_on_an_unknown_text(fresh):
    database = fresh()
    with database.writing() as connection:
        append(connection, [event(b"1")])
    for spoilt in ([event(b"9", subject=b"d"), event(b"1")], [event(b"8", version="nowhere")]):
        refused = pytest.raises((IntegrityError, Conflict))
        with refused, database.writing() as connection:
            append(connection, spoilt)
    with database.reading() as connection:
        kept, _stopped = rows_of(connection, "event")
    assert [(row[0], sound) for row, sound in kept] == [(b"1", True)]


def test_codings_that_another_process_keeps_are_told_with_what_to_do(fresh, monkeypatch):
    monkeypatch.setattr(module, "_BUSY_MS", 50)
    monkeypatch.setattr(module, "_PRAGMAS", [p for p in module._PRAGMAS if "busy" not in p])
    database = fresh()
    keeper = sqlite3.connect(database.path, isolation_level=None)
    keeper.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Conflict) as refusal:
        loaded(database)
    keeper.close()
    assert refusal.value.remedy
    assert len(loaded(database).columns) == 0


def test_a_page_of_events_that_is_spoilt_is_told_with_a_sentence(fresh):
    database = fresh()
    keys = [bytes([n % 256, n // 256]) * 8 for n in range(400)]
    with database.writing() as connection:
        append(connection, [event(key, subject=key) for key in keys])
    content = bytearray(database.path.read_bytes())
    content[len(content) // 2 :] = b"\x5a" * (len(content) - len(content) // 2)
    database.path.write_bytes(content)
    with pytest.raises(FormatError):
        loaded(database)


def test_no_event_gives_empty_columns(fresh):
    there = loaded(fresh())
    assert len(there.columns) == 0
    assert there.left_out == {}


def test_codings_come_in_the_same_order_however_they_were_written(fresh):
    chance = Random(7)
    events = [
        event(bytes([n]), subject=bytes([n]), start=chance.randint(0, 4), code=chance.choice("AB"))
        for n in range(40)
    ]
    orders = []
    for _time in range(3):
        chance.shuffle(events)
        database = fresh()
        with database.writing() as connection:
            append(connection, events)
        orders.append(loaded(database).columns.ids.tolist())
    assert orders[0] == orders[1] == orders[2]
