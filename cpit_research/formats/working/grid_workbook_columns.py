"""What the workbook of a grid is made of, for its writer and its reader alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from itertools import chain, count
from typing import Final

from cpit_research.formats.working.table import Column, Vocabulary
from cpit_research.formats.working.workbook import header_key
from cpit_research.model.grid import Axis, Code

__all__ = [
    "AXES",
    "AXIS",
    "CHANGE",
    "CHANGES",
    "CODE",
    "FACET",
    "FACETS",
    "IDENTITY",
    "KINDS",
    "LISTS",
    "NATURES",
    "PROPERTIES",
    "PROPERTY",
    "REFERENCE",
    "REFERENCES",
    "RULE",
    "RULES",
    "RULE_NAMES",
    "STATES",
    "STATUSES",
    "YES_NO",
    "cell_of",
    "header_of",
    "items_of",
    "tab_titles",
]

AXES: Final = "Axes"
IDENTITY: Final = "Identité"
RULES: Final = "Règles de codage"
FACETS: Final = "Facettes"
REFERENCES: Final = "Références"
CHANGES: Final = "Changements"

#: Fields of a code that hold several words, one a line of their cell.
LISTS: Final = frozenset(f.name for f in fields(Code) if f.default == ())


def _list(field: str, header: str) -> Column:
    return Column(field, f"{header} (un par ligne)", (header,))


CODE: Final = (
    Column("id", "id", ("identifiant",)),
    Column("parent", "parent", ("code parent", "famille")),
    Column("name", "nom"),
    Column("definition", "définition"),
    Column("long_definition", "définition complète"),
    Column("goal", "but", ("visée",)),
    Column("trigger", "déclencheur"),
    _list("acts", "actes"),
    _list("actors", "acteurs"),
    Column("context", "contexte"),
    _list("resources", "ressources"),
    _list("constraints", "contraintes"),
    _list("tensions", "tensions"),
    _list("strategies", "stratégies"),
    _list("indicators", "indices"),
    _list("professional_indicators", "indices du professionnel"),
    Column("include", "inclure"),
    Column("exclude", "exclure"),
    _list("redirects", "renvois"),
    Column("example", "exemple"),
    Column("borderline", "cas limite"),
    _list("competences", "compétences"),
    Column("publication", "publication"),
    Column("status", "statut"),
    Column("provenance", "provenance"),
)
AXIS: Final = (
    Column("id", "id", ("identifiant",)),
    Column("name", "nom"),
    Column("sheet", "feuille", ("onglet",)),
)
FACET: Final = (
    Column("facet", "facette"),
    Column("facet_name", "nom de la facette"),
    Column("value", "valeur"),
    Column("value_name", "nom de la valeur"),
)
RULE: Final = (Column("rule", "règle"), Column("text", "texte"))
REFERENCE: Final = (
    Column("id", "id", ("identifiant",)),
    Column("text", "texte", ("référence",)),
    Column("url", "adresse", ("lien", "url")),
)
CHANGE: Final = (
    Column("kind", "nature"),
    Column("from", "de (un par ligne)", ("de",)),
    Column("into", "vers (un par ligne)", ("vers",)),
    Column("reason", "motif"),
    Column("author", "auteur"),
    Column("date", "date"),
    Column("follows", "les codages suivent"),
    Column("remarks", "remarques (une par ligne)", ("remarques",)),
)
PROPERTY: Final = (Column("property", "champ"), Column("value", "valeur"))
#: What a grid says of itself: fields of `Grid`, as the first column of the sheet names them.
PROPERTIES: Final = Vocabulary(
    {
        "id": "identifiant de la grille",
        "version": "version",
        "nature": "nature",
        "status": "statut",
        "title": "titre",
        "warning": "avertissement",
        "provenance": "provenance",
        "day": "date",
        "language": "langue",
        "previous": "version précédente",
        "released_as": "empreinte de la publication",
    },
    {"identifiant": "id", "id": "id", "date": "day"},
)
RULE_NAMES: Final = Vocabulary(
    {"unit": "unité", "multiple_codes": "codes multiples", "caution": "prudence"}, {}
)
NATURES: Final = Vocabulary(
    {"illustrative": "illustrative", "team": "de l'équipe"}, {"équipe": "team"}
)
STATES: Final = Vocabulary({"draft": "brouillon", "released": "publiée"}, {"publié": "released"})
STATUSES: Final = Vocabulary(
    {
        "proposed": "proposé",
        "stable": "stable",
        "split": "scindé",
        "merged": "fusionné",
        "retired": "retiré",
    },
    {},
)
KINDS: Final = Vocabulary(
    {
        "added": "ajouté",
        "retired": "retiré",
        "renamed": "renommé",
        "moved": "déplacé",
        "redefined": "redéfini",
        "split": "scindé",
        "merged": "fusionné",
    },
    {},
)
YES_NO: Final = Vocabulary(
    {"true": "oui", "false": "non"}, {"yes": "true", "no": "false", "vrai": "true", "faux": "false"}
)

#: Begins a line that goes on with the item of the line above.
_GOES_ON: Final = "↳"
_TITLE: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']+")


def cell_of(items: Sequence[str]) -> str:
    r"""Return the cell of a list, one item a line; “↳” marks the further lines of an item.

    Examples
    --------
    >>> cell_of(("relire", "écrire\nà la main"))
    'relire\nécrire\n↳ à la main'
    """
    return "\n".join(
        (_GOES_ON if item.startswith(_GOES_ON) else "") + item.replace("\n", f"\n{_GOES_ON} ")
        for item in items
    )


def items_of(cell: str) -> tuple[str, ...]:
    r"""Return the items that a cell lists.

    Examples
    --------
    >>> items_of("relire\n\nécrire\n↳ à la main")
    ('relire', 'écrire\nà la main')
    """
    items: list[str] = []
    for line in cell.split("\n"):
        if items and line.startswith(_GOES_ON) and not line.startswith(_GOES_ON * 2):
            items[-1] += "\n" + line.removeprefix(_GOES_ON).removeprefix(" ")
        elif line.strip():
            items.append(line[1:] if line.startswith(_GOES_ON * 2) else line)
    return tuple(item.strip() for item in items)


def header_of(part: str, field: str) -> str:
    """Return the name under which the workbook shows a field of a code or of the grid itself.

    Examples
    --------
    >>> header_of("code", "long_definition"), header_of("grid", "day"), header_of("facet", "values")
    ('définition complète', 'date', 'valeurs')
    """
    if part == "grid":
        return PROPERTIES.words.get(field, CHANGES.lower() if field == "changes" else field)
    named = {"code": CODE, "axis": AXIS, "reference": REFERENCE, "rule": RULE}.get(part, ())
    others = {"values": "valeurs", "name": "nom", "order": "ordre"}
    header = next((column.header for column in named if column.field == field), "")
    return header.partition(" (")[0] or others.get(field, field)


def tab_titles(axes: Sequence[Axis]) -> list[str]:
    """Return the title of the sheet of each axis: its name, as far as Excel takes it."""
    taken = {header_key(title) for title in (AXES, IDENTITY, RULES, FACETS, REFERENCES, CHANGES)}
    taken.add(header_key("Mode d'emploi"))
    titles = []
    for rank, axis in enumerate(axes, start=1):
        kept = (c if c.isprintable() and c < "\uffff" else " " for c in axis.name)
        named = _FORBIDDEN.sub(" ", "".join(kept))
        proposals = chain(
            [" ".join(named.split())[:_TITLE].strip(), f"axe {axis.id}"[:_TITLE]],
            (f"axe {number}" for number in count(rank)),
        )
        title = next(one for one in proposals if header_key(one) and header_key(one) not in taken)
        taken.add(header_key(title))
        titles.append(title)
    return titles
