"""A small document that holds every kind of block, and how to generate others."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import strategies as st
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


TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        (
            "<b>&amp;</b>",
            "]]>",
            "=HYPERLINK(1)",
            "a\tb\nc",
            "_x0041_nna",
            "🌾 مرحبا\u00a0!",
            "\u202ertl",
            "a\x00b\x1f",
            "mot " * 9_000,
            "'",
            "{{ 1 }}",
            "&#233;",
        )
    ),
)
CELLS = st.one_of(TEXTS, st.integers(), st.floats(), st.none(), st.dates())


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any size, any text, any widths."""
    width = draw(st.integers(1, 3))
    row = st.tuples(*[CELLS] * width)
    rows = draw(st.lists(row, max_size=3).map(tuple))
    return Table(
        caption=draw(TEXTS),
        header=draw(st.tuples(*[TEXTS] * width)),
        rows=rows,
        name=draw(TEXTS),
        notes=draw(st.lists(TEXTS, max_size=1).map(tuple)),
        totals=draw(st.booleans()),
        anchors=tuple(f"r{rank}" for rank in range(len(rows))),
    )


BLOCKS = st.one_of(
    st.builds(Heading, TEXTS, st.integers(1, 3)),
    st.builds(Paragraph, TEXTS, st.sampled_from(("plain", "lead", "note", "warning")), TEXTS),
    st.builds(KeyFigures, st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple)),
    st.builds(Listing, st.lists(TEXTS, max_size=2).map(tuple), st.booleans()),
    st.builds(Verbatim, TEXTS, TEXTS, st.sampled_from(("", "r0", "r1", "<r>")), st.booleans()),
    tables(),
    st.just(picture()),
)


@pytest.fixture(scope="session")
def documents() -> st.SearchStrategy[Document]:
    """Documents of any content."""
    return st.builds(
        Document,
        title=TEXTS,
        made=st.just(MADE),
        subtitle=TEXTS,
        language=st.sampled_from(("fr", "en")),
        author=TEXTS,
        banner=TEXTS,
        facts=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
        blocks=st.lists(BLOCKS, max_size=5).map(tuple),
    )
