"""Deciding in a workbook: what is left of a round goes out, decisions come back, all or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.errors import Conflict, CpitError, InvalidInput
from cpit_research.formats.atomic import make_folder, sweep
from cpit_research.formats.working.arbitration import (
    Arbitration,
    Ruling,
    read_arbitration,
    write_arbitration,
)
from cpit_research.formats.working.table import Faults
from cpit_research.model.disagreement import Disagreement
from cpit_research.model.grid import Grid
from cpit_research.model.round import Round
from cpit_research.model.segment import Segment
from cpit_research.study.code import check_code
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.rounds.adjudicate import Verdict, check_decider
from cpit_research.study.rounds.deciding import decide, passage_of, verdicts_keeping
from cpit_research.study.rounds.disputes import round_disputes
from cpit_research.study.rounds.rounds import find_round, frozen_grid
from cpit_research.wording import gettext as _
from cpit_research.wording.figures import long_date

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["RoundImport", "round_export", "round_import"]


@dataclass(frozen=True, slots=True)
class RoundImport:
    """What became of an arbitration workbook.

    Parameters
    ----------
    path : str
        Its name.
    round : str
        Name of the round.
    added, known, left : int
        Disagreements decided now, decided so already, and left for later.
    """

    path: str
    round: str
    added: int = 0
    known: int = 0
    left: int = 0


def round_export(study: Study, round: str | Round, *, to: str | Path) -> Path:
    """Write what is left to decide of a round (see :meth:`Study.round_export`)."""
    path = Path(to)
    if path.suffix.lower() != ".xlsx":
        raise InvalidInput(
            _("An arbitration workbook is an .xlsx file."),
            where=_("Asked: {path}.").format(path=path),
        )
    if path.exists():
        raise Conflict(
            _("There is already a file {path}: it may hold decisions that were not read.").format(
                path=path
            ),
            remedy=_("Read it with “cpit round import”, then move it away, or give another name."),
        )
    found = find_round(study, round)
    grid = frozen_grid(study, found)
    rows = tuple(one for one in round_disputes(study, found) if one.is_open)
    make_folder(path.parent)
    sweep(path.parent.glob(".*"))
    told = Arbitration(
        str(study.identity.id), str(found.id), found.name, found.grid, found.coders, rows
    )
    write_arbitration(path, told, grid=grid, made=study.occasion.now())
    return path


def round_import(study: Study, path: str | Path, *, coder: str) -> RoundImport:
    """Read decisions back (see :meth:`Study.round_import`)."""
    refuse_in_lot(study)
    path = Path(path)
    check_decider(study, coder)
    filled = read_arbitration(path)
    if filled.study != str(study.identity.id):
        raise InvalidInput(
            _("This arbitration workbook was written by another study."),
            remedy=_("Open the study it comes from, or write a new one from this one."),
        )
    found = find_round(study, filled.round)
    reader = _Reader(study, found, frozen_grid(study, found), filled.faults)
    verdicts: dict[str, list[Verdict]] = {}
    known = 0
    for ruling in filled.rulings:
        made = reader.verdicts(ruling)
        if made:
            verdicts[ruling.id] = made
        else:
            known += 1
    filled.faults.refuse()
    decide(study, found, [one for made in verdicts.values() for one in made], coder=coder)
    return RoundImport(path.name, found.name, len(verdicts), known, filled.left)


class _Reader:
    """From the rows of a workbook to verdicts; what keeps a row from being one is a fault."""

    def __init__(self, study: Study, found: Round, grid: Grid, faults: Faults) -> None:
        self._study, self._found, self._grid, self._faults = study, found, grid, faults
        self._known = {one.id: one for one in round_disputes(study, found)}
        self._met: set[str] = set()

    def verdicts(self, ruling: Ruling) -> list[Verdict]:
        """Return the verdicts of a row; none when they stand already, or it has a fault."""
        one = self._known.get(ruling.id)
        if one is None:
            if ruling.id:
                self._faults.add(
                    ruling.cell,
                    _("this disagreement is no longer there: a coder changed what she put."),
                )
            return []
        if one.id in self._met:
            self._faults.add(ruling.cell, _("this disagreement is decided twice in the workbook."))
            return []
        self._met.add(one.id)
        try:
            made = self._made(ruling, one)
        except CpitError as error:
            self._faults.add(ruling.words_cell if ruling.words else ruling.cell, str(error))
            return []
        if one.is_open:
            return made
        if not _said_already(one, made, ruling):
            last = one.decisions[-1]
            self._faults.add(
                ruling.cell,
                _("decided otherwise by {by} on {date}: “cpit round undo {id}” first.").format(
                    by=last.by, date=long_date(last.at.date()), id=one.id
                ),
            )
        return []

    def _made(self, ruling: Ruling, one: Disagreement) -> list[Verdict]:
        reason, why = ruling.reason, ruling.why
        if ruling.keep:
            return verdicts_keeping(one, ruling.keep, reason, why, self._found.id)
        segment: Segment | None = None
        if ruling.code:
            check_code(ruling.code, self._grid)
            segment = passage_of(self._study, one, ruling.words) if ruling.words else None
        return [
            Verdict(one.undecided, reason, why, ruling.code or None, segment, None, self._found.id)
        ]


def _said_already(one: Disagreement, made: list[Verdict], ruling: Ruling) -> bool:
    """Tell whether what stands is what a row says, so that a file read twice changes nothing."""
    if {(d.reason, d.why) for d in one.decisions} != {(ruling.reason, ruling.why)}:
        return False
    kept = {decided.kept for decided in one.decisions}
    if ruling.keep and one.codings[ruling.keep]:
        return kept == {coding.id for coding, _words in one.codings[ruling.keep]}
    return (
        kept == {None}
        and {decided.code for decided in one.decisions} == {ruling.code}
        and all(verdict.segment in {None, one.decisions[0].segment} for verdict in made)
    )
