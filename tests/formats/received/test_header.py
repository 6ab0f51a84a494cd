"""Header fields at the top of documents of every format."""

import pytest

from cpit_research.formats.received.docx import from_docx
from cpit_research.formats.received.markdown import from_markdown
from cpit_research.formats.received.plain import from_text
from cpit_research.formats.received.vtt import from_vtt

FIELDS = {
    "visite": "V03",
    "date": "12 octobre 2022",
    "territoire": "Valmorel",
    "type": "observation",
}


def test_lines_of_a_text_are_fields():
    reading = from_text(
        "Note de terrain\n\nVisite : V03\nDate: 12 octobre 2022\n\n"
        "Territoire\u00a0: Valmorel\n- Type : observation\n\nArrivée à 9 h : il pleut.".encode()
    )
    assert reading.header == FIELDS
    fields = reading.structure.of("header_field")
    assert reading.text[fields[0].start : fields[0].end] == "Visite : V03"
    assert reading.text[reading.structure.units[-1].start :] == "Arrivée à 9 h : il pleut."


def test_markdown_fields_are_read_bold_and_cut_from_their_paragraph():
    reading = from_markdown(
        "# Note\n\n**Visite :** V03\n**Date** : 12 octobre 2022\n**Territoire:** Valmorel\n"
        "**Type** : **observation**\n\n## Récit\n\nDate : ce jour-là, rien.".encode()
    )
    assert reading.header == FIELDS
    units = [reading.text[part.start : part.end] for part in reading.structure.units]
    assert units == ["Note", "Récit", "Date : ce jour-là, rien."]


def test_front_matter_gives_fields_before_the_title():
    reading = from_markdown(
        b'---\nvisite: V03\ndate: "12 octobre 2022"\n---\n# Titre\n\nTerritoire : Valmorel\n\n'
        b"Type : observation\n\n## Suite\n\nLieu : la mairie."
    )
    assert reading.header == FIELDS


def test_a_table_of_two_columns_gives_fields(build_docx):
    def row(*cells: str) -> str:
        inner = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)
        return f"<w:tr>{inner}</w:tr>"

    rows = row("Visite", "V03") + row("Date :", "12 octobre 2022")
    rows += row("Territoire", "Valmorel") + row("Type", "observation") + row("a", "b", "c")
    reading = from_docx(build_docx(f"<w:tbl>{rows}</w:tbl><w:p><w:r><w:t>Récit</w:t></w:r></w:p>"))
    assert reading.header == FIELDS
    units = [reading.text[part.start : part.end] for part in reading.structure.units]
    assert units == ["a", "b", "c", "Récit"]


def test_notes_of_subtitles_give_fields():
    reading = from_vtt(
        b"WEBVTT\n\nNOTE\nVisite : V03\nDate : 12 octobre 2022\n\nNOTE Territoire : Valmorel\n\n"
        b"NOTE Type : observation\n\n00:01.000 --> 00:02.000\n<v Ana>Oui"
    )
    assert reading.header == FIELDS


def test_an_unknown_key_is_a_field_beside_a_known_one_only():
    assert from_text("Météo : pluie\nVisite : V03\nHumeur : bonne".encode()).header == {
        "meteo": "pluie",
        "visite": "V03",
        "humeur": "bonne",
    }
    assert from_text("Météo : pluie\nHumeur : bonne".encode()).header == {}


def test_speakers_are_no_fields():
    text = "Visite : V03\nChercheur : Bonjour.\nMaire : Oui.\nChercheur : Alors ?\nMaire : Bien."
    reading = from_text(text.encode())
    assert reading.header == {"visite": "V03"}
    assert len(reading.structure.turns) == 4
    assert from_text(b"Visite : V03\nAna : bonjour", ("Ana",)).header == {"visite": "V03"}


def test_a_role_named_once_at_the_top_is_a_field():
    reading = from_text(b"Visite : V03\nChercheuse : Ana\n\nOn arrive.", ("Chercheuse",))
    assert reading.header == {"visite": "V03", "chercheuse": "Ana"}
    assert reading.structure.turns == ()


@pytest.mark.parametrize(
    "text",
    [
        "mot\n" * 15 + "Visite : V03",
        "x" * 301 + "\nVisite : V03",
        "Visite :",
        "Visite V03",
        "Nous parlons du territoire : il est vaste.",
        "https://exemple.fr/visite : V03",
    ],
)
def test_other_lines_are_no_fields(text):
    assert from_text(text.encode()).header == {}


def test_the_first_of_two_fields_of_one_name_is_kept():
    assert from_text(b"Date : lundi\nLieu : ici\nDate : mardi").header["date"] == "lundi"
