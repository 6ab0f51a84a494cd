"""Notes are drawn in proportion to strata, and the same seed draws the same notes."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.corpus.corpus import Corpus
from cpit_research.corpus.sampling import allocated, draw, sample_size
from cpit_research.errors import InvalidInput
from cpit_research.model.register import Register, Territory, Visit
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure

KINDS = ("exploratory", "observation", "mirror")
SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=9)


def corpus_of(places: list[tuple[str, str]]) -> Corpus:
    """One note a visit, each in a territory and of a kind."""
    visits = tuple(
        Visit(f"V{at}", kind, "made", territories=(territory,))
        for at, (territory, kind) in enumerate(places)
    )
    notes = [
        Source(f"s{at}", f"v{at}", f"{at}.md", "field_note", "Il pleut.", Structure(), "", "md/1",
               visit=f"V{at}")
        for at in range(len(places))
    ]  # fmt: skip
    return Corpus(notes, Register((Territory("T1", "commune"),), visits=visits))


CORPORA = st.lists(
    st.tuples(st.sampled_from(["T1", "T2", "T3"]), st.sampled_from(KINDS)), min_size=1, max_size=40
).map(corpus_of)


@given(SIZES, st.data())
def test_what_is_allocated_adds_up_and_stays_within_one_of_the_share(sizes, data):
    n = data.draw(st.integers(0, sum(sizes)))
    given_out = allocated(sizes, n)
    assert sum(given_out) == n
    for size, got in zip(sizes, given_out, strict=True):
        assert 0 <= got <= size
        if n >= len(sizes):
            assert got >= 1
    # Where no stratum is so small that it is owed less than one, the quota rule holds.
    if all(n * size >= sum(sizes) for size in sizes) or n < len(sizes):
        for size, got in zip(sizes, given_out, strict=True):
            assert abs(got - n * size / sum(sizes)) < 1


@given(SIZES, st.data())
def test_no_other_allocation_is_nearer_to_the_shares(sizes, data):
    n = data.draw(st.integers(0, sum(sizes)))
    least = 1 if n >= len(sizes) else 0
    given_out = allocated(sizes, n)

    def distance(shares) -> float:
        return sum(
            (got - n * size / sum(sizes)) ** 2 for size, got in zip(sizes, shares, strict=True)
        )

    best = distance(given_out)
    for giver in range(len(sizes)):  # convex: an exchange of one tells
        for taker in range(len(sizes)):
            moved = list(given_out)
            moved[giver] -= 1
            moved[taker] += 1
            if moved[giver] >= least and moved[taker] <= sizes[taker]:
                assert distance(moved) >= best - 1e-9


@given(CORPORA, st.integers(), st.data())
def test_the_draw_depends_on_no_order(corpus, seed, data):
    n = data.draw(st.integers(1, len(corpus)))
    strata = draw(corpus, n, stratify=("territory", "visit_kind"), seed=seed)
    shuffled = list(corpus)
    Random(seed).shuffle(shuffled)
    again = draw(Corpus(shuffled, corpus.register), n, stratify=("territory", "visit"), seed=seed)
    assert strata == again
    assert sum(len(one.drawn) for one in strata) == n
    assert sum(one.available for one in strata) == len(corpus)


def test_every_note_has_the_same_chance():
    corpus = corpus_of([("T1", "mirror")] * 8)
    met = dict.fromkeys((source.id for source in corpus), 0)
    for seed in range(4000):
        (stratum,) = draw(corpus, 2, stratify=(), seed=seed)
        for key in stratum.drawn:
            met[key] += 1
    assert sum(met.values()) == 8000
    assert all(abs(n - 1000) < 5 * (1000 * 0.75) ** 0.5 for n in met.values()), met


def test_who_is_drawn_stays_drawn_when_more_are_asked_for():
    corpus = corpus_of([("T1", "mirror")] * 20)
    few, more = (draw(corpus, n, stratify=(), seed=3)[0].drawn for n in (4, 9))
    assert set(few) < set(more)


def test_notes_whose_visit_is_unknown_are_a_stratum_of_their_own():
    known = corpus_of([("T1", "mirror"), ("T1", "mirror")])
    corpus = Corpus(known.sources, Register(visits=known.register.visits[:1]))
    assert [one.values for one in draw(corpus, 2, stratify=("territory",), seed=1)] == [
        ("",), ("T1",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sample", "available", "n"),
    [("20%", 12, 3), ("20 %", 10, 2), ("33,3%", 3, 1), ("0.1%", 12, 1), (4, 4, 4), ("100%", 7, 7),
     ("28%", 25, 7), ("7%", 100, 7)],
)  # fmt: skip
def test_a_share_is_rounded_up_exactly(sample, available, n):
    assert sample_size(sample, available) == n


@pytest.mark.parametrize("sample", ["0", "0%", "101%", "13", "-1", "un quart", "", "1.5"])
def test_a_sample_that_cannot_be_drawn_is_refused(sample):
    with pytest.raises(InvalidInput):
        sample_size(sample, 12)
