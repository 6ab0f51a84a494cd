"""An episode that says nothing, or the same twice, cannot be built."""

from dataclasses import replace
from uuid import UUID

import pytest

from cpit_research.model.episode import Episode

FIRST, SECOND, THIRD = (UUID(int=n) for n in (1, 2, 3))
EPISODE = Episode(UUID(int=9), "s", "claire", "v1", (SECOND, FIRST), principal=SECOND)


@pytest.mark.parametrize(
    "wrong",
    [
        {"codings": (), "principal": None},
        {"codings": (SECOND, SECOND)},
        {"principal": THIRD},
        {"coder": " "},
        {"source": ""},
        {"actors": ("A1", "A1")},
        {"same_as": (UUID(int=9),)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_invalid_episode_cannot_be_built(wrong):
    with pytest.raises(ValueError, match=f"Episode: {next(iter(wrong))}"):
        replace(EPISODE, **wrong)


def test_the_order_in_which_codings_are_given_changes_nothing():
    assert replace(EPISODE, codings=(FIRST, SECOND)) == EPISODE
    assert FIRST in EPISODE
    assert THIRD not in EPISODE


def test_an_episode_that_loses_its_principal_coding_states_none():
    assert EPISODE.keeping((FIRST,)).principal is None
    assert EPISODE.keeping((SECOND,)).principal == SECOND


def test_facets_are_kept_apart_from_the_mapping_they_came_from():
    stated = {"effectivity": "prevented"}
    episode = replace(EPISODE, facets=stated)
    stated["effectivity"] = "realised"
    assert episode.facets == {"effectivity": "prevented"}
