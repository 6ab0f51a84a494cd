"""What a workbench receives leaves the machine with it, however it ends."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

import httpx
import pytest

from cpit_research.workbench import passing
from cpit_research.workbench.passing import passing_folder, remove_abandoned
from cpit_research.workbench.server.guard import KEY_HEADER
from cpit_research.workbench.stopping import heard

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and locks of POSIX")

HOLDS = """
import sys, time
from cpit_research.workbench.passing import passing_folder
with passing_folder() as folder:
    (folder / "entretien.zip").write_text("mots")
    print(folder, flush=True)
    time.sleep(60)
"""
#: As a terminal starts it: the leader of a session which the terminal tells that it closes.
IN_TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
sys.argv = ["cpit", "--lang", "en", "workbench", "--home", "--no-browser"]
from cpit_research.cli import main
main()
"""


@pytest.fixture(autouse=True)
def temp(tmp_path, monkeypatch) -> Path:
    """A temporary folder for this test alone."""
    place = tmp_path / "temp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setenv("CPIT_DATA", str(tmp_path / "own"))
    return place


@pytest.fixture
def killed(temp) -> Path:
    """What a session that was killed left."""
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdout=subprocess.PIPE) as session:
        folder = Path(session.stdout.readline().decode().strip())
        remove_abandoned()
        assert (folder / "entretien.zip").is_file(), "it was held"
        session.kill()
    return folder.parent


# ── Swept by whoever comes next ──────────────────────────────────────────────────────────────────


def test_what_a_session_that_was_killed_left_is_removed_by_the_next_one(temp, killed):
    assert list(killed.rglob("entretien.zip"))
    remove_abandoned()
    assert list(temp.iterdir()) == []


def test_what_this_very_process_holds_is_left(temp):
    with passing_folder() as folder:
        (folder / "entretien.zip").write_text("mots")
        remove_abandoned()
        assert [one.name for one in folder.iterdir()] == ["entretien.zip"]
    assert list(temp.iterdir()) == []


def test_a_folder_that_does_not_say_that_it_is_ours_is_left(killed):
    for spoil in (
        lambda lock: lock.write_bytes(b""),  # a session that is just beginning
        lambda lock: lock.write_bytes(passing._MARK + b"x"),
        lambda lock: lock.unlink(),
        lambda lock: lock.symlink_to(lock.with_name("elsewhere")),
    ):
        (killed / "elsewhere").write_bytes(passing._MARK)
        spoil(killed / "session.lock")
        remove_abandoned()
        assert list(killed.rglob("entretien.zip"))


def test_a_folder_of_somebody_else_or_open_to_others_is_left(killed, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(os, "geteuid", lambda: killed.stat().st_uid + 1)
        remove_abandoned()
    killed.chmod(0o750)
    remove_abandoned()
    assert list(killed.rglob("entretien.zip"))


def test_no_link_is_followed(temp, killed, tmp_path):
    elsewhere = killed.rename(tmp_path / "elsewhere")
    (temp / "cpit-link").symlink_to(elsewhere)
    remove_abandoned()
    assert list(elsewhere.rglob("entretien.zip"))
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "these.odt").write_text("mots")
    back = elsewhere.rename(killed)
    (next(one for one in back.iterdir() if one.is_dir()) / "link").symlink_to(kept)
    (temp / "cpit-link").unlink()
    remove_abandoned()
    assert list(temp.iterdir()) == []
    assert [one.name for one in kept.iterdir()] == ["these.odt"]


def test_what_cannot_be_removed_keeps_what_finds_it_again(killed, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(passing.shutil, "rmtree", lambda *_where, **_how: None)
        remove_abandoned()
    assert (killed / "session.lock").is_file()
    remove_abandoned()
    assert not killed.exists()


# ── Stopped ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def terminal() -> Iterator[tuple[FileIO, "subprocess.Popen[bytes]"]]:
    """The window of a terminal where the workbench runs, and its process."""
    mine, its = os.openpty()
    words = [sys.executable, "-c", IN_TERMINAL]
    process = subprocess.Popen(words, stdin=its, stdout=its, stderr=its, start_new_session=True)
    os.close(its)
    with FileIO(mine) as window:
        yield window, process
        process.kill()
        process.wait()


def link_said(window: FileIO) -> str:
    said = b""
    while b"token=" not in said or not said.endswith(b"\n"):
        said += window.read(4096)
    return next(word for word in said.decode().split() if "token=" in word)


def hand_over(link: str) -> None:
    """Drop a file on the page."""
    origin = link.partition("/?")[0]
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin", KEY_HEADER: "ask"}
    with httpx.Client(base_url=origin, headers=headers) as browser:
        browser.get(link, headers={"Sec-Fetch-Site": "none"})
        browser.headers[KEY_HEADER] = browser.post("/api/hello", json={}).headers[KEY_HEADER]
        handed = browser.post(
            "/upload", content=b"mots", headers={"Content-Type": "application/octet-stream"}
        )
        assert handed.status_code == 200, handed.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "how", ["closed", pytest.param("asked to end", marks=pytest.mark.exhaustive)]
)
def test_a_terminal_that_closes_or_a_session_that_ends_leaves_nothing(
    terminal, temp, how, tmp_path
):
    window, process = terminal
    hand_over(link_said(window))
    assert list(temp.rglob("*.zip"))
    if how == "closed":
        window.close()
    else:
        process.terminate()
    process.wait(20)
    assert list(temp.iterdir()) == []
    doors = temp.with_name("own") / "open"
    assert list(doors.iterdir()) == [], "nobody is sent to a door that is closed"


def test_before_anything_runs_to_be_asked_to_stop_is_ctrl_c():
    with pytest.raises(KeyboardInterrupt), heard():
        signal.raise_signal(signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL


def test_what_runs_is_told_once_and_what_it_lets_go_is_not_disturbed():
    told = []
    with heard() as stop:
        stop.how = lambda: told.append(True)
        for asked in (signal.SIGHUP, signal.SIGHUP, signal.SIGTERM):
            signal.raise_signal(asked)
    assert told == [True]


def test_a_program_made_deaf_to_its_terminal_stays_deaf():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with heard():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
