"""From events to states: follow the links, never the clock."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heads:
    """Where each subject stands.

    Parameters
    ----------
    current : mapping
        Subject to the one event that nothing replaces.
    conflicts : mapping
        Subject to its several events that nothing replaces: people settle those.
    """

    current: Mapping[Hashable, Hashable] = field(default_factory=dict)
    conflicts: Mapping[Hashable, tuple[Hashable, ...]] = field(default_factory=dict)


def heads(events: Iterable[tuple[Hashable, Hashable]], replaced: Iterable[Hashable]) -> Heads:
    """Return, for each subject, the event or events that no other replaces.

    The result does not depend on the order of the events: the union of two records,
    whichever comes first, folds to the same state.

    Parameters
    ----------
    events : iterable of (event, subject)
        Ids of the events, each with the subject it is about.
    replaced : iterable of event
        Ids that some event takes the place of.

    Examples
    --------
    >>> heads([("e1", "c"), ("e2", "c"), ("e3", "d")], ["e1"]).current
    {'c': 'e2', 'd': 'e3'}
    >>> heads([("e2", "c"), ("e3", "c")], []).conflicts
    {'c': ('e2', 'e3')}
    """
    gone = set(replaced)
    current: dict[Hashable, Hashable] = {}
    conflicts: dict[Hashable, set[Hashable]] = {}
    for event, subject in events:
        if event in gone:
            continue
        other = current.setdefault(subject, event)
        if other != event:
            conflicts.setdefault(subject, {other}).add(event)
    for subject in conflicts:
        del current[subject]
    ordered = {subject: tuple(sorted(several, key=repr)) for subject, several in conflicts.items()}
    return Heads(current, ordered)


def alike(state: Heads, left: Callable[[Hashable], Hashable]) -> Heads:
    """Return the same state, without the conflicts of events that say the same.

    Two people who take the same coding back, or two copies of a study that carry it to the same
    words, contradict nobody: the smallest of their events stands.

    Parameters
    ----------
    state : Heads
        Where each subject stands.
    left : callable
        Returns, for an event, the state in which it leaves its subject.

    Examples
    --------
    >>> state = heads([("e2", "c"), ("e3", "c"), ("e4", "d"), ("e5", "d")], [])
    >>> alike(state, {"e2": "S11", "e3": "S11", "e4": "S11", "e5": "S33"}.__getitem__)
    Heads(current={'c': 'e2'}, conflicts={'d': ('e4', 'e5')})
    """
    if not state.conflicts:
        return state
    agreed = {
        subject: several[0]
        for subject, several in state.conflicts.items()
        if len(set(map(left, several))) == 1
    }
    conflicts = {key: ids for key, ids in state.conflicts.items() if key not in agreed}
    return Heads({**state.current, **agreed}, conflicts)


def last_said(state: Heads, subject: Hashable, gone: Callable[[Hashable], bool]) -> Hashable | None:
    """Return the one event that says how a thing stands; None when it stands no more.

    Of several in conflict, until people settle it: the smallest that does not take it back.

    Parameters
    ----------
    state : Heads
        Where each subject stands.
    subject : hashable
        The thing.
    gone : callable
        Tells whether an event takes its subject back.

    Examples
    --------
    >>> state = heads([("e1", "m"), ("e2", "m"), ("e3", "p")], [])
    >>> last_said(state, "m", {"e1": True, "e2": False}.__getitem__)
    'e2'
    >>> last_said(state, "p", lambda event: True) is None
    True
    """
    several = state.conflicts.get(subject) or (state.current[subject],)
    return next((event for event in several if not gone(event)), None)
