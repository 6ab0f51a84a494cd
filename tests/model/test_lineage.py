"""Codes carried from version to version: what follows, what must be read again, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.model.evolution import Change
from cpit_research.model.grid import Code, Grid
from cpit_research.model.lineage import Carried, Lineage


def grid(version: str, codes: str, previous: str = "", *changes: Change, gone: str = "") -> Grid:
    standing = [Code(code, code.lower()) for code in codes.split()]
    dead = [Code(code, code.lower(), status="retired") for code in gone.split()]
    return Grid("g", version, codes=(*standing, *dead), previous=previous, changes=changes)


V1 = grid("v1", "A B C D E F")
SPLIT = Change("split", ("A",), ("A1", "A2"))
MERGED = Change("merged", ("B", "C"), ("BC",), follows=True)
RENAMED = Change("renamed", ("D",), ("D",), follows=True)
REDEFINED = Change("redefined", ("E",), ("E",))
RETIRED = Change("retired", ("F",))
V2 = grid("v2", "A1 A2 BC D E", "v1", SPLIT, MERGED, RENAMED, REDEFINED, RETIRED, gone="A B C F")
V3 = grid("v3", "A1 X D E", "v2", Change("retired", ("BC",), ("X",), follows=True), gone="A2 BC")
LINEAGE = Lineage([V3, V1, V2])


@pytest.mark.parametrize(
    ("code", "to", "carried"),
    [
        ("A", "v2", Carried(None, (SPLIT,), ("A1", "A2"))),
        ("B", "v2", Carried("BC", (MERGED,))),
        ("C", "v3", Carried("X", (MERGED, V3.changes[0]))),
        ("D", "v2", Carried("D", (RENAMED,))),
        ("D", "v3", Carried("D", (RENAMED,))),
        ("E", "v2", Carried(None, (REDEFINED,), ("E",))),
        ("E", "v3", Carried(None, (REDEFINED,), ("E",))),
        ("F", "v2", Carried(None, (RETIRED,))),
    ],
)
def test_a_code_follows_or_waits_as_the_changes_say(code, to, carried):
    assert LINEAGE.carry("v1", code, to) == carried


def test_every_code_stays_what_it_is_in_its_own_version():
    for version in (V1, V2, V3):
        for code in version.leaves():
            assert LINEAGE.carry(version.version, code.id, version.version) == Carried(code.id)


def test_a_version_that_leads_nowhere_carries_nothing():
    assert LINEAGE.carry("v2", "D", "v1") == Carried(None)
    assert LINEAGE.carry("v9", "D", "v2") == Carried(None)
    circle = [grid("v1", "A", "v2"), grid("v2", "A", "v1"), grid("v3", "A", "v2")]
    assert Lineage(circle).carry("v9", "A", "v3") == Carried(None)


def test_a_code_that_vanished_without_a_word_must_be_read_again():
    assert Lineage([grid("v1", "A B"), grid("v2", "A", "v1")]).carry("v1", "B", "v2").code is None


def test_two_changes_of_one_code_must_both_let_it_follow():
    moved = Change("moved", ("A",), ("A",), follows=True)
    for follows in (True, False):
        defined = Change("redefined", ("A",), ("A",), follows=follows)
        lineage = Lineage([V1, grid("v2", "A", "v1", moved, defined)])
        assert lineage.carry("v1", "A", "v2").code == ("A" if follows else None)


def test_the_history_of_a_code_goes_back_through_those_it_came_from():
    assert LINEAGE.history("X", "v3") == (("v3", V3.changes[0]), ("v2", MERGED))
    assert LINEAGE.history("A2", "v2") == (("v2", SPLIT),)
    assert LINEAGE.history("D", "v1") == ()


@given(st.permutations([V1, V2, V3]))
def test_the_order_in_which_versions_are_given_changes_nothing(grids):
    for since in ("v1", "v2", "v3"):
        assert Lineage(grids).table(since, "v3") == LINEAGE.table(since, "v3")
