"""Columns select what a list would, in any order and by any path."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns, Words
from cpit_research.corpus.corpus import Corpus
from cpit_research.corpus.settled import settled_kinds
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.adjudication import Adjudication
from cpit_research.model.code import Code
from cpit_research.model.coding import Coding
from cpit_research.model.episode import Episode
from cpit_research.model.grid import Axis, Grid
from cpit_research.model.register import VISIT_KINDS, Register, Researcher
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure

CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["S1", "S3", "S4", "F1", "F2"]),
        "coder": st.sampled_from(["a", "b", "personne"]),
        "settled": st.booleans(),
        "visit_kind": st.sampled_from(VISIT_KINDS),
        "territory": st.sampled_from(["T1", "T3", "T9"]),
        "visit": st.sampled_from(["V0", "V1", "V9"]),
        "participant": st.sampled_from(["P1", "P2"]),
        "facets": st.dictionaries(st.sampled_from(["phase", "voice"]), st.sampled_from("xy")),
    },
)


def settled_ids(listed: list[Coding]) -> set[UUID]:
    """Settled codings by the definition, group by group."""
    settled: set[UUID] = set()
    coders = defaultdict(set)
    groups: dict[tuple[str, str], list[list[Coding]]] = defaultdict(list)
    for coding in listed:
        coders[coding.segment.source].add(coding.coder)
        joined, apart = [coding], []
        for group in groups[coding.segment.source, coding.code]:
            meets = any(coding.segment & one.segment for one in group)
            joined, apart = (joined + group, apart) if meets else (joined, [*apart, group])
        groups[coding.segment.source, coding.code] = [*apart, joined]
    for (source, _code), among in groups.items():
        for group in among:
            if len(coders[source]) == 1:
                settled |= {coding.id for coding in group}
            elif {coding.coder for coding in group} == coders[source]:
                settled.add(min(coding.id for coding in group))
    return settled


def fits(coding: Coding, codings: Codings, agreed: set[UUID], told: dict) -> bool:
    """Whether a list would keep a coding."""
    visit = codings.corpus.visit(codings.corpus[coding.segment.source])
    return all(
        {
            "code": lambda code: code in {coding.code, codings.grid.family(coding.code).id},
            "coder": lambda coder: coder == coding.coder,
            "settled": lambda wanted: wanted == (coding.id in agreed),
            "visit_kind": lambda kind: visit is not None and visit.kind == kind,
            "territory": lambda key: visit is not None and key in visit.territories,
            "visit": lambda key: visit is not None and visit.id == key,
            "participant": lambda key: visit is not None and key in visit.participants,
            "facets": lambda wanted: all(coding.facets.get(k) == v for k, v in wanted.items()),
        }[name](value)
        for name, value in told.items()
    )


@given(st.data())
def test_iterating_and_counting_give_the_list_back(codings_of, drawn_codings, data):
    codings = data.draw(drawn_codings)
    listed = list(codings)
    assert len(codings) == len(listed)
    assert list(codings_of(listed, codings.corpus, codings.grid)) == listed
    assert codings.coders == tuple(sorted({coding.coder for coding in listed}))
    assert list(codings.quotes()) == [codings.quote(coding) for coding in listed]


@given(st.data(), CONDITIONS)
def test_a_selection_keeps_what_a_list_would_in_the_same_order(drawn_codings, data, told):
    codings = data.draw(drawn_codings)
    agreed = settled_ids(list(codings))
    kept = [coding for coding in codings if fits(coding, codings, agreed, told)]
    assert list(codings.where(**told)) == kept


@given(st.data(), CONDITIONS)
def test_a_selection_of_grouped_codings_keeps_what_a_list_would(grouped_codings, data, told):
    codings = data.draw(grouped_codings)
    agreed = settled_ids(list(codings))
    kept = [coding for coding in codings if fits(coding, codings, agreed, told)]
    part = codings.where(**told)
    assert list(part) == kept
    assert {e.id for e in part.episodes} == {
        e.id for e in codings.episodes if any(coding.id in e for coding in kept)
    }


@given(st.data())
def test_grouping_changes_no_coding_but_its_facets(grouped_codings, data):
    codings = data.draw(grouped_codings)
    bare = replace(codings.columns, episode=None, episodes=())
    before = list(Codings(bare, codings.corpus, codings.grid))
    facets = {key: episode.facets for episode in codings.episodes for key in episode.codings}
    for coding, alone in zip(codings, before, strict=True):
        assert replace(coding, facets={}) == replace(alone, facets={})
        assert coding.id not in facets or coding.facets == facets[coding.id]
    grouped = sum(len(episode.codings) for episode in codings.episodes)
    assert grouped == len(facets) == sum(coding.id in facets for coding in codings)


@given(st.data())
def test_grouping_and_its_facets_change_the_fingerprint_and_the_order_of_rows_does_not(
    grouped_codings, data
):
    codings = data.draw(grouped_codings.filter(lambda one: one.episodes))
    bare = Codings(replace(codings.columns, episode=None), codings.corpus, codings.grid)
    assert bare.fingerprint != codings.fingerprint
    rows = np.array(data.draw(st.permutations(range(len(codings)))), np.int64)
    shuffled = Codings(codings.columns.take(rows), codings.corpus, codings.grid)
    assert shuffled.fingerprint == codings.fingerprint
    first = codings.episodes[0]
    other = replace(first, facets={"phase": "z"})
    changed = codings.columns.grouped([other, *codings.episodes[1:]])
    assert Codings(changed, codings.corpus, codings.grid).fingerprint != codings.fingerprint


def test_an_episode_keeps_those_of_its_codings_that_are_here(codings_of):
    codings = codings_of([], Corpus(), Grid("g", "v1"))
    gone = Episode(UUID(int=1), "s", "a", "v1", (UUID(int=2),))
    assert codings.columns.grouped([gone]) is codings.columns
    assert codings.episodes == ()


@given(st.data(), CONDITIONS, st.randoms())
def test_conditions_may_be_told_together_or_one_by_one_in_any_order(
    drawn_codings, data, told, random
):
    codings = data.draw(drawn_codings)
    steps = list(told.items())
    random.shuffle(steps)
    found = codings
    for name, value in steps:
        found = found.where(**{name: value})
    assert list(found) == list(codings.where(**told))


@given(st.data(), st.randoms())
def test_the_order_of_the_rows_changes_nothing(codings_of, drawn_codings, data, random):
    codings = data.draw(drawn_codings)
    listed = list(codings)
    random.shuffle(listed)
    shuffled = codings_of(listed, codings.corpus, codings.grid)
    assert shuffled.fingerprint == codings.fingerprint
    assert {c.id for c in shuffled.where(settled=True)} == {
        c.id for c in codings.where(settled=True)
    }


@given(st.data())
def test_a_selection_is_told_apart_by_its_fingerprint(drawn_codings, data):
    codings = data.draw(drawn_codings)
    for told in ({"code": "S1"}, {"coder": "a"}, {"settled": True}):
        part = codings.where(**told)
        assert (part.fingerprint == codings.fingerprint) == (len(part) == len(codings))


@given(st.data())
def test_whatever_changes_in_a_coding_changes_the_fingerprint(codings_of, drawn_codings, data):
    codings = data.draw(drawn_codings)
    listed = list(codings)
    if not listed:
        return
    first = listed[0]
    longer = Segment(first.segment.source, first.segment.start, first.segment.end + 1)
    changes = (
        {"code": "S9"}, {"coder": "z"}, {"grid": "v2"}, {"version": "v9"}, {"segment": longer},
        {"facets": {"phase": "z"}}, {"id": UUID(int=7)},
    )  # fmt: skip
    for change in changes:
        other = codings_of([replace(first, **change), *listed[1:]], codings.corpus, codings.grid)
        assert other.fingerprint != codings.fingerprint


@given(st.data(), CONDITIONS)
def test_a_selection_remembers_what_was_left_out_of_the_study(
    codings_of, drawn_codings, data, told
):
    drawn = data.draw(drawn_codings)
    left_out = {"other_grid": 3, "conflict": 1}
    codings = codings_of(list(drawn), drawn.corpus, drawn.grid, left_out=left_out)
    assert codings.where(**told).left_out == left_out
    assert codings.on(drawn.corpus).left_out == left_out


@given(st.data())
def test_codings_on_a_part_of_the_corpus_are_those_of_its_sources(drawn_codings, data):
    codings = data.draw(drawn_codings)
    part = Corpus(
        data.draw(st.sets(st.sampled_from(codings.corpus.sources))), codings.corpus.register
    )
    on = codings.on(part)
    assert list(on) == [coding for coding in codings if coding.segment.source in part]
    assert on.corpus is part
    assert list(on.where(settled=True)) == list(codings.where(settled=True).on(part))


@given(st.data())
def test_a_coding_is_never_read_on_another_version_of_its_text(drawn_codings, data):
    codings = data.draw(drawn_codings)
    first, *rest = codings.corpus.sources
    edited = replace(first, version="other", text=f"Ajout. {first.text}")
    corpus = Corpus([edited, *rest], codings.corpus.register)
    on = codings.on(corpus)
    moved = [coding for coding in codings if coding.segment.source == first.id]
    assert list(on) == [coding for coding in codings if coding not in moved]
    assert on.left_out.get("other_version", 0) == len(moved)
    read_anew = Codings(codings.columns, corpus, codings.grid)
    for coding in moved:
        with pytest.raises(Conflict):
            read_anew.quote(coding)


def test_conditions_that_the_grid_or_the_vocabulary_does_not_know_are_refused(codings_of):
    codings = codings_of([], Corpus(), Grid("g", "v1"))
    with pytest.raises(NotFound, match="S1"):
        codings.where(code="S1")
    with pytest.raises(InvalidInput, match="mirror"):
        codings.where(visit_kind="miror")


def test_an_axis_keeps_its_codes_alone(codings_of):
    axes = (Axis("situations", "Situations"), Axis("needs", "Besoins"))
    codes = (Code("S1", "Clarifier"), Code("B1", "Une carte", "needs"))
    grid = Grid("g", "v1", axes=axes, codes=codes)
    texts = Corpus([Source("s", "v", "s.md", "field_note", "x" * 60, Structure(), "", "md/1")])
    made = [
        Coding(UUID(int=rank + 1), Segment("s", 0, 9), "v", code, "a", "v1")
        for rank, code in enumerate(("S1", "B1", "S1"))
    ]
    codings = codings_of(made, texts, grid)
    assert [coding.code for coding in codings.where(axis="needs")] == ["B1"]
    assert len(codings.where(axis="situations")) == 2
    with pytest.raises(NotFound, match="needs"):
        codings.where(axis="need")


def test_no_codings_at_all_can_be_selected_and_counted():
    codings = Codings(CodingColumns.empty(), Corpus(), Grid("g", "v1"))
    assert list(codings) == list(codings.where(settled=True, coder="a")) == list(codings.quotes())
    assert codings.coders == ()
    assert codings.fingerprint == codings.where(settled=False).fingerprint


WORDS = st.lists(st.text(max_size=2))


@given(WORDS, st.data())
def test_a_column_of_words_holds_each_word_at_its_row(values, data):
    column = Words.of(values)
    assert [column[row] for row in range(len(values))] == values
    assert len(set(column.names)) == len(column.names)
    assert set(column.names) == set(values)
    rows = data.draw(st.lists(st.integers(0, len(values) - 1)) if values else st.just([]))
    taken = column.take(np.array(rows, np.int64))
    assert [taken[at] for at in range(len(rows))] == [values[row] for row in rows]


@given(WORDS, st.sets(st.text(max_size=2)))
def test_a_column_tells_which_rows_hold_one_of_some_words(values, wanted):
    assert Words.of(values).among(wanted).tolist() == [value in wanted for value in values]


@given(WORDS, WORDS)
def test_the_digests_of_words_tell_words_apart(first, second):
    digests = [set(Words.of(values).digests().tolist()) for values in (first, second)]
    assert (digests[0] == digests[1]) == (set(first) == set(second))


def settled(*rows: tuple[int, int, int, str, str]) -> list[int]:
    """Rows settled, of (source, start, end, code, coder)."""
    columns = replace(
        CodingColumns.empty(),
        ids=np.array([bytes([rank]) for rank in range(len(rows))], object),
        start=np.array([row[1] for row in rows]),
        end=np.array([row[2] for row in rows]),
        **{
            name: Words.of([str(row[at]) for row in rows])
            for name, at in (("source", 0), ("code", 3), ("coder", 4))
        },
    )
    readers = [len({row[4] for row in rows if str(row[0]) == s}) for s in columns.source.names]
    everyone = np.ones(len(rows), np.bool_)
    return np.flatnonzero(settled_kinds(columns, np.array(readers), everyone)).tolist()


def test_a_note_coded_by_one_person_is_settled_even_where_her_segments_overlap():
    assert settled((0, 0, 9, "S1", "a"), (0, 5, 12, "S1", "a"), (0, 0, 9, "S2", "a")) == [0, 1, 2]


def test_a_second_coder_of_the_note_unsettles_what_only_the_first_saw():
    assert settled((0, 0, 9, "S1", "a"), (0, 20, 30, "S2", "b")) == []
    assert settled((0, 0, 9, "S1", "a"), (1, 0, 9, "S1", "b")) == [0, 1]


def test_segments_that_only_touch_do_not_agree():
    assert settled((0, 0, 9, "S1", "a"), (0, 9, 12, "S1", "b")) == []
    assert settled((0, 0, 9, "S1", "a"), (0, 8, 12, "S1", "b")) == [0]


def test_what_an_adjudication_puts_is_settled_and_what_it_is_about_is_not(codings_of):
    """Claire keeps the first of two codings that differ; a third passage is as it was."""
    texts = Corpus([Source("s", "v", "s.md", "field_note", "x" * 60, Structure(), "", "md/1")])
    rows = [(0, 9, "S1", "a"), (0, 9, "S2", "b"), (20, 30, "S1", "a"), (22, 28, "S1", "b"),
            (0, 9, "S1", "c")]  # fmt: skip
    made = [
        Coding(UUID(int=rank + 1), Segment("s", start, end), "v", code, coder, "v1")
        for rank, (start, end, code, coder) in enumerate(rows)
    ]
    decision = Adjudication(
        made[4].id, made[4].segment, "v", (made[0].id, made[1].id), "definition", "…", "c",
        datetime(2023, 7, 3, tzinfo=UTC), "S1", "v1", made[0].id,
    )  # fmt: skip
    plain = codings_of(made, texts, Grid("g", "v1"))
    codings = Codings(plain.columns.adjudicated([decision]), texts, plain.grid)
    settled = codings.where(settled=True)
    assert {coding.id.int for coding in settled} == {5, 3}
    assert settled.settled_shares == {"decided": 1, "agreed": 1, "alone": 0}
    assert codings.readers == {"s": ("a", "b")}
    assert {coding.id.int for coding in codings.where(decided=False)} == {1, 2, 3, 4}
    contended = [decision, replace(decision, id=UUID(int=9), code="S2", kept=made[1].id)]
    apart = Codings(plain.columns.adjudicated(contended), texts, plain.grid)
    assert {coding.id.int for coding in apart} == {1, 2, 3, 4}
    assert {coding.id.int for coding in apart.where(settled=True)} == {3}
    twice = [replace(decision, id=UUID(int=9), by="z", why="De même."), decision]
    alike = Codings(plain.columns.adjudicated(twice), texts, plain.grid)
    assert {coding.id.int for coding in alike.where(settled=True)} == {5, 3}


def test_a_reader_who_found_nothing_unsettles_and_a_trainee_does_not(codings_of):
    register = Register(researchers=(Researcher("t", "", standing="trainee"),))
    source = Source("s", "v", "s.md", "field_note", "x" * 60, Structure(), "", "md/1")
    texts = Corpus([source], register)
    made = [
        Coding(UUID(int=1), Segment("s", 0, 9), "v", "S1", "a", "v1"),
        Coding(UUID(int=2), Segment("s", 20, 29), "v", "S1", "t", "v1"),
    ]
    columns = codings_of(made, texts, Grid("g", "v1")).columns
    alone = Codings(columns, texts, Grid("g", "v1"))
    assert [coding.id.int for coding in alone.where(settled=True)] == [1]
    read = Codings(columns, texts, Grid("g", "v1"), readers={"s": ("a", "b")})
    assert read.readers == {"s": ("a", "b")}
    assert not len(read.where(settled=True))


def test_all_the_coders_of_a_note_must_agree_and_one_coding_speaks_for_them():
    two = [(0, 0, 9, "S1", "a"), (0, 2, 5, "S1", "b")]
    assert settled(*two, (0, 40, 50, "S3", "c")) == []
    assert settled(*two, (0, 4, 50, "S1", "c")) == [0]


@given(st.data(), CONDITIONS)
def test_who_read_a_note_is_told_among_all_the_codings(drawn_codings, data, told):
    codings = data.draw(drawn_codings)
    readers = defaultdict(set)
    for coding in codings:
        readers[coding.segment.source].add(coding.coder)
    expected = {source: tuple(sorted(coders)) for source, coders in readers.items()}
    part = codings.where(**told)
    assert codings.readers == part.readers == expected
    assert part.whole is codings.whole is codings
