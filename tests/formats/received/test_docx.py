"""Every construct of a Word document, as ``docs/canonical-text.md`` lays it out."""

import pytest

from cpit_research.errors import FormatError
from cpit_research.formats.received.docx import from_docx
from cpit_research.formats.received.reading import Aside

pytestmark = pytest.mark.usefixtures("in_english")


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{''.join(runs)}</w:p>"


def r(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def t(text: str) -> str:
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def parts(reading, *kinds):
    return [reading.text[part.start : part.end] for part in reading.structure.of(*kinds)]


def test_a_paragraph_is_a_line_and_an_empty_one_an_empty_line(build_docx):
    reading = from_docx(build_docx(p(t("Un")) + p() + p(t("Deux"), t(" et trois"))))
    assert reading.text == "Un\n\nDeux et trois"
    assert reading.reader == "docx/2"
    assert [(part.kind, part.place) for part in reading.structure] == [
        ("paragraph", "paragraph 1"),
        ("paragraph", "paragraph 3"),
    ]


@pytest.mark.parametrize(
    ("element", "character"),
    [
        ("<w:br/>", "\n"),
        ('<w:br w:type="page"/>', "\n"),
        ("<w:cr/>", "\n"),
        ("<w:tab/>", "\t"),
        ("<w:noBreakHyphen/>", "\u2011"),
        ("<w:softHyphen/>", "\u00ad"),
        ('<w:sym w:font="Wingdings" w:char="F0E0"/>', "→"),
        ("<w:lastRenderedPageBreak/>", ""),
    ],
)
def test_special_characters_are_written(build_docx, element, character):
    body = p(t("a"), r(element), t("b"))
    swept = from_docx(build_docx(body))
    walked = from_docx(build_docx(body.replace("</w:p>", "<w:ins/></w:p>")))
    assert swept.text == walked.text == f"a{character}b"


def test_tab_stops_are_not_tabs(build_docx):
    stops = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'
    assert from_docx(build_docx(p(t("a"), properties=stops))).text == "a"


def test_a_line_feed_inside_the_xml_is_a_space(build_docx):
    assert from_docx(build_docx(p(t("a\nb")))).text == "a b"


def test_an_unknown_symbol_is_shown_and_counted(build_docx):
    reading = from_docx(build_docx(p(r('<w:sym w:font="Webdings" w:char="F0FF"/>'))))
    assert reading.text == "\ufffd"
    assert reading.notices == ("1 symbol of a special font is not known: � stands in its place.",)


@pytest.mark.parametrize(
    "wrapped",
    [
        '<w:hyperlink r:id="x">{}</w:hyperlink>',
        "<w:smartTag>{}</w:smartTag>",
        '<w:fldSimple w:instr="DATE">{}</w:fldSimple>',
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:bdo>{}</w:bdo>",
        "<w:inconnu>{}</w:inconnu>",
        "<m:oMath><m:r><m:t>dedans</m:t></m:r></m:oMath>",
        "<w:ruby><w:rt><w:r><w:t>guide</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>",
    ],
)
def test_wrapped_words_are_kept(build_docx, wrapped):
    reading = from_docx(build_docx(p(t("avant "), wrapped.format(t("dedans")), t(" après"))))
    assert reading.text == "avant dedans après"


def test_field_instructions_are_dropped_and_results_kept(build_docx):
    field = (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r("<w:instrText>PAGEREF _Toc1</w:instrText>")
        + r('<w:fldChar w:fldCharType="separate"/>')
        + t("12")
        + r('<w:fldChar w:fldCharType="end"/>')
    )
    assert from_docx(build_docx(p(t("page "), field))).text == "page 12"


def test_content_controls_around_blocks_are_seen_through(build_docx):
    body = f"<w:sdt><w:sdtContent>{p(t('a'))}{p(t('b'))}</w:sdtContent></w:sdt>"
    assert from_docx(build_docx(body)).text == "a\nb"


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_a_table_is_a_row_a_line_with_cells_between_tabs(build_docx):
    body = (
        p(t("Avant"))
        + table(
            cell(p(t("Acteur"))) + cell(p(t("Rôle"))),
            cell(p(t("Maire")), p(t("et adjoints"))) + cell(p()),
            cell(p(t("Tous")), properties='<w:gridSpan w:val="2"/>') + cell(p(t("fin"))),
        )
        + p(t("Après"))
    )
    reading = from_docx(build_docx(body))
    assert reading.text == "Avant\nActeur\tRôle\nMaire\net adjoints\t\nTous\tfin\nAprès"
    cells = reading.structure.of("cell")
    assert parts(reading, "cell") == ["Acteur", "Rôle", "Maire\net adjoints", "", "Tous", "fin"]
    assert cells[3].place == "table 1, row 2, column 2"
    assert cells[5].place == "table 1, row 3, column 3"


def test_a_nested_table_is_flattened_inside_its_cell(build_docx):
    inner = table(cell(p(t("a"))) + cell(p(t("b"))), cell(p(t("c"))))
    reading = from_docx(build_docx(table(cell(p(t("x")), inner, p()) + cell(p(t("y"))))))
    assert reading.text == "x\na\tb\nc\ty"
    assert parts(reading, "cell") == ["x\na\tb\nc", "y"]


def test_rows_and_cells_in_content_controls_are_read(build_docx):
    row = f"<w:sdt><w:sdtContent><w:tr>{cell(p(t('a')))}</w:tr></w:sdtContent></w:sdt>"
    reading = from_docx(build_docx(f"<w:tbl>{row}</w:tbl>"))
    assert parts(reading, "cell") == ["a"]


NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>"), t(" Deuxième"))}</w:footnote>'
    f'<w:footnote w:id="1">{p(t("Première"))}{p(t("suite"))}</w:footnote>'
)


