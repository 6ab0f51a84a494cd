"""The numbers before the items of lists, whatever program wrote the document."""

from string import ascii_lowercase

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.formats.received import numbering
from cpit_research.formats.received.numbering import Counters, Level

LETTERS = st.integers(1, 780)
RANKS = st.lists(st.integers(0, 4), min_size=1, max_size=30)
LEGAL = {rank: Level((*sum(((r, ".") for r in range(rank)), ()), rank)) for rank in range(5)}


@given(st.integers(1, 3_999))
def test_a_roman_numeral_reads_back_as_its_number(number):
    worth = dict(zip("ivxlcdm", (1, 5, 10, 50, 100, 500, 1000), strict=True))
    digits = [worth[letter] for letter in numbering.lower_roman(number)]
    following = [*digits[1:], 0]
    assert number == sum(
        -digit if digit < after else digit for digit, after in zip(digits, following, strict=True)
    )
    assert numbering.upper_roman(number).lower() == numbering.lower_roman(number)


@given(LETTERS)
def test_letters_read_back_as_their_number(number):
    counted = 0
    for letter in numbering.letters(number):
        counted = counted * 26 + ascii_lowercase.index(letter) + 1
    assert counted == number
    repeated = numbering.repeated_letters(number)
    assert len(set(repeated)) == 1
    assert ascii_lowercase.index(repeated[0]) + 1 + 26 * (len(repeated) - 1) == number


@given(st.one_of(st.integers(-5, 0), st.integers(100_000, 10**9)))
def test_a_number_that_a_form_cannot_write_stays_decimal(number):
    for form in (numbering.repeated_letters, numbering.lower_roman, numbering.circled):
        assert form(number) == str(number)


@given(RANKS)
def test_an_item_takes_the_path_of_the_one_before_cut_or_filled_to_its_level(ranks):
    counters, path = Counters(), []
    for rank in ranks:
        filled = (path + [1] * rank)[:rank]
        path = [*filled, path[rank] + 1 if len(path) > rank else 1]
        assert counters.item(rank, LEGAL) == ".".join(map(str, path))


@given(RANKS, st.integers(0, 4), st.integers(0, 500))
def test_a_start_moves_the_numbers_that_follow_by_as_much(ranks, rank, start):
    level = {rank: Level((rank,), restarted_by=-1)}
    counters, moved = Counters(), Counters()
    for at, _item in enumerate(ranks):
        written = int(counters.item(rank, level))
        assert int(moved.item(rank, level, None if at else start)) == written - 1 + start


def word_list(levels: str, instances: str = "", abstract: str = "") -> str:
    instances = instances or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{abstract}{levels}</w:abstractNum>{instances}'


def level(rank: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def item(words: str, rank: int = 0, instance: int = 1) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{rank}"/><w:numId w:val="{instance}"/></w:numPr>'
        f"</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
    )


@pytest.fixture
def read(build_docx, in_english):
    from cpit_research.formats.received.docx import from_docx

    return lambda body, numbering, **parts: from_docx(
        build_docx(body, numbering=numbering, **parts)
    )


def test_numbers_stand_before_items_outside_their_parts_and_are_counted(read):
    reading = read(item("Un") + item("Deux") + item(""), word_list(level(0, "%1)")))
    assert reading.text == "1) Un\n2) Deux\n3)"
    assert [reading.text[part.start : part.end] for part in reading.structure] == ["Un", "Deux"]
    assert reading.notices == ("3 list numbers written before their paragraphs.",)


def test_bullets_are_not_written(read):
    reading = read(item("Un") + item("a", 1), word_list(level(0, "•", "bullet") + level(1, "%2.")))
    assert reading.text == "Un\n1. a"
    assert [(part.kind, part.level) for part in reading.structure] == [
        ("list_item", 1),
        ("list_item", 2),
    ]


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("decimal", "1 2 3"),
        ("decimalZero", "01 02 03"),
        ("lowerLetter", "a b c"),
        ("upperLetter", "A B C"),
        ("lowerRoman", "i ii iii"),
        ("upperRoman", "I II III"),
        ("ordinal", "1er 2e 3e"),
        ("decimalEnclosedCircle", "① ② ③"),
        ("cardinalText", "1 2 3"),
    ],
)
def test_every_form_is_written(read, form, labels):
    reading = read(item("x") * 3, word_list(level(0, "%1", form)))
    assert reading.text == "\n".join(f"{label} x" for label in labels.split())


