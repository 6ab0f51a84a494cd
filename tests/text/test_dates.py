"""Dates are read as field workers write them, and never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.text.dates import find_date

DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


@given(DAYS)
def test_a_date_is_read_back_however_it_is_written(day):
    month = MONTHS[day.month - 1]
    for written in (
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"V03_{day.year}_{day.month:02}_{day.day:02}_note.docx",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"le {day.day}.{day.month}.{day.year}, matin",
        f"{day.day} {month} {day.year}",
        f"{day.day}{'er' if day.day == 1 else ''}\u00a0{month.upper()} {day.year}",
    ):
        assert find_date(written) == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1er août 2023", date(2023, 8, 1)),
        ("12 janv. 2022", date(2022, 1, 12)),
        ("3 févr. 2022", date(2022, 2, 3)),
        ("3 sept. 2022 puis 4 oct. 2022", date(2022, 9, 3)),
        ("12\u202foctobre\u202f2022", date(2022, 10, 12)),
    ],
)
def test_abbreviations_and_fine_spaces_are_read(written, day):
    assert find_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "", "rien", "2022", "octobre 2022", "30/02/2023", "2023-02-30", "31 juin 2022",
        "les 12 maires 2014-2020", "10 décisions 2022", "3 maisons 2021", "5 novices 2022",
        "8 octets 2020", "112/10/2022", "12/10/20225", "V2022-1", "0/0/0000", "45 mai 2022",
    ],
)  # fmt: skip
def test_what_is_not_a_possible_date_is_none(written):
    assert find_date(written) is None


@given(DAYS, DAYS)
def test_the_first_date_written_wins_whatever_its_form(first, second):
    forms = (
        lambda day: f"{day:%d}/{day:%m}/{day.year}",
        lambda day: day.isoformat(),
        lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    )
    for before in forms:
        for after in forms:
            assert find_date(f"Visite du {before(first)}, relue le {after(second)}") == first


@given(st.text())
def test_any_text_holds_a_date_or_none(text):
    found = find_date(text)
    assert found is None or str(found.year) in text or not text.isascii()
