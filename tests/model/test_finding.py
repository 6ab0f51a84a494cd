"""A finding says something, and holds its codings for good."""

from uuid import UUID

import pytest

from cpit_research.model.coding import Coding
from cpit_research.model.finding import Finding
from cpit_research.model.segment import Segment

CODINGS = [Coding(UUID(int=n), Segment("s", n, n + 1), "v", "S1", "claire", "v1") for n in range(3)]


def test_codings_given_as_a_stream_are_there_each_time_they_are_read():
    finding = Finding("Le mandat flou retarde l’action", iter(CODINGS), iter(CODINGS[:1]))
    assert list(finding.supports) == list(finding.supports) == CODINGS
    assert list(finding.qualifies) == CODINGS[:1]


@pytest.mark.parametrize("claim", ["", "  ", "\n\u00a0"])
def test_a_finding_that_claims_nothing_cannot_be_made(claim):
    with pytest.raises(ValueError, match="claim"):
        Finding(claim)
