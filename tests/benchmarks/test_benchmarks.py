"""The benchmarks run, and print a row for each measure; what they print is never judged here."""

import json
import os
import subprocess
import sys

import pytest

from cpit_research.formats.received.sources import SUFFIXES

pytestmark = pytest.mark.slow

ROWS = (
    "ingest, files in data/raw",
    "ingest, files from elsewhere",
    "store codings",
    "open the study",
    "first corpus",
    "first codings",
    "one code's segments, study just opened",
    "one code's segments, study in use",
    "crosstab, code by kind of visit",
    "crosstab, code by note",
    "search",
    "shown in a notebook, codings",
    "shown in a notebook, quotations",
    "agreement by sentence, first time",
    "agreement by sentence, other codings",
    "agreement by sentence, 30 codes",
    "agreement by span, 30 codes",
    "disputes",
    "csv, writer alone",
    "csv, study.export",
    "xlsx, writer alone",
    "xlsx, study.export",
    "check",
    "workbench: notes, first time",
    "workbench: notes, after an act",
    "workbench: one note",
    "workbench: one act",
)


def run(root, *arguments):
    return subprocess.run(
        [sys.executable, "benchmarks", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.exhaustive  # most of a minute: once
def test_every_measure_gives_its_rows_and_every_format_its_line(root, tmp_path):
    numbers = tmp_path / "bench.json"
    done = run(root, "--sizes", "5", "--runs", "1", "--here", "--json", str(numbers))
    assert done.returncode == 0, done.stderr
    printed = done.stdout
    told = {row["what"]: row for row in json.loads(numbers.read_text("utf-8"))["notes"]["5"]}
    assert "passages carried to corrected notes" in printed
    assert "krippendorff_alpha, nominal" in printed
    assert "sentences, F1 of their ends (dev.json" in printed
    assert "unitizing alpha, 5 notes" in printed
    assert "an act, a search under way" in printed
    assert "differs" not in printed
    for name in ROWS:
        assert any(line.startswith(name) for line in printed.split("\n"))
        assert any(what.startswith(name) and row["cpu"] > 0 for what, row in told.items())
    for suffix in SUFFIXES:
        line = next(line for line in printed.split("\n") if line.startswith(suffix + " "))
        assert " x" in line or suffix == ".rtf", line


def test_a_measure_can_be_made_alone_in_its_own_process(root):
    done = run(root, "--sizes", "2", "--runs", "1", "--only", "ingest")
    assert done.returncode == 0, done.stderr
    assert "ingest again" in done.stdout
    assert "store codings" not in done.stdout


def test_a_measure_that_is_not_there_is_told_with_those_that_are(root):
    done = run(root, "--only", "serach")
    assert done.returncode == 1
    assert "search" in done.stderr
