"""Laws of the three writers: nothing lost, nothing of the machine, the same bytes twice."""

import base64
import getpass
import socket
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.formats.characters import printable
from cpit_research.formats.written.document_docx import write_docx
from cpit_research.formats.written.document_html import write_html
from cpit_research.formats.written.document_xlsx import write_xlsx
from cpit_research.formats.written.inspection import texts_of
from cpit_research.results.document import (
    Card,
    Document,
    Heading,
    Index,
    KeyFigures,
    Listing,
    Paragraph,
    Picture,
    Table,
    Verbatim,
)

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg"
)
DOT = Picture("Un point", "Un point gris", base64.b64decode(PIXEL + "=="), svg=b"")
MADE = datetime(2026, 11, 22, tzinfo=UTC)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        (
            "<b>&amp;</b>",
            "]]>",
            "=HYPERLINK(1)",
            "a\tb\nc",
            "_x0041_nna",
            "🌾 مرحبا\u00a0!",
            "\u202ertl",
            "a\x00b\x1f",
            "'",
            "{{ 1 }}",
            "&#233;",
        )
    ),
)
CELLS = st.one_of(TEXTS, st.integers(), st.floats(), st.none(), st.dates())


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any size, any text, any widths."""
    width = draw(st.integers(1, 3))
    row = st.tuples(*[CELLS] * width)
    rows = draw(st.lists(row, max_size=3).map(tuple))
    return Table(
        caption=draw(TEXTS),
        header=draw(st.tuples(*[TEXTS] * width)),
        rows=rows,
        name=draw(TEXTS),
        notes=draw(st.lists(TEXTS, max_size=1).map(tuple)),
        totals=draw(st.booleans()),
        anchors=tuple(f"r{rank}" for rank in range(len(rows))),
    )


KEYS = st.sampled_from(("S1", "S2", "é <"))
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple)
ENTRIES = st.lists(st.tuples(KEYS, TEXTS), max_size=3).map(tuple)
BLOCKS = st.one_of(
    st.builds(Heading, TEXTS, st.integers(1, 3)),
    st.builds(Paragraph, TEXTS, st.sampled_from(("plain", "lead", "note", "warning")), TEXTS),
    st.builds(KeyFigures, st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple)),
    st.builds(Listing, st.lists(TEXTS, max_size=2).map(tuple), st.booleans()),
    st.builds(Verbatim, TEXTS, TEXTS, st.sampled_from(("", "r0", "r1", "<r>")), st.booleans()),
    tables(),
    st.just(DOT),
    st.builds(Card, KEYS, TEXTS, TEXTS, PAIRS, PAIRS),
    st.builds(Index, st.lists(st.tuples(TEXTS, ENTRIES), max_size=2).map(tuple)),
)


DOCUMENTS = st.builds(
    Document,
    title=TEXTS,
    made=st.just(MADE),
    subtitle=TEXTS,
    language=st.sampled_from(("fr", "en")),
    author=TEXTS,
    banner=TEXTS,
    facts=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
    blocks=st.lists(BLOCKS, max_size=5).map(tuple),
    contents=st.booleans(),
)

WRITERS = {"docx": write_docx, "html": write_html, "xlsx": write_xlsx}
each_format = pytest.mark.parametrize("suffix", WRITERS)


def flat(text: str) -> str:
    """Return the text as no format can change it: no blank, no control."""
    kept = unicodedata.normalize("NFC", printable(text))
    return "".join(kept.split()).replace("\x85", "")


def written(suffix: str, document: Document, folder: Path) -> Path:
    path = folder / f"synthese.{suffix}"
    WRITERS[suffix](document, path)
    return path


@each_format
def test_two_writes_give_the_same_bytes(suffix, sample, tmp_path):
    first = written(suffix, sample, tmp_path).read_bytes()
    assert written(suffix, sample, tmp_path).read_bytes() == first


@each_format
def test_every_word_of_the_sample_is_found_in_the_file(suffix, sample, tmp_path):
    found = [flat(text) for _place, text in texts_of(written(suffix, sample, tmp_path))]
    names = {block.name for block in sample.blocks if isinstance(block, Table)}
    for word in sample.words():
        if suffix != "xlsx" and word in names:
            continue  # names of sheets
        assert any(flat(word) in text for text in found), word


@each_format
# Each example writes its file over the last one.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(document=DOCUMENTS)
def test_every_word_of_any_document_is_found_in_the_file(suffix, tmp_path, document):
    path = written(suffix, document, tmp_path)
    assert_holds(path, document)


def assert_holds(path: Path, document: Document) -> None:
    """Assert that every word of the document, by pieces if need be, is found in the file."""
    found = "\0".join(flat(text) for _place, text in texts_of(path))
    names = {block.name for block in document.blocks if isinstance(block, Table)}
    for word in map(flat, set(document.words()) - names):
        for start in range(0, len(word), 5_000):  # Excel keeps the longest texts in pieces
            assert word[start : start + 2_000] in found


@each_format
def test_a_text_too_long_for_a_cell_is_found_in_the_file(suffix, tmp_path):
    long = " ".join(f"mot{rank}" for rank in range(9_000))
    blocks = (Heading(long), Paragraph(long), Verbatim(long), Table(long, ("a",), ((long,),)))
    document = Document(title=long, made=MADE, banner=long, facts=((long, long),), blocks=blocks)
    assert_holds(written(suffix, document, tmp_path), document)


@each_format
def test_a_file_says_nothing_of_the_machine(suffix, sample, tmp_path):
    texts = "\n".join(text for _place, text in texts_of(written(suffix, sample, tmp_path)))
    for word in (str(tmp_path), socket.gethostname(), "python-docx", "openpyxl", "Macintosh"):
        assert word not in texts
    if len(getpass.getuser()) > 4:
        assert getpass.getuser() not in texts


@each_format
def test_a_folder_that_does_not_exist_is_told_and_leaves_nothing(suffix, sample, tmp_path):
    with pytest.raises(FormatError):
        WRITERS[suffix](sample, tmp_path / "nowhere" / f"a.{suffix}")
    assert not list(tmp_path.iterdir())


@each_format
def test_an_empty_document_is_written(suffix, tmp_path, sample):
    path = written(suffix, Document(title="Rien", made=sample.made), tmp_path)
    assert any("Rien" in text for _place, text in texts_of(path))
