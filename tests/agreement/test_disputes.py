"""Disputes are what the table counts, passage by passage."""

from dataclasses import replace
from itertools import chain

import pytest
from double_coded import put
from hypothesis import given
from hypothesis import strategies as st

from cpit_research import agreement
from cpit_research.errors import NotFound

UNITS = st.sampled_from(["sentence", "turn", "paragraph", "span"])
TEXT = "Il pleut fort. Le maire arrive tard. On verra demain. Rien."


def held(dispute) -> list:
    return list(chain.from_iterable(dispute.codings.values()))


@given(st.data(), UNITS)
def test_a_code_has_disputes_if_and_only_if_its_counts_say_so(several_coders, data, unit):
    codings = data.draw(several_coders)
    table = agreement.alpha(codings, unit=unit).table
    told = agreement.disputes(codings, unit=unit)
    apart = table[table["first_only"] + table["second_only"] > 0].index.drop(
        "total", errors="ignore"
    )
    assert {coding.code for one in told for coding in held(one)} == set(apart)
    for code in table.index[:-1]:
        about = agreement.disputes(codings, code=code, unit=unit)
        assert len(about) == sum(any(c.code == code for c in held(one)) for one in told)
        assert {one.code for one in about} <= {code}


@given(st.data(), UNITS)
def test_each_disputed_coding_stands_in_one_dispute(several_coders, data, unit):
    codings = data.draw(several_coders)
    told = agreement.disputes(codings, unit=unit)
    listed = [coding for one in told for coding in held(one)]
    assert len({coding.id for coding in listed}) == len(listed)
    for one in told:
        assert tuple(one.codings) == codings.readers[one.source]
        assert one.start == min(coding.segment.start for coding in held(one))
        assert one.end == max(coding.segment.end for coding in held(one))
        assert {coding.segment.source for coding in held(one)} == {one.source}
        who = {coding.coder for coding in held(one) if coding.code == one.code}
        assert (one.kind == "boundary") <= (who == set(one.codings))
        assert (one.kind == "neighbouring_code") == (len({c.code for c in held(one)}) > 1)
    assert list(told) == sorted(
        told, key=lambda one: (int(one.source[1:]), one.start, one.end, one.code)
    )


@given(st.data(), UNITS)
def test_renaming_coders_changes_no_dispute(codings_of, two_coders, data, unit):
    codings = data.draw(two_coders)
    swapped = {"a": "b", "b": "a"}
    listed = [replace(coding, coder=swapped[coding.coder]) for coding in codings]
    other = codings_of(listed, codings.corpus, codings.grid)

    def shown(told):
        return [(d.source, d.start, d.end, d.code, d.kind, {c.id for c in held(d)}) for d in told]

    assert shown(agreement.disputes(codings, unit=unit)) == shown(
        agreement.disputes(other, unit=unit)
    )


@pytest.mark.parametrize(
    ("second", "kinds"),
    [
        ([("S1", 0, 14)], []),
        ([("S1", 3, 15)], []),  # the same sentence
        ([("S1", 0, 36)], ["boundary"]),
        ([("S1", 15, 36)], ["omission", "omission"]),
        ([("S2", 3, 30)], ["neighbouring_code"]),
        ([("S2", 15, 36)], ["omission", "omission"]),
        ([("S1", 0, 14), ("S2", 0, 14)], ["omission"]),
    ],
)
def test_the_kind_is_what_the_segments_tell(coded, second, kinds):
    listed = [put(0, "a", "S1", 0, 14), *(put(0, "b", *one) for one in second)]
    listed += [put(0, coder, "S3", 54, 59) for coder in "ab"]
    assert [one.kind for one in agreement.disputes(coded([TEXT], listed))] == kinds


def test_the_words_of_each_coder_stand_side_by_side(coded, in_english):
    listed = [put(0, "a", "S1", 0, 14), put(0, "b", "S2", 3, 20), put(1, "b", "S1", 0, 8)]
    listed += [put(1, "c", "S1", 0, 8), put(1, "c", "S3", 54, 59)]
    result = agreement.disputed(coded([TEXT, TEXT], listed))
    rows = result.table.to_dict("records")
    assert [row["quotation:a"] for row in rows] == ["“Il pleut fort.” [S1]", "–"]
    assert [row["quotation:b"] for row in rows] == ["“pleut fort. Le ma” [S2]", ""]
    assert [row["quotation:c"] for row in rows] == ["–", "“Rien.” [S3]"]
    assert [row["kind"] for row in rows] == ["neighbouring_code", "omission"]
    assert [result.column_name(name) for name in result.table.columns[-3:]] == ["a", "b", "c"]
    assert len(agreement.disputed(coded([TEXT, TEXT], listed), code="F2").table) == 1


def test_what_the_grid_does_not_know_is_refused(coded):
    with pytest.raises(NotFound, match="S9"):
        agreement.disputes(coded([TEXT], []), code="S9")
    assert agreement.disputes(coded([TEXT], [])) == ()
