"""Findings are kept whole, in the order they were drawn, until their next version."""

import pytest

from cpit_research.store.database import Database
from cpit_research.store.findings import append_finding, stored_findings


@pytest.fixture
def connection(tmp_path):
    with Database(tmp_path / "study.sqlite").writing() as connection:
        yield connection


def draw(connection, event: bytes, subject: bytes, claim: str, replaces=()) -> None:
    append_finding(
        connection, event=event, subject=subject, actor="claire", at=0,
        payload={"claim": claim}, replaces=replaces,
    )  # fmt: skip


def claims(connection) -> list[str]:
    return [one.payload["claim"] for one in stored_findings(connection)]


def test_findings_come_back_in_the_order_they_were_drawn(connection):
    for rank in range(5):
        draw(connection, b"%d" % rank, b"%d" % rank, f"é{rank}")
    assert claims(connection) == [f"é{rank}" for rank in range(5)]


def test_a_new_version_takes_the_place_of_the_old_one(connection):
    draw(connection, b"1", b"a", "premier")
    draw(connection, b"2", b"b", "second")
    draw(connection, b"3", b"a", "premier, nuancé", replaces=(b"1",))
    assert claims(connection) == ["premier, nuancé", "second"]
    assert [one.event for one in stored_findings(connection)] == [b"3", b"2"]


def test_two_versions_of_one_finding_are_a_conflict_and_neither_is_chosen(connection):
    draw(connection, b"1", b"a", "premier")
    draw(connection, b"2", b"b", "second")
    for event in (b"3", b"4"):
        draw(connection, event, b"a", "premier, nuancé", replaces=(b"1",))
    assert claims(connection) == ["second"]
