"""What partners and the field say of the grid, as a terminal shows it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from cpit_research.cli import grid_review
from cpit_research.cli.grid_review import print_proposals, print_remarks
from cpit_research.model.proposal import Proposal, ProposedPassage, Settlement
from cpit_research.model.remark import Decision, Remark
from cpit_research.model.segment import Segment

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
REMARK = Remark(
    UUID(int=0xABC), "v1", "f" * 64, "S11", "rework", "[Aller] voir", "Léa", "Labo B", AT
)
PASSAGE = ProposedPassage(
    UUID(int=7), Segment("s", 0, 4), "t", "Tenir l’agenda", "souvent", "claire", "v1", AT,
    "V01.md", "table 1, row 2", "Elle note [tout].", "V01", date(2026, 11, 2), is_current=True,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english(in_english):
    """Read sentences as they are written in the code."""


def test_remarks_are_shown_by_code_with_their_answers(capsys):
    answered = replace(
        REMARK, decision=Decision(accepted=False, reason="Trop vague.", coder="yann", at=AT)
    )
    agreed = replace(REMARK, opinion="agree", proposal="")
    print_remarks((REMARK, answered, agreed))
    out = capsys.readouterr().out
    assert out.count("v1  S11") == 1
    assert "00000abc  open – to rework – Léa, Labo B" in out
    assert "[Aller] voir" in out
    assert "yann: Trop vague." in out
    assert "1 agreement that asks for nothing." in out
    assert "1 remark waits for an answer." in out


def test_proposals_are_shown_with_their_passages_and_what_became_of_them(capsys):
    settled = replace(PASSAGE, settled=Settlement("S52", "v2", "Vu.", "yann", AT), is_current=False)
    print_proposals((Proposal("Tenir l’agenda", (PASSAGE, settled)),))
    out = capsys.readouterr().out
    assert "Tenir l’agenda – 2 passages" in out
    assert "V01.md, table 1, row 2, claire, 25\u00a0November\u00a02026" in out
    assert "Elle note [tout]." in out
    assert "in a text since corrected" in out
    assert "taken over by S52 (v2) – yann: Vu." in out
    assert "1 proposal is open." in out


def test_lists_are_also_plain_json(capsys, monkeypatch):
    class Opened:
        def grid_review_list(self, _version):
            return (REMARK,)

        def grid_proposals(self):
            return (Proposal("Tenir l’agenda", (PASSAGE,)),)

    monkeypatch.setattr(grid_review, "opened", Opened)
    grid_review.grid_review_list(json=True)
    (remark,) = json.loads(capsys.readouterr().out)
    assert (remark["reference"], remark["state"], remark["code"]) == ("00000abc", "open", "S11")
    assert remark["at"] == "2026-11-25T09:00:00+00:00"
    grid_review.grid_proposals(json=True)
    (proposal,) = json.loads(capsys.readouterr().out)
    assert proposal["passages"][0]["day"] == "2026-11-02"
    assert proposal["passages"][0]["is_current"] is True
