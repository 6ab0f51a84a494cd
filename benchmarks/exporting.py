"""Writing all the codings, alone then through the gate: beside csv and openpyxl; checking."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
from collections.abc import Iterator

from openpyxl import Workbook
from place import Place
from stopwatch import Row, compare

import cpit_research as cpit
from cpit_research.formats.written.table_csv import write_table_csv
from cpit_research.formats.written.table_xlsx import write_table_xlsx
from cpit_research.results.presentation import present


def measure_csv(place: Place) -> Iterator[Row]:
    """Write the csv."""
    place.unlock()
    study = cpit.open_study(place.study)
    codings = study.codings()
    result = cpit.analysis.quotations(codings)
    table = present(result)
    out = place.folder / "out.csv"

    def bare() -> None:
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(table.rows)

    n = len(table.rows)
    yield compare("quotations, the table", n, "codings", lambda: cpit.analysis.quotations(codings))
    yield compare("the table as people read it", n, "codings", lambda: present(result))
    yield compare(
        "csv, writer alone", n, "codings",
        lambda: write_table_csv(table, out), {"csv": bare}, aim="3 x",
    )  # fmt: skip
    yield compare(
        "csv, study.export with the gate", n, "codings",
        lambda: study.export(out, result), {"csv": bare},
    )  # fmt: skip
    study.close()


def measure_xlsx(place: Place) -> Iterator[Row]:
    """Write the xlsx."""
    place.unlock()
    study = cpit.open_study(place.study)
    result = cpit.analysis.quotations(study.codings())
    table = present(result)
    out = place.folder / "out.xlsx"

    def bare() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in table.rows:
            sheet.append(row)
        book.save(out)

    n = len(table.rows)
    yield compare(
        "xlsx, writer alone", n, "codings",
        lambda: write_table_xlsx(table, out), {"openpyxl": bare}, aim="3 x",
    )  # fmt: skip
    yield compare(
        "xlsx, study.export with the gate", n, "codings",
        lambda: study.export(out, result), {"openpyxl": bare},
    )  # fmt: skip
    study.close()


def measure_check(place: Place) -> Iterator[Row]:
    """Verify the whole study: beside its integrity and as many digests, bare."""
    study = cpit.open_study(place.study)
    study.codings()
    database = study.folder / "data" / "study.sqlite"
    key = study.identity.key

    def bare() -> None:
        connection = sqlite3.connect(database)
        connection.execute("PRAGMA integrity_check").fetchall()
        texts = dict(connection.execute("SELECT id, text FROM text_version"))
        for version, start, end in connection.execute('SELECT version, start, "end" FROM event'):
            hashlib.blake2b(texts[version][start:end].encode(), key=key, digest_size=16).digest()
        for file in study.shelf.raw.rglob("*.docx"):
            hashlib.sha256(file.read_bytes()).digest()

    yield compare("check", len(study.codings()), "codings", study.check, {"bare digests": bare})
    study.close()
