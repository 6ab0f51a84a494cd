"""What leaves a study names nobody, or does not leave it."""

from datetime import UTC, datetime

import pytest

from cpit_research.analysis.crosstab import crosstab
from cpit_research.analysis.quotations import quotations
from cpit_research.analysis.search import search
from cpit_research.errors import Conflict, InvalidInput, Withheld
from cpit_research.formats.written.inspection import texts_of
from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.model.finding import Finding
from cpit_research.model.segment import Segment
from cpit_research.privacy.names import Names
from cpit_research.results.document import Document, Paragraph, Table, Verbatim
from cpit_research.store.vault import make_key, seal_table

TABLE = Correspondence(
    (
        Entry("P01", "person", ("Maëlle Kerdoncuff", "Kerdoncuff")),
        Entry("P02", "person", ("Ronan Le Goff",)),
        Entry("T01", "territory", ("Saint-Aubert",)),
        Entry("T02", "territory", ("Vaucelin",)),
    )
)
NAMES = Names(TABLE)
NOTE = "\n\n".join(
    f"Maëlle KERDONCUFF attend le budget de saint aubert, {n} fois." for n in range(4)
)


@pytest.fixture
def table(tmp_path, monkeypatch):
    """The table of names, sealed outside the study for a key that is at hand."""
    key, path = tmp_path / "key.txt", tmp_path / "names.age"
    make_key(key)
    seal_table(TABLE, path, key=key)
    monkeypatch.setenv("CPIT_TABLE", str(path))
    monkeypatch.setenv("CPIT_TABLE_KEY", str(key))
    return path


@pytest.fixture
def study(new_study):
    study = new_study({"V01 kerdoncuff.md": NOTE})
    (source,) = study.corpus
    study.code_all(
        [(Segment(source.id, 0, 58), "S1"), (Segment(source.id, 60, 90), "S2")], coder="claire"
    )
    return study


def said(path) -> str:
    return "\n".join(text for _place, text in texts_of(path))


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx"])
def test_the_summary_names_nobody_and_shows_ids_instead(study, table, tmp_path, suffix):
    study.conclude(Finding("Le budget est attendu", study.codings()))
    path = study.export(tmp_path / f"synthese{suffix}")
    assert not list(NAMES.find(said(path)))
    assert "[P01] attend le budget de [T01]" in said(path)
    assert b"erdoncuff" not in path.read_bytes()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize(
    "made", [lambda s: quotations(s.codings()), lambda s: search(s.corpus, "budget")]
)
def test_a_table_of_quotations_shows_ids_and_keeps_its_rows(study, table, tmp_path, suffix, made):
    path = study.export(tmp_path / f"extraits{suffix}", made(study))
    assert not list(NAMES.find(said(path)))
    assert said(path).count("[P01]") >= 2


@pytest.mark.parametrize(
    "content",
    [
        Finding("Maëlle Kerdoncuff attend"),
        Document("À Vaucelin", datetime(2023, 5, 4, tzinfo=UTC)),
        Document("a", datetime(2023, 5, 4, tzinfo=UTC), author="R. & Kerdoncuff"),
        Document("a", datetime(2023, 5, 4, tzinfo=UTC), blocks=(Paragraph("SAINT‑AUBERT"),)),
        Table("a", ("Ronan le Goff",), (("b",),)),
    ],
)
@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx"])
def test_a_name_left_anywhere_withholds_the_whole_document(study, table, tmp_path, suffix, content):
    target = tmp_path / "sortie" / f"synthese{suffix}"
    target.parent.mkdir()
    target.write_bytes(b"before")
    with pytest.raises(Withheld) as refusal:
        study.export(target, content)
    assert not list(NAMES.find(str(refusal.value)))
    assert target.read_bytes() == b"before"
    assert list(target.parent.iterdir()) == [target]


