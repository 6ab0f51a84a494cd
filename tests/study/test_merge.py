"""What comes back from other copies of a study, what is refused, and what is left to settle."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from keeping.replicas import copy_of, occasion, record_of

import cpit_research as cpit
from cpit_research.errors import Conflict, FormatError, NotFound
from cpit_research.formats.parcel import read_parcel, write_parcel
from cpit_research.formats.study_file import write_study_file
from cpit_research.model.identity import Identity
from cpit_research.model.segment import Segment
from cpit_research.study.study import Study
from cpit_research.wording import use_language

NOTES = {
    "V01 note.md": (
        "Le maire tient seul l’agenda du projet depuis trois ans.\n\nIl attend un appel.\n"
    ),
    "V02 note.md": "La secrétaire prépare les dossiers et relance les partenaires du projet.\n",
}


@pytest.fixture
def study(new_study):
    made = new_study(NOTES)
    one, _two = made.corpus
    made.code(Segment(one.id, 0, 12), "S1", coder="claire")
    made.code(Segment(one.id, 3, 20), "S2", coder="yann")
    return made


@pytest.fixture
def lot(study, tmp_path):
    """The lot of Claire, opened with a clock and ids of its own."""
    file = study.lot_export("claire", to=tmp_path / "lot.zip").path
    cpit.open_lot(file, tmp_path / "chez claire").close()
    with Study(tmp_path / "chez claire", occasion=occasion(1)) as opened:
        yield opened


def work(lot):
    """Code, recode, group and propose in a lot."""
    one, two = lot.corpus
    (hers,) = lot.codings()
    fresh = lot.code(Segment(two.id, 0, 13), "S1", coder="claire", facets={"phase": "late"})
    lot.recode(hers, "S2", coder="claire")
    lot.episode([fresh], coder="claire", label="Une relance")
    lot.propose(Segment(one.id, 13, 30), "Tenir seul", coder="claire", words="À revoir.")


def sent(lot, tmp_path: Path) -> Path:
    return lot.bundle_export("claire", to=tmp_path / "envoi.zip").path


def test_what_was_done_in_a_lot_comes_back_by_a_bundle(study, lot, tmp_path):
    work(lot)
    report = study.merge([sent(lot, tmp_path)])
    (claire,) = report.coders
    assert (claire.codings, claire.changes, claire.episodes, claire.proposals, claire.known) == (
        1, 1, 1, 1, 1,
    )  # fmt: skip
    assert report.written
    assert report.backup.is_file()
    mine = {(c.segment, c.code) for c in study.codings().where(coder="claire")}
    assert mine == {(c.segment, c.code) for c in lot.codings()}
    assert study.check().faults == ()
    assert study.merge([sent(lot, tmp_path)]).is_empty
    assert [one.why for one in study.backups()].count("merge") == 1


def test_a_lot_folder_or_a_lot_file_brings_the_same_as_a_bundle(study, lot, tmp_path):
    work(lot)
    apart = copy_of(study.folder, tmp_path / "autre")
    study.merge([sent(lot, tmp_path)])
    with Study(apart, occasion=occasion(2)) as other:
        other.merge([lot.folder])
    assert record_of(study.folder) == record_of(apart)


def test_a_trial_says_what_a_merge_does_and_writes_nothing(study, lot, tmp_path):
    work(lot)
    file, before = sent(lot, tmp_path), record_of(study.folder)
    trial = study.merge([file], dry_run=True)
    assert record_of(study.folder) == before
    assert not [one for one in study.backups() if one.why == "merge"]
    done = study.merge([file])
    assert (trial.coders, trial.conflicts, trial.exact) == (done.coders, done.conflicts, done.exact)
    assert (trial.written, done.written) == (False, True)


def test_no_five_words_of_the_notes_are_in_a_bundle(study, lot, tmp_path):
    work(lot)
    path = sent(lot, tmp_path)
    with zipfile.ZipFile(path) as archive:
        held = b"\n".join(archive.read(name) for name in archive.namelist()).decode().casefold()
    words = [re.findall(r"\w+", source.text.casefold()) for source in lot.corpus]
    runs = [r"\W+".join(one[n : n + 5]) for one in words for n in range(len(one) - 4)]
    assert len(runs) > 15
    assert not [run for run in runs if re.search(run, held)]


def test_moves_carried_by_the_program_hold_no_word_of_the_notes(study, tmp_path):
    corrected = NOTES["V01 note.md"].replace("Il attend", "Elle attend")
    (study.shelf.raw / "V01 note.v2.md").write_text("Relu.\n\n" + corrected, encoding="utf-8")
    assert study.ingest().rows[1].exact
    path = study.bundle_export("claire", to=tmp_path / "envoi.zip").path
    assert "maire" not in read_parcel(path).parts["events.jsonl"].decode()


def test_a_memo_that_quotes_is_counted_and_travels(study, lot, tmp_path):
    one, _two = lot.corpus
    lot.propose(
        Segment(one.id, 0, 12),
        "Citer",
        coder="claire",
        words="Il dit : le maire tient seul l’agenda.",
    )
    bundle = lot.bundle_export("claire", to=tmp_path / "envoi.zip")
    assert bundle.quoting == 1
    assert "tient seul" in read_parcel(bundle.path).parts["events.jsonl"].decode()


def test_the_same_work_makes_the_same_bundle(study, tmp_path):
    paths = [study.bundle_export("claire", to=tmp_path / f"{n}.zip").path for n in range(2)]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_nothing_done_makes_no_bundle(lot):
    with pytest.raises(NotFound):
        lot.bundle_export("yann")


@pytest.mark.parametrize("place", [0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 0.999])
def test_one_byte_changed_anywhere_in_a_bundle_is_found(study, lot, tmp_path, place):
    work(lot)
    path = sent(lot, tmp_path)
    data = bytearray(path.read_bytes())
    data[int(place * (len(data) - 1))] ^= 4
    path.write_bytes(data)
    before = record_of(study.folder)
    assert study.merge([path], dry_run=True).refused
    with pytest.raises(Conflict):
        study.merge([path])
    assert record_of(study.folder) == before


def altered(path: Path, key: bytes, change) -> Path:
    """Seal a bundle again with other events or another manifest, as whoever has the key could."""
    parcel = read_parcel(path)
    manifest = {k: v for k, v in parcel.manifest.items() if k != "parts"}
    rows = [json.loads(line) for line in parcel.parts["events.jsonl"].decode().splitlines()]
    change(manifest, rows)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_parcel(path, manifest, {"events.jsonl": lines.encode()}, key)
    return path


def _new_rows(rows):
    return [row for row in rows if int(row[0], 16) >> 64 == 2]  # ids of the lot


def _no_text(manifest, rows):
    for row in _new_rows(rows):
        if row[6]:
            row[6] = "f" * 32
            manifest["texts"]["f" * 32] = ["x", "V09 inconnue.md"]


def _other_grid(manifest, rows):
    for row in _new_rows(rows):
        row[10] = "v9" if row[10] else None
    manifest["grids"] = {"v9": ["released", "0"]}


def _no_code(manifest, rows):
    for row in _new_rows(rows):
        row[9] = "S99" if row[9] else None


def _moved(manifest, rows):
    for row in _new_rows(rows):
        if row[8]:
            row[8] -= 1


def _rewritten(manifest, rows):
    rows[0][3] += 1


def _another_hand(manifest, rows):
    for row in _new_rows(rows):
        row[4] = "yann"


def _newer_kind(manifest, rows):
    _new_rows(rows)[0][1] = "dream"


def _newer_event(manifest, rows):
    _new_rows(rows)[0][2] = 9


def _newer_format(manifest, rows):
    manifest["format"] = 2


def _orphan(manifest, rows):
    for row in _new_rows(rows):
        if row[13]:
            row[13] = ["ee" * 16]


def _unread(manifest, rows):
    for row in _new_rows(rows):
        row[12] = "[1]"


def _turned(rows, kind, payload):
    """Make the coding put, or the episode, of the lot another kind of event."""
    before = "episode" if kind == "round" else "apply"
    row = next(row for row in _new_rows(rows) if row[1] == before)
    row[1], row[12] = kind, json.dumps(payload)


def _bare_decision(manifest, rows):
    _turned(rows, "decide", {"reason": "slip", "why": "Oui."})


def _decision_on_nothing(manifest, rows):
    _turned(rows, "decide", {"of": ["ee" * 16], "reason": "slip", "why": "Oui."})


def _bare_round(manifest, rows):
    _turned(rows, "round", {"step": "opened", "name": "tour-1"})


def _strange_step(manifest, rows):
    _turned(rows, "round", {"step": "forgotten"})


def _other_study(manifest, rows):
    manifest["study"] = "00000000-0000-0000-0000-000000000063"


REFUSED = {
    "a document unknown": (_no_text, "V09 inconnue.md"),
    "a grid unknown": (_other_grid, "v9"),
    "a code unknown": (_no_code, "S99"),
    "a passage of another text": (_moved, "V02 note.md"),
    "an event known otherwise": (_rewritten, "another content"),
    "what somebody else did": (_another_hand, "yann"),
    "a kind unknown": (_newer_kind, "newer version"),
    "an event of a newer format": (_newer_event, "newer version"),
    "a file of a newer format": (_newer_format, "newer version"),
    "what follows events that are not here": (_orphan, "not here"),
    "what cannot be read": (_unread, "cannot be read"),
    "a decision about nothing": (_bare_decision, "cannot be read"),
    "a decision on codings that are not here": (_decision_on_nothing, "not here"),
    "a round that draws nothing": (_bare_round, "cannot be read"),
    "a step that no round has": (_strange_step, "cannot be read"),
    "another study": (_other_study, "another study"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_merged_is_refused_with_its_reason(study, lot, tmp_path, name, in_english):
    change, told = REFUSED[name]
    work(lot)
    path = altered(sent(lot, tmp_path), study.identity.key, change)
    before = record_of(study.folder)
    report = study.merge([path], dry_run=True)
    assert any(told in reason and "envoi.zip" in reason for reason in report.refused), report
    with pytest.raises(Conflict, match="Nothing was merged"):
        study.merge([path])
    assert record_of(study.folder) == before


def test_one_file_refused_keeps_the_others_out(study, lot, tmp_path):
    work(lot)
    bad = tmp_path / "mauvais.zip"
    bad.write_bytes(b"PK")
    before = record_of(study.folder)
    with pytest.raises(Conflict, match="mauvais"):
        study.merge([sent(lot, tmp_path), bad])
    assert record_of(study.folder) == before


def test_a_coder_that_the_register_does_not_name_is_refused(
    study, lot, tmp_path, register_of, in_english
):
    work(lot)
    path = sent(lot, tmp_path)
    register_of(study.folder, Chercheurs=[["id", "rôle"], ["yann", "chercheur"]])
    assert "claire" in study.merge([path], dry_run=True).refused[0]


def test_a_released_grid_that_is_not_the_same_is_refused(study, lot, tmp_path, in_english):
    def other(manifest, rows):
        manifest["grids"] = {"v1": ["released", "0" * 16]}

    work(lot)
    path = altered(sent(lot, tmp_path), study.identity.key, other)
    assert not study.merge([path], dry_run=True).refused  # a draft here: its codes are all known
    file = study.folder / "grids" / "v1.yaml"
    draft = file.read_text(encoding="utf-8")
    released = replace(study.grid("v1"), status="released")
    mark = f"status: released\nfingerprint: {released.fingerprint}"
    file.write_text(draft.replace("status: draft", mark), encoding="utf-8")
    assert "released grid v1" in study.merge([path], dry_run=True).refused[0]


def test_codings_put_under_an_older_version_follow_the_newest_one(study, lot, tmp_path):
    grid = (study.folder / "grids" / "v1.yaml").read_text(encoding="utf-8")
    newer = grid.replace("version: v1", "version: v2\nprevious: v1").replace(
        "Se faire connaître", "Se présenter"
    )
    changes = (
        "changes:\n  - {kind: renamed, from: S2, into: S2, reason: clarté, author: x, "
        "date: 2023-01-01, follows: yes}\n"
    )
    newer = newer.replace("facets:\n", changes + "facets:\n", 1)
    (study.folder / "grids" / "v2.yaml").write_text(newer, encoding="utf-8")
    work(lot)
    study.merge([sent(lot, tmp_path)])
    codings = study.codings("v2").where(coder="claire")
    assert sorted(coding.code for coding in codings) == ["S1", "S2"]
    assert {coding.grid for coding in codings} == {"v1"}


def test_work_on_a_text_corrected_meanwhile_is_carried_to_the_new_one(study, lot, tmp_path):
    corrected = "Relu par l’équipe.\n\n" + NOTES["V01 note.md"]
    (study.shelf.raw / "V01 note.v2.md").write_text(corrected, encoding="utf-8")
    study.ingest()
    work(lot)
    report = study.merge([sent(lot, tmp_path)])
    assert (report.exact, report.conflicts) == (2, 0)  # her recoding, and her proposal
    hers = [study.codings().quote(c) for c in study.codings().where(coder="claire")]
    assert sorted(hers) == ["La secrétaire", "Le maire tie"]
    assert "conflict" not in study.codings().left_out
    assert study.check().faults == ()


def test_two_copies_that_receive_one_correction_move_codings_by_the_same_event(study, tmp_path):
    apart = copy_of(study.folder, tmp_path / "autre")
    corrected = "Relu par l’équipe.\n\n" + NOTES["V01 note.md"]
    with Study(apart, occasion=occasion(2)) as other:
        for one in (study, other):
            (one.shelf.raw / "V01 note.v2.md").write_text(corrected, encoding="utf-8")
            one.ingest()
        before = {c.segment for c in study.codings()}
        study.merge([apart])
        assert not study.conflict_list()
        assert {c.segment for c in study.codings()} <= before


def test_what_two_people_changed_at_once_is_shown_and_settled(study, lot, tmp_path):
    work(lot)
    (hers,) = study.codings().where(coder="claire")
    study.retract(hers, coder="yann")
    report = study.merge([sent(lot, tmp_path)])
    assert report.conflicts == 1
    (conflict,) = study.conflict_list()
    assert conflict.path == "V01 note.md"
    assert [(state.coder, state.kind) for state in conflict.states] == [
        ("yann", "retract"), ("claire", "recode"),
    ]  # fmt: skip
    assert {state.words for state in conflict.states} == {"Le maire tie"}
    assert study.codings().left_out["conflict"] == 1
    assert any("conflict" in remark for remark in study.check().remarks)
    study.conflict_settle(conflict.id, keep=conflict.states[1].id, coder="yann")
    assert not study.conflict_list()
    (kept,) = study.codings().where(coder="claire").where(code="S2")
    assert kept.id == hers.id
    assert study.check().faults == ()


def test_a_conflict_may_be_settled_by_taking_the_coding_back(study, lot, tmp_path):
    work(lot)
    (hers,) = study.codings().where(coder="claire")
    study.retract(hers, coder="yann")
    study.merge([sent(lot, tmp_path)])
    (conflict,) = study.conflict_list()
    study.conflict_settle(conflict.id, keep=conflict.states[0].id, coder="yann")
    assert hers.id not in {coding.id for coding in study.codings()}
    assert study.check().faults == ()
    with pytest.raises(NotFound):
        study.conflict_settle(conflict.id, keep=conflict.states[0].id, coder="yann")


def test_an_episode_changed_at_once_is_a_conflict_too(study, lot, tmp_path):
    work(lot)
    study.merge([sent(lot, tmp_path)])
    (episode,) = study.episodes
    (theirs,) = lot.episodes
    codings = [c for c in study.codings() if c.id in episode.codings]
    study.episode(codings, coder="claire", label="Ici", replaces=episode)
    there = [c for c in lot.codings() if c.id in theirs.codings]
    lot.episode(there, coder="claire", label="Là", replaces=theirs)
    study.merge([sent(lot, tmp_path)])
    (conflict,) = study.conflict_list()
    assert [state.words for state in conflict.states] == ["Ici", "Là"]
    study.conflict_settle(conflict.id, keep=conflict.states[1].id, coder="yann")
    assert [one.label for one in study.episodes] == ["Là"]


def test_two_whole_studies_are_put_together(study, tmp_path):
    apart = copy_of(study.folder, tmp_path / "autre")
    with Study(apart, occasion=occasion(2)) as other:
        (other.shelf.raw / "V03 note.md").write_text("On attend le département.\n", "utf-8")
        (other.shelf.raw / "V01 note.v2.md").write_text(
            "Relu.\n\n" + NOTES["V01 note.md"], encoding="utf-8"
        )
        other.ingest()
        other.code(Segment(other.corpus.at("V03 note.md").id, 0, 9), "S1", coder="yann")
        (other.folder / "grids" / "v2.yaml").write_text(
            (study.folder / "grids" / "v1.yaml").read_text("utf-8").replace("v1", "v2"), "utf-8"
        )
    one = study.corpus.at("V02 note.md")
    study.code(Segment(one.id, 0, 13), "S1", coder="claire")
    report = study.merge([apart])
    assert (report.documents, report.texts, report.grids, report.files_copied) == (1, 2, 1, 2)
    assert (study.shelf.raw / "V03 note.md").read_text("utf-8") == "On attend le département.\n"
    assert [source.path for source in study.corpus] == [
        "V01 note.md", "V02 note.md", "V03 note.md",
    ]  # fmt: skip
    assert len(study.codings("v1")) == 4
    assert study.check().faults == ()
    assert study.merge([apart]).is_empty


def test_a_text_corrected_in_two_ways_is_refused_and_named(study, tmp_path, in_english):
    apart = copy_of(study.folder, tmp_path / "autre")
    for folder, first in ((study.folder, "Relu ici."), (apart, "Relu là.")):
        with Study(folder) as one:
            (one.shelf.raw / "V01 note.v2.md").write_text(
                f"{first}\n\n{NOTES['V01 note.md']}", encoding="utf-8"
            )
            one.ingest()
    before = record_of(study.folder)
    with pytest.raises(Conflict, match=r"V01 note\.md: its text was corrected in two ways"):
        study.merge([apart])
    assert record_of(study.folder) == before


def test_a_register_that_differs_stays_as_it_is_here_and_is_told(
    study, tmp_path, register_of, in_english
):
    apart = copy_of(study.folder, tmp_path / "autre")
    register_of(apart, Territoires=[["id", "nature"], ["T01", "réseau"], ["T02", "commune"]])
    (notice,) = study.merge([apart], dry_run=True).notices
    assert "Territoires" in notice
    assert "Visites" not in notice


def test_drafts_that_differ_between_whole_studies_are_refused(study, tmp_path, in_english):
    apart = copy_of(study.folder, tmp_path / "autre")
    file = apart / "grids" / "v1.yaml"
    file.write_text(file.read_text("utf-8").replace("Clarifier", "Préciser"), "utf-8")
    assert "drafts" in study.merge([apart], dry_run=True).refused[0]


def test_a_file_changed_since_it_was_received_is_not_copied(study, tmp_path, in_english):
    apart = copy_of(study.folder, tmp_path / "autre")
    with Study(apart, occasion=occasion(2)) as other:
        (other.shelf.raw / "V03 note.md").write_text("On attend.\n", "utf-8")
        other.ingest()
        (other.shelf.raw / "V03 note.md").write_text("On n’attend plus.\n", "utf-8")
    assert "V03 note.md" in study.merge([apart], dry_run=True).refused[0]


def test_another_study_and_the_study_itself_are_refused(study, tmp_path, in_english):
    apart = copy_of(study.folder, tmp_path / "autre")
    write_study_file(apart, Identity(study.identity.id, b"q" * 32))
    for folder, told in ((apart, "another study"), (study.folder, "the study itself")):
        assert told in study.merge([folder], dry_run=True).refused[0]


def test_a_backup_is_the_study_as_it_was_before(study, lot, tmp_path):
    work(lot)
    before = record_of(study.folder)
    study.merge([sent(lot, tmp_path)])
    study.restore()
    assert record_of(study.folder) == before


def test_a_parcel_that_is_no_lot_does_not_open(study, tmp_path):
    path = study.bundle_export("claire", to=tmp_path / "envoi.zip").path
    with pytest.raises(FormatError):
        cpit.open_lot(path, tmp_path / "ici")


def test_a_folder_that_is_no_copy_is_refused_and_the_bundles_that_it_holds_are_named(
    study, tmp_path
):
    (tmp_path / "envois").mkdir()
    (refused,) = study.merge([tmp_path / "envois"], dry_run=True).refused
    assert "study.toml" in refused
    (tmp_path / "envois" / "envoi-yann.zip").write_bytes(b"PK")
    (refused,) = study.merge([tmp_path / "envois"], dry_run=True).refused
    assert "envoi-yann.zip" in refused
    study.backup()
    (refused,) = study.merge([study.shelf.backups], dry_run=True).refused
    assert "data/study.sqlite" in refused


def test_a_file_that_is_no_archive_is_not_called_a_damaged_bundle(study, tmp_path):
    (tmp_path / "registre.csv").write_text("id;nature", "utf-8")
    with use_language("en"):
        (refused,) = study.merge([tmp_path / "registre.csv"], dry_run=True).refused
    assert "neither a lot nor a bundle" in refused
