"""A grid that goes to a spreadsheet and comes back: shown first, written when asked."""

import csv
import json
from dataclasses import replace

import openpyxl
import pytest

import cpit_research as cpit
from cpit_research.cli import grid_files
from cpit_research.errors import Conflict, FormatError, InvalidInput
from cpit_research.formats.working.grid_file import read_grid
from cpit_research.formats.working.grid_workbook_columns import CODE
from cpit_research.formats.working.grid_writing import write_grid

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def study(tmp_path, draft_grid):
    with cpit.create_study(tmp_path / "study") as made:
        (made.folder / "grids").mkdir(exist_ok=True)
        for file in (made.folder / "grids").iterdir():
            file.unlink()
        (made.folder / "grids" / "v1.yaml").write_bytes(draft_grid)
        yield made


@pytest.fixture
def workbook(study, tmp_path):
    """The exported workbook, and a way to edit its cells."""
    path = study.grid_export(to=tmp_path / "grille.xlsx")

    def edit(change):
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return path

    return edit


def nothing(_book):
    """Edit nothing."""


def v1(study):
    return study.folder / "grids" / "v1.yaml"


def released(study):
    grid = replace(study.grid(), status="released")
    write_grid(replace(grid, released_as=grid.fingerprint), v1(study))


ANOTHER = "give another, never used before."
LETTERS = "use unaccented letters, digits, “-” and “_”."


def cell(sheet, id, header):
    """The cell of a code under a header."""
    columns = {c.value: c.column for c in sheet[2]}
    row = next(r[0].row for r in sheet.iter_rows(min_row=3) if r[0].value == id)
    return sheet.cell(row, columns[header])


def test_a_workbook_that_nobody_edited_changes_nothing(study, workbook):
    before = v1(study).read_bytes()
    report = study.grid_import(workbook(nothing), write=True)
    assert (report.edits, report.written) == ((), False)
    assert v1(study).read_bytes() == before


def test_what_would_change_is_shown_with_its_cell_and_nothing_is_written(study, workbook):
    def change(book):
        sheet = book["Situations professionnelles"]
        cell(sheet, "S11", "nom").value = "Faire préciser son mandat"
        sheet.append(["S19", "F1", "Recevoir un mandat", "On confie une mission."])

    before = v1(study).read_bytes()
    report = study.grid_import(workbook(change))
    assert [(e.kind, e.part, e.id, e.field) for e in report.edits] == [
        ("changed", "code", "S11", "name"),
        ("added", "code", "S19", ""),
    ]
    assert report.edits[0].cell == "Situations professionnelles!C4"
    assert report.edits[0].before == "Faire clarifier son mandat"
    assert v1(study).read_bytes() == before
    assert not report.written


def test_written_when_asked_with_every_other_line_as_it_was(study, workbook):
    def change(book):
        cell(book["Situations professionnelles"], "S11", "nom").value = "Faire préciser son mandat"

    before = v1(study).read_text(encoding="utf-8")
    report = study.grid_import(workbook(change), write=True)
    assert report.written
    after = v1(study).read_text(encoding="utf-8")
    old = "            name: Faire clarifier son mandat\n"
    assert after == before.replace(old, "            name: Faire préciser son mandat\n", 1)
    assert study.grid()["S11"].name == "Faire préciser son mandat"


def test_a_released_version_is_refused_and_the_next_one_named(study, workbook):
    path = workbook(nothing)
    released(study)
    before = v1(study).read_bytes()
    with pytest.raises(InvalidInput, match=r"never changes.*--version v2"):
        study.grid_import(path, write=True)
    assert v1(study).read_bytes() == before


def test_the_next_version_is_a_draft_that_comes_from_the_one_exported(study, workbook):
    released(study)

    def change(book):
        cell(book["Situations professionnelles"], "S11", "nom").value = "Faire préciser son mandat"

    before = v1(study).read_bytes()
    report = study.grid_import(workbook(change), version="v2", write=True)
    assert report.path == study.folder / "grids" / "v2.yaml"
    made = read_grid(report.path)
    assert (made.version, made.status, made.previous) == ("v2", "draft", "v1")
    assert made["S11"].name == "Faire préciser son mandat"
    assert v1(study).read_bytes() == before


def test_one_axis_as_csv_changes_that_axis_alone(study, workbook, tmp_path):
    path = workbook(nothing)
    sheet = openpyxl.load_workbook(path)["Situations professionnelles"]
    rows = [["" if c is None else c for c in row] for row in sheet.iter_rows(values_only=True)]
    rows[3][2] = "Faire préciser son mandat"
    target = tmp_path / "grille.csv"
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    report = study.grid_import(target)
    assert [(e.id, e.field, e.after) for e in report.edits] == [
        ("S11", "name", "Faire préciser son mandat")
    ]


