"""Words are printed only if everyone whom they concern gave the right to quote."""

from uuid import UUID

import pytest

from cpit_research.corpus.corpus import Corpus
from cpit_research.model.coding import Coding
from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.model.grid import Code, Grid
from cpit_research.model.register import Participant, Register, Researcher, Visit
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.model.structure import Part, Structure
from cpit_research.privacy.names import Names
from cpit_research.study.rights import quotable
from cpit_research.wording import use_language

NAMES = Names(
    Correspondence((Entry("P1", "person", ("Maëlle",)), Entry("P2", "person", ("Ronan",))))
)
REGISTER = Register(
    participants=(
        Participant("P1", "T1", "maire", "yes"),
        Participant("P2", "T1", "secrétaire", "no"),
        Participant("P3", "T1", "élue", "to_ask"),
    ),
    researchers=(Researcher("claire", "chercheuse"),),
    visits=(
        Visit("V1", "observation", "made", participants=("P1",)),
        Visit("V2", "mirror", "made", participants=("P1", "P2")),
        Visit("V3", "workshop", "made"),
    ),
)
SPEAKERS = ("P1", "Maëlle", "P2", "claire", "Une dame", "P1")
LINE = "dix lettres"


@pytest.fixture
def right(codings_of):
    """Tell the right to quote words of a note, or of some turns of a transcript."""

    def tell(visit: str | None, *, words: str = "", turns: tuple[int, int] = (0, 1), more: int = 0):
        size = len(LINE)
        parts = [
            Part("turn", rank * size, (rank + 1) * size, speaker=speaker)
            for rank, speaker in enumerate(SPEAKERS)
        ]
        text = words or LINE * len(SPEAKERS)
        structure = Structure(() if words else parts)
        source = Source("s", "v", "a.md", "transcript", text, structure, "", "md/1", visit)
        start, end = (0, len(text)) if words else (turns[0] * size, turns[1] * size + more)
        place = Segment("s", start, end)
        coding = Coding(UUID(int=1), place, "v", "S1", "claire", "v1")
        codings = codings_of(
            [coding], Corpus([source], REGISTER), Grid("g", "v1", codes=(Code("S1", "s"),))
        )
        with use_language("en"):
            return quotable(coding, codings, NAMES)

    return tell


@pytest.mark.parametrize(
    ("turns", "allowed"),
    [((0, 1), True), ((1, 2), True), ((2, 3), False), ((1, 3), False), ((0, 2), True)],
)
def test_everyone_who_speaks_in_the_passage_must_have_given_it(right, turns, allowed):
    assert right("V2", turns=turns).allowed is allowed


def test_one_letter_of_a_turn_is_enough_to_concern_who_speaks(right):
    assert right("V2", turns=(1, 2)).allowed
    assert not right("V2", turns=(1, 2), more=1).allowed


@pytest.mark.parametrize(("visit", "allowed"), [("V1", True), ("V2", False)])
def test_a_question_of_the_team_concerns_those_met_on_the_visit(right, visit, allowed):
    assert right(visit, turns=(3, 4)).allowed is allowed


def test_a_question_of_the_team_beside_an_answer_concerns_who_answers(right):
    assert not right("V2", turns=(2, 4)).allowed


@pytest.mark.parametrize(("visit", "allowed"), [("V1", True), ("V2", False)])
def test_when_a_stranger_speaks_all_those_met_are_concerned(right, visit, allowed):
    assert right(visit, turns=(4, 5)).allowed is allowed
    assert right(visit, turns=(4, 6)).allowed is allowed


@pytest.mark.parametrize(
    ("visit", "words", "allowed"),
    [
        ("V1", "Il pleut.", True),
        ("V2", "Il pleut.", False),
        ("V2", "Maelle dit oui.", True),
        ("V1", "RONAN dit non.", False),
        ("V1", "Maëlle et Ronan.", False),
        ("V3", "Il pleut.", True),
    ],
)
def test_a_note_concerns_those_it_names_else_those_met(right, visit, words, allowed):
    assert right(visit, words=words).allowed is allowed


@pytest.mark.parametrize("visit", [None, "V9"])
def test_nobody_can_have_given_it_for_an_unknown_visit(right, visit):
    assert not right(visit, words="Il pleut.").allowed
    assert not right(visit, turns=(4, 5)).allowed
    assert right(visit, turns=(0, 1)).allowed


def test_who_speaks_is_said_by_role_and_kind_of_visit_never_by_name(right):
    assert right("V2", turns=(1, 2)).attribution == "maire, mirror effect"
    assert right("V1", words="Maëlle dit oui.").attribution == "Transcript, observation"
    assert right(None, words="Il pleut.").attribution == "Transcript, unknown visit"


def test_someone_named_by_id_alone_is_concerned_too(right):
    assert right("V2", words="Maëlle attend.").allowed
    assert not right("V2", words="Maëlle attend [P2].").allowed
    assert right("V2", words="Maëlle attend P22.").allowed
