"""The grid that coders keep on the desk says everything that they need, of any grid."""

from dataclasses import fields, replace
from datetime import UTC, datetime

from drawn_grids import grids
from hypothesis import given

from cpit_research.model.evolution import Change
from cpit_research.model.grid import Axis, Code, Grid
from cpit_research.results.document import Card, Heading, Index, Listing, Paragraph
from cpit_research.results.grid_document import grid_document

MADE = datetime(2026, 11, 25, tzinfo=UTC)


def printed(grid, **said):
    return grid_document(grid, made=MADE, **said)


def of(kind, document):
    return [block for block in document.blocks if isinstance(block, kind)]


def flat(text):
    """Return the text whatever the case of its first letters and its last stop."""
    return text.casefold().rstrip(".")


@given(grids())
def test_every_word_of_a_code_in_use_is_on_its_card(grid):
    cards = {card.key: card for card in of(Card, printed(grid))}
    assert list(cards) == [code.id for axis in grid.axes for code in grid.leaves(axis.id)]
    for code in grid.leaves():
        card = cards[code.id]
        said = flat("\n".join((card.title, card.lead, *map("\n".join, (*card.fields, *card.more)))))
        for field in fields(Code):
            value = getattr(code, field.name)
            if field.name in {"id", "axis", "parent", "status"}:
                continue
            for words in value if isinstance(value, tuple) else (value,):
                assert flat(words) in said, field.name


@given(grids())
def test_every_code_in_use_is_found_at_a_glance_and_by_its_name(grid):
    held = sorted((code.id, code.name) for code in grid.leaves())
    indexes = of(Index, printed(grid))
    assert len(indexes) == (2 if held else 0)
    for index in indexes:
        assert sorted(entry for _head, entries in index.groups for entry in entries) == held


@given(grids())
def test_every_page_says_the_version_and_that_the_grid_is_illustrative(grid):
    document = printed(grid, banner="étude fictive")
    illustrative = grid.nature == "illustrative"
    assert grid.version in document.banner
    assert document.banner.endswith("étude fictive")
    assert ("llustrati" in printed(replace(grid, version="v1")).banner) == illustrative
    first = document.blocks[0]
    warned = isinstance(first, Paragraph) and first.tone == "warning"
    assert warned == (illustrative or bool(grid.warning))
    if grid.warning:
        assert first.text == grid.warning


def test_a_family_says_when_to_include_and_stands_before_its_codes():
    grid = Grid(
        "g",
        "v1",
        language="en",
        codes=(
            Code("F1", "Prendre place", include="a", exclude="b", definition="c"),
            Code("S1", "Clarifier", parent="F1"),
        ),
    )
    blocks = printed(grid).blocks
    at = blocks.index(Heading("F1 · Prendre place", level=2))
    said = [(block.label, block.text) for block in blocks[at + 1 : at + 4]]
    assert said == [("", "c"), ("Include", "A."), ("Exclude", "B.")]
    assert blocks[at + 4].key == "S1"


def test_a_redirect_bears_the_name_of_the_code_to_put_rather():
    codes = (Code("S1", "Relier", redirects=("S2",)), Code("S2", "Porter"))
    card = of(Card, printed(Grid("g", "v1", language="en", codes=codes)))[0]
    assert card.fields == (("Rather", "S2 Porter"),)


def test_names_are_sorted_whatever_their_accents_under_their_letters():
    names = ["Zoner", "étendre", "Écrire", "Œuvrer", "« Oser »", "3 pas"]
    codes = tuple(Code(f"S{rank}", name) for rank, name in enumerate(names))
    index = of(Index, printed(Grid("g", "v1", codes=codes)))[-1]
    assert [(head, [name for _id, name in entries]) for head, entries in index.groups] == [
        ("3", ["3 pas"]),
        ("E", ["Écrire", "étendre"]),
        ("O", ["Œuvrer", "« Oser »"]),
        ("Z", ["Zoner"]),
    ]


def test_a_code_that_no_longer_stands_leads_to_those_that_take_its_place():
    grid = Grid(
        "g",
        "v2",
        language="en",
        codes=(
            Code("S1", "Relier", status="split"),
            Code("S2", "Mettre en lien"),
            Code("S3", "Faire se parler"),
            Code("S4", "Attendre", status="retired"),
        ),
        changes=(Change("split", ("S1",), ("S2", "S3")), Change("retired", ("S4",))),
    )
    document = printed(grid)
    assert [card.key for card in of(Card, document)] == ["S2", "S3"]
    assert of(Listing, document)[-1].items == ("S1 Relier: see S2, S3", "S4 Attendre")


def test_a_deep_tree_has_headings_of_three_levels_and_all_its_families():
    codes = tuple(Code(f"C{n}", f"n{n}", parent=f"C{n - 1}" if n else "") for n in range(9))
    document = printed(Grid("g", "v1", codes=codes))
    levels = [heading.level for heading in of(Heading, document) if "·" in heading.text]
    assert levels == [2, 3, 3, 3, 3, 3, 3, 3]
    assert [card.key for card in of(Card, document)] == ["C8"]


def test_a_grid_with_nothing_yet_still_makes_a_document():
    document = printed(Grid("g", "v1", axes=(Axis("needs", "Besoins"),)))
    assert document.title == "g"
    assert not of(Card, document)
