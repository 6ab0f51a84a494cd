"""The system's Chromium, the built module in a blank page, and the workbench as it runs.

The page forbids `unsafe-eval`, so that Playwright's `wait_for_function` cannot run in it: `soon`
asks again until it is so. `CPIT_BROWSER=required` makes of a missing browser a failure.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from e2e.gestures import leave_studies, window
from playwright.sync_api import Browser, Page, expect, sync_playwright
from waiting import PATIENCE

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="module", autouse=True)
def _studies_left() -> Iterator[None]:
    """Close the studies that a file read."""
    yield
    leave_studies()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, one for the tests of a file.

    No longer: as long as Playwright runs, no other test of this process can run an event loop.
    """
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None and os.environ.get("CPIT_BROWSER") != "required":
        pytest.skip("no Chromium is installed: the workbench is not driven in a browser here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    """A blank page, and the built module beside it."""

    extensions_map = {".js": "text/javascript", ".css": "text/css"}  # noqa: RUF012  its own shape

    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>.</title>")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def blank(root: Path) -> Iterator[str]:
    """Address of a blank page that can import `/workbench.js`."""
    static = root / "cpit_research" / "workbench" / "static"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(static)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def module(chromium: Browser, blank: str) -> Iterator[Page]:
    """A blank page where `cpit` is the module of the front end."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(blank)
    page.evaluate("import('/workbench.js').then((module) => { globalThis.cpit = module; })")
    yield page
    context.close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Door:
    """`cpit workbench` on a copy of the demonstration."""

    folder: Path
    coder: str | None = "claire"
    port: int = 0
    link: str = ""
    _process: "subprocess.Popen[str] | None" = field(default=None, repr=False)
    _invited: bool = False

    @property
    def url(self) -> str:
        """Address of the page, once the browser was let in."""
        return self.link.partition("?")[0]

    def start(self) -> None:
        """Open the workbench, on the same port as before if it was open."""
        if self.coder is None and not self.port:
            self.port = _free_port()  # else it would be sent to the door that is open already
        command = [sys.executable, "-m", "cpit_research", "workbench", "--no-browser"]
        command += ["--port", str(self.port)] if self.port else []
        command += ["--coder", self.coder] if self.coder else []
        self._process = subprocess.Popen(
            command,
            cwd=self.folder,
            env={**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(self._own_temp())},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._told()
        self.port = int(self.url.rsplit(":", 1)[1].strip("/"))

    def invite(self) -> str:
        """Return a link for one more browser: each link lets one in, and the next one is told."""
        if self._invited:
            self._told()
        self._invited = True
        return self.link

    def _own_temp(self) -> Path:
        """Return where it keeps what it receives, which goes with the test: most are killed."""
        place = self.folder.with_name(f"{self.folder.name}-temp")
        place.mkdir(exist_ok=True)
        return place

    def _told(self) -> None:
        """Wait for the link that the workbench says."""
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "token=" in line:
                self.link = line[line.index("http") :].split()[0]
                self._invited = False
                return
        raise AssertionError("the workbench did not open")

    def kill(self) -> None:
        """Stop it at once, as a computer that is switched off would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop it as Ctrl+C does."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.communicate(timeout=PATIENCE)
        self._process = None


@pytest.fixture
def door(demonstration: Path, tmp_path: Path) -> Iterator[Door]:
    """The workbench open for claire on a copy of the demonstration, stopped at the end."""
    folder = tmp_path / "study"
    shutil.copytree(demonstration, folder)
    opened = Door(folder)
    opened.start()
    yield opened
    opened.kill()


@pytest.fixture(scope="module")
def shared(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The same, open for all the tests of a module: each works on a note of its own."""
    folder = tmp_path_factory.mktemp("shared") / "study"
    shutil.copytree(demonstration, folder)
    opened = Door(folder)
    opened.start()
    yield opened
    opened.kill()


@pytest.fixture
def workbench(chromium: Browser, door: Door) -> Iterator[Page]:
    """The page of the workbench, in French, of a browser that was let in; nothing may fail in it."""
    with window(chromium, door.invite()) as page:
        yield page
