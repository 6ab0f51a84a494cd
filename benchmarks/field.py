"""A field campaign drawn from a seed: notes as Word files, register, names, codings to put."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

from french import Writer
from lxml import etree
from openpyxl import Workbook

CODINGS = 30
CODES = 30
CODER = "claire"
KINDS = (
    "exploratoire", "observation", "effet miroir", "session collective", "atelier",
    "rencontre territoriale", "entretien",
)  # fmt: skip
_KIND_WEIGHTS = (24, 20, 10, 8, 12, 10, 16)
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_ROLES = (
    "cheffe de projet",
    "maire",
    "adjointe",
    "secrétaire de mairie",
    "commerçant",
    "habitante",
)
_GIVEN = [
    "Maëlle",
    "Élodie",
    "Hervé",
    "Josy",
    "Nadège",
    "Loïc",
    "Françoise",
    "Théo",
    "Anaïs",
    "Régis",
    "Solène",
    "Gaël",
    "Inès",
    "Benoît",
    "Zoé",
]
_FAMILY = [
    "Kerdoncuff",
    "Marandat",
    "Ferrandier",
    "Vauquelin",
    "Tréhorel",
    "Coussac",
    "Bélissant",
    "Durieuse",
    "Pontavic",
    "Rouvrelle",
]
_PLACES = [
    "Montfauve",
    "Saint-Aubrel",
    "Villorme",
    "Kervadec",
    "Lesquières",
    "Brumont",
    "Ozerac",
    "Taillefray",
    "Perdigne",
    "Sauvelle",
    "Aubrac-Neuf",
    "Lormoy",
]
_FIRST_DAY = date(2022, 9, 1)
_SEED = 20190704

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = {"w": _W}


class Campaign:
    """So many visits, their notes and what is said in them.

    Parameters
    ----------
    size : int
        Number of notes, each of its visit.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        draw = Random(_SEED)
        self.territories = {f"T{n:02}": name for n, name in enumerate(_PLACES, 1)}
        people = [f"{given} {family}" for family in _FAMILY for given in _GIVEN]
        draw.shuffle(people)
        self.participants = {
            f"P{n:03}": (name, draw.choice(list(self.territories)), draw.choice(_ROLES))
            for n, name in enumerate(people[:60], 1)
        }
        self.visits = [self._visit(n, draw) for n in range(1, size + 1)]

    def _visit(self, n: int, draw: Random) -> tuple[str, str, str, date, list[str]]:
        territory = draw.choice(list(self.territories))
        met = draw.sample(list(self.participants), k=draw.randrange(1, 5))
        kind = draw.choices(KINDS, _KIND_WEIGHTS)[0]
        return f"V{n:05}", territory, kind, _FIRST_DAY + timedelta(days=n % 900), met

    def write(self, folder: Path) -> None:
        """Write ``registre.xlsx`` and the notes, by year, into `folder`."""
        folder.mkdir(parents=True)
        self._register().save(folder / "registre.xlsx")
        for visit in self.visits:
            key, _territory, kind, day, _met = visit
            place = folder / str(day.year)
            place.mkdir(exist_ok=True)
            (place / f"{key} {kind} {day}.docx").write_bytes(self._note(visit))

    def names(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return the correspondence table: id, category, names."""
        people = [
            (key, "person", (name, name.split()[1]))
            for key, (name, *_) in self.participants.items()
        ]
        return [(key, "territory", (name,)) for key, name in self.territories.items()] + people

    def _register(self) -> Workbook:
        book = Workbook(write_only=True)
        for title, rows in self._sheets():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        return book

    def _sheets(self) -> Iterator[tuple[str, list[list[object]]]]:
        yield (
            "Territoires",
            [["id", "nature", "espace"]]
            + [
                [key, "commune", "rural" if at % 3 else "urbain"]
                for at, key in enumerate(self.territories)
            ],
        )
        yield (
            "Participants",
            [["id", "territoire", "rôle", "droit de citer"]]
            + [
                [key, territory, role, "oui"]
                for key, (_name, territory, role) in self.participants.items()
            ],
        )
        yield "Chercheurs", [["id", "rôle"], [CODER, "chercheuse"], ["yann", "ingénieur d'études"]]
        header = ["id", "territoire", "type", "date", "état", "participants", "chercheurs", "lieu"]
        yield (
            "Visites",
            [header]
            + [
                [key, territory, kind, day, "faite", "; ".join(met), CODER, "mairie"]
                for key, territory, kind, day, met in self.visits
            ],
        )

    def _note(self, visit: tuple[str, str, str, date, list[str]]) -> bytes:
        key, territory, kind, day, met = visit
        draw = Random(f"{_SEED} {key}")
        places = [self.territories[territory], *(self.participants[one][0] for one in met)]
        write = Writer(draw, places)
        body = Body(draw)
        body.heading(1, f"{self.territories[territory]}, {kind}")
        written = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        for field, value in (("Visite", key), ("Date", written), ("Rédaction", CODER)):
            body.paragraph(f"{field} : {value}")
        body.table([[write.phrase(1) for _ in range(3)], *([write.phrase(2), write.phrase(4),
                    write.phrase(3)] for _ in range(draw.randrange(2, 6)))])  # fmt: skip
        speakers = ["Chercheuse", draw.choice(["Maire", "Cheffe de projet", "Habitante"])]
        for _section in range(4):
            body.heading(2, write.phrase(draw.randrange(2, 6)))
            for _paragraph in range(3):
                body.paragraph(write.paragraph(draw.randrange(35, 75)))
            for turn in range(draw.choice((0, 0, 4))):
                words = write.paragraph(draw.randrange(8, 30))
                body.paragraph(f"{speakers[turn % 2]}\u00a0: {words}")
            body.paragraph(write.phrase(5), style="ListParagraph")
        while body.words < 1_000:
            body.paragraph(write.paragraph(60))
        return packed(body.xml())


class Body:
    """The main part of a Word document being written."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._root = etree.Element(f"{{{_W}}}document", nsmap=_NAMESPACES)
        self._body = etree.SubElement(self._root, f"{{{_W}}}body")
        self.words = 0

    def heading(self, level: int, text: str) -> None:
        """Write a heading."""
        self._paragraph(self._body, [text], f"Heading{level}")

    def paragraph(self, text: str, style: str = "") -> None:
        """Write a paragraph of one to three runs, as Word leaves them."""
        cuts = sorted(self._draw.sample(range(1, len(text)), k=self._draw.randrange(3)))
        bounds = zip((0, *cuts), (*cuts, len(text)), strict=True)
        self._paragraph(self._body, [text[start:end] for start, end in bounds], style)

    def table(self, rows: list[list[str]]) -> None:
        """Write a table."""
        table = etree.SubElement(self._body, f"{{{_W}}}tbl")
        for row in rows:
            line = etree.SubElement(table, f"{{{_W}}}tr")
            for cell in row:
                self._paragraph(etree.SubElement(line, f"{{{_W}}}tc"), [cell], "")

    def xml(self) -> bytes:
        """Return the whole part."""
        etree.SubElement(self._body, f"{{{_W}}}sectPr")
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _paragraph(self, parent: etree._Element, runs: list[str], style: str) -> None:
        paragraph = etree.SubElement(parent, f"{{{_W}}}p")
        if style:
            properties = etree.SubElement(paragraph, f"{{{_W}}}pPr")
            etree.SubElement(properties, f"{{{_W}}}pStyle").set(f"{{{_W}}}val", style)
        for rank, words in enumerate(runs):
            run = etree.SubElement(paragraph, f"{{{_W}}}r")
            if rank == 1:
                etree.SubElement(etree.SubElement(run, f"{{{_W}}}rPr"), f"{{{_W}}}b")
            text = etree.SubElement(run, f"{{{_W}}}t")
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = words
            self.words += words.count(" ") + 1


def _style(name: str, shown: str, properties: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>'
        f"{properties}</w:style>"
    )


_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": f'{_HEAD}<w:styles xmlns:w="{_W}">'
    + _style("Normal", "Normal")
    + "".join(
        _style(f"Heading{n}", f"heading {n}", f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr>')
        for n in (1, 2, 3)
    )
    + _style("ListParagraph", "List Paragraph")
    + "</w:styles>",
}


def packed(document: bytes) -> bytes:
    """Return a .docx: always the same bytes for the same document."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in (*_PARTS.items(), ("word/document.xml", document)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return file.getvalue()


def marks(texts: list[str], codes: list[str]) -> Iterator[tuple[int, int, int, str]]:
    """Yield what a coder marks, whole words: note, start, end, code; so many in each note.

    Parameters
    ----------
    texts : list of str
        The notes, in order.
    codes : list of str
        Codes to draw from.
    """
    draw = Random(_SEED)
    for note, text in enumerate(texts):
        for _coding in range(CODINGS):
            size = draw.randint(20, 300)
            start = text.rfind(" ", 0, draw.randrange(max(1, len(text) - size))) + 1
            end = text.find(" ", start + size)
            yield note, start, end if end > 0 else len(text), draw.choice(codes)
