"""A review copy leaves through the gate and comes back: each remark once, answered, reversible."""

from datetime import date
from random import Random

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from cpit_research.errors import Conflict, FormatError, InvalidInput, NotFound, Withheld
from cpit_research.formats.review_copy import OPINION_WORDS
from cpit_research.formats.written.inspection import texts_of
from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.model.segment import Segment
from cpit_research.store import remarks as store
from cpit_research.store.codings import append_rows, link
from cpit_research.store.vault import make_key, seal_table
from cpit_research.study.grids.remarks import decided_remarks

NOTE = "Le maire attend. L’école ferme. " * 9
GRID = """\
format: 1
id: essai
version: v1
nature: team
status: draft
title: Grille d’essai
axes:
  - id: situations
    name: Situations
    codes:
      - id: F1
        name: Prendre place
        definition: Se faire une place
        codes:
          - id: S1
            name: Clarifier son mandat
            definition: "Faire dire ce qu’on attend : à quelle fin, jusqu’où."
            include: une demande explicite
            exclude: le mandat est clair (voir S2)
            redirects: [S2]
            example: Elle demande qui décide.
          - id: S2
            name: Se faire connaître
            definition: Rencontrer ceux avec qui l’on travaillera
            exclude: le mandat est en jeu (voir S1)
            redirects: [S1]
"""
TABLE = Correspondence(
    (
        Entry("P01", "person", ("Maëlle Kerdoncuff",)),
        Entry("P02", "person", ("Ronan Le Goff",)),
        Entry("T01", "territory", ("Saint-Aubert",)),
        Entry("T02", "territory", ("Vaucelin",)),
    )
)
SUFFIXES = [".docx", ".xlsx"]


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("table")
    make_key(folder / "key.txt")
    seal_table(TABLE, folder / "names.age", key=folder / "key.txt")
    return folder


@pytest.fixture
def make_study(new_study, sealed, monkeypatch):
    """A study with a grid worth reviewing, and its table of names at hand."""
    monkeypatch.setenv("CPIT_TABLE", str(sealed / "names.age"))
    monkeypatch.setenv("CPIT_TABLE_KEY", str(sealed / "key.txt"))

    def make():
        study = new_study({"V01.md": NOTE})
        (study.folder / "grids" / "v1.yaml").write_text(GRID, encoding="utf-8")
        study.code(Segment(study.corpus.at("V01.md").id, 0, 16), "S1", coder="claire")
        return study

    return make


@pytest.fixture
def study(make_study):
    return make_study()


@pytest.fixture(scope="module")
def written():
    """Review copies already written, by suffix: the same grid gives the same bytes."""
    return {}


def copied(study, folder, suffix, written):
    """A copy that is written once: opening the table of names takes its time."""
    if suffix not in written:
        written[suffix] = copy_of(study, folder, suffix).read_bytes()
    path = folder / f"relecture{suffix}"
    path.write_bytes(written[suffix])
    return path


def copy_of(study, tmp_path, suffix):
    return study.grid_review_export(to=tmp_path / f"relecture{suffix}")


class Copy:
    """A review copy as a person fills it in, in Word or in Excel alike."""

    def __init__(self, path) -> None:
        self.path = path
        self.is_word = path.suffix == ".docx"
        self.file = docx.Document(str(path)) if self.is_word else load_workbook(path)

    def sign(self, author, organisation="") -> None:
        for label, words in (("relu par", author), ("organisme", organisation)):
            self._fact(label, words)

    def _fact(self, label, words) -> None:
        if self.is_word:
            for row in self.file.tables[0].rows:
                if row.cells[0].text.lower() == label:
                    row.cells[1].text = words
        else:
            for row in self.file.worksheets[0].iter_rows():
                if row[0].value == label:
                    row[1].value = words

    def rows(self):
        """Every row of every table of remarks, as a list of cells."""
        if self.is_word:
            return [list(row.cells) for table in self.file.tables[1:] for row in table.rows]
        return [list(row) for sheet in self.file.worksheets[1:] for row in sheet.iter_rows()]

    def say(self, code, opinion="", proposal="", author="", organisation="", *, name="") -> None:
        """Fill in the first row of a code that says nothing yet."""
        for cells in self.rows():
            *_read, avis, words, who, whom = cells
            if self.text(cells[0]) == code and not self.text(words):
                self.put(avis, opinion)
                self.put(words, proposal)
                self.put(who, author)
                self.put(whom, organisation)
                if name:
                    self.put(cells[1], name)
                return
        raise AssertionError(code)

    def text(self, cell):
        return cell.text if self.is_word else str(cell.value or "")

    def put(self, cell, words) -> None:
        if not words:
            return
        if self.is_word:
            for control in cell._tc.iter(qn("w:sdtContent")):  # chosen in the list
                control[:] = []
                run = OxmlElement("w:r")
                text = OxmlElement("w:t")
                text.text = words
                run.append(text)
                control.append(run)
                return
            cell.text = words
        else:
            cell.value = words

    def save(self, name="") -> object:
        path = self.path.with_name(name) if name else self.path
        self.file.save(str(path))
        return path


