"""Tables alone: csv and xlsx give back what they were given."""

import csv
from datetime import date

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpit_research.errors import InvalidInput
from cpit_research.formats.characters import printable
from cpit_research.formats.written import table_xlsx
from cpit_research.formats.written.table_csv import unguarded, write_table_csv
from cpit_research.formats.written.table_xlsx import write_table_xlsx
from cpit_research.results.document import Table
from cpit_research.wording import use_language

texts = st.one_of(
    st.text(max_size=20), st.sampled_from(("=1", "'=1", "''-x", "-", "@a", "\ta", "+33", "a;b"))
)
rows = st.lists(st.tuples(texts, texts), min_size=1, max_size=4).map(tuple)
# Each example writes its file over the last one.
often = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path, delimiter=";"):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


@often
@given(rows=rows)
def test_a_csv_read_back_and_unguarded_is_the_table(rows, tmp_path):
    write_table_csv(Table("T", ("a", "b"), rows), tmp_path / "t.csv")
    back = [[unguarded(cell) for cell in row] for row in read(tmp_path / "t.csv")[1:]]
    expected = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    assert back == expected


@often
@given(rows=rows)
def test_no_text_of_a_csv_begins_as_a_formula(rows, tmp_path):
    guarded = write_table_csv(Table("T", ("a", "b"), rows), tmp_path / "t.csv")
    cells = [cell for row in read(tmp_path / "t.csv") for cell in row]
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") for cell in cells if cell)
    assert guarded == sum(unguarded(cell) != cell for cell in cells)


def test_a_csv_speaks_the_language_of_its_reader(tmp_path):
    frame = pd.DataFrame({"n": [-0.5, None], "jour": [date(2022, 10, 1)] * 2, "oui": [True, False]})
    with use_language("fr"):
        write_table_csv(frame, tmp_path / "fr.csv")
    with use_language("en"):
        write_table_csv(frame, tmp_path / "en.csv")
    assert (tmp_path / "fr.csv").read_bytes().startswith(b"\xef\xbb\xbfn;jour;oui\r\n-0,5;")
    assert read(tmp_path / "en.csv", ",")[1:] == [
        ["-0.5", "2022-10-01", "1"],
        ["", "2022-10-01", "0"],
    ]
    back = pd.read_csv(tmp_path / "fr.csv", sep=";", decimal=",")
    assert back["n"].iloc[0] == -0.5


@often
@given(rows=rows)
def test_a_workbook_read_back_is_the_table(rows, tmp_path):
    write_table_xlsx(Table("T", ("a", "b"), rows), tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    back = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert back == [[printable(cell) for cell in row] for row in rows]
    assert all(
        cell.data_type in ("s", "inlineStr", "n") for row in sheet.iter_rows() for cell in row
    )


def test_a_workbook_holds_one_native_table_and_the_values_of_a_frame(tmp_path):
    frame = pd.DataFrame(
        {"nom": ["A & B", None], "n": [1, 2], "x": [0.5, float("nan")],
         "jour": [date(2022, 10, 1), None], "nom ": ["=1+1", " y "]},
        index=pd.Index(["S11", "S12"], name="code"),
    )  # fmt: skip
    write_table_xlsx(frame, tmp_path / "t.xlsx", title="Codages")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["Codages"]
    (table,) = sheet.tables.values()
    assert table.ref == "A1:F3"
    assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
    assert [cell.value for cell in sheet[2]][:4] == ["S11", "A & B", 1, 0.5]
    assert sheet["E2"].value.date() == date(2022, 10, 1)
    assert (sheet["F2"].data_type, sheet["F3"].value, sheet["B3"].value) == ("s", " y ", None)


@pytest.mark.parametrize("column", ["name", "caption", "title"])
def test_a_column_of_any_name_is_only_a_column(tmp_path, column):
    write_table_xlsx(pd.DataFrame({column: ["a", "b"]}), tmp_path / "t.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [[column], ["a"], ["b"]]


def test_two_workbooks_of_one_table_are_the_same_bytes(tmp_path):
    table = Table("T", ("a",), (("x",),))
    for name in ("1.xlsx", "2.xlsx"):
        write_table_xlsx(table, tmp_path / name)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_a_long_text_goes_whole_to_a_second_sheet(tmp_path):
    long = "mot " * 20_000
    write_table_xlsx(Table("T", ("a",), ((long,),)), tmp_path / "t.xlsx")
    pieces = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[1]
    assert "".join(row[2].value for row in pieces.iter_rows(min_row=2)) == long


def test_a_table_beyond_the_rows_of_a_sheet_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(table_xlsx, "ROWS", 3)
    with pytest.raises(InvalidInput):
        write_table_xlsx(Table("T", ("a",), (("x",),) * 3), tmp_path / "t.xlsx")
    assert not list(tmp_path.iterdir())


def test_rows_keep_their_order_beyond_one_stretch(tmp_path):
    write_table_xlsx(pd.DataFrame({"n": range(4_500)}), tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == list(range(4_500))
