"""The desk of the browser and the one in Python, through the real door."""

import pytest

from cpit_research.study.opening import open_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNTIL = """
globalThis.until = async (said) => {
  const end = performance.now() + 15000;
  while (!said()) {
    if (performance.now() > end) throw new Error(`never: ${said}`);
    await new Promise((rested) => setTimeout(rested, 10));
  }
};
"""
OPENED = """async () => {
  const { Work, Http, acts } = await import("/workbench.js");
  const work = new Work(new Http("/"), "page");
  Object.assign(globalThis, { work, acts });
  await work.start();
  await until(() => work.notes.value.length > 0);
  work.go({ screen: "reading", source: work.notes.value.find((row) => row.codings > 2).source });
  await until(() => work.open.value !== null);
}"""
SEEN = """() => {
  const { codings, memos, proposals, suggestions } = work.open.value;
  return JSON.stringify([codings, memos, proposals, suggestions].map((list) => list.value.map(
    ({ subject, start, end, code, words, facets, heads }) =>
      [subject, start, end, code, words, facets, heads.length])));
}"""
SAVED = """() => until(() => work.saving.value.state === "saved")"""
WORKED = """() => {
  const { length } = work.open.value.offsets;
  const code = [...work.codes.value.values()].find((one) => one.usable).id;
  const mine = work.open.value.codings.value.filter((coding) => coding.mine);
  work.perform([acts.apply(work, { start: length - 30, end: length - 4 }, code)], "apply");
  work.perform([acts.recode(work, mine[0], code)], "recode");
  const shorter = { start: mine[1].start + 1, end: mine[1].end };
  work.perform([acts.resize(work, mine[1], shorter)], "resize");
  work.perform([acts.retract(work, mine[2])], "retract");
  work.perform([acts.memo(work, { start: 0, end: 5 }, "à revoir", "reflexive")], "memo");
  work.perform([acts.propose(work, { start: 0, end: 9 }, "un code à faire")], "propose");
  work.perform([acts.read(work, work.open.value, length, true)], "read");
}"""


@pytest.fixture
def at_work(workbench):
    """The page, with a desk of the browser that tests can ask."""
    workbench.evaluate(f"() => {{ {UNTIL} }}")
    workbench.evaluate(OPENED)
    return workbench


def test_everything_done_is_answered_as_it_was_shown_and_undone(at_work, door):
    before = at_work.evaluate(SEEN)
    at_work.evaluate(WORKED)
    shown = at_work.evaluate(SEEN)
    at_work.evaluate(SAVED)
    assert at_work.evaluate(SEEN) == shown != before
    assert at_work.evaluate("() => work.turned.value.concat(work.notices.value)") == []
    while at_work.evaluate("() => work.undoable.value") is not None:
        at_work.evaluate("() => work.undo()")
    assert at_work.evaluate(SEEN) == before
    at_work.evaluate(SAVED)
    at_work.evaluate(OPENED)
    assert at_work.evaluate(SEEN) == before
    assert at_work.evaluate("() => work.turned.value") == []


def test_a_server_killed_and_started_again_loses_nothing(at_work, door):
    count = len(open_study(door.folder).codings())
    door.kill()
    at_work.evaluate(WORKED)
    shown = at_work.evaluate(SEEN)
    at_work.evaluate("() => until(() => work.saving.value.state === 'away')")
    assert at_work.evaluate("() => work.saving.value.waiting") == 7
    door.start()
    at_work.evaluate(SAVED)
    assert at_work.evaluate(SEEN) == shown
    # One put, one taken back.
    assert len(open_study(door.folder).codings()) == count


def test_the_page_speaks_french_and_opens_on_the_notes(workbench):
    assert workbench.evaluate("() => document.querySelector('.cpit').lang") == "fr"
    assert workbench.locator(".cpit-saving").get_attribute("data-state") == "saved"
