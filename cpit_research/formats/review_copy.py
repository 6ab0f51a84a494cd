"""The words of a review copy: what its writers write and its reader understands.

They are French whatever the language in force: the file goes to another laboratory and comes
back, perhaps to a colleague whose language is not that of the sender.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cpit_research.model.grid import Code, Grid
from cpit_research.model.remark import Opinion

__all__ = [
    "ADDITIONS",
    "CHOOSE",
    "FACTS",
    "FILLED",
    "GENERAL",
    "NEW",
    "OPINION_WORDS",
    "SPARE",
    "SUBMITTED",
    "TEXT",
    "Reviewed",
    "reviewed",
    "submitted",
]

#: Fields of a code that a reviewer reads, with the headers of their columns.
SUBMITTED: Final = {
    "name": "nom",
    "definition": "définition",
    "include": "inclure",
    "exclude": "exclure",
    "example": "exemple",
}
#: Header of the one column that holds them all, in Word.
TEXT: Final = "texte soumis"
#: Fields that a reviewer fills in, with their headers.
FILLED: Final = {
    "opinion": "avis",
    "proposal": "proposition",
    "author": "auteur",
    "organisation": "organisme",
}
OPINION_WORDS: Final[dict[Opinion, str]] = {
    "agree": "d’accord",
    "clarify": "à préciser",
    "rework": "à revoir",
    "divide": "à scinder",
    "merge": "à fusionner",
    "retire": "à retirer",
    "add": "à ajouter",
}
#: What a drop-down list says before anything is chosen.
CHOOSE: Final = "choisir"
#: Facts at the head of the file: the last two are for the reviewer to fill in.
FACTS: Final = {
    "grid": "version relue",
    "fingerprint": "empreinte",
    "author": "relu par",
    "organisation": "organisme",
}
#: In the column of codes: for a code to add, for the grid as a whole.
NEW: Final = "nouveau"
GENERAL: Final = "général"
ADDITIONS: Final = "Ajouts et remarques générales"
#: Empty rows for the first and for the second.
SPARE: Final = {NEW: 8, GENERAL: 6}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One code as a reviewer reads it; `axis` is the name of its axis."""

    code: Code
    axis: str
    is_family: bool


def reviewed(grid: Grid) -> tuple[Reviewed, ...]:
    """Return the codes to review, axis by axis, families before their codes."""
    above = {code.parent for code in grid}
    return tuple(
        Reviewed(code, axis.name, code.id in above)
        for axis in grid.axes
        for code in _under("", axis.id, grid)
    )


def submitted(code: Code) -> tuple[tuple[str, str], ...]:
    """Return what a reviewer reads of a code in one cell: lines, each with its label, if any.

    Examples
    --------
    >>> submitted(Code("S1", "Dire", definition="On dit.", exclude="on se tait"))
    (('', 'Dire'), ('', 'On dit.'), ('Exclure', 'on se tait'))
    """
    said = ((field, str(getattr(code, field))) for field in SUBMITTED)
    return tuple(
        ("" if field in {"name", "definition"} else SUBMITTED[field].capitalize(), words)
        for field, words in said
        if words
    )


def _under(parent: str, axis: str, grid: Grid) -> list[Code]:
    found = []
    for code in grid.children(parent, axis):
        if code.stands:
            found.append(code)
        found += _under(code.id, axis, grid)
    return found
