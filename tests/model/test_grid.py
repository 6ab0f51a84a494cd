"""A grid is a tree of codes, whose fingerprint follows what it says and nothing else."""

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.model.grid import Axis, Code, Facet, Grid, Reference


@st.composite
def grids(draw):
    """Grids whose codes hang from earlier ones, or from nothing."""
    codes = []
    for rank in range(draw(st.integers(1, 12))):
        above = draw(st.sampled_from(["", *(code.id for code in codes)]))
        axis = next((c.axis for c in codes if c.id == above), draw(st.sampled_from("ab")))
        codes.append(Code(f"C{rank}", draw(st.text(max_size=5)), axis, above))
    return Grid("g", "v1", codes=tuple(codes))


@given(grids())
def test_walking_up_from_any_code_ends_at_its_family(grid):
    for code in grid:
        steps = [code]
        while steps[-1].parent:
            steps.append(grid[steps[-1].parent])
        assert grid.family(code.id) == steps[-1]
        assert grid.path(code.id) == " › ".join(step.name for step in reversed(steps))


@given(grids())
def test_children_and_leaves_cut_the_tree(grid):
    below = [child for code in ("", *(code.id for code in grid)) for child in grid.children(code)]
    assert sorted(below, key=lambda code: int(code.id[1:])) == list(grid)
    assert set(grid.leaves()) == {code for code in grid if not grid.children(code.id)}
    assert set(grid.leaves("a")) | set(grid.leaves("b")) == set(grid.leaves())


@given(grids())
def test_a_code_is_found_by_its_id_alone(grid):
    assert [grid[code.id] for code in grid] == [grid.get(code.id) for code in grid] == list(grid)
    assert "C99" not in grid
    assert grid.get("C99") is None
    assert len(grid) == len(grid.codes)


WHOLE = Grid(
    "demo", "v1", title="Grille", warning="w", day=date(2023, 5, 4), provenance="p",
    rules={"R1": "Une règle"}, references=(Reference("r", "texte", "adresse"),),
    axes=(Axis("situations", "Situations"),), facets=(Facet("phase", "Phase", (("a", "A"),)),),
    codes=(Code("F1", "Famille"), Code("S1", "Situation", parent="F1", acts=("un", "deux"))),
)  # fmt: skip


def test_the_fingerprint_changes_with_every_field_of_a_grid_and_of_a_code():
    others = {
        replace(WHOLE, **{one.name: _other(getattr(WHOLE, one.name))}).fingerprint
        for one in fields(Grid)
        if one.init and one.name != "released_as"  # it bears the fingerprint
    }
    code = WHOLE.codes[1]
    others |= {
        replace(
            WHOLE,
            codes=(WHOLE.codes[0], replace(code, **{one.name: _other(getattr(code, one.name))})),
        ).fingerprint
        for one in fields(Code)
        if one.name != "parent"
    }
    assert len(others) == sum(one.init for one in fields(Grid)) - 1 + len(fields(Code)) - 1
    assert WHOLE.fingerprint not in others


def _other(value):
    match value:
        case str():
            return f"{value}x"
        case tuple():
            return (*value, value[0] if value else "x")
        case dict():
            return {**value, "x": "y"}
        case date():
            return date(2024, 1, 1)
    raise AssertionError(value)


@given(st.dictionaries(st.text(), st.text(min_size=1)))
def test_the_order_of_the_rules_does_not_change_the_fingerprint(rules):
    turned = dict(reversed(rules.items()))
    assert replace(WHOLE, rules=rules).fingerprint == replace(WHOLE, rules=turned).fingerprint
