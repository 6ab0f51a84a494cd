"""Findings are kept under a name, replaced by their next version, with the codings that stand."""

from dataclasses import replace

import pytest

from cpit_research.errors import Conflict
from cpit_research.model.finding import Finding
from cpit_research.model.segment import Segment
from cpit_research.store.codings import heads_of
from cpit_research.store.findings import append_finding
from cpit_research.study.conclude import conclude_all

NOTE = "Le maire attend. L’école ferme. " + "La suite est longue. " * 9


@pytest.fixture
def study(new_study):
    study = new_study({"V01.md": NOTE})
    key = study.corpus.at("V01.md").id
    study.code_all([(Segment(key, 0, 16), "S1"), (Segment(key, 17, 31), "S2")], coder="claire")
    return study


def claims(study) -> list[tuple[str, str]]:
    return [(one.reference, one.claim) for one in study.findings]


def test_a_finding_comes_back_with_the_codings_behind_it(study):
    first, second = study.codings()
    kept = study.conclude(Finding("Tout attend", [first], [second], "Deux communes"))
    assert study.findings == (kept,)
    assert (kept.reference, kept.scope) == ("E1", "Deux communes")
    assert (kept.supports, kept.qualifies) == ((first,), (second,))


def test_findings_are_numbered_and_stay_in_the_order_they_were_drawn(study):
    for claim in ("un", "deux", "trois"):
        study.conclude(Finding(claim))
    study.conclude(Finding("un, nuancé", reference="E1"))
    assert claims(study) == [("E1", "un, nuancé"), ("E2", "deux"), ("E3", "trois")]


def test_a_name_already_taken_is_not_given_again(study):
    study.conclude(Finding("deux", reference="E2"))
    drawn = conclude_all(study, [Finding("un"), Finding("trois")])
    assert [one.reference for one in drawn] == ["E1", "E3"]


def test_keeping_what_is_kept_already_writes_nothing(study):
    finding = Finding("Tout attend", study.codings(), reference="E1")
    study.conclude(finding)
    before = study.shelf.database.change_counter()
    study.conclude(finding)
    study.conclude(study.findings[0])
    assert study.shelf.database.change_counter() == before


def test_two_versions_given_at_once_leave_the_last(study):
    conclude_all(study, [Finding("un", reference="E1"), Finding("un, nuancé", reference="E1")])
    assert claims(study) == [("E1", "un, nuancé")]


def test_concluding_again_settles_a_conflict(study):
    kept = study.conclude(Finding("un"))
    with study.shelf.database.writing() as connection:
        before = heads_of(connection, kept.id.bytes)
        for rank in (200, 201):  # as two studies that were merged would bring
            append_finding(
                connection, event=rank.to_bytes(16, "big"), subject=kept.id.bytes, actor="yann",
                at=0, payload={"claim": str(rank), "reference": "E1"}, replaces=before,
            )  # fmt: skip
    assert claims(study) == []
    study.conclude(Finding("un, d’accord", reference="E1"))
    assert claims(study) == [("E1", "un, d’accord")]


def test_a_coding_taken_back_no_longer_stands_behind_its_finding(study):
    first, second = study.codings()
    study.conclude(Finding("Tout attend", [first, second]))
    study.retract(first, coder="claire")
    assert study.findings[0].supports == (second,)


def test_a_failure_while_concluding_keeps_none_of_the_findings(study):
    study.conclude(Finding("un"))

    def drawn():
        yield Finding("deux")
        yield replace(Finding("trois"), claim=" ")

    with pytest.raises(ValueError, match="claim"):
        conclude_all(study, drawn())
    assert claims(study) == [("E1", "un")]


def test_a_finding_that_changed_its_name_is_not_written_over_by_the_next(study):
    first = study.conclude(Finding("un"))
    study.conclude(replace(first, reference="E7"))
    second = study.conclude(Finding("deux"))
    study.conclude(Finding("deux, nuancé", reference="E1"))
    assert claims(study) == [("E7", "un"), ("E1", "deux, nuancé")]
    assert study.findings[1].id == second.id


def test_a_finding_may_not_take_the_name_of_another(study):
    first, _second = conclude_all(study, [Finding("un"), Finding("deux")])
    with pytest.raises(Conflict):
        study.conclude(replace(first, reference="E2"))
    assert claims(study) == [("E1", "un"), ("E2", "deux")]
