"""A round goes out as lots, is coded apart, comes back as bundles, and is closed and decided."""

import shutil
import zipfile

import pytest

import cpit_research as cpit
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.segment import Segment

SENTENCES = ("Le maire attend un appel. ", "La secrétaire relance tout le monde. ", "Il pleut. ")


@pytest.fixture
def study(new_study):
    return new_study({f"V0{n} note {n}.md": "".join(SENTENCES * n) for n in (1, 2, 3)})


@pytest.fixture
def opened(study):
    return study.round_open(["claire", "yann"], sample=3, stratify=(), coder="claire").round


def sent_back(study, opened, coder, tmp_path, work):
    """Let a coder open her lot, work, say that she has finished, and send her bundle."""
    lot = study.lot_export(coder, to=tmp_path / f"lot-{coder}.zip", round=opened)
    with cpit.open_lot(lot.path, tmp_path / coder) as hers:
        (assigned,) = hers.round_list()
        assert assigned.sources == opened.sources
        work(hers)
        hers.round_finish(assigned, coder=coder)
        assert hers.check().sound
        return hers.bundle_export(coder, to=tmp_path / f"envoi-{coder}.zip").path


def test_a_round_is_coded_in_lots_closed_and_decided(study, opened, tmp_path):
    first, second = (study.corpus.at(f"V0{n} note {n}.md").id for n in (1, 2))

    def claire(hers):
        hers.code(Segment(first, 0, 25), "S1", coder="claire")
        hers.code(Segment(second, 0, 25), "S1", coder="claire")

    def yann(his):
        his.code(Segment(first, 0, 20), "S1", coder="yann")

    bundles = [
        sent_back(study, opened, coder, tmp_path, work)
        for coder, work in (("claire", claire), ("yann", yann))
    ]
    assert not study.codings().readers
    study.merge(reversed(bundles))
    third = study.corpus.at("V03 note 3.md").id
    assert study.codings().readers == dict.fromkeys((first, second, third), ("claire", "yann"))
    closed = study.round_close(opened, coder="claire")
    (left,) = closed.disagreements
    assert (left.segment.source, left.kind) == (second, "omission")
    (decided,) = study.round_decide(
        left.id, keep="claire", reason="omission", why="Passée en fin de note.", coder="claire"
    )
    settled = study.codings().where(settled=True)
    assert settled.settled_shares == {"decided": 1, "agreed": 1, "alone": 0}
    assert decided.round == opened.id
    assert study.check().sound


def test_a_decision_never_travels_in_a_lot(study, tmp_path):
    (source, *_rest) = study.corpus
    marks = [
        study.code(Segment(source.id, 0, end), "S1", coder=coder)
        for coder, end in (("claire", 25), ("yann", 20))
    ]
    study.adjudicate(marks, code="S2", reason="definition", why="Voir la grille.", coder="claire")
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with zipfile.ZipFile(lot.path) as archive:
        content = b"".join(map(archive.read, archive.namelist()))
    assert marks[0].id.hex.encode() in content
    assert marks[1].id.hex.encode() not in content
    assert str(marks[1].id).encode() not in content
    assert b"Voir la grille" not in content
    with cpit.open_lot(lot.path, tmp_path / "claire") as hers:
        assert [coding.code for coding in hers.codings()] == ["S1"]


def test_a_lot_is_that_of_documents_or_of_a_round_she_takes_part_in(study, opened, tmp_path):
    with pytest.raises(InvalidInput):
        study.lot_export("claire", sources=["V01 note 1.md"], round=opened)
    part = study.lot_export("claire", to=tmp_path / "part.zip", sources=["V01 note 1.md"])
    with cpit.open_lot(part.path, tmp_path / "part") as hers:
        assert hers.round_list() == ()
    whole = study.lot_export("claire", to=tmp_path / "whole.zip")
    with cpit.open_lot(whole.path, tmp_path / "whole") as hers:
        assert [one.id for one in hers.round_list()] == [opened.id]
        with pytest.raises(Conflict):
            hers.round_close(opened, coder="claire")
        with pytest.raises(Conflict):
            hers.round_open(["claire", "yann"], coder="claire")
        with pytest.raises(NotFound):
            hers.round_finish(opened, coder="yann")


def test_that_everybody_has_finished_is_no_conflict(study, opened, tmp_path):
    bundles = [
        sent_back(study, opened, coder, tmp_path, lambda _hers: None)
        for coder in ("claire", "yann")
    ]
    report = study.merge(bundles)
    assert (report.conflicts, study.conflict_list()) == (0, ())
    assert [(row.coder, row.others) for row in report.coders] == [("claire", 1), ("yann", 1)]
    study.round_close(opened, coder="claire")
    assert study.conflict_list() == ()


def test_a_round_cancelled_there_and_closed_here_is_told_when_copies_meet(study, opened, tmp_path):
    study.round_finish(opened, coder="claire")
    study.round_finish(opened, coder="yann")
    shutil.copytree(study.folder, tmp_path / "copie")
    with cpit.open_study(tmp_path / "copie") as copy:
        copy.round_cancel(opened, reason="Reporté.", coder="yann")
    study.round_close(opened, coder="claire")
    report = study.merge([tmp_path / "copie"])
    assert any(opened.name in notice for notice in report.notices)
    assert report.conflicts == 0
    assert study.round_list()[0].state == "disputed"


@pytest.mark.parametrize("given", ["the lot", "the folder of the lot"])
def test_the_lot_of_a_round_given_back_itself_is_merged_like_its_bundle(
    study, opened, tmp_path, given
):
    note = study.corpus.at("V01 note 1.md").id
    sent_back(
        study, opened, "yann", tmp_path,
        lambda his: his.code(Segment(note, 0, 20), "S1", coder="yann"),
    )  # fmt: skip
    brought = tmp_path / ("lot-yann.zip" if given == "the lot" else "yann")
    report = study.merge([brought])
    assert report.refused == ()
    assert len(study.codings()) == (given != "the lot")


def test_a_folder_given_as_a_dot_is_named(study, monkeypatch):
    monkeypatch.chdir(study.folder)
    (refused,) = study.merge(["."], dry_run=True).refused
    assert refused.startswith(study.folder.name)
    assert str(study.folder.resolve()) in refused


def test_a_lot_without_the_round_says_whom_to_ask(study, opened, tmp_path):
    lot = study.lot_export("yann", to=tmp_path / "lot.zip", sources=["V01 note 1.md"])
    with cpit.open_lot(lot.path, tmp_path / "yann") as his, pytest.raises(NotFound, match="lot"):
        his.round_finish("tour-1", coder="yann")
