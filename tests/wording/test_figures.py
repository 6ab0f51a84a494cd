"""Numbers, shares, dates and durations as people of each language write them."""

import locale
import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.wording import LANGUAGES, use_language
from cpit_research.wording.figures import clock, long_date, number, percent

NUMBERS = st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12)


@given(NUMBERS, st.integers(0, 4))
def test_a_number_read_back_is_the_number_rounded(value, decimals):
    for spoken, grouping, sign in (("fr", "\u202f", ","), ("en", ",", ".")):
        with use_language(spoken):
            written = number(value, decimals)
        assert float(written.replace(grouping, "").replace(sign, ".")) == float(
            f"{value:.{decimals}f}"
        )


@given(NUMBERS)
def test_digits_are_grouped_by_three(value):
    with use_language("fr"):
        assert re.fullmatch(r"-?\d{1,3}(\u202f\d{3})*", number(value))


def test_a_share_is_written_as_a_percentage():
    with use_language("fr"):
        assert percent(0.325, 1) == "32,5\u202f%"
        assert percent(1) == "100\u202f%"
    with use_language("en"):
        assert percent(0.325, 1) == "32.5%"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_an_undefined_number_is_a_dash(spoken):
    with use_language(spoken):
        assert number(math.nan) == percent(math.nan) == "–"


def test_a_date_is_written_in_the_words_of_the_language():
    with use_language("fr"):
        assert long_date(date(2022, 10, 1)) == "1er\u00a0octobre\u00a02022"
        assert long_date(date(2023, 8, 2)) == "2\u00a0août\u00a02023"
    with use_language("en"):
        assert long_date(date(2022, 10, 1)) == "1\u00a0October\u00a02022"


def test_the_locale_of_the_machine_does_not_change_the_words_of_a_date():
    days = [date(2023, month, 2) for month in range(1, 13)]
    with use_language("en"):
        written = [long_date(day) for day in days]
    before = locale.setlocale(locale.LC_TIME)
    others = [name for name in ("fr_FR.UTF-8", "de_DE.UTF-8", "es_ES.UTF-8") if _set(name)]
    try:
        for name in others:
            _set(name)
            with use_language("en"):
                assert [long_date(day) for day in days] == written
    finally:
        locale.setlocale(locale.LC_TIME, before)


def _set(name: str) -> bool:
    try:
        locale.setlocale(locale.LC_TIME, name)
    except locale.Error:
        return False
    return True


@given(st.dates())
def test_a_long_date_has_no_breaking_space_and_holds_its_day_and_year(day):
    for spoken in LANGUAGES:
        with use_language(spoken):
            first, _month, year = long_date(day).split("\u00a0")
        assert first in {str(day.day), "1er"}
        assert year == str(day.year)


@given(st.integers(0, 200_000))
def test_a_time_code_read_back_is_the_number_of_seconds(seconds):
    parts = [int(part) for part in clock(seconds).split(":")]
    assert sum(part * 60**power for power, part in enumerate(reversed(parts))) == seconds
    assert clock(seconds + 0.9) == clock(seconds)
