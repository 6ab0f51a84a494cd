"""The table of names comes back as it was, and its picture names nobody."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.model.correspondence import (
    CATEGORIES,
    CORRESPONDENCE_FORMAT,
    Correspondence,
    Entry,
)

NAMES = st.text(st.characters(codec="utf-8"))
TABLES = st.lists(
    st.builds(Entry, NAMES, st.sampled_from(CATEGORIES), st.lists(NAMES).map(tuple))
).map(lambda entries: Correspondence(tuple(entries)))


@given(TABLES)
def test_a_table_comes_back_as_it_was(table):
    assert Correspondence.from_json(table.to_json()) == table


def test_the_picture_of_a_table_shows_no_name():
    table = Correspondence((Entry("P03", "person", ("Maëlle Kerdoncuff", "Maëlle")),))
    for shown in (repr(table), str(table), f"{table.entries}", repr([table])):
        assert "P03" in shown
        assert "Ma" not in shown


@pytest.mark.parametrize(
    "written",
    [
        "", "not json", "[]", "3", "null", "{}", '{"format": "1", "entries": []}', '{"format": 1}',
        '{"format": 1, "entries": {}}', '{"format": 1, "entries": [{"id": "P1"}]}',
        '{"format": 1, "entries": [{"id": "P1", "category": "dog", "names": []}]}',
        '{"format": 1, "entries": [{"id": "P1", "category": "person", "names": [3]}]}',
        '{"format": 1, "entries": [{"id": 1, "category": "person", "names": []}]}',
    ],
)  # fmt: skip
def test_what_is_not_a_table_is_refused(written):
    with pytest.raises(FormatError):
        Correspondence.from_json(written)


def test_a_table_of_a_newer_program_is_refused():
    content = {"format": CORRESPONDENCE_FORMAT + 1, "entries": []}
    with pytest.raises(FormatError, match=str(CORRESPONDENCE_FORMAT + 1)):
        Correspondence.from_json(json.dumps(content))
