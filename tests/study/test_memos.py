"""A thought is kept about words that are there, in the name of who thought it."""

import pytest

from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.segment import Segment

NOTE = "Le maire attend. L’école 🌾 ferme."


@pytest.fixture
def study(new_study):
    return new_study({"V01.md": NOTE})


@pytest.fixture
def segment(study):
    return Segment(study.corpus.at("V01.md").id, 17, 33)


def test_a_memo_is_kept_with_its_kind_and_is_no_coding(study, segment):
    kept = study.memo(segment, "J’y tenais trop.", coder="claire", kind="reflexive")
    plain = study.memo(segment, "À revoir.", coder="yann")
    assert set(study.memos) == {kept, plain}
    assert (kept.kind, plain.kind) == ("reflexive", None)
    assert not len(study.codings())
    assert study.check().sound


def test_a_memo_without_words_or_kind_or_place_is_refused(study, segment):
    with pytest.raises(InvalidInput, match="reflexive"):
        study.memo(segment, "Oui.", coder="claire", kind="reflexif")
    with pytest.raises(InvalidInput):
        study.memo(segment, "  ", coder="claire")
    with pytest.raises(InvalidInput):
        study.memo(Segment(segment.source, 3, 4000), "Oui.", coder="claire")
    with pytest.raises(NotFound):
        study.memo(segment, "Oui.", coder="clara")
    assert study.memos == ()