def test_notes_come_after_a_blank_line_in_the_order_of_their_calls(build_docx):
    body = p(t("Un"), r('<w:footnoteReference w:id="1"/>'), t(" deux")) + p(
        t("Trois"), r('<w:footnoteReference w:id="2"/>'), r('<w:endnoteReference w:id="1"/>')
    )
    endnotes = f'<w:endnote w:id="1">{p(t("Fin"))}</w:endnote>'
    reading = from_docx(build_docx(body, footnotes=NOTES, endnotes=endnotes))
    assert reading.text == "Un deux\nTrois\n\nPremière\nsuite\nDeuxième\nFin"
    assert parts(reading, "footnote") == ["Première\nsuite", "Deuxième", "Fin"]
    assert [part.place for part in reading.structure.of("footnote")] == [
        "footnote 1",
        "footnote 2",
        "endnote 1",
    ]
    assert Aside("footnote_mark", "1", at=2) in reading.asides
    assert reading.notices == ("3 notes written after the text.",)


def test_tracked_changes_are_accepted_counted_and_set_aside(build_docx):
    body = p(
        t("Il "),
        f'<w:del w:author="Ana"><w:r><w:delText>ne </w:delText></w:r></w:del>{t("vient")}',
        f'<w:ins w:author="Ana">{t(" demain")}</w:ins>',
        f"<w:moveFrom>{t('ailleurs')}</w:moveFrom><w:moveTo>{t(' ici')}</w:moveTo>",
    )
    reading = from_docx(build_docx(body))
    assert reading.text == "Il vient demain ici"
    assert reading.asides == (
        Aside("deletion", "ne ", "Ana", 3),
        Aside("deletion", "ailleurs", "", 15),
    )
    assert reading.notices == (
        "Tracked changes accepted (insertions kept: 2, deletions set aside: 2).",
    )


REMOVED_END = "<w:rPr><w:del/></w:rPr>"


def test_a_removed_end_of_paragraph_joins_it_to_the_next(build_docx):
    removed = REMOVED_END
    body = p(t("Un "), properties=removed) + p(t("deux")) + p(t("trois"), properties=removed)
    assert from_docx(build_docx(body)).text == "Un deux\ntrois"


def test_a_removed_row_is_set_aside(build_docx):
    removed = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(p(t('parti')))}</w:tr>"
    reading = from_docx(build_docx(f"<w:tbl>{removed}<w:tr>{cell(p(t('reste')))}</w:tr></w:tbl>"))
    assert reading.text == "reste"
    assert [aside.words for aside in reading.asides] == ["parti"]


def test_words_removed_at_the_end_of_the_document_or_before_a_table_are_set_aside(build_docx):
    gone = p("<w:del><w:r><w:delText>parti</w:delText></w:r></w:del>", properties=REMOVED_END)
    reading = from_docx(build_docx(p(t("a")) + gone + table(cell(p(t("b")))) + gone))
    assert reading.text == "a\nb"
    assert reading.asides == (Aside("deletion", "parti", at=1), Aside("deletion", "parti", at=3))


def test_rows_cells_and_formatting_changed_are_accepted_and_counted(build_docx):
    restyled = "<w:rPr><w:b/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr>"
    body = table(
        cell(p(t("a")))
        + cell(p(t("parti")), properties="<w:cellDel/>")
        + cell(p(f"<w:r>{restyled}<w:t>b</w:t></w:r>"), properties="<w:cellIns/>")
    ).replace("<w:tr>", "<w:tr><w:trPr><w:ins/></w:trPr>")
    reading = from_docx(build_docx(body))
    assert parts(reading, "cell") == ["a", "b"]
    assert [aside.words for aside in reading.asides] == ["parti"]
    assert reading.notices == (
        "Tracked changes accepted (insertions kept: 2, deletions set aside: 1).",
        "1 tracked change of formatting accepted.",
    )


