"""Files made to harm, or harmed on their way: each is refused with its own sentence."""

import struct
import zlib
from io import BytesIO
from itertools import pairwise
from time import process_time
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.formats import archive as archives
from cpit_research.formats.archive import Archive
from cpit_research.formats.received.docx import from_docx
from cpit_research.formats.received.sources import read_source
from cpit_research.formats.xml import parse
from cpit_research.model.structure import BLOCKS

BLANKS = " " * 50_000

pytestmark = pytest.mark.usefixtures("in_english")


def test_an_entry_is_counted_while_it_inflates_whatever_its_header_says(build_archive, monkeypatch):
    data = build_archive({"word/document.xml": b"0" * 5_000_000})
    lying = data.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10))
    monkeypatch.setattr(archives, "ENTRY_BYTES", 1_000_000)
    for bomb in (data, lying):
        with pytest.raises(FormatError, match="inflates beyond"):
            Archive(bomb).read("word/document.xml")


def test_an_entry_that_lies_on_its_size_is_damaged(build_archive):
    data = build_archive({"a": b"0" * 5_000})
    lying = data.replace(struct.pack("<I", 5_000), struct.pack("<I", 10))
    with pytest.raises(FormatError, match="truncated or damaged"):
        Archive(lying).read("a")


def test_all_the_entries_together_are_counted(build_archive, monkeypatch):
    monkeypatch.setattr(archives, "ARCHIVE_BYTES", 1_500)
    opened = Archive(build_archive({"a": b"0" * 1_000, "b": b"1" * 1_000}))
    assert opened.read("a") == b"0" * 1_000
    with pytest.raises(FormatError, match="inflates beyond"):
        opened.read("b")


def test_ten_thousand_entries_are_refused(build_archive):
    with pytest.raises(FormatError, match="more than 5000 entries"):
        Archive(build_archive({f"{n}.xml": "" for n in range(10_000)}))


def test_two_entries_of_one_name_are_refused():
    buffer = BytesIO()
    with ZipFile(buffer, "w") as opened:
        opened.writestr("word/document.xml", "one")
        opened.writestr("word/Document.xml", "two")
    with pytest.raises(FormatError, match="two entries named"):
        Archive(buffer.getvalue())


def test_an_encrypted_entry_is_refused(build_archive):
    data = bytearray(build_archive({"a": "x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FormatError, match="protected by a password"):
        Archive(bytes(data))


def test_an_unknown_compression_is_refused():
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_BZIP2) as opened:
        opened.writestr("a", "x" * 100)
    with pytest.raises(FormatError, match="compressed in a way"):
        Archive(buffer.getvalue()).read("a")


def test_a_path_of_the_archive_never_reaches_the_disk(
    build_archive, build_relations, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.xml").write_text("<secret/>")
    data = build_archive(
        {
            "_rels/.rels": build_relations({"../../secret.xml": "officeDocument"}),
            "../../etc/passwd": "x",
            "/tmp/x": "x",
        }
    )
    with pytest.raises(FormatError, match="lacks its part"):
        from_docx(data)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.xml"]


def test_a_truncated_document_is_refused(build_docx):
    data = build_docx("<w:p><w:r><w:t>bonjour</w:t></w:r></w:p>")
    for length in range(1, len(data), 7):
        with pytest.raises(FormatError):
            from_docx(data[:length])


@given(st.data())
def test_a_flipped_byte_is_read_as_before_or_refused(build_docx, data):
    document = bytearray(build_docx("<w:p><w:r><w:t>bonjour à tous</w:t></w:r></w:p>"))
    document[data.draw(st.integers(0, len(document) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        reading = from_docx(bytes(document))
    except FormatError:
        return
    assert reading.text == "bonjour à tous"


def test_an_old_document_and_one_under_a_password_have_their_own_sentence():
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    with pytest.raises(FormatError, match="old Word"):
        from_docx(head + "WordDocument".encode("utf-16-le"))
    with pytest.raises(FormatError, match="password"):
        from_docx(head + "EncryptedPackage".encode("utf-16-le"))


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS.encode(),
        b"\xef\xbb\xbf" + LAUGHS.encode(),
        b"\xff\xfe" + LAUGHS.encode("utf-16-le"),
        b"\xfe\xff" + LAUGHS.encode("utf-16-be"),
        LAUGHS.encode("utf-16-le"),
        LAUGHS.encode("utf-16-be"),
        b"\xff\xfe" + ('<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS).encode("utf-16-le"),
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
    ],
)
def test_a_document_type_is_refused_before_parsing_in_every_encoding(data):
    with pytest.raises(FormatError, match="document type"):
        parse(data, "part")


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>',
        LAUGHS.encode("utf-32-le"),
        ('<?xml version="1.0" encoding="cp037"?>' + LAUGHS).encode("cp037"),
        b'<?xml version="1.0" encoding="cp037"?><x/>',
        b"\xff\xfe<",
        b"",
        b"bonjour",
    ],
)
def test_xml_in_an_encoding_that_hides_its_markup_is_refused(data):
    with pytest.raises(FormatError, match="encoding that is read"):
        parse(data, "part")


def test_utf16_without_a_document_type_is_read():
    data = '<?xml version="1.0" encoding="UTF-16"?><x>é</x>'.encode("utf-16")
    assert parse(data, "part").text == "é"


def test_xml_that_nests_too_deep_or_is_broken_is_refused():
    with pytest.raises(FormatError, match="nests more than 256"):
        parse(b"<x>" * 5_000 + b"</x>" * 5_000, "part")
    with pytest.raises(FormatError, match="not well-formed"):
        parse(b"<x><y></x>", "part")


def test_a_stored_entry_is_read_and_its_checksum_verified():
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as opened:
        opened.writestr("a", "bonjour")
    data = buffer.getvalue()
    assert Archive(data).read("a") == b"bonjour"
    assert zlib.crc32(b"bonsoir") != zlib.crc32(b"bonjour")
    with pytest.raises(FormatError, match="truncated or damaged"):
        Archive(data.replace(b"bonjour", b"bonsoir")).read("a")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", f"a]{BLANKS}x\n[a{BLANKS}(\nx{BLANKS}: y"),
        ("a.md", f"# a{BLANKS}b\n\na|b\n{BLANKS}- x\n\n{'- ' * 50_000}x"),
        ("a.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{'<v x' * 50_000}<{'a' * 50_000}"),
        ("a.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{'.' * 50_000}{')' * 50_000}x"),
    ],
)
def test_a_hostile_line_costs_no_more_than_its_length(name, text):
    started = process_time()
    read_source(text.encode(), name)
    assert process_time() - started < 5  # hundredths of a second, unless a pattern backtracks


@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>" * 50_000,
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="begin"/>'
        + '<w:fldChar w:fldCharType="separate"/><w:t>a</w:t>' * 50_000
        + "</w:r></w:p>",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/>'
        + '<w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>a</w:t>'
        * 30_000
        + "</w:r></w:p>",
    ],
)
def test_a_hostile_word_document_costs_no_more_than_its_length(build_docx, body):
    data = build_docx(body)
    started = process_time()
    read_source(data, "a.docx")
    assert process_time() - started < 5


