"""Work on a study, step by step: what is killed, filled or repeated by tests."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cpit_research.formats.working.coding_sheet import read_sheet, write_sheet
from cpit_research.model.coding_sheet import Mark
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested
from cpit_research.study.sharing.lot_folder import open_lot
from cpit_research.study.study import Study
from keeping.small_studies import NOTE, NOTES, ROOT, make_study, marks, occasion

#: One step: done when it returns.
Step = Callable[[Study], object]


@dataclass(frozen=True)
class Work:
    """A kind of work: how its study is made, and its steps.

    `again` says whether the whole work may be done twice, as people do after a failure; else it
    goes on from the first step that is not there.
    """

    name: str
    prepare: Callable[[Path], None]
    steps: tuple[Step, ...]
    again: bool = True


def run(work: Work, study: Study, first: int, told: Callable[[int], object]) -> None:
    """Do the steps from `first`; tell the number of each one once it is done."""
    for rank in range(first, len(work.steps)):
        work.steps[rank](study)
        told(rank)


BATCHES, CODINGS, SHEETS, CORRECTIONS, MENDINGS = 4, 60, 3, 3, 4
_HEAVY = 400  # codings that a correction carries along
_SENDERS = ("claire", "yann")


def _received(folder: Path) -> None:
    """Put batches of notes in a folder, each note with a first line of its own."""
    chosen = (NOTES[0], "V23 session collective 2023-07-05.md")
    for rank in range(BATCHES):
        batch = folder / f"lot {rank}"
        batch.mkdir(parents=True)
        for name in chosen:
            text = (ROOT / "data" / "raw" / name).read_text(encoding="utf-8")
            place = batch / f"{Path(name).stem} lot {rank}{Path(name).suffix}"
            place.write_text(f"Fictif, lot {rank}.\n\n{text}", encoding="utf-8")


def _prepare_inside(folder: Path) -> None:
    with make_study(folder, short_grid=True) as study:
        _received(study.shelf.raw / "lots")


def _prepare_outside(folder: Path) -> None:
    make_study(folder, short_grid=True).close()
    _received(folder / "recus")


def _prepare_codings(folder: Path) -> None:
    make_study(folder, short_grid=True).close()


def _prepare_sheets(folder: Path) -> None:
    with make_study(folder, NOTES[:2], short_grid=True) as study:
        blank = read_sheet(study.sheet_export("claire"))
        codes = [code.id for code in study.grid().leaves()]
        for rank in range(SHEETS):
            rows = tuple(
                replace(row, marks=tuple(Mark(codes[(at + k) % len(codes)]) for k in range(3)),
                        remark=f"Remarque {rank}.{at}")
                if at % SHEETS == rank and row.unit != "heading" else row
                for at, row in enumerate(blank.rows)
            )  # fmt: skip
            write_sheet(
                folder / f"feuille {rank}.xlsx", replace(blank, rows=rows),
                grid=study.grid(), made=study.occasion.now(),
            )  # fmt: skip


def _prepare_corrections(folder: Path) -> None:
    with make_study(folder, short_grid=True) as study:
        study.code_all(marks(study, _HEAVY), coder="claire")
    text = (ROOT / "data" / "raw" / NOTE).read_text(encoding="utf-8")
    for rank in range(CORRECTIONS):
        # Words added before, and words changed inside: some passages go along, others wait.
        text = text.replace(" de ", " de la ", 5 * (rank + 1)).replace(
            "\n\n", f"\n\nAjout {rank}.\n\n", 1
        )
        place = folder / "recus" / str(rank) / NOTE
        place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8")


def _prepare_mending(folder: Path) -> None:
    with make_study(folder, short_grid=True) as study:
        study.code_all(marks(study, _HEAVY), coder="claire")
        suggested = [Suggested(segment, code, 0.5) for segment, code in marks(study, MENDINGS)]
        study.suggest(suggested, coder="lexique/1")


def _prepare_bundles(folder: Path) -> None:
    with make_study(folder, short_grid=True) as study:
        study.code_all(marks(study, CODINGS), coder="claire")
        lots = [study.lot_export(coder, to=folder / f"{coder}.zip").path for coder in _SENDERS]
    text = (ROOT / "data" / "raw" / NOTE).read_text(encoding="utf-8")
    corrected = folder / "recus" / NOTE
    corrected.parent.mkdir()
    corrected.write_text(f"Relu.\n\n{text}", encoding="utf-8")
    for rank, (coder, lot) in enumerate(zip(_SENDERS, lots, strict=True)):
        place = folder / "lots" / coder
        place.parent.mkdir(exist_ok=True)
        open_lot(lot, place).close()
        with Study(place, occasion=occasion((rank + 2) << 40)) as opened:
            opened.code_all(marks(opened, 3 * _HEAVY), coder=coder)
            for coding in list(opened.codings())[:20]:
                opened.recode(coding, marks(opened, 2)[1][1], coder=coder)
            opened.bundle_export(coder, to=folder / f"envoi {coder}.zip")
        shutil.rmtree(place)
    with Study(folder, occasion=occasion(1 << 36)) as study:
        assert not study.ingest([corrected]).refused


def _merge(coder: str) -> Step:
    def step(study: Study) -> object:
        return study.merge([study.folder / f"envoi {coder}.zip"])

    return step


def _ingest(place: str) -> Step:
    def step(study: Study) -> object:
        report = study.ingest([study.folder / place])
        assert not report.refused, report
        return report

    return step


def _code(rank: int) -> Step:
    def step(study: Study) -> object:
        segment, code = marks(study, rank + 1)[rank]
        return study.code(segment, code, coder="claire")

    return step


def _sheet(rank: int) -> Step:
    def step(study: Study) -> object:
        report = study.sheet_import([study.folder / f"feuille {rank}.xlsx"])
        assert not report.problems, report.problems
        return report

    return step


def _mend(rank: int) -> Step:
    def step(study: Study) -> object:
        source = study.corpus.at(NOTE)
        at = source.text.index(" de ", 400 * (rank + 1)) + 1
        return study.correct(Segment(source.id, at, at + 2), f"d{rank}", coder="claire")

    return step


def _answer(rank: int) -> Step:
    def step(study: Study) -> object:
        one = study.suggestions()[rank]
        return study.suggestion_accept(one, coder="yann")

    return step


def _accept(study: Study) -> object:
    accepted = study.anchors_accept(coder="yann")
    assert accepted
    return accepted


WORKS = {
    work.name: work
    for work in (
        Work(
            "inside",
            _prepare_inside,
            tuple(_ingest(f"data/raw/lots/lot {n}") for n in range(BATCHES)),
        ),
        Work("outside", _prepare_outside, tuple(_ingest(f"recus/lot {n}") for n in range(BATCHES))),
        Work("codings", _prepare_codings, tuple(_code(n) for n in range(CODINGS)), again=False),
        Work("bundles", _prepare_bundles, tuple(_merge(coder) for coder in _SENDERS)),
        Work("sheets", _prepare_sheets, tuple(_sheet(n) for n in range(SHEETS))),
        Work(
            "mending",
            _prepare_mending,
            tuple(step for n in range(MENDINGS) for step in (_mend(n), _answer(n))),
            again=False,
        ),
        Work(
            "corrections",
            _prepare_corrections,
            tuple(
                step for n in range(CORRECTIONS) for step in (_ingest(f"recus/{n}/{NOTE}"), _accept)
            ),
            again=False,
        ),
    )
}  # fmt: skip
