r"""Rich texts: what Word, WordPad, TextEdit, LibreOffice and others write, and what breaks them."""

from odd_files.odd import OddFile


def _rich(body: str, head: str = "") -> bytes:
    """Return a rich text in which what ASCII lacks is written as Word does."""
    fonts = r"{\fonttbl{\f0\fcharset0 Calibri;}}"
    escaped = (
        rf"\u{ord(c) if ord(c) < 2**15 else ord(c) - 2**16}?" if c > "~" else c for c in body
    )
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + head + "".join(escaped) + "}").encode()


_TEXTEDIT = rb"""{\rtf1\ansi\ansicpg1252\cocoartf2709
\cocoatextscaling0\cocoaplatform0{\fonttbl\f0\fswiss\fcharset0 Helvetica;\f1\fnil\fcharset128 Hira;}
{\colortbl;\red255\green255\blue255;}
{\*\expandedcolortbl;;}
{\*\listtable{\list\listtemplateid1\listhybrid{\listlevel\levelnfc23\levelnfcn23{\leveltext
\leveltemplateid1\'01\uc0\u8226 ;}{\levelnumbers;}}{\listname ;}\listid1}}
{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}
\pard\tx560\pardirnatural\partightenfactor0

\f0\fs24 \cf0 Chercheuse : \'c7a va, l\'92\'e9t\'e9 \uc0\u55356 \u57102  ?\
\pard\ls1\ilvl0\cf0 {\listtext\uc0\u8226 \tab}Un \'e9lu\

\f1 \'93\'8c}"""

_WORDPAD = (
    br"{\rtf1\ansi\ansicpg1252\deff0\nouicompat\deflang1036{\fonttbl{\f0\fnil\fcharset0 Calibri;}"
    br"{\f1\fnil\fcharset2 Symbol;}}" b"\r\n"
    br"{\*\generator Riched20 10.0.19041}\viewkind4\uc1 " b"\r\n"
    br"\pard\sa200\f0\fs22\lang12 Visite : V03\par" b"\r\n"
    b"\r\n"
    br"\pard{\pntext\f1\'B7\tab}{\*\pn\pnlvlblt\pnf1{\pntxtb\'B7}}\fi-360 Le march\'e9\par"
    b"\r\n"
    br"\pard{\pntext\f0 1.\tab}{\*\pn\pnlvlbody\pnf0\pnstart1\pndec{\pntxta.}}La for\'eat\par"
    b"\r\n}\r\n\0"
)  # fmt: skip

_WORD = _rich(
    r"\pard\plain\s1\outlinelevel0{Réunion}{ du 5 mai\par}"
    r"{\listtext\pard\plain 1)\tab}\pard\plain\ls2\ilvl0 Les élus\par"
    r"{\listtext\pard\plain\f2\'b7\tab}\pard\plain\ls1\ilvl1 Les habitants\par"
    r"\pard\plain {\v masqué }Le {\deleted\revauthdel1 vieux }{\revised\revauth1 nouveau }marché"
    r"{\*\atrfstart 1}{ revient}{\*\atrfend 1}{\*\atnid AB}{\*\atnauthor Ana}\chatn"
    r"{\*\annotation{\*\atnref 1}\pard\plain À vérifier}{\super\chftn"
    r"{\footnote\pard\plain{\super\chftn} D’après elle}}.\par"
    r"{\field{\*\fldinst HYPERLINK https://example.org}{\fldrslt le site}} et "
    r"{\field{\*\fldinst SYMBOL 224 \\f Wingdings \\s 11}{\fldrslt\f0}} la suite"
    r"{\*\bkmkstart a}{\*\bkmkend a}{\xe index}{\*\inconnu rien{\pire encore}}\par"
    r"{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv Une halle}}}\pngblip 89504e47}}"
    r"{\nonshppict{\pict\wmetafile8 0100}}{\shp{\*\shpinst{\sp{\sn posh}{\sv 1}}"
    r"{\shptxt\pard Encadré\par}}{\shprslt{\*\do{\dptxbxtext\pard Encadré\par}}}}Fin\par",
    r"{\f2\fcharset2 Symbol;}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}"
    r"{\*\revtbl{Inconnu;}{Luc;}}{\header\pard En-tête fictif\par}{\footer\pard 3\par}",
).replace(b"}{\\f2\\fcharset2 Symbol;}", b"{\\f2\\fcharset2 Symbol;}}", 1)

_NESTED = _rich(
    r"\trowd\cellx2000\cellx4000\pard\intbl Date\cell 5 mai\cell\row"
    r"\trowd\cellx4000\pard\intbl Tout\par en large\cell\row"
    r"\trowd\cellx2000\cellx4000\pard\intbl a\cell\pard\intbl\itap2 n1\nestcell"
    r"{\nonesttables\par}n2\nestcell{\nonesttables\par}{\*\nesttableprops\trowd\cellx2500"
    r"\cellx3000\nestrow}{\nonesttables\par}\pard\intbl\itap1\cell\row\pard Après\par"
)


