"""Agreement told on codings is that of dense tables, whatever the order of notes and coders."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations, permutations
from random import Random
from uuid import UUID

import numpy as np
import pandas as pd
import pytest
from double_coded import note, put
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from cpit_research import agreement
from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.unitizing import pooled_unitizing_alpha
from cpit_research.agreement.units import unit_ranges
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.structure import Part, Structure

UNITS = st.sampled_from(["sentence", "turn", "paragraph", "span"])
NUMBERS = ["observed", "positive", "negative", "kappa", "alpha", "ac1", "prevalence"]
COUNTS = ["both", "first_only", "second_only", "neither"]


def marked(coding, ranges) -> set[int]:
    """The units that a coding marks, one by one."""
    covered = [
        max(0, min(coding.segment.end, end) - max(coding.segment.start, start))
        for start, end in ranges
    ]
    return {
        at
        for at, (start, end) in enumerate(ranges)
        if covered[at] and 2 * covered[at] >= min(end - start, sum(covered))
    }


def dense(codings, unit, code) -> tuple[np.ndarray, list[str]]:
    """What each coder said of every unit, NaN where she did not read: shape (coders, units)."""
    readers = defaultdict(set)
    for coding in codings:
        readers[coding.segment.source].add(coding.coder)
    coders = sorted({coder for who in readers.values() if len(who) > 1 for coder in who})
    columns = []
    for source in codings.corpus:
        who = readers[source.id]
        if len(who) < 2:
            continue
        ranges = unit_ranges(source, unit).tolist()
        if unit == "span":
            ranges = [(at, at + 1) for start, end in ranges for at in range(start, end)]
        said = np.full((len(coders), len(ranges)), np.nan)
        said[[coders.index(coder) for coder in who]] = 0
        for coding in codings:
            if coding.segment.source == source.id and coding.code == code:
                said[coders.index(coding.coder), sorted(marked(coding, ranges))] = 1
        columns.append(said)
    return np.concatenate([*columns, np.zeros((len(coders), 0))], axis=1), coders


def naive_alpha(said) -> float:
    """Krippendorff's alpha, value by value."""
    units = [column[~np.isnan(column)] for column in said.T]
    values = np.concatenate([*units, []])
    n = len(values)
    seen = sum(
        sum(first != second for first, second in permutations(unit, 2)) / (len(unit) - 1)
        for unit in units
    )
    expected = 2 * (values == 1).sum() * (values == 0).sum() / (n - 1)
    return 1 - seen / expected if expected else np.nan


def naive(said) -> dict[str, float]:
    """Every coefficient by its definition."""
    units = [column[~np.isnan(column)] for column in said.T]
    pairs = np.array([
        (first, second)
        for column in said.T
        for first, second in combinations(column, 2)
        if not np.isnan(first + second)
    ]).reshape(-1, 2)  # fmt: skip
    both = int((pairs.sum(axis=1) == 2).sum())
    first = int(((pairs[:, 0] == 1) & (pairs[:, 1] == 0)).sum())
    second = int(((pairs[:, 0] == 0) & (pairs[:, 1] == 1)).sum())
    neither = len(pairs) - both - first - second
    same = [np.mean([x == y for x, y in combinations(unit, 2)]) for unit in units]
    shares = np.array([np.nanmean(row) for row in said if not np.isnan(row).all()])
    prevalence = np.mean([unit.mean() for unit in units])
    spread = shares.var(ddof=1)
    kappa_chance = shares.mean() ** 2 + (1 - shares.mean()) ** 2 - 2 * spread / len(shares)
    ac1_chance = 2 * prevalence * (1 - prevalence)
    observed = np.mean(same)
    with np.errstate(all="ignore"):
        return {
            "both": both,
            "first_only": first,
            "second_only": second,
            "neither": neither,
            "n_units": len(units),
            "observed": observed,
            "positive": np.float64(2 * both) / (2 * both + first + second),
            "negative": np.float64(2 * neither) / (2 * neither + first + second),
            "kappa": (observed - kappa_chance) / (1 - kappa_chance)
            if kappa_chance < 1 - 1e-12
            else np.nan,
            "alpha": naive_alpha(said),
            "ac1": (observed - ac1_chance) / (1 - ac1_chance),
            "prevalence": prevalence,
        }