def test_words_that_windows_1252_wore_away_are_found(study, tmp_path):
    grid = study.grid()
    codes = (replace(grid.codes[0], definition="Avant → après 🌾"), *grid.codes[1:])
    write_grid(replace(grid, codes=codes), v1(study))
    book = openpyxl.load_workbook(study.grid_export(to=tmp_path / "g.xlsx"))
    rows = book["Situations professionnelles"].iter_rows(values_only=True)
    rows = [["" if c is None else c for c in row] for row in rows]
    target = tmp_path / "grille.csv"
    with target.open("w", encoding="cp1252", errors="replace", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    with pytest.raises(FormatError) as caught:
        study.grid_import(target, write=True)
    (fault,) = caught.value.faults
    assert fault.startswith("grille!D3: code F1: the encoding Windows-1252 turned")
    assert "'→' '🌾'" in fault


def test_a_file_that_is_there_is_never_replaced_by_an_export(study, tmp_path):
    study.grid_export(to=tmp_path / "grille.xlsx")
    with pytest.raises(Conflict, match="is there already"):
        study.grid_export(to=tmp_path / "grille.xlsx")


def test_a_grid_exported_as_yaml_reads_back(study, tmp_path):
    assert read_grid(study.grid_export("v1", to=tmp_path / "grid.yaml")) == study.grid("v1")


def test_other_files_are_refused_with_those_that_are_known(study, tmp_path):
    with pytest.raises(InvalidInput, match=r"\.qdc, \.xlsx, \.yaml"):
        study.grid_export(to=tmp_path / "grille.ods")
    with pytest.raises(InvalidInput, match=r"\.csv, \.qdc, \.xlsx"):
        study.grid_import(tmp_path / "grille.ods")


def test_long_words_are_shown_around_what_differs():
    same = "Le ou la chef de projet cherche à savoir. " * 12
    before, after = grid_files._apart(f"{same}Un mot.", f"{same}Une phrase.")
    assert before.startswith("…")
    assert (before[-7:], after[-11:]) == ("Un mot.", "Une phrase.")
    assert grid_files._apart("court", "long") == ("court", "long")


def test_of_a_list_what_differs_is_shown_alone(study, workbook):
    def change(book):
        acts = cell(book["Situations professionnelles"], "S11", "actes (un par ligne)")
        acts.value += "\nredire non"
        row = ["renommé", "S11", "S11", "Le mot ne se dit pas", "claire", None, "oui"]
        book["Changements"].append(row)
        book["Identité"]["B12"] = "v0"

    report = study.grid_import(workbook(change), write=True)
    shown = [(e.field, e.before, e.after) for e in report.edits]
    assert shown == [
        ("previous", "", "v0"),
        ("changes", "", "renamed – S11 – S11 – Le mot ne se dit pas"),
        ("acts", "", "redire non"),
    ]
    written = v1(study).read_text(encoding="utf-8")
    assert "    author: claire\n    follows: true\n" in written
    assert study.grid().changes[0].author == "claire"


def test_a_messy_csv_tells_all_its_faults_and_nothing_is_written(study, tmp_path):
    before = v1(study).read_bytes()
    header = ";".join(column.header for column in CODE)
    target = tmp_path / "situations.csv"
    rows = ["S11;F1;Faire préciser", "S11;F1;Éclairer", "S13;F9;Décider", "é1;F1;", ";;;"]
    target.write_text("\n".join([header, *rows]), encoding="cp1252")
    with pytest.raises(FormatError) as caught:
        study.grid_import(target, write=True)
    places = [fault.partition(". ")[0] for fault in caught.value.faults]
    assert places == [
        "situations!B2: code S11: Its parent is “F1”, which is not in the grid",
        "situations!A3: code S11: The id is already that of “Faire préciser”; " + ANOTHER,
        "situations!B3: code S11: Its parent is “F1”, which is not in the grid",
        "situations!B4: code S13: Its parent is “F9”, which is not in the grid",
        "situations!A5: code é1: “é1” cannot be an id: " + LETTERS,
        "situations!B5: code é1: Its parent is “F1”, which is not in the grid",
        "situations!C5: code é1: The name is missing; add “name:” (a verb and its object).",
    ]
    assert v1(study).read_bytes() == before


def test_an_axis_that_csv_does_not_tell_is_asked_for(study, tmp_path):
    header = ";".join(column.header for column in CODE)
    target = tmp_path / "divers.csv"
    target.write_text(f"{header}\nZ1;;Aller\n", encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        study.grid_import(target)
    assert "its axis is not known; give the file the name of an axis" in caught.value.faults[0]


@pytest.mark.parametrize("data", [b"", b"\x81\x8d", b"id\n\x00", b"\xff\xfea", b'"'])
def test_files_that_are_no_csv_are_refused_in_words(study, tmp_path, data):
    (tmp_path / "axe.csv").write_bytes(data)
    with pytest.raises(FormatError):
        study.grid_import(tmp_path / "axe.csv")


def test_the_shell_shows_the_preview_and_writes_when_asked(study, workbook, capsys, monkeypatch):
    def change(book):
        cell(book["Situations professionnelles"], "S11", "nom").value = "Faire préciser [tout]"

    path = workbook(change)
    monkeypatch.setattr(grid_files, "opened", lambda: study)
    grid_files.grid_import(path)
    shown = capsys.readouterr().out
    assert "Faire clarifier son mandat" in shown
    assert "Faire préciser [tout]" in shown
    assert "1 change; nothing is written. To keep them, add --write." in shown
    grid_files.grid_import(path, json=True)
    assert json.loads(capsys.readouterr().out)["edits"][0]["id"] == "S11"
    grid_files.grid_import(path, write=True)
    assert "1 change, written:" in capsys.readouterr().out
    grid_files.grid_import(path)
    assert "Nothing changes" in capsys.readouterr().out