def test_a_custom_form_pads_its_numbers(read):
    form = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    levels = level(0, "%1").replace('<w:numFmt w:val="decimal"/>', form)
    assert read(item("x"), word_list(levels)).text == "001 x"


def test_levels_restart_after_a_shallower_item(read):
    levels = level(0, "%1.") + level(1, "%1.%2") + level(2, "%3°", "lowerLetter")
    body = "".join(item("x", rank) for rank in (0, 1, 1, 2, 2, 1, 2, 0, 1))
    reading = read(body, word_list(levels))
    assert reading.text.replace(" x", "").split("\n") == [
        *("1.", "1.1", "1.2", "a°", "b°", "1.3", "a°", "2.", "2.1"),
    ]


@pytest.mark.parametrize(("restart", "last"), [("0", "3"), ("1", "1"), ("2", "1")])
def test_a_level_may_never_restart_or_only_after_a_given_level(read, restart, last):
    levels = (
        level(0, "%1") + level(1, "%2") + level(2, "%3", more=f'<w:lvlRestart w:val="{restart}"/>')
    )
    body = "".join(item("x", rank) for rank in (0, 1, 2, 2, 0, 2))
    assert read(body, word_list(levels)).text.split("\n")[-1] == f"{last} x"
    after_second = "".join(item("x", rank) for rank in (0, 1, 2, 2, 1, 2))
    expected = "1" if restart == "2" else "3"
    assert read(after_second, word_list(levels)).text.split("\n")[-1] == f"{expected} x"


def test_an_item_deeper_than_its_elders_implies_theirs(read):
    levels = word_list(level(0, "%1.") + level(1, "%1.%2") + level(2, "%1.%2.%3"))
    body = "".join(item("x", rank) for rank in (1, 1, 0, 2, 1))
    assert read(body, levels).text.replace(" x", "") == "1.1\n1.2\n2.\n2.1.1\n2.2"


def test_legal_numbers_are_in_figures_for_the_levels_above_and_keep_their_noughts(read):
    levels = (
        level(0, "Titre %1", "upperRoman")
        + level(1, "%1.%2", "decimalZero", more="<w:isLgl/>")
        + level(2, "%1.%2.%3", "lowerLetter", more="<w:isLgl/>")
    )
    reading = read(item("x") + item("y", 1) + item("z", 2), word_list(levels))
    assert reading.text == "Titre I x\n1.01 y\n1.01.a z"


def test_a_level_without_number_leaves_its_place_empty_and_its_words_stay(read):
    levels = level(0, "Annexe", "none") + level(1, "%1%2.") + level(2, "•", "bullet")
    body = item("a") + item("b", 1) + item("c", 2)
    assert read(body, word_list(levels + level(3, "%2.%3%4"))).text == "Annexe a\n1. b\nc"


OVERRIDE = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'
)


def test_lists_of_one_abstract_list_continue_one_another(read):
    numbering = word_list(level(0, "%1."), OVERRIDE.format(""))
    assert read(item("a") + item("b", 0, 2) + item("c"), numbering).text == "1. a\n2. b\n3. c"


def test_a_start_is_overridden_once(read):
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = word_list(level(0, "%1."), OVERRIDE.format(start))
    body = item("a") + item("b", 0, 2) + item("c", 0, 2) + item("d")
    assert read(body, numbering).text == "1. a\n5. b\n6. c\n7. d"


def test_a_level_is_overridden(read):
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "§%1", "upperLetter")}</w:lvlOverride>'
    numbering = word_list(level(0, "%1."), OVERRIDE.format(override))
    assert read(item("a") + item("b", 0, 2), numbering).text == "1. a\n§B b"