def unitizing(codings, code) -> float:
    """Unitizing alpha, note by note, coder by coder."""
    texts = []
    for source in codings.corpus:
        read = codings.readers.get(source.id, ())
        units = [
            (one.coder, one.segment.start, one.segment.end, code)
            for one in codings
            if one.code == code and one.segment.source == source.id
        ]
        text = Continuum.of(units, coders=read, start=0, length=len(source.text))
        texts.append(text.merged())
    return pooled_unitizing_alpha(texts).alpha


@given(st.data(), UNITS)
def test_each_code_has_the_numbers_of_its_dense_table(several_coders, data, unit):
    codings = data.draw(several_coders)
    table = agreement.alpha(codings, unit=unit).table
    for code in set(codings.columns.code.names):
        said, _coders = dense(codings, unit, code)
        if not np.nansum(said):
            assert code not in table.index
            continue
        expected = naive(said)
        if unit == "span":
            expected["alpha"] = unitizing(codings, code)
        if (np.nan_to_num(said).max(axis=0) > 0).sum() < 5:
            assert table.loc[code, "status"] == "not_estimable"
            expected |= dict.fromkeys(NUMBERS[:-1], np.nan)
        told = table.loc[code, list(expected)].to_dict()
        assert told == pytest.approx(expected, abs=1e-9, nan_ok=True)


@given(st.data(), UNITS)
def test_kappa_of_two_coders_is_that_of_scikit_learn(two_coders, data, unit):
    codings = data.draw(two_coders)
    table = agreement.kappa(codings, unit=unit).table
    for code in table.index[:-1]:
        if table.loc[code, "status"] != "not_estimable":
            first, second = dense(codings, unit, code)[0]
            if len(set(first)) == len(set(second)) == 1:
                continue
            assert table.loc[code, "kappa"] == pytest.approx(cohen_kappa_score(first, second))


@given(st.data(), UNITS, st.permutations("abcd"))
def test_renaming_coders_changes_no_coefficient(codings_of, several_coders, data, unit, names):
    codings = data.draw(several_coders)
    renamed = dict(zip("abcd", names, strict=True))
    listed = [replace(coding, coder=renamed[coding.coder]) for coding in codings]
    other = codings_of(listed, codings.corpus, codings.grid)
    kept = [*NUMBERS, "both", "neither", "n_units", "n_notes", "low", "high", "status"]
    for tell in (agreement.alpha, agreement.kappa, agreement.ac1):
        before, after = (tell(one, unit=unit).table for one in (codings, other))
        pd.testing.assert_frame_equal(before[kept], after[kept])
        apart = [one["first_only"] + one["second_only"] for one in (before, after)]
        pd.testing.assert_series_equal(*apart)


@given(st.data(), UNITS, st.sampled_from(["code", "family", "grid_version", "coder_pair"]))
def test_a_note_that_one_coder_alone_read_changes_nothing(
    codings_of, several_coders, data, unit, by
):
    codings = data.draw(several_coders)
    alone = note(99, "Il pleut. Le maire arrive tard. Oui.")
    corpus = Corpus([alone, *codings.corpus.sources])
    more = [put(99, "a", code, 0, 9) for code in ("S1", "S2", "S3")]
    other = codings_of([*more, *codings], corpus, codings.grid)
    before, after = (agreement.alpha(one, unit=unit, by=by).table for one in (codings, other))
    pd.testing.assert_frame_equal(before, after)


