"""Rounds fold by their links: two copies put together say one thing, whatever the order."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.model.round import Round
from cpit_research.store.database import Database
from cpit_research.store.rounds import append_round, append_step, fold_rounds, stored_rounds

AT = datetime(2023, 5, 4, 9, tzinfo=UTC)
OPENED = Round(
    UUID(int=1), "tour-1", "v1", "f" * 64, "sentence", ("claire", "yann"),
    (("s1", "t1"), ("s2", "t2")), 7, "20%", "claire", AT, ("territory",),
)  # fmt: skip
SUBJECT = OPENED.id.bytes


def row(event: int, step: str, actor: str = "claire", **more):
    key = event.to_bytes(16, "big")
    return (key, SUBJECT, actor, 1000 * event, None, json.dumps({"step": step, **more}))


def first():
    stated = {
        "step": "opened", "name": "tour-1", "fingerprint": "f" * 64, "unit": "sentence",
        "coders": ["claire", "yann"], "sources": [["s1", "t1"]], "seed": 7, "share": "20%",
        "strata": [], "blind": True,
    }  # fmt: skip
    return (SUBJECT, SUBJECT, "claire", 1000, "v1", json.dumps(stated))


STEPS = st.sampled_from(["finished", "resumed", "closed", "reopened", "cancelled"])
#: What people said of a round, each on a copy of their own; any event may replace older ones.
RECORDS = st.lists(
    st.tuples(STEPS, st.sampled_from(["claire", "yann"]), st.sets(st.integers(0, 6), max_size=2)),
    max_size=7,
)


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "study.sqlite", b"k" * 32)
    yield made
    made.close()


def fold(record, order):
    rows = [first()]
    replaced = []
    for at, (step, actor, links) in enumerate(record, start=2):
        rows.append(row(at, step, actor))
        replaced += [rows[link][0] for link in links if link < len(rows) - 1]
    return fold_rounds([rows[at] for at in order], replaced)


@given(RECORDS, st.data())
def test_the_order_of_events_tells_nothing(record, data):
    order = list(range(len(record) + 1))
    assert fold(record, data.draw(st.permutations(order))) == fold(record, order)


@given(RECORDS)
def test_what_coders_say_of_themselves_never_changes_how_a_round_stands(record):
    own = [one for one in record if one[0] in {"finished", "resumed"} and not one[2]]
    (told,) = fold(own, range(len(own) + 1))
    assert told.state == "open"
    assert set(told.finished) == {actor for step, actor, _links in own if step == "finished"}


def test_two_coders_who_finish_at_the_same_time_are_in_no_conflict():
    rows = [first(), row(2, "finished", "claire"), row(3, "finished", "yann"),
            row(4, "finished", "claire")]  # fmt: skip
    (told,) = fold_rounds(rows, [])
    assert (told.state, told.waiting) == ("open", ())
    assert told.finished["claire"] == datetime.fromtimestamp(2, UTC)


def test_two_copies_that_close_a_round_alike_agree_and_otherwise_dispute_it():
    alike = [first(), row(2, "closed", figures=[{"id": "S1"}]), row(3, "closed", "yann",
             figures=[{"id": "S1"}])]  # fmt: skip
    (told,) = fold_rounds(alike, [SUBJECT])
    assert (told.state, told.state_by) == ("closed", "claire")
    apart = [first(), row(2, "closed"), row(3, "cancelled", "yann")]
    (told,) = fold_rounds(apart, [SUBJECT])
    assert told.state == "disputed"


def test_a_round_comes_back_from_the_record_as_it_was_opened(database):
    with database.writing() as connection:
        append_round(connection, OPENED)
        assert stored_rounds(connection) == (OPENED,)


def test_each_step_takes_the_place_of_what_it_follows(database):
    figures = [{"id": "S1", "alpha": 0.5, "n_units": 12}]
    with database.writing() as connection:
        append_round(connection, OPENED)
        said = [
            ("finished", "claire", ""), ("finished", "yann", ""), ("resumed", "claire", ""),
            ("finished", "claire", ""), ("closed", "yann", "fini"), ("reopened", "yann", "relu"),
            ("closed", "claire", ""),
        ]  # fmt: skip
        seen = []
        for at, (step, actor, reason) in enumerate(said, start=2):
            append_step(
                connection, OPENED.id, step, event=at.to_bytes(16, "big"), at=1000 * at,
                actor=actor, reason=reason, figures=figures if step == "closed" else (),
            )  # fmt: skip
            (told,) = stored_rounds(connection)
            seen.append((told.state, told.waiting, len(told.figures)))
    assert seen == [
        ("open", ("yann",), 0), ("open", (), 0), ("open", ("claire",), 0), ("open", (), 0),
        ("closed", (), 1), ("open", (), 0), ("closed", (), 1),
    ]  # fmt: skip
    assert told.figures == tuple(figures)
    assert (told.state_by, told.reason) == ("claire", "")


def test_a_round_needs_two_coders_and_a_note():
    for wrong in ({"coders": ("claire",)}, {"coders": ("claire", "claire")}, {"sources": ()}):
        with pytest.raises(ValueError, match="Round"):
            replace(OPENED, **wrong)


def test_to_say_twice_that_one_has_finished_keeps_the_first_time(database):
    with database.writing() as connection:
        append_round(connection, OPENED)
        for at in (2, 3):
            append_step(
                connection, OPENED.id, "finished", event=at.to_bytes(16, "big"), at=1000 * at,
                actor="yann",
            )  # fmt: skip
        (told,) = stored_rounds(connection)
    assert told.finished == {"yann": datetime.fromtimestamp(2, UTC)}
