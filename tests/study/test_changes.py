"""What was put, written and proposed is changed, taken back and brought back; nothing is lost."""

import dataclasses
import json
import shutil
from uuid import UUID

import pytest

import cpit_research as cpit
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.segment import Segment
from cpit_research.store.readings import append_reading
from cpit_research.study.sharing.payloads import payload_fault
from cpit_research.study.study import Study
from cpit_research.study.writing import writing

NOTES = {
    "V01 note.md": "Le maire tient seul l’agenda du projet. La secrétaire prépare les dossiers.\n",
    "V02 autre.md": "On attend la réponse du département. Les habitants viennent.\n",
}


@pytest.fixture
def study(new_study):
    return new_study(NOTES)


@pytest.fixture
def source(study):
    return study.corpus.sources[0].id


@pytest.fixture
def coding(study, source):
    return study.code(Segment(source, 0, 8), "S1", coder="claire", facets={"phase": "early"})


def corrected(study, old, new):
    """Put a new text in the place of the first note."""
    source = study.corpus.sources[0]
    place = study.folder / "V01 note corrigée.md"
    place.write_bytes(source.text.replace(old, new).encode())
    assert not study.ingest([place], replaces=source.path).refused


def test_a_coding_is_cut_otherwise_and_stays_that_of_its_coder(study, source, coding):
    cut = study.resize(coding, Segment(source, 3, 13), coder="yann")
    (found,) = study.codings()
    assert found == cut
    assert (found.id, found.coder, dict(found.facets)) == (coding.id, "claire", {"phase": "early"})
    assert study.codings().quote(found) == "maire tien"
    assert study.check().faults == ()


def test_facets_are_said_anew_all_at_once(study, coding):
    study.restate(coding, {"phase": "late"}, coder="claire")
    assert [dict(one.facets) for one in study.codings()] == [{"phase": "late"}]
    study.restate(coding, {}, coder="claire")
    assert [dict(one.facets) for one in study.codings()] == [{}]
    with pytest.raises(InvalidInput):
        study.restate(coding, {"phase": "never"}, coder="claire")


def test_a_coding_is_cut_inside_its_document_alone(study, source, coding):
    other = study.corpus.sources[1].id
    for segment in (Segment(source, 0, 10_000), Segment(other, 0, 5)):
        with pytest.raises(InvalidInput):
            study.resize(coding, segment, coder="claire")
    assert list(study.codings()) == [coding]


def test_what_was_taken_back_is_brought_back_as_it_was(study, source, coding):
    memo = study.memo(Segment(source, 0, 8), "À revoir.", coder="claire", kind="reflexive")
    passage = study.propose(Segment(source, 9, 14), "Tenir", coder="claire", words="Voir.")
    episode = study.episode([coding], coder="claire", label="Agenda")
    before = (list(study.codings()), study.memos, study.grid_proposals(), study.episodes)
    study.episode_dissolve(episode, coder="claire")
    study.retract(coding, coder="claire")
    study.memo_retract(memo, coder="claire")
    study.proposal_retract(passage, coder="claire")
    assert (list(study.codings()), study.memos, study.grid_proposals(), study.episodes) == (
        [], (), (), (),
    )  # fmt: skip
    for thing in (coding, memo, passage, episode):
        study.reinstate(thing, coder="claire")
        with pytest.raises(Conflict):
            study.reinstate(thing, coder="claire")
    after = (list(study.codings()), study.memos, study.grid_proposals(), study.episodes)
    assert after == before
    assert study.check().faults == ()


def test_a_coding_taken_back_twice_comes_back_as_it_last_was(study, source, coding):
    cut = study.resize(coding, Segment(source, 3, 13), coder="claire")
    for _time in range(2):
        study.retract(coding, coder="claire")
        study.reinstate(coding, coder="claire")
    assert list(study.codings()) == [cut]


