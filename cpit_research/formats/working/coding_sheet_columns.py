"""What a coding sheet is made of, for its writer and its reader alike."""

from __future__ import annotations

from typing import Final

from cpit_research.formats.working.table import Column

#: Version of the layout of coding sheets.
SHEET_FORMAT: Final = 1
#: Said on every sheet of every working paper.
INTERNAL: Final = "interne – document de travail de l'équipe, ne pas diffuser"

CODING: Final = "Codage"
GRID: Final = "Grille"
ORIGIN: Final = "_cpit"

#: Shown first; the text is the last one that stays in view.
READ: Final = (
    Column("number", "n°", required=False),
    Column("path", "document", required=False),
    Column("speaker", "locuteur", required=False),
    Column("text", "texte"),
)
#: What is told of the row as a whole; sheets written before have neither.
EPISODE: Final = Column("episode", "épisode", required=False)
EFFECTIVITY: Final = Column("effectivity", "effectivité", required=False)
REMARK: Final = Column("remark", "remarque", required=False)
#: Hidden at the right: where the passage stands.
PLACE: Final = (
    Column("source", "source"),
    Column("version", "version"),
    Column("start", "début"),
    Column("end", "fin"),
    Column("visit", "visite", required=False),
    Column("unit", "unité", required=False),
)
#: Pairs of columns « code 1 », « mots exacts 1 » written; more are read.
PAIRS: Final = 3


def code_column(rank: int) -> Column:
    """Return the column of the code of that rank, from 1."""
    return Column(f"code {rank}", f"code {rank}", required=rank == 1)


def words_column(rank: int) -> Column:
    """Return the column of the exact words of that rank, from 1."""
    return Column(f"words {rank}", f"mots exacts {rank}", required=rank == 1)


def pairs(count: int) -> tuple[Column, ...]:
    """Return the columns of `count` codes with their words."""
    return tuple(
        column for rank in range(1, count + 1) for column in (code_column(rank), words_column(rank))
    )
