"""A passage moves by itself only when its words are the same and its place beyond doubt."""

import sys
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.text.reanchoring import LIKE, Reanchoring

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from corrections import correct, passages, with_templates
from french import Writer

WORDS = st.lists(
    st.sampled_from(
        ["le", "maire", "vote", ".", "\n", "RAS.\n", "le budget", "été", "l’eau", "😀"]
    ),
    max_size=40,
).map(" ".join)


def corrected(seed, *, typos=0.004, changes=4):
    draw = Random(seed)
    write = Writer(draw, ["Ploubihan"])
    text = "\n".join(write.paragraph(draw.randrange(20, 60)) for _ in range(14))
    old = with_templates(text, draw)
    fresh = [write.sentence() for _ in range(6)]
    return old, correct(old, draw, typos=typos, changes=changes, fresh=fresh), draw


@given(old=WORDS, new=WORDS, data=st.data())
def test_what_moves_by_itself_keeps_its_words(old, new, data):
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    found = Reanchoring(old, new).place(start, end)
    if found.outcome != "to_confirm":
        assert new[found.start : found.end] == old[start:end]
        assert found.likeness >= LIKE
        assert not found.reason
    else:
        assert found.reason
        assert found.start is None or 0 <= found.start < found.end <= len(new)


@given(text=WORDS, data=st.data())
def test_in_the_same_text_everything_stays_where_it_is(text, data):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = Reanchoring(text, text).place(start, end)
    assert (found.outcome, found.start, found.end) == ("exact", start, end)


@given(seed=st.integers(0, 10_000))
def test_far_from_what_was_written_nothing_waits(seed):
    draw = Random(seed)
    write = Writer(draw, ["Ploubihan"])
    lines = [write.paragraph(draw.randrange(20, 60)) for _ in range(14)]
    at = draw.randrange(len(lines) + 1)
    old, new = "\n".join(lines), "\n".join([*lines[:at], write.paragraph(30), *lines[at:]])
    shift = len(new) - len(old)
    edge = len("\n".join(lines[:at]))
    for start, end in passages(old, draw, 20):
        if start - 400 < edge < end + 400:
            continue  # something was written beside it: it may wait
        found = Reanchoring(old, new).place(start, end)
        assert found.outcome == "exact"
        assert found.start == (start + shift if start >= edge else start)


def test_of_many_passages_hardly_one_is_mistaken():
    wrong = waiting = done = 0
    for seed in range(100):
        old, made, draw = corrected(f"many {seed}", typos=0.002, changes=3)
        moving, truth = Reanchoring(old, made.new), made.truth()
        for start, end in passages(old, draw, 100):
            found = moving.place(start, end)
            done += 1
            waiting += found.outcome == "to_confirm"
            wrong += found.outcome != "to_confirm" and found.start not in truth.places(start, end)
    assert wrong <= 0.001 * done
    assert waiting <= 0.15 * done


def test_the_copy_of_a_sentence_does_not_take_its_codings():
    old = "Ouverture.\nLe maire doute.\nOn passe au budget.\nLe pont est fermé depuis mars.\nFin."
    new = old.replace("Fin.", "Le maire doute.\nFin.")
    at = old.index("Le maire")
    found = Reanchoring(old, new).place(at, at + 15)
    assert (found.outcome, found.start) == ("exact", at)


def test_of_two_places_alike_neither_is_chosen():
    old = "Point 1.\nRien à signaler.\nPoint 2.\nLe budget est voté."
    new = "Bilan.\nRien à signaler.\nVote.\nRien à signaler.\nAutre chose."
    found = Reanchoring(old, new).place(9, 25)
    assert found.outcome == "to_confirm"


def test_a_paragraph_carried_elsewhere_keeps_its_codings():
    carried = (
        "La friche de la gare attend depuis dix ans, on y range le sel de déneigement et deux "
        "barques. Personne n’ose en parler au conseil. L’ancien chef de gare passe chaque matin, "
        "il regarde les vitres cassées et repart sans un mot vers le bourg."
    )
    things = ("l’eau", "la voirie", "le bois", "l’école", "le marché", "la halle", "le bac")
    rest = [f"Le point {n} de l’ordre du jour porte sur {what}." for n, what in enumerate(things)]
    old = "\n".join([carried, *rest])
    new = "\n".join([*rest, carried])
    at = old.index("Personne n’ose")
    found = Reanchoring(old, new).place(at, at + 22)
    assert found.outcome == "moved"
    assert new[found.start : found.end] == old[at : at + 22]


def test_a_corrected_word_is_proposed_with_its_passage():
    old = "Avant. Le mère arrive à neuf heures, tout le monde attend. Après."
    new = old.replace("mère", "maire")
    start = old.index("Le mère")
    found = Reanchoring(old, new).place(start, old.index(" Après"))
    assert (found.outcome, found.reason) == ("to_confirm", "changed")
    assert new[found.start : found.end] == "Le maire arrive à neuf heures, tout le monde attend."


def test_a_removed_passage_is_gone():
    old = "Avant la réunion. Le stagiaire s’est endormi. Après la réunion."
    new = "Avant la réunion. Après la réunion."
    found = Reanchoring(old, new).place(18, 45)
    assert (found.outcome, found.reason, found.start) == ("to_confirm", "gone", None)
