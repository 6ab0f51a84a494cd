"""The register answers by id, and says None rather than guess."""

from cpit_research.model.register import Participant, Register, Territory, Visit

REGISTER = Register(
    territories=(Territory("T1", "commune"), Territory("T2", "commune")),
    participants=(Participant("P1", "T1", "maire"),),
    visits=(Visit("V1", "observation", "made"), Visit("V2", "mirror", "planned")),
)


def test_each_entry_is_found_by_its_id():
    assert [REGISTER.visit(visit.id) for visit in REGISTER.visits] == list(REGISTER.visits)
    assert [REGISTER.territory(t.id) for t in REGISTER.territories] == list(REGISTER.territories)
    assert [REGISTER.participant(p.id) for p in REGISTER.participants] == list(
        REGISTER.participants
    )


def test_an_unknown_id_is_none():
    for unknown in ("", "V", "v1", "T1 "):
        assert REGISTER.visit(unknown) is None
        assert REGISTER.territory(unknown) is None
        assert REGISTER.participant(unknown) is None
    assert REGISTER.visit(None) is None
