"""The second door: the workbench in a cell of JupyterLab, and what the notebook keeps of it."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page
from waiting import soon

from cpit_research.study.opening import open_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELL = """\
import cpit_research as cpit

study = cpit.open_study("study")
cpit.open_workbench(study, coder="claire")
"""
TOKEN = "a-token-of-this-test"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1):
            return True
    except (urllib.error.URLError, TimeoutError):
        return False


def _saved(notebook: Path) -> str:
    """Return the notebook as it stands on disk, once it holds what was run."""
    text = notebook.read_text("utf-8")
    return text if '"execution_count": 1' in text else ""


@pytest.fixture
def notebook(demonstration: Path, tmp_path: Path) -> Path:
    """A notebook of one cell, beside a copy of the demonstration."""
    shutil.copytree(demonstration, tmp_path / "study")
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = nbformat.v4.new_notebook(metadata={"kernelspec": spec})
    made.cells = [nbformat.v4.new_code_cell(CELL)]
    path = tmp_path / "atelier.ipynb"
    nbformat.write(made, path)
    return path


@pytest.fixture
def lab(notebook: Path, tmp_path: Path) -> Iterator[str]:
    """Address of the notebook in a JupyterLab of its own."""
    home = tmp_path / "home"
    home.mkdir()
    names = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    kept = {f"JUPYTER_{name}": str(home / name.lower()) for name in names}
    kept |= {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "HOME": str(home),
    }
    port = free_port()
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={tmp_path}",
    ]  # fmt: skip
    with (tmp_path / "jupyter.log").open("w") as log:
        server = subprocess.Popen(
            command, env={**os.environ, **kept}, stdout=log, stderr=subprocess.STDOUT
        )
        soon(lambda: answers(f"http://127.0.0.1:{port}/api?token={TOKEN}"), within=60)
        yield f"http://127.0.0.1:{port}/lab/tree/{notebook.name}?token={TOKEN}"
        server.terminate()
        server.communicate(timeout=30)


@pytest.fixture
def cell(chromium: Browser, lab: str) -> Iterator[Page]:
    """The notebook open and run, the workbench in its cell."""
    context = chromium.new_context(viewport={"width": 1920, "height": 1000}, locale="fr-FR")
    page = context.new_page()
    page.goto(lab)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    # A kernel that starts slowly makes JupyterLab ask which one.
    shown = page.locator(".jp-OutputArea .cpit-frame")
    asked = page.locator(".jp-Dialog").get_by_role("button", name="Select")
    shown.or_(asked).first.wait_for(timeout=60_000)
    if asked.is_visible():
        asked.click()
    shown.wait_for(timeout=60_000)
    yield page
    context.close()


def test_a_passage_is_coded_in_a_cell_and_the_notebook_keeps_no_word_of_it(
    cell: Page, notebook: Path
):
    study = open_study(notebook.parent / "study")
    (note,) = (one for one in study.corpus if one.visit == "V05")
    before = {coding.id for coding in study.codings().where(coder="claire")}
    cell.locator(".cpit-note", has_text="V05").click()
    cell.wait_for_selector(".pane-words")
    cell.locator(".pane-scroller").focus()
    cell.keyboard.press("Control+Home")
    for _sentence in range(9):
        cell.keyboard.press("ArrowDown")
    cell.keyboard.press("c")
    cell.keyboard.type("s33", delay=5)
    cell.keyboard.press("Enter")

    def put():
        return [c for c in study.codings().where(coder="claire") if c.id not in before]

    (coding,) = soon(put)
    assert coding.code == "S33"
    assert coding.segment.source == note.id
    words = study.corpus.quote(coding.segment)
    assert words in note.text

    cell.get_by_role("menuitem", name="File", exact=True).click()
    cell.get_by_text("Save Notebook", exact=True).click()
    saved = soon(
        lambda: (text := notebook.read_text("utf-8")) and '"execution_count": 1' in text and text
    )
    paragraphs = [part for part in note.text.split("\n") if len(part) > 30]
    assert not [one for one in paragraphs if one[:30] in saved]
    assert words not in saved
    assert str(coding.id) not in saved
