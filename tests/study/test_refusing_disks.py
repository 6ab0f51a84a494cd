"""A disk that is full, closed or odd is told in a sentence; what was kept stays and is read."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keeping.probes import (
    CRASHED,
    DONE,
    READING,
    TOLD,
    WRITING,
    answers,
    answers_without_rights,
)
from keeping.small_studies import NOTE, make_study, marks
from keeping.states import JOURNAL, database_of, rows_of

from cpit_research.analysis.inventory import inventory
from cpit_research.errors import CpitError
from cpit_research.study.ingest_report import IngestReport
from cpit_research.study.opening import create_study
from cpit_research.study.study import Study

pytestmark = pytest.mark.slow
POSIX = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX")
KILOBYTE = 1024
#: What takes a second is asked of a few disks only.
HEAVY = {"export docx", "export html", "export xlsx"}
LIGHT = {name: probe for name, probe in (READING | WRITING).items() if name not in HEAVY}


def make(folder: Path, aside: Path) -> None:
    """Make a study with some codings, and put aside a sheet and a note to bring to it."""
    aside.mkdir()
    with make_study(folder, short_grid=True) as study:
        study.code_all(marks(study, 30), coder="claire")
        study.sheet_export("claire", to=aside / "feuille.xlsx")
        study.code_all(marks(study, 50)[30:], coder="claire")
    text = (folder / "data" / "raw" / NOTE).read_text(encoding="utf-8")
    (aside / NOTE).write_text(f"Ajout.\n\n{text}", encoding="utf-8")


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> Path:
    """A folder with ``study`` and ``aside``: copied, never changed."""
    place = tmp_path_factory.mktemp("ready")
    make(place / "study", place / "aside")
    return place


@pytest.fixture
def folder(ready, tmp_path) -> Iterator[Path]:
    shutil.copytree(ready, tmp_path / "it")
    yield tmp_path / "it" / "study"
    for place in (tmp_path, *tmp_path.rglob("*")):
        if place.is_dir():
            place.chmod(0o755)


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of 1 MB, where the system lets one be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or os.geteuid() or mount is None:
        pytest.skip("no disk can be mounted here")
    asked = [mount, "-t", "tmpfs", "-o", "size=1m", "cpit", str(place)]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def crashes(found: dict[str, tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {said}" for name, (what, said) in found.items() if what == CRASHED)


def fill(disk: Path, left: int) -> Path:
    """Fill a disk but for some bytes; return the file to remove to free it."""
    ballast = disk / "ballast"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    ballast.write_bytes(bytes(max(0, free - left)))
    return ballast


@pytest.mark.slow
@pytest.mark.parametrize(
    "left",
    [0, 16, *(pytest.param(n, marks=pytest.mark.exhaustive) for n in (1, 4, 8, 48, 90, 200))],
)
def test_a_full_disk_is_told_and_takes_nothing_away(ready, small_disk, tmp_path, left):
    folder = small_disk / "study"
    shutil.copytree(ready / "study", folder)
    before = rows_of(folder)
    ballast = fill(small_disk, left * KILOBYTE)
    found = answers(folder, ready / "aside", READING)
    assert {what for what, _said in found.values()} == {DONE}, found
    found = answers(folder, ready / "aside", WRITING)
    assert not crashes(found)
    told = {name: said for name, (what, said) in found.items() if what == TOLD}
    assert [said for said in told.values() if "disque" not in said] == []
    if left == 0:
        assert set(told) == set(WRITING)
        assert rows_of(folder) == before
    ballast.unlink()
    for name in told:
        for made in ("autre", "data/processed"):  # 1 MB does not hold every document at once
            shutil.rmtree(folder / made, ignore_errors=True)
        found = answers(folder, ready / "aside", {name: WRITING[name]})
        assert {what for what, _said in found.values()} == {DONE}, found
    assert answers(folder, ready / "aside", READING)["check"] == (DONE, "")
    assert not [*folder.rglob("*.tmp*"), *folder.rglob("*-journal")]


def until_full(work: Callable[[int], object]) -> tuple[int, CpitError]:
    """Work until the disk refuses; return how many times it was done, and what is told."""
    for rank in range(20_000):
        try:
            work(rank)
        except CpitError as error:
            return rank, error
    raise AssertionError("the disk never refused")


@pytest.mark.slow
def test_codings_acknowledged_until_the_disk_is_full_are_all_there(ready, small_disk):
    folder = small_disk / "study"
    shutil.copytree(ready / "study", folder)
    ballast = fill(small_disk, 40 * KILOBYTE)
    with Study(folder) as study:
        held = len(study.codings())
        asked = marks(study, 20_000)
        done, error = until_full(lambda rank: study.code(*asked[rank], coder="yann"))
        assert done > 10
        assert "disque" in str(error)
        assert len(study.codings()) == held + done
        assert study.check().faults == ()
        ballast.unlink()
        study.code(*asked[done], coder="yann")
        assert len(study.codings()) == held + done + 1
    with Study(folder) as study:
        assert len(study.codings()) == held + done + 1
        assert study.check().faults == ()


def test_documents_accepted_until_the_disk_is_full_are_all_there(ready, small_disk, tmp_path):
    folder = small_disk / "study"
    shutil.copytree(ready / "study", folder)
    text = (ready / "aside" / NOTE).read_text(encoding="utf-8")
    ballast = fill(small_disk, 150 * KILOBYTE)
    accepted: list[str] = []

    def take(rank: int) -> None:
        sent = tmp_path / f"note {rank}.md"
        sent.write_text(f"Note {rank}.\n\n{text}", encoding="utf-8")
        (row,) = study.ingest([sent]).rows
        if row.state == "refused":
            raise CpitError(row.reason)
        accepted.append(row.path)

    with Study(folder) as study:
        done, error = until_full(take)
        assert len(accepted) == done > 2
        assert "disque" in str(error)
        assert {f"note {rank}.md" for rank in range(done)} <= {one.path for one in study.corpus}
        assert study.check().faults == ()
        ballast.unlink()
        take(done)
        assert study.check().faults == ()
    names = {path.name for path in (folder / "data" / "raw").iterdir()}
    assert {name for name in names if name.startswith("note")} == {
        f"note {rank}.md" for rank in range(done + 1)
    }


def whole(report: IngestReport) -> None:
    for row in report.refused:
        raise CpitError(row.reason)


@pytest.mark.parametrize("sent", [1, pytest.param(12, marks=pytest.mark.exhaustive)])
def test_several_documents_on_a_disk_too_small_are_kept_or_refused_each(
    ready, small_disk, tmp_path, sent
):
    folder = small_disk / "study"
    shutil.copytree(ready / "study", folder)
    text = (ready / "aside" / NOTE).read_text(encoding="utf-8")
    for rank in range(sent):
        (tmp_path / f"note {rank}.md").write_text(f"Note {rank}.\n\n{text}", encoding="utf-8")
    ballast = fill(small_disk, 30 * KILOBYTE)
    with Study(folder) as study:
        paths = sorted(tmp_path.glob("note*.md"))
        with pytest.raises(CpitError, match="disque"):
            whole(study.ingest(paths))  # some copies fit, then the database does not
        assert study.check().faults == ()
        ballast.unlink()
        assert not study.ingest(paths).refused
        assert len(study.corpus) == 3 + sent
        assert study.check().faults == ()


LIMITED = """
import resource, sys
from pathlib import Path
from cpit_research.errors import CpitError
from cpit_research.study.study import Study
from keeping.small_studies import marks
from keeping.states import database_of
folder = Path(sys.argv[1])
with Study(folder) as study:
    asked = marks(study, 3000)
    size = database_of(folder).stat().st_size + int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        for mark in asked:
            print(study.code(*mark, coder="yann").id.hex, flush=True)
    except CpitError as error:
        print(f"told {error}")
    assert study.check().sound
