"""Grids, their changes and findings in a notebook: said in words, and no markup but ours."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.model.code import Code
from cpit_research.model.coding import Coding
from cpit_research.model.evolution import Change
from cpit_research.model.finding import Finding
from cpit_research.model.grid import Axis, Facet, Grid
from cpit_research.model.segment import Segment
from cpit_research.wording import LANGUAGES, use_language

MARKUP = st.text(st.sampled_from("<>&\"'xé$"), min_size=1, max_size=20)
OURS = ("div", "h4", "p", "em", "dl", "dt", "dd", "del", "ins")


def bare(shown: str) -> str:
    """What is left of an output without its own tags."""
    within = shown.partition("</style>")[2]
    for tag in OURS:
        within = within.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return within


@given(MARKUP, MARKUP, st.sampled_from(LANGUAGES))
def test_nothing_of_a_grid_of_a_change_or_of_a_finding_is_markup(one, other, language):
    older = Grid(one, "v1", title=one, axes=(Axis("a", one),), facets=(Facet("f", other),),
                 codes=(Code("S1", one, axis="a", definition=one),), warning=other)  # fmt: skip
    change = Change("redefined", ("S1",), ("S1",), reason=other, author=one)
    newer = Grid(one, other, codes=(Code("S1", other, definition=other),), previous="v1",
                 changes=(change,))  # fmt: skip
    diff = newer.diff(older)
    with use_language(language):
        for held in (older, newer, diff, *diff, change, Finding(f"a{one}", scope=other)):
            left = bare(held._repr_html_())
            assert not {"<", ">", '"'} & set(left)
            assert len(repr(held)) < 400


def test_a_grid_counts_the_codes_of_each_axis():
    grid = Grid(
        "g", "v1", title="Grille", axes=(Axis("a", "Situations"), Axis("b", "Besoins")),
        codes=(Code("F1", "f", axis="a"), Code("S1", "s", parent="F1", axis="a"),
               Code("S2", "s", parent="F1", axis="a"), Code("B1", "b", axis="b")),
    )  # fmt: skip
    shown = grid._repr_html_()
    assert "<dt>Situations</dt><dd>2 codes</dd>" in shown
    assert "<dt>Besoins</dt><dd>1 code</dd>" in shown
    assert repr(grid) == "<Grid v1: 4 codes>"


def test_a_difference_that_no_change_says_is_named():
    older = Grid("g", "v1", codes=(Code("S1", "un"), Code("S2", "deux")))
    renamed = Change("renamed", ("S1",), ("S1",), follows=True)
    newer = Grid("g", "v2", codes=(Code("S1", "une"),), previous="v1", changes=(renamed,))
    assert "<p><em>S2</em></p>" in newer.diff(older)._repr_html_()
    assert "S1 → S1 · renommé" in renamed._repr_html_()


def test_a_finding_says_how_much_it_stands_on_and_what_nuances_it():
    codings = [Coding(UUID(int=n), Segment("s", 0, 1), "v", "S1", "a", "v1") for n in range(3)]
    finding = Finding("Le flou retarde.", codings, codings[:1], reference="E1")
    shown = finding._repr_html_()
    assert "E1. Le flou retarde." in shown
    assert "3 codages l’appuient, 1 le nuance" in shown
    assert repr(finding) == "<Finding E1: 3 codings support it, 1 qualify it>"
