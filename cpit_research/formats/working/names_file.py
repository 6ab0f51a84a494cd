"""Names as their keeper lists them, before the table is sealed: a workbook to delete afterwards.

The sentences about its faults speak of cells and ids.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

from cpit_research.formats.working.table import (
    Column,
    Faults,
    Row,
    Vocabulary,
    find_sheet,
    read_table,
)
from cpit_research.formats.working.workbook import read_workbook
from cpit_research.model.correspondence import Category, Correspondence, Entry
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _

__all__ = ["read_names"]

_SHEET: Final = "Correspondance"
_COLUMNS: Final = (
    Column("id", "id", ("identifiant",)),
    Column("category", "catégorie"),
    Column("name", "nom"),
    Column("aliases", "alias", ("autres noms", "surnoms"), required=False),
)
_CATEGORIES: Final = Vocabulary(
    {"person": "personne", "territory": "territoire", "place": "lieu"}, {}
)


def read_names(path: str | Path) -> Correspondence:
    """Read the names of a workbook: sheet « Correspondance », aliases separated by “;”.

    Raises
    ------
    FormatError
        If the file cannot be read, or holds faults: all of them together in ``faults``, each
        with its cell.
    """
    path = Path(path)
    faults = Faults(path)
    sheet = find_sheet(read_workbook(path), _SHEET, faults)
    entries: dict[str, Entry] = {}
    for row in read_table(sheet, _COLUMNS, faults) if sheet else ():
        entry = _entry(row)
        if entry.id and entries.setdefault(fold(entry.id), entry) is not entry:
            row.fault(
                "id",
                _("the id “{id}” is there twice; gather its names on one row.").format(id=entry.id),
            )
    faults.refuse()
    return Correspondence(tuple(entries.values()))


def _entry(row: Row) -> Entry:
    names = (row.text("name", required=True), *row.texts("aliases"))
    return Entry(
        id=row.text("id", required=True),
        category=cast("Category", row.choice("category", _CATEGORIES)),
        names=tuple(dict.fromkeys(names)),
    )
