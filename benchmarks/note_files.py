"""One note in every format that is read: the same words, written as small programs write them.

To add a format, write a function of a :class:`Note` that returns bytes and put it in
:data:`WRITERS`; what reads the same bytes without the library goes in ``formats.py``.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from io import BytesIO
from random import Random
from textwrap import wrap

from field import Body, packed
from french import Writer

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_PAGE_LINES = 54
_PAGE_WIDTH = 95


@dataclass(frozen=True)
class Block:
    """A heading (with its level), a paragraph, what someone says, or a table."""

    words: str = ""
    level: int = 0
    speaker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def line(self) -> str:
        """The block as a line."""
        return f"{self.speaker}\u00a0: {self.words}" if self.speaker else self.words


@dataclass(frozen=True)
class Note:
    """About a thousand words, drawn from a seed."""

    number: int
    blocks: tuple[Block, ...]


def note(number: int) -> Note:
    """Draw a note: header fields, a table, four sections of paragraphs, some with turns."""
    draw = Random(f"formats {number}")
    write = Writer(draw, ["Montfauve", "Maëlle Kerdoncuff"])
    return Note(number, tuple(_blocks(number, draw, write)))


def _blocks(number: int, draw: Random, write: Writer) -> Iterator[Block]:
    yield Block(write.phrase(4), level=1)
    yield Block(f"Visite : V{number:05}")
    yield Block("Date : 12 octobre 2022")
    yield Block(rows=tuple(tuple(write.phrase(2) for _ in range(3)) for _ in range(4)))
    words = 0
    while words < 1_000:
        yield Block(write.phrase(draw.randrange(2, 6)), level=2)
        for _paragraph in range(3):
            block = Block(write.paragraph(draw.randrange(35, 75)))
            words += block.words.count(" ") + 1
            yield block
        for turn in range(draw.choice((0, 4))):
            said = write.paragraph(draw.randrange(8, 30))
            words += said.count(" ") + 1
            yield Block(said, speaker=("Chercheuse", "Maire")[turn % 2])


def _lines(note: Note, cells: str = "\t") -> Iterator[str]:
    for block in note.blocks:
        yield "\n".join(cells.join(row) for row in block.rows) or block.line


def _text(note: Note) -> bytes:
    return "\n\n".join(_lines(note)).encode()


def _markdown(note: Note) -> bytes:
    written = []
    for block in note.blocks:
        if block.rows:
            head, *rest = (f"| {' | '.join(row)} |" for row in block.rows)
            written.append("\n".join([head, "|---" * len(block.rows[0]) + "|", *rest]))
        elif block.speaker:
            written.append(f"**{block.speaker}** : {block.words}")
        else:
            written.append(f"{'#' * block.level} {block.words}".strip())
    return "\n\n".join(written).encode()


def _word(note: Note) -> bytes:
    body = Body(Random(note.number))
    for block in note.blocks:
        if block.rows:
            body.table([list(row) for row in block.rows])
        elif block.level:
            body.heading(block.level, block.words)
        else:
            body.paragraph(block.line)
    return packed(body.xml())


def _cues(note: Note) -> Iterator[tuple[str, str, str]]:
    """Yield the times, the speaker and the words of cues of a dozen words."""
    at = 0
    for block in note.blocks:
        for words in wrap(block.words, 80):
            times = (f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}" for n in (at, at + 4))
            yield "{}.000 --> {}.000".format(*times), block.speaker, words
            at += 4


def _web_subtitles(note: Note) -> bytes:
    cues = (
        f"{times}\n{f'<v {who}>{words}</v>' if who else words}" for times, who, words in _cues(note)
    )
    return "\n\n".join(["WEBVTT", *cues]).encode()


def _subtitles(note: Note) -> bytes:
    cues = enumerate(_cues(note), start=1)
    return "\n\n".join(
        f"{n}\n{times.replace('.', ',')}\n{f'{who} : {words}' if who else words}"
        for n, (times, who, words) in cues
    ).encode()


def _open_document(note: Note) -> bytes:
    body = []
    for block in note.blocks:
        if block.rows:
            rows = (
                "".join(
                    f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>"
                    for cell in row
                )
                for row in block.rows
            )
            inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
            body.append(f"<table:table>{inner}</table:table>")
        elif block.level:
            level = f'text:outline-level="{block.level}"'
            body.append(f"<text:h {level}>{escape(block.words)}</text:h>")
        else:
            body.append(f"<text:p>{escape(block.line)}</text:p>")
    names = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "text", "table"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} '
        f'office:version="1.3"><office:body><office:text>{"".join(body)}</office:text>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


def _rich_text(note: Note) -> bytes:
    def coded(words: str) -> str:
        kept = words.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        return "".join(
            one if one.isascii() else f"\\u{ord(one) - (65_536 if ord(one) > 32_767 else 0)}?"
            for one in kept
        )

    body = []
    for block in note.blocks:
        for row in block.rows:
            cells = "".join(f"\\cellx{3_000 * n}" for n, _cell in enumerate(row, start=1))
            body.append(f"\\trowd{cells}{''.join(coded(c) + chr(92) + 'cell ' for c in row)}\\row")
        if not block.rows:
            style = f"\\outlinelevel{block.level - 1}" if block.level else ""
            body.append(f"\\pard{style} {coded(block.line)}\\par")
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}"
    return (head + "\n".join(body) + "}").encode("ascii")


def _web_page(note: Note) -> bytes:
    body = []
    for block in note.blocks:
        if block.rows:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
            body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        else:
            tag = f"h{block.level}" if block.level else "p"
            body.append(f"<{tag}>{escape(block.line)}</{tag}>")
    head = '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Note</title></head>'
    return f"{head}<body>{''.join(body)}</body></html>".encode()


def _portable(note: Note) -> bytes:
    """Write a PDF: one column in Helvetica, Windows-1252, its pages deflated."""
    lines = [line for words in _lines(note, "   ") for line in (*wrap(words, _PAGE_WIDTH), "")]
    pages = [lines[at : at + _PAGE_LINES] for at in range(0, len(lines), _PAGE_LINES)]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        shown = b"".join(
            b"(%s)'\n" % line.encode("cp1252", "replace").translate(None, b"\\()") for line in page
        )
        stream = zlib.compress(b"BT /F1 10 Tf 14 TL 50 800 Td\n" + shown + b"ET")
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (5 + 2 * number),
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        ]
    return _numbered(objects)


def _numbered(objects: list[bytes]) -> bytes:
    """Return the objects of a PDF, with the table of where each starts."""
    written, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(written))
        written += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(written))
    )


#: What writes a note, by suffix.
WRITERS: Mapping[str, Callable[[Note], bytes]] = {
    ".docx": _word,
    ".htm": _web_page,
    ".html": _web_page,
    ".md": _markdown,
    ".odt": _open_document,
    ".pdf": _portable,
    ".rtf": _rich_text,
    ".srt": _subtitles,
    ".txt": _text,
    ".vtt": _web_subtitles,
}
