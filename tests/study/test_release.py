"""A grid is released once everything is said, and its file never changes again."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from cpit_research.errors import Conflict, FormatError, InvalidInput, NotFound
from cpit_research.model.remark import Decision, Remark
from cpit_research.study.grids import release

FULL = "definition: d, long_definition: l, include: i, exclude: e, example: x"
HEAD = """\
# Un commentaire que l’équipe tient à garder.
format: 1
id: essai
version: {version}
nature: team
status: draft        # draft | released
title: Grille d’essai
{more}axes:
  - id: situations
    name: Situations
    codes:
"""
CODE = "      - {{id: {id}, name: {name}, {rest}}}\n"


def write(study, version: str, *codes: tuple[str, str, str], more: str = "") -> None:
    lines = [CODE.format(id=id, name=name, rest=rest) for id, name, rest in codes]
    text = HEAD.format(version=version, more=more) + "".join(lines)
    (study.folder / "grids" / f"{version}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def study(new_study):
    study = new_study()
    write(study, "v1", ("S1", "Un", FULL), ("S2", "Deux", FULL))
    return study


def test_a_release_changes_two_lines_and_keeps_every_comment(study):
    path = study.folder / "grids" / "v1.yaml"
    before = path.read_text(encoding="utf-8")
    released = study.grid_release().grid
    after = path.read_text(encoding="utf-8")
    assert released.status == "released"
    assert study.grid("v1").released_as == released.fingerprint == study.grid("v1").fingerprint
    assert "# draft | released" in after
    changed = set(after.split("\n")) - set(before.split("\n"))
    assert {line.split(":")[0] for line in changed} == {"status", "fingerprint"}


@pytest.mark.usefixtures("in_english")
def test_a_released_file_edited_by_hand_is_refused(study):
    study.grid_release()
    path = study.folder / "grids" / "v1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Deux", "Trois"), encoding="utf-8")
    with pytest.raises(FormatError, match="edited since its release"):
        study.grid("v1")
    assert any("edited since its release" in fault for fault in study.check().faults)


@pytest.mark.usefixtures("in_english")
def test_a_file_called_released_by_hand_is_refused(study):
    path = study.folder / "grids" / "v1.yaml"
    text = path.read_text(encoding="utf-8").replace("status: draft", "status: released")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match="bears no fingerprint"):
        study.grid("v1")


@pytest.mark.usefixtures("in_english")
def test_every_empty_field_that_coders_need_is_told_with_its_line(study):
    write(study, "v1", ("S1", "Un", "definition: d"), ("S2", "Deux", FULL))
    before = (study.folder / "grids" / "v1.yaml").read_bytes()
    with pytest.raises(FormatError) as refusal:
        study.grid_release()
    assert len(refusal.value.faults) == 4
    assert all(fault.startswith("Line 12, code S1") for fault in refusal.value.faults)
    assert (study.folder / "grids" / "v1.yaml").read_bytes() == before


@pytest.mark.usefixtures("in_english")
def test_a_version_is_released_after_the_one_it_comes_from_and_once(study):
    renamed = (
        "previous: v1\nchanges:\n"
        "  - {kind: renamed, from: [S1], into: [S1], reason: r, author: a, follows: true}\n"
    )
    write(study, "v2", ("S1", "Une", FULL), ("S2", "Deux", FULL), more=renamed)
    with pytest.raises(Conflict, match="v1, which is still a draft"):
        study.grid_release("v2")
    study.grid_release("v1")
    study.grid_release("v2")
    with pytest.raises(FormatError, match="released already"):
        study.grid_release("v2")


@pytest.mark.usefixtures("in_english")
def test_a_difference_that_no_change_says_and_a_change_without_author_are_told_together(study):
    study.grid_release("v1")
    more = "previous: v1\nchanges:\n  - {kind: renamed, from: [S1], into: [S1], reason: r}\n"
    write(study, "v2", ("S1", "Une", FULL), ("S2", "Deux", FULL.replace("d,", "autre,")), more=more)
    with pytest.raises(InvalidInput) as refusal:
        study.grid_release("v2")
    assert refusal.value.faults == (
        "S2: redefined, and no change says so.",
        "The change of S1 (renamed) has no author.",
    )


def test_the_lineage_of_a_code_is_told_and_an_unknown_one_is_refused(study):
    more = (
        "previous: v1\nchanges:\n"
        "  - {kind: merged, from: [S1, S2], into: [S3], reason: r, author: a, follows: true}\n"
    )
    dead = FULL + ", status: merged"
    write(study, "v2", ("S3", "Tout", FULL), ("S1", "Un", dead), ("S2", "Deux", dead), more=more)
    ((version, change),) = study.grid_lineage("S3")
    assert (version, change.before) == ("v2", ("S1", "S2"))
    assert study.grid_lineage("S1", "v1") == ()
    with pytest.raises(NotFound):
        study.grid_lineage("S99")


@pytest.mark.usefixtures("in_english")
def test_a_release_waits_for_the_answers_to_a_review_and_cites_them(study, monkeypatch):
    said = Decision(
        accepted=True,
        reason="Deux équipes\nl’ont vu.",
        coder="claire",
        at=datetime(2023, 5, 4, tzinfo=UTC),
    )
    asked = Remark(
        UUID(int=7), "v1", "f", "S1", "clarify", "Préciser.", "M. Lune", "Laboratoire",
        datetime(2023, 5, 3, tzinfo=UTC),
    )  # fmt: skip
    monkeypatch.setattr(release, "grid_review_list", lambda *_: (asked,))
    with pytest.raises(InvalidInput) as refusal:
        study.grid_release()
    assert refusal.value.faults == ("Remark 00000007 (S1) waits for an answer.",)
    answered = replace(asked, decision=said)
    monkeypatch.setattr(release, "grid_review_list", lambda *_: (answered,))
    assert study.grid_release().remarks == (answered,)
    written = (study.folder / "grids" / "v1.yaml").read_text(encoding="utf-8")
    cited = "# Remark 00000007 of Laboratoire on S1, accepted by claire: Deux équipes l’ont vu.\n"
    assert cited in written
    assert "M. Lune" not in written
    assert study.grid("v1").status == "released"


@pytest.mark.usefixtures("in_english")
def test_a_change_that_cites_a_remark_that_nobody_made_is_told(study):
    study.grid_release("v1")
    more = (
        "previous: v1\nchanges:\n"
        "  - {kind: renamed, from: [S1], into: [S1], reason: r, author: a, remarks: [ab12cd34]}\n"
    )
    write(study, "v2", ("S1", "Une", FULL), ("S2", "Deux", FULL), more=more)
    with pytest.raises(InvalidInput) as refusal:
        study.grid_release("v2")
    assert refusal.value.faults == ("A change cites the remark ab12cd34, which nobody made.",)
