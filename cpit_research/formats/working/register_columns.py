"""The sheets and columns of ``registre.xlsx``, and the words of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cpit_research.formats.working.table import Column, Vocabulary

__all__ = ["ENGLISH", "KEY", "KINDS", "OPTIONAL", "RIGHTS", "SHEETS", "STANDINGS", "STATES"]

KEY: Final = Column("id", "id", ("identifiant",))
_ROLE: Final = Column("role", "rôle", ("fonction",))
_REMARK: Final = Column("remark", "remarque", ("remarques", "observations"), required=False)

SHEETS: Final[Mapping[str, tuple[Column, ...]]] = {
    "Territoires": (
        KEY,
        Column("nature", "nature"),
        Column("role", "rôle", required=False),
        Column("setting", "espace", ("type d'espace",), required=False),
        Column("population", "population", ("habitants",), required=False),
        Column("joined", "entrée", ("date d'entrée", "joined on"), required=False),
    ),
    "Participants": (
        KEY,
        Column("territory", "territoire"),
        _ROLE,
        Column("quoting_right", "droit de citer", ("quoting right", "may be quoted")),
        Column("legal_basis", "base légale", ("legal basis",), required=False),
        Column("informed", "information donnée le", ("informed on",), required=False),
        Column("keep_until", "conservation jusqu'au", ("keep until",), required=False),
    ),
    "Chercheurs": (
        KEY,
        _ROLE,
        Column("organisation", "organisme", ("organization",), required=False),
        Column("standing", "statut", required=False),
    ),
    "Visites": (
        KEY,
        Column("territories", "territoire", ("territoires", "territory")),
        Column("kind", "type"),
        Column("day", "date"),
        Column("state", "état", ("statut",)),
        Column("participants", "participants", required=False),
        Column("researchers", "chercheurs", required=False),
        Column("place", "lieu", required=False),
        _REMARK,
    ),
    "Partenaires": (
        KEY,
        Column("nature", "nature"),
        Column("scale", "échelle", required=False),
        Column("role", "rôle", required=False),
    ),
    "Dates clés": (Column("day", "date"), Column("event", "événement"), _REMARK),
}
ENGLISH: Final = {
    "Territoires": "Territories",
    "Chercheurs": "Researchers",
    "Visites": "Visits",
    "Partenaires": "Partners",
    "Dates clés": "Key dates",
}
OPTIONAL: Final = frozenset({"Chercheurs", "Partenaires", "Dates clés"})

STANDINGS: Final = Vocabulary(
    {"member": "membre de l'équipe", "trainee": "en formation", "machine": "machine"},
    {"membre": "member", "titulaire": "member", "stagiaire": "trainee", "formation": "trainee"},
)
KINDS: Final = Vocabulary(
    {
        "exploratory": "exploratoire",
        "observation": "observation",
        "mirror": "effet miroir",
        "collective_session": "session collective",
        "workshop": "atelier",
        "meeting": "rencontre territoriale",
        "interview": "entretien",
    },
    {
        "visite exploratoire": "exploratory",
        "visite d'observation": "observation",
        "rencontre effet miroir": "mirror",
        "mirror effect": "mirror",
        "miroir": "mirror",
        "rencontre": "meeting",
    },
)
STATES: Final = Vocabulary(
    {"made": "faite", "planned": "prévue", "postponed": "reportée", "cancelled": "annulée"},
    {
        "fait": "made",
        "réalisée": "made",
        "done": "made",
        "prévu": "planned",
        "reporté": "postponed",
        "annulé": "cancelled",
        "canceled": "cancelled",
    },
)
RIGHTS: Final = Vocabulary(
    {"yes": "oui", "no": "non", "to_ask": "à demander"}, {"à voir": "to_ask"}
)
