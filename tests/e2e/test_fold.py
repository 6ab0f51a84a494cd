"""The browser folds events as Python does, in any order."""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpit_research.store.fold import alike, heads

pytestmark = pytest.mark.browser

FOLDED = """(events) => Object.fromEntries(
  [...cpit.fold(events)].map(([subject, heads]) => [subject, heads.map((event) => event.id)]))"""


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, object]]:
    """Events of a few codings, each after some of those before it about the same one."""
    events: list[dict[str, object]] = []
    for rank in range(draw(st.integers(0, 14))):
        subject = draw(st.sampled_from("cde"))
        before = [one["id"] for one in events if one["subject"] == subject]
        replaced = draw(st.lists(st.sampled_from(before), unique=True)) if before else []
        event: dict[str, object] = {
            "id": f"{rank:02}", "kind": "recode", "of": "coding", "subject": subject,
            "replaces": replaced, "at": 0, "by": draw(st.sampled_from(["claire", "yann"])),
            "coder": "claire", "version": "v", "start": draw(st.integers(0, 1)), "end": 5,
            "code": draw(st.sampled_from(["S11", "S33"])), "grid": "v1", "facets": {},
        }  # fmt: skip
        if draw(st.booleans()):
            event["gone"] = True
        events.append(event)
    return events


def left(event: dict[str, object]) -> object:
    """The state in which an event leaves its coding, as `store/codings.py` says it."""
    return (True,) if event.get("gone") else (False, event["start"], event["end"], event["code"])


def folded(events: list[dict[str, object]]) -> dict[str, list[str]]:
    """Where each coding stands, by Python."""
    known = {event["id"]: event for event in events}
    replaced = [id for event in events for id in event["replaces"]]
    state = alike(
        heads([(event["id"], event["subject"]) for event in events], replaced),
        lambda id: left(known[id]),
    )
    found = {subject: [head] for subject, head in state.current.items()}
    return found | {subject: list(several) for subject, several in state.conflicts.items()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=histories(), seed=st.integers(0, 1000))
def test_the_browser_and_python_fold_alike_whatever_the_order(module, events, seed):
    shuffled = list(events)
    random.Random(seed).shuffle(shuffled)
    assert module.evaluate(FOLDED, shuffled) == folded(events)


def test_the_browser_holds_to_the_shared_fixture(module, root):
    path = root / "tests" / "workbench" / "fold.json"
    for case in json.loads(path.read_text("utf-8"))["cases"]:
        for order in case["orders"]:
            events = [case["events"][at] for at in order]
            assert module.evaluate(FOLDED, events) == case["heads"], case["name"]


def test_the_order_of_facets_says_nothing(module):
    events = [
        {"id": id, "kind": "facet", "of": "coding", "subject": "c", "replaces": [], "code": "S11",
         "facets": facets, "at": 0, "by": "claire", "coder": "claire"}
        for id, facets in (("1", {"phase": "a", "voice": "b"}), ("2", {"voice": "b", "phase": "a"}))
    ]  # fmt: skip
    assert module.evaluate(FOLDED, events) == {"c": ["1"]}