def test_comments_are_set_aside_where_they_are_anchored(build_docx):
    body = p(t("Rien")) + p(
        t("Le "),
        '<w:commentRangeStart w:id="4"/>',
        t("maire"),
        '<w:commentRangeEnd w:id="4"/>',
        r('<w:commentReference w:id="4"/>'),
    )
    comments = f'<w:comment w:id="4" w:author="Zoé">{p(t("à vérifier"))}{p(t("vite"))}</w:comment>'
    reading = from_docx(build_docx(body, comments=comments))
    assert reading.text == "Rien\nLe maire"
    assert reading.asides == (Aside("comment", "à vérifier\nvite", "Zoé", 8),)
    assert reading.notices == ("1 comment set aside.",)


BOX = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"


def test_a_text_box_is_written_once_after_its_paragraph(build_docx):
    content = p(t("dans la boîte")) + p(t("et encore"))
    drawing = (
        "<mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing>{BOX.format(content)}</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    reading = from_docx(build_docx(p(t("Avant"), r(drawing), t(" après")) + p(t("Suite"))))
    assert reading.text == "Avant après\ndans la boîte\net encore\nSuite"
    assert [part.place for part in reading.structure] == [
        "paragraph 1",
        "text box 1",
        "text box 1",
        "paragraph 2",
    ]
    assert reading.notices == ("1 text box written after its paragraph.",)


def test_words_after_a_text_box_are_not_words_of_the_box(build_docx):
    box = f"<w:drawing>{BOX.format(p(t('boîte')))}</w:drawing>"
    reading = from_docx(build_docx(p(t("Avant"), r(box), t(" après")) + p(t("Suite"))))
    assert reading.text == "Avant après\nboîte\nSuite"


def test_a_text_box_in_a_cell_stays_in_its_cell(build_docx):
    drawing = f"<w:drawing>{BOX.format(p(t('boîte')))}</w:drawing>"
    reading = from_docx(build_docx(table(cell(p(t("a"), r(drawing))) + cell(p(t("b"))))))
    assert reading.text == "a\nboîte\tb"


def test_pictures_and_what_is_not_read_are_counted(build_docx):
    picture = '<w:drawing><wp:docPr id="1" name="x" descr="la place vide"/><a:blip/></w:drawing>'
    body = p(
        t("Voir"),
        r(picture),
        r("<w:pict><v:shape><v:imagedata/></v:shape></w:pict>"),
        r("<w:drawing><c:chart/></w:drawing>"),
        r("<w:object/>"),
    )
    reading = from_docx(build_docx(body + '<w:altChunk r:id="x"/>'))
    assert reading.asides == (Aside("picture", "la place vide", at=4),)
    assert reading.notices == (
        "2 pictures left out.",
        "1 chart or diagram left out: its words are not read.",
        "1 embedded object left out.",
        "1 embedded document is not read: paste its text into the document.",
    )


def test_page_headers_and_footers_are_set_aside(build_docx):
    reading = from_docx(build_docx(p(t("a")), header=p(t("Fictif")), footer=p(t("3"))))
    assert reading.text == "a"
    assert reading.asides == (Aside("header", "Fictif"),)
    assert reading.notices == ("1 page header set aside.",)


def test_a_reply_without_an_anchor_stands_where_the_comment_that_it_answers_does(build_docx):
    body = p(t("Le "), '<w:commentRangeStart w:id="1"/>', t("maire"))
    paragraph = '<w:p w14:paraId="{}">' + t("{}") + "</w:p>"
    comments = (
        f'<w:comment w:id="1" w:author="Zoé">{paragraph.format("A1", "vu ?")}</w:comment>'
        f'<w:comment w:id="2" w:author="Ana">{paragraph.format("A2", "oui")}</w:comment>'
    )
    thread = (
        '<w15:commentEx w15:paraId="A1"/><w15:commentEx w15:paraId="A2" w15:paraIdParent="A1"/>'
    )
    reading = from_docx(build_docx(body, comments=comments, commentsExtended=thread))
    assert reading.asides == (
        Aside("comment", "vu ?", "Zoé", 3),
        Aside("comment", "oui", "Ana", 3),
    )


def field(instruction: str, result: str) -> str:
    begin, separate, end = (
        r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
    )
    return begin + instruction + separate + result + end


def test_a_field_nested_in_an_instruction_gives_no_words(build_docx):
    instruction = r("<w:instrText>IF </w:instrText>")
    nested = field(instruction, t("3"))
    body = p(t("Il en reste "), field(instruction + nested + t("> 2"), t("trois")), t("."))
    assert from_docx(build_docx(body)).text == "Il en reste trois."


def test_a_field_that_never_ends_hides_no_words(build_docx):
    begin = r('<w:fldChar w:fldCharType="begin"/>')
    body = p(begin, t("a"), field("", t("b"))) + p(t("c"))
    assert from_docx(build_docx(body)).text == "ab\nc"


def test_a_drop_cap_is_joined_to_its_paragraph(build_docx):
    cap = p(t("L"), properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert from_docx(build_docx(cap + p(t("es halles")))).text == "Les halles"


def test_hidden_text_is_kept_and_counted(build_docx):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"
    reading = from_docx(build_docx(p(hidden)))
    assert reading.text == "caché"
    assert "hidden text kept" in reading.notices[0]


def style(name: str, shown: str, inner: str = "", based: str = "") -> str:
    based = based and f'<w:basedOn w:val="{based}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{based}'
        f"<w:pPr>{inner}</w:pPr></w:style>"
    )


STYLES = (
    style("Titre1", "heading 1")
    + style("T2", "Titre 2")
    + style("Title", "Title")
    + style("Maison", "Titre maison", based="Titre1")
    + style("Plan", "Plan", '<w:outlineLvl w:val="3"/>')
    + style("Puce", "List Bullet", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    + style("A", "Boucle", based="B")
    + style("B", "Boucle 2", based="A")
)


@pytest.mark.parametrize(
    ("properties", "kind", "level"),
    [
        ('<w:pStyle w:val="Titre1"/>', "heading", 1),
        ('<w:pStyle w:val="T2"/>', "heading", 2),
        ('<w:pStyle w:val="Title"/>', "heading", 1),
        ('<w:pStyle w:val="Maison"/>', "heading", 1),
        ('<w:pStyle w:val="Plan"/>', "heading", 4),
        ('<w:outlineLvl w:val="1"/>', "heading", 2),
        ('<w:pStyle w:val="Titre1"/><w:outlineLvl w:val="9"/>', "paragraph", 0),
        ('<w:pStyle w:val="Puce"/>', "list_item", 2),
        ('<w:pStyle w:val="Puce"/><w:numPr><w:numId w:val="0"/></w:numPr>', "paragraph", 0),
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>', "list_item", 1),
        ('<w:pStyle w:val="A"/>', "paragraph", 0),
        ('<w:pStyle w:val="inconnu"/>', "paragraph", 0),
        ('<w:pPrChange><w:pPr><w:pStyle w:val="Titre1"/></w:pPr></w:pPrChange>', "paragraph", 0),
    ],
)
def test_styles_say_headings_and_lists(build_docx, properties, kind, level):
    reading = from_docx(build_docx(p(t("x"), properties=properties), styles=STYLES))
    assert [(part.kind, part.level) for part in reading.structure] == [(kind, level)]


def test_strict_documents_are_read(build_archive, build_relations, build_part):
    def strict(xml: str) -> str:
        return xml.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    data = build_archive(
        {
            "_rels/.rels": strict(build_relations({"/word/document.xml": "officeDocument"})),
            "word/document.xml": strict(
                build_part("document", f"<w:body>{p(t('strict'))}</w:body>")
            ),
        }
    )
    assert from_docx(data).text == "strict"


def test_a_relocated_main_part_is_found(build_archive, build_relations, build_part):
    document = build_part("document", f"<w:body>{p(t('ici'), properties=_TITLE)}</w:body>")
    data = build_archive(
        {
            "_rels/.rels": build_relations({"a/b/main.xml": "officeDocument"}),
            "a/b/_rels/main.xml.rels": build_relations({"../styles.xml": "styles"}),
            "a/b/main.xml": document,
            "a/styles.xml": build_part("styles", STYLES),
        }
    )
    assert [part.kind for part in from_docx(data).structure] == ["heading"]


_TITLE = '<w:pStyle w:val="Titre1"/>'


@pytest.mark.parametrize(
    ("root", "sentence"),
    [("workbook", "Excel"), ("presentation", "PowerPoint"), ("styles", "not a Word document")],
)
def test_another_office_file_has_its_own_sentence(build_archive, build_relations, root, sentence):
    data = build_archive(
        {
            "_rels/.rels": build_relations({"main.xml": "officeDocument"}),
            "main.xml": f'<{root} xmlns="x"/>',
        }
    )
    with pytest.raises(FormatError, match=sentence):
        from_docx(data)


def test_archives_that_are_no_word_document_say_what_they_are(build_archive):
    with pytest.raises(FormatError, match="OpenDocument"):
        from_docx(build_archive({"mimetype": "x", "content.xml": "<x/>"}))
    with pytest.raises(FormatError, match="not a Word document"):
        from_docx(build_archive({"photo.jpg": "x"}))
