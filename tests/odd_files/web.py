"""Web pages: what browsers, offices and transcription tools save, and what they should not."""

from odd_files.odd import OddFile

_NOTE = "<p>Chercheuse : Ça va, à Cœur-en-Bourg ?</p><p>Maire : L’été est là.</p>"


def _page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}<title>Note fictive</title></head><body>{body}</body>"


def _filtered_word() -> bytes:
    blanks = "&nbsp;" * 6
    mark = "<span style='font:7.0pt \"Times New Roman\"'>" + blanks + " </span>"
    return (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'>"
        "<meta name=Generator content='Microsoft Word 15 (filtered)'></head>"
        "<body lang=FR><div class=WordSection1><p class=MsoTitle>Réunion fictive</p>"
        "<h1>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>Contexte</h1>"
        "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt'>"
        f"<span style='font-family:Symbol'>·{mark}</span>Les élus</p>"
        "<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;text-indent:-18.0pt'>"
        f"<span style='font-family:\"Courier New\"'>o{mark}</span>le maire</p>"
        f"<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt'>a){mark}Les habitants</p>"
        "<p class=MsoNormal>Une note<a style='mso-footnote-id:ftn1' href=\"#_ftn1\" "
        "name=\"_ftnref1\" title=''><span class=MsoFootnoteReference>[1]</span></a>, et"
        "<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>une suite<o:p></o:p></p></div>"
        "<div><br clear=all><hr align=left size=1 width='33%'><div id=ftn1>"
        '<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1" title=\'\'>[1]</a> '
        "D’après le carnet.</p></div></div></body></html>"
    ).encode("cp1252")


def _google_docs() -> bytes:
    return (
        '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type">'
        '<style>ul.lst-kix_a-0{list-style-type:none}</style></head><body class="c1 doc-content">'
        '<p class="c2 title" id="h.1"><span>Entretien fictif</span></p>'
        '<ul class="c3 lst-kix_a-0 start"><li class="c4"><span>un café</span></li></ul>'
        '<ul class="c3 lst-kix_a-1 start"><li class="c4"><span>sa terrasse</span></li></ul>'
        '<p class="c2"><span>Le marché</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
        '<span> revient</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p>'
        '<hr class="c9"><div><p class="c2"><a href="#ftnt_ref1" id="ftnt1">[1]</a>'
        "<span>&nbsp;Le samedi.</span></p></div>"
        '<div class="c10"><p class="c2"><a href="#cmnt_ref1" id="cmnt1">[a]</a>'
        "<span>À vérifier auprès d’elle</span></p></div></body></html>"
    ).encode()


def _layout() -> bytes:
    rows = "<tr><td>Le vendredi</td></tr><tr><td><h2>Le lieu</h2><p>Une grange.</p></td></tr>"
    inner = "<table><tr><td>Date</td><td>5 mai</td></tr><tr><td>Lieu</td><td>Ici</td></tr></table>"
    return _page(
        f"<table width=100%><tr><td><table>{rows}</table></td><td>{inner}</td></tr></table>"
    ).encode()


def _controls() -> bytes:
    return _page(
        "<form><label><input type=checkbox checked>Élue</label><br>"
        "<label><input type=checkbox>Salariée</label>"
        "<p>Commune : <input type=text value='Cœur-en-Bourg'><input type=hidden value=jeton>"
        "<input type=password value=secret></p>"
        "<p>Âge : <select><option>18-30<option selected>31-50<option>plus</select></p>"
        "<textarea>\nPremière ligne\n  deuxième</textarea><input type=submit value=Envoyer></form>"
    ).encode()


