"""A document goes to its visit by what it says or by its name, never by guess."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.model.register import Register, Territory, Visit
from cpit_research.study.tying import Visits

REGISTER = Register(
    (Territory("T01", "commune"), Territory("T-02", "commune")),
    visits=(
        Visit("V01", "exploratory", "made", date(2022, 10, 12), ("T01",)),
        Visit("V02", "observation", "made", date(2023, 2, 9), ("T01",)),
        Visit("V03", "mirror", "made", date(2023, 2, 9), ("T-02",)),
        Visit("V03bis", "mirror", "made", date(2023, 6, 1), ("T01",)),
        Visit("2023-A.4", "workshop", "made", date(2023, 7, 1), ("T01", "T-02")),
        Visit("V09", "interview", "cancelled", date(2022, 10, 12), ("T-02",)),
        Visit("12", "meeting", "planned"),
    ),
)
VISITS = Visits(REGISTER)
IDS = [visit.id for visit in REGISTER.visits if visit.id != "12"]
SIGNS = st.sampled_from(["", " ", "_", "-", ".", "(", ")", " – ", " n° "])


def tied(name: str = "note.md", **header: str) -> str | None:
    return VISITS.tie({key.replace("_", " "): told for key, told in header.items()}, name).visit


@given(st.sampled_from(IDS), SIGNS, SIGNS, st.sampled_from([str, str.lower, str.upper]))
def test_the_id_in_the_header_or_in_the_name_ties(key, before, after, case):
    written = f"{before}{case(key)}{after}"
    assert tied(visite=written) == key
    assert tied(f"visite {written} notes.docx") == key
    assert tied(f"{written}notes.docx" if after else f"{written}.docx", visite=written) == key


@pytest.mark.parametrize("field", ["visite", "visit", "n°_visite", "code_visite"])
def test_every_field_that_names_a_visit_is_read(field):
    assert tied(**{field: "V02"}) == "V02"


@given(st.sampled_from(IDS), st.sampled_from(IDS))
def test_a_header_and_a_name_that_contradict_each_other_leave_it_unknown(stated, named):
    found = VISITS.tie({"visite": stated}, f"{named} notes.docx")
    assert found.visit == (stated if stated == named else None)
    assert bool(found.notice) == (stated != named)


def test_an_id_that_the_register_does_not_hold_leaves_it_unknown():
    found = VISITS.tie({"visite": "V77", "date": "12/10/2022"}, "V01.docx")
    assert found.visit is None
    assert "V77" in found.notice


@pytest.mark.parametrize(
    "name",
    [
        "V031.docx",
        "V01b.docx",
        "REV01.docx",
        "V0.docx",
        "12 notes.docx",
        "note 12.docx",
        "AV01é.md",
    ],
)
def test_a_part_of_a_word_is_not_an_id(name):
    assert tied(name) is None


def test_two_ids_in_a_name_tell_nothing_alone():
    assert tied("V01 et V02.docx") is None
    assert tied("V01 et V02.docx", visite="V02") == "V02"
    assert tied("V01 et V02.docx", date="9 février 2023") == "V02"


@pytest.mark.parametrize(
    ("header", "name", "visit"),
    [
        ({"date": "12 octobre 2022"}, "note.md", "V01"),
        ({"jour": "le 12/10/2022, matin"}, "note.md", "V01"),
        ({"date de la visite": "12/10/2022"}, "note.md", "V01"),
        ({}, "notes du 2022-10-12.md", "V01"),
        ({"date": "9 février 2023"}, "note.md", None),
        ({"date": "9 février 2023", "type": "Effet miroir"}, "note.md", "V03"),
        ({"date": "9 février 2023"}, "observation.md", "V02"),
        ({"date": "9 février 2023", "territoire": "t-02"}, "note.md", "V03"),
        ({"date": "9 février 2023", "territoire": "Vaucelin"}, "note.md", None),
        ({"date": "12/10/2022", "type": "atelier"}, "note.md", None),
        ({"date": "12/10/2022"}, "2023-02-09 mairie.md", "V01"),
        ({"date": "12/10/2022"}, "2023-02-09 observation.md", None),
        ({"date": "13/10/2022"}, "note.md", None),
        ({"date": "un jour"}, "note.md", None),
    ],
)
def test_a_date_ties_when_one_visit_only_fits(header, name, visit):
    assert VISITS.tie(header, name).visit == visit


def test_a_date_never_leads_away_from_the_ids_that_are_told():
    assert tied("V01 et V02.docx", date="1er juin 2023") is None
    assert tied(visite="V01, V02", date="1er juin 2023") is None


@given(st.text(), st.text())
def test_words_at_random_tie_to_nothing_that_they_do_not_say(name, told):
    for found in (VISITS.tie({}, name), VISITS.tie({"visite": told}, "note.md")):
        if found.visit is None:
            assert found.notice
        else:
            assert found.visit.casefold() in f"{name} {told}".casefold() or "20" in f"{name}{told}"


def test_a_study_without_visits_ties_nothing_and_reproaches_nothing():
    found = Visits(Register()).tie({"visite": "V01", "date": "12/10/2022"}, "V01.docx")
    assert (found.visit, found.notice) == (None, "")
