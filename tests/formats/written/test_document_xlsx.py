"""The workbook: native tables, totals beside them, texts that stay texts."""

from dataclasses import replace

import openpyxl
import pytest

from cpit_research.formats.written.document_xlsx import write_xlsx
from cpit_research.results.document import Table


@pytest.fixture(scope="module")
def book(sample, tmp_path_factory):
    path = tmp_path_factory.mktemp("xlsx") / "synthese.xlsx"
    write_xlsx(sample, path)
    return openpyxl.load_workbook(path)


def test_tables_are_native_and_cover_the_rows_without_their_total(book):
    sheet = book["Familles"]
    (table,) = sheet.tables.values()
    assert table.ref == "A4:D6"
    assert [column.name for column in table.tableColumns] == [
        "Famille", "Extraits", "Part", "Depuis",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[8]][:3] == ["Ensemble", 4, 1]
    assert sum(sheet.cell(row, 2).value for row in (5, 6)) == sheet["B8"].value
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref is None


def test_a_text_is_never_a_formula_and_numbers_keep_their_nature(book):
    sheet = book["Familles"]
    assert (sheet["A6"].value, sheet["A6"].data_type) == ("=1+1", "s")
    assert sheet["A6"].quotePrefix
    assert sheet["C5"].number_format.endswith("%")
    assert sheet["D5"].is_date


def test_every_link_leads_to_a_sheet(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    name, _mark, place = cell.hyperlink.location.rpartition("!")
                    assert book[name.strip("'").replace("''", "'")][place] is not None


def test_sheets_are_set_for_print_with_the_banner(book):
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader.left.text == "Étude fictive"


def test_names_of_tables_are_unique_in_the_workbook(book):
    names = [table.displayName for sheet in book.worksheets for table in sheet.tables.values()]
    assert len(set(names)) == len(names) >= 3


def test_a_text_longer_than_a_cell_is_found_whole_in_pieces(sample, tmp_path):
    long = "".join(f"{rank:07} " for rank in range(9_000)) + "🌾" * 20_000
    table = Table("Longs", ("Texte",), ((long,),), name="Longs")
    write_xlsx(replace(sample, blocks=(table,)), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    pieces = book.worksheets[-1]
    assert "".join(pieces.cell(row, 3).value for row in range(5, pieces.max_row + 1)) == long
    assert len(book["Longs"]["A5"].value.encode("utf-16-le")) // 2 <= 32_767


def test_sheets_that_want_the_same_or_an_illegal_name_get_their_own(sample, tmp_path):
    wanted = ["a/b", "A B", "x" * 40, "x" * 50, "", "'", "History"]
    blocks = tuple(Table("T", ("c",), ((1,),), name=name) for name in wanted)
    write_xlsx(replace(sample, blocks=blocks), tmp_path / "a.xlsx")
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 8
    assert all(0 < len(name) <= 31 for name in names)
