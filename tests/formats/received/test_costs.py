"""Reading costs no more than the length of what is read, whatever the text repeats."""

import unicodedata
from itertools import product
from time import process_time

import pytest

from cpit_research.formats.received.sources import read_source
from cpit_research.text.canonical import canonical

CUE = "WEBVTT\n\n00:01.000 --> 00:02.000\n"


def names(count: int) -> list[str]:
    syllables = [a + b for a in "bcdfgklmnprstv" for b in "aeiou"]
    found = ("".join(three).capitalize() for three in product(syllables, repeat=3))
    return [name for name, _n in zip(found, range(count), strict=False)]


def exchanges(count: int) -> str:
    pairs = zip(names(2 * count)[::2], names(2 * count)[1::2], strict=True)
    return "\n".join(f"{a} : oui\n{b} : non\n" * 3 for a, b in pairs)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "a" + "\u0301\u0316" * 100_000),
        ("a.md", "Claire : oui\nYann : non\n\n" * 8_000),
        ("a.txt", exchanges(4_000)),
        ("a.vtt", f"{CUE}<v{' ' * 200_000}"),
        ("a.vtt", f"{CUE}{'&#' * 50_000}{'9' * 100_000};"),
        ("a.md", "|" * 100_000 + "\n" + "|-" * 100_000),
        ("a.txt", "1 " * 100_000 + "\n" + ("1" + " " * 80 + "\n") * 1_000),
    ],
    ids=["marks", "paragraphs cut", "labels", "voice", "number", "bars", "times"],
)
def test_a_text_that_repeats_costs_no_more_than_its_length(name, text):
    started = process_time()
    read_source(text.encode(), name)
    assert process_time() - started < 5  # tenths of a second, unless something is compared by pairs


def test_styles_that_inherit_from_one_another_are_read_once(build_docx):
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:name w:val="{n}"/><w:basedOn w:val="s{n - 1}"/></w:style>'
        for n in range(1, 10_000)
    )
    styles += '<w:style w:styleId="s0"><w:name w:val="heading 2"/></w:style>'
    paragraph = '<w:p><w:pPr><w:pStyle w:val="s9999"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    started = process_time()
    structure = read_source(build_docx(paragraph, styles=styles), "a.docx").structure
    assert process_time() - started < 5
    assert [(part.kind, part.level) for part in structure] == [("heading", 2)]


def test_marks_put_in_order_beforehand_give_the_same_text():
    text = "re\u0301union e" + "\u0301\u0316\u0323\u0302\u034f\u4e00\u0344" * 400
    assert canonical(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&#233;t&#xe9;", "été"),
        ("&#0000000000000233;", "é"),
        ("&#99999999999;", "�"),
        ("&#233", "é"),
        ("&#;", "&#;"),
        ("&amp;#233;", "&#233;"),
    ],
)
def test_numbered_characters_of_subtitles_are_decoded_whatever_their_length(written, read):
    assert read_source(f"{CUE}{written}".encode(), "a.vtt").text == read
