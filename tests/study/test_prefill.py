"""What the visit and the speaker say of an episode by themselves."""

import pytest

from cpit_research.model.grid import Facet, Grid
from cpit_research.model.register import Participant, Register, Researcher, Visit
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.model.structure import Part, Structure
from cpit_research.study.prefill import prefilled

VALUES = ("observation", "self", "third_party", "document", "interpretation")
GRID = Grid("g", "v1", facets=(Facet("voice", "Voix", tuple((one, one) for one in VALUES)),))
REGISTER = Register(
    participants=(
        Participant("P1", "T1", "Cheffe de projet"),
        Participant("P2", "T1", "maire"),
        Participant("P3", "T1", "coordinateur, chef de projet"),
    ),
    researchers=(Researcher("claire", "doctorante"),),
    visits=(
        Visit("V1", "observation", "made", participants=("P1", "P2")),
        Visit("V2", "workshop", "made", participants=("P1", "P3")),
        Visit("V3", "mirror", "made", participants=("P1", "P2")),
        Visit("V4", "interview", "made"),
    ),
)


def voice(visit, *speakers, kind="transcript", places=None, grid=GRID) -> dict[str, str]:
    turns = [Part("turn", 10 * n, 10 * n + 10, speaker=who) for n, who in enumerate(speakers)]
    source = Source("s", "v", "a.md", kind, "x" * 60, Structure(turns), "", "md/1", visit)
    segments = places or [Segment("s", 0, 10)]
    return prefilled(grid, source, segments, REGISTER)


@pytest.mark.parametrize(
    ("visit", "speaker", "said"),
    [
        ("V3", "P1", "self"),
        ("V3", "P2", "third_party"),
        ("V3", "Cheffe de projet", "self"),
        ("V3", "Maire", "third_party"),
        ("V3", "Habitante 2", "third_party"),
        ("V2", "Nadège", "self"),
        ("V3", "Nadège", None),
        ("V4", "Nadège", None),
        ("V2", "claire", None),
        ("V2", "Doctorante", None),
        ("V2", "Chercheur·se 1", None),
        ("V2", "Intervieweuse", None),
        ("V2", "Enquêtée", "self"),
        ("V3", "Enquêtée", None),
    ],
)
def test_a_turn_says_whose_words_it_holds(visit, speaker, said):
    assert voice(visit, speaker) == ({"voice": said} if said else {})


def test_a_note_tells_what_was_seen_on_an_observation_visit_only():
    assert voice("V1", kind="field_note") == {"voice": "observation"}
    assert voice("V1", "Maire", kind="field_note") == {"voice": "third_party"}
    assert voice("V1") == voice("V3", kind="field_note") == voice(None, kind="field_note") == {}


def test_an_exercise_sheet_is_a_document():
    assert voice("V2", "Nadège", kind="exercise_sheet") == {"voice": "document"}


def test_passages_that_disagree_say_nothing():
    places = [Segment("s", 0, 5), Segment("s", 12, 15)]
    assert voice("V3", "P1", "P2", places=places) == {}
    assert voice("V3", "P1", "P2", places=[Segment("s", 5, 15)]) == {}
    assert voice("V3", "P1", "Cheffe de projet", places=places) == {"voice": "self"}


def test_only_what_the_grid_has_is_filled():
    assert voice("V3", "P1", grid=Grid("g", "v1")) == {}
    other = Grid("g", "v1", facets=(Facet("voice", "Voix", (("vue", "vue"),)),))
    assert voice("V3", "P1", grid=other) == {}
