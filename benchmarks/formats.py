"""Reading each format: at once, in the process apart, into a study; beside a bare library."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from note_files import WRITERS, note
from stopwatch import PATIENCE, Timing, once

import cpit_research as cpit
from cpit_research.formats.received.apart import Apart
from cpit_research.formats.received.sources import SUFFIXES, read_source

NOTES = 200
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_BLANK = re.compile(r"\n\n+")

Bare = Callable[[bytes], object]


def lines(notes: int = NOTES) -> Iterator[str]:
    """Yield the table, a line a format, on so many notes of a thousand words."""
    yield f"formats: {notes} notes of a thousand words, the same in each; notes per CPU second"
    yield (
        f"{'':8}{'kB each':>9}{'read':>9}{'apart':>9}{'study.ingest':>14}"
        "  bare libraries on the same bytes (ours to read / theirs)"
    )
    drawn = [note(number) for number in range(notes)]
    for suffix in SUFFIXES:
        if suffix in WRITERS:
            yield _line(suffix, [WRITERS[suffix](one) for one in drawn])
        else:
            yield f"{suffix:8}  no writer in benchmarks/note_files.py"


def _line(suffix: str, files: Sequence[bytes]) -> str:
    name = "note" + suffix
    bare = dict(_bare(suffix))
    ours = _best(lambda: [read_source(data, name) for data in files])
    limits = {what: _best(lambda one=one: [one(data) for data in files])
              for what, one in bare.items()}  # fmt: skip
    # A process apart is counted once it has ended; what its start costs is taken off.
    start = _best(lambda: _apart(files[:1], name))
    apart = _best(lambda: _apart(files, name)) - start
    ingest = _ingested(suffix, files)
    size = sum(map(len, files)) / len(files) / 1_000
    told = ", ".join(f"{what} {ours / cpu:.1f} x" for what, cpu in limits.items())
    rates = (f"{len(files) / cpu:>{width}.0f}" for cpu, width in ((ours, 9), (apart, 9),
                                                                 (ingest, 14)))  # fmt: skip
    return f"{suffix:8}{size:>9.1f}{''.join(rates)}  {told}"


def _runs() -> range:
    return range(min(3, PATIENCE.runs))


def _best(work: Callable[[], object]) -> float:
    return min(once(work).cpu for _run in _runs())


def _apart(files: Sequence[bytes], name: str) -> None:
    with Apart() as apart:
        for data in files:
            apart.read_apart(data, name)


def _ingested(suffix: str, files: Sequence[bytes]) -> float:
    """Return the best CPU seconds of a whole ingest, each in a new study."""
    done: list[Timing] = []
    for _run in _runs():
        with tempfile.TemporaryDirectory(prefix="cpit-bench-") as folder:
            study = cpit.create_study(Path(folder) / "study")
            for number, data in enumerate(files):
                (study.shelf.raw / f"V{number:05}{suffix}").write_bytes(data)
            done.append(once(study.ingest))
            study.close()
    return min(timing.cpu for timing in done)


def _bare(suffix: str) -> Iterator[tuple[str, Bare]]:
    """Yield what reads the same bytes without the library, where it is installed."""
    if suffix == ".docx":
        yield "lxml", _word_words
        yield "python-docx", _python_docx
    elif suffix == ".odt":
        yield "lxml", _open_document_words
    elif suffix in {".html", ".htm"}:
        yield "lxml.html", lambda data: lxml_html.fromstring(data).text_content()
    elif suffix == ".pdf":
        with suppress(ImportError):
            yield "pypdfium2", _pdfium(import_module("pypdfium2"))
    elif suffix == ".rtf":
        with suppress(ImportError):
            strip = import_module("striprtf.striprtf").rtf_to_text
            yield "striprtf", lambda data: strip(data.decode("ascii"))
    elif suffix in {".vtt", ".srt"}:
        yield "decode + split", lambda data: _BLANK.split(data.decode())
    else:
        yield "decode", bytes.decode


def _word_words(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parsed = etree.iterparse(archive.open("word/document.xml"), tag=_TEXT)
        return "".join(element.text or "" for _event, element in parsed)


def _python_docx(data: bytes) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs)


def _open_document_words(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "".join(etree.fromstring(archive.read("content.xml")).itertext())


def _pdfium(library: Any) -> Bare:
    def read(data: bytes) -> str:
        document = library.PdfDocument(data)
        said = "\n".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        return said

    return read
