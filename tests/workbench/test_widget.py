"""The cell of a notebook: what its messages say, what the notebook keeps."""

import asyncio
import gc
import json
import warnings
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import nbformat
import pytest
from keeping.small_studies import NOTE
from nbclient import NotebookClient
from workbench.test_desk import act, passage

from cpit_research.errors import Conflict
from cpit_research.study.study import Study
from cpit_research.workbench import page, widget
from cpit_research.workbench.params import Call, Nothing
from cpit_research.workbench.widget import Workbench


@pytest.fixture(autouse=True)
def _built(tmp_path, monkeypatch):
    """A front end of one line: what the page does is not tested here."""
    for name, file in (("BUNDLE", "workbench.js"), ("STYLE", "workbench.css")):
        path = tmp_path / file
        path.write_text("export default {};\n", encoding="utf-8")
        monkeypatch.setattr(page, name, path)
        monkeypatch.setattr(widget, name, path)


@pytest.fixture
def new_cell(study, monkeypatch) -> Iterator[Callable[..., Workbench]]:
    """Make a cell of the study, whose messages are kept in `sent`."""
    made: list[Workbench] = []

    def make(coder: str = "claire") -> Workbench:
        cell = Workbench(study, coder=coder)
        sent: list[dict[str, Any]] = []
        monkeypatch.setattr(cell, "send", lambda said, _buffers=None: sent.append(said))
        object.__setattr__(cell, "sent", sent)
        made.append(cell)
        return cell

    yield make
    for cell in made:
        cell.close()


def ask(cell: Workbench, call: str, **params: Any) -> dict[str, Any]:
    """Send a message as the page does; return the one that answers."""
    cell._handle_custom_msg({"id": "7", "call": call, "params": params}, [])
    return next(one for one in reversed(cell.sent) if one.get("id") == "7")


def test_a_call_is_answered_under_its_own_id(new_cell):
    cell = new_cell()
    assert ask(cell, "hello")["result"]["coder"] == "claire"
    assert len(ask(cell, "notes")["result"]) == 3


def test_what_is_refused_is_said(new_cell):
    cell = new_cell()
    assert "no call" in ask(cell, "nothing")["trouble"]["error"]
    assert "not expected" in ask(cell, "notes", coder="yann")["trouble"]["error"]


@pytest.mark.parametrize("content", [{}, {"id": "7"}, {"call": "hello"}, {"id": 1, "call": 2}])
def test_a_message_that_is_no_call_is_left_without_answer(new_cell, content):
    cell = new_cell()
    cell._handle_custom_msg(content, [])
    assert cell.sent == []


def test_a_fault_of_the_program_is_answered_without_its_words(new_cell, monkeypatch):
    from cpit_research.workbench.calls import CALLS

    def broken(_desk, _params):
        raise RuntimeError(NOTE)

    monkeypatch.setitem(CALLS, "notes", Call(broken, Nothing))
    cell = new_cell()
    with pytest.raises(RuntimeError):
        cell.answer({"id": "7", "call": "notes", "params": {}})
    assert cell.sent[0]["trouble"]["error"].startswith("Something unexpected")
    assert NOTE not in json.dumps(cell.sent)


def test_no_traitlet_holds_anything_of_the_study(new_cell, study):
    cell = new_cell()
    source = study.corpus.at(NOTE)
    for call, params in (("notes", {}), ("note", {"source": source.id}), ("codebook", {})):
        ask(cell, call, **params)
    sent = act(cell._desk, "apply", code="S11", **passage(cell._desk, 40, 60))
    ask(cell, "perform", acts=[sent])
    state = json.dumps(cell.get_state(), default=str)
    for words in (source.text[:40], source.id, study.identity.title, "S11", "claire", NOTE):
        assert words not in state
    own = {name for name in cell.keys if name not in Workbench.__mro__[1]().keys}
    assert own <= {"_esm", "_css", "_anywidget_id"}


