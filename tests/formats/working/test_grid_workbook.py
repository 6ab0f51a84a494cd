"""Grids as workbooks that people edit: lossless both ways, every fault with its cell."""

from dataclasses import fields, replace
from datetime import datetime

import openpyxl
import pytest
from any_grid import grids, lists
from hypothesis import given

from cpit_research.errors import FormatError, InvalidInput
from cpit_research.formats.working.grid_file import read_grid
from cpit_research.formats.working.grid_workbook import read_grid_workbook
from cpit_research.formats.working.grid_workbook_columns import CODE, cell_of, items_of
from cpit_research.formats.working.grid_workbook_writing import write_grid_workbook
from cpit_research.formats.working.grid_writing import write_grid
from cpit_research.model.grid import Axis, Code, Grid
from cpit_research.model.grid_edit import grid_edits

pytestmark = pytest.mark.usefixtures("in_english")


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────


@given(grids())
def test_any_grid_goes_from_yaml_to_a_workbook_and_back(tmp_path_factory, grid):
    folder = tmp_path_factory.mktemp("grids")
    write_grid(grid, folder / "one.yaml")
    write_grid_workbook(read_grid(folder / "one.yaml"), folder / "grid.xlsx")
    read = read_grid_workbook(folder / "grid.xlsx").grid
    write_grid(read, folder / "two.yaml")
    assert read == grid
    assert (folder / "two.yaml").read_bytes() == (folder / "one.yaml").read_bytes()


@given(grids())
def test_the_same_grid_gives_the_same_bytes(tmp_path_factory, grid):
    folder = tmp_path_factory.mktemp("grids")
    write_grid_workbook(grid, folder / "one.xlsx")
    write_grid_workbook(grid, folder / "two.xlsx")
    assert (folder / "one.xlsx").read_bytes() == (folder / "two.xlsx").read_bytes()


@given(lists)
def test_any_list_goes_in_a_cell_and_back(items):
    assert items_of(cell_of(items)) == items


@given(grids())
def test_only_what_differs_is_told_to_change(grid):
    assert list(grid_edits(grid, grid)) == []
    if grid.codes:
        code = replace(grid.codes[0], goal=grid.codes[0].goal + "!")
        told = list(grid_edits(grid, replace(grid, codes=(code, *grid.codes[1:]))))
        assert [(edit.kind, edit.id, edit.field) for edit in told] == [("changed", code.id, "goal")]


# ── Examples ────────────────────────────────────────────────────────────────────────────────────

GRID = Grid(
    "g",
    "v1",
    title="Grille",
    axes=(Axis("situations", "Situations"), Axis("needs", "Besoins")),
    codes=(
        Code("F1", "Prendre place"),
        Code("S11", "Faire clarifier son mandat", parent="F1", acts=("relire", "écrire")),
        Code("S12", "Se faire connaître", parent="F1", redirects=("S11",)),
        Code("B1", "Du temps", "needs"),
    ),
)


@pytest.fixture
def edited(tmp_path):
    """Write the grid, change the workbook, and read it back."""

    def edit(change):
        path = tmp_path / "grille.xlsx"
        write_grid_workbook(GRID, path)
        book = openpyxl.load_workbook(path)
        change(book, book["Situations"])
        book.save(path)
        return read_grid_workbook(path)

    return edit


@pytest.fixture
def faults(edited):
    def read(change):
        with pytest.raises(FormatError) as caught:
            edited(change)
        return list(caught.value.faults)

    return read


def test_every_field_of_a_code_has_its_column():
    assert [column.field for column in CODE] == [
        *("id", "parent", "name"),
        *(f.name for f in fields(Code) if f.name not in {"id", "parent", "name", "axis"}),
    ]


def test_the_shipped_grid_goes_to_a_workbook_and_back(root, tmp_path):
    grid = read_grid(root / "grids" / "v1.yaml")
    write_grid_workbook(grid, tmp_path / "v1.xlsx")
    assert read_grid_workbook(tmp_path / "v1.xlsx").grid == grid


def test_the_status_is_chosen_from_a_list_and_the_header_stays_in_view(tmp_path):
    write_grid_workbook(GRID, tmp_path / "g.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "g.xlsx")["Situations"]
    offered = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"proposé,stable,scindé,fusionné,retiré"' in offered
    assert sheet.freeze_panes == "D3"
    assert sheet["C3"].alignment.wrap_text


def test_words_that_look_computed_stay_words(tmp_path):
    write_grid_workbook(replace(GRID, title="=1+1", warning="+33"), tmp_path / "g.xlsx")
    assert read_grid_workbook(tmp_path / "g.xlsx").grid.title == "=1+1"


def test_a_cell_that_cannot_hold_the_words_is_refused(tmp_path):
    for words in ("a" * 33_000, "a\x07b"):
        code = replace(GRID.codes[0], definition=words)
        with pytest.raises(InvalidInput, match="Situations!D3: the words of F1"):
            write_grid_workbook(replace(GRID, codes=(code,)), tmp_path / "g.xlsx")
        assert not (tmp_path / "g.xlsx").exists()


def test_headers_in_capitals_moved_columns_banners_and_empty_rows_do_no_harm(edited):
    def change(book, sheet):
        sheet["C2"], sheet["D2"] = "NOM ", "Definition"
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1, 3)
        sheet.append([None, " ", ""])
        sheet.move_range("C4:D10", cols=30)
        book.move_sheet("Identité", -5)

    assert edited(change).grid == GRID


