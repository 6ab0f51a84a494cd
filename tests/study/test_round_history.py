"""Agreement round after round: what was kept at closing, followed from grid to grid."""

import math

import pytest

from cpit_research.figures import agreement_history
from cpit_research.model.segment import Segment

CODERS = ("claire", "yann")
NOTES = {
    f"V{rank:02}.md": "\n\n".join(f"Note {rank}, phrase {n} : le maire décide." for n in range(8))
    for rank in range(1, 7)
}
GRID = """\
format: 1
id: essai
version: {version}
nature: team
status: draft
title: Grille d’essai
{changes}axes:
  - id: situations
    name: Situations
    codes:
      - id: F1
        name: Prendre place
        codes:
{codes}"""
CHANGES = """\
previous: v1
changes:
  - {kind: renamed, from: S1, into: S1, reason: plus clair, author: claire, follows: true}
  - {kind: split, from: S2, into: [S4, S5], reason: deux gestes, author: claire}
  - {kind: retired, from: S3, reason: jamais vu, author: yann}
"""

pytestmark = pytest.mark.usefixtures("in_english")


def grid(version: str, codes: dict[str, str], changes: str = "") -> str:
    lines = "".join(f"          - {{id: {key}, {rest}}}\n" for key, rest in codes.items())
    return GRID.format(version=version, codes=lines, changes=changes)


@pytest.fixture
def study(new_study):
    study = new_study()
    codes = {"S1": "name: Clarifier", "S2": "name: Se montrer", "S3": "name: Attendre"}
    (study.folder / "grids" / "v1.yaml").write_text(grid("v1", codes), encoding="utf-8")
    for name, text in NOTES.items():
        (study.shelf.raw / name).write_text(text, encoding="utf-8")
    assert not study.ingest().refused
    return study


def hold_a_round(study, codes: dict[str, int]) -> None:
    """Both coders put each code on a sentence of each note; in some notes they differ."""
    opened = study.round_open(CODERS, coder="claire", sample="100%", stratify=()).round
    for at, (code, differ) in enumerate(codes.items()):
        for rank, (source, _version) in enumerate(opened.sources):
            for coder in CODERS:
                where = 2 * at + (coder == "yann" and rank < differ)
                unit = study.corpus[source].structure.units[where]
                study.code(Segment(source, unit.start, unit.end), code, coder=coder)
    for coder in CODERS:
        study.round_finish(opened, coder=coder)
    study.round_close(opened, coder="claire")


def evolve(study) -> None:
    codes = {
        "S1": "name: Clarifier son mandat", "S4": "name: Se montrer seul",
        "S5": "name: Se montrer ensemble",
    }  # fmt: skip
    text = grid("v2", codes, CHANGES)
    (study.folder / "grids" / "v2.yaml").write_text(text, encoding="utf-8")


def test_a_study_without_rounds_has_an_empty_history(study):
    result = study.round_history()
    assert len(result.table) == 0
    assert agreement_history(result).png


def test_each_closed_round_is_a_column_with_the_alpha_that_was_kept(study):
    hold_a_round(study, {"S1": 2, "S2": 0})
    study.round_open(CODERS, coder="claire", sample=2, stratify=())  # still open: no column
    result = study.round_history()
    kept = {row["id"]: row for row in study.round_list()[0].figures}
    table = result.table
    assert list(table.columns) == ["name", "r1", "r1_units"]
    assert list(table.index) == ["S1", "S2", "total"]
    for key in table.index:
        assert table.loc[key, "r1"] == kept[key]["alpha"]
        assert table.loc[key, "r1_units"] == kept[key]["n_units"] == 48
    assert table.loc["S2", "r1"] == 1
    assert result.column_name("r1") == "round-1 (v1)"


def test_only_a_round_closed_before_everybody_had_finished_is_said_to_be(study):
    opened = study.round_open(CODERS, coder="claire", sample=2, stratify=()).round
    study.round_finish(opened, coder="claire")
    study.round_close(opened, coder="claire", anyway="départ")
    other = study.round_open(CODERS, coder="claire", sample=2, stratify=()).round
    for coder in CODERS:
        study.round_finish(other, coder=coder)
    study.round_close(other, coder="claire", anyway="par habitude")
    first, second, *_rest = study.round_history().notes
    assert first.endswith("Closed before yann had finished: départ")
    assert "before" not in second


def test_figures_kept_do_not_change_with_the_codings(study):
    hold_a_round(study, {"S1": 2})
    before = study.round_history().table
    for coding in study.codings():
        study.retract(coding, coder=coding.coder)
    assert study.round_history().table.equals(before)


def test_codes_are_followed_and_one_that_was_split_has_no_line_before(study):
    hold_a_round(study, {"S1": 2, "S2": 1, "S3": 0})
    first = {row["id"]: row for row in study.round_list()[0].figures}
    evolve(study)
    for coding in study.codings("v1"):
        study.retract(coding, coder=coding.coder)
    hold_a_round(study, {"S1": 1, "S4": 0})
    result = study.round_history()
    table = result.table
    assert list(table.index) == ["S1", "S4", "total"]
    assert table.loc["S1", "name"] == "Clarifier son mandat"
    assert table.loc["S1", "r1"] == first["S1"]["alpha"]
    assert table.loc["S1", "r2"] > table.loc["S1", "r1"]
    assert math.isnan(table.loc["S4", "r1"])
    assert table.loc["S4", "r1_units"] == 0
    assert any("S2 (v1), split: S4, S5 have no line before" in note for note in result.notes)
    assert any("S3 (v1) has no code that follows it" in note for note in result.notes)


def test_the_figure_draws_every_code_that_a_round_could_estimate(study):
    hold_a_round(study, {"S1": 2, "S2": 0})
    picture = agreement_history(study.round_history())
    words = " ".join(picture.words)
    assert "S1" in words
    assert "S2" in words
    assert "1.00" in words
    assert "S2 – round-1 (v1): 1.00" in picture.alternative
    assert picture.png == agreement_history(study.round_history()).png


def test_codes_that_were_merged_have_no_line_before_and_one_taken_over_alone_has(study):
    hold_a_round(study, {"S1": 2, "S2": 1, "S3": 0})
    changes = CHANGES.partition("changes:")[0] + (
        "changes:\n"
        "  - {kind: merged, from: [S1, S2], into: S4, reason: un geste, author: claire,"
        " follows: true}\n"
    )
    codes = {"S4": "name: Se montrer", "S3": "name: Attendre"}
    text = grid("v2", codes, changes)
    (study.folder / "grids" / "v2.yaml").write_text(text, encoding="utf-8")
    result = study.round_history()
    assert list(result.table.index) == ["S3", "total"]
    for code in ("S1", "S2"):
        assert f"{code} (v1) was merged into S4, which has no line before." in result.notes