def test_what_was_never_there_is_not_brought_back(study, coding):
    ghost = dataclasses.replace(coding, id=UUID(int=5))
    for verb in (study.reinstate, lambda one, coder: study.restate(one, {}, coder=coder)):
        with pytest.raises(NotFound):
            verb(ghost, coder="claire")


def test_a_memo_is_written_anew_by_its_author_alone(study, source):
    memo = study.memo(Segment(source, 0, 8), "À revoir.", coder="claire", kind="reflexive")
    with pytest.raises(InvalidInput):
        study.memo_rewrite(memo, "Non.", coder="yann")
    with pytest.raises(InvalidInput):
        study.memo_retract(memo, coder="yann")
    again = study.memo_rewrite(memo, "Revu.", coder="claire", kind="theoretical")
    assert study.memos == (again,)
    assert (again.id, again.at, again.words) == (memo.id, memo.at, "Revu.")


def test_a_renamed_passage_waits_under_its_new_name(study, source):
    passage = study.propose(Segment(source, 9, 14), "Tenir", coder="claire", words="Voir.")
    study.grid_settle("Tenir", reason="Déjà dit.", coder="claire")
    with pytest.raises(InvalidInput):
        study.proposal_rename(passage, "Garder", coder="yann")
    study.proposal_rename(passage, "  Garder   la main ", coder="claire")
    (proposal,) = study.grid_proposals()
    assert (proposal.name, proposal.is_open) == ("Garder la main", True)
    assert [(one.id, one.words) for one in proposal.passages] == [(passage.id, "Voir.")]
    with pytest.raises(InvalidInput):
        study.proposal_rename(passage, " ", coder="claire")


def test_words_written_anew_follow_a_corrected_text(study, source):
    memo = study.memo(Segment(source, 0, 8), "À revoir.", coder="claire", kind="reflexive")
    passage = study.propose(Segment(source, 9, 14), "Attendre", coder="claire", words="Voir.")
    study.memo_rewrite(memo, "Revu.", coder="claire")
    study.proposal_rename(passage, "Tenir", coder="claire", words="Vu.")
    corrected(study, "Le maire", "Relu. Le maire")
    corrected(study, "Relu. Le maire", "Relu encore. Le maire")
    (moved,) = study.memos
    assert (moved.words, moved.kind, moved.segment.start) == ("Revu.", None, 13)
    ((found,),) = [one.passages for one in study.grid_proposals()]
    assert (found.name, found.words, found.quotation) == ("Tenir", "Vu.", "tient")
    assert study.check().faults == ()


def test_words_first_written_follow_a_corrected_text_and_come_back(study, source):
    memo = study.memo(Segment(source, 0, 8), "À revoir.", coder="claire", kind="reflexive")
    corrected(study, "Le maire", "Relu. Le maire")
    study.memo_retract(memo, coder="claire")
    study.reinstate(memo, coder="claire")
    (back,) = study.memos
    assert (back.words, back.kind, back.segment.start) == ("À revoir.", "reflexive", 6)


# ── Readings ────────────────────────────────────────────────────────────────────────────────────


def test_whoever_finished_a_note_and_put_nothing_is_a_reader_of_it(study, source, coding):
    assert study.codings().readers == {source: ("claire",)}
    study.read(source, coder="yann", through=5, finished=False)
    assert study.codings().readers == {source: ("claire",)}
    reading = study.read(source, coder="yann")
    assert (reading.through, reading.finished) == (len(study.corpus[source].text), True)
    assert study.codings().readers == {source: ("claire", "yann")}
    assert study.codings().where(coder="claire").readers == {source: ("claire", "yann")}
    study.read(source, coder="yann", through=5, finished=False)
    assert study.codings().readers == {source: ("claire",)}
    assert [(one.coder, one.through, one.finished) for one in study.readings] == [
        ("yann", 5, False)
    ]


def test_a_note_read_under_a_grid_that_leads_nowhere_is_not_read(study, source, coding, add_grid):
    study.read(source, coder="yann")
    add_grid(study, "v2")
    assert "yann" not in study.codings("v2").readers.get(source, ())
    assert "yann" in study.codings("v1").readers[source]


