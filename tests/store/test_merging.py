"""Two records are put together the same way from either side, however often."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpit_research.model.event import PROGRAM
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure
from cpit_research.store import sources as source_store
from cpit_research.store.database import Database
from cpit_research.store.event_lines import decode_events, encode_events
from cpit_research.store.merging import add_events, displace, forks, held
from cpit_research.store.parcel_events import whole_record

#: Each example writes in two databases.
FEWER = settings(max_examples=10 + settings().max_examples // 2)
PLACES = {"old": (0, 9), "new": (5, 14)}


@st.composite
def records(draw, name: str):
    """What one copy did to three codings of a common past: people act, the program moves."""
    rows, links, heads = {}, {}, {}
    for rank in range(3):
        key = bytes([rank]) * 16
        rows[key] = (key, "apply", 1, rank, "claire", key, "old", 0, 9, "S1", "v1", b"d" * 16, "{}")
        heads[key] = key
    for rank in range(draw(st.integers(0, 6))):
        subject = draw(st.sampled_from(sorted(heads)))
        before = rows[heads[subject]]
        kind = draw(st.sampled_from(["recode", "retract", "reanchor"]))
        if kind == "reanchor":  # the same move is the same event, wherever it is made
            key = bytes(reversed(heads[subject]))[:15] + b"r"
            if before[1] == "retract" or before[6] == "new":
                continue
            row = (key, kind, 1, before[3], PROGRAM, subject, "new", *PLACES["new"], *before[9:])
        else:
            key = name.encode() * 8 + rank.to_bytes(8, "big")
            code = draw(st.sampled_from(["S1", "S2"]))
            place = (before[6], *PLACES[before[6]])
            row = (key, kind, 1, 10 + rank, name, subject, *place, code, "v1", b"d" * 16, "{}")
        rows[key], links[key], heads[subject] = row, (heads[subject],), key
    return rows, links


def texts(path) -> Database:
    database = Database(path)
    one = Source("s", "old", "s.md", "field_note", "", Structure(), "", "")
    two = Source("s", "new", "s.md", "field_note", "", Structure(), "", "")
    with database.writing() as connection:
        source_store.add_sources(connection, [one])
        source_store.add_versions(connection, [(one, 1, b""), (two, 2, b"")])
    return database


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """The bytes of a database that holds the texts and no event."""
    path = tmp_path_factory.mktemp("blank") / "study.sqlite"
    texts(path).close()
    return path.read_bytes()


@pytest.fixture(scope="module")
def put_together(blank, tmp_path_factory):
    """Put records together one after the other; return all events, all links and all forks."""
    path = tmp_path_factory.mktemp("together") / "study.sqlite"

    def union(*several):
        path.write_bytes(blank)
        database = Database(path)
        with database.writing() as connection:
            for rows, links in several:
                known = held(connection).seals
                fresh = {key: row for key, row in rows.items() if key not in known}
                add_events(connection, (fresh, {k: links[k] for k in fresh if k in links}))
                displace(connection)
            rows, links = whole_record(connection)
            found = {subject: set(states) for subject, states in forks(connection).items()}
        database.close()
        return rows, {key: set(replaced) for key, replaced in links.items()}, found

    return union


@FEWER
@given(records("a"), records("b"))
def test_the_side_that_begins_changes_nothing(put_together, one, other):
    assert put_together(one, other) == put_together(other, one)


@FEWER
@given(records("a"), records("b"), records("c"))
def test_the_grouping_changes_nothing(put_together, one, two, three):
    rows, links, _forks = put_together(two, three)
    inner = (rows, {key: tuple(sorted(replaced)) for key, replaced in links.items()})
    assert put_together(one, inner) == put_together(one, two, three)


@FEWER
@given(records("a"), records("b"))
def test_what_is_put_in_again_changes_nothing(put_together, one, other):
    assert put_together(one, other, one, other) == put_together(one, other)


@FEWER
@given(records("a"), records("b"))
def test_the_program_never_contradicts_a_person(put_together, one, other):
    rows, links, found = put_together(one, other)
    acted_on = {
        gone for key, replaced in links.items() if rows[key][4] != PROGRAM for gone in replaced
    }
    for states in found.values():
        for row in states:
            if row[4] == PROGRAM:
                (moved,) = links[row[0]]
                assert moved not in acted_on


@FEWER
@given(records("a"))
def test_events_travel_unchanged(record):
    rows, links = record
    assert decode_events(encode_events(record)) == (rows, links)