"""


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("more", [0, pytest.param(20_000, marks=pytest.mark.exhaustive)])
def test_codings_acknowledged_until_files_can_no_longer_grow_are_all_there(folder, root, more):
    paths = os.pathsep.join((str(root / "tests"), str(root)))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(folder), str(more)],
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    *ids, told = done.stdout.splitlines()
    assert told.startswith("told")
    assert "disque" in told
    with Study(folder) as study:
        assert {coding.id.hex for coding in study.codings().where(coder="yann")} == set(ids)
        assert study.check().faults == ()
        study.code(*marks(study, 1)[0], coder="yann")


def close(folder: Path) -> None:
    """Take away the right to write, from a folder and all that it holds."""
    for place in (folder, *folder.rglob("*")):
        place.chmod(0o555 if place.is_dir() else 0o444)


@POSIX
@pytest.mark.slow
def test_a_folder_that_cannot_be_written_can_be_read_and_tells_the_rest(folder):
    before = rows_of(folder)
    close(folder)
    found = answers_without_rights(folder, folder.parent / "aside")
    assert not crashes(found)
    assert {name: found[name] for name in READING} == dict.fromkeys(READING, (DONE, ""))
    assert {found[name][0] for name in WRITING} == {TOLD}
    assert rows_of(folder) == before
    assert not list(folder.rglob("*.tmp*"))


@pytest.mark.slow
def test_a_disk_mounted_for_reading_alone_can_be_read_and_tells_the_rest(ready, small_disk):
    folder = small_disk / "study"
    shutil.copytree(ready / "study", folder)
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    if subprocess.run(remount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted for reading alone")
    found = answers(folder, ready / "aside", READING | WRITING)
    assert not crashes(found)
    assert {name: found[name] for name in READING} == dict.fromkeys(READING, (DONE, ""))
    assert {found[name][0] for name in WRITING} == {TOLD}


@POSIX
def test_a_folder_that_cannot_be_written_and_has_no_database_yet_is_told(folder):
    database_of(folder).unlink()
    close(folder)
    found = answers_without_rights(folder, folder.parent / "aside")
    assert not crashes(found)
    assert found["register"][0] == DONE
    assert {found[name][0] for name in ("corpus", "codings", "ingest", "code")} == {TOLD}


@POSIX
def test_a_transaction_cut_short_on_a_folder_that_cannot_be_written_is_told(folder):
    path = database_of(folder)
    interrupt(path)
    close(folder)
    found = answers_without_rights(folder, folder.parent / "aside")
    assert not crashes(found)
    assert {found[name][0] for name in ("corpus", "codings", "check", "code")} == {TOLD}


def interrupt(path: Path) -> None:
    """Leave beside a database the journal of a transaction cut short, half written."""
    aside = path.parent / "copy"
    aside.mkdir()
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("cache_size=1", "synchronous=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    for rank in range(2000):
        connection.execute(
            "INSERT INTO source VALUES (?, ?, 'field_note', NULL, x'')",
            (f"s{rank}", f"{rank}" * 40),
        )
    for file in (path, path.with_name(JOURNAL)):
        shutil.copyfile(file, aside / file.name)
    connection.rollback()
    connection.close()
    for file in (path, path.with_name(JOURNAL)):
        (aside / file.name).replace(file)
    aside.rmdir()


def test_a_transaction_cut_short_is_undone_when_the_study_is_opened(folder):
    before = rows_of(folder)
    interrupt(database_of(folder))
    with Study(folder) as study:
        assert study.check().faults == ()
    assert rows_of(folder) == before
    assert not database_of(folder).with_name(JOURNAL).exists()


def as_file(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    place.write_bytes(b"bonjour")


def as_folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


def gone(place: Path) -> None:
    shutil.rmtree(place) if place.is_dir() else place.unlink()


@pytest.mark.parametrize(
    ("name", "become"),
    [
        ("", as_file),
        ("", gone),
        ("data", as_file),
        ("data", gone),
        ("data/raw", as_file),
        ("data/raw", gone),
        ("data/raw/registre.xlsx", as_folder),
        ("data/raw/registre.xlsx", as_file),
        (f"data/raw/{NOTE}", as_folder),
        ("data/processed", as_file),
        ("data/processed", gone),
        ("data/study.sqlite", as_folder),
        ("data/study.sqlite", as_file),
        ("data/study.sqlite", gone),
        ("grids", as_file),
        ("grids", gone),
        ("grids/v1.yaml", as_folder),
        ("study.toml", as_folder),
        ("study.toml", as_file),
        ("study.toml", gone),
    ],
)
def test_a_study_folder_of_an_odd_shape_answers_or_is_told(folder, name, become):
    become(folder / name)
    found = answers(folder, folder.parent / "aside", LIGHT)
    assert not crashes(found)
    whole_without = ("data/processed-gone", "data/study.sqlite-gone", "data-gone")
    assert (f"{name}-{become.__name__}" in whole_without) == all(
        what == DONE for what, _said in found.values()
    )


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "study.toml",
        "data",
        "data/raw",
        "data/study.sqlite",
        "grids",
        "grids/v1.yaml",
    ],
)
def test_what_cannot_even_be_read_is_told(folder, name):
    (folder / name).chmod(0)
    found = answers_without_rights(folder, folder.parent / "aside")
    (folder / name).chmod(0o755)
    assert not crashes(found)
    assert any(what == TOLD for what, _said in found.values())


def test_a_study_that_could_not_be_made_whole_can_be_made_again(small_disk):
    ballast = fill(small_disk, 4 * KILOBYTE)
    with pytest.raises(CpitError, match="disque"):
        create_study(small_disk / "study")
    ballast.unlink()
    with create_study(small_disk / "study") as study:
        assert study.check().faults == ()


def test_an_export_that_the_disk_refuses_is_told_under_its_own_name(folder):
    place = folder / "data" / "processed" / "table.csv"
    place.mkdir()
    with Study(folder) as study, pytest.raises(CpitError, match=r"^table\.csv ") as refusal:
        study.export(place, inventory(study.corpus))
    assert refusal.value.remedy
    assert [path.name for path in place.parent.iterdir()] == ["table.csv"]


@pytest.mark.parametrize("name", ["table.csv", "synthese.html"])
def test_an_export_on_a_full_disk_is_told_under_its_own_name(ready, small_disk, name):
    folder = small_disk / "study"
    shutil.copytree(ready / "study", folder)
    fill(small_disk, 0)
    with Study(folder) as study, pytest.raises(CpitError, match=f"^{name} .*disque"):
        study.export(
            study.shelf.processed / name, inventory(study.corpus) if ".csv" in name else None
        )
