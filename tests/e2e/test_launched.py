"""What is double-clicked works without a terminal; a second double click opens nothing twice."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from keeping.small_studies import make_study

import cpit_research as cpit

pytestmark = pytest.mark.slow


@pytest.mark.skipif(os.name == "nt", reason="a launcher of Linux")
def test_a_study_launched_twice_without_a_terminal_is_open_once(tmp_path, monkeypatch):
    monkeypatch.setenv("CPIT_DATA", str(tmp_path / "own"))
    monkeypatch.setenv("CPIT_LANG", "en")
    monkeypatch.setenv("PYTHONPATH", str(Path(cpit.__file__).parent.parent))
    with make_study(tmp_path / "l’été, 100 % & co") as study:
        entry = study.launcher(to=tmp_path, system="linux").read_text(encoding="utf-8")
    said = next(one for one in entry.split("\n") if one.startswith("Exec="))
    command = said.removeprefix("Exec=").replace("%%", "%") + " --no-browser"
    # As a desktop does: the very line, and no standard output at all.
    silent = subprocess.Popen(["/bin/sh", "-c", f"exec {command} <&- >&- 2>&-"], cwd="/")
    try:
        kept = tmp_path / "own" / "open"
        end = time.monotonic() + 30
        while not (kept.is_dir() and list(kept.glob("*.json"))):
            assert silent.poll() is None, "it stopped by itself"
            assert time.monotonic() < end
            time.sleep(0.05)
        words = [sys.executable, *shlex.split(command)[1:]]
        again = ""
        while "open already" not in again:
            assert time.monotonic() < end
            again = subprocess.run(
                words, cwd="/", capture_output=True, text=True, timeout=30, check=True
            ).stdout
        assert "?token=" in again
    finally:
        silent.send_signal(signal.SIGINT)
        silent.wait(20)
    assert list(kept.glob("*.json")) == []
