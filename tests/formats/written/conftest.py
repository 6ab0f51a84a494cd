"""A small document that holds every kind of block."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cpit_research.results.document import (
    Document,
    Heading,
    KeyFigures,
    Listing,
    Paragraph,
    Picture,
    Table,
    Verbatim,
)

MADE = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def picture(words: str = "prévues", caption: str = "Le terrain") -> Picture:
    """Return a drawing of a few bytes that says `words`."""
    said = PngInfo()
    said.add_itxt("Description", words)
    stream = BytesIO()
    Image.new("RGB", (40, 20), "white").save(stream, "PNG", pnginfo=said)
    svg = (
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        '<defs><path id="a" d="M0 0"/></defs><use href="#a"/><text>{}</text></svg>'
    )
    from xml.sax.saxutils import escape

    return Picture(
        caption=caption,
        alternative=f"Dessin de {caption}",
        png=stream.getvalue(),
        svg=svg.format(escape(words)).encode(),
        words=(words,),
    )


@pytest.fixture(scope="session")
def sample() -> Document:
    """A French document with every kind of block, two references and totals."""
    counts = Table(
        caption="Extraits par famille",
        header=("Famille", "Extraits", "Part", "Depuis"),
        rows=(
            ("Relier", 3, 0.75, date(2022, 10, 1)),
            ("=1+1", 1, 0.25, None),
            ("Ensemble", 4, 1.0, None),
        ),
        name="Familles",
        notes=("Compte : extraits retenus.",),
        totals=True,
        percent=(2,),
    )
    references = Table(
        caption="Références",
        header=("Réf.", "Note"),
        rows=(("E1-a", "SRC-01"), ("E1-b", "SRC-02")),
        name="Références",
        anchors=("E1-a", "E1-b"),
    )
    return Document(
        title="Ce que disent les visites",
        subtitle="Synthèse & étape",
        made=MADE,
        author="Équipe CPIT",
        banner="Étude fictive",
        facts=(("Période", "2022 – 2023"),),
        blocks=(
            Heading("Retenir"),
            KeyFigures((("8", "notes"), ("12", "territoires"))),
            Paragraph("Un résumé.", "lead", label="Portée."),
            Listing(("un", "deux")),
            Listing(("premier", "second"), ordered=True),
            Heading("Terrain"),
            picture(),
            counts,
            Heading("E1 · Le mandat flou", 2),
            Heading("Ce qui l’appuie", 3),
            Verbatim("On m’a dit : tu verras.", "chef de projet", "E1-a"),
            Verbatim("Le flou m’a servi.", "chef de projet", "E1-b", qualifies=True),
            picture("faites", "La suite"),
            Heading("Références"),
            references,
        ),
    )
