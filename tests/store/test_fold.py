"""The state follows the links between events, in whatever order they come, however many times."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.store.fold import heads


@st.composite
def records(draw):
    """Events about some subjects, each replacing some of the earlier ones of its subject."""
    events, replaced, about = [], set(), defaultdict(list)
    for rank in range(draw(st.integers(0, 14))):
        subject = draw(st.sampled_from("abc"))
        name = f"e{rank}"
        replaced |= set(draw(st.lists(st.sampled_from(about[subject]))) if about[subject] else [])
        events.append((name, subject))
        about[subject].append(name)
    return events, sorted(replaced)


@given(records())
def test_heads_are_the_events_that_nothing_replaces(record):
    events, replaced = record
    state = heads(events, replaced)
    standing = defaultdict(set)
    for event, subject in events:
        if event not in replaced:
            standing[subject].add(event)
    assert state.current == {s: next(iter(es)) for s, es in standing.items() if len(es) == 1}
    assert {s: set(es) for s, es in state.conflicts.items()} == {
        s: es for s, es in standing.items() if len(es) > 1
    }


@given(records(), st.randoms())
def test_the_order_of_the_events_changes_nothing(record, random):
    events, replaced = record
    shuffled = random.sample(events, len(events))
    assert heads(shuffled, random.sample(replaced, len(replaced))) == heads(events, replaced)


@given(records(), st.data())
def test_the_union_of_two_records_is_the_same_whichever_comes_first_and_however_often(record, data):
    events, replaced = record
    part = [event for event in events if data.draw(st.booleans())]
    for union in (events + part, part + events, events + events + part):
        assert heads(union, replaced + replaced) == heads(events, replaced)


@given(records())
def test_a_record_without_a_fork_has_no_conflict(record):
    events, _replaced = record
    last: dict[str, str] = {}
    replaced = []
    for event, subject in events:
        replaced += [last[subject]] if subject in last else []
        last[subject] = event
    assert heads(events, replaced).current == last
    assert not heads(events, replaced).conflicts