@given(st.data(), UNITS, st.sampled_from(["code", "family", "grid_version", "coder_pair"]))
def test_coders_who_mark_the_same_agree_perfectly(codings_of, two_coders, data, unit, by):
    codings = data.draw(two_coders)
    first = [coding for coding in codings if coding.coder == "a"]
    twins = [replace(c, id=UUID(int=c.id.int ^ 1), coder="b")
             for c in first]  # fmt: skip
    other = codings_of([*first, *twins], codings.corpus, codings.grid)
    table = agreement.alpha(other, unit=unit, by=by).table
    told = table[table["status"] != "not_estimable"]
    assert (told[["first_only", "second_only"]] == 0).all(axis=None)
    assert (told[["observed", "positive", "ac1"]] == 1).all(axis=None)
    assert told[["kappa", "alpha", "negative"]].dropna(how="all").isin([1, np.nan]).all(axis=None)
    assert told[["low", "high"]].isna().all(axis=None)  # nothing varies: nothing to tell


def test_coders_who_mark_by_chance_agree_no_more_than_chance(coded):
    chance = Random(5)
    listed = [
        put(at, coder, code, 6 * sentence, 6 * sentence + 5)
        for at in range(60)
        for coder in "abc"
        for code in ("S1", "S2", "S3")
        for sentence in range(20)
        if chance.random() < 0.2
    ]
    codings = coded(["Oui.. " * 20] * 60, listed)
    for tell, name in ((agreement.alpha, "alpha"), (agreement.kappa, "kappa")):
        table = tell(codings).table
        assert (table[name].abs() < 0.05).all()
        assert ((table["low"] < 0) & (table["high"] > 0)).all()


@pytest.mark.parametrize(
    ("first", "second", "kappa"), [((0, 5_000), (2_500, 7_500), 0.0), ((0, 100), (50, 150), 0.4949)]
)
def test_spans_count_the_characters_that_nobody_marked(coded, first, second, kappa):
    listed = [put(0, "a", "S1", *first), put(0, "b", "S1", *second)]
    table = agreement.kappa(coded(["a" * 10_000], listed), unit="span").table
    assert table.loc["S1", "kappa"] == pytest.approx(kappa, abs=1e-4)
    assert table.loc["S1", COUNTS].sum() == 10_000
    assert table.loc["S1", "status"] == "indicative"


@given(st.data(), UNITS)
def test_pairs_of_coders_are_told_as_if_the_others_had_not_coded(several_coders, data, unit):
    codings = data.draw(several_coders)
    table = agreement.kappa(codings, unit=unit, by="coder_pair").table
    pooled = agreement.kappa(codings, unit=unit).table.loc["total"]
    rows = table.drop("total")
    assert (rows[COUNTS].sum() == pooled[COUNTS]).all()
    pd.testing.assert_series_equal(table.loc["total"], pooled)


@given(st.data(), UNITS)
def test_the_last_row_adds_the_counts_of_all_codes(several_coders, data, unit):
    table = agreement.alpha(data.draw(several_coders), unit=unit).table
    assert (table.drop("total")[COUNTS].sum() == table.loc["total", COUNTS]).all()
    assert (table["n_units"] == table["n_units"].iloc[-1]).all()


@given(st.data(), UNITS)
def test_a_family_is_marked_where_one_of_its_codes_is(codings_of, several_coders, data, unit):
    codings = data.draw(several_coders)
    listed = [
        replace(coding, code="S1" if coding.code == "S2" else coding.code) for coding in codings
    ]
    merged = agreement.alpha(codings_of(listed, codings.corpus, codings.grid), unit=unit).table
    families = agreement.alpha(codings, unit=unit, by="family").table
    merged.index = merged.index.map({"S1": "F1", "S3": "F2", "total": "total"})
    pd.testing.assert_frame_equal(merged.drop(columns="name"), families.drop(columns="name"))


@given(st.data(), UNITS)
def test_asking_for_one_code_gives_its_row(several_coders, data, unit):
    codings = data.draw(several_coders)
    every = agreement.alpha(codings, unit=unit).table
    for code in every.index[:-1]:
        alone = agreement.alpha(codings, unit=unit, code=code).table
        same = agreement.alpha(codings.where(code=code), unit=unit).table
        pd.testing.assert_frame_equal(alone.loc[[code]], every.loc[[code]])
        pd.testing.assert_frame_equal(alone, same)


