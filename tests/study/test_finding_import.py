"""Findings read from a workbook: kept whole, or every fault told with its cell."""

import pytest
from openpyxl import load_workbook

from cpit_research.errors import InvalidInput
from cpit_research.study.opening import open_study


def test_every_unknown_document_and_code_is_told_with_its_cell(demonstration, tmp_path):
    book = load_workbook(demonstration / "data" / "raw" / "enseignements.xlsx")
    sheet = book["Appuis"]
    columns = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row}
    last = sheet.max_row
    sheet.cell(last, columns["code"]).value = "S99"
    sheet.cell(last - 1, columns["code"]).value = "S98"
    sheet.cell(last - 1, columns["document"]).value = "absent.docx"
    book.save(tmp_path / "faux.xlsx")
    with open_study(demonstration) as study:
        before = study.findings
        with pytest.raises(InvalidInput) as refusal:
            study.finding_import(tmp_path / "faux.xlsx")
        assert study.findings == before
    told = {fault.split("\u00a0")[0] for fault in refusal.value.faults}
    code = sheet.cell(1, columns["code"]).column_letter
    document = sheet.cell(1, columns["document"]).column_letter
    assert told == {
        f"Appuis!{code}{last}",
        f"Appuis!{code}{last - 1}",
        f"Appuis!{document}{last - 1}",
    }
