"""Small studies, each with its own clock and its own ids."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import Workbook

from cpit_research.formats.study_file import write_study_file
from cpit_research.model.identity import Identity
from cpit_research.study.occasion import Occasion
from cpit_research.study.study import Study

IDENTITY = Identity(UUID(int=7), b"k" * 32, "Étude d’essai", author="Équipe")
GRID = """\
format: 1
id: essai
version: {version}
nature: team
status: draft
title: Grille d’essai
facets:
  - id: phase
    name: Phase
    values:
      early: début
      late: fin
axes:
  - id: situations
    name: Situations
    codes:
      - id: F1
        name: Prendre place
        codes:
          - {{id: S1, name: Clarifier son mandat}}
          - {{id: S2, name: Se faire connaître}}
"""
REGISTER = {
    "Territoires": [["id", "nature", "espace"], ["T01", "commune", "rural"], ["T02", "commune"]],
    "Participants": [
        ["id", "territoire", "rôle", "droit de citer"],
        ["P01", "T01", "maire", "oui"],
        ["P02", "T01", "secrétaire de mairie", "non"],
    ],
    "Chercheurs": [["id", "rôle"], ["claire", "chercheuse"], ["yann", "chercheur"]],
    "Visites": [
        ["id", "territoire", "type", "date", "état", "participants"],
        ["V01", "T01", "exploratoire", "12/10/2022", "faite", "P01"],
        ["V02", "T01", "observation", "09/02/2023", "faite", "P01; P02"],
        ["V03", "T02", "entretien", "09/02/2023", "prévue", ""],
    ],
}


def occasion() -> Occasion:
    """A clock that ticks and ids that count, the same each time."""
    seconds, ids = count(), count(1)
    start = datetime(2023, 5, 4, 9, tzinfo=UTC)
    return Occasion(
        now=lambda: start + timedelta(seconds=next(seconds)),
        new_id=lambda: next(ids).to_bytes(16, "big"),
    )


def write_register(folder: Path, **sheets: list[list[object]]) -> None:
    """Write the register, some sheets instead of the usual ones."""
    written = workbook({**REGISTER, **sheets}) if sheets else usual_register()
    (folder / "data" / "raw" / "registre.xlsx").write_bytes(written)


@cache
def usual_register() -> bytes:
    """The register of almost every study, written once."""
    return workbook(REGISTER)


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book, written = Workbook(), BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(written)
    return written.getvalue()


@pytest.fixture
def new_study(tmp_path_factory) -> Iterator[Callable[..., Study]]:
    """Make a study with a grid, a register and these notes, by name, already read."""
    opened: list[Study] = []

    def make(notes: dict[str, str] | None = None, *, register: bool = True) -> Study:
        folder = tmp_path_factory.mktemp("study")
        (folder / "grids").mkdir()
        (folder / "grids" / "v1.yaml").write_text(GRID.format(version="v1"), encoding="utf-8")
        (folder / "data" / "raw").mkdir(parents=True)
        write_study_file(folder, IDENTITY)
        if register:
            write_register(folder)
        study = Study(folder, occasion=occasion())
        opened.append(study)
        for name, text in (notes or {}).items():
            (study.shelf.raw / name).write_bytes(text.encode())
        if notes:
            assert not study.ingest().refused
        return study

    yield make
    for study in opened:
        study.close()


@pytest.fixture
def register_of() -> Callable[..., None]:
    """Write the register of a folder."""
    return write_register


@pytest.fixture
def add_grid() -> Callable[[Study, str], None]:
    """Add a version of the grid to a study."""

    def add(study: Study, version: str) -> None:
        path = study.folder / "grids" / f"{version}.yaml"
        path.write_text(GRID.format(version=version), encoding="utf-8")

    return add


@pytest.fixture
def new_occasion() -> Callable[[], Occasion]:
    """Make a clock and ids that begin again."""
    return occasion
