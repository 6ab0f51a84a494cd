"""What became of each file: accepted, known, a new version, or refused with a reason."""

import errno
import os
import shutil
import sqlite3
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.segment import Segment
from cpit_research.store import sources as store
from cpit_research.study.intake import Intake
from cpit_research.study.study import Study
from cpit_research.text.canonical import canonical

NOTE = "\n\n".join(
    f"Le {n} du mois, l’équipe a rencontré les élus de la commune n° {n} ; ils parlent du budget."
    for n in range(1, 9)
)
CORRECTED = NOTE.replace("du budget", "de la réserve", 1)
OTHER = "\n\n".join(
    f"Recette {n} : farine, beurre, œufs et beaucoup de patience." for n in range(9)
)


def states(report) -> list[tuple[str, str]]:
    return [(row.path, row.state) for row in report.rows]


def dump(study) -> list[str]:
    """Everything that the database holds."""
    connection = sqlite3.connect(study.folder / "data" / "study.sqlite")
    lines = list(connection.iterdump())
    connection.close()
    return lines


@pytest.fixture
def outbox(tmp_path):
    """A folder outside any study, from which files are sent."""

    def write(name: str, content: str | bytes):
        path = tmp_path / "outbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_file_from_elsewhere_is_copied_as_it_is_and_read(new_study, outbox):
    study = new_study()
    sent = outbox("V01 visite.md", NOTE.encode("cp1252", "replace"))
    assert states(study.ingest([sent])) == [("V01 visite.md", "accepted")]
    assert (study.shelf.raw / "V01 visite.md").read_bytes() == sent.read_bytes()
    assert [source.path for source in study.corpus] == ["V01 visite.md"]


def test_a_file_already_read_is_known_and_nothing_is_written(new_study, outbox):
    study = new_study({"V01.md": NOTE})
    before = study.shelf.database.change_counter()
    there = (study.shelf.raw / "V01.md").stat()
    assert states(study.ingest()) == [("V01.md", "known")]
    assert states(study.ingest([outbox("V01.md", NOTE)])) == [("V01.md", "known")]
    assert study.shelf.database.change_counter() == before
    after = (study.shelf.raw / "V01.md").stat()
    assert (after.st_ino, after.st_mtime_ns) == (there.st_ino, there.st_mtime_ns)


def test_reading_a_file_of_the_study_leaves_it_untouched(new_study):
    study = new_study()
    path = study.shelf.raw / "V01.md"
    path.write_text(NOTE, encoding="utf-8")
    before = path.stat()
    study.ingest()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_same_text_saved_otherwise_is_the_same_version(new_study, outbox, form, end, mark):
    study = new_study({"V01.md": NOTE})
    version = study.corpus.at("V01.md").version
    saved = mark + unicodedata.normalize(form, NOTE.replace("\n", end))
    report = study.ingest([outbox("V01.md", saved)])
    assert [row.state for row in report.rows] == ["known"]
    assert study.corpus.at("V01.md").version == version
    assert study.check().faults == ()


def test_a_corrected_note_is_the_next_version_kept_beside_the_first(new_study, outbox):
    study = new_study({"V01.md": NOTE})
    first = study.corpus.at("V01.md")
    report = study.ingest([outbox("V01.md", CORRECTED)])
    assert states(report) == [("V01.v2.md", "new_version")]
    assert (study.shelf.raw / "V01.md").read_text(encoding="utf-8") == NOTE
    assert (study.shelf.raw / "V01.v2.md").read_text(encoding="utf-8") == CORRECTED
    (source,) = study.corpus
    assert (source.id, source.path) == (first.id, "V01.md")
    assert source.version != first.version
    assert "réserve" in source.text
    assert states(study.ingest()) == [("V01.md", "known"), ("V01.v2.md", "known")]


def test_a_note_corrected_in_its_place_is_a_new_version(new_study):
    study = new_study({"V01.md": NOTE})
    (study.shelf.raw / "V01.md").write_text(CORRECTED, encoding="utf-8")
    assert not study.check().sound
    assert states(study.ingest()) == [("V01.md", "new_version")]
    assert "réserve" in study.corpus.at("V01.md").text
    assert study.check().faults == ()


