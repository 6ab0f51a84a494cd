"""A word is corrected, everything stands where it stood, the file received stays as it is."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cpit_research as cpit
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.formats.received import markdown, sources
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested
from cpit_research.store import corrections as store
from cpit_research.store.sources import add_versions
from cpit_research.study.corrections import correct_in
from cpit_research.study.sharing.outgoing import outgoing
from cpit_research.study.sharing.payloads import payload_fault
from cpit_research.study.study import Study
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest, version_id
from cpit_research.text.editing import Edit

NOTE = (
    "# Visite\n\n"
    "Le maire tient seul l’agneda du projet 🌾 depuis trois ans.\n\n"
    "Maire : La secrétaire prépare les dosiers, on atend la réponse.\n\n"
    "On parle du pont, puis de la friche, puis encore du pont.\n"
)


@pytest.fixture
def study(new_study):
    return new_study({"V01.md": NOTE})


def source(study):
    return study.corpus.at("V01.md")


def on(study, words):
    text = source(study).text
    assert text.count(words) == 1, words
    start = text.index(words)
    return Segment(source(study).id, start, start + len(words))


def quotes(study):
    codings = study.codings()
    return {codings.quote(one) for one in codings}


def test_a_correction_is_a_new_text_that_carries_everything(study):
    passages = [
        "l’agneda",
        "tient seul l’agneda du projet 🌾",
        "projet 🌾 depuis",
        "Le maire tient",
    ]
    for words in passages:
        study.code(on(study, words), "S1", coder="claire")
    grouped = list(study.codings())[:2]
    study.episode(grouped, coder="claire", principal=grouped[0])
    study.memo(on(study, "seul l’agneda"), "À lui seul ?", coder="yann")
    study.propose(on(study, "agneda du projet"), "Tenir l’agenda", coder="yann")
    study.suggest([Suggested(on(study, "l’agneda du projet"), "S2", 0.5, ((2, 8), (12, 18)))],
                  coder="lexique/1")  # fmt: skip
    before = source(study)
    made = study.correct(on(study, "agneda"), "agenda commun", coder="claire", reason="Écouté.")
    after = source(study)
    assert after.text == before.text.replace("agneda", "agenda commun")
    assert (made.before, made.words, made.state, made.made) == (
        "agneda", "agenda commun", "made", after.version,
    )  # fmt: skip
    assert quotes(study) == {words.replace("agneda", "agenda commun") for words in passages}
    assert [study.corpus.quote(one.segment) for one in study.memos] == ["seul l’agenda commun"]
    (proposal,) = study.grid_proposals()
    assert proposal.passages[0].quotation == "agenda commun du projet"
    assert proposal.passages[0].is_current
    (suggestion,) = study.suggestions()
    words = study.corpus.quote(suggestion.segment)
    assert [words[a:b] for a, b in suggestion.terms] == ["agenda commun", "projet"]
    assert len(study.episodes[0].codings) == 2
    assert study.codings().left_out == {}
    assert study.anchors_list() == ()
    assert (study.shelf.raw / "V01.md").read_text(encoding="utf-8") == NOTE
    assert (after.sha256, after.reader) == (before.sha256, before.reader)
    assert study.correction_list() == (made,)
    assert study.check().faults == ()


def test_the_parts_of_the_text_stay_around_the_same_words(study):
    before = source(study)
    study.correct(on(study, "les dosiers"), "tous les dossiers du projet", coder="claire")
    after = source(study)
    assert [part.kind for part in after.structure] == [part.kind for part in before.structure]
    for one, other in zip(before.structure, after.structure, strict=True):
        words = before.text[one.start : one.end]
        corrected = words.replace("les dosiers", "tous les dossiers du projet")
        assert after.text[other.start : other.end] == corrected
        if one.kind == "turn":
            assert other.speaker == one.speaker
            assert after.text[other.speech_start :].startswith("La secrétaire")
    assert after.words == before.words + 3


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("agneda", "  "), ("agneda", "agen\nda"), ("agneda", "agen\u2028da"), ("agneda", "agneda"),
        ("trois ans.\n\nMaire : La", "deux ans. Maire : La"), ("Maire : La", "Mairie : La"),
        ("gneda", "\u0301gneda"), ("agneda", "ag\x0benda"),
    ],
)  # fmt: skip
def test_what_is_no_correction_of_words_is_refused(study, passage, words):
    text = source(study).text
    with pytest.raises(InvalidInput):
        study.correct(on(study, passage), words, coder="claire")
    assert source(study).text == text
    assert study.correction_list() == ()


def test_a_correction_is_kept_in_nfc_and_by_who_is_known(study):
    study.correct(on(study, "seul"), "de\u0301ja\u0300", coder="claire")
    assert "tient déjà l’agneda" in source(study).text
    with pytest.raises(NotFound):
        study.correct(on(study, "agneda"), "agenda", coder="clara")
    assert study.check().faults == ()


def test_a_correction_is_undone_by_correcting_back(study):
    coding = study.code(on(study, "l’agneda du projet"), "S1", coder="claire")
    before = source(study)
    made = study.correct(on(study, "agneda"), "agenda", coder="claire")
    assert made.result == on(study, "agenda")
    study.correct(made.result, made.before, coder="claire")
    after = source(study)
    assert after.text == before.text
    assert after.version != before.version
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    study.correct(on(study, "agenda"), "agneda", coder="claire")
    (held,) = study.codings()
    assert (held.id, held.segment) == (coding.id, coding.segment)
    assert len(study.correction_list()) == 4
    assert study.check().faults == ()
    (row,) = study.ingest().rows
    assert (row.state, row.notices) == ("known", ())


def test_a_passage_that_cuts_the_corrected_words_grows_to_them(study):
    study.code(on(study, "seul l’ag"), "S1", coder="claire")
    study.code(on(study, "neda du projet"), "S2", coder="yann")
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    assert quotes(study) == {"seul l’agenda", "agenda du projet"}
    assert study.anchors_list() == ()


def receive(study, text):
    (study.shelf.raw / "V01.md").write_text(text, encoding="utf-8")
    (row,) = study.ingest().rows
    return row


def test_corrections_are_made_again_on_a_file_received_later(study):
    study.code(on(study, "l’agneda du projet"), "S1", coder="claire")
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    study.correct(on(study, "dosiers"), "dossiers", coder="yann")
    study.correct(on(study, "dossiers"), "dosiers", coder="yann")  # after all
    row = receive(study, "Relu.\n\n" + NOTE.replace("atend", "attend"))
    assert (row.state, row.exact, row.to_confirm, row.notices) == ("new_version", 1, 0, ())
    text = source(study).text
    assert "l’agenda du projet" in text
    assert "prépare les dosiers, on attend" in text
    assert quotes(study) == {"l’agenda du projet"}
    assert study.check().faults == ()
    assert len(study.correction_list()) == 3  # what the program made again is nobody's
    row = receive(study, "Relu deux fois.\n\n" + NOTE.replace("atend", "attend"))
    assert row.state == "new_version"
    assert "l’agenda du projet" in source(study).text
    assert study.check().faults == ()


def test_a_correction_that_the_file_received_has_made_asks_nothing(study):
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    row = receive(study, "Relu.\n\n" + NOTE.replace("agneda", "agenda"))
    assert (row.state, row.notices) == ("new_version", ())
    assert source(study).text.count("agenda") == 1
    assert study.check().faults == ()


def test_a_correction_that_no_longer_finds_its_place_is_told(study):
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    study.correct(on(study, "dosiers"), "dossiers", coder="claire")
    row = receive(study, NOTE.replace("tient seul l’agneda du projet", "décide de tout ici"))
    assert row.state == "new_version"
    (notice,) = row.notices
    assert "agneda" in notice
    assert "agenda" in notice
    assert "les dossiers, on atend" in source(study).text
    assert study.check().faults == ()


def test_the_same_file_read_again_by_a_newer_reader_keeps_corrections(study, monkeypatch):
    study.code(on(study, "l’agneda du projet"), "S1", coder="claire")
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    version = source(study).version

    def read(name, before=b""):
        def reader(data, speakers):
            return replace(markdown.from_markdown(before + data, speakers), reader=name)

        monkeypatch.setitem(sources._READERS, ".md", (reader, name))
        (row,) = study.ingest().rows
        return row

    row = read("md/98")
    assert (row.state, row.notices) == ("known", ())
    assert source(study).version == version
    row = read("md/99", b"Page 1\n\n")
    assert (row.state, row.exact, row.notices) == ("new_version", 1, ())
    assert source(study).text.startswith("Page 1")
    assert quotes(study) == {"l’agenda du projet"}
    assert study.check().faults == ()


def test_in_a_lot_a_correction_is_asked_for_and_the_holder_decides(study, tmp_path):
    study.code(on(study, "l’agneda du projet"), "S1", coder="claire")
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        asked = opened.correct(on(opened, "agneda"), "agenda", coder="claire", reason="Faute.")
        assert (asked.state, asked.words) == ("waiting", "agenda")
        second = opened.correct(on(opened, "dosiers"), "dossiers", coder="claire")
        third = opened.correct(on(opened, "agneda"), "agenda", coder="claire")
        assert "agneda" in source(opened).text
        assert len(opened.correction_list()) == 3
        with pytest.raises(Conflict):
            opened.correction_accept(asked.reference, coder="claire")
        with pytest.raises(InvalidInput):
            opened.correct(on(opened, "agneda"), "a\nb", coder="claire")
        assert opened.check().faults == ()
        bundle = opened.bundle_export("claire", to=tmp_path / "envoi.zip")
    study.correct(on(study, "trois ans"), "quatre longues années", coder="yann")
    assert study.merge([bundle.path]).to_confirm == 0
    assert any("cpit correction list" in remark for remark in study.check().remarks)
    waiting = [one for one in study.correction_list() if one.state == "waiting"]
    assert [(one.coder, one.before, one.words, one.reason) for one in waiting] == [
        ("claire", "agneda", "agenda", "Faute."), ("claire", "dosiers", "dossiers", ""),
        ("claire", "agneda", "agenda", ""),
    ]  # fmt: skip
    made = study.correction_accept(asked.reference, coder="yann")
    assert (made.state, made.by, made.coder, made.words) == ("made", "yann", "claire", "agenda")
    assert quotes(study) == {"l’agenda du projet"}
    assert study.correction_accept(third.reference, coder="yann").state == "made"
    with pytest.raises(InvalidInput):
        study.correction_decline(second.reference, " ", coder="yann")
    declined = study.correction_decline(second.reference, "Il le dit ainsi.", coder="yann")
    assert (declined.state, declined.why) == ("declined", "Il le dit ainsi.")
    with pytest.raises(Conflict):
        study.correction_accept(second.reference, coder="yann")
    with pytest.raises(NotFound):
        study.correction_accept("ffff", coder="yann")
    assert study.conflict_list() == ()
    assert study.merge([bundle.path]).is_empty
    assert study.check().faults == ()
    again = study.lot_export("claire", to=tmp_path / "lot2.zip")
    with cpit.open_lot(again.path, tmp_path / "encore") as opened:
        assert opened.correction_list() == ()
        assert "l’agenda du projet" in source(opened).text
        assert quotes(opened) == {"l’agenda du projet"}
        assert opened.check().faults == ()


def test_what_is_done_in_a_lot_on_the_former_text_is_carried_when_it_comes_back(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    study.correct(on(study, "agneda"), "agenda partagé", coder="yann")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        opened.code(on(opened, "l’agneda"), "S1", coder="claire")
        opened.code(on(opened, "depuis trois ans"), "S1", coder="claire")
        bundle = opened.bundle_export("claire", to=tmp_path / "envoi.zip")
    report = study.merge([bundle.path])
    assert (report.exact, report.to_confirm) == (2, 0)
    assert quotes(study) == {"l’agenda partagé", "depuis trois ans"}
    assert study.check().faults == ()


def test_what_was_put_before_a_correction_and_a_new_file_finds_its_place(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    study.correct(on(study, "agneda"), "agenda", coder="yann")
    receive(study, "Relu.\n\n" + NOTE)
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        opened.code(on(opened, "l’agneda du projet"), "S1", coder="claire")
        bundle = opened.bundle_export("claire", to=tmp_path / "envoi.zip")
    assert study.merge([bundle.path]).to_confirm == 0
    assert quotes(study) == {"l’agenda du projet"}


def test_the_record_of_a_correction_holds_no_word_of_the_text(study):
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    with study.shelf.database.reading() as connection:
        (payload,) = connection.exec_driver_sql(
            "SELECT payload FROM event WHERE kind = 'correct'"
        ).one()
    assert "agenda" not in payload


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_corrected_codings_say_their_words_and_the_record_is_sound(study, data):
    for _time in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, 10**6)) % (len(source(study).text) - 1)
        end = min(len(source(study).text), start + data.draw(st.integers(1, 30)))
        segment = Segment(source(study).id, start, end)
        before = source(study).text
        if data.draw(st.booleans()):
            study.code(segment, "S1", coder="claire")
            continue
        words = data.draw(st.text(alphabet="aé🌾’ e\u0301", min_size=1, max_size=8))
        try:
            study.correct(segment, words, coder="yann")
        except InvalidInput:
            assert source(study).text == before
        else:
            assert source(study).text != before
    assert study.codings().left_out == {}
    assert study.anchors_list() == ()
    assert study.check().faults == ()


def test_several_files_received_at_once_are_each_corrected_again(study, new_study):
    study.code(on(study, "l’agneda du projet"), "S1", coder="claire")
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    for rank in (2, 3):
        (study.shelf.raw / f"V01.v{rank}.md").write_text(f"Relu {rank}.\n\n{NOTE}", "utf-8")
    rows = study.ingest().rows
    assert [row.state for row in rows] == ["known", "new_version", "new_version"]
    assert source(study).text.startswith("Relu 3.")
    assert quotes(study) == {"l’agenda du projet"}
    assert study.check().faults == ()


def test_a_correction_asked_for_whose_passage_is_gone_waits_with_the_others(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        asked = opened.correct(on(opened, "dosiers"), "dossiers", coder="claire")
        bundle = opened.bundle_export("claire", to=tmp_path / "envoi.zip")
    study.merge([bundle.path])
    row = receive(study, NOTE.replace("les dosiers", "des chemises"))
    assert row.to_confirm == 1
    (waiting,) = study.anchors_list()
    assert (waiting.name, waiting.words, waiting.code) == ("dossiers", "dosiers", None)
    with pytest.raises(Conflict):
        study.correction_accept(asked.reference, coder="yann")
    study.anchors_discard(waiting.id, "Le fichier est corrigé.", coder="yann")
    (declined,) = study.correction_list()
    assert (declined.state, declined.why) == ("declined", "Le fichier est corrigé.")
    assert study.check().faults == ()


def test_the_record_tells_a_correction_that_its_texts_belie(study):
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    (made,) = study.correction_list()
    with study.shelf.database.writing() as connection:
        (stored,) = store.stored_corrections(connection)
        forged = replace(stored, subject=b"f" * 16, edits=(Edit(3, 6, 9),), heads=())
        with study.shelf.database.reading() as other:
            (digest,) = other.exec_driver_sql(
                "SELECT digest FROM event WHERE id = ?", (made.id.bytes,)
            ).one()
        store.append_made(connection, forged, event=b"f" * 16, digest=digest)
    (fault,) = study.check().faults
    assert "ne se lit pas" in fault or "does not read" in fault


def test_a_text_that_comes_from_no_file_and_no_correction_is_told(study):
    text = source(study)
    other = replace(text, text=text.text + "Encore.", words=text.words + 1)
    key = study.identity.key
    other = replace(other, version=version_id(other.id, other.text, key))
    with study.shelf.database.writing() as connection:
        add_versions(connection, [(other, 2, passage_digest(other.text, key))])
    assert len(study.check().faults) == 1


def test_one_coder_may_not_send_a_correction_made_in_a_bundle(study, tmp_path):
    study.code(on(study, "trois ans"), "S1", coder="claire")
    study.correct(on(study, "agneda"), "agenda", coder="claire")
    bundle = study.bundle_export("claire", to=tmp_path / "envoi.zip")
    assert "correct" not in bundle.events


@pytest.mark.parametrize(
    ("payload", "placed"),
    [
        ("{}", True), ('{"step": "asked"}', True), ('{"step": "asked", "reads": 3}', True),
        ('{"step": "asked", "reads": "mot"}', False), ('{"step": "declined"}', False),
        ('{"step": "declined", "reason": "non"}', True), ('{"step": "autre"}', True),
        ('{"step": "applied", "into": "v"}', True),
        ('{"step": "applied", "into": "v", "edits": [[1, 2]]}', True),
        ('{"step": "applied", "into": "v", "edits": [[1, 2, true]]}', True),
        ('{"step": "applied", "into": 1, "edits": []}', True),
        ('{"step": "applied", "into": "v", "edits": []}', False),
    ],
)  # fmt: skip
def test_a_correction_that_could_not_be_read_again_does_not_enter(payload, placed):
    assert payload_fault("correct", payload, placed=placed)


def test_a_correction_that_can_be_read_again_enters():
    for payload, placed in (
        ('{"step": "asked", "reads": "mot", "reason": "entendu"}', True),
        ('{"step": "declined", "reason": "non"}', False),
        ('{"step": "applied", "into": "v", "edits": [[1, 2, 3]]}', True),
    ):
        assert not payload_fault("correct", payload, placed=placed)


def test_corrections_may_be_one_act_after_the_other_under_ids_given(study):
    study.code(on(study, "l’agneda du projet"), "S1", coder="claire")
    first, second = on(study, "agneda"), on(study, "dosiers")
    with writing(study) as connection:  # the last place first: those before it do not move
        made = correct_in(study, connection, second, "dossiers", coder="claire", id=b"a" * 16)
        correct_in(study, connection, first, "agenda", coder="claire", id=b"b" * 16)
    assert made.id.bytes == b"a" * 16
    assert "l’agenda du projet" in source(study).text
    assert "les dossiers" in source(study).text
    assert quotes(study) == {"l’agenda du projet"}
    assert study.check().faults == ()


def test_a_copy_takes_corrections_over_and_one_corrected_otherwise_is_refused(
    study, tmp_path, new_occasion
):
    study.code(on(study, "l’agneda du projet"), "S1", coder="claire")
    for name in ("one", "two"):
        shutil.copytree(study.folder, tmp_path / name)
    made = study.correct(on(study, "agneda"), "agenda", coder="claire")
    study.correct(made.result, made.before, coder="claire")
    study.correct(on(study, "agneda"), "agenda commun", coder="claire")
    with Study(tmp_path / "one") as copy:
        copy.code(on(copy, "agneda"), "S2", coder="yann")
        assert copy.merge([study.folder]).texts == 3
        assert source(copy).text == source(study).text
        assert quotes(copy) == {"l’agenda commun du projet", "agenda commun"}
        assert copy.correction_list() == study.correction_list()
        assert copy.merge([study.folder]).is_empty
        assert copy.check().faults == ()
    with Study(tmp_path / "two") as copy:
        copy.correct(on(copy, "dosiers"), "dossiers", coder="yann")
        with pytest.raises(Conflict):
            copy.merge([study.folder])


def test_a_correction_made_is_undone_through_those_made_after_it(study):
    coding = study.code(on(study, "l’agneda du projet"), "S1", coder="claire")
    text = source(study).text
    first = study.correct(on(study, "agneda"), "agenda commun", coder="claire")
    second = study.correct(on(study, "maire tient"), "maire de Sorbières tient", coder="claire")
    assert study.correction_undo(second.reference, coder="claire").words == "maire tient"
    undone = study.correction_undo(first.reference, coder="claire")
    assert (source(study).text, undone.words) == (text, "agneda")
    redone = study.correction_undo(undone.reference, coder="claire")
    assert (redone.words, "agenda commun" in source(study).text) == ("agenda commun", True)
    with pytest.raises(Conflict):
        study.correction_undo(undone.reference, coder="claire")
    (held,) = study.codings()
    assert (held.id, quotes(study)) == (coding.id, {"l’agenda commun du projet"})
    assert study.check().faults == ()


def test_a_correction_is_not_undone_under_what_was_coded_on_a_part_of_it_since(study):
    made = study.correct(on(study, "agneda"), "agenda commun", coder="claire")
    study.code(on(study, "l’agenda commun"), "S1", coder="yann")
    inside = study.code(on(study, "commun"), "S2", coder="yann")
    with pytest.raises(Conflict):
        study.correction_undo(made.reference, coder="claire")
    assert quotes(study) == {"l’agenda commun", "commun"}
    study.retract(inside, coder="yann")
    study.correction_undo(made.reference, coder="claire")
    assert quotes(study) == {"l’agneda"}


def test_undoing_a_correction_tells_nothing_of_what_a_round_hides(study):
    study.round_open(("claire", "yann"), coder="claire", sample="100%", stratify=())
    made = study.correct(on(study, "agneda"), "agenda commun", coder="claire")
    study.code(on(study, "commun"), "S2", coder="yann")
    study.memo(on(study, "commun"), "Redit plus bas.", coder="yann")
    study.correction_undo(made.reference, coder="claire")
    assert "l’agneda du projet" in source(study).text
    assert quotes(study) == {"agneda"}
    assert study.check().faults == ()


def test_a_correction_asked_for_in_a_lot_and_withdrawn_is_offered_to_nobody(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        asked = opened.correct(on(opened, "agneda"), "agenda", coder="claire")
        other = opened.correct(on(opened, "dosiers"), "dossiers", coder="claire")
        sent = opened.bundle_export("claire", to=tmp_path / "envoi.zip")
        withdrawn = opened.correction_undo(asked.reference, coder="claire")
        assert (withdrawn.state, withdrawn.words, withdrawn.by) == ("withdrawn", "agenda", "claire")
        assert opened.correction_undo(asked.reference, coder="claire") == withdrawn
        opened.correction_undo(other.reference, coder="claire")
        later = opened.bundle_export("claire", to=tmp_path / "envoi 2.zip")
        assert opened.check().faults == ()
    study.merge([sent.path])
    with pytest.raises(Conflict):
        study.correction_undo(asked.reference, coder="yann")
    study.correction_accept(other.reference, coder="yann")
    study.merge([later.path])
    states = {one.id: one.state for one in study.correction_list()}
    assert states == {asked.id: "withdrawn", other.id: "made"}
    with pytest.raises(Conflict):
        study.correction_accept(asked.reference, coder="yann")
    study.correct(on(study, "trois ans"), "quatre ans", coder="yann")
    receive(study, "Relu.\n\n" + NOTE)
    assert study.anchors_list() == ()
    assert study.conflict_list() == ()
    assert study.check().faults == ()


def test_what_is_sent_is_counted_as_corrections_and_as_what_is_new_since_the_lot(study, tmp_path):
    for words in ("l’agneda", "trois ans"):
        study.code(on(study, words), "S1", coder="claire")
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        assert outgoing(opened, "claire").fresh == {}
        opened.code(on(opened, "les dosiers"), "S1", coder="claire")
        for word, better in (("agneda", "agenda"), ("dosiers", "dossiers")):
            opened.correct(on(opened, word), better, coder="claire")
        told = outgoing(opened, "claire")
        assert (told.events, told.fresh) == (
            {"apply": 3, "correct": 2}, {"apply": 1, "correct": 2},
        )  # fmt: skip
        bundle = opened.bundle_export("claire", to=tmp_path / "envoi.zip")
    (hers,) = study.merge([bundle.path]).coders
    assert (hers.codings, hers.corrections, hers.others, hers.known) == (1, 2, 0, 2)


def test_what_was_begun_and_taken_back_is_no_memo_and_no_coding(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        kept = opened.code(on(opened, "l’agneda"), "S1", coder="claire")
        gone = opened.code(on(opened, "trois ans"), "S1", coder="claire")
        opened.retract(gone, coder="claire")
        told = outgoing(opened, "claire")
        assert told.events == told.fresh == {"apply": 1, "undone": 2}
        first = opened.bundle_export("claire", to=tmp_path / "envoi.zip")
        opened.retract(kept, coder="claire")
        second = opened.bundle_export("claire", to=tmp_path / "envoi 2.zip")
    (hers,) = study.merge([first.path]).coders
    assert (hers.codings, hers.changes, hers.others) == (1, 0, 2)
    (hers,) = study.merge([second.path]).coders
    assert (hers.codings, hers.changes, hers.others, hers.known) == (0, 1, 0, 3)
