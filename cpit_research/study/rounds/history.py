"""The agreement of each code, round after round, as it was kept when each round was closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from cpit_research.model.grid import Grid
from cpit_research.model.lineage import Carried, Lineage
from cpit_research.model.round import Round
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.study.rounds.rounds import round_list
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import long_date
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["closed_early", "round_history"]

_TOTAL: Final = "total"
Cell = tuple[float, int]


def round_history(study: Study) -> Result:
    """Return the agreement of each code, round after round (see :meth:`Study.round_history`)."""
    import pandas as pd

    grid = study.grid()
    lineage = study.shelf.lineage(grid)
    closed = [one for one in round_list(study) if one.state == "closed"]
    cells: dict[str, dict[str, Cell]] = {}
    notes: list[str] = []
    for rank, one in enumerate(closed, start=1):
        found, told = _column(one, lineage, grid)
        notes += told
        for code, cell in found.items():
            cells.setdefault(code, {})[f"r{rank}"] = cell
    order = [*(code.id for code in grid if code.id in cells), *([_TOTAL] if closed else [])]
    columns: dict[str, list[object]] = {
        "name": [grid[key].name if key in grid else _("All together") for key in order]
    }
    for rank in range(1, len(closed) + 1):
        columns |= _pair(f"r{rank}", [cells.get(key, {}).get(f"r{rank}") for key in order])
    return Result(
        title=_("Agreement between coders, round after round"),
        table=pd.DataFrame(columns, index=pd.Index(order, name="id")),
        counts="unit",
        method=_(
            "Krippendorff's alpha of each code, as it was kept when each round was closed, with "
            "the units compared. Codes are followed from one version of the grid to the next; one "
            "that was split has no line before."
        ),
        reference="Krippendorff 2019",
        settings={"grid": grid.version},
        notes=(*map(_told, closed), *notes),
        provenance=provenance(study.corpus, study.codings(grid)),
        names=_names(closed),
    )


def _pair(column: str, met: Sequence[Cell | None]) -> dict[str, list[object]]:
    """Return the columns of a round: its figures, and the units that each is counted on."""
    return {
        column: [float("nan") if cell is None else cell[0] for cell in met],
        f"{column}_units": [0 if cell is None else cell[1] for cell in met],
    }


def _names(closed: Sequence[Round]) -> dict[str, str]:
    """Return how the columns of each round are named."""
    names: dict[str, str] = {}
    for rank, one in enumerate(closed, start=1):
        names[f"r{rank}"] = _("{name} ({grid})").format(name=one.name, grid=one.grid)
        names[f"r{rank}_units"] = _("{name}: {unit}").format(name=one.name, unit=name_of("n_units"))
    return names


def _column(one: Round, lineage: Lineage, grid: Grid) -> tuple[dict[str, Cell], list[str]]:
    """Return the figures of a round by code of the newest grid, and what could not be followed."""
    became = {row["id"]: _fate(one, str(row["id"]), lineage, grid) for row in one.figures}
    after = [carried.code for carried in became.values() if carried.code is not None]
    cells: dict[str, Cell] = {}
    notes = []
    for row in one.figures:
        code, carried = str(row["id"]), became[row["id"]]
        if carried.code is None:
            notes.append(_lost(one, code, carried))
        elif after.count(carried.code) > 1:
            notes.append(_merged(one, code, carried.code))
        else:
            cells[carried.code] = _cell(row)
    return cells, notes


def _fate(one: Round, code: str, lineage: Lineage, grid: Grid) -> Carried:
    if code == _TOTAL or (one.grid == grid.version and code in grid):
        return Carried(code)
    return lineage.carry(one.grid, code, grid.version)


def _cell(row: Mapping[str, object]) -> Cell:
    alpha, units = row.get("alpha"), row.get("n_units", 0)
    value = float(alpha) if isinstance(alpha, int | float) else float("nan")
    return value, int(units) if isinstance(units, int | float) else 0


def _told(one: Round) -> str:
    """Say what a round was: who, on how many notes, under which grid, when it was closed."""
    n = len(one.sources)
    told = ngettext(
        "{name}: {coders}, {n} note, grid {grid}, closed on {date}.",
        "{name}: {coders}, {n} notes, grid {grid}, closed on {date}.",
        n,
    ).format(
        name=one.name, coders=", ".join(one.coders), n=n, grid=one.grid,
        date=long_date((one.state_at or one.at).date()),
    )  # fmt: skip
    return " ".join((told, *closed_early(one)))


def closed_early(one: Round) -> Iterator[str]:
    """Say who had not finished when a round was closed, and why it was; nothing if all had."""
    if one.state == "closed" and one.unfinished:
        yield _("Closed before {coders} had finished: {reason}").format(
            coders=", ".join(one.unfinished), reason=one.reason
        )


def _lost(one: Round, code: str, carried: Carried) -> str:
    kinds = ", ".join(dict.fromkeys(name_of(change.kind) for change in carried.changes))
    if carried.candidates:
        return _("{code} ({grid}), {kinds}: {after} have no line before.").format(
            code=code, grid=one.grid, kinds=kinds, after=", ".join(carried.candidates)
        )
    return _("{code} ({grid}) has no code that follows it: its figure is left out.").format(
        code=code, grid=one.grid
    )


def _merged(one: Round, code: str, after: str) -> str:
    return _("{code} ({grid}) was merged into {after}, which has no line before.").format(
        code=code, grid=one.grid, after=after
    )