def test_two_cells_of_one_notebook_hear_of_each_other(new_cell):
    one, other = new_cell(), new_cell()
    one.look()
    other.look()
    assert [said["changes"]["reset"] for said in other.sent] == [True]
    other.sent.clear()
    sent = act(one._desk, "apply", code="S11", **passage(one._desk, 40, 60))
    ask(one, "perform", acts=[sent])
    other.look()
    (said,) = other.sent
    assert [event["id"] for event in said["changes"]["events"]] == [sent["id"]]
    other.look()
    assert len(other.sent) == 1


def test_a_cell_hears_of_those_whose_work_is_shown_beside(new_cell, study):
    cell = new_cell()
    cell.look()
    (one, other, *_rest) = study.codings().where(coder="yann")
    for listen, told, coding in (([], 0, one), (["yann"], 1, other)):
        cell.answer({"listen": listen})
        cell.sent.clear()
        study.retract(coding, coder="yann")
        cell.look()
        assert len(cell.sent) == told
    assert {event["coder"] for event in cell.sent[0]["changes"]["events"]} == {"yann"}


def test_a_cell_looks_by_itself_where_a_kernel_runs(new_cell, study, monkeypatch):
    monkeypatch.setattr(widget, "LOOK", 0.01)
    refused: list[None] = []
    looked = widget.Workbench.look

    def look(cell: widget.Workbench) -> None:
        if refused:
            refused.pop()
            raise Conflict("Another process keeps the study.")
        looked(cell)

    monkeypatch.setattr(widget.Workbench, "look", look)

    async def lived() -> list[dict[str, Any]]:
        cell = new_cell()
        ask(cell, "hello")
        await asyncio.sleep(0.05)
        cell.sent.clear()
        refused.append(None)
        await asyncio.sleep(0.05)
        coding = next(iter(study.codings().where(coder="claire")))
        study.retract(coding, coder="claire")
        await asyncio.sleep(0.2)
        cell.close()
        await asyncio.sleep(0)
        return cell.sent

    (said,) = asyncio.run(lived())
    assert said["changes"]["events"][0]["gone"] is True


def test_the_demonstration_of_a_notebook_is_deleted_with_its_cell(monkeypatch, study, tmp_path):
    import cpit_research as cpit
    from cpit_research.study import demo
    from cpit_research.workbench import opening

    monkeypatch.setattr(opening, "_in_notebook", lambda: True)
    folders = []

    def small(folder, **_rest):
        folders.append(folder)
        folder.mkdir()
        return Study(study.folder)

    monkeypatch.setattr(demo, "demonstration", small)
    cell = cpit.open_workbench(demo=True)
    assert folders[0].exists()
    cell.close()
    held = weakref.ref(cell)
    del cell
    gc.collect()
    assert held() is None
    assert not folders[0].exists()


@pytest.mark.notebooks
def test_a_notebook_saved_with_its_cell_holds_no_word_of_the_study(study, root):
    source = study.corpus.at(NOTE)
    lines = (
        "from pathlib import Path",
        "import cpit_research as cpit",
        "from cpit_research.workbench import widget",
        f"widget.BUNDLE, widget.STYLE = Path({str(page.BUNDLE)!r}), Path({str(page.STYLE)!r})",
        f"study = cpit.open_study({str(study.folder)!r})",
        "cell = cpit.open_workbench(study, coder='claire')",
        f"cell.answer({{'id': '1', 'call': 'note', 'params': {{'source': {source.id!r}}}}})",
        "cell",
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("\n".join(lines))])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        NotebookClient(notebook, timeout=120, store_widget_state=True).execute()
    saved = nbformat.writes(notebook)
    assert "widget-view+json" in saved
    assert source.text[:60] not in saved
    for line in source.text.split("\n"):
        assert len(line) < 20 or json.dumps(line)[1:-1] not in saved
