"""Cards hold together on paper, and an index leads to them."""

import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree, html

from cpit_research.formats.written.document_docx import write_docx
from cpit_research.formats.written.document_html import write_html
from cpit_research.results.document import Card, Document, Heading, Index, Paragraph

DOCUMENT = Document(
    "Grille",
    datetime(2026, 11, 25, tzinfo=UTC),
    banner="Grille v1",
    blocks=(
        Index((("F1 · Prendre place", (("S1", "Clarifier"), ("S9", "Ailleurs"))), ("F2", ()))),
        Heading("Situations"),
        Paragraph("Ce qui se passe"),
        Paragraph("une note", tone="note"),
        Card("S1", "Clarifier", "Dire", (("Inclure", "a"), ("Exclure", "b\nc")), (("But", "d"),)),
        Card("S2", "Relier"),
        Card("S1", "Un autre du même signe", "Encore"),
        Paragraph("Fin"),
        Index((("C", (("S1", "Clarifier"),)),)),
    ),
    contents=False,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    target = tmp_path_factory.mktemp("cards") / "grille.docx"
    write_docx(DOCUMENT, target)
    return target


@pytest.fixture(scope="module")
def word(path):
    return docx.Document(path)


def test_a_card_and_what_introduces_it_stay_on_one_page(word):
    kept = {
        p.text: p._p.pPr.find(qn("w:keepNext")) is not None
        for p in word.paragraphs
        if not p.style.name.startswith("Index")
    }
    assert kept["Ce qui se passe"]
    assert kept["une note"]
    assert kept["S1 \tClarifier"]
    assert kept["Dire"]
    assert kept["Exclure\tb\nc"]
    assert not kept["But. d "]
    assert not kept["S2 \tRelier"]
    assert not kept["Fin"]


def test_titles_of_cards_are_in_the_navigation_pane_of_word(word):
    style = word.styles["Card title"]
    assert style.element.pPr.find(qn("w:outlineLvl")) is not None


def test_entries_lead_to_the_first_card_of_their_sign_and_the_others_nowhere(word):
    body = word.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert links == ["card_4", "card_4"]
    assert set(links) <= set(names)
    assert any(p.text == "S9 \tAilleurs" for p in word.paragraphs)


def test_an_index_has_two_columns_and_every_page_its_margins(word):
    columns = [s._sectPr.find(qn("w:cols")).get(qn("w:num"), "1") for s in word.sections]
    assert columns == ["1", "2", "1", "2", "1"]
    assert {section.header.paragraphs[0].text for section in word.sections} == {"Grille v1"}
    assert [section.start_type.name for section in word.sections[1:]] == ["CONTINUOUS"] * 4


def test_a_document_without_contents_starts_on_its_first_page(word, path):
    assert word.element.body.find(qn("w:sdt")) is None
    with zipfile.ZipFile(path) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    assert not [b for b in tree.iter(qn("w:br")) if b.get(qn("w:type")) == "page"]


def test_the_page_has_a_card_under_each_link_and_each_only_once(tmp_path):
    write_html(DOCUMENT, tmp_path / "grille.html")
    page = html.parse(str(tmp_path / "grille.html")).getroot()
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert page.xpath("//div[@class='index']//a/@href") == ["#card-4", "#card-4"]
    (card,) = page.xpath("//*[@id='card-4']")
    assert card.xpath("string(h4)").split() == ["S1", "Clarifier"]
    assert card.xpath("dl/div/dt/text()") == ["Inclure", "Exclure"]
    assert len(page.xpath("//article")) == 3
