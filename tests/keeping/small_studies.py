"""Small studies made of the notes of the demonstration, with its grid and its register."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from itertools import count, islice
from pathlib import Path
from uuid import UUID

from openpyxl import Workbook, load_workbook

from cpit_research.formats.study_file import write_study_file
from cpit_research.formats.working.grid_file import read_grid
from cpit_research.formats.working.grid_writing import write_grid
from cpit_research.model.grid import Grid
from cpit_research.model.identity import Identity
from cpit_research.model.segment import Segment
from cpit_research.study.occasion import Occasion
from cpit_research.study.study import Study

ROOT = Path(__file__).parents[2]
IDENTITY = Identity(
    UUID(int=11), bytes(range(32)), "Étude fictive", author="Équipe", demonstration=True
)
NOTE = "V04 exploratoire 2022-11-23.md"
REGISTER = "registre.xlsx"
#: Visits that a short register tells of: those of the notes which small studies receive.
VISITS = ("V01", "V04", "V13", "V20", "V23")
NOTES = (NOTE, "V13 observation 2023-02-09.txt", "V20_effet-miroir_2023-06-06.vtt")


def occasion(first: int = 1) -> Occasion:
    """A clock that ticks and ids that count from `first`: the same work makes the same rows."""
    seconds, ids = count(), count(first)
    start = datetime(2023, 5, 4, 9, tzinfo=UTC)
    return Occasion(
        now=lambda: start + timedelta(seconds=next(seconds)),
        new_id=lambda: next(ids).to_bytes(16, "big"),
    )


def make_study(folder: Path, notes: tuple[str, ...] = NOTES, *, short_grid: bool = False) -> Study:
    """Make a study in a folder that is not there, and read some notes of the demonstration.

    With a short grid, what opens it hundreds of times does not read hundreds of codes each time,
    nor a register of every visit.
    """
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    (folder / "data" / "processed").mkdir()
    if short_grid:
        (folder / "grids").mkdir()
        write_grid(_short_grid(), folder / "grids" / "v1.yaml")
        (raw / REGISTER).write_bytes(_short_register())
    else:
        shutil.copytree(ROOT / "grids", folder / "grids")
        shutil.copyfile(ROOT / "data" / "raw" / REGISTER, raw / REGISTER)
    write_study_file(folder, IDENTITY)
    for name in notes:
        shutil.copyfile(ROOT / "data" / "raw" / name, raw / name)
    study = Study(folder, occasion=occasion(1 << 32))
    if notes:
        assert not study.ingest().refused
    return study


@cache
def _short_grid() -> Grid:
    """Return the first version, released, with the first family of each axis."""
    whole = read_grid(ROOT / "grids" / "v1.yaml")
    roots = {code.axis: code.id for code in reversed(whole.codes) if not code.parent}
    kept = {code.id for code in whole.codes if {code.id, code.parent} & {*roots.values()}}
    codes = tuple(
        replace(code, redirects=tuple(one for one in code.redirects if one in kept))
        for code in whole.codes
        if code.id in kept
    )
    short = replace(whole, codes=codes)
    return replace(short, released_as=short.fingerprint)


@cache
def _short_register() -> bytes:
    """Return the register without its styles, with some visits and the people met there."""
    whole, short, written = load_workbook(ROOT / "data" / "raw" / REGISTER), Workbook(), BytesIO()
    visits = [row for row in whole["Visites"].values if row[0] in {"id", *VISITS}]
    met = {"id"}.union(*(str(people).split("; ") for *_rest, people, _by, _at, _remark in visits))
    people = [row for row in whole["Participants"].values if row[0] in met]
    short.remove(short.active)
    for title, rows in {
        "Territoires": whole["Territoires"].values,
        "Participants": people,
        "Chercheurs": whole["Chercheurs"].values,
        "Visites": visits,
        "Dates clés": [*whole["Dates clés"].values][:3],
    }.items():
        sheet = short.create_sheet(title)
        for row in rows:
            sheet.append(row)
    short.save(written)
    return written.getvalue()


def marks(study: Study, number: int, path: str = NOTE) -> list[tuple[Segment, str]]:
    """Segments of a document, some that overlap, each with a code: the same each time."""
    return list(islice(_marks(study, path), number))


def _marks(study: Study, path: str) -> Iterator[tuple[Segment, str]]:
    source = study.corpus.at(path)
    last = len(source.text) - 60
    codes = [code.id for code in study.grid().leaves()]
    for rank in count():
        start = rank * 37 % last
        yield Segment(source.id, start, start + 20 + rank % 40), codes[rank % len(codes)]
