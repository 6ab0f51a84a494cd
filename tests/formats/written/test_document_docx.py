"""The Word file opens in Word's own terms: styles, fields, bookmarks, links."""

import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from cpit_research.formats.written.document_docx import write_docx
from cpit_research.results.document import Heading


@pytest.fixture(scope="module")
def path(sample, tmp_path_factory):
    target = tmp_path_factory.mktemp("docx") / "synthese.docx"
    write_docx(sample, target)
    return target


@pytest.fixture(scope="module")
def word(path):
    return docx.Document(path)


def test_headings_and_quotations_bear_native_styles(word):
    styles = {paragraph.text: paragraph.style.name for paragraph in word.paragraphs}
    assert styles["Ce que disent les visites"] == "Title"
    assert styles["Retenir"] == "Heading 1"
    assert styles["E1 · Le mandat flou"] == "Heading 2"
    assert styles["«\u00a0On m’a dit : tu verras.\u00a0»"] == "Verbatim"
    assert word.styles["Verbatim"].base_style.name == "Quote"
    assert word.tables[-1].style.name == "Report table"


def test_the_contents_hold_the_headings_and_lead_to_them(word, sample):
    body = word.element.body
    contents = body.find(qn("w:sdt"))
    links = contents.findall(f".//{qn('w:hyperlink')}")
    shown = ["".join(node.text for node in link.iter(qn("w:t"))) for link in links]
    assert shown == [b.text for b in sample.blocks if isinstance(b, Heading) and b.level < 3]
    assert "TOC" in "".join(node.text for node in contents.iter(qn("w:instrText")))


def test_every_link_leads_to_a_bookmark_and_no_bookmark_is_twice(word):
    body = word.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert anchors <= set(names)
    assert {"ref_1", "ref_2", "cite_1", "cite_2"} <= anchors


def test_captions_are_numbered_by_fields_that_hold_their_value(word):
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    assert [caption.text.partition(".")[0][-1] for caption in captions] == ["1", "1", "2", "2"]
    assert all("SEQ" in caption._p.xml for caption in captions)


def test_tables_repeat_their_header_and_keep_their_rows_whole(word):
    for table in word.tables:
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
        if table.style.name == "Report table":
            assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_pictures_have_alternative_texts(word):
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert described == ["Dessin de Le terrain", "Dessin de La suite"]


def test_the_language_the_page_and_the_properties_are_said(word, path, sample):
    lang = word.styles.element.find(f".//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "fr-FR"
    section = word.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert section.header.paragraphs[0].text == "Étude fictive"
    assert "PAGE" in section.footer._element.xml
    assert word.core_properties.author == "Équipe CPIT"
    assert word.core_properties.created == sample.made
    with zipfile.ZipFile(path) as archive:
        assert not any("thumbnail" in name for name in archive.namelist())
        assert b"updateFields" not in archive.read("word/settings.xml")


def test_a_second_numbered_list_starts_again(sample, tmp_path):
    from dataclasses import replace

    from cpit_research.results.document import Listing

    lists = replace(sample, blocks=(Listing(("a",), ordered=True),) * 2)
    write_docx(lists, tmp_path / "a.docx")
    again = docx.Document(tmp_path / "a.docx").element.body
    numbers = [node.get(qn("w:val")) for node in again.iter(qn("w:numId"))]
    assert len(set(numbers)) == 2
