"""Plain texts: encodings, lines and paragraphs."""

from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.formats.received.decoding import decode
from cpit_research.formats.received.plain import from_text

pytestmark = pytest.mark.usefixtures("in_english")

FRENCH = "L’été à Cœur-en-Bourg : « l’école », où le maire a été élu. Ça coûte 3 € — déjà."


@pytest.mark.parametrize(
    ("codec", "shown", "text"),
    [
        ("utf-8", "utf-8", FRENCH),
        ("utf-8-sig", "utf-8", FRENCH),
        ("utf-16", "utf-16-le", FRENCH),
        ("utf-32", "utf-32-le", FRENCH),
        ("cp1252", "windows-1252", FRENCH),
        ("mac_roman", "mac-roman", FRENCH),
        ("iso8859_15", "iso-8859-15", "Le cœur de l'été à l'école, déjà : 3 €"),
        ("latin_1", "windows-1252", "L'été à l'école, déjà."),
        ("cp850", "cp850", "L'été à l'école, déjà : le maire a été élu."),
        ("ascii", "utf-8", "rien que des lettres"),
    ],
)
def test_the_encoding_is_found_and_reported(codec, shown, text):
    reading = from_text(text.encode(codec))
    assert reading.text == text
    assert reading.encoding == shown
    assert bool(reading.notices) == (shown != "utf-8")


@given(st.text(st.sampled_from("éèàçùêâîôûœ’« »abcdelnrst ,.\n"), min_size=1))
def test_windows_1252_french_is_never_taken_for_another_encoding(text):
    data = text.encode("cp1252")
    decoded = decode(data)
    if decoded.encoding == "windows-1252":
        assert decoded.text == text
    else:
        assert decoded.text == data.decode("utf-8")


def test_a_damaged_utf8_is_still_utf8():
    reading = from_text((FRENCH * 5).encode()[:-1] + b"\xc3")
    assert reading.encoding == "utf-8"
    assert reading.text.endswith("\ufffd")
    assert reading.notices == ("The text is UTF-8 with 1 unreadable byte, shown as �.",)


@pytest.mark.parametrize(
    "data", [b"a\x00b", b"%PDF-1.7", b"PK\x03\x04", b"\xff\xfeab\x00\x00", b"\xff\xfea"]
)
def test_what_is_not_text_is_refused(data):
    with pytest.raises(FormatError):
        from_text(data)


def parts(text: str) -> list[tuple[str, int, str]]:
    reading = from_text(text.encode())
    return [
        (part.kind, part.level, reading.text[part.start : part.end]) for part in reading.structure
    ]


def test_the_text_is_kept_line_by_line():
    assert from_text(b"a\r\n\r\n  b \r\n").text == "a\n\n  b \n"


def test_lines_are_paragraphs_of_their_own():
    assert parts("Une ligne.\nUne autre.") == [
        ("paragraph", 0, "Une ligne."),
        ("paragraph", 0, "Une autre."),
    ]


WRAPPED = "\n".join(
    fill(paragraph, 70)
    for paragraph in (
        "Nous arrivons à neuf heures sous la pluie, et le maire nous attend avec un dossier épais.",
        "La visite commence par la place, que tout le monde trouve vide, et finit par la rue.",
        "- d'abord la pharmacie",
        "",
        "Puis la poste, dont les horaires ont encore changé cet été, ce qui a fâché tout le monde.",
    )
)


def test_hard_wrapped_lines_are_one_paragraph():
    assert [words.split()[0] for _kind, _level, words in parts(WRAPPED)] == [
        "Nous",
        "La",
        "d'abord",
        "Puis",
    ]
    assert parts(WRAPPED)[0][2].endswith("épais.")


def test_items_and_underlined_headings_are_recognised():
    text = "Titre\n=====\nSous-titre\n---\n- un\n  • deux\n1. trois\n— Bonjour, dit-il.\n12 octobre"
    assert parts(text) == [
        ("heading", 1, "Titre"),
        ("heading", 2, "Sous-titre"),
        ("list_item", 1, "un"),
        ("list_item", 2, "deux"),
        ("list_item", 1, "trois"),
        ("paragraph", 0, "— Bonjour, dit-il."),
        ("paragraph", 0, "12 octobre"),
    ]


def test_places_are_lines():
    assert [part.place for part in from_text(b"a\n\nb").structure] == ["line 1", "line 3"]
