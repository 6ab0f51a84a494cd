"""What an arbitration workbook is made of, for its writer and its reader alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cpit_research.formats.working.table import Column, Vocabulary
from cpit_research.model.adjudication import DisagreementReason
from cpit_research.model.disagreement import Disagreement

__all__ = [
    "ARBITRATION",
    "ARBITRATION_FORMAT",
    "CHOICES",
    "DECISION",
    "EXACT",
    "ID",
    "KEEP",
    "NONE",
    "READ",
    "REASON",
    "REASONS",
    "WHY",
    "Arbitration",
    "Ruling",
    "coder_columns",
]

#: Version of the layout of arbitration workbooks.
ARBITRATION_FORMAT: Final = 1
ARBITRATION: Final = "Arbitrage"
#: Name of the range of decisions that drop-down lists offer.
CHOICES: Final = "decisions_possibles"

READ: Final = (
    Column("number", "n°", required=False),
    Column("path", "document", required=False),
    Column("place", "lieu", required=False),
    Column("kind", "désaccord", required=False),
    Column("context", "texte", required=False),
)
DECISION: Final = Column("decision", "décision")
EXACT: Final = Column("exact", "mots exacts", required=False)
REASON: Final = Column("reason", "raison du désaccord")
WHY: Final = Column("why", "pourquoi")
#: Hidden at the right: which disagreement it is.
ID: Final = Column("id", "désaccord n°", ("_id",))

#: « garder claire » keeps what she put; « aucun code » says that none stands.
KEEP: Final = "garder"
NONE: Final = "aucun code"

_REASON_WORDS: Final[Mapping[str, str]] = {
    "definition": "définition",
    "boundary": "bornes",
    "omission": "omission",
    "slip": "étourderie",
}
REASONS: Final = Vocabulary(
    _REASON_WORDS,
    {"définition du code": "definition", "limites": "boundary",
     "omission": "omission", "erreur": "slip", "inattention": "slip"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arbitration:
    """What an arbitration workbook holds when it is written."""

    study: str
    round: str
    name: str
    grid: str
    coders: tuple[str, ...]
    rows: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """One row filled in: what is kept or put, why coders differed, why it is decided so.

    `keep` is a coder, `code` an id; neither means that none stands. Cells name where it is told.
    """

    id: str
    keep: str
    code: str
    words: str
    reason: DisagreementReason
    why: str
    cell: str
    words_cell: str


def coder_columns(coders: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of what each coder put, which nobody fills in."""
    return tuple(Column(f"coder {coder}", f"codé par {coder}", required=False) for coder in coders)