def test_a_coder_under_another_version_of_the_grid_did_not_read_under_this_one(coded):
    text = "Il pleut. Oui. Le maire arrive tard."
    listed = [
        put(0, "a", "S1", 0, 9), put(0, "b", "S1", 0, 9),
        put(1, "a", "S1", 0, 9, grid="v0"), put(1, "b", "S2", 0, 9),
    ]  # fmt: skip
    table = agreement.alpha(coded([text, text], listed), by="grid_version").table
    assert table.loc["v1", ["n_notes", "n_units"]].tolist() == [1, 3]
    assert "v0" not in table.index


def test_versions_of_the_grid_follow_each_other_as_people_count(coded):
    text = "Il pleut. Oui. Le maire arrive tard."
    listed = [
        put(at, coder, "S1", 0, 9, grid=version)
        for at, version in enumerate(("v10", "v2"))
        for coder in "ab"
    ]
    table = agreement.alpha(coded([text, text], listed), by="grid_version").table
    assert list(table.index) == ["v2", "v10", "total"]


def test_few_notes_have_no_interval_and_under_ten_are_indicative(coded):
    text = "Il pleut. Oui. Le maire arrive tard. On verra demain."

    def row(notes: int):
        listed = [put(at, coder, "S1", 0, 9) for at in range(notes) for coder in "ab"]
        listed += [put(at, "a", "S1", 15, 36) for at in range(0, notes, 3)]
        listed += [put(at, "b", "S1", 10, 14) for at in range(0, notes, 4)]
        return agreement.alpha(coded([text] * notes, listed)).table.loc["S1"]

    assert row(2)["status"] == "not_estimable"
    assert np.isnan(row(2)[["observed", "kappa", "alpha", "ac1"]].astype(float)).all()
    assert row(4)["status"] == "indicative"
    assert np.isnan(row(4)["low"])
    assert row(9)["status"] == "indicative"
    assert row(9)["low"] < row(9)["alpha"] < row(9)["high"]
    assert not row(10)["status"]
    assert row(40)["high"] - row(40)["low"] < row(10)["high"] - row(10)["low"]


def test_what_is_outside_is_told(coded, in_english):
    listed = [put(0, "a", "S1", 9, 10), put(0, "b", "S1", 0, 9), put(1, "a", "S1", 0, 9)]
    codings = coded(["Il pleut. Oui.", "Il pleut."], listed)
    notes = agreement.alpha(codings, unit="turn").notes
    assert "1 note that one coder alone read is outside." in notes
    assert any("1 coding stands on no unit" not in said for said in notes)
    assert "1 note has no speaker turn: its units are its paragraphs." in notes
    assert any("stands on no unit" in said for said in agreement.alpha(codings).notes)


def test_no_note_read_twice_gives_an_empty_table_that_says_so(coded):
    table = agreement.alpha(coded(["Il pleut."], [put(0, "a", "S1", 0, 9)])).table
    assert table.index.tolist() == ["total"]
    assert table.loc["total", ["n_units", "n_notes"]].tolist() == [0, 0]
    assert table.loc["total", "status"] == "not_estimable"


def test_words_that_are_not_of_the_vocabulary_are_refused(coded):
    codings = coded(["Il pleut."], [put(0, "a", "S1", 0, 9)])
    with pytest.raises(InvalidInput, match="sentence"):
        agreement.alpha(codings, unit="sentense")
    with pytest.raises(InvalidInput, match="family"):
        agreement.kappa(codings, by="familly")
    with pytest.raises(NotFound, match="S9"):
        agreement.ac1(codings, code="S9")
    with pytest.raises(InvalidInput, match="span"):
        agreement.disputed(codings, unit="spam")