FILES: tuple[OddFile, ...] = (
    OddFile(
        "utf8-sans-charset.html",
        "UTF-8 without any declaration, which becomes mojibake elsewhere",
        lambda: _page(_NOTE).encode(),
        keeps=("Ça va, à Cœur-en-Bourg ?", "L’été est là."),
        drops=("Ã", "â€"),
    ),
    OddFile(
        "dit-latin1-mais-utf8.html",
        "declares latin-1, but every byte agrees on UTF-8",
        lambda: _page(_NOTE, '<meta charset="iso-8859-1">').encode(),
        keeps=("Ça va, à Cœur-en-Bourg ?",),
        drops=("Ã",),
        says=("declares iso-8859-1, but its bytes are UTF-8",),
    ),
    OddFile(
        "dit-latin1-mais-mac.html",
        "declares latin-1, but was typed on an old Macintosh",
        lambda: _page(_NOTE, '<meta charset="iso-8859-1">').encode("mac_roman"),
        keeps=("Ça va, à Cœur-en-Bourg ?",),
        says=("its accents are those of mac-roman",),
    ),
    OddFile(
        "cp1252-declare.htm",
        "Windows-1252 under the name of latin-1, as browsers understand it",
        lambda: _page(_NOTE, '<meta charset="latin1">').encode("cp1252"),
        keeps=("Cœur-en-Bourg", "L’été"),
    ),
    OddFile(
        "utf16.html",
        "UTF-16 with its mark, as old Windows editors save it",
        lambda: b"\xff\xfe" + _page(_NOTE).encode("utf-16-le"),
        keeps=("Ça va, à Cœur-en-Bourg ?",),
    ),
    OddFile(
        "xhtml.html",
        "XHTML with its document type, its entities and empty elements",
        (
            '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 '
            'Strict//EN" "http://127.0.0.1:9/xhtml1-strict.dtd"><html '
            'xmlns="http://www.w3.org/1999/xhtml"><head><script src="x.js"/><title/></head>'
            "<body><p>Caf&eacute;&nbsp;: oui<br/>non</p><div/><p>Fin.</p></body></html>"
        ).encode,
        keeps=("Café\N{NO-BREAK SPACE}: oui\nnon", "Fin."),
    ),
    OddFile(
        "entites.html",
        "entities that a document type defines, each ten times the one before",
        lambda: (
            b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            b"<html><body><p>Avant &b; apr&egrave;s</p></body></html>"
        ),
        keeps=("Avant &b; après",),
        drops=("hahaha", "ENTITY"),
    ),
    OddFile(
        "word-filtre.htm",
        "Word’s filtered page: items by hand, a numbered heading, a footnote, a tab",
        _filtered_word,
        keeps=(
            "Réunion fictive",
            "1. Contexte",
            "Les élus",
            "le maire",
            "a) Les habitants",
            "Une note, et\tune suite",
            "D’après le carnet.",
        ),
        drops=("·", "[1]", "o le maire"),
        says=("1 note written",),
        aside=("1",),
    ),
    OddFile(
        "google-docs.html",
        "Google Docs’ export: levels in class names, a comment, a footnote",
        _google_docs,
        keeps=("Entretien fictif", "un café", "sa terrasse", "Le marché revient.", "Le samedi."),
        drops=("[a]", "[1]", "À vérifier"),
        says=("1 comment set aside",),
        aside=("À vérifier auprès d’elle",),
    ),
    OddFile(
        "mise-en-page.html",
        "an old page laid out by tables in tables",
        _layout,
        keeps=("Le vendredi\nLe lieu\nUne grange.", "Date\t5 mai", "Lieu\tIci"),
    ),
    OddFile(
        "cache.html",
        "hidden stretches, scripts, a template, a comment and a drawing with words",
        lambda: _page(
            "<p>Vu<span style='display:none'> caché</span></p><div hidden>aussi</div>"
            "<script>var mot = 'script'</script><template><p>gabarit</p></template>"
            "<noscript>sans script</noscript><!-- commentaire --><svg><text>dessin</text></svg>"
            "<p>Fin<!--[if gte mso 9]><xml>bureau</xml><![endif]-->.</p>"
        ).encode(),
        keeps=("Vu\nFin.",),
        drops=("caché", "aussi", "script", "gabarit", "commentaire", "dessin", "bureau"),
        says=("2 stretches that the page hides",),
    ),
    OddFile(
        "suivi.html",
        "tracked changes, a picture with its description, a ruby",
        lambda: _page(
            "<p>Le <del cite='mailto:Luc'>vieux</del><ins>nouveau</ins> marché"
            "<img src=x.png alt='Une halle de bois'> de <ruby>東<rp>(</rp><rt>est</rt></ruby></p>"
        ).encode(),
        keeps=("Le nouveau marché de 東",),
        drops=("vieux", "est"),
        says=("insertions kept: 1, deletions set aside: 1", "1 picture left out"),
        aside=("vieux", "Une halle de bois"),
    ),
    OddFile(
        "formulaire.html",
        "a form filled in: what is ticked, typed and chosen",
        _controls,
        keeps=("☑ Élue", "☐ Salariée", "Commune : Cœur-en-Bourg", "31-50", "  deuxième"),
        drops=("jeton", "secret", "18-30", "Envoyer"),
    ),
    OddFile(
        "transcription.html",
        "a machine transcript: a bold name, a time in a span, one word a span",
        lambda: _page(
            "<div><p><b>Chercheuse :</b> <span data-m=1020>Comment </span>"
            "<span data-m=1300>ça </span><span>a commencé ?</span></p>"
            "<p><b>Maire :</b> <span>Par </span><span>un café.</span></p>"
            "<p><b>Chercheuse :</b> <span>Et après ?</span></p></div>"
        ).encode(),
        keeps=("Chercheuse : Comment ça a commencé ?", "Maire : Par un café."),
    ),
    OddFile(
        "courriel.html",
        "the body of a message: one division a line, a quoted answer",
        (
            "<div dir=ltr>Bonjour,<div><br></div><div>La visite est jeudi.</div></div><br>"
            "<div class=gmail_quote>Le 5 mai, P03 a écrit :<br><blockquote><div>Quand ?</div>"
            "</blockquote></div>"
        ).encode,
        keeps=("Bonjour,\n\nLa visite est jeudi.", "Le 5 mai, P03 a écrit :\nQuand ?"),
    ),
    OddFile(
        "morceau.html",
        "neither head nor end: tags left open, others closed twice",
        "<li>un<li>deux<p>trois</b></p></div><td>quatre<b>cinq".encode,
        keeps=("un\ndeux\ntrois\nquatrecinq",),
    ),
    OddFile(
        "profond.html",
        "a hundred thousand divisions in one another",
        lambda: b"<html><body>" + b"<div>" * 100_000 + b"x",
        refused="nests more than 2048",
    ),
    OddFile(
        "archive.mhtml",
        "a page saved in one file with its pictures",
        lambda: b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\nx",
        refused="web archive",
    ),
    OddFile(
        "archive.html",
        "the same, under the suffix of a page",
        lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x",
        refused="web archive",
    ),
    OddFile(
        "export.docx",
        "a page that an application calls a Word document",
        lambda: b"<html xmlns:w='urn:schemas-microsoft-com:office:word'><body>x</body></html>",
        refused="Word document, but the file is a web page",
    ),
    OddFile(
        "vieux.doc",
        "a page that an application calls an old Word document",
        lambda: b"\xef\xbb\xbf<!-- x --><html><body>x</body></html>",
        refused="old Word, but the file is a web page",
    ),
    OddFile("pdf.html", "a PDF under the suffix of a page", lambda: b"%PDF-1.7\n", refused="a PDF"),
    OddFile("vide.html", "nothing but blanks", lambda: b" \n ", refused="empty"),
)
