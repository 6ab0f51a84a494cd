"""A finding shows some of the words behind it, and a reference for all of them."""

from collections import Counter

import pytest

from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.model.finding import Finding
from cpit_research.model.segment import Segment
from cpit_research.privacy.names import Names
from cpit_research.results.document import Verbatim
from cpit_research.study.evidence import Evidence, letter

NAMES = Names(Correspondence((Entry("P01", "person", ("Maëlle",)),)))
NOTE = "\n\n".join(f"Maëlle répète la phrase {n}, encore et encore." for n in range(12))


def test_letters_follow_one_another_without_end():
    named = [letter(rank) for rank in range(800)]
    assert named[:3] == ["a", "b", "c"]
    assert named[25:28] == ["z", "aa", "ab"]
    assert named[701:703] == ["zz", "aaa"]
    assert len(set(named)) == 800


@pytest.fixture
def evidence(new_study):
    """The evidence behind a finding of nine codings in each of two notes, four that qualify."""
    study = new_study({"V01 a.md": NOTE, "V02 b.md": NOTE})
    marks = []
    for name in ("V01 a.md", "V02 b.md"):
        source = study.corpus.at(name)
        units = [part for part in source.structure.units if part.kind == "paragraph"]
        marks += [(Segment(source.id, part.start, part.end), "S1") for part in units[:9]]
    study.code_all(marks, coder="claire")
    codings = study.codings()
    listed = list(codings)
    return Evidence(
        [Finding("Tout se répète", listed[4:], listed[:4], reference="E1")], codings, NAMES
    )


def test_every_coding_has_its_reference_printed_or_not(evidence):
    table = evidence.references()
    assert len(table.rows) == 18
    assert len(set(table.anchors)) == 18
    assert Counter(row[1] for row in table.rows).most_common(1)[0][1] == 14


def test_verbatims_show_ids_and_point_at_the_table(evidence):
    shown = [block for block in evidence.blocks() if isinstance(block, Verbatim)]
    assert shown
    for verbatim in shown:
        assert verbatim.words.startswith("[P01] répète")
        assert verbatim.reference in evidence.references().anchors


def test_words_are_not_taken_twice_from_one_territory_on_one_side(evidence):
    shown = [block for block in evidence.blocks() if isinstance(block, Verbatim)]
    assert len([verbatim for verbatim in shown if verbatim.qualifies]) <= 1
    assert len([verbatim for verbatim in shown if not verbatim.qualifies]) <= 1


def test_passages_whose_right_was_not_given_are_counted_and_not_shown(new_study):
    study = new_study({"V02 b.md": NOTE.replace("Maëlle", "Il")})
    source = study.corpus.at("V02 b.md")
    study.code(Segment(source.id, 0, 20), "S1", coder="claire")
    evidence = Evidence([Finding("Un", study.codings(), reference="E1")], study.codings(), NAMES)
    assert evidence.withheld == 1
    assert not [block for block in evidence.blocks() if isinstance(block, Verbatim)]
    assert len(evidence.references().rows) == 1


def test_a_code_that_the_grid_has_lost_is_shown_by_its_id(new_study):
    study = new_study({"V01 a.md": NOTE})
    source = study.corpus.at("V01 a.md")
    study.code(Segment(source.id, 0, 20), "S2", coder="claire")
    grid = study.folder / "grids" / "v1.yaml"
    kept = [line for line in grid.read_text(encoding="utf-8").split("\n") if "S2" not in line]
    grid.write_text("\n".join(kept), encoding="utf-8")
    codings = study.codings()
    evidence = Evidence([Finding("Un", codings, reference="E1")], codings, NAMES)
    assert evidence.references().rows[0][2] == "S2"
