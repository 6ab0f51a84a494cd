"""Build the front end of the workbench, and prove that what is committed comes from its sources.

    python tools/frontend.py build      npm ci, then write the module, its style and their digests
    python tools/frontend.py check      are they those of what stands there? (without Node)
    python tools/frontend.py rebuild    build apart: is it the same, byte for byte?

Node is needed by who changes the front end, and by nobody else. The digests stand in
`cpit_research/workbench/static/sources.sha256`, in the format of `sha256sum`.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "cpit_research" / "workbench" / "static"
DIGESTS = "sources.sha256"
BUILT = ("workbench.css", "workbench.js")
CONFIGURED = (
    ".npmrc",
    "building.ts",
    "package-lock.json",
    "package.json",
    "tsconfig.json",
    "vite.config.ts",
)


def sources(frontend: Path = FRONTEND) -> Iterator[Path]:
    """Yield every file that the build reads, sorted by path."""
    inside = (path for path in (frontend / "src").rglob("*") if path.is_file())
    yield from sorted([*inside, *(frontend / name for name in CONFIGURED)])


def digest_of_sources(frontend: Path = FRONTEND) -> str:
    """Return one digest of the paths and of the words of the sources, whatever the line ends."""
    whole = hashlib.sha256()
    for path in sources(frontend):
        words = path.read_bytes().replace(b"\r\n", b"\n")
        name = path.relative_to(frontend).as_posix()
        whole.update(f"{name}\0{len(words)}\0".encode() + words)
    return whole.hexdigest()


def digests(frontend: Path = FRONTEND, static: Path = STATIC) -> str:
    """Return the lines that `build` writes: the sources, then each file that is built."""
    lines = [f"{digest_of_sources(frontend)}  frontend"]
    lines += [f"{_digest(static / name)}  {name}" for name in BUILT]
    return "".join(f"{line}\n" for line in lines)


def faults(frontend: Path = FRONTEND, static: Path = STATIC) -> list[str]:
    """Say what is missing, or is not what was built from these sources."""
    missing = [name for name in (*BUILT, DIGESTS) if not (static / name).is_file()]
    if missing:
        return [f"not built: {name}" for name in missing]
    recorded = set((static / DIGESTS).read_text(encoding="utf-8").splitlines())
    now = digests(frontend, static).splitlines()
    return [f"not what was built: {line.split()[1]}" for line in now if line not in recorded]


def install() -> None:
    """Fetch the packages of the lock, unless they are there.

    Raises
    ------
    subprocess.CalledProcessError
        If npm cannot.
    """
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    stamp = FRONTEND / "node_modules" / ".lock.sha256"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return
    command = [_npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=FRONTEND, check=True)
    stamp.write_text(lock, encoding="utf-8")


def build_in(folder: Path) -> None:
    """Build into a folder, from the versions of the lock."""
    install()
    command = [_npm(), "run", "--silent", "build", "--"]
    command += ["--outDir", str(folder), "--logLevel", "warn"]
    subprocess.run(command, cwd=FRONTEND, check=True)


def _npm() -> str:
    found = shutil.which("npm")
    if found is None:
        raise SystemExit("npm is missing: install Node 20 or later (https://nodejs.org).")
    return found


def build() -> int:
    """Write the module, its style and their digests in the package."""
    build_in(STATIC)
    (STATIC / DIGESTS).write_text(digests(), encoding="utf-8", newline="\n")
    for name in BUILT:
        print(f"{name}: {(STATIC / name).stat().st_size / 1000:.1f} kB")
    return 0


def check() -> int:
    """Print the faults; 1 if there is any."""
    found = faults()
    print("\n".join([*found, "run `make frontend`"]) if found else "built from these sources")
    return min(len(found), 1)


def different() -> list[str]:
    """Build apart; return the files that are not the committed ones, byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        build_in(Path(folder))
        return [name for name in BUILT if not _same(Path(folder) / name, STATIC / name)]


def rebuild() -> int:
    """Print what a new build writes otherwise; 1 if anything."""
    found = different()
    print("\n".join(f"built otherwise: {name}" for name in found) or "the same, byte for byte")
    return min(len(found), 1)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def main() -> int:
    """Run one of the three verbs."""
    verbs = {"build": build, "check": check, "rebuild": rebuild}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("verb", choices=verbs)
    return verbs[parser.parse_args().verb]()


if __name__ == "__main__":
    sys.exit(main())
