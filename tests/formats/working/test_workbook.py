"""Workbooks that someone sends, some of them hostile."""

import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from cpit_research.errors import FormatError
from cpit_research.formats.working import workbook
from cpit_research.formats.working.workbook import plain, read_workbook


@pytest.fixture(autouse=True, scope="module")
def english():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPIT_LANG", "en")
        yield


@pytest.fixture
def sound(tmp_path):
    book = Workbook()
    book.active.title = "Étude"
    book.active.append(["a", 3.0, date(2022, 10, 12)])
    book.active["C5"] = "loin"
    path = tmp_path / "sound.xlsx"
    book.save(path)
    return path


def altered(path, part, change):
    """Write the workbook again with one part changed."""
    target = path.with_name("altered.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as written:
        for name in source.namelist():
            content = source.read(name)
            written.writestr(name, change(content) if name == part else content)
    return target


def test_rows_keep_their_numbers_and_values(sound):
    sheet = read_workbook(sound)["etude"]
    assert sheet.title == "Étude"
    assert [plain(value) for value in sheet.rows[1]] == ["a", "3", "2022-10-12"]
    assert dict(sheet.rows)[5] == (None, None, "loin")
    assert list(sheet.rows) == [1, 5]


def test_a_document_type_is_refused_before_anything_is_read(sound):
    bomb = altered(
        sound, "xl/worksheets/sheet1.xml", lambda c: b'<!DOCTYPE x [<!ENTITY a "b">]>' + c
    )
    with pytest.raises(FormatError, match="document type"):
        read_workbook(bomb)


@pytest.mark.slow
def test_a_row_number_beyond_the_limits_is_refused(sound):
    trap = altered(
        sound, "xl/worksheets/sheet1.xml", lambda c: c.replace(b'<row r="5"', b'<row r="999999999"')
    )
    with pytest.raises(FormatError, match="too large"):
        read_workbook(trap)


def test_too_many_cells_are_refused(sound, monkeypatch):
    monkeypatch.setattr(workbook, "SHEET_CELLS", 5)
    with pytest.raises(FormatError, match="too large"):
        read_workbook(sound)


def test_a_wrong_dimension_hides_nothing(sound):
    lying = altered(
        sound, "xl/worksheets/sheet1.xml", lambda c: c.replace(b'ref="A1:C5"', b'ref="A1:A1"')
    )
    assert 5 in read_workbook(lying)["etude"].rows


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id;nature\n",
        b"PK\x03\x04 truncated",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_with_its_name(tmp_path, content):
    path = tmp_path / "registre.xlsx"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"registre\.xlsx") as caught:
        read_workbook(path)
    assert caught.value.path == str(path)


def test_an_archive_without_workbook_is_refused(tmp_path):
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mot.xml", "<a/>")
    with pytest.raises(FormatError, match="not a workbook"):
        read_workbook(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(FormatError, match="cannot be opened"):
        read_workbook(tmp_path / "absent.xlsx")