def test_a_repeated_row_of_many_empty_elements_costs_no_more_than_its_length(build_odt):
    cell = "<table:table-cell>" + "<text:p/>" * 100_000 + "</table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="1000">{cell}</table:table-row>'
    data = build_odt(f"<table:table>{row}</table:table>")
    started = process_time()
    read_source(data, "a.odt")
    assert process_time() - started < 5


WORD_TAGS = st.sampled_from(
    [
        *("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "moveFrom", "br"),
        *("txbxContent", "hyperlink", "footnoteReference", "commentRangeStart", "smartTag"),
    ]
)
OPEN_TAGS = st.sampled_from(
    [
        *("text:p", "text:h", "text:span", "text:list", "text:list-item", "text:list-header"),
        *("text:section", "text:note", "text:note-body", "text:s", "text:tab", "text:change"),
        *("table:table", "table:table-row", "table:table-cell", "table:covered-table-cell"),
        *("draw:frame", "draw:text-box", "draw:rect", "draw:g", "office:annotation", "text:ruby"),
        *("text:numbered-paragraph", "table:table-header-rows"),
    ]
)


def trees(tags):
    """Draw elements nested in any way, whatever a schema would say."""
    words = st.sampled_from(["", "a", " b ", "é\n"])
    return st.recursive(
        words,
        lambda inner: st.builds(
            lambda tag, children: f"<{tag}>{''.join(children)}</{tag}>",
            tags,
            st.lists(inner, max_size=4),
        ),
        max_leaves=40,
    )


@given(body=trees(WORD_TAGS.map("w:{}".format)))
def test_word_elements_nested_in_any_way_are_read(build_docx, body):
    reading = read_source(build_docx(body), "a.docx")
    assert all(part.end <= len(reading.text) for part in reading.structure)


@given(body=trees(OPEN_TAGS))
def test_opendocument_elements_nested_in_any_way_are_read(build_odt, body):
    reading = read_source(build_odt(body), "a.odt")
    blocks = [part for part in reading.structure if part.kind in BLOCKS]
    assert all(one.end <= other.start for one, other in pairwise(blocks))
    assert all(part.end <= len(reading.text) for part in blocks)


@pytest.mark.parametrize(
    ("suffix", "block", "depth"),
    [
        (".docx", "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", 83),
        (".docx", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", 125),
        (
            ".odt",
            (
                "<table:table><table:table-row><table:table-cell>{}"
                "</table:table-cell></table:table-row></table:table>"
            ),
            83,
        ),
        (".odt", "<text:list><text:list-item>{}</text:list-item></text:list>", 125),
        (".odt", "<text:section>{}</text:section>", 250),
        (
            ".odt",
            "<text:p><draw:frame><draw:text-box>{}</draw:text-box></draw:frame></text:p>",
            83,
        ),
    ],
)
def test_blocks_nested_as_deep_as_xml_allows_are_read(build_docx, build_odt, suffix, block, depth):
    build, body = (build_docx, "<w:p/>") if suffix == ".docx" else (build_odt, "<text:p/>")
    for _level in range(depth):
        body = block.format(body)
    assert not read_source(build(body), "a" + suffix).text.strip()
    with pytest.raises(FormatError, match="nests more than"):
        read_source(build(block.format(block.format(block.format(body)))), "a" + suffix)
