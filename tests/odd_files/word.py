"""Word documents as people, their programs and ill will make them."""

from collections.abc import Mapping
from pathlib import Path
from warnings import catch_warnings, simplefilter

from odd_files.odd import OddFile
from odd_files.zipped import archive, flagged

__all__ = ["FILES"]

_MADE = Path(__file__).parent / "made"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_REL}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def _part(root: str, inner: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:{root} {_NAMESPACES}>{inner}</w:{root}>"
    )


def _relations(targets: Mapping[str, str], mode: str = "") -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}" {mode}/>'
        for n, (target, kind) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _entries(body: str, **parts: str) -> dict[str, str | bytes]:
    roots = {"header": "hdr", "footer": "ftr"}
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations({"word/document.xml": "officeDocument"}),
        "word/_rels/document.xml.rels": _relations({f"{kind}.xml": kind for kind in parts}),
        "word/document.xml": _part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        **{f"word/{kind}.xml": _part(roots.get(kind, kind), xml) for kind, xml in parts.items()},
    }


def _word(body: str, **parts: str) -> bytes:
    return archive(_entries(body, **parts))


def _p(*inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def _r(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def _t(words: str) -> str:
    return _r(f'<w:t xml:space="preserve">{words}</w:t>')


def _item(words: str, rank: int = 0, number: int = 1) -> str:
    listed = f'<w:numPr><w:ilvl w:val="{rank}"/><w:numId w:val="{number}"/></w:numPr>'
    return _p(_t(words), properties=listed)


def _level(rank: int, text: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _abstract(number: int, inner: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'


def _num(number: int, abstract: int, inner: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{inner}</w:num>'


def _style(name: str, shown: str, inner: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>'
        f"<w:pPr>{inner}</w:pPr></w:style>"
    )


def _cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def _row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def _sdt(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def _field(instruction: str, result: str) -> str:
    begin, separate, end = (
        _r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
    )
    return begin + instruction + separate + result + end


def _numbered_plan() -> bytes:
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = _style("Titre1", "heading 1", listed) + _style("Titre2", "heading 2", listed)
    linked = '<w:pStyle w:val="{}"/>'
    levels = _level(0, "%1.", "upperRoman", linked.format("Titre1")) + _level(
        1, "%1.%2", "decimal", linked.format("Titre2") + "<w:isLgl/>"
    )
    plan = (
        ("Titre1", "Arriver"),
        ("Titre2", "La halle"),
        ("Titre1", "Partir"),
        ("Titre2", "Le car"),
    )
    return _word(
        "".join(_p(_t(words), properties=linked.format(name)) for name, words in plan),
        styles=styles,
        numbering=_abstract(0, levels) + _num(1, 0),
    )


def _interrupted_list() -> bytes:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    levels = _level(0, "%1)") + _level(1, "%2.", "lowerLetter") + _level(2, "•", "bullet")
    body = (
        _item("Écouter")
        + _item("d’abord", 1)
        + _item("sans noter", 2)
        + _p(_t("Une phrase entre."))
        + _item("ensuite", 1)
        + _item("Relancer")
        + _item("Autre liste", 0, 2)
        + _item("Reprise")
    )
    return _word(body, numbering=_abstract(0, levels) + _num(1, 0) + _num(2, 0, start))


def _google() -> bytes:
    tagged = '<w:tag w:val="goog_rdk_{}"/>'
    body = (
        _sdt(_p(_t("Entretien fictif")), tagged.format(0))
        + _p(
            _sdt(_t("Claire : "), tagged.format(1)),
            _sdt('<w:commentRangeStart w:id="0"/>', tagged.format(2)),
            _t("On commence ?"),
            '<w:commentRangeEnd w:id="0"/>',
            _r('<w:commentReference w:id="0"/>'),
        )
        + _sdt(_item("Un point", 0, 3), tagged.format(3))
    )
    comment = '<w:comment w:id="0" w:author="Inès"><w:p>{}</w:p></w:comment>'.format(_t("à revoir"))
    numbering = _abstract(2, _level(0, "%1.")) + _num(3, 2)
    return _word(body, comments=comment, numbering=numbering)


def _pages() -> bytes:
    numbering = (
        _abstract(0, '<w:numStyleLink w:val="Numro"/>')
        + _abstract(1, '<w:styleLink w:val="Numro"/>' + _level(0, "%1."))
        + _num(1, 0)
        + _num(2, 0, f'<w:lvlOverride w:ilvl="0">{_level(0, "%1)", "upperLetter")}</w:lvlOverride>')
    )
    body = _item("Premier") + _item("Deuxième") + _item("Troisième", 0, 2)
    return _word(body, numbering=numbering)


def _relocated(main: str, target: str) -> bytes:
    folder, _slash, name = main.rpartition("/")
    heading = _p(_t("Ici"), properties='<w:pStyle w:val="T"/>')
    return archive(
        {
            "_rels/.rels": _relations({target: "officeDocument"}),
            f"{folder}/_rels/{name}.rels": _relations({"styles.xml": "styles"}),
            f"{folder}/styles.xml": _part("styles", _style("T", "heading 1")),
            main: _part("document", f"<w:body>{heading}</w:body>"),
        }
    )


def _strict() -> bytes:
    entries = _entries(
        _item("Un entretien") + _p(_t("fictif")),
        numbering=_abstract(0, _level(0, "%1°")) + _num(1, 0),
    )
    return archive(
        {
            name: str(content)
            .replace(_W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            .replace(_REL, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            for name, content in entries.items()
        }
    )


def _renamed(change: Mapping[str, str]) -> bytes:
    entries = _entries(_p(_t("Malgré son nom")))
    return archive({change.get(name, name): content for name, content in entries.items()})


def _utf16() -> bytes:
    entries = _entries(_p(_t("Été à Étretat")))
    main = str(entries["word/document.xml"]).replace("UTF-8", "UTF-16")
    return archive({**entries, "word/document.xml": main.encode("utf-16")})


def _tracked() -> bytes:
    who = 'w:id="1" w:author="Inès" w:date="2023-02-01T10:00:00Z"'
    removed = "<w:del {0}><w:r><w:delText>{1}</w:delText></w:r></w:del>"
    body = (
        _p(
            _t("Le maire "),
            removed.format(who, "ne "),
            _t("signe"),
            f"<w:ins {who}>{_t(' demain')}</w:ins>",
        )
        + _p(_t("Fin coupée, "), properties=f"<w:rPr><w:del {who}/></w:rPr>")
        + _p(_t("puis recollée"))
        + _p(f"<w:moveFrom {who}>{_t('déplacé')}</w:moveFrom>", _t("reste"))
        + _p(f"<w:moveTo {who}>{_t('déplacé')}</w:moveTo>")
        + _table(
            _row(
                _cell(_p(_t("garde"))),
                _cell(_p(_t("cellule partie")), properties=f"<w:cellDel {who}/>"),
            ),
            _row(_cell(_p(_t("rang parti"))), properties=f"<w:del {who}/>"),
        )
        + _p(
            f"<w:r><w:rPr><w:b/><w:rPrChange {who}><w:rPr/></w:rPrChange></w:rPr>"
            "<w:t>gras</w:t></w:r>"
        )
    )
    return _word(body)


def _discussed() -> bytes:
    body = _p(
        '<w:commentRangeStart w:id="1"/>',
        _t("La place"),
        '<w:commentRangeEnd w:id="1"/>',
        _t(" est vide."),
    )
    comments = "".join(
        f'<w:comment w:id="{n}" w:author="{who}">'
        f'<w:p w14:paraId="0000000{n}">{_t(words)}</w:p></w:comment>'
        for n, who, words in ((1, "Yann", "à quelle heure ?"), (2, "Claire", "à midi"))
    )
    thread = (
        '<w15:commentEx w15:paraId="00000001"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001"/>'
    )
    return _word(body, comments=comments, commentsExtended=thread)


def _form() -> bytes:
    box = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    rows = _sdt(_row(_cell(_p(_t("Date"))), _sdt(_cell(_p(_t("12 mai 2023"))))))
    return _word(
        _sdt(_sdt(_p(_t("Fiche de visite"))) + _table(rows))
        + _p(_sdt(_t("☒"), box), _t(" Atelier"), _sdt(_t(" collectif"), "<w:dropDownList/>"))
    )


def _old_text_box() -> bytes:
    box = (
        "<w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{_p(_t('Encadré'))}{_table(_row(_cell(_p(_t('dedans')))))}"
        "</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return _word(_p(_t("Avant"), _r(box), _t(" après")) + _p(_t("Suite")))


def _nested_tables(depth: int) -> bytes:
    inner = _p(_t("au fond"))
    for _level_down in range(depth):
        inner = _table(_row(_cell(inner, _p())))
    return _word(inner + _p(_t("Fin")))


def _huge_table() -> bytes:
    rows = (_row(*(_cell(_p(_t(f"r{n}c{c}"))) for c in range(12))) for n in range(1_500))
    return _word(_table(*rows))


def _notes() -> bytes:
    call = '<w:{0}noteReference w:id="2"/>'
    note = (
        '<w:{0}note w:type="separator" w:id="0"><w:p/></w:{0}note>'
        '<w:{0}note w:id="2">{1}</w:{0}note>'
    )
    body = _table(_row(_cell(_p(_t("Cellule"), _r(call.format("foot")))))) + _p(
        _t("Texte"), _r(call.format("end"))
    )
    foot = _p(_r("<w:footnoteRef/>"), _t(" La note")) + _item("son rang")
    return _word(
        body,
        footnotes=note.format("foot", foot),
        endnotes=note.format("end", _p(_t("La fin"))),
        numbering=_abstract(0, _level(0, "%1.")) + _num(1, 0),
        header=_p(_t("Document fictif")),
        footer=_p(_field(_r("<w:instrText>PAGE</w:instrText>"), _t("3"))),
    )


def _nested_fields() -> bytes:
    nested = _field(_r("<w:instrText>NUMPAGES</w:instrText>"), _t("99"))
    shown = _field(_r("<w:instrText>IF </w:instrText>") + nested + _t(" > 1"), _t("plusieurs"))
    open_one = _r('<w:fldChar w:fldCharType="begin"/>')
    return _word(_p(_t("Il y a "), shown, _t(" pages.")) + _p(open_one, _t("Champ jamais fermé")))


def _typography() -> bytes:
    cap = _p(_t("L"), properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
    body = cap + _p(
        _t("es "),
        _r("<w:rPr><w:vanish/></w:rPr><w:t>vraies </w:t>"),
        _t("halles"),
        _r('<w:sym w:font="Wingdings" w:char="F0E0"/>'),
        _r("<w:noBreakHyphen/>"),
        '<w:smartTag w:element="place">' + _t("Montfauve") + "</w:smartTag>",
        "<w:ruby><w:rt>"
        + _t("guide")
        + "</w:rt><w:rubyBase>"
        + _t(" base")
        + "</w:rubyBase></w:ruby>",
    )
    return _word(body)


def _not_read() -> bytes:
    drawing = '<w:drawing><wp:inline><wp:docPr id="1" name="x"{0}/>{1}</wp:inline></w:drawing>'
    body = _p(
        _t("Voir"),
        _r(drawing.format(' descr="la halle vide"', "<a:blip/>")),
        _r(drawing.format("", "")),
        _r("<w:object/>"),
    )
    return _word(body + '<w:altChunk r:id="rId9"/>')


def _long_numbers() -> bytes:
    levels = _level(0, "%1%1%1", "lowerLetter").replace('w:val="1"', 'w:val="32767"', 1)
    levels += _level(1, "%2" + "9" * 50_000)
    return _word(
        "".join(_item("x", n % 2) for n in range(200)), numbering=_abstract(0, levels) + _num(1, 0)
    )


def _overlong_part() -> bytes:
    return archive({**_entries(""), "word/document.xml": bytes(130 * 2**20)})


def _twice() -> bytes:
    entries = [*_entries(_p(_t("un"))).items(), ("word/document.xml", "<x/>")]
    with catch_warnings():
        simplefilter("ignore")  # that a name is duplicated is the point
        return archive(entries)


def _altered() -> bytes:
    data = archive(_entries(_p(_t("bonjour"))), stored=True)
    return data.replace(b"bonjour", b"bonsoir")


def _main(xml: str) -> bytes:
    return archive({**_entries(""), "word/document.xml": xml})


def _other_office(root: str) -> bytes:
    return archive(
        {
            "_rels/.rels": _relations({"x/main.xml": "officeDocument"}),
            "x/main.xml": f'<{root} xmlns="x"/>',
        }
    )


_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'

FILES: tuple[OddFile, ...] = (
    OddFile(
        "plan numéroté.docx",
        "headings numbered by their styles, legal numbers at the second level",
        _numbered_plan,
        keeps=("I. Arriver", "1.1 La halle", "II. Partir", "2.1 Le car"),
        says=("4 list numbers written",),
    ),
    OddFile(
        "liste interrompue.docx",
        "a list that goes on after a sentence, then one that starts again",
        _interrupted_list,
        keeps=(
            *("1) Écouter", "a. d’abord", "\nsans noter", "Une phrase", "b. ensuite"),
            *("2) Relancer", "1) Autre liste", "2) Reprise"),
        ),
        drops=("•",),
    ),
    OddFile(
        "Google Docs.docx",
        "saved by Google Docs: everything in content controls",
        _google,
        keeps=("Entretien fictif", "Claire : On commence ?", "1. Un point"),
        aside=("à revoir",),
        says=("1 comment set aside",),
    ),
    OddFile(
        "Pages.docx",
        "saved by Pages: lists that name a list style, a level replaced",
        _pages,
        keeps=("1. Premier", "2. Deuxième", "C) Troisième"),
    ),
    OddFile(
        "LibreOffice.docx",
        "saved by LibreOffice: lists, notes, tracked changes, a text box, nested tables",
        (_MADE / "libreoffice.docx").read_bytes,
        keeps=("1. a", "1.a b", "(i) c", "1.b d", "2. e", "n1\tn2", "dans la boîte", "Première"),
        aside=("ne ", "à vérifier"),
        says=("Tracked changes accepted", "6 list numbers", "2 notes", "1 text box"),
    ),
    OddFile(
        "Word en ligne.docx",
        "saved by Word online: its main part is word/document2.xml",
        lambda: _relocated("word/document2.xml", "/word/document2.xml"),
        keeps=("Ici",),
    ),
    OddFile(
        "ailleurs.docx",
        "main part in a folder of its own, named by a relative path",
        lambda: _relocated("a/b/main.xml", "./a/../a/b/main.xml"),
        keeps=("Ici",),
    ),
    OddFile("strict.docx", "strict Open XML", _strict, keeps=("1° Un entretien", "fictif")),
    OddFile(
        "sans styles.docx",
        "one part and nothing else, as a script may write it",
        lambda: archive(
            {
                "_rels/.rels": _relations({"word/document.xml": "officeDocument"}),
                "word/document.xml": _part("document", f"<w:body>{_item('Nu')}</w:body>"),
            }
        ),
        keeps=("Nu",),
    ),
    OddFile(
        "barres inverses.docx",
        "zipped under Windows with backslashes in its names",
        lambda: _renamed({"word/document.xml": "word\\document.xml"}),
        keeps=("Malgré son nom",),
    ),
    OddFile(
        "parties en majuscules.docx",
        "names whose case is not the one of its relations",
        lambda: _renamed({"word/document.xml": "Word/Document.XML"}),
        keeps=("Malgré son nom",),
    ),
    OddFile("UTF-16.docx", "main part in UTF-16", _utf16, keeps=("Été à Étretat",)),
    OddFile(
        "suivi des modifications.docx",
        "insertions, deletions, moves, an end of paragraph, a row, a cell and a form changed",
        _tracked,
        keeps=("Le maire signe demain", "Fin coupée, puis recollée", "reste", "déplacé", "garde"),
        drops=("ne signe", "cellule partie", "rang parti"),
        aside=("ne ", "déplacé", "cellule partie", "rang parti"),
        says=(r"insertions kept: 2, deletions set aside: 4", "1 tracked change of formatting"),
    ),
    OddFile(
        "commentaires et réponses.docx",
        "a comment and its answer, which has no place of its own",
        _discussed,
        keeps=("La place est vide.",),
        aside=("à quelle heure ?", "à midi"),
        says=("2 comments set aside",),
    ),
    OddFile(
        "formulaire.docx",
        "content controls around paragraphs, a table, a row, a cell, a box to tick",
        _form,
        keeps=("Fiche de visite", "Date\t12 mai 2023", "☒ Atelier collectif"),
    ),
    OddFile(
        "vieille zone de texte.docx",
        "a text box of an old Word, with a table, between the words of a paragraph",
        _old_text_box,
        keeps=("Avant après", "Encadré", "dedans", "Suite"),
        drops=("Encadré après",),
        says=("1 text box",),
    ),
    OddFile(
        "tableaux imbriqués.docx",
        "sixty tables inside one another",
        lambda: _nested_tables(60),
        keeps=("au fond", "Fin"),
    ),
    OddFile(
        "grand tableau.docx",
        "a table of eighteen thousand cells",
        _huge_table,
        keeps=("r0c0\tr0c1", "r1499c10\tr1499c11"),
    ),
    OddFile(
        "notes et en-têtes.docx",
        "notes called in a cell and in the text, a list in a note, page header and number",
        _notes,
        keeps=("Cellule\nTexte\n\nLa note\n1. son rang\nLa fin",),
        drops=("Document fictif", "3"),
        aside=("Document fictif",),
        says=("2 notes written", "1 page header"),
    ),
    OddFile(
        "champs.docx",
        "a field in the instruction of another, and one that never ends",
        _nested_fields,
        keeps=("Il y a plusieurs pages.", "Champ jamais fermé"),
        drops=("99", "> 1", "IF"),
    ),
    OddFile(
        "typographie.docx",
        "drop cap, hidden words, symbol font, smart tag, phonetic guide",
        _typography,
        keeps=("Les vraies halles→\u2011Montfauve base",),
        drops=("guide",),
        says=("hidden text kept", "1 symbol of a special font converted"),
    ),
    OddFile(
        "images et objets.docx",
        "a picture, a chart, an object and an embedded document",
        _not_read,
        keeps=("Voir",),
        aside=("la halle vide",),
        says=("1 picture", "1 chart", "1 embedded object", "1 embedded document is not read"),
    ),
    OddFile(
        "numéros démesurés.docx",
        "list numbers beyond every form, labels of fifty thousand characters",
        _long_numbers,
        keeps=("32767" * 3 + " x",),
    ),
    OddFile(
        "tronqué.docx",
        "half of a download",
        lambda: (data := _word(_p(_t("bonjour")) * 200))[: len(data) // 2],
        refused="truncated or damaged",
    ),
    OddFile(
        "altéré.docx", "some bytes changed on the way", _altered, refused="truncated or damaged"
    ),
    OddFile(
        "sous mot de passe.docx",
        "encrypted by Word",
        lambda: _OLE + "EncryptedPackage".encode("utf-16-le"),
        refused="password",
    ),
    OddFile(
        "zip chiffré.docx",
        "encrypted by a zip program",
        lambda: flagged(_word(_p(_t("a")))),
        refused="password",
    ),
    OddFile(
        "vieux Word.docx",
        "a .doc that was given another suffix",
        lambda: _OLE + "WordDocument".encode("utf-16-le"),
        refused=r"old Word \(.doc\)",
    ),
    OddFile("RTF.docx", "a rich text", lambda: rb"{\rtf1 a}", refused="rich text"),
    OddFile(
        "page web.docx",
        "a web page that a server calls a document",
        lambda: b"<!DOCTYPE html><html><body>a</body></html>",
        refused="web page",
    ),
    OddFile(
        "OpenDocument.docx",
        "an OpenDocument text renamed",
        (_MADE / "libreoffice.odt").read_bytes,
        refused="OpenDocument",
    ),
    OddFile(
        "photos.docx",
        "an archive of photographs",
        lambda: archive({"a.jpg": b"\xff\xd8\xff", "b.jpg": b"\xff\xd8\xff"}),
        refused="not a Word document",
    ),
    OddFile(
        "lien extérieur.docx",
        "its main part is an address on the network",
        lambda: archive(
            {
                "_rels/.rels": _relations(
                    {"http://127.0.0.1:9/a.xml": "officeDocument"}, 'TargetMode="External"'
                )
            }
        ),
        refused="not a Word document",
    ),
    OddFile(
        "chemin remontant.docx",
        "its main part climbs out of the archive",
        lambda: archive({"_rels/.rels": _relations({"../../../etc/passwd": "officeDocument"})}),
        refused="lacks its part",
    ),
    OddFile("deux fois.docx", "two parts of one name", _twice, refused="two entries named"),
    OddFile(
        "mille feuilles.docx",
        "six thousand entries",
        lambda: archive({f"{n}.xml": "" for n in range(6_000)}, stored=True),
        refused="more than 5000 entries",
    ),
    OddFile(
        "entités.docx",
        "entities that multiply",
        lambda: _main(_LAUGHS),
        refused="document type or entities",
    ),
    OddFile(
        "abîme.docx",
        "five thousand elements inside one another",
        lambda: _main("<x>" * 5_000 + "</x>" * 5_000),
        refused="nests more than 256",
    ),
    OddFile(
        "mal formé.docx",
        "XML cut short in a whole archive",
        lambda: _main(_part("document", "<w:body>")[:-20]),
        refused="not well-formed",
    ),
)
