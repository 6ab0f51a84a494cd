"""Notebooks run as a researcher runs them, on the demonstration."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from cpit_research.study.opening import open_study

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

pytestmark = pytest.mark.notebooks


def test_there_are_notebooks():
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


#: What only a programmer reads: a value of Python, or the id of a thing.
RAW = re.compile(
    r"object at 0x|UUID\(|np\.\w+\(|array\(|\bNaN\b|\bNone\b|[0-9a-f]{8}-?([0-9a-f]{4}-?){3}"
)
#: The ids of vocabularies, and columns, that have a name for people.
WORDS = re.compile(
    r">(exploratory|mirror|collective_session|field_note|exercise_sheet|not_estimable|to_read_again"
    r"|quotation|visit_kind|territory|coder|speaker|code|kind|id)<"
)


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def run(request, demonstration) -> Any:
    """A notebook, once it has run."""
    notebook = nbformat.read(request.param, as_version=4)
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(demonstration)}},
    ).execute()
    return notebook


def test_a_notebook_runs_to_its_end(run):
    shown = [cell for cell in run.cells if cell.cell_type == "code" and cell.outputs]
    assert len(shown) >= 5


def test_what_a_notebook_shows_is_for_people(run):
    for kinds in outputs(run):
        assert kinds.keys() & {
            "text/html", "image/png", "application/vnd.jupyter.widget-view+json"
        }  # fmt: skip
        page = kinds.get("text/html", "")
        assert not RAW.search(page.partition("</style>")[2])
        assert not WORDS.search(page)
        assert len(page) < 60_000
        assert not re.search("object at 0x", kinds["text/plain"])


@pytest.mark.parametrize("run", NOTEBOOKS[-1:], indirect=True, ids=lambda path: path.stem)
def test_the_notebook_of_the_workbench_holds_no_word_of_a_note(run, demonstration):
    saved = nbformat.writes(run)
    with open_study(demonstration) as study:
        said = {quote for quote in study.codings().quotes() if len(quote) > 20}
    assert len(said) > 500
    assert [quote for quote in said if quote in saved] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_prose_of_a_notebook_is_spaced_as_french_is(path):
    cells = nbformat.read(path, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    prose = re.sub(r"`[^`]*`", "", prose)
    assert re.findall(r".{9} [:;!?»]|« .{9}|.{9}'.{9}", prose) == []


def outputs(notebook: Any) -> list[Any]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output.get("data", {"text/plain": output.get("text", "")})
            for cell in cells for output in cell.outputs]  # fmt: skip
