"""A launcher opens the workbench on one study, by a double click."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cpit_research as cpit
from cpit_research.errors import Conflict, InvalidInput
from cpit_research.study.launcher import desktop, launcher

SYSTEMS = {"windows": ".cmd", "macos": ".app", "linux": ".desktop"}


@pytest.fixture
def odd(tmp_path):
    """A study in a folder whose name means something to every system."""
    folder = tmp_path / "l’élu & 100 % (été) $HOME `x`"
    return cpit.create_study(folder, title="Chefs de projet : 2024 / été")


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_launcher_bears_the_title_of_the_study(odd, tmp_path, system):
    path = odd.launcher(to=tmp_path / "bureau", system=system)
    assert path.parent == tmp_path / "bureau"
    assert path.suffix == SYSTEMS[system]
    assert "Chefs de projet 2024 été" in path.name


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_launcher_written_again_takes_the_place_of_the_first(odd, tmp_path, system):
    first = odd.launcher(to=tmp_path / "bureau", system=system)
    assert odd.launcher(to=tmp_path / "bureau", system=system) == first
    assert list((tmp_path / "bureau").iterdir()) == [first]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
@pytest.mark.parametrize(
    ("system", "inner"), [("linux", ""), ("macos", "Contents/MacOS/workbench")]
)
def test_what_is_double_clicked_may_be_run(odd, tmp_path, system, inner):
    program = odd.launcher(to=tmp_path, system=system) / inner
    assert os.access(program, os.X_OK)


@pytest.mark.skipif(os.name == "nt", reason="a launcher of Linux")
def test_the_launcher_of_linux_opens_this_very_study(odd, tmp_path):
    entry = odd.launcher(to=tmp_path, system="linux").read_text(encoding="utf-8")
    line = next(one for one in entry.split("\n") if one.startswith("Exec="))
    said = line.removeprefix("Exec=").replace("\\\\", "\\").replace("%%", "%")
    # The same words, with a command that ends, in a shell whose quotes have the same rules.
    ending = said.partition('"workbench"')[0] + "backups"
    environment = {**os.environ, "PYTHONPATH": str(Path(cpit.__file__).parent.parent)}
    done = subprocess.run(
        ["/bin/sh", "-c", ending], cwd="/", env=environment, capture_output=True, text=True,
        encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_a_launcher_of_the_first_page_names_no_study(odd, tmp_path):
    paths = [
        launcher(None, to=tmp_path / "1", system="linux"),
        odd.launcher(to=tmp_path / "2", system="linux", home=True),
    ]
    contents = {path.read_bytes() for path in paths}
    assert len(contents) == 1
    assert b'"workbench" "--home" "--idle"' in contents.pop()


def test_a_launcher_of_windows_prefers_the_python_without_a_window(odd, tmp_path, monkeypatch):
    scripts = tmp_path / "Scripts"
    scripts.mkdir()
    (scripts / "pythonw.exe").touch()
    monkeypatch.setattr(sys, "executable", str(scripts / "python.exe"))
    script = odd.launcher(to=tmp_path, system="windows").read_text(encoding="utf-8")
    assert f'start "" "{scripts / "pythonw.exe"}" "-P"' in script


def test_what_is_no_launcher_is_left_as_it_is(odd, tmp_path):
    path = odd.launcher(to=tmp_path, system="macos")
    other = tmp_path / "ailleurs" / path.name
    other.mkdir(parents=True)
    with pytest.raises(Conflict):
        odd.launcher(to=other.parent, system="macos")
    assert list(other.iterdir()) == []


def test_an_unknown_system_is_refused_with_those_that_there_are(odd, tmp_path):
    with pytest.raises(InvalidInput, match="windows, macos, linux"):
        odd.launcher(to=tmp_path / "rien", system="beos")
    assert not (tmp_path / "rien").exists()


def test_the_desktop_is_found_under_its_french_name(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for told in ("XDG_DESKTOP_DIR", "OneDrive", "OneDriveCommercial"):
        monkeypatch.delenv(told, raising=False)
    assert desktop() == tmp_path
    (tmp_path / "Bureau").mkdir()
    assert desktop() == tmp_path / "Bureau"


def test_a_desktop_that_an_organisation_synchronises_is_the_one_that_people_see(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("XDG_DESKTOP_DIR", raising=False)
    seen = tmp_path / "OneDrive - Université" / "Bureau"
    for place in (tmp_path / "Desktop", seen):
        place.mkdir(parents=True)
    monkeypatch.setenv("OneDriveCommercial", str(seen.parent))
    assert desktop() == seen