def test_a_reading_stays_inside_its_note(study, source):
    with pytest.raises(InvalidInput):
        study.read(source, coder="claire", through=10_000)
    with pytest.raises(InvalidInput):
        study.read(source, coder="claire", through=-1)
    with pytest.raises(NotFound):
        study.read("elsewhere", coder="claire")
    with pytest.raises(NotFound):
        study.read(source, coder="salome")
    assert study.readings == ()


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"source": "s", "version": "v", "through": 1},
        {"source": "s", "version": "v", "through": -1, "finished": True},
        {"source": "s", "version": "v", "through": True, "finished": True},
        {"source": "s", "version": "v", "through": "1", "finished": True},
        {"source": "s", "version": "v", "through": 1, "finished": 1},
        {"source": 1, "version": "v", "through": 1, "finished": True},
    ],
)
def test_a_reading_that_could_not_be_read_again_does_not_enter(said):
    assert payload_fault("read", json.dumps(said), placed=False)


@pytest.mark.parametrize(
    "wrong", [{"through": 10_000}, {"source": "elsewhere"}, {"version": "0" * 32}]
)
def test_a_reading_that_cannot_be_is_told_by_the_check(study, source, wrong):
    reading = study.read(source, coder="claire")
    assert study.check().faults == ()
    with writing(study) as connection:
        append_reading(
            connection,
            dataclasses.replace(reading, **wrong),
            event=study.occasion.new_id(),
            subject=bytes(15) + b"r",
        )
    assert len(study.check().faults) == 1


def test_a_finished_note_stays_finished_on_a_corrected_text(study, source):
    study.read(source, coder="claire")
    corrected(study, "Le maire", "Relu. Le maire")
    assert study.codings().readers == {source: ("claire",)}
    assert study.check().faults == ()


def test_what_was_read_on_two_copies_is_the_union(study, source, tmp_path):
    study.read(source, coder="claire", through=3, finished=False)
    study.close()
    copy = tmp_path / "copy"
    shutil.copytree(study.folder, copy)
    with Study(copy, occasion=study.occasion) as there:
        there.read(source, coder="claire", through=20, finished=True)
        bundle = there.bundle_export("claire", to=tmp_path / "envoi.zip").path
    study.read(source, coder="claire", through=9, finished=False)
    report = study.merge([bundle])
    assert report.conflicts == 0
    assert [(row.coder, row.others) for row in report.coders] == [("claire", 1)]
    (reading,) = study.readings
    assert (reading.through, reading.finished) == (20, True)
    assert study.conflict_list() == ()
    study.read(source, coder="claire", through=4, finished=False)
    assert [one.finished for one in study.readings] == [False]


def test_what_she_read_goes_out_in_her_lot_and_what_others_read_does_not(study, source, tmp_path):
    study.read(source, coder="claire", through=3, finished=False)
    study.read(source, coder="yann", through=7, finished=False)
    sent = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(sent.path, tmp_path / "lot") as lot:
        assert [(one.coder, one.through) for one in lot.readings] == [("claire", 3)]
        lot.read(source, coder="claire")
        assert lot.check().faults == ()
        bundle = lot.bundle_export("claire", to=tmp_path / "envoi.zip")
    study.merge([bundle.path])
    assert [(one.coder, one.finished) for one in study.readings] == [
        ("claire", True),
        ("yann", False),
    ]


def test_what_came_back_is_counted_as_a_change_by_a_merge(study, source, coding, tmp_path):
    study.close()
    copy = tmp_path / "copy"
    shutil.copytree(study.folder, copy)
    with Study(copy, occasion=study.occasion) as there:
        there.retract(coding, coder="claire")
        there.reinstate(coding, coder="claire")
        bundle = there.bundle_export("claire", to=tmp_path / "envoi.zip").path
    (row,) = study.merge([bundle]).coders
    assert (row.codings, row.changes) == (0, 2)
    assert list(study.codings()) == [coding]
