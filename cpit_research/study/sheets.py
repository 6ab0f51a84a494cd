"""Coding sheets: working papers of the team, the only way round the privacy gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.placing import Placed, resolve_sheet
from cpit_research.errors import Conflict, CpitError, InvalidInput
from cpit_research.formats.atomic import make_folder, sweep
from cpit_research.formats.working.coding_sheet import read_sheet, write_sheet
from cpit_research.model.coding import Coding
from cpit_research.model.coding_sheet import CELL_UNITS, CodingSheet, Mark, SheetRow
from cpit_research.model.grid import Grid
from cpit_research.model.memo import Memo
from cpit_research.model.round import Round
from cpit_research.model.source import Source
from cpit_research.model.structure import Part
from cpit_research.store.adjudications import stored_adjudications
from cpit_research.store.codings import append_rows, read_again
from cpit_research.store.memos import append_memos, stored_memos
from cpit_research.study.code import check_coder, coding_rows
from cpit_research.study.episode_draft import Draft
from cpit_research.study.grids.proposals import put_all, said_in_sheet
from cpit_research.study.memos import fresh_remarks
from cpit_research.study.rounds.rounds import check_taking_part, find_round, frozen_grid
from cpit_research.study.sheet_episodes import ShownEpisodes, group, shown_episodes
from cpit_research.study.writing import writing
from cpit_research.wording import gettext as _
from cpit_research.wording.places import about

if TYPE_CHECKING:
    from cpit_research.study.study import Study

# Two UTF-16 units a code point at most: a piece of this length always fits a cell.
_LONGEST = CELL_UNITS // 2


@dataclass(frozen=True, slots=True)
class SheetImport:
    """What became of one coding sheet: codings added, and those that were there already.

    `proposed` counts passages *hors grille*; `episodes`, those that were made, or that were given
    codings or an effectivity.
    """

    path: str
    coder: str
    added: int = 0
    known: int = 0
    proposed: int = 0
    episodes: int = 0


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What became of every sheet, and every problem with its cell."""

    rows: tuple[SheetImport, ...]
    problems: tuple[str, ...] = ()


def sheet_export(
    study: Study,
    coder: str,
    *,
    to: str | Path | None = None,
    round: str | Round | None = None,
) -> Path:
    """Write the coding sheet of one coder (see :meth:`Study.sheet_export`)."""
    check_coder(study, coder)
    of_round = None if round is None else find_round(study, round)
    if of_round is not None:
        check_taking_part(of_round, coder)
    name = f"codage-{coder}" if of_round is None else f"codage-{coder}-{of_round.file_name}"
    path = Path(to) if to is not None else study.shelf.processed / f"{name}.xlsx"
    if path.suffix.lower() != ".xlsx":
        raise InvalidInput(
            _("A coding sheet is an .xlsx file."), where=_("Asked: {path}.").format(path=path)
        )
    if path.exists():
        raise Conflict(
            _(
                "There is already a file {path}: it may hold codings that were not read back."
            ).format(path=path),
            remedy=_("Read it with “cpit sheet import”, then move it away, or give another name."),
        )
    make_folder(path.parent)
    sweep(path.parent.glob(".*"))
    grid = study.grid() if of_round is None else frozen_grid(study, of_round)
    codings = study.codings(grid).where(coder=coder, decided=False)
    marks, shown = _marks(codings), shown_episodes(codings)
    remarks = {(m.version, m.segment.start, m.segment.end): m.words for m in _memos(study, coder)}
    rows = tuple(
        replace(row, remark=remarks.get((row.version, row.start, row.end), ""))
        for source in study.corpus
        if of_round is None or source.id in dict(of_round.sources)
        for row in _rows(source, marks, shown)
    )
    sheet = CodingSheet(str(study.identity.id), coder, grid.version, rows)
    write_sheet(path, sheet, grid=grid, made=study.occasion.now())
    return path


def sheet_import(study: Study, paths: Sequence[str | Path]) -> SheetReport:
    """Read coding sheets back (see :meth:`Study.sheet_import`)."""
    rows: list[SheetImport] = []
    problems: list[str] = []
    files = [Path(path) for path in paths]
    for path in study.progress(files, _("Reading coding sheets"), len(files)):
        try:
            row, found = _import(study, path)
        except CpitError as error:
            problems.append(about(path.name, error))
            continue
        rows.append(row)
        problems += found
    return SheetReport(tuple(rows), tuple(problems))


