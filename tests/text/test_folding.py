"""A word is the same word whatever its accents, capitals, apostrophes and spaces."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cpit_research.text.canonical import canonical
from cpit_research.text.folding import fold, fold_pattern

LETTERS = "aàâäbcçdeéèêëfghiîïjlmnñoôöpqrstuùûüyÿœæßøłÀÉÈÊÎÔÙÇŒÆŸ"
WORDS = st.text(LETTERS, min_size=1, max_size=12)
AROUND = st.lists(
    st.sampled_from(["🌾", "👩‍🌾", "ﬁ", "e\u0301", "œ", "ß", "𝒜", "\n", "…", "’", "12", "x"])
).map("".join)
EUROPEAN = st.characters(max_codepoint=0x52F, categories=("L", "N")) | st.characters(
    min_codepoint=0x1E00, max_codepoint=0x1FFF, categories=("L",)
)
EUROPEAN_WORD = st.text(EUROPEAN, min_size=1, max_size=6)
VARIANTS = st.sampled_from([str, str.upper, str.lower, str.title])


def decomposed(words: str) -> str:
    return unicodedata.normalize("NFD", words)


def bare(words: str) -> str:
    """The words without any accent."""
    return "".join(c for c in decomposed(words) if not unicodedata.combining(c))


@given(st.text())
@example("ℌ№ﬁ™")
@example("l´eau")
@example("İŸ ϓ")
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(WORDS, VARIANTS)
def test_case_accents_and_composition_do_not_change_the_fold(word, variant):
    for other in (variant(word), decomposed(word), bare(word), decomposed(variant(word))):
        assert fold(other) == fold(word)


@given(st.text(), st.text())
def test_a_text_folds_piece_by_piece(first, second):
    assert fold(first) + fold(second) == fold(first + second)


@pytest.mark.parametrize(
    "group", ["l'eau l’eau lʼeau l‘eau l`eau l´eau L’EAU", "a-b a‐b a‑b a‒b a–b a—b a−b A-B"]
)
def test_every_apostrophe_and_hyphen_is_the_plain_one(group):
    assert len({fold(word) for word in group.split()}) == 1


def test_every_space_is_the_plain_one():
    assert {fold(f"a{space}b") for space in " \t\n\u00a0\u2009\u202f\u3000"} == {"a b"}


@given(AROUND, WORDS, VARIANTS, st.sampled_from([str, bare]), st.sampled_from([str, decomposed]))
@example("", "nœud", str, bare, str)
def test_a_word_is_found_where_it_stands_however_it_is_written(around, word, variant, typed, form):
    written = form(variant(word))
    found = fold_pattern(typed(word)).finditer(f"{around} {written} {around}")
    place = (len(around) + 1, len(around) + 1 + len(written))
    assert place in [match.span() for match in found]


@given(EUROPEAN_WORD)
@example("m²")
@example("FĿ")
@example("nœud")
@example("ΑΘΗΝΑ")
@example("ĳ")
@example("ᾳ")
def test_any_european_word_finds_itself(word):
    text = canonical(f"… {canonical(word)} …")
    assert fold_pattern(word).search(text).span() == (2, len(text) - 2)


@given(AROUND, st.lists(WORDS, min_size=1, max_size=3).map(" ".join))
def test_every_match_folds_to_the_words_looked_for(around, words):
    text = f"{around}{words}{around}"
    for match in fold_pattern(words).finditer(text):
        assert re.sub(r"\s+", " ", fold(match.group())) == fold(words)


@pytest.mark.parametrize("written", ["ﬁnancement", "ﬀi", "aﬃche", "eﬄuent", "cœur", "ǽ", "ĳ"])
def test_a_ligature_is_the_letters_it_joins(written):
    spelt = fold(written)
    assert spelt.isascii()
    assert fold_pattern(spelt).fullmatch(written)
    assert fold_pattern(written).fullmatch(spelt)


@given(st.text("fil", min_size=1, max_size=7))
def test_typographic_ligatures_anywhere_in_a_word_do_not_hide_it(word):
    joined = word
    for letters, ligature in (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ")):
        joined = joined.replace(letters, ligature)
    assert fold_pattern(word).fullmatch(joined)


@given(WORDS, st.integers(0, 12), st.sampled_from(["\u00ad", "\u200b", "\u200d", "\u2060"]))
def test_a_soft_hyphen_inside_a_word_does_not_hide_it(word, at, invisible):
    broken = word[:at] + invisible + word[at:]
    assert fold_pattern(word).search(broken)
    assert fold_pattern(broken).search(word)


@given(WORDS, WORDS, st.sampled_from([str, decomposed]))
def test_a_whole_word_is_never_found_inside_another(word, rest, form):
    pattern = fold_pattern(word, whole_words=True)
    for inside in (word + rest, rest + word):
        found = pattern.search(form(inside))
        assert found is None or fold(found.group()) == fold(inside)


@given(WORDS, st.sampled_from([" ", ",", "’", "-", "\n", "🌾", "."]))
def test_a_whole_word_is_found_between_signs(word, sign):
    assert fold_pattern(word, whole_words=True).search(f"{sign}{decomposed(word)}{sign}")


def test_the_end_of_a_decomposed_word_is_not_a_whole_word():
    assert not fold_pattern("tat", whole_words=True).search(decomposed("un état"))
    assert not fold_pattern("pre", whole_words=True).search(decomposed("c’est prévu"))


def test_a_long_run_of_letters_that_may_be_joined_takes_no_time():
    assert fold_pattern("f" * 60).search("F" * 60)
    assert fold_pattern("." * 60).search("…" + "." * 57)


@pytest.mark.parametrize("words", ["", " ", "\u0301", "\u00ad"])
def test_nothing_finds_nothing(words):
    assert not fold_pattern(words).search("Il pleut.")


def test_loose_joints_let_hyphens_apostrophes_and_spaces_stand_for_one_another():
    pattern = fold_pattern("porte-à-porte", loose_joints=True)
    assert all(pattern.fullmatch(t) for t in ("porte à porte", "PORTE‑A‑PORTE", "porte’a - porte"))
    assert not pattern.fullmatch("portaporte")
    assert not fold_pattern("porte-à-porte").fullmatch("porte à porte")


@pytest.mark.parametrize("sign", ["'", "`", "-", "–"])
def test_a_joint_that_joins_nothing_is_looked_for_as_it_is(sign):
    assert not fold_pattern(sign, loose_joints=True).search("Il pleut.")
    assert fold_pattern(sign, loose_joints=True).search("aujourd’hui, peut-être")
    assert not fold_pattern(f"il{sign}", loose_joints=True).search("Il pleut.")


SIGNS = st.text(" '-’–\u00a0aén", max_size=6)


@given(SIGNS, SIGNS)
@example("aŉ", "a n")
def test_loose_words_find_what_differs_by_its_joints_alone(words, text):
    def apart(said):
        return re.sub(r"(?<=[^ '-])[ '-]+(?=[^ '-])", " ", re.sub(r"\s+", " ", fold(said)).strip())

    found = fold_pattern(words, loose_joints=True).fullmatch(text.strip())
    assert bool(found) == (apart(words) == apart(text) != "")


def test_a_long_run_of_joints_takes_no_time():
    pattern = fold_pattern(f"a{'-' * 200}b", loose_joints=True)
    assert pattern.search(f"a{' ' * 200}b")
    assert not pattern.search(f"a{' ' * 20_000}c")
