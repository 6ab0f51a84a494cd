"""The benchmarks run, and print a row for each measure; what they print is never judged here."""

import json
import subprocess
import sys


def test_every_measure_gives_its_rows(root, tmp_path):
    numbers = tmp_path / "bench.json"
    done = subprocess.run(
        [sys.executable, "benchmarks", "--sizes", "5", "--json", str(numbers)],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for word in ("ingest", "storing", "crosstab", "search", "csv", "xlsx", "check"):
        assert word in done.stdout
    assert "Traceback" not in done.stderr
    assert json.loads(numbers.read_text(encoding="utf-8"))
