"""A code is put in someone's name on words that are there, and can be taken back."""

import pytest

from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.segment import Segment
from cpit_research.store.verifying import rows_of
from cpit_research.study.study import Study

NOTE = "Le maire attend. L’école 🌾 ferme. " + "La suite est longue. " * 9


@pytest.fixture
def study(new_study):
    return new_study({"V01.md": NOTE})


@pytest.fixture
def segment(study):
    return Segment(study.corpus.at("V01.md").id, 17, 33)


def test_a_coding_put_is_among_the_codings_with_its_words(study, segment):
    coding = study.code(segment, "S1", coder="claire", facets={"phase": "early"})
    codings = study.codings()
    assert list(codings) == [coding]
    assert codings.quote(coding) == "L’école 🌾 ferme."
    assert codings.fingerprint != study.codings().where(coder="yann").fingerprint


def test_many_codings_are_put_at_once_or_not_at_all(study, segment):
    other = Segment(segment.source, 0, 5)
    assert study.code_all([(segment, "S1"), (other, "S2")], coder="yann") == 2
    with pytest.raises(NotFound):
        study.code_all([(other, "S1"), (segment, "S9")], coder="claire")
    assert {(c.code, c.coder) for c in study.codings()} == {("S1", "yann"), ("S2", "yann")}


def test_a_coding_taken_back_is_there_no_more_but_its_record_is(study, segment):
    coding = study.code(segment, "S1", coder="claire")
    study.retract(coding, coder="yann")
    assert len(study.codings()) == 0
    with study.shelf.database.reading() as connection:
        assert len(rows_of(connection, "event")[0]) == 2
    assert study.check().sound


def test_taking_back_a_coding_of_an_older_text_leaves_a_sound_study(study, segment):
    coding = study.code(segment, "S1", coder="claire")
    (study.shelf.raw / "V01.md").write_text(f"Ajout. {NOTE}", encoding="utf-8")
    study.ingest()
    study.retract(coding, coder="claire")
    assert study.check().faults == ()
    assert study.codings().left_out == {}


def test_a_coding_that_the_study_never_held_cannot_be_taken_back(study, new_study, segment):
    elsewhere = new_study({"V01.md": NOTE})
    elsewhere.code(segment, "S1", coder="claire")
    coding = elsewhere.code(segment, "S2", coder="claire")
    with pytest.raises(NotFound):
        study.retract(coding, coder="claire")


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [("S9", NotFound, ""), ("s1", NotFound, "S1"), ("F1", InvalidInput, "S1, S2")],
)
def test_only_a_code_of_the_grid_without_others_under_it_can_be_put(
    study, segment, code, kind, said
):
    with pytest.raises(kind) as refusal:
        study.code(segment, code, coder="claire")
    assert said in refusal.value.exists
    assert len(study.codings()) == 0


def test_a_segment_must_stand_in_a_text_of_the_study(study, segment):
    end = len(study.corpus[segment.source].text)
    study.code(Segment(segment.source, 0, end), "S1", coder="claire")
    with pytest.raises(InvalidInput, match=str(end)):
        study.code(Segment(segment.source, 0, end + 1), "S1", coder="claire")
    with pytest.raises(NotFound):
        study.code(Segment("elsewhere", 0, 1), "S1", coder="claire")


def test_the_coder_must_be_of_the_register_when_it_names_some(study, new_study, segment):
    with pytest.raises(NotFound, match="claire") as refusal:
        study.code(segment, "S1", coder="claude")
    assert "yann" in refusal.value.exists
    with pytest.raises(InvalidInput):
        study.code(segment, "S1", coder=" ")
    free = new_study({"V01.md": NOTE}, register=False)
    assert free.code(segment, "S1", coder="n’importe qui").coder == "n’importe qui"


@pytest.mark.parametrize("facets", [{"phase": "début"}, {"humeur": "early"}])
def test_a_facet_must_be_of_the_grid(study, segment, facets):
    with pytest.raises(InvalidInput, match="phase"):
        study.code(segment, "S1", coder="claire", facets=facets)


def test_codings_under_another_version_of_the_grid_are_left_out_and_counted(
    study, segment, add_grid
):
    study.code(segment, "S1", coder="claire")
    add_grid(study, "v2")
    assert study.codings().left_out == {"other_grid": 1}
    assert len(study.codings("v1")) == 1
    study.code(segment, "S2", coder="claire")
    assert {coding.grid for coding in study.codings()} == {"v2"}


def test_what_another_door_of_the_same_study_writes_is_seen(study, segment):
    assert len(study.codings()) == 0
    with Study(study.folder) as other:
        other.code(segment, "S1", coder="yann")
    assert len(study.codings()) == 1