def test_another_document_of_the_same_name_is_refused_and_not_copied(new_study, outbox):
    study = new_study({"V01.md": NOTE})
    files = set(study.shelf.raw.iterdir())
    report = study.ingest([outbox("V01.md", OTHER), outbox("V02.md", OTHER)])
    assert [row.state for row in report.rows] == ["refused", "accepted"]
    assert "replaces" in report.rows[0].reason
    assert [source.path for source in study.corpus] == ["V01.md", "V02.md"]
    assert study.corpus.at("V01.md").text == canonical(NOTE)
    assert set(study.shelf.raw.iterdir()) == {*files, study.shelf.raw / "V02.md"}


def test_a_document_said_to_replace_another_is_its_next_version_for_good(new_study, outbox):
    study = new_study({"V01.md": NOTE})
    sent = outbox("réécrit.txt", OTHER)
    report = study.ingest([sent], replaces="V01.md")
    assert [row.state for row in report.rows] == ["new_version"]
    for _time in range(2):
        (source,) = study.corpus
        assert source.path == "V01.md"
        assert source.text == canonical(OTHER)
        assert {row.state for row in study.ingest().rows} == {"known"}
    assert study.check().faults == ()


def test_a_document_inside_the_study_said_to_replace_another_stays_its_version(new_study):
    study = new_study({"V01.md": NOTE})
    (study.shelf.raw / "autre nom.md").write_text(OTHER, encoding="utf-8")
    study.ingest([study.shelf.raw / "autre nom.md"], replaces="V01.md")
    assert {row.state for row in study.ingest().rows} == {"known"}
    assert [source.text for source in study.corpus] == [canonical(OTHER)]


def test_replacing_what_the_study_does_not_hold_is_refused(new_study, outbox):
    study = new_study({"V01.md": NOTE})
    with pytest.raises(NotFound, match=r"V01\.md"):
        study.ingest([outbox("V02.md", OTHER)], replaces="V011.md")
    with pytest.raises(InvalidInput):
        study.ingest([outbox("V02.md", OTHER), outbox("V03.md", OTHER)], replaces="V01.md")
    assert [source.path for source in study.corpus] == ["V01.md"]


def test_going_back_to_an_earlier_text_loses_nothing_and_says_so(new_study, outbox):
    study = new_study({"V01.md": NOTE})
    study.ingest([outbox("V01.md", CORRECTED)])
    newest = study.corpus.at("V01.md")
    report = study.ingest([outbox("V01.md", f"\ufeff{NOTE}")])
    assert [row.state for row in report.rows] == ["known"]
    assert report.rows[0].notices
    assert study.corpus.at("V01.md") == newest
    assert study.check().faults == ()


def test_a_note_put_back_in_its_place_as_it_was_leaves_a_sound_study(new_study):
    study = new_study({"V01.md": NOTE})
    for text in (CORRECTED, NOTE):
        (study.shelf.raw / "V01.md").write_text(text, encoding="utf-8")
        study.ingest()
    assert study.check().faults == ()


@pytest.mark.parametrize(
    ("name", "content"), [("vide.md", b""), ("photo.jpg", b"\xff\xd8\xff"), ("faux.docx", b"texte")]
)
def test_a_refused_file_is_not_copied_and_never_stops_the_others(new_study, outbox, name, content):
    study = new_study()
    report = study.ingest([outbox(name, content), outbox("V01.md", NOTE)])
    assert {row.state for row in report.rows} == {"accepted", "refused"}
    assert [row.path.rsplit("/", 1)[-1] for row in report.refused] == [name]
    assert all(row.reason for row in report.refused)
    assert not (study.shelf.raw / name).exists()


def test_a_file_that_cannot_be_read_is_refused(new_study, outbox):
    study = new_study()
    gone = outbox("V01.md", NOTE)
    folder = outbox("V02.md/inside.txt", OTHER).parent
    gone.unlink()
    gone.symlink_to("nowhere")
    with pytest.raises(NotFound):
        study.ingest([gone])
    assert states(study.ingest([folder])) == [("inside.txt", "accepted")]