def _import(study: Study, path: Path) -> tuple[SheetImport, list[str]]:
    sheet = read_sheet(path)
    if sheet.study != str(study.identity.id):
        raise InvalidInput(
            _("This coding sheet was written by another study."),
            remedy=_("Open the study it comes from, or write a new sheet from this one."),
        )
    check_coder(study, sheet.coder)
    corpus, grid = study.corpus, study.grid(sheet.grid)
    texts = {source.id: (source.version, source.text) for source in corpus}
    placed, problems = resolve_sheet(sheet, texts, grid)
    # What is there is asked inside: whoever reads the same sheet meanwhile doubles nothing.
    with writing(study) as connection:
        there = _held(_standing(study, connection, grid).where(coder=sheet.coder, decided=False))
        again = read_again(connection, sheet.coder, grid.version)
        sources = {source.version: source.id for source in corpus}
        there |= {
            (sources[version], start, end, code): UUID(bytes=subject)
            for (version, start, end, code), subject in again.items()
            if version in sources
        }
        fresh = [one for one in placed if _key(one) not in there]
        marks = ((one.segment, one.code) for one in fresh)
        rows = list(coding_rows(study, corpus, marks, coder=sheet.coder, grid=grid))
        append_rows(connection, rows)
        there |= {_key(one): UUID(bytes=row[0]) for one, row in zip(fresh, rows, strict=True)}
        draft = Draft(study, connection, corpus, grid, sheet.coder)
        told, ungrouped = group(draft, sheet, [(one, there[_key(one)]) for one in placed], grid)
        remarks, unkept = fresh_remarks(study, corpus, sheet, stored_memos(connection))
        append_memos(connection, remarks)
        said = said_in_sheet(sheet, corpus)
        proposed = put_all(study, connection, corpus, said, coder=sheet.coder, grid=grid.version)
    problems += [*ungrouped, *unkept]
    report = SheetImport(
        path.name, sheet.coder, len(fresh), len(placed) - len(fresh), proposed, told
    )
    return report, [about(f"{path.name}, {problem.cell}", problem.sentence) for problem in problems]


def _standing(study: Study, connection: Connection, grid: Grid) -> Codings:
    loaded = study.shelf.load(connection, study.corpus, grid)
    columns = loaded.columns.adjudicated(stored_adjudications(connection))
    return Codings(columns, study.corpus, grid, loaded.left_out)


def _memos(study: Study, coder: str) -> Iterator[Memo]:
    return (memo for memo in study.memos if memo.author == coder)


def _key(one: Placed) -> tuple[str, int, int, str]:
    return (one.segment.source, one.segment.start, one.segment.end, one.code)


def _held(codings: Codings) -> dict[tuple[str, int, int, str], UUID]:
    return {(c.segment.source, c.segment.start, c.segment.end, c.code): c.id for c in codings}


def _marks(codings: Codings) -> dict[str, list[tuple[Coding, str]]]:
    """Return, by source, the codings already put with their words."""
    marks: dict[str, list[tuple[Coding, str]]] = {}
    for coding in codings:
        entry = (coding, codings.quote(coding))
        marks.setdefault(coding.segment.source, []).append(entry)
    return marks


def _rows(
    source: Source, marks: dict[str, list[tuple[Coding, str]]], shown: ShownEpisodes
) -> Iterator[SheetRow]:
    mine = marks.get(source.id, [])
    for unit in source.structure.units:
        for start in range(unit.start, unit.end, _LONGEST):
            end = min(start + _LONGEST, unit.end)
            within = [
                (coding, words)
                for coding, words in mine
                if start <= coding.segment.start and coding.segment.end <= end
            ]
            label, effectivity = shown.of(coding.id for coding, _words in within)
            yield SheetRow(
                source.id, source.version, start, end, source.path, source.text[start:end],
                source.visit or "", unit.kind, unit.speaker,
                tuple(_mark(coding, words, unit) for coding, words in within),
                episode=label, effectivity=effectivity,
            )  # fmt: skip


def _mark(coding: Coding, words: str, unit: Part) -> Mark:
    whole = coding.segment.start <= unit.start and coding.segment.end >= unit.end
    return Mark(coding.code, "" if whole else words)
