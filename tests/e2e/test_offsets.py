"""Code points and UTF-16 units: the browser and Python count the same places."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.browser

CHARACTERS = "aé \n\r\u00a0\u2028e\u0301’😀👩\u200d🌾🇫🇷𝒞.\U0010fffd"
texts = st.text(st.sampled_from(CHARACTERS) | st.characters(exclude_categories=["Cs"]), max_size=60)
MEASURED = """(text) => {
  const offsets = new cpit.Offsets(text);
  const points = [...Array(offsets.length + 1).keys()];
  const units = points.map((point) => offsets.unit(point));
  return { units, back: units.map((unit) => offsets.point(unit)), length: offsets.length };
}"""

CUT = "([text, start, end]) => new cpit.Offsets(text).slice(start, end)"


def units_of(text: str) -> list[int]:
    """Where each code point stands in UTF-16, and where the text ends."""
    return [len(text[:point].encode("utf-16-le")) // 2 for point in range(len(text) + 1)]


def test_the_browser_holds_to_the_shared_places(module, root):
    shared = json.loads((root / "tests" / "workbench" / "offsets.json").read_text("utf-8"))
    for one in shared["texts"]:
        measured = module.evaluate(MEASURED, one["text"])
        assert measured["units"] == one["units"], one["name"]
        assert measured["length"] == one["points"], one["name"]
        for start, end, first, last, words in one["slices"]:
            assert (one["units"][start], one["units"][end]) == (first, last), one["name"]
            assert module.evaluate(CUT, [one["text"], start, end]) == words, one["name"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_every_place_is_the_same_on_both_sides_and_comes_back(module, text):
    measured = module.evaluate(MEASURED, text)
    assert measured["length"] == len(text)
    assert measured["units"] == units_of(text)
    assert measured["back"] == list(range(len(text) + 1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, data=st.data())
def test_what_the_browser_cuts_is_what_python_cuts(module, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert module.evaluate(CUT, [text, start, end]) == text[start:end]


def test_a_place_inside_a_pair_is_that_of_the_pair(module):
    inside = module.evaluate("() => new cpit.Offsets('a😀b').point(2)")
    assert inside == 1
