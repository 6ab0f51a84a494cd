"""Taking notes in: beside reading the same bytes with lxml, with python-docx, and copying them."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from place import Place
from stopwatch import Row, compare

from cpit_research.study.ingest_report import IngestReport

_SAMPLE = 100


def measure(place: Place) -> Iterator[Row]:
    """Ingest from ``data/raw``, then from elsewhere; the first study is kept for other measures."""
    import docx

    sample = place.notes[:_SAMPLE]

    def python_docx() -> int:
        return sum(len(p.text) for note in sample for p in docx.Document(str(note)).paragraphs)

    study = place.new_study("study", with_notes=True)

    def empty() -> None:
        nonlocal study
        study.close()
        study = place.new_study("study", with_notes=True)
        study.register  # its reading is measured apart

    def ingest() -> IngestReport:
        return study.ingest()  # of the study of the moment

    yield compare(
        "ingest, files in data/raw", place.size, "notes", ingest,
        {"lxml": lambda: _parsed(place.notes), "python-docx": python_docx},
        aim="300/s", between=empty, shares={"python-docx": len(sample) / place.size},
    )  # fmt: skip
    yield compare("ingest again, all known", place.size, "notes", ingest)
    study.close()
    copies = place.folder / "copies"
    copies.mkdir()

    def nothing() -> None:
        nonlocal study
        study.close()
        study = place.new_study("elsewhere", with_notes=False)
        study.register

    yield compare(
        "ingest, files from elsewhere (copied)", place.size, "notes",
        lambda: study.ingest([place.received / str(year) for year in _years(place)]),
        {"lxml + copy, fsync": lambda: _parsed(place.notes) + _copied(place.notes, copies)},
        between=nothing,
    )  # fmt: skip
    study.close()


def _years(place: Place) -> list[str]:
    return sorted({note.parent.name for note in place.notes})


def _parsed(notes: list[Path]) -> int:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    elements = 0
    for note in notes:
        with zipfile.ZipFile(note) as archive:
            elements += len(etree.fromstring(archive.read("word/document.xml"), parser))
    return elements


def _copied(notes: list[Path], folder: Path) -> int:
    for note in notes:
        with (folder / note.name).open("wb") as copy:
            copy.write(note.read_bytes())
            copy.flush()
            os.fsync(copy.fileno())
    return len(notes)
