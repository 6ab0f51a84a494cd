"""Recordings beside transcripts: found by their name, sent by parts, never from elsewhere."""

import os

import pytest
from keeping.small_studies import NOTE

from cpit_research.workbench.desk import Desk

SOUND = bytes(range(256)) * 40


@pytest.fixture
def recorded(study):
    """The note, its recording beside it."""
    path = (study.shelf.raw / NOTE).with_suffix(".mp3")
    path.write_bytes(SOUND)
    return study.corpus.at(NOTE).id


def test_a_recording_is_named_by_the_note(browser, recorded):
    assert browser.call("note", source=recorded).json()["audio"] == f"/audio/{recorded}"


def test_a_door_that_cannot_play_says_nothing_of_recordings(study, recorded):
    assert Desk(study, coder="claire").handle("note", {"source": recorded})["audio"] is None


def test_a_recording_is_sent_whole_or_by_parts(browser, recorded):
    whole = browser.get(f"/audio/{recorded}")
    assert (whole.status_code, whole.content) == (200, SOUND)
    assert whole.headers["content-type"] == "audio/mpeg"
    assert "no-store" in whole.headers["cache-control"]
    part = browser.get(f"/audio/{recorded}", {"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, SOUND[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(SOUND)}"
    beyond = browser.get(f"/audio/{recorded}", {"Range": f"bytes={len(SOUND)}-"})
    assert beyond.status_code == 416


def test_a_note_without_recording_has_none(browser, study):
    other = next(source.id for source in study.corpus if source.path != NOTE)
    assert browser.call("note", source=other).json()["audio"] is None
    assert browser.get(f"/audio/{other}").status_code == 404
    assert browser.get("/audio/nowhere").status_code == 404


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_leaves_the_study_is_no_recording(browser, study, tmp_path):
    outside = tmp_path / "secret.mp3"
    outside.write_bytes(SOUND)
    (study.shelf.raw / NOTE).with_suffix(".mp3").symlink_to(outside)
    source = study.corpus.at(NOTE).id
    assert browser.call("note", source=source).json()["audio"] is None
    assert browser.get(f"/audio/{source}").status_code == 404


def test_a_folder_is_no_recording(browser, study):
    (study.shelf.raw / NOTE).with_suffix(".mp3").mkdir()
    assert browser.get(f"/audio/{study.corpus.at(NOTE).id}").status_code == 404


def test_a_stranger_hears_nothing(stranger, recorded):
    assert stranger.get(f"/audio/{recorded}").status_code == 401


def test_a_recording_beside_a_note_is_no_document_to_take_in(study, recorded):
    report = study.ingest()
    assert not report.refused
    assert all(not row.path.endswith(".mp3") for row in report.rows)


def test_a_recording_named_among_documents_is_told_where_it_goes(study, recorded):
    (row,) = study.ingest([(study.shelf.raw / NOTE).with_suffix(".mp3")]).rows
    assert "nothing is wrong" in row.reason
    assert "beside its transcript" in row.reason
