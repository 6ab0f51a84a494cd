"""Nothing passes the gate with a known name in it, and the refusal names nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.errors import Conflict, CpitError, Withheld
from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.privacy.gate import refuse_names
from cpit_research.privacy.names import Names

NAMES = Names(Correspondence((Entry("P03", "person", ("Maëlle Kerdoncuff",)),)))
LEFT = st.sampled_from(["Maëlle Kerdoncuff", "MAELLE KERDONCUFF", "mae\u0308lle-kerdoncuff"])
CLEAR = st.text("abc é.-", max_size=20)


def refused(texts) -> Withheld | None:
    try:
        refuse_names(texts, NAMES, "synthese.docx")
    except Withheld as refusal:
        return refusal
    return None


@given(st.lists(st.tuples(CLEAR, CLEAR)))
def test_texts_that_name_nobody_pass(texts):
    assert refused(texts) is None


@given(st.lists(st.tuples(CLEAR, CLEAR)), LEFT, CLEAR, st.integers(0, 9))
def test_one_name_anywhere_refuses_the_whole(texts, name, around, at):
    refusal = refused([*texts[:at], ("corps", f"{around} {name} {around}"), *texts[at:]])
    assert refusal is not None
    assert "P03 – corps" in refusal.where


@given(LEFT)
def test_a_refusal_never_says_the_name(name):
    refusal = refused([("propriétés", f"par {name}")])
    for said in (str(refusal), repr(refusal), refusal.what, refusal.where, refusal.remedy):
        assert not list(NAMES.find(said))


def test_a_long_refusal_shows_some_places_and_counts_the_others():
    texts = [(f"cellule A{n}", "Maëlle Kerdoncuff") for n in range(30)]
    refusal = refused(texts)
    assert "30" in refusal.what
    assert sum(f"cellule A{n};" in f"{refusal.where};" for n in range(30)) < 30
    assert "18" in refusal.where


def test_without_a_table_everything_passes():
    nobody = Names(Correspondence(()))
    refuse_names([("corps", "Maëlle Kerdoncuff")], nobody, "a.docx")
    assert not nobody


def test_a_refusal_is_caught_as_any_deliberate_error():
    with pytest.raises(CpitError) as refusal:
        refuse_names([("corps", "Maëlle Kerdoncuff")], NAMES, "a.docx")
    assert isinstance(refusal.value, Conflict)
    assert "a.docx" in refusal.value.what
