"""Writing a register as the workbook that it is read from, the same bytes for the same rows."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from cpit_research.formats.seal import core_properties, seal
from cpit_research.formats.working.register_columns import KINDS, RIGHTS, SHEETS, STATES
from cpit_research.model.register import Register

__all__ = ["to_register"]

_FIELDS: Final = {
    "Territoires": "territories",
    "Participants": "participants",
    "Chercheurs": "researchers",
    "Visites": "visits",
    "Partenaires": "partners",
    "Dates clés": "key_dates",
}
_WORDS: Final = {"kind": KINDS, "state": STATES, "quoting_right": RIGHTS}
_UNDATED: Final = datetime(1980, 1, 1, tzinfo=UTC)


def to_register(register: Register) -> bytes:
    """Return the bytes of the workbook that reads back as `register`."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, columns in SHEETS.items():
        sheet = book.create_sheet(title)
        sheet.append([column.header for column in columns])
        for one in getattr(register, _FIELDS[title]):
            sheet.append([_cell(column.field, getattr(one, column.field)) for column in columns])
    buffer = BytesIO()
    book.save(buffer)
    return seal(buffer.getvalue(), core=core_properties(title="Registre", made=_UNDATED))


def _cell(field: str, value: Any) -> Any:
    if field in _WORDS:
        return _WORDS[field].words[value]
    return "; ".join(value) if isinstance(value, tuple) else value
