r"""Every construct of a rich text, as ``docs/canonical-text.md`` lays it out."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.formats.received.docx import from_docx
from cpit_research.formats.received.reading import Aside
from cpit_research.formats.received.rtf import from_rtf

pytestmark = pytest.mark.usefixtures("in_english")

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Calibri;}{\f1\fcharset2 Wingdings;}}"
WORDS = st.text(st.sampled_from("aé œ—’«\N{NO-BREAK SPACE}{}\\~🌾\t-"), max_size=10)
FORMATTED = (r"\b ", r"\b0 ", r"\fs24\cf1 ", "\n", r"{\*\bkmkstart x}", r"{\*\inconnu a{b}}",
             r"{}",              r"\loch\f0 ", "\r\n",
             r"{\*\themedata 00ff\bin4 }}}}}")  # fmt: skip


def rich(body: str, head: str = HEAD):
    return from_rtf((head + body + "}").encode("latin-1"))


def parts(reading, *kinds):
    return [reading.text[part.start : part.end] for part in reading.structure.of(*kinds)]


def as_word(character: str) -> str:
    """Write a character as Word does: a code, then what stands for it."""
    named = {"—": r"\emdash ", "’": r"\rquote ", "\N{NO-BREAK SPACE}": r"\~", "\t": r"\tab "}
    if character in named:
        return named[character]
    if character in "\\{}":
        return "\\" + character
    if character <= "~":
        return character
    codes = memoryview(character.encode("utf-16-le")).cast("H")
    return "".join(rf"\u{code - 65536 if code > 32767 else code} ?" for code in codes)


def as_bytes(character: str) -> str:
    """Write a character as an old program does: a byte of Windows-1252, if it has one."""
    if character <= "~":
        return as_word(character)
    try:
        return "".join(f"\\'{byte:02X}" for byte in character.encode("cp1252"))
    except UnicodeEncodeError:
        return as_word(character)


def as_libreoffice(character: str) -> str:
    if character <= "~":
        return as_word(character)
    codes = memoryview(character.encode("utf-16-le")).cast("H")
    return "".join(rf"\u{code}\'3f" for code in codes)


def as_textedit(character: str) -> str:
    if character <= "~":
        return as_word(character)
    codes = memoryview(character.encode("utf-16-le")).cast("H")
    return "".join(rf"\uc0\u{code} " for code in codes)


WRITERS = [as_word, as_bytes, as_libreoffice, as_textedit]


@pytest.mark.parametrize("writer", WRITERS)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_paragraphs_come_back_whoever_wrote_them(writer, paragraphs):
    body = "".join("".join(map(writer, words)) + "\\par\r\n" for words in paragraphs)
    reading = rich(body)
    assert reading.text == "\n".join(paragraphs)
    assert parts(reading, "paragraph") == [words for words in paragraphs if words.strip()]


@given(st.lists(st.tuples(st.sampled_from("aé œ"), st.sampled_from(FORMATTED)), max_size=12))
def test_looks_line_ends_and_groups_that_are_not_known_change_nothing(pieces):
    plain = "".join(letter for letter, _noise in pieces)
    written = "".join(f"{as_bytes(letter)}{noise}" for letter, noise in pieces)
    assert rich(written + r"{\i !}\par").text == plain + "!"


@given(
    st.binary(max_size=40),
    st.sampled_from([rb"\pict", rb"\*\inconnu", rb"\object\objdata", rb"\b"]),
)
def test_bytes_of_any_kind_are_passed_over_exactly(held, group):
    data = HEAD.encode() + b"a{" + group + b"\\bin%d " % len(held) + held + b"}b\\par}"
    assert from_rtf(data).text == "ab"


def test_a_document_cut_anywhere_is_refused():
    data = (HEAD + r"Un {\b deux}{\pict\bin3 }}}}\'e9{\footnote trois}\u233 ?\par}").encode()
    assert from_rtf(data).text
    for length in range(5, len(data)):
        with pytest.raises(FormatError, match="truncated"):
            from_rtf(data[:length])


@given(st.lists(WORDS.filter(lambda words: "\\" not in words), max_size=6))
def test_a_rich_text_and_a_word_document_of_the_same_words_read_alike(build_docx, paragraphs):
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>' for words in paragraphs
    ).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    word = from_docx(build_docx(body or "<w:p/>"))
    other = rich("".join("".join(map(as_word, words)) + r"\par " for words in paragraphs))
    assert (other.text, other.structure) == (word.text, word.structure)


# Characters


def test_special_characters_are_themselves():
    reading = rich(
        r"\lquote a\rquote\ldblquote b\rdblquote\endash\emdash\bullet\~\-\_\{\}\\\tab\line"
        r"\emspace\enspace x\par"
    )
    assert reading.text == (
        "‘a’“b”–—•\N{NO-BREAK SPACE}\N{SOFT HYPHEN}\N{NON-BREAKING HYPHEN}{}\\\t\n\u2003\u2002x"
    )


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (r"{\rtf1\ansi\ansicpg1250", r"\'b3\'f3d\'9f", "łódź"),
        (r"{\rtf1\ansi\ansicpg1251", r"\'e4\'e0", "да"),
        (r"{\rtf1\ansi\ansicpg65001", r"\'c3\'a9t\'c3\'a9", "été"),
        (r"{\rtf1\mac", r"\'8et\'8e\'d5", "été’"),
        (r"{\rtf1\pc", r"\'82t\'82", "été"),
        (r"{\rtf1\pca", r"\'82t\'82\'d5", "étéı"),
        (r"{\rtf1\ansi\ansicpg4711", r"\'e9", "é"),
        (
            r"{\rtf1\ansi{\fonttbl\f0\fnil\fcharset238 A;\f1\fcharset204 B;}",
            r"\f0\'b3\f1\'e4",
            "łд",
        ),
        (
            r"{\rtf1\ansi{\fonttbl{\f0{\*\panose 02}\fcharset77{\*\falt x}A;}}",
            r"{\f0\'8e}\'e9",
            "éé",
        ),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset0\cpg850 A;}}", r"\f0\'82\plain\'e9", "éé"),
        (r"{\rtf1\ansi\deff0{\fonttbl{\f0\fcharset128 A;}}", r"\'93\'8c\'8b\'9e", "東京"),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset222 A;}{\f1\fcharset254 B;}}", r"\f0\'a1\f1\'82", "กé"),
    ],
)
def test_bytes_are_read_in_the_encoding_of_their_font_or_of_the_document(head, body, text):
    assert rich(body + r"\par", head).text == text


def test_a_character_hides_what_stands_for_it_and_no_more():
    body = r"\uc2\u233 ab\u233 \'61\'62c{\uc0\u233}d\u233 a}\uc1\u233\u232?\u8217\rquote\par"
    assert rich("{" + body).text == "ééc\N{LATIN SMALL LETTER E WITH ACUTE}dééè’"


def test_halves_of_a_pair_are_joined_and_lone_ones_never_pass():
    assert rich(r"\u-10180 ?\u-8446 ?\par").text == "🌂"
    assert rich(r"\uc0\u55356 \u57102 \u57102 x\par").text == "🌎�x"


def test_symbols_are_converted_and_counted_and_unknown_ones_are_told():
    field = r'{\field{\*\fldinst SYMBOL 224 \\f "Wingdings" \\s 11}{\fldrslt\f1}}'
    reading = rich(rf"{{\f1 \'fc \'9d}}\f1\u-3844 ?{field}\par")
    assert reading.text == "✓ �✓→"
    assert reading.notices == (
        "3 symbols of special fonts converted.",
        "1 symbol of a special font is not known: � stands in its place.",
    )


def test_utf8_that_no_program_should_write_is_read_as_such():
    data = (HEAD + r"l’été, \'e0 midi\par}").encode()
    assert from_rtf(data).text == "l’été, à midi"
    assert from_rtf(data.decode().encode("cp1252")).text == "l’été, à midi"


# Paragraphs


STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\sbasedon0 heading 1;}{\s2 Titre 2;}{\s3\outlinelevel2 Mien;}"
    r"{\s4\sbasedon3 H\'e9ritier;}{\s5 \u220?berschrift 1;}{\*\cs6 heading 9;}{\s7\ls1 Liste;}}"
)


def test_headings_are_known_by_style_name_or_outline_level():
    reading = rich(
        r"\s1 a\par\pard\s2 b\par\pard\s3 c\par\pard\s4 d\par\pard\s5 e\par\pard\s6 f\par"
        r"\pard\outlinelevel3 g\par\pard\s1\outlinelevel9 h\par\pard i\par",
        HEAD + STYLES,
    )
    assert [(part.kind, part.level) for part in reading.structure] == [
        ("heading", 1), ("heading", 2), ("heading", 3), ("heading", 3), ("heading", 1),
        ("paragraph", 0), ("heading", 4), ("paragraph", 0), ("paragraph", 0),
    ]  # fmt: skip


def test_breaks_are_lines_and_ends_of_sections_are_ends_of_paragraphs():
    reading = rich("un\\line deux\\page trois\\par\\sect quatre\\\ncinq\\\r\n\\par six")
    assert reading.text == "un\ndeux\ntrois\n\nquatre\ncinq\n\nsix"
    assert parts(reading, "paragraph") == ["un\ndeux\ntrois", "quatre", "cinq", "six"]


def test_numbers_of_items_stand_before_them_and_bullets_are_not_written():
    reading = rich(
        r"{\listtext\pard\plain 1.\tab}\pard\ls1 Un\par"
        r"{\listtext\f1\'b7\tab}\pard\ls2\ilvl1 Deux\par"
        r"{\listtext\pard o\tab}\pard\ls2\ilvl2 Trois\par\pard{\pntext a)\tab}Quatre\par"
        r"{\listtext 1.1\tab}\pard\s1 Titre\par",
        HEAD + STYLES,
    )
    assert reading.text == "1. Un\nDeux\nTrois\na) Quatre\n1.1 Titre"
    assert [(part.kind, part.level) for part in reading.structure] == [
        ("list_item", 1), ("list_item", 2), ("list_item", 3), ("list_item", 1), ("heading", 1),
    ]  # fmt: skip
    assert parts(reading, "list_item", "heading") == ["Un", "Deux", "Trois", "Quatre", "Titre"]
    assert reading.notices == ()


def test_the_last_paragraph_needs_no_end_to_be_what_it_is():
    for body, kind in (
        (r"a\par\pard\s1 b", "heading"),
        (r"a\par{\listtext 1.}\ls1 b", "list_item"),
    ):
        last = rich(body, HEAD + STYLES).structure.parts[-1]
        assert (last.kind, last.level) == (kind, 1)


LISTS = (
    r"{\*\listtable{\list{\listlevel\levelnfc0\levelstartat3{\leveltext\'02\'00.;}{\levelnumbers\'01;}}"
    r"{\listlevel\levelnfc2\levelstartat1{\leveltext\'04\'00-\'01);}{\levelnumbers;}}\listid5}"
    r"{\list{\listlevel\levelnfc23{\leveltext\'01\u8226 ?;}{\levelnumbers;}}\listid6}}"
    r"{\*\listoverridetable{\listoverride\listid5\ls1}{\listoverride\listid6\ls2}}"
)


def test_numbers_that_are_not_written_are_computed_or_counted():
    reading = rich(
        r"\pard\ls1 a\par b\par\pard\ls1\ilvl1 c\par d\par\pard\ls1 e\par\pard\ls1\ilvl1 f\par"
        r"\pard\ls2 g\par\pard\ls9 h\par",
        HEAD + LISTS,
    )
    assert reading.text == "3. a\n4. b\n4-i) c\n4-ii) d\n5. e\n5-i) f\ng\nh"
    (notice,) = reading.notices
    assert notice.startswith("1 paragraph has a number that is not in the text")


def test_hidden_text_is_kept_and_counted_once_a_stretch():
    reading = rich(r"a {\v b}{\v c} d \v e\v0 f\par")
    assert reading.text == "a bc d ef"
    assert reading.notices == ("2 stretches of hidden text kept: check that they may be read.",)


# Tables


def test_a_row_is_a_line_and_columns_count_spans():
    reading = rich(
        r"\trowd\cellx10\cellx20\cellx30\pard\intbl a\cell b\cell c\cell\row"
        r"\trowd\cellx20\cellx30\pard\intbl d\par e\cell\cell\row\pard fin\par"
        r"\trowd\cellx9\pard\intbl {\listtext 1.\tab}\ls1 f\cell\row"
    )
    assert reading.text == "a\tb\tc\nd\ne\t\nfin\n1. f"
    assert [part.place for part in reading.structure.of("cell")] == [
        "table 1, row 1, column 1", "table 1, row 1, column 2", "table 1, row 1, column 3",
        "table 1, row 2, column 1", "table 1, row 2, column 3", "table 2, row 1, column 1",
    ]  # fmt: skip


def test_a_table_in_a_cell_is_flattened_and_leaves_the_columns_alone():
    nested = (
        r"\pard\intbl\itap2 1\nestcell{\nonesttables\par}2\nestcell{\nonesttables\par}"
        r"{\*\nesttableprops\trowd\cellx3\cellx6\nestrow}{\nonesttables\par}"
    )
    reading = rich(
        rf"\trowd\cellx10\cellx20\pard\intbl a\par{nested}{nested}\pard\intbl b\cell c\cell\row"
    )
    assert reading.text == "a\n1\t2\n1\t2\nb\tc"
    assert [part.place for part in reading.structure.of("cell")] == [
        "table 1, row 1, column 1", "table 1, row 1, column 2",
    ]  # fmt: skip


# What is set aside


def test_tracked_changes_are_accepted_with_their_author():
    reading = rich(
        r"Le {\deleted\revauthdel1 vi}{\deleted\revauthdel1\b eux }{\revised nou}{\revised veau}"
        r" march\'e9{\deleted\revauthdel2\par}suite\par{\deleted Tout\par}\pard fin\par",
        HEAD + r"{\*\revtbl{Unknown;}{Luc;}{\'c9va;}}",
    )
    assert reading.text == "Le nouveau marchésuite\nfin"
    assert reading.asides == (
        Aside("deletion", "vieux ", "Luc", 3), Aside("deletion", "\n", "Éva", 17),
        Aside("deletion", "Tout\n", "", 23),
    )  # fmt: skip
    assert "insertions kept: 1, deletions set aside: 3" in reading.notices[0]


def test_notes_follow_the_text_and_their_calls_are_set_aside():
    reading = rich(
        r"Un\chftn{\footnote\pard\plain\chftn  Bas \b de page\par suite}, deux{\super\chftn"
        r"{\*\footnote\ftnalt\chftn Fin}}.\par\trowd\cellx9\pard\intbl c{\footnote d}\cell\row"
    )
    assert reading.text == "Un, deux.\nc\n\nBas de page\nsuite\nd\nFin"
    assert [part.place for part in reading.structure.of("footnote")] == [
        "footnote 1", "footnote 2", "endnote 1",
    ]  # fmt: skip
    assert reading.asides == (
        Aside("footnote_mark", "1", "", 2), Aside("footnote_mark", "2", "", 11),
        Aside("endnote_mark", "1", "", 8),
    )  # fmt: skip
    assert reading.notices == ("3 notes written after the text.",)


def test_comments_are_set_aside_where_they_start_with_their_author():
    reading = rich(
        r"a {\*\atrfstart 4}bc{\*\atrfend 4}{\*\atnid AB}{\*\atnauthor Ana \'c9.}\chatn"
        r"{\*\annotation{\*\atndate 1}{\*\atnref 4}\pard\plain {\chatn} Un\par Deux}d"
        r"{\*\atnid X}{\*\annotation Trois}\par"
    )
    assert reading.text == "a bcd"
    assert reading.asides == (
        Aside("comment", "Un\nDeux", "Ana É.", 2), Aside("comment", "Trois", "", 5),
    )  # fmt: skip


def test_page_headers_and_footers_are_set_aside_once_each_without_page_numbers():
    reading = rich(
        r"{\header\pard En-t\'eate\par}{\headerf En-t\'eate}{\footerl\pard\chpgn 3\par}"
        r"{\footer Pied}a\par"
    )
    assert reading.text == "a"
    assert reading.asides == (Aside("header", "En-tête"), Aside("footer", "Pied"))


def test_text_boxes_follow_the_paragraph_that_holds_them_once():
    box = (
        r"{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv D\'e9cor}}{\shptxt\pard b1\par b2}}"
        r"{\shprslt{\*\do{\dptxbxtext\pard b1\par}}}}"
    )
    reading = rich(rf"a{box}c\par d\par\trowd\cellx9\pard\intbl e{box}f\cell\row")
    assert reading.text == "ac\nb1\nb2\nd\nef\nb1\nb2"
    assert [part.place for part in reading.structure] == [
        "paragraph 1", "text box 1", "text box 1", "paragraph 2", "table 1, row 1, column 1",
    ]  # fmt: skip
    assert reading.asides[0] == Aside("picture", "Décor", "", 1)
    assert reading.notices == ("2 text boxes written after their paragraph.",)


def test_pictures_and_objects_are_counted_never_read_and_fields_keep_their_result():
    reading = rich(
        r"a{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv Une halle}}}\pngblip 8950}}"
        r"{\nonshppict{\pict 00}}{\object\objemb{\*\objdata 0105}{\result b}}"
        r"{\field{\*\fldinst {HYPERLINK x}}{\fldrslt {\ul c}}}{\xe d}{\*\generator e;}\par"
    )
    assert reading.text == "abc"
    assert reading.asides == (Aside("picture", "Une halle", "", 1),)
    assert reading.notices == ("1 picture left out.", "1 embedded object left out.")


def test_turns_and_fields_are_found_in_a_rich_text_as_elsewhere():
    reading = rich(r"Visite : V03\par\par{\b Chercheuse :} Oui ?\par {\b Maire :} Non.\par")
    assert reading.header == {"visite": "V03"}
    assert [turn.speaker for turn in reading.structure.turns] == ["Chercheuse", "Maire"]


# Limits


def test_what_is_no_rich_text_nests_too_deep_or_goes_on_after_its_end_is_told():
    with pytest.raises(FormatError, match="not a rich text"):
        from_rtf(b"bonjour")
    with pytest.raises(FormatError, match="nests more than 1000 groups"):
        rich("{" * 1_001 + "}" * 1_001)
    assert rich("{" * 900 + "x" + "}" * 900).text == "x"
    assert from_rtf(b"{\\rtf1 a}\r\n\0\0 }").notices == ()
    assert "after the end" in from_rtf(b"{\\rtf1 a}b").notices[0]


@pytest.mark.parametrize(
    "piece", [r"\'e9", r"{\b a}", r"\u233?", r"{\v a}b", r"{\deleted a}", r"{\footnote a}",
              r"\par ", r"\intbl a\cell ", r"{\listtext 1.}a\par ", "\\", r"\bin0 ", r"{\*\x{}}",
              r"{\pict 0}"],
)  # fmt: skip
def test_time_grows_no_faster_than_the_document(piece):
    spent = []
    for size in (4_000, 40_000):
        started = process_time()
        rich(piece * size + "{}")
        spent.append(process_time() - started)
    # Ten times the document; a hundred times the time would be its square.
    assert spent[1] < 50 * spent[0] + 0.5
