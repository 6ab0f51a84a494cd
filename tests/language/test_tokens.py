"""Tokens: every character that is no space in exactly one, and French cut as it is read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.language import TOKEN_KINDS, tokens
from cpit_research.text.canonical import canonical

PIECES = (
    "l'", "l’", "qu'", "eau", "il", "-il", "-t-il", "-ce", "est", "aujourd'hui", "1 500",
    "1\u202f500", "14 h 30", "9h", "04 75 00 00 00", "3,2", "12.05.2023", "1er",
    "S.I.V.O.M.", "J.-C.", "m²", ".", "…", "...", "?!", "«", "»", "\u00a0", " ", "\n", "\t",
    "www.mairie.fr", "a@b.fr", "élu.e.s", "·", "👩‍🌾", "-", "—", "€", "%", "**", "é",
    "e\u0301", "'", "0", "12", "x",
)  # fmt: skip
written = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=20).map("".join)


def cut(text):
    return [text[start:end] for start, end, _kind in tokens(text)]


@given(written)
def test_every_character_that_is_no_space_is_in_exactly_one_token(text):
    covered = [at for start, end, _kind in tokens(text) for at in range(start, end)]
    assert covered == sorted(set(covered))
    left = set(range(len(text))) - set(covered)
    assert all(text[at].isspace() for at in left)


@given(written)
def test_a_token_starts_and_ends_on_something_and_only_numbers_hold_spaces(text):
    for start, end, kind in tokens(text):
        token = text[start:end]
        assert token
        assert token == token.strip()
        assert kind == "number" or not any(map(str.isspace, token))


@given(written)
def test_a_word_has_a_letter_and_a_mark_has_none(text):
    for start, end, kind in tokens(text):
        letters = any(map(str.isalpha, text[start:end]))
        assert letters or kind != "word"
        assert not (letters and kind == "punctuation")


@given(written)
def test_two_texts_put_end_to_end_have_the_tokens_of_both(text):
    whole, alone = list(tokens(f"{text}\nIl rit.")), list(tokens(text))
    assert whole[: len(alone)] == alone
    assert len(whole) == len(alone) + 3


@given(written)
def test_a_non_breaking_space_parts_as_a_space_does(text):
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")
    assert list(tokens(text)) == list(tokens(plain))


@given(written)
def test_one_text_from_any_system_has_the_same_tokens(text):
    once = canonical(text)
    stored = unicodedata.normalize("NFD", once).replace("\n", "\r\n")
    assert cut(canonical(stored)) == cut(once)


@pytest.mark.parametrize(
    "expected",
    [
        "L'|eau|qu’|il|boit|,|jusqu'|ici|,|aujourd’hui|.",
        "presqu'île|quelqu'un|prud'homme|entr'ouvert|p'tit|j'|sais|y'|a|l'|«|innovation|»",
        "a|-t-il|A|-t-elle|dit|-elle|est|-ce|donne|-le|-moi|vas|-y|va|-t'en|dit|-on",
        "qu'|est|-ce|rendez-vous|c'est-à-dire|là-bas|celui-ci|celle-là|peut-être|moi-même",
        "Saint-Maur-les-Fossés|Vaulx-en-Velin|main-d'œuvre|va-et-vient|cessez-le-feu|week-end",
        "élu.e.s|élu·e·s|élu(e)s|chercheur(se)|acté|.|Le|maire",
        "1 500,50|€|80|%|3,2|12.05.2023|14 h 30|14h30|9h|1er|2e|04 75 00 00 00|n°|12|m²|T4",
        "S.I.V.O.M.|J.-C.|A.-M.|cf|.|etc|.|M|.|Roux",
        "https://x.fr/a?b=1|)|.|a@b.fr|,|budget.v3.xlsx|www.mairie.fr|.",
        "Quoi|?!|...|…|👏🏽|👩‍🌾|**|#|—|oui",
    ],
)
def test_a_line_is_cut_where_it_says(expected):
    parts = expected.split("|")
    assert cut(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("S.I.V.O.M.", "word"), ("m²", "word"), ("n°", "word"), ("-t-il", "word"), ("T4", "word"),
        ("14 h 30", "number"), ("2e", "number"), ("²", "number"), ("a@b.fr", "address"),
        ("budget.xlsx", "address"), ("...", "punctuation"), ("«", "punctuation"), ("€", "symbol"),
        ("**", "symbol"), ("👏🏽", "symbol"),
    ],
)  # fmt: skip
def test_a_token_has_its_kind(token, kind):
    assert list(tokens(token)) == [(0, len(token), kind)]


def test_kinds_can_be_chosen():
    found = tokens("Le 3 mai, oui !")
    assert [kind for _start, _end, kind in found] == [
        "word", "number", "word", "punctuation", "word", "punctuation",
    ]  # fmt: skip
    assert len(found.of("word")) == 3
    assert len(found.of()) == 0
    assert len(found.of(*TOKEN_KINDS)) == len(found)


def test_an_empty_text_has_no_token():
    assert len(tokens("")) == len(tokens(" \n\t")) == 0
