"""Plain texts and Markdown, as editors of every age and system save them."""

from __future__ import annotations

from odd_files.odd import OddFile

NOTE = """\
Réunion du conseil — 12 octobre
Le maire évoque l’été, la sécheresse et « l’œuvre » commune.
Coût : 1 200 euros, à l’unanimité.
"""
KEPT = ("Réunion du conseil", "la sécheresse", "à l’unanimité")
PLAIN = NOTE.replace("’", "'").replace("—", "-").replace("œ", "oe")
WRAPPED = """\
Bonjour à toutes et à tous,

La prochaine rencontre du comité se tiendra le mardi 14 mars en mairie,
dans la salle du conseil, à partir de 9 h 30. Nous reviendrons sur les
résultats de la marche exploratoire et sur les suites à donner, avant de
partager un repas avec les habitantes du quartier des Tilleuls.

Bien à vous,
L’équipe
"""
FRONT = """\
---
Visite: V03
Date: 12/10/2022
---

# Compte rendu fictif

Claire : On commence par la halle.
"""
HTML = """\
# Note fictive

<div class="encadre" onclick="alert(1)">
Un <b>encadré</b> &amp; du texte.<br>
</div>

| qui | quoi |
|-----|------|
| la maire | un café |
"""


def _mixed() -> bytes:
    """Windows-1252 words pasted in a UTF-8 file."""
    return (NOTE * 20).encode() + "et la fin, écrite ailleurs\n".encode("cp1252")


FILES: tuple[OddFile, ...] = (
    OddFile("marque-utf8.txt", "UTF-8 with a byte-order mark", lambda: NOTE.encode("utf-8-sig"),
            keeps=KEPT, drops=("\ufeff",)),
    OddFile("bloc-notes-unicode.txt", "UTF-16 LE, as old Notepad says « Unicode »",
            lambda: b"\xff\xfe" + NOTE.replace("\n", "\r\n").encode("utf-16-le"),
            keeps=KEPT, drops=("\r",), says=("utf-16-le, not in UTF-8",)),
    OddFile("utf16-gros-boutiste.txt", "UTF-16 BE", lambda: b"\xfe\xff" + NOTE.encode("utf-16-be"),
            keeps=KEPT, says=("utf-16-be",)),
    OddFile("utf16-sans-marque.txt", "UTF-16 without its mark: zero bytes",
            lambda: NOTE.encode("utf-16-le"), refused="not a text: the file holds binary"),
    OddFile("utf16-coupe.txt", "UTF-16 cut in the middle of a character",
            lambda: b"\xff\xfe" + NOTE.encode("utf-16-le")[:-1], refused="truncated or damaged"),
    OddFile("utf32.txt", "UTF-32 with its mark", lambda: NOTE.encode("utf-32"),
            keeps=KEPT, says=("utf-32",)),
    OddFile("windows-1252.txt", "Windows-1252, curly apostrophes and œ",
            lambda: NOTE.encode("cp1252"), keeps=KEPT, says=("windows-1252",)),
    OddFile("mac-roman.txt", "Mac Roman, lines ended by CR alone",
            lambda: NOTE.replace("\n", "\r").encode("mac_roman"),
            keeps=KEPT, drops=("\r",), says=("mac-roman",)),
    OddFile("dos-850.txt", "DOS 850 of a form from the 1990s",
            lambda: PLAIN.replace("\n", "\r\n").encode("cp850") + b"\x1a",
            keeps=("Réunion", "évoque l'été", "à l'unanimité"), says=("cp850",)),
    OddFile("iso-8859-15.txt", "ISO-8859-15 with euros and œ",
            lambda: "Le cœur du bourg : 1 200 € pour la sœur du maire.\n".encode("iso8859_15"),
            keeps=("Le c", "ur du bourg", "1 200"), says=("not in UTF-8: check its accents",)),
    OddFile("melange.txt", "UTF-8 with a last line pasted in Windows-1252", _mixed,
            keeps=(*KEPT, "et la fin, �crite ailleurs"), says=("1 unreadable byte",)),
    OddFile("octets-nuls.txt", "zero bytes between the words", lambda: b"Bonjour\x00\x00tous",
            refused="holds binary content"),
    OddFile("fins-de-ligne.txt", "CRLF, CR and LF in one file",
            lambda: b"un\r\ndeux\rtrois\nquatre\r\r\ncinq",
            keeps=("un\ndeux\ntrois\nquatre", "cinq"), drops=("\r",)),
    OddFile("separateurs.txt", "U+2028, U+0085, form feeds and vertical tabs inside lines",
            "un\u2028deux\u0085trois\fquatre\vcinq\nsix".encode,
            keeps=("un\u2028deux\u0085trois\fquatre\vcinq\nsix",)),
    OddFile("nfd.txt", "accents apart from their letters, as macOS names them",
            "Re\u0301union de\u0301ja\u0300 commence\u0301e".encode,
            keeps=("Réunion déjà commencée",), drops=("\u0301",)),
    OddFile("emoji.txt", "emoji of several code points, flags, keycaps",
            "Ambiance : 👩‍🌾 👨‍👩‍👧‍👦 🇫🇷 1️⃣ ☕️ fin".encode,
            keeps=("👩‍🌾 👨‍👩‍👧‍👦 🇫🇷 1️⃣ ☕️ fin",)),
    OddFile("droite-a-gauche.txt", "marks that turn the direction of reading",
            "Nom : \u202eerialC\u202c et \u2067texte\u2069 \u200binvisible".encode,
            keeps=("Nom : \u202eerialC\u202c", "\u200binvisible")),
    OddFile("une-ligne.txt", "5 MB on a single line", lambda: b"un mot " * 750_000 + b"fin",
            keeps=("un mot un mot", "fin")),
    OddFile("cent-mille-lignes.txt", "a hundred thousand short lines",
            lambda: b"oui\n" * 100_000 + b"fin", keeps=("oui\noui", "fin")),
    OddFile("courriel.txt", "an e-mail wrapped by hand at 72 characters", WRAPPED.encode,
            keeps=("en mairie,\ndans la salle", "Bien à vous,")),
    OddFile("marques.txt", "a letter under a hundred thousand accents",
            ("zalgo a" + "\u0301\u0316" * 50_000 + " fin").encode,
            keeps=("zalgo", " fin")),
    OddFile("blancs.md", "a title after a hundred thousand spaces",
            lambda: b" " * 100_000 + b"# x\n\nla suite", keeps=("# x", "la suite")),
    OddFile("entete.md", "front matter, then a title", FRONT.encode,
            keeps=("Visite: V03", "Compte rendu fictif", "la halle")),
    OddFile("entete-ouverte.md", "front matter that is never closed",
            lambda: FRONT.replace("---\n\n", "\n").encode(), keeps=("Visite: V03", "la halle")),
    OddFile("html-dedans.md", "HTML and a table inside Markdown", HTML.encode,
            keeps=('<div class="encadre"', "<b>encadré</b> &amp; du texte", "la maire", "un café")),
    OddFile("cloture-ouverte.md", "a fenced block that is never closed",
            "avant\n\n```\n# code\n\naprès".encode, keeps=("avant", "# code", "après")),
    OddFile("citations.md", "quotations in quotations, a thousand deep",
            lambda: b"> " * 1_000 + b"au fond",
            keeps=("au fond",)),
)  # fmt: skip
