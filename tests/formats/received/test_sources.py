"""Which reader takes a file, and which files a folder gives."""

import pytest

from cpit_research.errors import FormatError, NotFound
from cpit_research.formats.received import draft, sources
from cpit_research.formats.received.sources import SUFFIXES, find_sources, read_source

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.docx", b"", "empty"),
        ("a.txt", b" \n ", "empty"),
        ("a.docx", b"%PDF-1.7", "Word document, but the file is a PDF"),
        ("a.docx", b"bonjour", "Word document, but the file is a plain text"),
        ("a.docx", b"{\\rtf1 bonjour}", "Word document, but the file is a rich text"),
        ("a.docx", b"<html>", "Word document, but the file is a web page"),
        ("a.docx", b"\x00\x01", "Word document, but the file is something else"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1"), "old Word"),
        ("a.docx", b"PK\x03\x04", "truncated"),
        ("a.txt", b"%PDF-1.7", "a text, but the file is a PDF"),
        ("a.md", b"PK\x03\x04", "a text, but the file is an archive"),
        ("a.vtt", b"\x89PNG\r\n", "a text, but the file is a picture"),
        ("a.txt", b"{\\rtf1 bonjour}", "a text, but the file is a rich text"),
        ("a.txt", b"a\x00b", "binary"),
        ("a.doc", b"x", "old Word .* are not read. Documents that are read: .docx, .htm"),
        ("a.doc", b"{\\rtf1 bonjour}", "old Word, but the file is a rich text"),
        ("a.doc", b"<!DOCTYPE html>", "old Word, but the file is a web page"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1"), "old Word .* are not read"),
        ("a.docx", b"\n<?xml version='1.0'?>\n<!-- x --><HTML>", "but the file is a web page"),
        ("a.docx", b"MIME-Version: 1.0\nContent-Type: multipart/related", "a web archive"),
        ("a.html", b"%PDF-1.7", "a text, but the file is a PDF"),
        ("a.html", b"{\\rtf1 bonjour}", "a text, but the file is a rich text"),
        ("a.html", b"MIME-Version: 1.0\nContent-Type: multipart/related", "web archive"),
        ("a.mht", b"x", "This is a web archive"),
        ("a.rtf", b" ", "empty"),
        ("a.rtf", b"bonjour", "rich text, but the file is a plain text"),
        ("a.rtf", b"<html>", "rich text, but the file is a web page"),
        ("a.rtf", b"PK\x03\x04", "rich text, but the file is an archive"),
        ("a.rtf", b"\x00\x01", "rich text, but the file is something else"),
        ("a.pdf", b"bonjour", "a PDF, but the file is a plain text"),
        ("a.PDF", b"\x89PNG\r\n", "a PDF, but the file is a picture"),
        ("a.pdf", b"\x00\x01", "a PDF, but the file is something else"),
        ("a.pdf", b"%PDF-1.7\n", "truncated"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "damaged"),
        ("a.odt", b"x", "an OpenDocument text, but the file is a plain text"),
        ("a.odt", b"<?xml?><office:document x=''>", "but the file is a flat OpenDocument"),
        ("a.odt", b"%PDF-1.7", "an OpenDocument text, but the file is a PDF"),
        ("a.odt", bytes.fromhex("d0cf11e0a1b11ae1"), "old Word"),
        ("a.odt", b"PK\x03\x04", "truncated"),
        ("a.fodt", b"x", "Flat OpenDocument"),
        ("a.sxw", b"x", "old OpenOffice"),
        ("a.xlsx", b"x", "Files in .xlsx are not read. Documents that are read"),
        ("a", b"x", "no suffix"),
    ],
)
def test_a_file_that_is_not_what_it_says_has_its_own_sentence(name, data, sentence):
    with pytest.raises(FormatError, match=sentence) as caught:
        read_source(data, name)
    assert caught.value.path == name


def test_files_and_texts_too_large_are_refused(monkeypatch):
    monkeypatch.setattr(sources, "FILE_BYTES", 10)
    with pytest.raises(FormatError, match="larger than"):
        read_source(b"x" * 11, "a.txt")
    monkeypatch.setattr(draft, "TEXT_CHARACTERS", 5)
    with pytest.raises(FormatError, match="longer than 5 characters"):
        read_source(b"x" * 6, "a.txt")


def test_suffixes_are_read_whatever_their_case(build_docx):
    assert read_source(build_docx("<w:p/>"), "A.DOCX").reader == "docx/2"
    assert read_source(b"# a", "a.Md").reader == "md/1"
    assert read_source(b"WEBVTT", "a.vtt").reader == "vtt/2"
    assert read_source("é".encode("utf-16"), "a.txt").reader == "txt/1"
    assert set(SUFFIXES) >= {
        ".docx",
        ".htm",
        ".html",
        ".md",
        ".odt",
        ".pdf",
        ".rtf",
        ".srt",
        ".txt",
        ".vtt",
    }
    assert list(SUFFIXES) == sorted(SUFFIXES)


def test_a_folder_gives_its_documents_sorted_without_what_offices_leave(tmp_path):
    for name in (
        "b.txt",
        "a.docx",
        "c.odt",
        "x.xlsx",
        "~$a.docx",
        ".~lock.a.docx#",
        ".b.txt",
        "d/e.md",
        ".git/f.md",
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    found = find_sources([tmp_path, tmp_path / "b.txt", str(tmp_path / "x.xlsx")])
    assert [file.relative_to(tmp_path).as_posix() for file in found] == [
        "a.docx",
        "b.txt",
        "c.odt",
        "d/e.md",
        "x.xlsx",
    ]


def test_what_is_saved_beside_a_page_is_no_document_and_the_page_is(tmp_path):
    for name in (
        "page.html",
        "page_fichiers/cadre.html",
        "page_fichiers/a/b.txt",
        "note.htm",
        "note.files/header.htm",
        "mes_files/note.txt",
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text("x")
    found = [file.relative_to(tmp_path).as_posix() for file in find_sources([tmp_path])]
    assert found == ["mes_files/note.txt", "note.htm", "page.html"]
    named = tmp_path / "page_fichiers" / "cadre.html"
    assert find_sources([named]) == [named]


def test_a_path_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(NotFound, match="nulle-part"):
        find_sources([tmp_path / "nulle-part"])
