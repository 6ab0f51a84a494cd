"""Lots, bundles and merging, as people type them."""

import shutil

import pytest
from keeping.small_studies import make_study, marks
from typer.testing import CliRunner

from cpit_research.cli.app import build_app
from cpit_research.study.study import Study
from cpit_research.wording import use_language

pytestmark = pytest.mark.slow


@pytest.fixture
def cpit(monkeypatch):
    """Run a command in a folder; return its exit code and what it said."""

    def run(folder, *words, answer=""):
        monkeypatch.chdir(folder)
        with use_language("en"):
            done = CliRunner().invoke(build_app(), ["--lang", "en", *words], input=answer)
        return done.exit_code, done.output

    return run


@pytest.fixture
def folder(tmp_path):
    make_study(tmp_path / "etude").close()
    return tmp_path / "etude"


def test_work_goes_out_and_comes_back(cpit, folder, tmp_path):
    code, said = cpit(folder, "lot", "export", "--coder", "claire", "--to", "../lot.zip")
    assert (code, "Internal" in said) == (0, True)
    code, said = cpit(tmp_path, "lot", "open", "lot.zip", "claire")
    assert (code, "claire" in said) == (0, True)
    with Study(tmp_path / "claire") as lot:
        lot.code_all(marks(lot, 5), coder="claire")
    code, said = cpit(
        tmp_path / "claire", "bundle", "export", "--coder", "claire", "--to", "../envoi.zip"
    )
    assert (code, "5 events of claire" in said) == (0, True)
    _code, said = cpit(folder, "merge", "../envoi.zip", "--dry-run")
    assert "What would come" in said
    code, said = cpit(folder, "merge", "../envoi.zip", answer="n\n")
    assert (code, "Nothing was merged." in said) == (0, True)
    code, said = cpit(folder, "merge", "../envoi.zip", answer="y\n")
    assert (code, "Merged." in said) == (0, True)
    code, said = cpit(folder, "merge", "../envoi.zip", "--yes")
    assert (code, "holds all of it already" in said) == (0, True)
    with Study(folder) as study:
        assert len(study.codings()) == 5
        assert study.check().sound


def test_a_refusal_is_told_and_the_exit_code_says_so(cpit, folder, tmp_path):
    (tmp_path / "envoi.zip").write_bytes(b"PK")
    code, said = cpit(folder, "merge", "../envoi.zip", "--yes")
    assert code == 1
    assert "Refused" in said
    assert "envoi.zip" in said


def test_a_conflict_is_shown_and_settled(cpit, folder, tmp_path):
    with Study(folder) as study:
        study.code_all(marks(study, 1), coder="claire")
    shutil.copytree(folder, tmp_path / "copie")
    for place, coder in ((folder, "claire"), (tmp_path / "copie", "yann")):
        with Study(place) as one:
            (coding,) = one.codings()
            others = [code.id for code in one.grid().leaves() if code.id != coding.code]
            one.recode(coding, others[coder == "yann"], coder=coder)
    code, said = cpit(folder, "merge", "../copie", "--yes")
    assert (code, "Conflicts to settle" in said) == (0, True)
    _code, said = cpit(folder, "conflict", "list")
    assert "yann" in said
    with Study(folder) as study:
        (conflict,) = study.conflict_list()
    kept = next(state for state in conflict.states if state.coder == "yann")
    code, said = cpit(
        folder, "conflict", "settle", conflict.id, "--keep", kept.id, "--coder", "claire"
    )
    assert (code, kept.code in said) == (0, True)
    assert "Nothing is in conflict" in cpit(folder, "conflict", "list")[1]
