"""PDFs that people, programs or ill will send."""

from pathlib import Path

from odd_files.odd import OddFile
from odd_files.pdfs import Page, pdf, shown, typed

__all__ = ["FILES"]

_MADE = Path(__file__).parent / "made"
_FULL = "La place du village est vide depuis que le marché a quitté le bourg, dit-elle, et"
_NOTE = typed(["Note fictive.", _FULL, _FULL, _FULL, "personne ne s’en plaint."])
_COMMENT = "<< /Type /Annot /Subtype /Text /Rect [60 740 70 750] /T (Claire) /Contents (à voir) >>"
_FILE = "<< /Type /Filespec /F (tableau.xlsx) >>"


def _made(name: str) -> bytes:
    return (_MADE / f"pdf_{name}.pdf").read_bytes()


def _attached(catalog: str = "") -> bytes:
    names = "/Names << /EmbeddedFiles << /Names [(tableau.xlsx) 4 0 R] >> >>"
    return pdf([_NOTE], catalog=names + catalog, extra=[_FILE])


def _running() -> bytes:
    return pdf(
        [
            shown("Étude fictive", 72, 810, 9) + typed([_FULL, first]) + shown(f"{n} / 3", 290, 30)
            for n, first in enumerate(["Le marché.", "Le bourg.", "La gare."], start=1)
        ]
    )


def _columns(*, backwards: bool = False) -> bytes:
    lines = [
        shown(f"{side} {n} du marché qui est parti du bourg", x, 760 - 14 * n)
        for side, x in (("gauche", 50), ("droite", 320))
        for n in range(12)
    ]
    return pdf(["".join(reversed(lines) if backwards else lines)])


def _dynamic_form() -> bytes:
    form = "/NeedsRendering true /AcroForm << /Fields [] /XFA 4 0 R >>"
    return pdf(
        [typed(["Veuillez patienter."])],
        catalog=form,
        extra=["<< /Length 0 >>\nstream\n\nendstream"],
    )


def _flood() -> bytes:
    return pdf([typed([("a" * 90 + " ") * 10] * 120, leading=20)])