def test_a_new_row_may_stand_above_its_parent_and_be_separated_as_people_do(edited):
    def change(book, sheet):
        sheet.insert_rows(3)
        sheet["A3"], sheet["B3"], sheet["C3"] = "S13", "F1", "Éclairer"
        sheet["S3"] = "S11 ; S12"

    grid = edited(change).grid
    assert grid["S13"] == Code("S13", "Éclairer", parent="F1", redirects=("S11", "S12"))
    assert [code.id for code in grid][:2] == ["F1", "S13"]


def test_hidden_rows_are_read_and_said_and_other_sheets_set_aside(edited):
    def change(book, sheet):
        sheet.row_dimensions[4].hidden = True
        book.create_sheet("Brouillon").append(["à faire"])

    read = edited(change)
    assert read.grid == GRID
    assert read.notices == (
        "Situations: 1 hidden row was read like the others.",
        "The sheet “Brouillon” is not part of the grid: set aside.",
    )


def test_all_the_faults_of_a_messy_workbook_come_at_once_with_their_cells(faults):
    def change(book, sheet):
        sheet["A5"] = "S11"
        sheet["C4"] = 12.5
        sheet["D4"] = datetime(2022, 10, 12)  # noqa: DTZ001 - as a spreadsheet holds it
        sheet["E4"] = "=A1"
        sheet["F4"] = True
        sheet["X4"] = "stabel"
        sheet.merge_cells("H4:H5")
        sheet["S5"] = "S99"
        sheet.append([None, "S11", "F1", "Décalé"])
        book["Identité"]["B6"] = "parue"
        book["Identité"]["B7"] = None
        book["Axes"]["C4"] = "Besions"
        book["Besoins"].title = "Besoin"
        del book["Facettes"]

    found = faults(change)
    for start in (
        "Facettes: the workbook lacks this sheet. Add it",
        "Situations!C4: code S11: the spreadsheet made a number of it (12.5);",
        "Situations!D4: code S11: the spreadsheet made a date of it (2022-10-12);",
        "Situations!E4: a formula stands here;",
        "Situations!F4: code S11: the spreadsheet made a truth value of it (True);",
        "Situations!H4: the cells H4:H5 are merged;",
        "Situations!X4: code S11: unknown word “stabel”. Did you mean “stable”?",
        "Situations!A5: code S11: The id is already that of “12.5”; give another",
        "Situations!S5: code S11: It redirects to “S99”, which is not in the grid.",
        "Situations!A6: The id is missing;",
        "Identité!B6: unknown word “parue”",
        "Identité!B7: this cell must be filled.",
        "Axes!C4: there is no sheet “Besions”; give the axis its sheet back. Is it “Besoin”?",
        "Besoin: no axis of the sheet “Axes” has this sheet; add its row there.",
    ):
        assert [fault for fault in found if fault.startswith(start)], (start, found)


def test_a_column_removed_is_a_fault_and_not_an_emptied_field(faults):
    def change(book, sheet):
        sheet.delete_cols(8)

    assert faults(change) == ["Situations!2: the column “actes (un par ligne)” is missing."]


def test_whole_numbers_are_refused_too_since_leading_zeros_may_be_gone(faults):
    def change(book, sheet):
        sheet["A6"], sheet["C6"] = 11, "Aller"

    (fault,) = faults(change)
    assert fault.startswith("Situations!A6: the spreadsheet made a number of it (11);")


def test_faults_of_changes_facets_and_rules_have_their_cells(faults):
    def change(book, sheet):
        book["Changements"].append(["scindé", "S1", "S11", "", "claire", "hier", "oui"])
        book["Facettes"].append(["phase", "Phase", "é", "émergence"])
        book["Facettes"].append(["phase", "Phases", "b", "bilan"])
        book["Règles de codage"].append(["unité", "un"])
        book["Règles de codage"].append(["unite", "deux"])

    assert {fault.partition(":")[0] for fault in faults(change)} == {
        "Changements!C3",
        "Changements!D3",
        "Changements!F3",
        "Changements!G3",
        "Facettes!C3",
        "Facettes!B4",
        "Règles de codage!A4",
    }


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "g.xlsx").write_bytes(b"PK\x03\x04 no")
    with pytest.raises(FormatError):
        read_grid_workbook(tmp_path / "g.xlsx")
