"""The workbench as it is opened: in a terminal, in a notebook, on the demonstration."""

import subprocess
import sys
import webbrowser
from types import SimpleNamespace

import pytest

import cpit_research as cpit
from cpit_research.cli.app import run
from cpit_research.errors import FormatError, NotFound
from cpit_research.study import demo
from cpit_research.study.study import Study
from cpit_research.workbench import opening
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server.running import Running


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """Links that the browser was asked to open."""
    links: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda link: links.append(link) or True)
    return links


@pytest.fixture
def stopped(monkeypatch) -> list[Running]:
    """Servers that ran, each stopped at once as by Ctrl+C."""
    ran: list[Running] = []

    def stop(self):
        ran.append(self)
        self._socket.close()
        raise KeyboardInterrupt

    monkeypatch.setattr(Running, "run", stop)
    return ran


def test_a_terminal_says_the_link_and_how_to_stop(study, stopped, opened, capsys):
    assert cpit.open_workbench(study, coder="claire") is None
    said = capsys.readouterr().out.split("\n")
    (link,) = opened
    assert said[0] == f"The workbench is open: {link}"
    assert "Ctrl+C" in said[1]
    assert said[-2] == "The workbench is closed."
    assert link == stopped[0].link


def test_the_browser_stays_closed_when_one_says_so(study, stopped, opened):
    cpit.open_workbench(study, coder="claire", browser=False)
    assert opened == []


def test_a_machine_without_browser_is_told_to_open_the_link(study, stopped, monkeypatch, capsys):
    monkeypatch.setattr(webbrowser, "open", lambda _link: False)
    cpit.open_workbench(study, coder="claire")
    assert "open this link yourself" in capsys.readouterr().out


def test_an_unknown_coder_opens_nothing(study, stopped, opened):
    with pytest.raises(NotFound, match="claire"):
        cpit.open_workbench(study, coder="clair")
    assert (stopped, opened) == ([], [])


def test_the_demonstration_is_a_copy_that_is_deleted_at_the_end(
    study, stopped, opened, monkeypatch
):
    folders = []

    def small(folder, **_rest):
        folders.append(folder)
        folder.mkdir()
        return Study(study.folder)

    monkeypatch.setattr(demo, "demonstration", small)
    cpit.open_workbench(demo=True, coder="claire")
    assert stopped
    assert not folders[0].parent.exists()


@pytest.mark.slow
def test_the_copy_of_the_demonstration_has_all_that_its_coders_did(tmp_path, demonstration):
    with demo.demonstration(tmp_path / "copy") as made, Study(demonstration) as whole:
        assert made.identity.demonstration
        assert len(made.codings()) == len(whole.codings()) > 500
        assert made.findings == whole.findings


def test_a_notebook_gets_a_cell(study, monkeypatch):
    cell = object()
    kernel = SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: kernel))
    monkeypatch.setattr(opening, "_cell", lambda *_given, **_named: cell)
    assert cpit.open_workbench(study) is cell


def test_a_python_at_a_terminal_is_no_notebook(monkeypatch):
    for shell in (None, SimpleNamespace()):
        monkeypatch.setitem(
            sys.modules, "IPython", SimpleNamespace(get_ipython=lambda shell=shell: shell)
        )
        assert not opening._in_notebook()
    monkeypatch.delitem(sys.modules, "IPython")
    assert not opening._in_notebook()


def test_the_command_opens_the_study_of_the_folder(study, stopped, opened, monkeypatch, capsys):
    monkeypatch.setattr(
        sys, "argv",
        ["cpit", "--lang", "en", "--study", str(study.folder), "workbench", "--coder", "yann",
         "--no-browser"],
    )  # fmt: skip
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 0
    assert "The workbench is open" in capsys.readouterr().out
    assert opened == []


@pytest.fixture
def seated(monkeypatch) -> list[Desk]:
    """Desks that were served, each left at once."""
    served: list[Desk] = []
    monkeypatch.setattr(opening, "_serve", lambda desk, *_asked, **_how: served.append(desk))
    return served


def said_at_first(desk: Desk) -> str:
    """What the first page says to whoever opens it."""
    assert not desk.has_study
    return desk.handle("home", {})["said"]


def said_when_named(folder, seated, monkeypatch) -> str:
    """What the first page says when the folder that a command names cannot be opened."""
    words = ["cpit", "--lang", "en", "--study", str(folder), "workbench", "--no-browser"]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 0
    said = said_at_first(seated[0])
    assert str(folder) in said
    return said


def test_a_study_named_that_has_moved_is_told_on_the_first_page(study, seated, monkeypatch, capsys):
    study.close()
    place = study.folder.rename(study.folder.with_name("elsewhere"))
    said = said_when_named(study.folder, seated, monkeypatch)
    assert "moved" in said
    assert "Open it below" in said
    assert "There is no study" in capsys.readouterr().out
    seated[0].handle("home.open", {"folder": str(place)})
    assert seated[0].said == ""


def test_a_study_named_whose_file_is_spoilt_is_told_on_the_first_page(study, seated, monkeypatch):
    study.close()
    (study.folder / "study.toml").write_bytes(b"\xff")
    said = said_when_named(study.folder, seated, monkeypatch)
    assert "Put back the copy" in said


def test_a_study_whose_register_cannot_be_read_is_told_on_the_first_page(study, seated):
    (study.folder / "data" / "raw" / "registre.xlsx").write_bytes(b"PK")
    cpit.open_workbench(study)
    said = said_at_first(seated[0])
    assert "registre.xlsx" in said
    with pytest.raises(FormatError, match="registre"):
        cpit.open_workbench(study, coder="claire")


def test_a_folder_without_study_where_the_command_is_typed_accuses_nobody(
    tmp_path, seated, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["cpit", "--lang", "en", "workbench", "--no-browser"])
    with pytest.raises(SystemExit):
        run()
    assert said_at_first(seated[0]) == ""


def test_a_page_is_served_before_what_only_figures_and_workbooks_need_is_loaded():
    program = (
        "import sys, cpit_research.workbench.opening, cpit_research.workbench.server.running\n"
        "print({'docx', 'matplotlib', 'openpyxl', 'pandas', 'scipy', 'spacy'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "set()"
