"""A name planted anywhere is found."""

import base64
import io
import json
import zipfile
import zlib

import openpyxl
import pytest
from openpyxl.comments import Comment

from cpit_research.errors import FormatError
from cpit_research.formats.written.document_docx import write_docx
from cpit_research.formats.written.document_html import write_html
from cpit_research.formats.written.document_xlsx import write_xlsx
from cpit_research.formats.written.inspection import texts_of

NAME = "Zénobie Quertain"


def found(path, name=NAME):
    return any(name in text for _place, text in texts_of(path))


def rewritten(path, part, change, *, added=False):
    """Write the archive again, one part changed or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert added or part in parts
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def png(kind: bytes, data: bytes) -> bytes:
    def chunk(name: bytes, held: bytes) -> bytes:
        crc = zlib.crc32(name + held).to_bytes(4, "big")
        return len(held).to_bytes(4, "big") + name + held + crc

    return b"\x89PNG\r\n\x1a\n" + chunk(kind, data) + chunk(b"IEND", b"")


@pytest.fixture
def docx_path(sample, tmp_path):
    write_docx(sample, tmp_path / "a.docx")
    return tmp_path / "a.docx"


@pytest.fixture
def xlsx_path(sample, tmp_path):
    write_xlsx(sample, tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPLIT = (
    "<w:r><w:t>Zéno</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bie Quer</w:t></w:r>"
    "<w:r><w:t>tain</w:t></w:r>"
)


@pytest.mark.parametrize(
    "planted",
    [
        f"<w:p>{SPLIT}</w:p>",
        f"<w:p><w:del w:author='x'><w:r><w:delText>{NAME}</w:delText></w:r></w:del></w:p>",
        f"<w:p><w:ins w:author='{NAME}'><w:r><w:t>x</w:t></w:r></w:ins></w:p>",
        f"<w:p><w:bookmarkStart w:id='99' w:name='{NAME}'/></w:p>",
        f"<w:p><w:r><w:instrText>HYPERLINK {NAME}</w:instrText></w:r></w:p>",
        f"<!-- {NAME} -->",
        f"<?x {NAME}?>",
        f"<w:p><w:r><w:t>x</w:t></w:r><!-- {NAME} --></w:p>",
        f"<w:p/>{NAME}<w:p/>",
    ],
)
def test_in_the_body_of_a_word_file(docx_path, planted):
    assert not found(docx_path)
    rewritten(
        docx_path,
        "word/document.xml",
        lambda part: part.replace(b"<w:body>", b"<w:body>" + planted.encode(), 1),
    )
    assert found(docx_path)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/comments.xml", f"<w:comments {W}><w:comment w:author='{NAME}'/></w:comments>"),
        (
            "word/comments.xml",
            f"<w:comments {W}><w:comment><w:p>{SPLIT}</w:p></w:comment></w:comments>",
        ),
        (
            "word/footnotes.xml",
            f"<w:footnotes {W}><w:footnote><w:p>{SPLIT}</w:p></w:footnote></w:footnotes>",
        ),
        ("docProps/custom.xml", f"<Properties><property name='a'>{NAME}</property></Properties>"),
        ("customXml/item1.xml", f"<a b='{NAME}'/>"),
        ("word/_rels/x.rels", f"<Relationships><R Target='file:///{NAME}'/></Relationships>"),
        ("word/media/image9.png", png(b"tEXt", b"Author\0" + NAME.encode("latin-1"))),
        (
            "word/media/image9.png",
            png(b"zTXt", b"Author\0\0" + zlib.compress(NAME.encode("latin-1"))),
        ),
        ("word/media/image9.png", png(b"iTXt", b"A\0\0\0fr\0\0" + NAME.encode())),
        ("word/media/image9.png", png(b"iTXt", b"A\0\1\0fr\0\0" + zlib.compress(NAME.encode()))),
        ("word/media/image9.png", png(b"eXIf", b"MM" + NAME.encode())),
        ("word/media/image9.png", png(b"IDAT", b"") + NAME.encode("latin-1")),
        ("word/media/image9.jpeg", b"\xff\xd8\xff" + NAME.encode()),
        ("word/embeddings/a.bin", b"\0\1" + NAME.encode("utf-16-le")),
        ("word/settings.txt", NAME.encode()),
        (f"word/{NAME}.xml", "<a/>"),
    ],
)
def test_in_any_part_of_an_archive(docx_path, part, content):
    content = content if isinstance(content, bytes) else content.encode()
    rewritten(docx_path, part, lambda _part: content, added=True)
    assert found(docx_path)


def test_in_an_archive_within_an_archive(docx_path, tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(
            "xl/sharedStrings.xml",
            "<sst><si><r><t>Zénobie</t></r><r><t> Quertain</t></r></si></sst>",
        )
    rewritten(docx_path, "word/embeddings/a.xlsx", lambda _part: inner.getvalue(), added=True)
    assert found(docx_path)


def test_in_what_an_archive_says_of_itself(docx_path):
    with zipfile.ZipFile(docx_path, "a") as archive:
        archive.comment = NAME.encode()
    assert found(docx_path)
    with zipfile.ZipFile(docx_path, "a") as archive:
        archive.comment = b""
        entry = zipfile.ZipInfo("x.txt")
        entry.comment = NAME.encode()
        archive.writestr(entry, "")
    assert found(docx_path)


def test_in_the_properties(docx_path):
    rewritten(docx_path, "docProps/core.xml",
              lambda part: part.replace("Équipe CPIT".encode(), NAME.encode()))  # fmt: skip
    assert found(docx_path)


def plant(path, how):
    book = openpyxl.load_workbook(path)
    how(book, book.worksheets[1])
    book.save(path)


@pytest.mark.parametrize(
    "how",
    [
        lambda _book, sheet: sheet.cell(40, 2, NAME),
        lambda _book, sheet: sheet.cell(40, 2, f'="{NAME}"'),
        lambda _book, sheet: setattr(sheet, "title", NAME),
        lambda _book, sheet: setattr(sheet["A5"], "comment", Comment(NAME, "x")),
        lambda _book, sheet: setattr(sheet["A5"], "comment", Comment("x", NAME)),
        lambda _book, sheet: setattr(sheet.oddFooter.center, "text", NAME),
        lambda _book, sheet: setattr(sheet["A5"], "hyperlink", f"mailto:{NAME}"),
        lambda _book, sheet: setattr(sheet["B5"], "number_format", f'0 "{NAME}"'),
        lambda book, _sheet: setattr(book.properties, "keywords", NAME),
        lambda _book, sheet: sheet.cell(40, 2, NAME.replace("Z", "_x005A_")),
    ],
)
def test_in_a_workbook(xlsx_path, how):
    assert not found(xlsx_path)
    plant(xlsx_path, how)
    assert found(xlsx_path)


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='A1' t='inlineStr'><is><r><t>Zénobie</t></r><r><t> Quertain</t></r></is></c>",
        f"<c r='A1' x='{NAME}'/>",
        f"<!-- {NAME} --><c r='A1'/>",
        f"<c r='A1'><!-- {NAME} --></c>",
        f"<c r='A1'><v>1</v></c></row><!-- {NAME} --><row r='2'>",
        f"<c r='A1'><v>1</v></c></row>{NAME}<row r='2'>",
        f"<c r='A1'><f>{NAME}</f></c>",
        f"<c r='A1' t='inlineStr'><is><t><![CDATA[{NAME}]]></t></is></c>",
        "<c r='A1' t='inlineStr'><is><t>Z&#233;nobie Quertain</t></is></c>",
    ],
)
def test_in_a_row_of_a_sheet(tmp_path, cell):
    path = tmp_path / "a.xlsx"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f"<worksheet xmlns='{main}'><sheetData><row r='1'>{cell}</row></sheetData></worksheet>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    assert found(path)


PICTURE = base64.b64encode(png(b"iTXt", b"A" + bytes(5) + NAME.encode())).decode()


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Zéno<b>bie Quer</b><i><a href='#'>tain</a></i></p>",
        "<p>Z&eacute;nobie Quertain</p>",
        f"<img alt='{NAME}'>",
        f"<!-- {NAME} -->",
        f"<style>/* {NAME} */</style>",
        f"<svg><text>{NAME}</text></svg>",
        "<svg><text><tspan>Zénobie</tspan><tspan> Quertain</tspan></text></svg>",
        f"<div>x<p>y</p>{NAME}</div>",
        f"<a href='data:text/plain;base64,{base64.b64encode(NAME.encode()).decode()}'>x</a>",
        f"<img src='data:image/png;base64,{PICTURE}'>",
        "<a href='data:text/plain,Z%C3%A9nobie%20Quertain'>x</a>",
    ],
)
def test_in_a_page(sample, tmp_path, planted):
    path = tmp_path / "a.html"
    write_html(sample, path)
    assert not found(path)
    path.write_text(path.read_text("utf-8").replace("</main>", f"{planted}</main>"), "utf-8")
    assert found(path)


@pytest.mark.parametrize("value", [{"a": [{"b": NAME}]}, {NAME: 1}, [[NAME]], NAME])
def test_in_json(tmp_path, value):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(value), "utf-8")
    assert found(path)


def test_in_csv_text_and_file_names(tmp_path):
    (tmp_path / "a.csv").write_text(f'x;"{NAME}\nsuite"\n', "utf-8-sig")
    (tmp_path / "a.txt").write_text(NAME, "latin-1")
    (tmp_path / f"{NAME}.txt").write_text("x", "utf-8")
    for name in ("a.csv", "a.txt", f"{NAME}.txt"):
        assert found(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        ("a.xml", "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a []><a/>".encode("utf-16")),
        ("a.xml", b"<a><b></a>"),
        ("a.html", b"<html>\xff\xfe</html>"),
        ("a.json", b"{"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\xff\xfftEXt"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FormatError):
        list(texts_of(tmp_path / name))


def test_a_bomb_and_a_missing_file_are_refused(tmp_path, monkeypatch):
    from cpit_research.formats import limits

    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 5_000)
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 1_000)
    for name in ("a.docx", "missing.docx"):
        with pytest.raises(FormatError):
            list(texts_of(tmp_path / name))
