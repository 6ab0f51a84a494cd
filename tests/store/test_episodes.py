"""Episodes fold by their links: two records put together say one thing, whatever the order."""

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.model.episode import Episode
from cpit_research.store.database import Database
from cpit_research.store.episodes import (
    Record,
    append_dissolution,
    append_episode,
    fold,
    stored_episodes,
)

SUBJECTS = [bytes([n]) * 16 for n in range(4)]
CODINGS = [UUID(int=n) for n in range(5)]
EPISODES = st.builds(
    Episode,
    id=st.sampled_from([UUID(bytes=key) for key in SUBJECTS]),
    source=st.sampled_from(["s1", "s2"]),
    coder=st.sampled_from(["claire", "Élise"]),
    grid=st.just("v1"),
    codings=st.lists(st.sampled_from(CODINGS), min_size=1, max_size=3, unique=True).map(tuple),
    actors=st.just(("A1",)) | st.just(()),
    posture=st.sampled_from(["", "P1"]),
    facets=st.dictionaries(st.sampled_from(["effectivity", "voice"]), st.text(max_size=3)),
    label=st.text(max_size=4),
    note=st.text(max_size=4),
)


def row(event: bytes, subject: bytes, codings, kind="episode", same_as=()):
    payload = {
        "source": "s", "codings": [str(one) for one in codings],
        "same_as": [str(UUID(bytes=one)) for one in same_as],
    }  # fmt: skip
    return (event, subject, kind, "claire", "v1", json.dumps(payload))


#: Some record of what people did: each event is about one of four episodes.
RECORDS = st.lists(
    st.builds(
        row,
        st.binary(min_size=16, max_size=16),
        st.sampled_from(SUBJECTS),
        st.sets(st.sampled_from(CODINGS), min_size=1, max_size=2),
        st.sampled_from(["episode", "episode", "retract"]),
    ),
    max_size=8,
    unique_by=lambda one: one[0],
)


@given(RECORDS, st.data())
def test_the_union_of_two_records_folds_the_same_in_any_order(record, data):
    ids = [one[0] for one in record]
    replaced = data.draw(st.lists(st.sampled_from(ids)) if ids else st.just([]))
    cut = data.draw(st.integers(0, len(record)))
    mine, theirs = record[:cut], record[cut:]
    whole = fold([*mine, *theirs], replaced)
    assert fold([*theirs, *mine, *mine], replaced[::-1]) == whole
    shuffled = data.draw(st.permutations(record))
    assert fold(shuffled, replaced) == whole


@given(RECORDS, st.data())
def test_a_coding_is_never_in_two_episodes_that_stand_and_none_is_lost_unsaid(record, data):
    ids = [one[0] for one in record]
    replaced = set(data.draw(st.lists(st.sampled_from(ids)) if ids else st.just([])))
    state = fold(record, replaced)
    held = [coding for episode in state.episodes for coding in episode.codings]
    assert len(held) == len(set(held))
    told = {one.id for one in state.episodes}
    contending = {key for some in state.conflicts for key in some}
    assert not told & contending
    assert {one.id for one in state.disputed} <= contending
    last = {one[1] for one in record if one[0] not in replaced and one[2] == "episode"}
    assert {UUID(bytes=subject) for subject in last} <= told | contending


@pytest.fixture
def connection(tmp_path):
    with Database(tmp_path / "study.sqlite").writing() as connection:
        yield connection


@given(st.lists(EPISODES, max_size=4, unique_by=lambda one: one.id))
def test_what_is_kept_is_read_back_or_disputed(tmp_path_factory, drawn):
    path = tmp_path_factory.mktemp("store") / "study.sqlite"
    with Database(path).writing() as connection:
        for one in drawn:
            append_episode(connection, one, event=one.id.bytes, actor=one.coder, at=0)
        record = stored_episodes(connection)
    assert {*record.episodes, *record.disputed} == set(drawn)
    assert {one.id: one.facets for one in (*record.episodes, *record.disputed)} == {
        one.id: one.facets for one in drawn
    }


def episode(key: int, *codings: int, **rest) -> Episode:
    ids = tuple(CODINGS[n] for n in codings)
    return Episode(UUID(int=key), "s", "claire", "v1", ids, **rest)


def keep(connection, one: Episode, event: int, *replaces: int, actor="claire") -> None:
    append_episode(
        connection, one, event=UUID(int=event).bytes, actor=actor, at=0,
        replaces=[UUID(int=n).bytes for n in replaces],
    )  # fmt: skip


def test_the_coder_is_who_made_it_whoever_changed_it_since(connection):
    keep(connection, episode(1, 0, 1), 1)
    keep(connection, episode(1, 0, label="bail"), 2, 1, actor="yann")
    assert stored_episodes(connection) == Record((episode(1, 0, label="bail"),))


def test_two_last_states_are_a_conflict_that_one_more_settles(connection):
    keep(connection, episode(1, 0), 1)
    keep(connection, episode(1, 0, 1), 2, 1)
    keep(connection, episode(1, 2), 3, 1)
    record = stored_episodes(connection)
    assert (record.episodes, record.conflicts) == ((), ((UUID(int=1),),))
    keep(connection, episode(1, 2), 4, 2, 3)
    assert stored_episodes(connection) == Record((episode(1, 2),))


def test_two_episodes_that_hold_one_coding_are_a_conflict_until_one_is_dissolved(connection):
    for key, codings in ((1, (0, 1)), (2, (1, 2)), (3, (3,))):
        keep(connection, episode(key, *codings), key)
    record = stored_episodes(connection)
    assert record.episodes == (episode(3, 3),)
    assert record.conflicts == ((UUID(int=1), UUID(int=2)),)
    append_dissolution(
        connection, UUID(int=2), event=UUID(int=9).bytes, actor="claire", at=0,
        replaces=[UUID(int=2).bytes],
    )  # fmt: skip
    assert stored_episodes(connection) == Record((episode(1, 0, 1), episode(3, 3)))


def test_whoever_says_that_an_event_is_the_same_says_it_of_all(connection):
    keep(connection, episode(1, 0), 1)
    keep(connection, episode(2, 1, same_as=(UUID(int=1), UUID(int=7))), 2)
    keep(connection, episode(3, 2, same_as=(UUID(int=2),)), 3)
    told = stored_episodes(connection).episodes
    linked = {one.id.int: {key.int for key in one.same_as} for one in told}
    assert linked == {1: {2, 3}, 2: {1, 3}, 3: {1, 2}}
