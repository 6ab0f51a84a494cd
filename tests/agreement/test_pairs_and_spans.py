"""Two coders at a time, and segments cut freely, agree with the coefficients of arrays."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpit_research.agreement import alpha, kappa, pairs, spans
from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.gamma import gamma
from cpit_research.agreement.unitizing import unitizing_alpha
from cpit_research.errors import InvalidInput

FEWER = settings(max_examples=10 + settings().max_examples // 5)


@FEWER
@given(st.data())
def test_with_two_coders_the_only_pair_says_what_the_table_of_codes_says(two_coders, data):
    codings = data.draw(two_coders)
    table, whole = pairs(codings).table, alpha(codings).table
    if len(table.columns) == 1:
        assert not whole["n_notes"].max()
        return
    (pair,) = table.columns[1:]
    assert list(table.index) == list(whole.index)
    np.testing.assert_allclose(table[pair], whole["alpha"], equal_nan=True)
    np.testing.assert_allclose(
        pairs(codings, coefficient="kappa").table[pair], kappa(codings).table["kappa"]
    )


@FEWER
@given(st.data())
def test_the_pairs_of_all_codes_together_are_those_of_the_table_of_pairs(several_coders, data):
    codings = data.draw(several_coders)
    by_pair = alpha(codings, by="coder_pair").table["alpha"]
    table = pairs(codings).table
    for pair in table.columns[1:]:
        assert table.loc["total", pair] == pytest.approx(by_pair[pair], nan_ok=True)


def unitizing_of(text):
    """Return the unitizing alpha of one text, from its units alone."""
    return unitizing_alpha(list(text), start=0, length=text.length, coders=text.coders).alpha


def _texts(codings):
    """The notes that several coders read, as continua, written without the columns."""
    read = codings.readers
    return [
        Continuum.of(
            [
                (one.coder, one.segment.start, one.segment.end, one.code)
                for one in codings
                if one.segment.source == source.id and one.coder in read[source.id]
            ],
            coders=read[source.id],
            start=0,
            length=len(source.text),
        ).merged()
        for source in codings.corpus
        if len(read.get(source.id, ())) > 1
    ]


@settings(max_examples=5)
@given(st.data())
def test_a_note_has_the_gamma_of_its_continuum(two_coders, data):
    codings = data.draw(two_coders)
    table = spans(codings).table
    texts = _texts(codings)
    assert len(table) == len(texts)
    for (_note, row), text in zip(table.iterrows(), texts, strict=True):
        assert row["n_segments"] == len(text)
        if len(text) < 5:
            assert math.isnan(row["gamma"])
        else:
            assert row["unitizing"] == pytest.approx(unitizing_of(text), nan_ok=True)
            assert row["gamma"] == pytest.approx(gamma(text).gamma, abs=1e-9)


def test_a_way_of_showing_that_is_not_one_is_refused(coded):
    codings = coded(["Un texte."], [])
    with pytest.raises(InvalidInput, match="alpha"):
        pairs(codings, coefficient="alfa")
    assert len(pairs(codings).table) == 0
