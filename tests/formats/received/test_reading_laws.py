"""Laws that every reader keeps, whatever the document."""

import html
import unicodedata
from io import BytesIO
from itertools import pairwise
from xml.sax.saxutils import escape
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd_files.pdfs import pdf, typed

from cpit_research.errors import FormatError
from cpit_research.formats.received.sources import SUFFIXES, read_source
from cpit_research.model.structure import BLOCKS, Structure
from cpit_research.text.canonical import canonical

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")),
    max_size=60,
)
LABELS = st.sampled_from(
    [
        "Chercheur : ",
        "**Maire** : ",
        "[Chercheur] (0:04 - 0:08)",
        "[Jeanne]",
        "Jeanne : ",
        "Date : ",
    ]
)
LINES = st.lists(
    st.one_of(
        WORDS,
        st.builds(str.__add__, LABELS, WORDS),
        st.builds(
            str.__add__, st.sampled_from(["# ", "## ", "- ", "  - ", "1. ", "> ", "| a | "]), WORDS
        ),
        st.sampled_from(
            ["", "---", "===", "```", "|---|---|", "NOTE x", "00:01.000 --> 00:02.000"]
        ),
    ),
    max_size=25,
)


def word(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def page(paragraphs: list[str]) -> bytes:
    """Return a web page without any declaration of its encoding."""
    return "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in paragraphs).encode()


def rich(paragraphs: list[str]) -> bytes:
    """Return a rich text, every character beyond ASCII as its UTF-16 codes."""
    body = "\\par\n".join("".join(map(rich_character, line)) for line in paragraphs)
    return (r"{\rtf1\ansi\uc0 " + body + r"\par}").encode()


def rich_character(character: str) -> str:
    if character in "\\{}":
        return "\\" + character
    if " " <= character <= "~":
        return character
    codes = memoryview(character.encode("utf-16-le")).cast("H")
    return "".join(f"\\u{code - 65536 if code > 32767 else code} " for code in codes)


def open_document(paragraphs: list[str]) -> bytes:
    """Return an OpenDocument text of these paragraphs, its white space written out."""
    body = "".join(f"<text:p>{_open_words(paragraph)}</text:p>" for paragraph in paragraphs)
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:text="{names}text:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = BytesIO()
    with ZipFile(buffer, "w") as opened:
        opened.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        opened.writestr("content.xml", content.encode())
    return buffer.getvalue()


def _open_words(paragraph: str) -> str:
    return escape(paragraph).replace(" ", "<text:s/>")


def document(suffix: str, lines: list[str]) -> bytes:
    """Return the lines in a file of that suffix, which opens as it must."""
    opening = {".vtt": ["WEBVTT"], ".srt": ["1", "00:00:01,000 --> 00:00:02,000"]}
    if suffix == ".pdf":
        pages = [["Note", *lines][at : at + 20] for at in range(0, len(lines) + 1, 20)]
        return pdf([typed(page, font="F3") for page in pages])
    builders = {".docx": word, ".htm": page, ".html": page, ".odt": open_document, ".rtf": rich}
    if suffix in builders:
        return builders[suffix](["Note", *lines])
    return "\n".join([*opening.get(suffix, ["Note"]), *lines]).encode()


@pytest.mark.parametrize(
    ("suffix", "build"), [(".docx", word), (".odt", open_document), (".rtf", rich)]
)
@given(paragraphs=st.lists(WORDS, max_size=12))
def test_every_paragraph_written_comes_back_in_order_at_the_range_of_its_part(
    suffix, build, paragraphs
):
    reading = read_source(build(paragraphs), "note" + suffix)
    assert reading.text == "\n".join(canonical(paragraph) for paragraph in paragraphs)
    blocks = [part for part in reading.structure if part.kind in BLOCKS]
    written = [canonical(paragraph) for paragraph in paragraphs if paragraph.strip()]
    assert [reading.text[part.start : part.end] for part in blocks] == written


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@given(lines=LINES)
def test_line_ends_byte_order_marks_and_composition_change_nothing(suffix, lines):
    text = unicodedata.normalize("NFC", "\n".join(lines)).lstrip("\ufeff") + "\n."
    plain = read_source(text.encode(), "note" + suffix)
    assert plain.text == canonical(text)
    decomposed = unicodedata.normalize("NFD", text)
    for variant in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + text.encode(),
        decomposed.encode(),
        b"\xff\xfe" + text.encode("utf-16-le"),
        b"\xfe\xff" + decomposed.replace("\n", "\r\n").encode("utf-16-be"),
    ):
        reading = read_source(variant, "note" + suffix)
        assert reading.text == plain.text
        assert reading.structure == plain.structure
        assert reading.header == plain.header


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(lines=LINES)
def test_parts_stay_inside_the_text_and_only_turns_fields_and_cues_lie_over_blocks(suffix, lines):
    data = document(suffix, lines)
    reading = read_source(data, "note" + suffix, ("Claire", "P01"))
    parts = reading.structure.parts
    assert all(0 <= part.start <= part.end <= len(reading.text) for part in parts)
    for kinds in (BLOCKS, {"turn"}, {"header_field"}, {"cue"}):
        row = [part for part in parts if part.kind in kinds]
        assert all(one.end <= other.start for one, other in pairwise(row)), kinds
    for turn in reading.structure.turns:
        assert turn.start <= turn.speech_start <= turn.end
        assert turn.speaker
    assert canonical(reading.text) == reading.text
    assert all(0 <= aside.at <= len(reading.text) for aside in reading.asides)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(lines=LINES)
def test_units_never_overlap_and_leave_no_speech_out(suffix, lines):
    data = document(suffix, lines)
    structure = read_source(data, "note" + suffix).structure
    assert all(one.end <= other.start for one, other in pairwise(structure.units))
    covered = {at for part in structure.units for at in range(part.start, part.end)}
    covered |= {at for part in structure.of("header_field") for at in range(part.start, part.end)}
    for part in structure:
        assert covered.issuperset(range(part.start, part.end)), part


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(lines=LINES)
def test_reading_twice_gives_the_same_reading_that_can_be_packed(suffix, lines):
    data = document(suffix, lines)
    once, twice = (read_source(data, "note" + suffix) for _ in range(2))
    assert once == twice
    assert Structure.unpack(once.structure.pack()) == once.structure


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence_and_a_path(suffix, data):
    refused = None
    try:
        read_source(data, "note" + suffix)
    except FormatError as error:
        refused = error
    assert refused is None or (refused.what and refused.path == "note" + suffix)
