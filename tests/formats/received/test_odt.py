"""Every construct of an OpenDocument text, as ``docs/canonical-text.md`` lays it out."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.formats.received.docx import from_docx
from cpit_research.formats.received.odt import from_odt
from cpit_research.formats.received.reading import Aside

pytestmark = pytest.mark.usefixtures("in_english")

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def p(inner: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def h(inner: str, level: int = 1, more: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {more}>{inner}</text:h>'


def items(*inner: str, more: str = 'text:style-name="L"') -> str:
    rows = "".join(f"<text:list-item>{item}</text:list-item>" for item in inner)
    return f"<text:list {more}>{rows}</text:list>"


def level(rank: int, form: str = "1", more: str = "", kind: str = "list-level-style-number") -> str:
    return f'<text:{kind} text:level="{rank}" style:num-format="{form}" {more}/>'


def list_style(*levels: str, name: str = "L") -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


DOT = 'style:num-suffix="."'


def parts(reading, *kinds):
    return [reading.text[part.start : part.end] for part in reading.structure.of(*kinds)]


def test_a_paragraph_is_a_line_and_an_empty_one_an_empty_line(build_odt):
    reading = from_odt(build_odt(p("Un") + "<text:p/>" + p("Deux")))
    assert reading.text == "Un\n\nDeux"
    assert reading.reader == "odt/1"
    assert [(part.kind, part.place) for part in reading.structure] == [
        ("paragraph", "paragraph 1"),
        ("paragraph", "paragraph 3"),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a<text:s/>b", "a b"),
        ('a<text:s text:c="3"/>b', "a   b"),
        ("a <text:s/>b", "a  b"),
        ("a<text:tab/>b", "a\tb"),
        ("a<text:line-break/>b", "a\nb"),
        ("a<text:soft-page-break/>b", "ab"),
        ("a\n\t  b", "a b"),
        ("  a", "a"),
        ("a <text:span> b</text:span>", "a b"),
        ("<text:s/>a", " a"),
        ("a<text:bookmark/>b", "ab"),
        ('<text:a xlink:href="x">lien</text:a>', "lien"),
        ("<text:page-number>3</text:page-number>", "3"),
        ("<text:placeholder>&lt;Nom&gt;</text:placeholder>", "<Nom>"),
        ("<text:inconnu>mot</text:inconnu>", "mot"),
        ("<text:script>code</text:script>a", "a"),
        (
            (
                "<text:ruby><text:ruby-base>base</text:ruby-base>"
                "<text:ruby-text>guide</text:ruby-text></text:ruby>"
            ),
            "base",
        ),
        ("<text:number>4.</text:number>a", "a"),
    ],
)
def test_white_space_and_inline_elements_are_written(build_odt, written, read):
    assert from_odt(build_odt(p(written))).text == read


@given(
    st.lists(
        st.text(st.sampled_from("ab é\n\t🌾"), max_size=12).map(lambda text: text.strip(" \t\n")),
        min_size=1,
        max_size=6,
    )
)
def test_an_independent_walk_finds_the_words_of_every_paragraph(build_odt, paragraphs):
    data = build_odt("".join(p(f"<text:span>{words}</text:span>") for words in paragraphs))
    content = zipfile.ZipFile(BytesIO(data)).read("content.xml")
    walked = [
        " ".join("".join(element.itertext()).split())
        for element in ET.fromstring(content).iter(TEXT + "p")
    ]
    assert from_odt(data).text == "\n".join(walked)


STYLES = (
    '<style:style style:family="paragraph" style:name="Title"/>'
    '<style:style style:family="paragraph" style:name="T2" style:display-name="Titre 2"/>'
    '<style:style style:family="paragraph" style:name="Heading_20_3"/>'
    '<style:style style:family="paragraph" style:name="A" style:parent-style-name="B"/>'
    '<style:style style:family="paragraph" style:name="B" style:parent-style-name="A"/>'
)
AUTOMATIC = (
    '<style:style style:family="paragraph" style:name="P1" style:parent-style-name="Title"/>'
)


@pytest.mark.parametrize(
    ("paragraph", "kind", "rank"),
    [
        (h("x", 2), "heading", 2),
        ("<text:h>x</text:h>", "heading", 1),
        (p("x", "Title"), "heading", 1),
        (p("x", "P1"), "heading", 1),
        (p("x", "T2"), "heading", 2),
        (p("x", "Heading_20_3"), "heading", 3),
        (p("x", "A"), "paragraph", 0),
        (p("x", "inconnu"), "paragraph", 0),
        (items(p("x")), "list_item", 1),
        (items(items(p("x"))), "list_item", 2),
        (items(h("x", 3)), "heading", 3),
    ],
)
def test_elements_and_styles_say_headings_and_lists(build_odt, paragraph, kind, rank):
    reading = from_odt(build_odt(paragraph, automatic=AUTOMATIC, styles=STYLES))
    assert [(part.kind, part.level) for part in reading.structure] == [(kind, rank)]


def test_numbers_stand_before_items_outside_their_parts_and_are_counted(build_odt):
    body = items(p("Un") + p("suite"), p("Deux") + items(p("a"), p("b"), more=""), p("Trois"))
    style = list_style(
        level(1, more=DOT), level(2, "a", 'style:num-prefix="(" style:num-suffix=")"')
    )
    reading = from_odt(build_odt(body, automatic=style))
    assert reading.text == "1. Un\nsuite\n2. Deux\n(a) a\n(b) b\n3. Trois"
    assert parts(reading, "list_item") == ["Un", "suite", "Deux", "a", "b", "Trois"]
    assert reading.notices == ("5 list numbers written before their paragraphs.",)


def test_bullets_headers_and_levels_without_form_have_no_number(build_odt):
    style = list_style(level(1, kind="list-level-style-bullet"), level(2, ""))
    header = "<text:list-header>" + p("tête") + "</text:list-header>"
    body = items(p("a") + items(p("b"), more="")).replace(
        "<text:list-item>", header + "<text:list-item>", 1
    )
    assert from_odt(build_odt(body, automatic=style)).text == "tête\na\nb"


@pytest.mark.parametrize(
    ("form", "more", "label"),
    [
        ("1", 'text:start-value="27"', "27"),
        ("a", 'text:start-value="28"', "ab"),
        ("a", 'text:start-value="28" style:num-letter-sync="true"', "bb"),
        ("A", 'text:start-value="2"', "B"),
        ("i", 'text:start-value="4"', "iv"),
        ("I", 'text:start-value="9"', "IX"),
        ("01, 02, 03, ...", 'text:start-value="5"', "05"),
        ("inconnu", "", "1"),
        ("1", 'loext:num-list-format="Art. %1% :"', "Art. 1 :"),
        ("1", 'style:num-list-format="%1%°" loext:num-list-format="%1%)"', "1°"),
    ],
)
def test_every_form_is_written(build_odt, form, more, label):
    style = list_style(level(1, form, more))
    assert from_odt(build_odt(items(p("x")), automatic=style)).text == f"{label} x"


def test_upper_levels_are_displayed(build_odt):
    style = list_style(level(1, "I"), level(2, more='text:display-levels="2" ' + DOT))
    body = items(p("a") + items(p("b"), p("c"), more=""), p("d") + items(p("e"), more=""))
    reading = from_odt(build_odt(body, automatic=style))
    assert reading.text == "I a\nI.1. b\nI.2. c\nII d\nII.1. e"


def test_a_level_without_form_leaves_no_trace_in_deeper_labels(build_odt):
    style = list_style(
        level(1, "A"), level(2, "", DOT), level(3, more='text:display-levels="3" ' + DOT)
    )
    body = items(p("a") + items(p("b") + items(p("c"), more=""), more=""))
    assert from_odt(build_odt(body, automatic=style)).text == "A a\n. b\nA.1. c"


@pytest.mark.parametrize(
    ("more", "label"),
    [
        ('text:style-name="L"', "1."),
        ('text:style-name="L" text:continue-numbering="true"', "3."),
        ('text:style-name="M" text:continue-numbering="true"', "1"),
        ('text:style-name="M" text:continue-list="one"', "3"),
        ('text:style-name="L" text:continue-list="inconnu"', "1."),
    ],
)
def test_a_list_starts_again_or_continues_another(build_odt, more, label):
    style = list_style(level(1, more=DOT)) + list_style(level(1), name="M")
    first = items(p("a"), p("b"), more='xml:id="one" text:style-name="L"')
    reading = from_odt(build_odt(first + p("entre") + items(p("x"), more=more), automatic=style))
    assert reading.text.split("\n")[-1] == f"{label} x"


def test_an_item_may_take_a_number_and_a_style_of_its_own(build_odt):
    style = list_style(level(1, more=DOT)) + list_style(level(1, "A"), name="M")
    body = items(p("a"), p("b"), p("c")).replace(
        "<text:list-item>", '<text:list-item text:start-value="7" text:style-override="M">', 1
    )
    assert from_odt(build_odt(body, automatic=style)).text == "G a\n8. b\n9. c"


def test_a_list_without_style_has_the_one_of_its_paragraphs(build_odt):
    style = list_style(level(1, more=DOT)) + (
        '<style:style style:family="paragraph" style:name="P" style:list-style-name="L"/>'
    )
    assert from_odt(build_odt(items(p("a", "P"), more=""), automatic=style)).text == "1. a"


def test_numbered_paragraphs_are_items(build_odt):
    body = "".join(
        f'<text:numbered-paragraph text:list-id="n" text:style-name="L" text:level="{rank}">'
        f"{p('x')}</text:numbered-paragraph>"
        for rank in (1, 2, 1)
    )
    style = list_style(level(1, more=DOT), level(2, more='text:display-levels="2"'))
    reading = from_odt(build_odt(body, automatic=style))
    assert reading.text == "1. x\n1.1 x\n2. x"
    assert [part.level for part in reading.structure] == [1, 2, 1]


def test_headings_are_numbered_by_the_outline(build_odt):
    outline = "".join(
        level(rank, more=f'text:display-levels="{rank}"', kind="outline-level-style")
        for rank in (1, 2)
    )
    styles = (
        f"<text:outline-style>{outline}</text:outline-style>"
        '<style:style style:family="paragraph" style:name="Sans" style:list-style-name=""/>'
    )
    body = (
        h("a")
        + h("b", 2)
        + h("c", 2)
        + h("d", more='text:style-name="Sans"')
        + h("e", more='text:is-list-header="true"')
        + h("f", more='text:restart-numbering="true" text:start-value="5"')
        + h("g", 2)
        + h("h", 3)
    )
    reading = from_odt(build_odt(body, styles=styles))
    assert reading.text == "1 a\n1.1 b\n1.2 c\nd\ne\n5 f\n5.1 g\nh"
    assert parts(reading, "heading") == list("abcdefgh")


def cell(inner: str, more: str = "", kind: str = "table-cell") -> str:
    return f"<table:{kind} {more}>{inner}</table:{kind}>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def table(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


COVERED = cell("", kind="covered-table-cell")


def test_a_table_is_a_row_a_line_with_cells_between_tabs(build_odt):
    head = row(cell(p("Acteur")), cell(p("Rôle")))
    head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    body = (
        p("Avant")
        + table(
            head,
            row(cell(p("Maire") + p("et adjoints")), cell("<text:p/>")),
            row(cell(p("Tous"), 'table:number-columns-spanned="2"'), COVERED, cell(p("fin"))),
        )
        + p("Après")
    )
    reading = from_odt(build_odt(body))
    assert reading.text == "Avant\nActeur\tRôle\nMaire\net adjoints\t\nTous\tfin\nAprès"
    cells = reading.structure.of("cell")
    assert parts(reading, "cell") == ["Acteur", "Rôle", "Maire\net adjoints", "", "Tous", "fin"]
    assert cells[3].place == "table 1, row 2, column 2"
    assert cells[5].place == "table 1, row 3, column 3"


def test_a_cell_under_another_is_an_empty_one_and_words_under_it_are_kept(build_odt):
    span = 'table:number-rows-spanned="2" table:number-columns-spanned="2"'
    body = table(
        row(cell(p("a"), span), COVERED, cell(p("b"))),
        row(COVERED, cell(p("dessous"), kind="covered-table-cell"), cell(p("c"))),
        row(COVERED, cell(p("d")), cell(p("e"))),
    )
    assert from_odt(build_odt(body)).text == "a\tb\n\tdessous\tc\nd\te"


def test_repeated_cells_and_rows_are_written_as_many_times(build_odt):
    body = table(
        row(cell(p("a"), 'table:number-columns-repeated="2"'), cell(p("b"))),
        row(cell(p("c")), more='table:number-rows-repeated="2"'),
    )
    assert from_odt(build_odt(body)).text == "a\ta\tb\nc\nc"


def test_repetitions_are_bounded_over_the_whole_document(build_odt):
    big = 'table:number-columns-repeated="999999999"'
    nested = cell(p("a" * 99), big)
    for _depth in range(5):
        nested = cell(table(row(nested, more='table:number-rows-repeated="1000"')), big)
    assert len(from_odt(build_odt(table(row(nested)) * 3)).text) < 400_000


def test_a_nested_table_is_flattened_inside_its_cell(build_odt):
    inner = table(row(cell(p("a")), cell(p("b"))), row(cell(p("c"))))
    reading = from_odt(build_odt(table(row(cell(p("x") + inner + "<text:p/>"), cell(p("y"))))))
    assert reading.text == "x\na\tb\nc\ty"
    assert parts(reading, "cell") == ["x\na\tb\nc", "y"]


def note(number: int, inner: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body>{inner}</text:note-body></text:note>"
    )


def test_notes_come_after_a_blank_line_footnotes_first(build_odt):
    body = p("Un" + note(1, p("Fin"), "endnote") + " deux" + note(1, p("Première") + p("suite")))
    reading = from_odt(build_odt(body + p("Trois" + note(2, p("Deuxième")))))
    assert reading.text == "Un deux\nTrois\n\nPremière\nsuite\nDeuxième\nFin"
    assert [part.place for part in reading.structure.of("footnote")] == [
        "footnote 1",
        "footnote 2",
        "endnote 1",
    ]
    assert Aside("footnote_mark", "1", at=7) in reading.asides
    assert reading.notices == ("3 notes written after the text.",)


def test_numbers_and_notes_in_cells_are_read(build_odt):
    numbered = items(p("x" + note(1, items(p("n")))), p(""))
    style = list_style(level(1, more=DOT))
    reading = from_odt(build_odt(table(row(cell(numbered))), automatic=style))
    assert reading.text == "1. x\n2.\n\n1. n"
    assert reading.asides == (Aside("footnote_mark", "1", at=4),)


def region(number: int, kind: str, inner: str = "") -> str:
    who = "<office:change-info><dc:creator>Ana</dc:creator></office:change-info>"
    return (
        f'<text:changed-region text:id="c{number}"><text:{kind}>{who}{inner}</text:{kind}>'
        "</text:changed-region>"
    )


def test_tracked_changes_are_accepted_counted_and_set_aside(build_odt):
    changes = (
        region(1, "deletion", p("ne ") + p("pas"))
        + region(2, "insertion")
        + region(3, "format-change")
        + region(4, "deletion", p("parti"))
        + region(5, "deletion", p("perdu"))
    )
    body = (
        f"<text:tracked-changes>{changes}</text:tracked-changes>"
        + p(
            'Il <text:change text:change-id="c1"/>vient'
            '<text:change-start text:change-id="c2"/> demain<text:change-end text:change-id="c2"/>'
        )
        + '<text:change text:change-id="c4"/>'
        + p("Fin")
    )
    reading = from_odt(build_odt(body))
    assert reading.text == "Il vient demain\nFin"
    assert reading.asides == (
        Aside("deletion", "ne \npas", "Ana", 3),
        Aside("deletion", "parti", "Ana", 15),
        Aside("deletion", "perdu", "Ana", 0),
    )
    assert reading.notices == (
        "Tracked changes accepted (insertions kept: 1, deletions set aside: 3).",
        "1 tracked change of formatting accepted.",
    )


def test_comments_are_set_aside_where_they_are_anchored(build_odt):
    comment = (
        '<office:annotation office:name="1"><dc:creator>Zoé</dc:creator><dc:date>2023</dc:date>'
        f"{p('à vérifier')}{items(p('vite'))}</office:annotation>"
    )
    body = p("Rien") + p(f'Le {comment}maire<office:annotation-end office:name="1"/> part')
    reading = from_odt(build_odt(body))
    assert reading.text == "Rien\nLe maire part"
    assert reading.asides == (Aside("comment", "à vérifier\nvite", "Zoé", 8),)
    assert reading.notices == ("1 comment set aside.",)


def frame(inner: str, kind: str = "text-box") -> str:
    return f"<draw:frame><draw:{kind}>{inner}</draw:{kind}></draw:frame>"


def test_a_text_box_is_written_after_its_paragraph(build_odt):
    box = frame(p("dans la boîte") + items(p("et encore")))
    shape = f"<draw:g><draw:rect>{p('forme')}</draw:rect><draw:line>{p('')}</draw:line></draw:g>"
    reading = from_odt(build_odt(p(f"Avant{box} après{shape}") + p("Suite") + frame(p("page"))))
    assert reading.text == "Avant après\ndans la boîte\net encore\nforme\nSuite\npage"
    assert [part.place for part in reading.structure] == [
        "paragraph 1",
        "text box 1",
        "text box 1",
        "text box 2",
        "paragraph 2",
        "text box 3",
    ]
    assert reading.notices == ("3 text boxes written after their paragraph.",)


def test_a_text_box_in_a_text_box_or_in_a_cell_stays_there(build_odt):
    box = frame(p("a" + frame(p("b"))))
    assert from_odt(build_odt(p("x" + box))).text == "x\na\nb"
    assert from_odt(build_odt(table(row(cell(p("x" + box)), cell(p("y")))))).text == "x\na\nb\ty"


def test_pictures_and_what_is_not_read_are_counted(build_odt):
    described = "<svg:title>la place</svg:title><svg:desc>vide</svg:desc>"
    body = p(
        "Voir"
        + frame("", "image").replace("</draw:frame>", described + "</draw:frame>")
        + f'<draw:a xlink:href="x">{frame("", "image")}</draw:a>'
        + "<draw:frame><draw:object/><draw:image/></draw:frame>"
        + "<draw:control/>"
    )
    reading = from_odt(build_odt(body))
    assert reading.text == "Voir"
    assert reading.asides == (
        Aside("picture", "la place", at=4),
        Aside("picture", "vide", at=4),
    )
    assert reading.notices == ("2 pictures left out.", "2 embedded objects left out.")


def test_page_headers_and_footers_are_set_aside_each_text_once(build_odt):
    page = (
        f"<style:master-page><style:header>{p('Fictif')}</style:header>"
        f"<style:header-first>{p('Fictif')}</style:header-first>"
        f"<style:footer>{p('<text:page-number>3</text:page-number>')}</style:footer>"
        "</style:master-page>"
    )
    reading = from_odt(build_odt(p("a"), pages=page))
    assert reading.text == "a"
    assert reading.asides == (Aside("header", "Fictif"),)
    assert reading.notices == ("1 page header set aside.",)


def test_hidden_words_paragraphs_and_sections_are_kept_and_counted(build_odt):
    hides = '<style:text-properties text:display="none"/>'
    styles = (
        f'<style:style style:family="text" style:name="T">{hides}</style:style>'
        f'<style:style style:family="paragraph" style:name="P">{hides}</style:style>'
    )
    body = (
        p('<text:span text:style-name="T">un</text:span>')
        + p("deux", "P")
        + f'<text:section text:display="none">{p("trois")}</text:section>'
        + p('<text:hidden-text text:string-value="quatre"/>')
    )
    reading = from_odt(build_odt(body, automatic=styles))
    assert reading.text == "un\ndeux\ntrois\nquatre"
    assert reading.notices == ("4 stretches of hidden text kept: check that they may be read.",)


def test_an_index_is_its_paragraphs_without_its_template(build_odt):
    index = (
        "<text:table-of-content><text:table-of-content-source>"
        "<text:index-title-template>Modèle</text:index-title-template>"
        "</text:table-of-content-source><text:index-body>"
        f"<text:index-title>{p('Sommaire')}</text:index-title>{p('Arriver<text:tab/>1')}"
        "</text:index-body></text:table-of-content>"
    )
    assert from_odt(build_odt(index)).text == "Sommaire\nArriver\t1"


def test_lists_sections_and_tables_hold_one_another(build_odt):
    inner = table(row(cell(items(p("a")))))
    body = items(f"<text:section>{p('s')}</text:section>{inner}{frame(p('f'))}")
    style = list_style(level(1, more=DOT))
    assert from_odt(build_odt(body, automatic=style)).text == "s\n1. a\nf"


@pytest.mark.parametrize(("spaces", "read"), [("x", 1), ("-1", 1), ("", 1), ("0", 0), ("7", 7)])
def test_a_number_of_spaces_is_read_or_is_one(build_odt, spaces, read):
    assert from_odt(build_odt(p(f'a<text:s text:c="{spaces}"/>b'))).text == f"a{' ' * read}b"


def test_spaces_are_bounded_over_the_whole_document(build_odt):
    body = p('a<text:s text:c="999999999"/>b' * 200)
    assert len(from_odt(build_odt(body)).text) < 1_001_000


def test_a_document_without_styles_is_read(build_archive, build_odt):
    data = zipfile.ZipFile(BytesIO(build_odt(p("a"))))
    assert from_odt(build_archive({"content.xml": data.read("content.xml")})).text == "a"


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "spreadsheet"),
        ({"mimetype": "application/vnd.oasis.opendocument.presentation"}, "presentation"),
        ({"mimetype": "application/vnd.oasis.opendocument.graphics"}, "holds no text"),
        ({"mimetype": "application/vnd.sun.xml.writer"}, "old OpenOffice"),
        ({"[Content_Types].xml": "<x/>"}, "Office document"),
        ({"photo.jpg": "x"}, "not an OpenDocument text"),
        ({"META-INF/manifest.xml": "<x><manifest:encryption-data/></x>"}, "password"),
        ({"content.xml": "<x/>"}, "holds no text"),
        ({"content.xml": "<!DOCTYPE x><x/>"}, "document type"),
        ({"content.xml": "<x>"}, "not well-formed"),
    ],
)
def test_what_is_no_opendocument_text_has_its_own_sentence(build_archive, entries, sentence):
    with pytest.raises(FormatError, match=sentence):
        from_odt(build_archive(entries))


def test_a_spreadsheet_without_its_type_is_known_by_what_it_holds(build_odt, build_archive):
    content = zipfile.ZipFile(BytesIO(build_odt(p("a")))).read("content.xml").decode()
    content = content.replace("office:text>", "office:spreadsheet>")
    with pytest.raises(FormatError, match="spreadsheet"):
        from_odt(build_archive({"content.xml": content}))


def test_a_truncated_document_is_refused(build_odt):
    data = build_odt(p("bonjour"))
    for length in range(1, len(data), 7):
        with pytest.raises(FormatError):
            from_odt(data[:length])


@given(st.lists(st.lists(st.sampled_from(["", "a", "Deux mots", "é"]), min_size=1), max_size=4))
def test_the_same_table_and_notes_give_the_same_text_in_both_formats(build_odt, build_docx, rows):
    word_rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in cells)
        + "</w:tr>"
        for cells in rows
    )
    word = from_docx(build_docx(f"<w:tbl>{word_rows}</w:tbl>"))
    opened = from_odt(build_odt(table(*(row(*(cell(p(words)) for words in r)) for r in rows))))
    assert (opened.text, opened.structure) == (word.text, word.structure)


def test_one_document_saved_by_libreoffice_in_both_formats_gives_the_same_reading(root):
    made = root / "tests" / "odd_files" / "made"
    opened = from_odt((made / "libreoffice.odt").read_bytes())
    word = from_docx((made / "libreoffice.docx").read_bytes())
    assert opened.text == word.text
    assert sorted(opened.asides, key=repr) == sorted(word.asides, key=repr)
    assert opened.notices == word.notices
    assert [(part.kind, part.start, part.end, part.level) for part in opened.structure] == [
        (part.kind, part.start, part.end, part.level) for part in word.structure
    ]