FILES: tuple[OddFile, ...] = (
    OddFile(
        "textedit.rtf",
        "TextEdit: fonts without groups, a backslash for a paragraph, surrogates, Japanese bytes",
        lambda: _TEXTEDIT,
        keeps=("Chercheuse : Ça va, l’été 🌎 ?", "Un élu", "東"),
        drops=("\N{BULLET}",),
    ),
    OddFile(
        "wordpad.rtf",
        "WordPad: items of the old way, a zero byte after the end",
        lambda: _WORDPAD,
        keeps=("Visite : V03\n", "Le marché\n", "1. La forêt"),
        drops=("\N{MIDDLE DOT}",),
    ),
    OddFile(
        "word.rtf",
        "Word: styles, lists, tracked changes, a comment, a note, fields, a text box, a picture",
        lambda: _WORD,
        keeps=(
            "Réunion du 5 mai", "1) Les élus", "Les habitants", "masqué Le nouveau marché revient.",
            "le site et → la suite", "Fin", "Encadré", "D’après elle",
        ),
        drops=("vieux", "index", "rien", "encore", "HYPERLINK", "En-tête", "Encadré\nEncadré"),
        says=(
            "insertions kept: 1, deletions set aside: 1", "1 comment", "1 note", "1 page header",
            "1 text box", "1 picture", "1 stretch of hidden text",
        ),
        aside=("vieux", "À vérifier", "En-tête fictif", "Une halle"),
    ),
    OddFile(
        "tableaux.rtf",
        "a row of two cells, one that spans them, a table in a cell",
        lambda: _NESTED,
        keeps=("Date\t5 mai\nTout\nen large\na\tn1\tn2\nAprès",),
    ),
    OddFile(
        "pages.rtf",
        "fonts of central Europe, of Russia, of DOS and of the Macintosh in one paragraph",
        lambda: (
            rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 A CE;}"
            rb"{\f2\fcharset204 Arial Cyr;}{\f3\fcharset255 Terminal;}{\f4\fcharset77 Geneva;}"
            rb"{\f5\cpg437 DOS;}}\f0 \'e9\f1 \'b3\f2 \'e4\'e0\f3 \'82\f4 \'8e\f5 \'82\plain\'e8}"
        ),
        keeps=("éłдаéééè",),
    ),
    OddFile(
        "mac.rtf",
        "an old Macintosh: its encoding is that of the document",
        lambda: rb"{\rtf1\mac\deff2{\fonttbl{\f2\froman New York;}}\f2 L\'d5\'8et\'8e\par}",
        keeps=("L’été",),
    ),
    OddFile(
        "octets.rtf",
        "bytes beyond ASCII that no program should write: UTF-8",
        r"{\rtf1\ansi L’été, \'e0 midi\par}".encode,
        keeps=("L’été, à midi",),
    ),
    OddFile(
        "remplacants.rtf",
        "characters that stand for others: two, none, a byte, a control word",
        lambda: (
            rb"{\rtf1\ansi{\uc2 \u26481 \'93\'8c, }{\uc0\u233 t}\u233\'e9 {\uc1\u8217 ?}"
            rb"\u8217\rquote {\upr{l'ete}{\*\ud{l\u8217 ?\u233 ?t\u233 ?}}}\par}"
        ),
        keeps=("東, été ’’l’été",),
    ),
    OddFile(
        "binaire.rtf",
        "a picture in bytes, among which are braces",
        lambda: b"{\\rtf1 Avant {\\pict\\wmetafile8\\bin7 {{\\}\x00}{}apr\\'e8s\\bin3 }}}!\\par}",
        keeps=("Avant après!",),
        says=("1 picture left out",),
    ),
    OddFile(
        "numeros.rtf",
        "items whose numbers are left to the reader",
        lambda: _rich(
            r"\pard\ls1 Un\par Deux\par\pard\ls1\ilvl1 Sous\par\pard\ls1 Trois\par\pard\ls7 Autre",
            r"{\*\listtable{\list{\listlevel\levelnfc0\levelstartat1{\leveltext\'02\'00.;}"
            r"{\levelnumbers\'01;}}{\listlevel\levelnfc4\levelstartat1{\leveltext\'04\'00.\'01);}"
            r"{\levelnumbers\'01\'03;}}\listid9}}{\*\listoverridetable{\listoverride\listid9\ls1}}",
        ),
        keeps=("1. Un\n2. Deux\n2.a) Sous\n3. Trois\nAutre",),
        says=("1 paragraph has a number that is not in the text",),
    ),
    OddFile(
        "courriel.rtf",
        "a message of Outlook, its page inside",
        lambda: (
            rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Bonjour"
            rb"\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}}"
        ),
        keeps=("Bonjour",),
        drops=("<p>",),
    ),
    OddFile(
        "tronque.rtf",
        "cut on its way: groups are not closed",
        lambda: rb"{\rtf1\ansi {\b Bonjour",
        refused="truncated",
    ),
    OddFile(
        "image-tronquee.rtf",
        "cut in the bytes of a picture, which announce more than there are",
        lambda: rb"{\rtf1 a{\pict\bin999999999 xx}}",
        refused="truncated",
    ),
    OddFile(
        "profond.rtf",
        "a hundred thousand groups in one another",
        lambda: rb"{\rtf1" + b"{" * 100_000 + b"x" + b"}" * 100_001,
        refused="nests more than 1000",
    ),
    OddFile(
        "apres.rtf",
        "words after the end",
        lambda: rb"{\rtf1 Bonjour\par}{\rtf1 Bonsoir\par}",
        keeps=("Bonjour",),
        drops=("Bonsoir",),
        says=("after the end of the rich text",),
    ),
    OddFile(
        "note.txt", "a rich text under the suffix of a plain one", lambda: _WORDPAD,
        refused="a text, but the file is a rich text",
    ),
    OddFile(
        "note.doc", "a rich text that an application calls an old Word document", lambda: _WORD,
        refused="old Word, but the file is a rich text",
    ),
    OddFile(
        "note.docx", "a rich text that somebody renamed", lambda: _WORD,
        refused="Word document, but the file is a rich text",
    ),
    OddFile(
        "page.rtf", "a web page that an application calls a rich text", lambda: b"<html>x</html>",
        refused="rich text, but the file is a web page",
    ),
    OddFile("vide.rtf", "no byte", lambda: b"", refused="empty"),
)  # fmt: skip