def test_the_same_file_sent_twice_at_once_is_taken_once(new_study, outbox):
    study = new_study()
    sent = [outbox("V01.md", NOTE), outbox("copie/V01.md", NOTE)]
    report = study.ingest([*sent, sent[0]])
    assert [row.state for row in report.rows] == ["accepted", "known"]
    assert sorted(path.name for path in study.shelf.raw.glob("*.md")) == ["V01.md"]


def test_versions_sent_at_once_follow_their_numbers(new_study, outbox):
    study = new_study()
    texts = [NOTE.replace("budget", word) for word in ("budget", "projet", "terrain")]
    names = ["V01.md", "V01.v2.md", "V01.v10.md"]
    for name, text in zip(names, texts, strict=True):
        outbox(name, text)
    study.ingest([outbox("V01.md", texts[0]).parent])
    assert study.corpus.at("V01.md").text == canonical(texts[2])


def test_a_failure_while_writing_leaves_the_study_as_it_was(new_study, outbox, monkeypatch):
    study = new_study({"V01.md": NOTE})
    before = dump(study)

    def fail(*_arguments):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(store, "add_readings", fail)
        with pytest.raises(RuntimeError):
            study.ingest([outbox("V02.md", OTHER)])
    assert dump(study) == before
    assert states(study.ingest()) == [("V01.md", "known"), ("V02.md", "accepted")]


def test_the_same_clock_and_ids_give_the_same_database(new_study, outbox):
    dumps = []
    for _time in range(2):
        study = new_study({"V01.md": NOTE, "V02.txt": OTHER})
        study.ingest([outbox("V01.md", CORRECTED)])
        source = study.corpus.at("V01.md")
        coding = study.code(
            Segment(source.id, 0, 9), "S1", coder="claire", facets={"phase": "late"}
        )
        study.code_all([(Segment(source.id, 3, 20), "S2")], coder="yann")
        study.retract(coding, coder="yann")
        dumps.append(dump(study))
    assert dumps[0] == dumps[1]


def test_a_study_rebuilt_from_its_files_has_the_same_documents(new_study):
    study = new_study({"V01.md": NOTE, "V02.txt": OTHER})
    shutil.copy(study.shelf.raw / "V01.md", study.shelf.raw / "V01.v2.md")
    (study.shelf.raw / "V01.v2.md").write_text(CORRECTED, encoding="utf-8")
    study.ingest()
    again = new_study()
    for path in study.shelf.raw.glob("V*"):
        shutil.copy(path, again.shelf.raw)
    again.ingest()
    assert again.corpus.fingerprint == study.corpus.fingerprint


# ── Visits ──────────────────────────────────────────────────────────────────────────────────────


def test_a_document_is_tied_by_its_header_or_its_name_and_else_listed(new_study, outbox):
    study = new_study()
    report = study.ingest(
        [
            outbox("a.md", f"Visite : V02\nDate : 9 février 2023\n\n{NOTE}"),
            outbox("V01 visite.md", OTHER),
            outbox("V01 notes.md", f"Visite : V02\nDate : 9 février 2023\n\n{NOTE}"),
            outbox("sans rien.md", NOTE),
        ]
    )
    assert {row.path: row.visit for row in report.rows} == {
        "a.md": "V02", "V01 visite.md": "V01", "V01 notes.md": None, "sans rien.md": None,
    }  # fmt: skip
    assert {row.path for row in report.unknown_visit} == {"V01 notes.md", "sans rien.md"}
    assert all(row.notices for row in report.unknown_visit)
    assert {source.path: source.visit for source in study.corpus} == {
        row.path: row.visit for row in report.rows
    }


def test_a_document_is_tied_once_the_register_has_learnt_of_its_visit(
    new_study, outbox, register_of
):
    study = new_study()
    study.ingest([outbox("V09 visite.md", NOTE)])
    assert study.corpus.at("V09 visite.md").visit is None
    visits = [["id", "territoire", "type", "date", "état"], ["V09", "T01", "atelier", "", "faite"]]
    register_of(study.folder, Visites=visits)
    (row,) = study.ingest().rows
    assert (row.state, row.visit) == ("known", "V09")
    assert study.corpus.at("V09 visite.md").visit == "V09"


