"""What differs between two versions, and what the changes leave unsaid."""

from dataclasses import replace

import pytest

from cpit_research.model.evolution import Change
from cpit_research.model.grid import Axis, Code, Grid

CODES = (
    Code("F1", "Famille"),
    Code("F2", "Autre famille"),
    Code("S1", "Un", parent="F1", definition="Dire non.", acts=("a", "b")),
    Code("S2", "Deux", parent="F1"),
    Code("S3", "Trois", parent="F2"),
)
OLD = Grid("g", "v1", axes=(Axis("situations", "Situations"),), codes=CODES)


def newer(changes=(), **altered) -> Grid:
    """The grid with some codes altered, taken away (None) or added."""
    codes = {code.id: code for code in CODES}
    for code, values in altered.items():
        if values is None:
            del codes[code]
        else:
            codes[code] = replace(codes.get(code, Code(code, code)), **values)
    return replace(OLD, version="v2", previous="v1", codes=tuple(codes.values()), changes=changes)


def test_a_grid_differs_from_itself_in_nothing():
    assert len(OLD.diff(OLD)) == 0


@pytest.mark.parametrize(
    ("altered", "kinds"),
    [
        ({"S1": {"name": "Une"}}, ("renamed",)),
        ({"S1": {"parent": "F2"}}, ("moved",)),
        ({"S1": {"definition": "Dire oui."}}, ("redefined",)),
        ({"S1": {"acts": ("a", "c")}}, ("redefined",)),
        ({"S1": {"name": "Une", "example": "Ici."}}, ("renamed", "redefined")),
        ({"S1": None}, ("retired",)),
        ({"S1": {"status": "split"}}, ("retired",)),
        ({"S9": {}}, ("added",)),
    ],
)
def test_each_difference_has_its_kind(altered, kinds):
    (difference,) = newer(**altered).diff(OLD)
    assert difference.kinds == kinds
    assert difference.undeclared == kinds
    assert difference.code in altered


@pytest.mark.parametrize("silent", [{"status": "stable"}, {"provenance": "ailleurs"}])
def test_a_status_or_a_provenance_says_nothing_of_the_meaning(silent):
    assert len(newer(S1=silent).diff(OLD)) == 0


def test_the_field_that_differs_is_shown_word_by_word():
    (difference,) = newer(S1={"definition": "Dire peut-être non."}).diff(OLD)
    (field,) = difference.fields
    assert (field.field, field.before, field.after) == (
        "definition", "Dire non.", "Dire peut-être non.",
    )  # fmt: skip
    assert [s.words for s in field.stretches if s.kind == "added"] == ["peut-être "]


def test_a_declared_change_covers_what_it_says_and_no_more():
    said = Change("renamed", ("S1",), ("S1",), "raison")
    diff = newer((said,), S1={"name": "Une", "definition": "Autre."}).diff(OLD)
    (difference,) = diff.undeclared
    assert difference.undeclared == ("redefined",)
    assert difference.declared == (said,)


def test_split_and_merged_codes_are_declared_by_one_change_each():
    split = Change("split", ("S1",), ("S4", "S5"), "raison")
    merged = Change("merged", ("S2", "S3"), ("S6",), "raison")
    gone = {code: {"status": "retired"} for code in ("S1", "S2", "S3")}
    born = {code: {} for code in ("S4", "S5", "S6")}
    diff = newer((split, merged), **gone, **born).diff(OLD)
    assert len(diff) == 6
    assert diff.undeclared == ()


def test_changes_speak_only_of_the_version_they_start_from():
    said = Change("renamed", ("S1",), ("S1",), "raison")
    grid = replace(newer((said,), S1={"name": "Une"}), previous="v0")
    assert len(grid.diff(OLD).undeclared) == 1
