"""Names before their table is sealed, and the table once opened."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cpit_research.errors import FormatError
from cpit_research.formats.working.names_file import read_names
from cpit_research.model.correspondence import CATEGORIES, Correspondence, Entry

HEADER = ["id", "catégorie", "nom", "alias"]


@pytest.fixture(autouse=True, scope="module")
def english():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPIT_LANG", "en")
        yield


def saved(path, *rows):
    book = Workbook()
    book.active.title = "Correspondance"
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(path)
    return path


entries = st.builds(
    Entry, st.text(), st.sampled_from(CATEGORIES), st.lists(st.text(), max_size=3).map(tuple)
)


@given(st.lists(entries, max_size=4).map(tuple))
def test_a_table_reads_back_from_json(found):
    table = Correspondence(found)
    assert Correspondence.from_json(table.to_json()) == table


def test_a_table_never_shows_its_names():
    table = Correspondence((Entry("P01", "person", ("Maëlle",)),))
    assert "Maëlle" not in repr(table)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", json.dumps({"format": 1, "entries": [{"id": "P1"}]}), '{"format": 1}'],
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(FormatError, match="not a correspondence table"):
        Correspondence.from_json(content)


def test_a_newer_table_is_refused_with_a_sentence():
    with pytest.raises(FormatError, match="newer version"):
        Correspondence.from_json('{"format": 2, "entries": []}')


def test_names_and_aliases_are_read(tmp_path):
    path = saved(
        tmp_path / "noms.xlsx",
        ["P03", "personne", "Maëlle Kerdoncuff", "Maëlle; la maire ;"],
        ["T07", "Territoire", "Lantevrac", None],
    )
    assert read_names(path) == Correspondence(
        (
            Entry("P03", "person", ("Maëlle Kerdoncuff", "Maëlle", "la maire")),
            Entry("T07", "territory", ("Lantevrac",)),
        )
    )


def test_every_fault_is_given_at_once_with_its_cell(tmp_path):
    path = saved(
        tmp_path / "noms.xlsx", ["P03", "person", ""], ["p03", "lieux", "X"], ["", "lieu", "Y"]
    )
    with pytest.raises(FormatError) as caught:
        read_names(path)
    assert caught.value.faults == (
        "Correspondance!C2: this cell must be filled.",
        "Correspondance!A3: the id “p03” is there twice; gather its names on one row.",
        (
            "Correspondance!B3: unknown word “lieux”. Did you mean “lieu”? "
            "Known: personne, territoire, lieu."
        ),
        "Correspondance!A4: this cell must be filled.",
    )
