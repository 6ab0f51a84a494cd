"""Documents, the versions of their texts and the files they came from, as they were written."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpit_research.model.source import SOURCE_KINDS, Source
from cpit_research.model.structure import Part, Structure
from cpit_research.store import sources as store
from cpit_research.store.database import Database
from cpit_research.store.verifying import rows_of

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
#: Each example writes and opens a database.
FEWER = settings(max_examples=15 + settings().max_examples // 5)
SOURCES = st.lists(
    st.builds(
        Source,
        id=st.uuids().map(str),
        version=st.uuids().map(str),
        path=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1),
        kind=st.sampled_from(SOURCE_KINDS),
        text=TEXTS,
        structure=st.just(Structure([Part("turn", 0, 3, speaker="P01", begins=1.5)])),
        sha256=st.text("0123456789abcdef", min_size=8, max_size=8),
        reader=st.just("md/1"),
        visit=st.sampled_from([None, "V01"]),
        words=st.integers(0, 9),
    ),
    max_size=5,
    unique_by=(lambda s: s.id, lambda s: s.version, lambda s: s.path),
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Open one empty database after the other."""
    path = tmp_path_factory.mktemp("store") / "study.sqlite"
    Database(path)
    empty = path.read_bytes()

    def make() -> Database:
        path.write_bytes(empty)
        return Database(path)

    return make


def write(database: Database, sources, *, ordinal: int = 1, at: int = 0, **received) -> None:
    with database.writing() as connection:
        if ordinal == 1:
            store.add_sources(connection, sources)
        store.add_versions(connection, [(source, ordinal, b"d") for source in sources])
        store.add_readings(
            connection,
            [(source, store.Received(source.path, at, **received)) for source in sources],
        )


def current(database: Database) -> list[Source]:
    with database.reading() as connection:
        return list(store.current_sources(connection))


@FEWER
@given(SOURCES)
def test_documents_come_back_as_they_were_written_by_path(fresh, sources):
    database = fresh()
    write(database, sources)
    assert current(database) == sorted(sources, key=lambda source: source.path)


@FEWER
@given(SOURCES)
def test_the_newest_version_is_the_one_that_comes_back(fresh, sources):
    database = fresh()
    write(database, sources, at=5)
    newer = [
        replace(source, version=f"{source.version}-2", text=f"{source.text}!", sha256="ff")
        for source in sources
    ]
    write(database, newer, ordinal=2)
    assert current(database) == sorted(newer, key=lambda source: source.path)
    with database.reading() as connection:
        assert store.current_versions(connection) == {one.id: (one.version, 2) for one in newer}
        assert store.known_versions(connection) == {one.version for one in [*sources, *newer]}
        for one in [*sources, *newer]:
            assert store.text_of(connection, one.version) == one.text


@FEWER
@given(SOURCES, st.dictionaries(TEXTS, TEXTS), st.lists(TEXTS).map(tuple))
def test_what_readers_set_aside_is_kept(fresh, sources, header, notices):
    database = fresh()
    write(database, sources, header=header, notices=notices)
    with database.reading() as connection:
        for source in sources:
            assert store.header_of(connection, source.id) == header
        known = store.known_readings(connection)
        assert set(known) == {(one.sha256, one.reader, one.id) for one in sources}
        assert {one.path for one in known.values()} == {one.path for one in sources}


NOTE = Source("s", "v1", "a.md", "field_note", "Il pleut.", Structure(), "h1", "md/1")


def test_the_header_is_that_of_the_newest_text_even_of_the_same_moment(fresh):
    database = fresh()
    write(database, [NOTE], header={"visite": "V01"})
    write(database, [replace(NOTE, version="v2", sha256="h0")], ordinal=2, header={"visite": "V02"})
    with database.reading() as connection:
        assert store.header_of(connection, "s") == {"visite": "V02"}
        assert store.header_of(connection, "unknown") == {}


def test_two_files_of_one_text_show_the_last_received(fresh):
    database = fresh()
    write(database, [NOTE], at=1)
    with database.writing() as connection:
        again = replace(NOTE, sha256="h0", reader="txt/1")
        store.add_readings(connection, [(again, store.Received("b.txt", 2))])
    assert current(database) == [again]


def test_tying_writes_the_visit_and_leaves_the_others(fresh):
    database = fresh()
    write(database, [NOTE, replace(NOTE, id="t", version="w", path="b.md", visit="V07")])
    with database.writing() as connection:
        store.tie(connection, {"s": "V03"})
        assert store.visits_of(connection) == {"s": "V03", "t": "V07"}


def test_bytes_that_are_no_text_any_more_are_shown_and_do_not_stop_the_others(fresh):
    database = fresh()
    write(database, [NOTE])
    with database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO text_version "
            "VALUES ('v2', 's', 2, CAST(x'C328' AS TEXT), '[]', 1, x'', x'')"
        )
    with database.reading() as connection:
        rows, stopped = rows_of(connection, "text_version")
    assert [(row[3], sound) for row, sound in rows] == [("Il pleut.", True), ("\udcc3(", False)]
    assert not stopped
