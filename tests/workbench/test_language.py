"""A page chooses the language in which it is answered."""

import pytest

from cpit_research.errors import InvalidInput
from cpit_research.wording import language
from cpit_research.workbench.desk import Desk


def test_every_answer_comes_in_the_language_asked_for_from_then_on():
    desk, before = Desk(), language()
    for wanted in ("en", "fr", "en"):
        hello = desk.handle("hello", {"language": wanted})
        assert hello["language"] == wanted
        assert bool(hello["words"]) is (wanted == "fr")
        assert desk.handle("hello", {})["language"] == wanted
    assert language() == before


def test_a_language_that_nobody_wrote_is_refused():
    desk = Desk()
    with pytest.raises(InvalidInput):
        desk.handle("hello", {"language": "de"})
