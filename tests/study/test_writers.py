"""Several processes that write in one study at once lose nothing and double nothing."""

import shutil
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing

import pytest
from keeping.small_studies import NOTE, make_study, marks
from keeping.states import database_of
from keeping.work import WORKS
from keeping.writing import together

from cpit_research.study.study import Study


@pytest.fixture
def folder(tmp_path):
    make_study(tmp_path / "study").close()
    return tmp_path / "study"


def four_writers(folder, number: int) -> None:
    start = time.perf_counter()
    coders = ("claire", "yann") * 2
    said = together(folder, [("code", coder, str(number)) for coder in coders])
    lasted = time.perf_counter() - start
    sys.stdout.write(
        f"\n4 × {number} codings in {lasted:.1f} s, {lasted / number / 4:.4f} s each\n"
    )
    told = [line for lines in said for line in lines]
    assert not [line for line in told if " " in line]  # sentences, not ids
    assert len(set(told)) == len(told) == 4 * number
    with Study(folder) as study:
        codings = study.codings()
        assert sorted(coding.id.hex for coding in codings) == sorted(told)
        put = Counter((coding.segment, coding.code, coding.coder) for coding in codings)
        asked = Counter((*mark, coder) for coder in coders for mark in marks(study, number))
        assert put == asked
        assert study.check().faults == ()


@pytest.mark.slow
def test_four_processes_that_code_at_once_lose_nothing(folder):
    four_writers(folder, 60)


@pytest.mark.exhaustive
def test_four_processes_that_put_a_thousand_codes_each_lose_nothing(folder):
    four_writers(folder, 1000)


@pytest.mark.slow
def test_a_coding_sheet_read_by_three_processes_at_once_gives_each_coding_and_memo_once(tmp_path):
    folder = tmp_path / "study"
    WORKS["sheets"].prepare(folder)
    shutil.copytree(folder, tmp_path / "alone")
    with Study(tmp_path / "alone") as study:
        (row,) = study.sheet_import([tmp_path / "alone" / "feuille 0.xlsx"]).rows
        memos = len(study.memos)
    said = together(folder, [("sheet", str(folder / "feuille 0.xlsx"))] * 3)
    assert sorted(int(added) for (added,) in said) == [0, 0, row.added]
    with Study(folder) as study:
        assert (len(study.codings()), len(study.memos)) == (row.added, memos)
        assert study.check().faults == ()


@pytest.mark.slow
def test_a_document_read_by_three_processes_at_once_is_kept_once(folder):
    sent = folder / "recu.md"
    sent.write_text("Fictif.\n\n" + (folder / "data/raw" / NOTE).read_text("utf-8"), "utf-8")
    said = together(folder, [("ingest", str(sent))] * 3)
    assert sum(lines == ["accepted"] for lines in said) == 1
    with Study(folder) as study:
        assert len(study.corpus) == 4
        assert study.check().faults == ()
        assert [row.state for row in study.ingest([sent]).rows] == ["known"]


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_looking_at_the_study_inside_a_transaction_keeps_others_out(folder):
    with Study(folder) as study, study.shelf.database.writing() as connection:
        assert connection
        assert len(study.corpus) == 3
        script = (
            "import sqlite3, sys\n"
            "connection = sqlite3.connect(sys.argv[1], timeout=0.1, isolation_level=None)\n"
            "connection.execute('BEGIN IMMEDIATE')\n"
        )
        import subprocess

        other = subprocess.run(
            [sys.executable, "-c", script, str(database_of(folder))],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "database is locked" in other.stderr
    with closing(sqlite3.connect(database_of(folder))) as connection:
        connection.execute("BEGIN IMMEDIATE")
