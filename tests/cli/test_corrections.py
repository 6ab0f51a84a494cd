"""Corrections that were asked for, as people decide of them."""

import json

import pytest
from keeping.small_studies import NOTE, make_study
from typer.testing import CliRunner

import cpit_research
from cpit_research.cli.app import build_app
from cpit_research.model.segment import Segment
from cpit_research.study.study import Study
from cpit_research.wording import use_language

pytestmark = pytest.mark.slow


@pytest.fixture
def cpit(monkeypatch):
    """Run a command in a folder; return its exit code and what it said."""

    def run(folder, *words):
        monkeypatch.chdir(folder)
        with use_language("en"):
            done = CliRunner().invoke(build_app(), ["--lang", "en", *words])
        return done.exit_code, done.output

    return run


def on(study, word):
    source = study.corpus.at(NOTE)
    start = source.text.index(word)
    return Segment(source.id, start, start + len(word))


def test_what_a_lot_asks_for_is_listed_then_made_or_declined(cpit, tmp_path):
    with make_study(tmp_path / "etude", (NOTE,)) as study:
        lot = study.lot_export("claire", to=tmp_path / "lot.zip")
        word, other = [w for w in study.corpus.at(NOTE).text.split() if len(w) > 8][:2]
        with cpit_research.open_lot(lot.path, tmp_path / "claire") as opened:
            asked = opened.correct(on(opened, word), "autrement", coder="claire", reason="Entendu.")
            second = opened.correct(on(opened, other), "ailleurs", coder="claire")
            bundle = opened.bundle_export("claire", to=tmp_path / "envoi.zip")
        study.merge([bundle.path])
    folder = tmp_path / "etude"
    code, said = cpit(folder, "correction", "list")
    assert (code, "2 corrections wait" in said, "Entendu." in said) == (1, True, True)
    code, said = cpit(folder, "correction", "list", "--json")
    assert (code, {row["state"] for row in json.loads(said)}) == (1, {"waiting"})
    code, said = cpit(folder, "correction", "accept", asked.reference, "--coder", "claire")
    assert (code, "now reads “autrement”" in said) == (0, True)
    reason = "On entend bien ce mot."
    decided = cpit(folder, "correction", "decline", second.reference, reason, "--coder", "claire")
    assert (decided[0], "stays as it is" in decided[1]) == (0, True)
    code, said = cpit(folder, "correction", "list")
    assert (code, "No correction waits" in said, reason in said) == (0, True, True)
    with Study(folder) as study:
        assert "autrement" in study.corpus.at(NOTE).text
        assert study.check().faults == ()
