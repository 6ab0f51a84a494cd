"""French by default, English on demand, and each one where it was asked for."""

import contextvars

import pytest

from cpit_research.wording import LANGUAGES, language, set_language, use_language
from cpit_research.wording.vocabulary import name_of


@pytest.fixture(autouse=True)
def fresh():
    """Leave the language of the other tests alone."""
    with use_language(language()):
        yield


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("", "fr"), ("fr", "fr"), ("en", "en"), ("EN", "en"), ("en_GB.UTF-8", "en"), ("de", "fr")],
)
def test_the_environment_chooses_the_language_and_anything_unknown_is_french(
    monkeypatch, asked, spoken
):
    monkeypatch.setenv("CPIT_LANG", asked)
    assert contextvars.Context().run(language) == spoken


def test_without_an_environment_it_is_french(monkeypatch):
    monkeypatch.delenv("CPIT_LANG", raising=False)
    assert contextvars.Context().run(language) == "fr"


def test_a_language_set_wins_over_the_environment(monkeypatch):
    monkeypatch.setenv("CPIT_LANG", "fr")
    set_language("en")
    assert language() == "en"


def test_a_block_speaks_its_language_and_gives_back_the_one_before_even_on_error():
    set_language("fr")
    with use_language("en"):
        with use_language("fr"):
            assert language() == "fr"
        assert language() == "en"
    with pytest.raises(KeyError), use_language("en"):
        {}[language()]
    assert language() == "fr"


@pytest.mark.parametrize("wanted", ["", "de", "FR", "english"])
def test_an_unknown_language_cannot_be_set(wanted):
    with pytest.raises(ValueError, match="fr, en"):
        set_language(wanted)


def test_words_without_a_name_are_their_own_name():
    for spoken in LANGUAGES:
        with use_language(spoken):
            assert name_of("S11") == "S11"
            assert name_of("") == ""


def test_a_name_follows_the_language_in_force():
    with use_language("en"):
        assert name_of("mirror") == "Mirror effect"
    with use_language("fr"):
        assert name_of("mirror") == "Effet miroir"
    with use_language("en"):
        assert name_of("mirror") == "Mirror effect"