FILES: tuple[OddFile, ...] = (
    OddFile(
        "libreoffice.pdf",
        "an interview saved by LibreOffice, with running titles and a table",
        lambda: _made("libreoffice"),
        keeps=("Entretien fictif", "en disent aujourd’hui ?\nMaire : Oui.", "Acteur\tRôle"),
        drops=("Personne inventée",),
        says=(r"1 page header set aside", r"1 page footer set aside"),
        aside=("Document fictif de test", "Personne inventée"),
    ),
    OddFile(
        "typst.pdf",
        "two justified columns, words cut at the end of lines",
        lambda: _made("typst"),
        keeps=("peut-être dès demain, une réhabilitation extraordinairement ambitieuse ;",),
        drops=("\u00ad", "extraordi-"),
        says=(r"words cut at the end of a line joined again",),
    ),
    OddFile(
        "reportlab.pdf",
        "a report made by a program, on two pages",
        lambda: _made("reportlab"),
        keeps=("Compte rendu fictif", "• un point", "Maire\tPorte"),
        drops=("Page 1",),
        says=(r"2 page numbers set aside",),
        aside=("Page 2",),
    ),
    OddFile(
        "titres courants.pdf",
        "a running title and page numbers",
        _running,
        keeps=("Le marché.", "Le bourg.", "La gare."),
        drops=("Étude fictive", "2 / 3"),
        says=(r"1 page header set aside", r"3 page numbers set aside"),
        aside=("Étude fictive", "2 / 3"),
    ),
    OddFile(
        "colonnes.pdf",
        "two columns",
        _columns,
        keeps=("gauche 11", "droite 0 "),
    ),
    OddFile(
        "colonnes à rebours.pdf",
        "two columns that the file writes from the last line to the first",
        lambda: _columns(backwards=True),
        keeps=("gauche 0 du", "droite 0 du", "gauche 11"),
        says=(r"order of 1 page .* uncertain \(page 1\)",),
    ),
    OddFile(
        "paysage.pdf",
        "a page turned by a quarter, its words too",
        lambda: pdf(
            [Page(shown("Tableau fictif.", 300, 100, matrix="0 1 -1 0"), entries="/Rotate 90")]
        ),
        keeps=("Tableau fictif.",),
    ),
    OddFile(
        "projet.pdf",
        "a draft's watermark written across each page",
        lambda: pdf([_NOTE + shown("PROJET", 200, 300, 60, matrix=".7 .7 -.7 .7")] * 2),
        keeps=("personne ne s’en plaint.",),
        drops=("PROJET",),
        says=(r"1 stretch of words written in another direction set aside",),
        aside=("PROJET",),
    ),
    OddFile(
        "reconnu.pdf",
        "a scanned page with recognised characters under its picture",
        lambda: pdf([Page(shown("Un texte reconnu.", mode=3), picture=True)]),
        keeps=("Un texte reconnu.",),
        says=(r"character recognition \(page 1\)",),
    ),
    OddFile(
        "numérisé en partie.pdf",
        "a note followed by two scanned pages",
        lambda: pdf([_NOTE, Page(picture=True), Page(picture=True)]),
        keeps=("personne ne s’en plaint.",),
        says=(r"2 pages hold pictures and no text \(pages 2–3\)",),
    ),
    OddFile(
        "commenté.pdf",
        "a note that a colleague annotated",
        lambda: pdf([Page(_NOTE, (_COMMENT,))]),
        keeps=("Note fictive.",),
        says=(r"1 comment set aside",),
        aside=("à voir",),
    ),
    OddFile(
        "joint.pdf",
        "a note with a file attached",
        _attached,
        keeps=("Note fictive.",),
        says=(r"1 attached file is not read",),
    ),
    OddFile(
        "mot de passe du propriétaire.pdf",
        "a note that may be read but not changed",
        lambda: _made("owner_password"),
        keeps=("Note fictive : la place est vide.",),
    ),
    OddFile(
        "précédé d’une ligne.pdf",
        "a PDF after a line that a server wrote",
        lambda: b"HTTP/1.1 200 OK\r\n\r\n" + pdf([_NOTE]),
        keeps=("Note fictive.",),
    ),
    OddFile(
        "symboles.pdf",
        "a few characters that no font translates",
        lambda: pdf([_NOTE + shown("\ue001\ue002", 72, 400, font="F3")]),
        keeps=("Note fictive.", "\ufffd\ufffd"),
        says=(r"2 characters are not readable",),
    ),
    OddFile(
        "numérisé.pdf",
        "pages that are pictures",
        lambda: pdf([Page(picture=True)] * 2),
        refused=r"scanned.*character recognition",
    ),
    OddFile(
        "illisible.pdf",
        "a font that does not say what it draws",
        lambda: pdf([typed([_FULL] * 3, font="F3")], unicode=False),
        refused=r"letters of this PDF cannot be read",
    ),
    OddFile(
        "mot de passe.pdf",
        "a note under a password",
        lambda: _made("password"),
        refused=r"protected by a password",
    ),
    OddFile(
        "coupé.pdf",
        "a download that stopped",
        lambda: pdf([_NOTE])[:-200],
        refused=r"truncated",
    ),
    OddFile(
        "abîmé.pdf",
        "an end without anything before it",
        lambda: b"%PDF-1.7\n" + bytes(300) + b"\n%%EOF",
        refused=r"damaged or empty",
    ),
    OddFile("vide.pdf", "no page at all", lambda: pdf([]), refused=r"damaged or empty"),
    OddFile("blanc.pdf", "a blank page", lambda: pdf([""]), refused=r"holds no text"),
    OddFile(
        "porte-documents.pdf",
        "a portfolio that wraps a workbook",
        lambda: _attached("/Collection << >>"),
        refused=r"portfolio: it only wraps 1 file",
    ),
    OddFile("formulaire dynamique.pdf", "a dynamic form", _dynamic_form, refused=r"dynamic form"),
    OddFile(
        "déluge.pdf",
        "a page of more than a hundred thousand characters",
        _flood,
        refused=r"Page 1 holds more than",
    ),
    OddFile(
        "page web.pdf",
        "a web page under another name",
        lambda: b"<!DOCTYPE html><html><body>Connexion requise</body></html>",
        refused=r"promises a PDF, but the file is a web page",
    ),
)
