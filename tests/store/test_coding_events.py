"""What is folded quickly is what is folded plainly, and what is loaded again what is loaded."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from cpit_research.model.source import Source
from cpit_research.model.structure import Structure
from cpit_research.store import sources as source_store
from cpit_research.store.codings import CodingEvent, append, load
from cpit_research.store.database import Database
from cpit_research.store.fold import alike, heads

CURRENT = {"a-v2": "a", "b-v1": "b"}
VERSIONS = {"a": ("a-v1", "a-v2"), "b": ("b-v1",)}
FATES = {("v1", "S1"): "S2", ("v1", "S2"): None}
KEYS = [n.to_bytes(16, "big") for n in range(1, 9)]
LATER = st.builds(
    CodingEvent,
    id=st.binary(min_size=16, max_size=16),
    kind=st.sampled_from(["apply", "recode", "resize", "retract", "reanchor"]),
    at=st.integers(0, 9),
    actor=st.sampled_from(["claire", "yann"]),
    subject=st.sampled_from(KEYS),
    version=st.sampled_from(["a-v1", "a-v2", "b-v1"]),
    start=st.integers(0, 3),
    end=st.integers(4, 6),
    code=st.sampled_from(["S1", "S2"]),
    grid=st.sampled_from(["v1", "v2", "v3"]),
    digest=st.just(b"d" * 16),
    facets=st.dictionaries(st.just("phase"), st.sampled_from(["early", "late"])),
)
FIRST = LATER.map(lambda event: replace(event, kind="apply", id=event.subject))


@st.composite
def records(draw):
    """Events that begin codings or change them, each in the place of some earlier ones."""
    begun = draw(st.lists(FIRST, max_size=6, unique_by=lambda event: event.id))
    later = draw(st.lists(LATER, max_size=10, unique_by=lambda event: event.id))
    listed: list[CodingEvent] = list(begun)
    for event in later:
        about = [one.id for one in listed if one.subject == event.subject] or [KEYS[0]]
        taken = draw(st.lists(st.sampled_from(about), max_size=2, unique=True))
        listed.append(replace(event, replaces=tuple(taken)))
    return listed


def plainly(record):
    """Fold a record as the rule says it: all events, then one after the other."""
    known = {event.id: event for event in record}
    replaced = [key for event in record for key in event.replaces]

    def left(key):
        one = known[key]
        facets = tuple(sorted(one.facets.items()))
        said = (one.version, one.code, one.grid, one.start, one.end, facets)
        return (True,) if one.kind == "retract" else (False, *said)

    state = alike(heads(((one.id, one.subject) for one in record), replaced), left)
    stand, undecided, apart = set(), set(), {"conflict": len(state.conflicts)}
    for subject, head in state.current.items():
        event = known[head]
        if event.kind == "retract":
            continue
        key = (event.grid, event.code)
        code = event.code if event.grid == "v2" else FATES.get(key)
        reason = None if code else "debt" if key in FATES else "other_grid"
        if event.version not in CURRENT and reason != "other_grid":
            reason = "other_version"
        if reason:
            apart[reason] = apart.get(reason, 0) + 1
        coder = known[subject].actor if subject in known else event.actor
        row = (
            subject,
            event.version,
            event.start,
            event.end,
            coder,
            event.grid,
            dict(event.facets),
        )
        if reason is None:
            stand.add(repr((*row, code)))
        elif reason == "debt":
            undecided.add(repr((*row, event.code)))
    return stand, undecided, {reason: n for reason, n in apart.items() if n}


def rows(held):
    return [
        repr((
            key, held.version[at], int(held.start[at]), int(held.end[at]), held.coder[at],
            held.grid[at], dict(held.facets.get(key, {})), held.code[at],
        ))
        for at, key in enumerate(held.ids)
    ]  # fmt: skip


def told(loaded):
    names = [
        column.names
        for held in (loaded.columns, loaded.undecided)
        for column in (held.source, held.version, held.code, held.coder, held.grid)
    ]
    facets = [dict(loaded.columns.facets), dict(loaded.undecided.facets)]
    return rows(loaded.columns), rows(loaded.undecided), loaded.apart, names, facets


def open_on_texts(path):
    database = Database(path)
    made = [
        (Source(key, version, f"{key}.md", "field_note", "", Structure(), "", ""), rank, b"")
        for key, versions in VERSIONS.items()
        for rank, version in enumerate(versions)
    ]
    with database.writing() as connection:
        source_store.add_sources(connection, [one for one, rank, _digest in made if not rank])
        source_store.add_versions(connection, made)
    return database


@settings(max_examples=60)
@given(records(), st.data())
def test_codings_stand_as_the_rule_says_and_as_they_follow(tmp_path_factory, record, data):
    database = open_on_texts(tmp_path_factory.mktemp("events") / "study.sqlite")
    cut = data.draw(st.integers(0, len(record)))
    with database.writing() as connection:
        append(connection, record[:cut])
        before = load(connection, "v2", FATES, CURRENT)
        append(connection, record[cut:])
        whole = load(connection, "v2", FATES, CURRENT)
        known = {event.id: event for event in record}
        about = {event.subject for event in record[cut:]} | {
            known[key].subject for event in record[cut:] for key in event.replaces if key in known
        }
        fresh = load(connection, "v2", FATES, CURRENT, about)
    stand, undecided, left_out = plainly(record)
    assert set(rows(whole.columns)) == stand
    assert len(whole.columns) == len(stand)
    assert set(rows(whole.undecided)) == undecided
    assert whole.left_out == left_out
    assert told(before.exchanged(frozenset(about), fresh)) == told(whole)
