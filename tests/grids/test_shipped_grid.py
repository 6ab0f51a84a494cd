"""What coders may expect of every grid that the repository ships."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from cpit_research.formats.working.grid_file import find_grids, read_grid
from cpit_research.text.folding import fold

GRIDS = find_grids(Path(__file__).parents[2] / "grids")
GATE = ("name", "definition", "long_definition", "include", "exclude", "example")
SENTENCES = ("definition", "long_definition", "include", "exclude", "example", "borderline", "goal")
HARMFUL = ("S11", "S14", "S15", "S33", "S74")
MISPUNCTUATED = re.compile(r"(?<!\u00a0)[;!?»]|«(?!\u00a0)|\w ?:|’")
ADDRESS = re.compile(r"https?://\S+")


@pytest.fixture(scope="module", params=GRIDS.values(), ids=list(GRIDS))
def grid(request):
    return read_grid(request.param)


@pytest.fixture(scope="module")
def used(grid):
    """Return the codes that a coder may choose from, and the families above them."""
    return [code for code in grid if code.status in {"proposed", "stable"}]


def situations(grid, used):
    leaves = set(grid.leaves("situations"))
    return [code for code in used if code in leaves]


def texts(code):
    for field in code.__dataclass_fields__:
        value = getattr(code, field)
        yield from ((field, text) for text in ([value] if isinstance(value, str) else value))


def test_it_says_that_it_is_illustrative(grid):
    assert grid.nature == "illustrative"
    assert "Elle ne doit servir à publier aucun résultat" in grid.warning
    assert grid.provenance


def test_it_has_the_axes_of_the_method(grid):
    assert [axis.id for axis in grid.axes] == [
        "situations",
        "stakes",
        "postures",
        "needs",
        "actors",
        "innovation",
        "competences",
    ]
    assert len(grid.children(axis="situations")) == 8


def test_a_situation_passes_the_gate_of_double_coding(grid, used):
    gaps = [(c.id, f) for c in situations(grid, used) for f in GATE if not getattr(c, f)]
    assert gaps == []


def test_strategies_wait_for_the_field(grid):
    assert [code.id for code in grid if code.strategies] == []


def test_a_code_of_any_axis_says_what_it_is_and_how_it_shows(grid, used):
    above = {code.parent for code in grid}
    gaps = [
        (code.id, field)
        for code in used
        for field in ("definition", "include", "exclude", "indicators")
        if not getattr(code, field) and (field != "indicators" or code.id not in above)
    ]
    assert gaps == []


def test_an_exclusion_sends_to_codes_that_send_back(grid, used):
    ids = {code.id for code in used}
    one_way = [
        (code.id, target)
        for code in used
        for target in code.redirects
        if target not in ids or code.id not in grid[target].redirects
    ]
    assert one_way == []
    assert [code.id for code in used if not code.redirects] == []


def test_an_exclusion_names_in_its_words_the_codes_that_it_sends_to(used):
    assert {code.id: set(re.findall(r"voir ([A-Z]+\d+)", code.exclude)) for code in used} == {
        code.id: set(code.redirects) for code in used
    }


def test_a_redirect_stays_on_its_axis(grid, used):
    assert {grid[target].axis == code.axis for code in used for target in code.redirects} == {True}


def test_no_name_serves_twice(used):
    holders = defaultdict(list)
    for code in used:
        holders[" ".join(fold(code.name).split())].append(code.id)
    assert [ids for ids in holders.values() if len(ids) > 1] == []


def test_no_sentence_serves_twice(used):
    holders = defaultdict(set)
    for code in used:
        for field in SENTENCES:
            for sentence in re.split(r"(?<=[.;])\s+", getattr(code, field)):
                if said := re.sub(r"\W+", " ", fold(sentence)).strip():
                    holders[said].add(code.id)
    assert {said: ids for said, ids in holders.items() if len(ids) > 1} == {}


def test_lengths_are_those_of_a_document_kept_on_the_desk(grid, used):
    assert [c.id for c in used if not re.fullmatch(r"[^.]+\.", c.definition)] == []
    for code in situations(grid, used):
        assert code.definition.startswith("Le ou la chef de projet "), code.id
        assert 2 <= len(re.findall(r"[.!?](?=\s|$)", code.long_definition)) <= 5, code.id
        assert 1 <= len(re.findall(r"[.!?](?=\s|$)", code.example)) <= 3, code.id
        assert len(code.name) <= 90, code.id


def test_the_subject_is_the_project_lead(grid):
    assert [c.id for c in grid for _f, said in texts(c) if "e professionnel " in said.lower()] == []


def test_punctuation_is_that_of_french(grid):
    said = [(c.id, f, t) for c in grid for f, text in texts(c) for t in [ADDRESS.sub("", text)]]
    assert [place for place in said if MISPUNCTUATED.search(place[2])] == []


def test_what_could_harm_someone_has_a_rule_of_publication(grid):
    assert [code for code in HARMFUL if not grid[code].publication] == []


def test_competences_named_by_situations_are_those_of_their_axis(grid):
    named = [said for code in grid for said in code.competences if said.startswith("CO")]
    assert named
    assert set(named) <= {f"{code.id} – {code.name}" for code in grid.leaves("competences")}


def test_a_workshop_is_no_reason_to_code_an_exchange_between_peers(grid):
    assert "la source est un atelier" in grid["S83"].exclude
