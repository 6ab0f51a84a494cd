"""Renew ``constraints.txt``, or check that every pin installs from a wheel wherever we promise it.

    python tools/pins.py renew    write constraints.txt afresh (on the oldest Python promised)
    python tools/pins.py check    ask for a wheel of every pin, for every promised Python and system

Both ask the package index that pip is set up with, and write no address of it anywhere. The checked
list is not the one machine's that runs it: requirements are followed under the markers of every
promised system, so that what only Windows or macOS needs is pinned as well.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
HEADER = "# Every version as tested. To renew: `make constraints`, then `make pins`.\n"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
BUILDING = ("hatchling>=1.27,<2", "editables")
# Newest versions that must be held back, each with its reason.
HELD = {
    "soupsieve": "<3",  # 3.0 wants Python 3.11.5; Debian 12 has 3.11.2
}


class System(NamedTuple):
    """An operating system we promise, as markers describe it and as pip names its wheels."""

    name: str
    sys_platform: str
    platform_system: str
    os_name: str
    platform_machine: str
    platforms: tuple[str, ...]


GLIBC = ("manylinux2014_x86_64", *(f"manylinux_2_{minor}_x86_64" for minor in range(17, 29)))
SYSTEMS = (
    System("Linux x86_64", "linux", "Linux", "posix", "x86_64", GLIBC),
    System("Windows x86_64", "win32", "Windows", "nt", "AMD64", ("win_amd64",)),
    System("macOS arm64", "darwin", "Darwin", "posix", "arm64", ("macosx_14_0_arm64",)),
)


class Pin(NamedTuple):
    """A version, and what it requires in turn."""

    version: str
    requires: tuple[Requirement, ...]


class Refused(Exception):  # pip's answer, caught here
    """The index has no such wheel."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def roots() -> list[Requirement]:
    """Read what the project asks for: to run, to be tested, to be built."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [*project["dependencies"], *project["optional-dependencies"]["test"], *BUILDING]
    return [Requirement(text) for text in texts]


def ask(*arguments: str) -> dict[str, Pin]:
    """Resolve as pip would, install nothing.

    Raises
    ------
    Refused
        With the name pip could not satisfy.
    """
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        done = subprocess.run(
            [*command, "--report", str(report), *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            lacking = re.search(r"No matching distribution found for ([\w.-]+)", done.stderr)
            raise Refused(canonicalize_name(lacking[1])) if lacking else SystemExit(done.stderr)
        metadata = [one["metadata"] for one in json.loads(report.read_bytes())["install"]]
    return {
        canonicalize_name(one["name"]): Pin(
            one["version"], tuple(map(Requirement, one.get("requires_dist", ())))
        )
        for one in metadata
    }


def wheel_options(system: System, python: str) -> list[str]:
    """Tell pip to answer for another machine than this one."""
    options = ["--no-deps", "--only-binary=:all:", "--target", "unused", "--python-version", python]
    return options + [part for platform in system.platforms for part in ("--platform", platform)]


def applies(marker: Marker | None, extras: Iterable[str], environment: dict[str, str]) -> bool:
    """Whether a requirement counts under this environment, for any of the extras asked for."""
    if marker is None:
        return True
    return any(marker.evaluate({**environment, "extra": extra}) for extra in (*extras, ""))


def reached(
    pins: dict[str, Pin], system: System, python: str
) -> Iterator[tuple[str, Requirement, bool]]:
    """Follow requirements from the roots; yield each name once, and whether it is pinned."""
    environment = {
        "sys_platform": system.sys_platform,
        "platform_system": system.platform_system,
        "os_name": system.os_name,
        "platform_machine": system.platform_machine,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    waiting, seen = roots(), set[tuple[str, frozenset[str]]]()
    named = set[str]()
    while waiting:
        requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        if name not in named:
            named.add(name)
            yield name, requirement, name in pins
        waiting += [
            one
            for one in (pins[name].requires if name in pins else ())
            if applies(one.marker, extras, environment)
        ]


def renew() -> None:
    """Resolve for this Python and system, then add what only the others need."""
    held = [f"{name}{versions}" for name, versions in HELD.items()]
    pins = ask(*map(str, roots()), *held)
    while True:
        lacking = {
            name: (str(requirement).partition(";")[0], system, python)
            for system in SYSTEMS
            for python in PYTHONS
            for name, requirement, known in reached(pins, system, python)
            if not known
        }
        if not lacking:
            break
        for name, (wanted, system, python) in lacking.items():
            print(f"{name}: only {system.name}, Python {python}")
            pins |= ask(*wheel_options(system, python), wanted)
    lines = (f"{name}=={pin.version}\n" for name, pin in sorted(pins.items()))
    CONSTRAINTS.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{CONSTRAINTS.name}: {len(pins)}")


def read() -> dict[str, str]:
    """Read the pins as committed."""
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def requirements_of(versions: dict[str, str]) -> dict[str, Pin]:
    """Tell what each pin requires, from whichever system has a wheel of it."""
    known: dict[str, Pin] = {}
    for system in SYSTEMS:
        known |= wheels({n: v for n, v in versions.items() if n not in known}, system, "3.11")[0]
    return known


def wheels(
    versions: dict[str, str], system: System, python: str
) -> tuple[dict[str, Pin], list[str]]:
    """Ask for all wheels at once; set aside, one by one, those that do not exist."""
    wanted, absent = dict(versions), list[str]()
    while wanted:
        pinned = [f"{name}=={version}" for name, version in wanted.items()]
        try:
            return ask(*wheel_options(system, python), *pinned), absent
        except Refused as refusal:
            absent.append(refusal.name)
            del wanted[refusal.name]
    return {}, absent


def check() -> int:
    """Print a line for every Python and system; 1 if a promised wheel does not exist."""
    versions = read()
    pins = requirements_of(versions)
    faults = 0
    for python in PYTHONS:
        for system in SYSTEMS:
            found = list(reached(pins, system, python))
            unpinned = [name for name, _, known in found if not known and name not in versions]
            needed = {name: versions[name] for name, _, _ in found if name in versions}
            absent = wheels(needed, system, python)[1]
            faults += len(absent) + len(unpinned)
            said = [f"no wheel: {', '.join(absent)}"] * bool(absent)
            said += [f"no pin: {', '.join(unpinned)}"] * bool(unpinned)
            where = f"Python {python}  {system.name:15} {len(needed)} pins"
            print(where, "; ".join(said) or "all there", sep="  ", flush=True)
    return min(faults, 1)


def main() -> int:
    """Renew or check."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("verb", choices=("renew", "check"))
    if parser.parse_args().verb == "check":
        return check()
    renew()
    return 0


if __name__ == "__main__":
    sys.exit(main())
