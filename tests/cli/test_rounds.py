"""A round of double coding from the terminal, from the draw to the history."""

import json
import shutil

import pytest
import typer.main

from cpit_research.cli.app import build_app
from cpit_research.study.study import Study


@pytest.fixture(scope="module")
def study_folder(demonstration, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rounds") / "study"
    shutil.copytree(demonstration, folder)
    return folder


@pytest.fixture
def cpit(study_folder, capsys, in_english):
    """Run a command, and return what it prints."""

    def run(*words: str) -> str:
        command = typer.main.get_command(build_app())
        command(["--study", str(study_folder), "--lang", "en", *words], standalone_mode=False)
        return capsys.readouterr().out

    return run


def test_a_round_is_held_from_the_terminal(cpit, study_folder, tmp_path):
    with Study(study_folder) as study:
        before = len(study.adjudications)
    out = cpit("round", "open", "--coders", "claire, yann", "--coder", "claire",
               "--sample", "60%", "--stratify", "territory,visit", "--name", "pilote")  # fmt: skip
    assert "Round pilote opened: 18 notes, claire, yann, grid v2." in out
    assert "  Several – Workshop: " in out
    assert "agreement is indicative" not in out
    assert "open" in cpit("round", "list")
    assert "still coding, yann" in cpit("round", "finish", "pilote", "--coder", "claire")
    assert "18 notes of the round pilote" in cpit("agreement", "alpha")
    cpit("round", "finish", "pilote", "--coder", "yann")
    out = cpit("round", "close", "pilote", "--coder", "claire")
    assert "Round pilote closed. Disagreements: boundary" in out
    assert "No figure alone" in out

    told = json.loads(cpit("round", "disputes", "pilote", "--json"))
    listed = [one for one in told if one["open"]]
    assert f"{len(listed)} disagreements are left to decide." in cpit("round", "disputes", "pilote")
    how = ("--reason", "boundary", "--why", "Le geste entier.", "--coder", "claire")
    one = next(d for d in listed if d["kind"] == "boundary")
    kept = one["codings"]["yann"]
    assert f"Decided: {one['code']} “" in cpit("round", "decide", one["id"], "--keep", "yann", *how)
    (again,) = (d for d in json.loads(cpit("round", "disputes", "pilote", "--json"))
                if d["id"] == one["id"])  # fmt: skip
    assert {d["why"] for d in again["decisions"]} == {"Le geste entier."}
    assert len(again["decisions"]) == len(kept)
    assert "is open again" in cpit("round", "undo", one["id"], "--coder", "yann")
    omitted = next(d for d in listed if d["kind"] == "omission")
    assert "no code stands" in cpit("round", "decide", omitted["id"], "--none", *how)

    book = tmp_path / "arbitrage.xlsx"
    assert str(book.name) in cpit("round", "export", "pilote", "--to", str(book))
    assert f"left for later {len(listed) - 1}" in cpit(
        "round", "import", str(book), "--coder", "claire"
    )
    assert "pilote (v2)" in cpit("round", "history")
    cpit("round", "reopen", "pilote", "--reason", "pour voir", "--coder", "claire")
    assert "still coding, yann" in cpit("round", "resume", "pilote", "--coder", "yann")
    cpit("round", "cancel", "pilote", "--reason", "assez vu", "--coder", "claire")
    (told,) = json.loads(cpit("round", "list", "--json"))
    assert (told["state"], told["reason"], told["coders"]) == (
        "cancelled", "assez vu", ["claire", "yann"],
    )  # fmt: skip
    with Study(study_folder) as study:
        assert study.check().sound
        assert len(study.adjudications) == before + 1


def test_the_list_says_when_a_round_can_be_closed_and_who_closed_it_and_why(cpit):
    cpit("round", "open", "--coders", "claire,yann", "--coder", "claire", "--sample", "2",
         "--name", "petit")  # fmt: skip
    cpit("round", "finish", "petit", "--coder", "claire")
    cpit("round", "finish", "petit", "--coder", "yann")
    assert "all have finished" in cpit("round", "list")
    cpit("round", "cancel", "petit", "--reason", "Reporté", "--coder", "yann")
    assert "by yann: Reporté" in cpit("round", "list")


def test_a_round_is_drawn_without_strata_when_asked_for_none(cpit):
    out = cpit("round", "open", "--coders", "claire,yann", "--coder", "claire", "--sample", "2",
               "--stratify", "none", "--name", "sans strates")  # fmt: skip
    assert "  2 of 30  " in out