def test_a_list_that_names_a_list_style_takes_its_levels(read):
    numbering = (
        word_list(level(0, "%1°"), abstract='<w:styleLink w:val="Plan"/>')
        + '<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="Plan"/></w:abstractNum>'
        + '<w:num w:numId="9"><w:abstractNumId w:val="3"/></w:num>'
    )
    assert read(item("a", 0, 9), numbering).text == "1° a"


def paragraph_style(name: str, shown: str, inner: str, based: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>'
        f'<w:basedOn w:val="{based}"/><w:pPr><w:numPr>{inner}</w:numPr></w:pPr></w:style>'
    )


def styled(words: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


def test_headings_are_numbered_by_their_styles_and_the_levels_linked_to_them(read):
    styles = (
        paragraph_style("Titre1", "heading 1", '<w:numId w:val="1"/>')
        + paragraph_style("Titre2", "heading 2", '<w:numId w:val="1"/>')
        + paragraph_style("Suite", "Suite", '<w:ilvl w:val="2"/>', based="Titre2")
    )
    levels = (
        level(0, "%1", "upperRoman", more='<w:pStyle w:val="Titre1"/>')
        + level(1, "%1.%2", more='<w:pStyle w:val="Titre2"/>')
        + level(2, "%3)", "lowerLetter")
    )
    names = ("Titre1", "Titre2", "Suite", "Titre2", "Titre1", "Titre2")
    reading = read("".join(styled("x", name) for name in names), word_list(levels), styles=styles)
    assert reading.text.replace(" x", "").split("\n") == ["I", "I.1", "a)", "I.2", "II", "II.1"]
    assert [(part.kind, part.level) for part in reading.structure][:2] == [
        ("heading", 1),
        ("heading", 2),
    ]


def test_numbers_in_cells_and_notes_are_inside_them_and_notes_count_apart(read):
    cells = f"<w:tc>{item('x')}{item('y')}</w:tc><w:tc>{item('')}</w:tc>"
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + item("z").replace("</w:p>", note + "</w:p>")
    notes = f'<w:footnote w:id="1">{item("n")}</w:footnote>'
    reading = read(body, word_list(level(0, "%1.")), footnotes=notes)
    assert reading.text == "1. x\n2. y\t3.\n4. z\n\n1. n"
    assert reading.asides[0].at == len("1. x\n2. y\t3.\n4. z")
    assert [reading.text[part.start : part.end] for part in reading.structure.of("cell")] == [
        "1. x\n2. y",
        "3.",
    ]


def test_paragraphs_joined_by_a_removed_end_are_one_item(read):
    first = item("a").replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    levels = word_list(level(0, "%1."))
    assert read(first + item("b") + item("c"), levels).text == "1. ab\n2. c"
    cell = f"<w:tbl><w:tr><w:tc>{first}{item('b')}{item('c')}</w:tc></w:tr></w:tbl>"
    assert read(cell, levels).text == "1. ab\n2. c"


@pytest.mark.parametrize("start", ["99999999999", "-3", "x", ""])
def test_a_start_that_is_no_number_is_nought(read, start):
    levels = level(0, "%1").replace('<w:start w:val="1"/>', f'<w:start w:val="{start}"/>')
    assert read(item("x"), word_list(levels)).text == "0 x"


def test_a_label_is_cut_before_it_floods_the_text(read):
    assert len(read(item("x"), word_list(level(0, "%1" + "a" * 9_000))).text) < 300


def test_the_lists_of_python_docx_are_numbered(tmp_path):
    from cpit_research.formats.received.docx import from_docx

    document = Document()
    for words, style in (("a", "List Number"), ("b", "List Number"), ("c", "List Bullet")):
        document.add_paragraph(words, style)
    path = tmp_path / "listes.docx"
    document.save(path)
    assert from_docx(path.read_bytes()).text == "1. a\n2. b\nc"