def said(remarks) -> list[tuple[str, str, str, str, str]]:
    return [(one.code, one.opinion, one.proposal, one.author, one.organisation) for one in remarks]


def coded(study) -> list[tuple[object, ...]]:
    with study.shelf.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM event WHERE code IS NOT NULL ORDER BY id")
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_review_copy_holds_what_a_reviewer_needs_and_the_fingerprint(study, tmp_path, suffix):
    path = copy_of(study, tmp_path, suffix)
    words = "\n".join(text for _place, text in texts_of(path))
    grid = study.grid()
    assert grid.fingerprint in words
    for code in grid:
        for told in (code.id, code.name, code.definition, code.include, code.exclude):
            assert told in words
    for opinion in OPINION_WORDS.values():
        assert opinion in words
    assert "Elle demande qui décide." in words


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_copy_is_the_same_bytes(make_study, tmp_path, suffix):
    first, second = make_study(), make_study()
    one = first.grid_review_export(to=tmp_path / f"a{suffix}").read_bytes()
    assert one == second.grid_review_export(to=tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_copy_that_comes_back_empty_adds_nothing(study, tmp_path, suffix):
    report = study.grid_review_import(copy_of(study, tmp_path, suffix))
    assert (report.added, report.known, report.problems) == (0, 0, ())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_remarks_come_back_and_once_only_under_any_name(study, tmp_path, suffix):
    copy = Copy(copy_of(study, tmp_path, suffix))
    copy.sign("Léa Roux", "Laboratoire B")
    copy.say("S2", "à scinder", "Rencontrer ; se montrer")
    copy.say("S1", "d’accord")
    copy.say("nouveau", "", "Vu trois fois.", "Jo Li", name="Tenir l’agenda")
    copy.say("général", "", "Ajouter des exemples.")
    path = copy.save(f"Copie de relecture (2){suffix}")
    report = study.grid_review_import(path)
    assert (report.grid, report.added, report.known, report.problems) == ("v1", 4, 0, ())
    assert said(study.grid_review_list()) == [
        ("S1", "agree", "", "Léa Roux", "Laboratoire B"),
        ("S2", "divide", "Rencontrer ; se montrer", "Léa Roux", "Laboratoire B"),
        *sorted(
            [
                ("", "add", "Vu trois fois.", "Jo Li", "Laboratoire B"),
                ("", "", "Ajouter des exemples.", "Léa Roux", "Laboratoire B"),
            ],
            key=said(study.grid_review_list()).index,
        ),
    ]
    assert {one.name for one in study.grid_review_list()} == {"", "Tenir l’agenda"}
    assert {one.fingerprint for one in study.grid_review_list()} == {study.grid().fingerprint}
    again = study.grid_review_import(path)
    assert (again.added, again.known) == (0, 4)
    assert len(study.grid_review_list()) == 4
    assert study.check().sound


def test_the_two_formats_say_the_same_remarks(study, tmp_path):
    for suffix in SUFFIXES:
        copy = Copy(copy_of(study, tmp_path, suffix))
        copy.sign("Léa Roux", "Laboratoire B")
        copy.say("S2", "à revoir", "« Aller voir » plutôt")
        copy.say("nouveau", "", "Vu trois fois.", name="Tenir l’agenda")
        copy.save()
    first = study.grid_review_import(tmp_path / "relecture.docx")
    second = study.grid_review_import(tmp_path / "relecture.xlsx")
    assert (first.added, second.added, second.known) == (2, 0, 2)


def test_a_remark_is_accepted_declined_and_opened_again(study, tmp_path):
    copy = Copy(copy_of(study, tmp_path, ".xlsx"))
    copy.say("S2", "à revoir", "Aller voir", "Léa", "B")
    copy.say("S1", "à retirer", "", "Léa", "B")
    study.grid_review_import(copy.save())
    first, second = study.grid_review_list("v1")
    assert (first.state, second.state) == ("open", "open")
    study.grid_review_accept(first.reference, reason="Redondant.", coder="claire")
    declined = study.grid_review_decline(str(second.id), reason="Trop vague.", coder="yann")
    assert study.grid_review_list()[1] == declined
    assert [one.state for one in study.grid_review_list()] == ["accepted", "declined"]
    assert [one.decision.reason for one in decided_remarks(study, "v1")] == [
        "Redondant.",
        "Trop vague.",
    ]
    study.grid_review_decline(first.reference, reason="Tout compte fait.", coder="yann")
    assert [one.state for one in study.grid_review_list()] == ["declined", "declined"]
    assert study.grid_review_reopen(first.reference, coder="yann").state == "open"
    assert decided_remarks(study, "v1") == (declined,)
    assert study.check().sound


def test_an_answer_needs_a_reason_a_coder_and_a_remark(study, tmp_path):
    copy = Copy(copy_of(study, tmp_path, ".xlsx"))
    copy.say("S2", "à revoir", "Aller voir", "Léa")
    study.grid_review_import(copy.save())
    (remark,) = study.grid_review_list()
    with pytest.raises(InvalidInput):
        study.grid_review_accept(remark.reference, reason=" ", coder="claire")
    with pytest.raises(NotFound):
        study.grid_review_accept(remark.reference, reason="oui", coder="paul")
    for missing in ("", "zz"):
        with pytest.raises(NotFound, match=remark.reference):
            study.grid_review_accept(missing, reason="oui", coder="claire")
    with pytest.raises(NotFound, match="v9"):
        study.grid_review_list("v9")


def test_a_second_import_does_not_open_what_was_answered(study, tmp_path):
    copy = Copy(copy_of(study, tmp_path, ".docx"))
    copy.say("S2", "à revoir", "Aller voir", "Léa")
    path = copy.save()
    study.grid_review_import(path)
    (remark,) = study.grid_review_list()
    study.grid_review_accept(remark.reference, reason="Oui.", coder="claire")
    study.grid_review_import(path)
    assert [one.state for one in study.grid_review_list()] == ["accepted"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_cannot_be_read_is_told_with_its_row_and_the_rest_is_kept(study, tmp_path, suffix):
    copy = Copy(copy_of(study, tmp_path, suffix))
    copy.say("S2", "bof", "Aller voir", "Léa")
    for cells in copy.rows():
        if copy.text(cells[0]) == "S1":
            copy.put(cells[0], "S7")
            copy.put(cells[-3], "Un code inconnu")
    report = study.grid_review_import(copy.save())
    assert report.added == 1
    assert len(report.problems) == 2
    unknown, word = sorted(report.problems, key=lambda told: "bof" in told)
    assert "S7" in unknown
    assert all(("ligne" in told) == (suffix == ".docx") for told in (unknown, word))
    (remark,) = study.grid_review_list()
    assert (remark.opinion, remark.proposal) == ("", "bof\nAller voir")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_remark_that_nobody_signs_is_told_and_waits(study, tmp_path, suffix):
    copy = Copy(copy_of(study, tmp_path, suffix))
    copy.say("S2", "à revoir", "Aller voir")
    path = copy.save()
    report = study.grid_review_import(path)
    assert (report.added, len(report.problems)) == (0, 1)
    copy.sign("Léa")
    assert study.grid_review_import(copy.save()).added == 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_grid_that_changed_since_is_told(study, tmp_path, suffix):
    copy = Copy(copy_of(study, tmp_path, suffix))
    copy.say("S2", "à revoir", "Aller voir", "Léa")
    former = study.grid().fingerprint
    path = study.folder / "grids" / "v1.yaml"
    path.write_text(GRID.replace("Rencontrer ceux", "Croiser ceux"), encoding="utf-8")
    report = study.grid_review_import(copy.save())
    assert (report.added, len(report.problems)) == (1, 1)
    assert study.grid_review_list()[0].fingerprint == former != study.grid().fingerprint


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_a_reviewer_writes_over_the_text_is_kept_as_a_proposal_and_told(
    study, tmp_path, suffix
):
    copy = Copy(copy_of(study, tmp_path, suffix))
    copy.sign("Léa")
    at = 1 if suffix == ".docx" else 2
    for cells in copy.rows():
        if copy.text(cells[0]) == "S2":
            copy.put(cells[at], "Aller à la rencontre des gens")
    report = study.grid_review_import(copy.save())
    assert (report.added, len(report.problems)) == (1, 1)
    (remark,) = study.grid_review_list()
    assert remark.code == "S2"
    assert "Aller à la rencontre des gens" in remark.proposal


def test_word_users_add_rows_merge_cells_and_cut_a_table_in_two(study, tmp_path):
    copy = Copy(copy_of(study, tmp_path, ".docx"))
    copy.sign("Léa Roux")
    table, last = copy.file.tables[1], copy.file.tables[2]
    row = table.add_row()  # under the last code
    for at, words in enumerate(["s1 – Clarifier son mandat", "", "A REVOIR", "Mot de trop"]):
        row.cells[at].text = words
    merged = table.rows[1].cells[4].merge(table.rows[1].cells[5])
    merged.text = "Jo Li"
    copy.say("F1", "à préciser", "Pour qui ?")
    end = last._tbl.tr_lst[2:]
    half = OxmlElement("w:tbl")
    half.append(OxmlElement("w:tblPr"))
    half.append(OxmlElement("w:tblGrid"))
    for element in end:
        half.append(element)
    last._tbl.addnext(half)
    last._tbl.addnext(docx.oxml.parse_xml(docx.oxml.OxmlElement("w:p").xml))
    copy.say("général", "", "Trop long.")
    report = study.grid_review_import(copy.save())
    assert report.problems == ()
    assert sorted(said(study.grid_review_list())) == sorted(
        [
            ("F1", "clarify", "Pour qui ?", "Jo Li", ""),
            ("S1", "rework", "Mot de trop", "Léa Roux", ""),
            ("", "", "Trop long.", "Léa Roux", ""),
        ]
    )


def test_tracked_changes_are_read_as_accepted_and_comments_are_remarks(study, tmp_path):
    copy = Copy(copy_of(study, tmp_path, ".docx"))
    row = next(row for row in copy.file.tables[1].rows if row.cells[0].text == "S2")
    paragraph = row.cells[3].paragraphs[0]
    run = paragraph.add_run("Aller voir")
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:id"), "900")
    inserted.set(qn("w:author"), "Léa")
    run._r.addprevious(inserted)
    inserted.append(run._r)
    title = row.cells[1].paragraphs[0].runs
    copy.file.add_comment(title, text="Trop large ?", author="Jo Li", initials="JL")
    copy.sign("Léa")
    report = study.grid_review_import(copy.save())
    assert report.problems == ()
    assert sorted(said(study.grid_review_list())) == [
        ("S2", "", "Aller voir", "Léa", ""),
        ("S2", "", "Trop large ?", "Jo Li", ""),
    ]


def test_a_comment_that_stands_beside_no_code_is_told(study, tmp_path):
    copy = Copy(copy_of(study, tmp_path, ".docx"))
    copy.sign("Léa")
    header = copy.file.tables[1].rows[0].cells[1].paragraphs[0].runs
    copy.file.add_comment(header, text="Sur l’en-tête", author="Jo", initials="J")
    copy.file.add_comment(copy.file.paragraphs[0].runs, text="Sur le titre", author="Jo")
    report = study.grid_review_import(copy.save())
    assert report.added == 0
    assert sorted("en-tête" in told for told in report.problems) == [False, True]


def test_a_copy_whose_tables_or_version_are_gone_is_refused(study, tmp_path):
    path = tmp_path / "autre.xlsx"
    book = Workbook()
    book.active.append(["un", "deux"])
    book.save(path)
    with pytest.raises(FormatError, match=r"autre\.xlsx"):
        study.grid_review_import(path)
    book.active.append(["code", "avis", "proposition"])
    book.active.append(["S1", "à revoir", "Oui"])
    book.save(path)
    with pytest.raises(FormatError, match="version"):
        study.grid_review_import(path)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    for name in ("photo.png", "absent.docx", "absent.xlsx"):
        with pytest.raises(FormatError):
            study.grid_review_import(tmp_path / name)
    assert study.grid_review_list() == ()


def test_a_version_that_the_study_lacks_is_refused(study, tmp_path):
    copy = Copy(copy_of(study, tmp_path, ".xlsx"))
    copy._fact("version relue", "v7")
    with pytest.raises(NotFound, match="v7"):
        study.grid_review_import(copy.save())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_review_copy_with_a_known_name_does_not_leave(study, tmp_path, suffix):
    path = study.folder / "grids" / "v1.yaml"
    named = GRID.replace("Elle demande qui décide.", "À Saint Aubert, elle demande.")
    path.write_text(named, encoding="utf-8")
    with pytest.raises(Withheld, match="T01 – S1, exemple"):
        copy_of(study, tmp_path, suffix)
    assert list(tmp_path.iterdir()) == []


def test_a_review_copy_needs_the_table_of_names(study, tmp_path, monkeypatch):
    monkeypatch.delenv("CPIT_TABLE")
    with pytest.raises(Withheld):
        copy_of(study, tmp_path, ".docx")


def test_a_review_copy_is_not_written_over_nor_in_another_format(study, tmp_path):
    copy_of(study, tmp_path, ".docx")
    with pytest.raises(Conflict):
        copy_of(study, tmp_path, ".docx")
    with pytest.raises(InvalidInput):
        copy_of(study, tmp_path, ".html")


def test_two_answers_of_two_copies_are_disputed_until_somebody_says(study, tmp_path):
    copy = Copy(copy_of(study, tmp_path, ".xlsx"))
    copy.say("S2", "à revoir", "Aller voir", "Léa")
    study.grid_review_import(copy.save())
    (remark,) = study.grid_review_list()
    accepted = study.grid_review_accept(remark.reference, reason="Oui.", coder="claire")
    with study.shelf.database.writing() as connection:
        store.append_decision(
            connection, remark, event=b"\xff" * 16, at=accepted.at, coder="yann",
            decision=None, replaces=(),
        )  # fmt: skip
    assert [one.state for one in study.grid_review_list()] == ["disputed"]
    assert decided_remarks(study, "v1") == ()
    study.grid_review_decline(remark.reference, reason="Non.", coder="claire")
    assert [one.state for one in study.grid_review_list()] == ["declined"]


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"]) | st.sampled_from("\n’«»é🌾\u00a0"),
    max_size=60,
).map(lambda words: "\n".join(line.strip() for line in words.strip().split("\n")))


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.sampled_from(SUFFIXES))
def test_whatever_is_written_comes_back_once_and_touches_no_coding(
    make_study, tmp_path_factory, written, data, suffix
):
    study = make_study()
    before = coded(study)
    copy = Copy(copied(study, tmp_path_factory.mktemp("copie"), suffix, written))
    remarks = []
    for code in ("F1", "S1", "S2"):
        opinion = data.draw(st.sampled_from(["", *list(OPINION_WORDS)[:-1]]))
        proposal = data.draw(WORDS)
        copy.say(code, OPINION_WORDS.get(opinion, ""), proposal, "Léa", "B")
        if opinion or proposal:
            remarks.append((code, opinion))
    path = copy.save()
    report = study.grid_review_import(path)
    found = study.grid_review_list()
    assert [(one.code, one.opinion) for one in found] == remarks
    assert report.problems == ()
    assert study.grid_review_import(path).added == 0
    chance = Random(data.draw(st.integers(0, 99)))
    for one in found:
        answer = chance.choice([study.grid_review_accept, study.grid_review_decline])
        answer(one.reference, reason="Dit.", coder="claire")
        if chance.random() < 0.5:
            assert study.grid_review_reopen(one.reference, coder="yann").decision is None
    assert coded(study) == before
    assert study.check().sound


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_the_union_of_two_records_is_the_same_whichever_comes_first(
    make_study, tmp_path_factory, written, seed
):
    chance = Random(seed)
    first = make_study()
    copy = Copy(copied(first, tmp_path_factory.mktemp("copie"), ".xlsx", written))
    for code in ("F1", "S1", "S2"):
        copy.say(code, "à revoir", f"Dire {chance.random()}", "Léa")
    first.grid_review_import(copy.save())
    for _step in range(chance.randrange(5)):
        one = chance.choice(first.grid_review_list())
        if chance.random() < 0.7:
            first.grid_review_accept(one.reference, reason="Oui.", coder="claire")
        else:
            first.grid_review_reopen(one.reference, coder="yann")
    kinds = "kind IN ('remark', 'decide')"
    with first.shelf.database.reading() as connection:
        read = connection.exec_driver_sql
        rows = [tuple(row) for row in read(f"SELECT * FROM event WHERE {kinds}")]
        links = [tuple(row) for row in read("SELECT * FROM event_replaces")]
    chance.shuffle(rows)
    chance.shuffle(links)
    other = make_study()
    with other.shelf.database.writing() as connection:
        append_rows(connection, [row[:-1] for row in rows])
        link(connection, [one[:-1] for one in links])
    assert other.grid_review_list() == first.grid_review_list()
    assert other.grid_review_import(copy.path).added == 0


def test_the_date_of_a_remark_is_that_of_its_reading(study, tmp_path):
    copy = Copy(copy_of(study, tmp_path, ".xlsx"))
    copy.say("S2", "à revoir", "Aller voir", "Léa")
    study.grid_review_import(copy.save())
    assert study.grid_review_list()[0].at.date() == date(2023, 5, 4)
