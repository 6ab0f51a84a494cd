"""The evolution of a grid as tables."""

from dataclasses import dataclass
from uuid import UUID

from cpit_research.analysis import grid_changes, recoding_debt
from cpit_research.model.coding import Coding
from cpit_research.model.evolution import Change
from cpit_research.model.grid import Code, Grid
from cpit_research.model.segment import Segment

SPLIT = Change("split", ("S1",), ("S2", "S3"), "deux gestes", "claire")
OLD = Grid("g", "v1", codes=(Code("S1", "Un", definition="Dire <non>."),))
NEW = Grid(
    "g", "v2", codes=(Code("S2", "Deux"), Code("S3", "Trois")), previous="v1", changes=(SPLIT,)
)


@dataclass
class Owed:
    coding: Coding
    path: str
    words: str
    changes: tuple[Change, ...]
    candidates: tuple[str, ...]


def test_every_declared_change_has_its_row_with_its_reason_and_author():
    table = grid_changes(NEW.diff(OLD)).table
    assert table.to_numpy().tolist() == [["scindé", "S1", "S2, S3", "Non", "deux gestes", "claire"]]
    assert len(grid_changes(OLD.diff(OLD)).table) == 0


def test_every_coding_to_be_read_again_has_its_row():
    coding = Coding(UUID(int=1), Segment("s", 0, 3), "v", "S1", "claire", "v1")
    result = recoding_debt([Owed(coding, "a.md", "Non.", (SPLIT,), ("S2", "S3"))], grid="v2")
    assert result.table.loc[coding.id.hex].tolist() == [
        "claire", "a.md", "S1", "scindé", "S2, S3", "Non.",
    ]  # fmt: skip
    assert "v2" in result.title
    assert len(recoding_debt([], grid="v2").table) == 0


def test_a_difference_is_shown_word_by_word_in_a_notebook_and_nothing_of_it_is_markup():
    newer = Grid("g", "v2", codes=(Code("S1", "Un", definition="Dire <oui>."),), previous="v1")
    shown = newer.diff(OLD)["S1"]._repr_html_()
    assert "<del>non</del><ins>oui</ins>" in shown
    assert "&lt;" in shown
