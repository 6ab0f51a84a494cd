"""Laws of the three writers: nothing lost, nothing of the machine, the same bytes twice."""

import getpass
import socket
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.formats.characters import printable
from cpit_research.formats.document_docx import write_docx
from cpit_research.formats.document_html import write_html
from cpit_research.formats.document_xlsx import write_xlsx
from cpit_research.formats.inspection import texts_of
from cpit_research.results.document import Document, Table

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
@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(data=st.data())
def test_every_word_of_any_document_is_found_in_the_file(suffix, documents, tmp_path, data):
    document = data.draw(documents)
    path = written(suffix, document, tmp_path)
    found = "\0".join(flat(text) for _place, text in texts_of(path))
    names = {block.name for block in document.blocks if isinstance(block, Table)}
    for word in map(flat, set(document.words()) - names):
        for start in range(0, len(word), 5_000):  # Excel keeps the longest texts in pieces
            piece = word[start : start + 5_000][:2_000]
            assert piece in found


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