def test_a_new_version_that_tells_its_visit_ties_the_document(new_study, outbox):
    study = new_study({"note.md": NOTE})
    (row,) = study.ingest(
        [outbox("note.md", f"Visite : V02\nDate : 9 février 2023\n\n{NOTE}")]
    ).rows
    assert (row.state, row.visit) == ("new_version", "V02")
    assert study.corpus.at("note.md").visit == "V02"


def test_a_visit_once_told_is_kept(new_study, outbox):
    study = new_study({"V01.md": NOTE})
    study.ingest([outbox("V01.md", f"Date : 9 février 2023\nLieu : mairie\n\n{NOTE}")])
    assert study.corpus.at("V01.md").visit == "V01"


# ── Codings ─────────────────────────────────────────────────────────────────────────────────────

EDITS = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(["budget", "la 🌾 sèche", "e\u0301cole", ""])),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=settings().max_examples // 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(EDITS, st.data())
def test_no_coding_changes_words_or_is_lost_whatever_becomes_of_the_note(new_study, edits, data):
    study = new_study({"V01.md": NOTE})
    path = study.shelf.raw / "V01.md"
    marked = {}
    paragraphs = NOTE.split("\n\n")
    for rank, words in edits:
        source = study.corpus.at("V01.md")
        start = data.draw(st.integers(0, len(source.text) - 2))
        end = data.draw(st.integers(start + 1, len(source.text)))
        coding = study.code(Segment(source.id, start, end), "S1", coder="claire")
        marked[coding.id] = study.codings().quote(coding)
        paragraphs[rank] += words
        path.write_text("\n\n".join(paragraphs), encoding="utf-8")
        study.ingest()
    codings = study.codings()
    standing = {coding.id: codings.quote(coding) for coding in codings}
    assert standing.items() <= marked.items()
    assert len(standing) + codings.left_out.get("other_version", 0) == len(marked)
    assert len(study.anchors_list()) == len(marked) - len(standing)
    assert study.check().faults == ()


def test_two_ingests_at_once_end_in_a_sentence(new_study, monkeypatch):
    study = new_study({})
    (study.shelf.raw / "V01.md").write_text("Le maire attend.", encoding="utf-8")
    write = Intake.write

    def overtaken(self):
        monkeypatch.setattr(Intake, "write", write)
        Study(study.folder).ingest()
        write(self)

    monkeypatch.setattr(Intake, "write", overtaken)
    with pytest.raises(Conflict):
        study.ingest()
    assert len(study.corpus) == 1


def test_a_corrected_file_brought_twice_from_elsewhere_is_copied_once(new_study, tmp_path):
    study = new_study({"V01.md": "Le maire attend devant la mairie. Il pleut sur la place."})
    sent = tmp_path / "V01.md"
    sent.write_text("Le maire attend devant la mairie. Il neige sur la place.", encoding="utf-8")
    (row,) = study.ingest([sent]).rows
    assert (row.path, row.state) == ("V01.v2.md", "new_version")
    (row,) = study.ingest([sent]).rows
    assert (row.path, row.state) == ("V01.v2.md", "known")


def test_a_copy_that_was_not_read_before_an_accident_is_read_and_not_copied_again(
    new_study, tmp_path
):
    study = new_study({"V01.md": "Le maire attend devant la mairie. Il pleut sur la place."})
    sent = tmp_path / "V01.md"
    sent.write_text("Le maire attend devant la mairie. Il neige sur la place.", encoding="utf-8")
    (study.shelf.raw / "V01.v2.md").write_bytes(sent.read_bytes())
    (row,) = study.ingest([sent]).rows
    assert (row.path, row.state) == ("V01.v2.md", "new_version")
    assert sorted(path.name for path in study.shelf.raw.glob("V01*")) == ["V01.md", "V01.v2.md"]


def test_a_document_that_could_not_be_copied_is_refused_and_nothing_of_it_is_kept(
    new_study, tmp_path, monkeypatch
):
    study = new_study({"V01.md": "Le maire attend devant la mairie."})
    sent = tmp_path / "V02.md"
    sent.write_text("La secrétaire ouvre la salle.", encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (row,) = study.ingest([sent]).rows
    monkeypatch.undo()
    assert row.state == "refused"
    assert len(study.corpus) == 1
    assert study.check().faults == ()
    assert not study.ingest([sent]).refused
