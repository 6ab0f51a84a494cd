"""Files that are not what their name says, and files that no reader takes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from odd_files.odd import OddFile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(200)


def packed(entries: dict[str, str | bytes], method: int = ZIP_DEFLATED) -> bytes:
    """Return an archive, the same bytes for the same entries."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            entry = ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = method
            archive.writestr(entry, content)
    return buffer.getvalue()


def office(main: str, content: str) -> bytes:
    """Return an Office document whose main part is `main`."""
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>',
            main: content,
        }
    )


def word(words: str = "Bonjour à tous, depuis un document fictif.") -> bytes:
    """Return a Word document of one paragraph."""
    body = f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body>"
    return office("word/document.xml", f'<w:document xmlns:w="{_W}">{body}</w:document>')


def compound(stream: str) -> bytes:
    """Return the head of a compound file of Microsoft, with the name of one stream."""
    header = _OLE + bytes(16) + bytes.fromhex("3e000300feff0900") + bytes(480)
    return header + stream.encode("utf-16-le").ljust(128, b"\0") + bytes(1_408)


def _sheet() -> bytes:
    content = "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"
    return office("xl/workbook.xml", content)


def _slides() -> bytes:
    content = (
        "<p:presentation xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'/>"
    )
    return office("ppt/presentation.xml", content)


def _open_document() -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": "<x/>"}, ZIP_STORED)


def _scratched() -> bytes:
    data = bytearray(word())
    data[data.index(b"word/document.xml") + 40] ^= 0xFF
    return bytes(data)


FILES: tuple[OddFile, ...] = (
    OddFile("ancien.doc", "a Word 97 document", lambda: compound("WordDocument"),
            refused="old Word .* are not read"),
    OddFile("ancien-renomme.docx", "a Word 97 document, renamed", lambda: compound("WordDocument"),
            refused="document of an old Word"),
    OddFile("mot-de-passe.docx", "under a password", lambda: compound("EncryptedPackage"),
            refused="protected by a password. Remove"),
    OddFile("pdf.docx", "a PDF", lambda: PDF, refused="Word document, but the file is a PDF"),
    OddFile("page.docx", "a web page that a site calls .docx",
            lambda: b"<!DOCTYPE html><html><body>Bonjour</body></html>",
            refused="Word document, but the file is a web page"),
    OddFile("riche.docx", "a rich text", lambda: rb"{\rtf1\ansi Bonjour}",
            refused="Word document, but the file is a rich text"),
    OddFile("texte.docx", "a plain text", "Bonjour à tous".encode,
            refused="Word document, but the file is a plain text"),
    OddFile("archive.docx", "a mere archive", lambda: packed({"photo.txt": "Bonjour"}),
            refused="an archive, but not a Word document"),
    OddFile("classeur.docx", "an Excel workbook", _sheet, refused="an Excel workbook"),
    OddFile("diaporama.docx", "a PowerPoint presentation", _slides,
            refused="a PowerPoint presentation"),
    OddFile("libre.docx", "an OpenDocument text", _open_document, refused="an OpenDocument file"),
    OddFile("image.docx", "a picture", lambda: JPEG,
            refused="Word document, but the file is a picture"),
    OddFile("mot.txt", "a Word document", word, refused="a text, but the file is an archive"),
    OddFile("photo.txt", "a photograph", lambda: JPEG, refused="a text, but the file is a picture"),
    OddFile("pdf.md", "a PDF", lambda: PDF, refused="a text, but the file is a PDF"),
    OddFile("ancien.txt", "a Word 97 document", lambda: compound("WordDocument"),
            refused="a text, but the file is an old Office document"),
    OddFile("vide.docx", "no byte at all: synchronisation was cut", lambda: b"",
            refused="The file is empty"),
    OddFile("blanc.txt", "spaces and empty lines only", lambda: b" \r\n\t\n" * 50,
            refused="The file is empty"),
    OddFile("sans-suffixe", "no suffix", lambda: b"Bonjour", refused="has no suffix"),
    OddFile("classeur.xlsx", "a workbook", _sheet, refused=r"Files in \.xlsx are not read\."),
    OddFile("inconnu.zzz", "an unknown suffix", lambda: b"Bonjour",
            refused=r"Files in \.zzz are not read\. Documents that are read"),
    OddFile("pomme.pages", "a document of Pages", lambda: packed({"Index/Document.iwa": b"\0iwa"}),
            refused=r"Files in \.pages are not read"),
    OddFile("macros.docm", "a Word document with macros", word,
            refused=r"Files in \.docm are not read"),
    OddFile("MAJUSCULES.DOCX", "a suffix in capitals", word, keeps=("Bonjour à tous",)),
    OddFile("coupe.docx", "cut in the middle by a download", lambda: word()[:-200],
            refused="truncated or damaged"),
    OddFile("abime.docx", "a byte changed among its words", _scratched,
            refused="truncated or damaged"),
)  # fmt: skip
