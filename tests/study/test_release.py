"""A grid is released once everything is said, and its file never changes again."""

import pytest

from cpit_research.errors import Conflict, FormatError, InvalidInput, NotFound

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
    released = study.grid_release()
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
