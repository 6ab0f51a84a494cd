"""The register: ``registre.xlsx``, filled in by the team, by ids and roles, without any name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

from cpit_research.formats.working.register_columns import (
    ENGLISH,
    KEY,
    KINDS,
    OPTIONAL,
    RIGHTS,
    SHEETS,
    STANDINGS,
    STATES,
)
from cpit_research.formats.working.table import Faults, Row, find_sheet, holds, read_table
from cpit_research.formats.working.workbook import Sheet, read_workbook
from cpit_research.model.register import (
    CoderStanding,
    KeyDate,
    Participant,
    Partner,
    QuotingRight,
    Register,
    Researcher,
    Territory,
    Visit,
    VisitKind,
    VisitState,
)
from cpit_research.text.closeness import nearest
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _

__all__ = ["read_register"]

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def read_register(path: str | Path) -> Register:
    """Read the register of a study.

    Sheets and headers are found whatever their accents, capitals and spaces, in French or in
    English; other sheets are ignored; several values of a cell are separated by “;”.

    Raises
    ------
    FormatError
        If the file cannot be read, or holds faults: all of them together in ``faults``, each
        with its cell.
    """
    path = Path(path)
    sheets = read_workbook(path)
    faults = Faults(path)
    found = {title: _sheet(sheets, title, faults) for title in SHEETS}
    rows = {
        title: list(read_table(sheet, SHEETS[title], faults)) if sheet else []
        for title, sheet in found.items()
    }
    if any(row.text("researchers") for row in rows["Visites"]):
        find_sheet(sheets, "Chercheurs", faults, required=found["Chercheurs"] is None)
    ids = {
        title: _ids(rows[title])
        for title, sheet in found.items()
        if holds(sheet, SHEETS[title], KEY.field)
    }
    register = Register(
        territories=tuple(map(_territory, rows["Territoires"])),
        participants=tuple(_participant(row, ids) for row in rows["Participants"]),
        researchers=tuple(map(_researcher, rows["Chercheurs"])),
        visits=tuple(_visit(row, ids) for row in rows["Visites"]),
        partners=tuple(map(_partner, rows["Partenaires"])),
        key_dates=tuple(date for row in rows["Dates clés"] if (date := _key_date(row))),
    )
    faults.refuse()
    return register


def _sheet(sheets: Mapping[str, Sheet], title: str, faults: Faults) -> Sheet | None:
    english = find_sheet(sheets, ENGLISH.get(title, title), faults, required=False)
    return english or find_sheet(sheets, title, faults, required=title not in OPTIONAL)


def _ids(rows: list[Row]) -> dict[str, str]:
    """Return the ids of a sheet by folded id, noting those that are wrong or given twice."""
    known: dict[str, str] = {}
    first: dict[str, str] = {}
    for row in rows:
        written = row.text("id", required=True)
        if not written:
            continue
        key = fold(written)
        if not _ID.fullmatch(written):
            row.fault(
                "id",
                _("“{id}” is not an id: use unaccented letters, digits, “-” and “_”.").format(
                    id=written
                ),
            )
            known.setdefault(key, written)
            first.setdefault(key, row.cell("id"))
        elif key in known:
            row.fault(
                "id",
                _("the id “{id}” is already in {cell}; an id is given once.").format(
                    id=written, cell=first[key]
                ),
            )
        else:
            known[key] = written
            first[key] = row.cell("id")
    return known


def _known(
    row: Row, field: str, ids: Mapping[str, Mapping[str, str]], title: str
) -> tuple[str, ...]:
    """Return the ids of a cell, noting those that the sheet `title` does not hold.

    Where that sheet or its ids are missing, this was said once, and is not of every cell.
    """
    listed = ids.get(title)
    if listed is None:
        return ()
    found = []
    for written in row.texts(field):
        known = listed.get(fold(written))
        if known is None:
            close = nearest(written, listed.values())
            proposal = f" {_('Did you mean “{name}”?').format(name=close)}" if close else ""
            row.fault(
                field,
                _("“{id}” is not in the sheet “{title}”.").format(id=written, title=title)
                + proposal,
            )
        else:
            found.append(known)
    return tuple(dict.fromkeys(found))


def _territory(row: Row) -> Territory:
    return Territory(
        id=row.text("id"),
        nature=row.text("nature", required=True),
        role=row.text("role"),
        setting=row.text("setting"),
        population=row.number_of("population"),
        joined=row.day("joined"),
    )


def _participant(row: Row, ids: Mapping[str, Mapping[str, str]]) -> Participant:
    territories = _known(row, "territory", ids, "Territoires")
    if len(territories) > 1:
        row.fault("territory", _("a participant belongs to one territory."))
    return Participant(
        id=row.text("id"),
        territory="".join(territories[:1]),
        role=row.text("role", required=True),
        quoting_right=cast("QuotingRight", row.choice("quoting_right", RIGHTS, default="to_ask")),
        legal_basis=row.text("legal_basis"),
        informed=row.day("informed"),
        keep_until=row.day("keep_until"),
    )


def _researcher(row: Row) -> Researcher:
    return Researcher(
        row.text("id"),
        row.text("role"),
        row.text("organisation"),
        cast("CoderStanding", row.choice("standing", STANDINGS, default="member")),
    )


def _visit(row: Row, ids: Mapping[str, Mapping[str, str]]) -> Visit:
    return Visit(
        id=row.text("id"),
        kind=cast("VisitKind", row.choice("kind", KINDS)),
        state=cast("VisitState", row.choice("state", STATES)),
        day=row.day("day"),
        territories=_known(row, "territories", ids, "Territoires"),
        participants=_known(row, "participants", ids, "Participants"),
        researchers=_known(row, "researchers", ids, "Chercheurs"),
        place=row.text("place"),
        remark=row.text("remark"),
    )


def _partner(row: Row) -> Partner:
    return Partner(
        row.text("id"), row.text("nature", required=True), row.text("scale"), row.text("role")
    )


def _key_date(row: Row) -> KeyDate | None:
    day = row.day("day")
    if not row.text("day"):
        row.text("day", required=True)
    event = row.text("event", required=True)
    return KeyDate(day, event, row.text("remark")) if day else None
