"""The floors hold, and the contracts that say so would notice if they did not."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(program), "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(root, tmp_path):
    """An empty house: our contracts over rooms that hold nothing yet."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in contracts["tool"]["importlinter"]["contracts"]:
        for container in contract.get("containers", ()):
            folder = tmp_path / container.replace(".", "/")
            for room in " | ".join(contract["layers"]).split(" | "):
                module = folder / room.strip("()") / "__init__.py"
                module.parent.mkdir(parents=True, exist_ok=True)
                module.touch()
    (tmp_path / "cpit_research" / "__init__.py").touch()
    return tmp_path


def test_every_room_stands_on_its_floor(root):
    done = lint(root)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_empty_house_keeps_the_contracts(house):
    done = lint(house)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("text", "import cpit_research.model", "A module imports only downwards"),
        ("privacy", "import cpit_research.store", "A module imports only downwards"),
        ("utils", "", "A module imports only downwards"),
        ("study", "from cpit_research import open_study", "The front door is for guests"),
        ("analysis", "import sqlalchemy", "Computation touches no file"),
        ("corpus", "from pathlib import Path", "Computation touches no file"),
        ("model", "import pandas", "standard library only"),
        ("formats/received", "import cpit_research.formats.written", "never import each other"),
    ],
)
def test_a_breach_is_seen(house, room, line, contract):
    module = house / "cpit_research" / room / "__init__.py"
    module.parent.mkdir(exist_ok=True)
    module.write_text(f"{line}\n", encoding="utf-8")
    done = lint(house)
    assert done.returncode == 1
    broken = [one for one in done.stdout.splitlines() if one.endswith("BROKEN")]
    assert len(broken) == 1
    assert contract in broken[0]