TEXT = "Date : lundi\nMaire : Il pleut. Oui.\n\nRien."
STRUCTURE = Structure([
    Part("header_field", 0, 12), Part("paragraph", 0, 12),
    Part("turn", 13, 35, speaker="Maire", speech_start=21), Part("paragraph", 13, 35),
    Part("paragraph", 36, 36), Part("paragraph", 37, 42),
])  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("sentence", ["Il pleut.", "Oui.", "Rien."]),
        ("turn", ["Il pleut. Oui.", "Rien."]),
        ("paragraph", ["Il pleut. Oui.", "Rien."]),
        ("span", ["\n", "Il pleut. Oui.\n\nRien."]),
    ],
)
def test_headers_labels_and_blanks_are_no_units(unit, words):
    ranges = unit_ranges(note(0, TEXT, STRUCTURE), unit).tolist()
    assert [TEXT[start:end] for start, end in ranges] == words


@pytest.mark.parametrize(
    ("start", "end", "units"),
    [
        (0, 8, {0}),  # two words of a long sentence
        (0, 30, {0}),
        (0, 31, {0}),  # the final space
        (0, 32, {0}),  # and a letter of the next one
        (0, 33, {0, 1}),  # half of it
        (20, 33, {0, 1}),
        (27, 33, {0, 1}),
        (28, 34, {1}),  # a letter of the first, the whole of the second
        (30, 31, set()),  # a blank
    ],
)
def test_a_coding_marks_the_units_that_it_covers_by_half(coded, start, end, units):
    text = "Le maire arrive tard ce matin. Oui. Rien."
    assert text[:30] == "Le maire arrive tard ce matin."
    ranges = [(0, 30), (31, 35), (36, 41)]
    codings = coded([text], [put(0, "a", "S1", start, end), put(0, "b", "S2", 36, 41)])
    assert unit_ranges(codings.corpus["s0"], "sentence").tolist() == [list(one) for one in ranges]
    table = agreement.alpha(codings).table
    told = int(table.loc["S1", "first_only"]) if "S1" in table.index else 0
    assert told == len(marked(codings.coding(0), ranges)) == len(units)


def test_a_code_that_nobody_shares_has_its_numbers_and_no_interval(coded):
    text = "Il pleut. Oui. Le maire arrive tard. On verra demain."
    listed = [put(at, "a", "S1", 0, 9) for at in range(12)]
    listed += [put(at, "b", "S3", 10, 14) for at in range(12)]
    listed += [put(at, coder, "S2", 15, 36) for at in range(12) for coder in "ab"[: 1 + at % 2]]
    row = agreement.alpha(coded([text] * 12, listed)).table.loc
    assert row["S1"]["positive"] == 0
    assert row["S1"]["alpha"] < 0
    assert np.isnan(row["S1"][["low", "high"]].astype(float)).all()
    assert row["S2"]["low"] < row["S2"]["alpha"]


def test_nothing_is_told_of_a_code_under_which_codings_are_to_be_read_again(coded):
    text = "Il pleut. Oui. Le maire arrive tard. On verra demain."
    listed = [put(at, coder, code, 0, 9) for at in range(6) for coder in "ab" for code in ("S1",)]
    listed += [put(at, coder, "S2", 15, 36) for at in range(6) for coder in "ab"]
    plain = coded([text] * 6, listed)
    here, elsewhere = plain.columns.source.names[0], "another note"
    for places, waits in (
        ({(here, "a")}, True),
        ({(elsewhere, "a")}, False),
        ({(here, "c")}, False),
    ):
        codings = Codings(plain.columns, plain.corpus, plain.grid, owed={"S1": places})
        result = agreement.alpha(codings)
        assert (result.table.loc["S1", "status"] == "to_read_again") == waits
        assert np.isnan(result.table.loc["S1", "alpha"]) == waits
        assert result.table.loc["S2", "alpha"] == 1
        assert result.table.loc["total", "alpha"] == 1
        assert any("S1" in note for note in result.notes) == waits
        assert np.isnan(agreement.pairs(codings).table.loc["S1"].iloc[1]) == waits
