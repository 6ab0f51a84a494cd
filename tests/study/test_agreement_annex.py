"""The annex says how coders were compared, whatever came out of it, in both languages."""

from dataclasses import replace

import docx
import pytest
from openpyxl import load_workbook

from cpit_research.errors import Conflict, Withheld
from cpit_research.formats.study_file import write_study_file
from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.model.segment import Segment
from cpit_research.store.vault import make_key, seal_table
from cpit_research.study.study import Study
from cpit_research.wording import use_language

LINE = "Le maire attend un appel. La secrétaire relance tout le monde. Il pleut encore. "
TABLE = Correspondence(
    (
        Entry("P01", "person", ("Maëlle Kerdoncuff",)),
        Entry("P02", "person", ("Ronan Le Goff",)),
        Entry("T01", "territory", ("Saint-Aubert",)),
        Entry("T02", "territory", ("Vaucelin",)),
    )
)


@pytest.fixture(autouse=True)
def table(tmp_path, monkeypatch):
    """The table of names, at hand: nothing leaves a study without it."""
    key, path = tmp_path / "key.txt", tmp_path / "names.age"
    make_key(key)
    seal_table(TABLE, path, key=key)
    monkeypatch.setenv("CPIT_TABLE", str(path))
    monkeypatch.setenv("CPIT_TABLE_KEY", str(key))


@pytest.fixture
def study(new_study):
    return new_study({f"V0{n} note {n}.md": LINE * 6 for n in (1, 2, 3)})


def words(path) -> str:
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def code_twice(study):
    """Claire and Yann code the same notes; he leaves one passage out of six."""
    for source in list(study.corpus)[:2]:
        for at in range(6):
            start = at * len(LINE)
            study.code(Segment(source.id, start, start + 24), "S1", coder="claire")
            if at:
                study.code(Segment(source.id, start, start + 20), "S1", coder="yann")


def test_a_study_where_nobody_read_the_same_note_says_so(study, tmp_path):
    study.code(Segment(next(iter(study.corpus)).id, 0, 24), "S1", coder="claire")
    said = words(study.agreement_annex(tmp_path / "accord.docx"))
    assert "il n’y a pas d’accord à calculer" in said


def test_the_annex_tells_method_results_disagreements_and_limits(study, tmp_path):
    code_twice(study)
    said = words(study.agreement_annex(tmp_path / "accord.docx"))
    for expected in (
        "2 des 3 notes du corpus", "Phrases des notes", "aucun intervalle n’est donné",
        "2 passages ne sont pas codés de la même façon", "Aucun désaccord n’a encore été arbitré",
        "n’ont pas été tirées par un tour", "Krippendorff, K. (2019)", "0,90",
    ):  # fmt: skip
        assert expected in said
    with use_language("en"):
        told = words(study.agreement_annex(tmp_path / "agreement.docx"))
    assert "2 of the 3 notes of the corpus" in told
    assert "no interval is given" in told


def test_the_annex_as_a_workbook_holds_the_tables(study, tmp_path):
    code_twice(study)
    book = load_workbook(study.agreement_annex(tmp_path / "accord.xlsx"))
    values = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"Clarifier son mandat", "S1", 10, 2} <= values


def test_what_a_round_drew_and_what_was_decided_are_told(study, tmp_path):
    opened = study.round_open(["claire", "yann"], sample=3, stratify=(), coder="claire").round
    code_twice(study)
    sealed = words(study.agreement_annex(tmp_path / "scellée.docx"))
    assert "encore codées à l’aveugle" in sealed
    for coder in ("claire", "yann"):
        study.round_finish(opened, coder=coder)
    first, _second = study.round_close(opened, coder="claire").disagreements
    study.round_decide(first.id, keep="claire", reason="omission", why="Fatigue.", coder="claire")
    said = words(study.agreement_annex(tmp_path / "accord.docx"))
    assert "3 notes tirées au sort" in said
    assert "Personne n’a vu les codages des autres" in said
    assert "1 par arbitrage" in said


def test_a_round_closed_early_is_not_said_to_be_blind_to_the_end(study, tmp_path):
    opened = study.round_open(["claire", "yann"], sample=3, stratify=(), coder="claire").round
    code_twice(study)
    study.round_finish(opened, coder="claire")
    study.round_close(opened, coder="claire", anyway="départ de Yann")
    said = words(study.agreement_annex(tmp_path / "accord.docx"))
    assert "Personne n’a vu les codages des autres" not in said
    assert "Clos sans attendre yann : départ de Yann" in said.replace("\xa0", " ")
    assert "closed" not in said


def test_a_study_that_does_not_measure_agreement_says_why(study, tmp_path):
    write_study_file(study.folder, replace(study.identity, no_agreement="lecture réflexive"))
    with Study(study.folder, occasion=study.occasion) as again:
        code_twice(again)
        said = words(again.agreement_annex(tmp_path / "accord.docx"))
    assert "lecture réflexive" in said
    with pytest.raises(Conflict, match="réflexive"):
        Study(study.folder).round_open(["claire", "yann"], coder="claire")


def test_notes_sealed_by_a_round_are_not_said_to_be_unread_and_the_corpus_stays_whole(
    study, tmp_path
):
    code_twice(study)
    study.round_open(["claire", "yann"], sample=3, stratify=(), coder="claire")
    with use_language("en"):
        said = words(study.agreement_annex(tmp_path / "accord.docx"))
    assert "0 of 3" in said
    assert "None of the other notes" in said
    assert "No note was read" not in said


def test_a_name_written_in_the_reason_of_a_round_keeps_the_annex_in(study, tmp_path):
    opened = study.round_open(["claire", "yann"], sample=3, stratify=(), coder="claire").round
    code_twice(study)
    study.round_close(opened, coder="claire", anyway="Maëlle Kerdoncuff a demandé d’attendre")
    with pytest.raises(Withheld, match="P01"):
        study.agreement_annex(tmp_path / "accord.docx")
    assert not (tmp_path / "accord.docx").exists()


def test_of_a_cancelled_round_only_the_draw_and_the_reason_are_told(study, tmp_path):
    code_twice(study)
    opened = study.round_open(["claire", "yann"], sample=2, stratify=(), coder="claire").round
    study.round_cancel(opened, reason="Reporté à mars.", coder="claire")
    said = words(study.agreement_annex(tmp_path / "accord.docx"))
    assert "abandonné. Reporté à mars." in said
    assert "Personne n’a vu les codages des autres" not in said
