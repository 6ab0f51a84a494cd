"""One bit that changed, anywhere in a study, is found, refused, or changes nothing that is held."""

import sqlite3
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from keeping.flips import Cell, cells, flipped, one_bit, replaced, written
from keeping.small_studies import NOTE, NOTES, make_study, marks
from keeping.states import database_of, rows_of

from cpit_research.errors import CpitError
from cpit_research.model.finding import Finding
from cpit_research.study.study import Study

pytestmark = pytest.mark.slow

#: Sound, found by a check, or refused when the study is opened or read.
HARMLESS, FOUND, REFUSED = "harmless", "found", "refused"
HEADER = 100  # bytes, of a file of SQLite
FILES = (
    *(f"data/raw/{name}" for name in NOTES),
    "data/raw/V01 exploratoire 2022-10-12.docx",
    "data/raw/registre.xlsx",
    "grids/v1.yaml",  # released: it bears its fingerprint
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Documents in two versions, codings moved and waiting, an episode and a finding."""
    place = tmp_path_factory.mktemp("flips") / "study"
    notes = (*NOTES, "V01 exploratoire 2022-10-12.docx")
    with make_study(place, notes, short_grid=True) as study:
        study.code_all(marks(study, 40), coder="claire")
        study.code(*marks(study, 41)[40], coder="yann", facets=_facets(study))
        corrected = place / NOTE
        text = (study.shelf.raw / NOTE).read_text(encoding="utf-8").replace(" de ", " de la ", 20)
        corrected.write_text(f"Ajout.\n\n{text}", encoding="utf-8")
        assert not study.ingest([corrected]).refused
        (first, *_rest) = study.codings()
        study.episode([first], coder="claire", label="un événement")
        study.conclude(Finding("Une chose tenue pour vraie", [first], []), actor="claire")
        assert study.check().faults == ()
    return place


def _facets(study: Study) -> dict[str, str]:
    return {facet.id: facet.values[0][0] for facet in study.grid().facets[:1]}


def told(folder: Path) -> tuple[str, str]:
    """Open and verify the study anew; say what came of it, with the sentences."""
    try:
        with Study(folder) as study:
            report = study.check()
    except CpitError as error:
        return REFUSED, str(error)
    return (HARMLESS, "") if report.sound else (FOUND, "\n".join(report.faults))


def texts(folder: Path) -> list[Cell]:
    return [cell for cell in cells(folder) if (cell.table, cell.column) == ("text_version", "text")]


def flip_texts(folder: Path, number: int) -> None:
    with Study(folder) as study:
        database = study.shelf.database
        with database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT v.rowid, s.path FROM text_version v JOIN source s ON s.id = v.source"
            )
            paths = dict(tuple(row) for row in rows)
    chance, stored = Random(5), texts(folder)
    for _turn in range(number):
        cell = chance.choice(stored)
        with written(folder, cell, one_bit(cell.content, chance)):
            what, sentences = told(folder)
        assert what == FOUND
        assert paths[cell.rowid] in sentences, sentences
    assert told(folder) == (HARMLESS, "")


def test_a_bit_flipped_in_a_stored_text_is_found_with_its_document(folder):
    flip_texts(folder, 20)


@pytest.mark.exhaustive
def test_a_thousand_bits_flipped_in_stored_texts_are_found_with_their_documents(folder):
    flip_texts(folder, 1000)


def flip_cells(folder: Path, chosen: list[Cell], number: int) -> None:
    """Flip bits in as many columns as there are, each in turn; find each of them."""
    chance = Random(6)
    columns: dict[tuple[str, str], list[Cell]] = {}
    for cell in chosen:
        columns.setdefault((cell.table, cell.column), []).append(cell)
    missed, results = Counter(), Counter()
    turns = cycle(sorted(columns))
    while results.total() < number:
        name = next(turns)
        cell = chance.choice(columns[name])
        with suppress(sqlite3.IntegrityError):  # the id of another row: no disk can write it
            with written(folder, cell, one_bit(cell.content, chance)):
                what, _sentences = told(folder)
            results[what] += 1
            if what == HARMLESS:
                missed[".".join(name)] += 1
    sys.stdout.write(f"\n{number} bits flipped in cells: {dict(results)}; missed: {dict(missed)}\n")
    assert not missed
    assert told(folder) == (HARMLESS, "")


def test_a_bit_flipped_in_any_column_of_any_row_is_found(folder):
    flip_cells(folder, cells(folder), 60)


@pytest.mark.exhaustive
def test_two_thousand_bits_flipped_in_any_column_of_any_row_are_found(folder):
    flip_cells(folder, cells(folder), 2000)


def flip_file(folder: Path, bits: Sequence[int]) -> None:
    """Flip bits of the database file: found, refused, or every row reads as before."""
    path, results, missed = database_of(folder), Counter(), []
    whole, rows = path.read_bytes(), rows_of(folder)
    for bit in bits:
        with replaced(path, flipped(whole, bit)):
            what, _sentences = told(folder)
            if what == HARMLESS and rows_of(folder) != rows:
                missed.append(bit)
        results[what] += 1
    sys.stdout.write(
        f"\n{len(bits)} bits flipped in a database of {len(whole)} bytes: {dict(results)}, "
        f"of which rows that changed unseen: {len(missed)}\n"
    )
    assert not missed
    assert told(folder) == (HARMLESS, "")


def bits_of_file(folder: Path, number: int) -> list[int]:
    return Random(7).sample(range(database_of(folder).stat().st_size * 8), number)


def test_a_bit_flipped_in_the_database_file_is_found_refused_or_changes_no_row(folder):
    flip_file(folder, bits_of_file(folder, 30))


@pytest.mark.exhaustive
def test_two_thousand_bits_flipped_in_the_database_file_are_found_refused_or_change_no_row(folder):
    flip_file(folder, bits_of_file(folder, 2000))


def test_a_bit_flipped_in_the_header_of_the_database_is_found_refused_or_changes_no_row(folder):
    flip_file(folder, Random(8).sample(range(HEADER * 8), 20))


@pytest.mark.exhaustive
def test_every_bit_flipped_in_the_header_of_the_database_is_found_or_changes_no_row(folder):
    flip_file(folder, range(HEADER * 8))


def content(folder: Path) -> tuple[object, ...]:
    """What is read of the files of a study besides its documents."""
    with Study(folder) as study:
        grid = study.grid()
        return study.identity, grid, study.register, grid.fingerprint


def flip_files(folder: Path, name: str, number: int) -> None:
    path, chance, results = folder / name, Random(name), Counter()
    whole, before = path.read_bytes(), content(folder)
    for _turn in range(number):
        with replaced(path, one_bit(whole, chance)):
            what, _sentences = told(folder)
            if what == HARMLESS:
                assert content(folder) == before
        results[what] += 1
    sys.stdout.write(f"\n{number} bits flipped in {name}: {dict(results)}\n")
    assert told(folder) == (HARMLESS, "")


@pytest.mark.parametrize("name", FILES)
def test_a_bit_flipped_in_a_file_is_found_refused_or_changes_nothing_read(folder, name):
    flip_files(folder, name, 6)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FILES)
def test_two_hundred_bits_flipped_in_a_file_are_found_refused_or_change_nothing_read(folder, name):
    flip_files(folder, name, 200)