def test_the_words_of_a_verbatim_are_masked_and_let_through(study, table, tmp_path):
    block = Verbatim("Kerdoncuff attend", "Ronan Le Goff, mairie")
    content = Document("a", datetime(2023, 5, 4, tzinfo=UTC), blocks=(block,))
    path = study.export(tmp_path / "a.html", content)
    assert "[P01] attend" in said(path)
    assert "[P02], mairie" in said(path)


@pytest.mark.parametrize(
    "name", ["kerdoncuff.html", "Bilan_Saint_Aubert.xlsx", "vaucelin-2023.docx"]
)
def test_a_file_may_not_bear_a_name_either(study, table, tmp_path, name):
    with pytest.raises(Withheld):
        study.export(tmp_path / name, crosstab(study.codings()))
    assert not (tmp_path / name).exists()


def test_without_its_table_of_names_a_study_lets_nothing_out(study, tmp_path):
    with pytest.raises(Withheld, match="CPIT_TABLE"):
        study.export(tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_does_not_name_everyone_lets_nothing_out(study, table, tmp_path):
    for entries in (TABLE.entries[1:], (Entry("P01", "person", ("—",)), *TABLE.entries[1:])):
        seal_table(Correspondence(entries), table, key=tmp_path / "key.txt")
        with pytest.raises(Withheld, match="P01"):
            study.export(tmp_path / "a.docx")


def test_a_register_moved_away_does_not_open_the_gate(new_study, tmp_path):
    study = new_study({"V01.md": NOTE}, register=False)
    with pytest.raises(Withheld, match="CPIT_TABLE"):
        study.export(tmp_path / "a.html")
    assert not (tmp_path / "a.html").exists()


def test_a_study_that_holds_nobody_s_words_needs_no_table(new_study, tmp_path):
    study = new_study({}, register=False)
    assert study.export(tmp_path / "a.html").is_file()


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.doc", ".csv"])
def test_a_suffix_that_no_writer_knows_is_refused(study, table, tmp_path, name):
    with pytest.raises(InvalidInput, match=r"\.docx"):
        study.export(tmp_path / name)


def test_what_is_no_content_is_refused(study, table, tmp_path):
    with pytest.raises(InvalidInput, match="Result"):
        study.export(tmp_path / "a.docx", [object()])
    assert not (tmp_path / "a.docx").exists()


def test_words_that_have_moved_since_are_never_printed(study, table, tmp_path):
    finding = Finding("Un", study.codings())
    (study.shelf.raw / "V01 kerdoncuff.md").write_text(f"Ajout. {NOTE}", encoding="utf-8")
    study.ingest()
    with pytest.raises(Conflict):
        study.export(tmp_path / "a.docx", [finding])
    assert not (tmp_path / "a.docx").exists()


def test_the_same_clock_gives_the_same_bytes(study, table, tmp_path, new_occasion):
    paths = []
    for rank in range(2):
        study.occasion = new_occasion()
        paths.append(study.export(tmp_path / str(rank) / "a.docx"))
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_each_finding_given_stands_on_its_own_codings(study, table, tmp_path):
    first, second = (
        Finding(claim, [one]) for claim, one in zip("AB", study.codings(), strict=False)
    )
    named = Finding("A", first.supports, reference="E1")
    path = study.export(tmp_path / "a.html", [named, second])
    words = "\n".join(text for _place, text in texts_of(path))
    assert "E1-a" in words
    assert "E2-a" in words
    with pytest.raises(InvalidInput):
        study.export(tmp_path / "b.html", [named, Finding("B", second.supports, reference="E1")])


def test_a_name_glued_to_others_in_the_name_of_a_file_is_shown_as_its_id(
    new_study, table, tmp_path
):
    study = new_study({"EntretienMaelleKerdoncuff.md": NOTE})
    source = study.corpus.sources[0]
    study.code(Segment(source.id, 0, 6), "S1", coder="claire")
    path = study.export(tmp_path / "a.csv", quotations(study.codings()))
    assert "Entretien[P01].md" in path.read_text(encoding="utf-8-sig")
