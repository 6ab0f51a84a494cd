"""OpenDocument texts as people, their programs and ill will make them."""

from pathlib import Path

from odd_files.odd import OddFile
from odd_files.zipped import archive, flagged

__all__ = ["FILES"]

_MADE = Path(__file__).parent / "made"
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = (
    " ".join(f'xmlns:{name}="{_URN}{name}:1.0"' for name in ("office", "text", "table", "style"))
    + f' xmlns:draw="{_URN}drawing:1.0" xmlns:svg="{_URN}svg-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_TYPE = "application/vnd.oasis.opendocument.text"
_MANIFEST = "META-INF/manifest.xml"


def _content(body: str, automatic: str = "", kind: str = "text") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )


def _odt(body: str, automatic: str = "", **parts: str) -> bytes:
    entries = {"mimetype": _TYPE, "content.xml": _content(body, automatic)}
    for name, inner in parts.items():
        entries[f"{name}.xml"] = (
            f"<office:document-{name} {_NAMESPACES}>{inner}</office:document-{name}>"
        )
    return archive({**entries, _MANIFEST: "<manifest/>"})


def _p(inner: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def _items(*inner: str, more: str = "") -> str:
    return (
        f'<text:list text:style-name="L1" {more}>'
        + "".join(f"<text:list-item>{item}</text:list-item>" for item in inner)
        + "</text:list>"
    )


def _cell(inner: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{inner}</table:table-cell>"


def _row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def _table(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


_LIST = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-suffix=")" style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>'
)


def _openoffice() -> bytes:
    """Return what OpenOffice 2 wrote: lists without ids, a manifest with a document type."""
    body = (
        _items(_p("Écouter"), _p("Relancer"))
        + _p("Entre les deux.")
        + _items(_p("Reformuler") + _items(_p("un peu")), more='text:continue-numbering="true"')
        + _items(_p("Autre liste"))
    )
    return archive(
        {
            "mimetype": _TYPE,
            "content.xml": _content(body, _LIST),
            _MANIFEST: '<!DOCTYPE manifest PUBLIC "x" "Manifest.dtd"><manifest/>',
        }
    )


def _indented() -> bytes:
    """Return a document whose XML was indented by a program."""
    body = """
      <text:p>
        Une phrase
        <text:span>coupée</text:span>
        en lignes
      </text:p>
      <text:p>Deux<text:s text:c="2"/>espaces,<text:tab/>une tabulation</text:p>
    """
    return _odt(body)


def _tracked() -> bytes:
    who = "<office:change-info><dc:creator>Inès</dc:creator></office:change-info>"
    region = '<text:changed-region text:id="{0}"><text:{1}>{2}{3}</text:{1}></text:changed-region>'
    changes = region.format("c1", "deletion", who, _p("ne ")) + region.format(
        "c2", "insertion", who, ""
    )
    comment = (
        f"<office:annotation><dc:creator>Yann</dc:creator>{_p('à vérifier')}</office:annotation>"
    )
    return _odt(
        f"<text:tracked-changes>{changes}</text:tracked-changes>"
        + _p(
            'Le maire <text:change text:change-id="c1"/>signe'
            '<text:change-start text:change-id="c2"/> demain<text:change-end text:change-id="c2"/>'
            f"{comment}."
        )
    )


def _headings() -> bytes:
    levels = "".join(
        f'<text:outline-level-style text:level="{rank}" style:num-format="{form}" '
        f'text:display-levels="{rank}"/>'
        for rank, form in ((1, "I"), (2, "1"))
    )
    page = f"<style:header>{_p('Document fictif')}</style:header>"
    body = "".join(
        f'<text:h text:outline-level="{rank}">{words}</text:h>'
        for rank, words in ((1, "Arriver"), (2, "La halle"), (1, "Partir"))
    )
    return _odt(
        body,
        styles=f"<office:styles><text:outline-style>{levels}</text:outline-style></office:styles>"
        "<office:master-styles>"
        f"<style:master-page>{page}</style:master-page></office:master-styles>",
    )


def _hidden() -> bytes:
    hides = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    body = (
        f'<text:section text:display="none">{_p("Section masquée")}</text:section>'
        + _p('Mots <text:span text:style-name="T1">cachés</text:span>')
        + _p(
            '<draw:frame><draw:image xlink:href="x"/>'
            "<svg:desc>la halle vide</svg:desc></draw:frame>"
        )
        + _p("<draw:frame><draw:object/><draw:image/></draw:frame>")
    )
    return _odt(body, hides)


def _tables() -> bytes:
    head = _row(_cell(_p("Acteur")), _cell(_p("Rôle")))
    inner = _table(_row(_cell(_p("n1")), _cell(_p("n2"))))
    covered = "<table:covered-table-cell/>"
    return _odt(
        _table(
            f"<table:table-header-rows>{head}</table:table-header-rows>",
            _row(_cell(_p("Tous"), 'table:number-columns-spanned="2"'), covered),
            _row(_cell(_p("Maire") + inner), _cell("")),
        )
    )


def _repeated() -> bytes:
    most = 'table:number-{}-repeated="1048576"'
    row = _row(_cell(_p("mot"), most.format("columns")), more=most.format("rows"))
    return _odt(_table(row) * 50 + _p("Fin"))


def _deep_lists() -> bytes:
    inner = _p("au fond")
    for _level in range(100):
        inner = _items(inner)
    return _odt(inner + _p("Fin"), _LIST)


def _flat() -> bytes:
    root = f"<office:document {_NAMESPACES}><office:body/></office:document>"
    return f'<?xml version="1.0"?>{root}'.encode()


def _typed(kind: str, inner: str = "text") -> bytes:
    return archive({"mimetype": kind, "content.xml": _content(_p("a"), kind=inner)})


def _main(xml: str | bytes) -> bytes:
    return archive({"mimetype": _TYPE, "content.xml": xml})


FILES: tuple[OddFile, ...] = (
    OddFile(
        "LibreOffice.odt",
        "saved by LibreOffice: lists, notes, tracked changes, a text box, nested tables",
        (_MADE / "libreoffice.odt").read_bytes,
        keeps=("1. a", "1.a b", "(i) c", "1.b d", "2. e", "n1\tn2", "dans la boîte", "Première"),
        aside=("ne ", "à vérifier"),
        says=("Tracked changes accepted", "6 list numbers", "2 notes", "1 text box"),
    ),
    OddFile(
        "OpenOffice 2.odt",
        "lists that go on without ids, a manifest with a document type",
        _openoffice,
        keeps=(
            *("1) Écouter", "2) Relancer", "Entre", "3) Reformuler", "3.a un peu"),
            "1) Autre liste",
        ),
        says=("5 list numbers",),
    ),
    OddFile(
        "indenté.odt",
        "XML indented by a program: its white space is no text",
        _indented,
        keeps=("Une phrase coupée en lignes", "Deux  espaces,\tune tabulation"),
    ),
    OddFile(
        "corrigé.odt",
        "tracked changes and a comment",
        _tracked,
        keeps=("Le maire signe demain.",),
        drops=("ne signe",),
        aside=("ne ", "à vérifier"),
        says=("insertions kept: 1, deletions set aside: 1", "1 comment"),
    ),
    OddFile(
        "plan.odt",
        "headings numbered by the outline, a page header",
        _headings,
        keeps=("I Arriver", "I.1 La halle", "II Partir"),
        drops=("Document fictif",),
        aside=("Document fictif",),
        says=("3 list numbers", "1 page header"),
    ),
    OddFile(
        "caché.odt",
        "a hidden section, hidden words, a described picture, an object",
        _hidden,
        keeps=("Section masquée", "Mots cachés"),
        aside=("la halle vide",),
        says=("2 stretches of hidden text", "1 picture", "1 embedded object"),
    ),
    OddFile(
        "tableaux.odt",
        "header rows, a wide cell, a table in a cell",
        _tables,
        keeps=("Acteur\tRôle\nTous\nMaire\nn1\tn2\t",),
    ),
    OddFile(
        "modèle.odt",
        "a template that was given the suffix of a text",
        lambda: _typed(_TYPE + "-template"),
        keeps=("a",),
    ),
    OddFile(
        "sans type.odt",
        "zipped again by hand: no type, no styles",
        lambda: archive({"content.xml": _content(_p("Malgré tout"))}),
        keeps=("Malgré tout",),
    ),
    OddFile(
        "répétitions.odt",
        "fifty rows repeated a million times, of cells repeated a million times",
        _repeated,
        keeps=("mot\tmot", "Fin"),
    ),
    OddFile(
        "listes imbriquées.odt",
        "a hundred lists inside one another",
        _deep_lists,
        keeps=("au fond", "Fin"),
    ),
    OddFile(
        "sous mot de passe.odt",
        "encrypted by LibreOffice",
        lambda: archive(
            {
                "mimetype": _TYPE,
                "content.xml": b"\x9d\x02\x11",
                _MANIFEST: "<m><manifest:encryption-data/></m>",
            }
        ),
        refused="password",
    ),
    OddFile(
        "zip chiffré.odt",
        "encrypted by a zip program",
        lambda: flagged(_odt(_p("a"))),
        refused="password",
    ),
    OddFile(
        "classeur.odt",
        "a spreadsheet renamed",
        lambda: _typed("application/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
        refused="spreadsheet",
    ),
    OddFile(
        "diaporama.odt",
        "a presentation renamed",
        lambda: _typed("application/vnd.oasis.opendocument.presentation", "presentation"),
        refused="presentation",
    ),
    OddFile(
        "vieil OpenOffice.odt",
        "a .sxw that was given another suffix",
        lambda: archive({"mimetype": "application/vnd.sun.xml.writer", "content.xml": "<x/>"}),
        refused="old OpenOffice",
    ),
    OddFile(
        "note.sxw", "a text of an old OpenOffice", lambda: b"PK\x03\x04", refused="old OpenOffice"
    ),
    OddFile("à plat.fodt", "OpenDocument in one XML file", _flat, refused="Flat OpenDocument"),
    OddFile("à plat.odt", "the same, renamed", _flat, refused="flat OpenDocument"),
    OddFile(
        "Word.odt",
        "a Word document renamed",
        (_MADE / "libreoffice.docx").read_bytes,
        refused="Office document",
    ),
    OddFile("texte.odt", "a plain text", lambda: b"Bonjour.", refused="plain text"),
    OddFile(
        "tronqué.odt",
        "half of a download",
        lambda: (data := _odt(_p("bonjour") * 200))[: len(data) // 2],
        refused="truncated or damaged",
    ),
    OddFile(
        "bombe.odt",
        "a part of 130 MB in a small file",
        lambda: _main(bytes(130 * 2**20)),
        refused="inflates beyond 128 MB",
    ),
    OddFile(
        "entités.odt",
        "entities that multiply",
        lambda: _main('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
        refused="document type or entities",
    ),
    OddFile(
        "abîme.odt",
        "five thousand elements inside one another",
        lambda: _main("<x>" * 5_000 + "</x>" * 5_000),
        refused="nests more than 256",
    ),
    OddFile("sans texte.odt", "a drawing", lambda: _typed("", "drawing"), refused="holds no text"),
)
