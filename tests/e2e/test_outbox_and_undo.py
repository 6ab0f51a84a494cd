"""The desk of the browser: nothing lost, nothing done twice, everything undone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.browser

TEXT = "Élue 😀 parle.\nLe maire répond à l’élue, longuement."
NAMES = (
    "apply", "several", "recode", "resize", "facet", "retract", "memo", "rewrite", "unmemo",
    "propose", "rename", "episode", "regroup", "ungroup", "accept", "reject", "read",
)  # fmt: skip
SUGGESTIONS = [
    {"start": 0, "end": 6, "code": "S11", "score": 0.9, "terms": []},
    {"start": 7, "end": 12, "code": "S33", "score": 0.4, "terms": []},
]
deeds = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "rank": st.integers(0, 6),
        "other": st.integers(0, 6),
        "start": st.integers(0, len(TEXT) - 8),
        "length": st.integers(1, 8),
        "code": st.sampled_from(["S11", "S22", "S33"]),
    }
)


@pytest.fixture
def page(module, root):
    """A blank page with the module, and a desk in Python that is played."""
    played = (root / "tests" / "e2e" / "played.js").read_text("utf-8")
    module.evaluate(f"() => {{ {played} }}")
    module.evaluate(f"() => {{ globalThis.begin = (text) => play(text, {SUGGESTIONS}); }}")
    module.evaluate("localStorage.clear()")
    return module


THERE_AND_BACK = """async ([text, deeds, waits]) => {
  localStorage.clear();
  const { desk, open } = begin(text);
  const work = await open();
  desk.away = waits === "away";
  const states = [seen(work)];
  for (const deed of deeds) {
    if (!doOne(work, deed)) continue;
    states.push(seen(work));
    if (waits === "answered") await until(() => work.saving.value.state === "saved");
  }
  const back = [seen(work)];
  while (work.undoable.value !== null) { work.undo(); back.unshift(seen(work)); }
  const forth = [seen(work)];
  while (work.redoable.value !== null) { work.redo(); forth.push(seen(work)); }
  desk.away = false;
  work.nudge();
  await until(() => work.saving.value.state === "saved");
  const saved = seen(work);
  const again = seen(await open());
  work.stop();
  return { states, back, forth, saved, again, turned: work.turned.value.length };
}"""


@pytest.mark.parametrize("waits", ["answered", "racing", "away"])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(deeds, max_size=8))
def test_undoing_goes_back_through_every_state_and_redoing_comes_again(page, waits, drawn):
    found = page.evaluate(THERE_AND_BACK, [TEXT, drawn, waits])
    assert found["back"] == found["states"]
    assert found["forth"] == found["states"]
    assert found["saved"] == found["again"] == found["states"][-1]
    assert found["turned"] == 0


def test_what_was_done_while_the_server_was_away_outlives_the_page(page):
    found = page.evaluate(
        """async (text) => {
          const { desk, open, acts } = begin(text);
          const first = await open();
          desk.away = true;
          first.perform([acts.apply(first, { start: 0, end: 6 }, "S11")], "one");
          const [coding] = first.open.value.codings.value;
          first.perform([acts.recode(first, coding, "S33")], "two");
          first.perform([acts.memo(first, { start: 5, end: 12 }, "à revoir")], "three");
          await until(() => first.saving.value.state === "away");
          const { waiting } = first.saving.value;
          const kept = JSON.stringify({ ...localStorage });
          // The tab is closed; the server comes back; another page opens.
          first.stop();
          desk.away = false;
          const second = await open();
          await until(() => second.saving.value.state === "saved" && desk.done.length === 3);
          return {
            waiting, kept, seen: seen(second), shown: seen(first),
            done: desk.done.map((act) => [act.kind, act.quote]), left: Object.keys(localStorage),
          };
        }""",
        TEXT,
    )
    assert found["waiting"] == 3
    assert found["done"] == [["apply", TEXT[0:6]], ["recode", None], ["memo", TEXT[5:12]]]
    assert found["seen"] == found["shown"]
    assert found["left"] == []
    assert "Élue" not in found["kept"]
    assert "parle" not in found["kept"]


def test_an_act_on_a_note_that_is_gone_comes_back_and_holds_up_no_other(page):
    found = page.evaluate(
        """async (text) => {
          const { desk, open, acts } = begin(text);
          const first = await open();
          desk.away = true;
          first.perform([acts.apply(first, { start: 0, end: 6 }, "S11")], "on the note");
          await until(() => first.saving.value.state === "away");
          first.stop();
          Object.assign(desk, { away: false, row: { ...desk.row, source: "s2" } });
          desk.note = ({ source }) => {
            if (source !== "s2") throw new cpit.Refused({ error: "no such note" }, 404);
            return { ...desk.row, text, parts: [], sentences: [], others: [], events: [] };
          };
          const second = new cpit.Work(desk, "page");
          void second.start();
          await until(() => second.turned.value.length === 1);
          second.go({ screen: "reading", source: "s2" });
          await until(() => second.open.value !== null);
          second.perform([acts.apply(second, { start: 7, end: 9 }, "S22")], "behind");
          await until(() => desk.done.length === 1);
          const kept = Object.keys(localStorage).length;
          second.stop();
          return { done: desk.done.map((act) => act.code), back: second.turned.value.map((one) => one.words), kept };
        }""",
        TEXT,
    )
    assert found == {"done": ["S22"], "back": ["on the note"], "kept": 1}


def test_an_answer_that_is_lost_does_nothing_twice(page):
    found = page.evaluate(
        """async (text) => {
          const { desk, open, acts } = begin(text);
          const work = await open();
          desk.losing = true;
          work.perform([acts.apply(work, { start: 0, end: 6 }, "S11")], "one");
          await until(() => desk.done.length === 1 && work.saving.value.state === "away");
          const shown = seen(work);
          desk.losing = false;
          work.nudge();
          await until(() => work.saving.value.state === "saved");
          return { done: desk.done.length, shown, after: seen(work) };
        }""",
        TEXT,
    )
    assert found["done"] == 1
    assert found["after"] == found["shown"]


def test_a_refused_act_comes_back_is_told_and_can_be_tried_again_or_dropped(page):
    found = page.evaluate(
        """async (text) => {
          const { desk, open, acts } = begin(text);
          const work = await open();
          const empty = seen(work);
          desk.refuses = (act) => act.code === "S33";
          const at = { start: 0, end: 6 };
          const two = ["S33", "S11"].map((code) => acts.apply(work, at, code));
          work.perform(two, "two codes");
          await until(() => work.turned.value.length === 1);
          await until(() => work.saving.value.state === "refused");
          const codes = work.open.value.codings.value.map((one) => one.code);
          const said = work.notices.value.map((one) => [one.tone, one.words]);
          work.undo();
          const undone = seen(work) === empty;
          desk.refuses = () => false;
          work.retry(two[0].id);
          await until(() => work.saving.value.state === "saved");
          const after = work.open.value.codings.value.map((one) => one.code);
          desk.refuses = () => true;
          work.perform([acts.apply(work, { start: 0, end: 6 }, "S22")], "one");
          await until(() => work.turned.value.length === 1);
          work.drop(work.turned.value[0].act.id);
          const end = work.saving.value.state;
          return { codes, said, undone, after, end, left: Object.keys(localStorage) };
        }""",
        TEXT,
    )
    assert found["codes"] == ["S11"]
    assert found["said"] == [["wrong", "two codes – refused"]]
    assert found["undone"]
    assert found["after"] == ["S33"]
    assert found["end"] == "saved"
    assert found["left"] == []


def test_two_windows_of_one_coder_rebase_and_agree(page):
    found = page.evaluate(
        """async (text) => {
          const { desk, open, acts } = begin(text);
          const one = await open();
          one.perform([acts.apply(one, { start: 0, end: 6 }, "S11")], "apply");
          await until(() => one.saving.value.state === "saved");
          const two = await open();
          const [here] = one.open.value.codings.value;
          const [there] = two.open.value.codings.value;
          // The second has not heard of it when it changes the same coding.
          one.perform([acts.recode(one, here, "S33")], "recode");
          await until(() => one.saving.value.state === "saved");
          two.perform([acts.facet(two, there, { phase: "bilan" })], "facet");
          await until(() => two.saving.value.state === "saved");
          const events = desk.record.heads(here.subject);
          desk.hear({ mark: "9", events, notes: [], reset: false });
          const told = two.notices.value.map((notice) => notice.words);
          one.open.value.learn(events);
          const stood = there.heads.map((event) => event.id);
          const views = { seen: seen(await open()), one: seen(one), two: seen(two) };
          return { ...views, told, seenBy: desk.done[2].seen, stood };
        }""",
        TEXT,
    )
    assert found["one"] == found["two"] == found["seen"]
    assert '"S33"' in found["two"]
    assert "bilan" in found["two"]
    assert found["told"] == ["rebased"]
    assert found["seenBy"] == found["stood"]


def test_what_waits_still_says_what_was_seen_when_it_was_done(page):
    found = page.evaluate(
        """async (text) => {
          const { desk, open, acts } = begin(text);
          const work = await open();
          work.perform([acts.apply(work, { start: 0, end: 6 }, "S11")], "apply");
          await until(() => work.saving.value.state === "saved");
          const [coding] = work.open.value.codings.value;
          const saw = coding.heads.map((event) => event.id);
          desk.away = true;
          work.perform([acts.facet(work, coding, { phase: "bilan" })], "facet");
          await until(() => work.saving.value.state === "away");
          const changed = { id: cpit.fresh(), replaces: saw, code: "S33", by: "yann" };
          const other = { ...coding.heads[0], ...changed };
          desk.record.learn([other]);
          const carried = { ...other, id: cpit.fresh(), subject: cpit.fresh(), replaces: [], by: "cpit" };
          desk.hear({ mark: "9", events: [other, carried], notes: [], reset: false });
          const heads = work.open.value.codings.value[0].heads.length;
          desk.away = false;
          work.nudge();
          await until(() => work.saving.value.state === "saved");
          const told = work.notices.value.map((one) => one.words);
          return { heads, saw, sent: desk.done.at(-1).seen, told, seen: seen(work) };
        }""",
        TEXT,
    )
    assert found["sent"] == found["saw"]
    assert found["heads"] == 1
    assert found["told"] == ["yann has just worked on this note.", "rebased"]
    assert '"S33"' in found["seen"]
    assert "bilan" in found["seen"]


def test_an_item_stays_the_same_as_long_as_nothing_about_it_changes(page):
    found = page.evaluate(
        """async (text) => {
          const { desk, open, acts } = begin(text);
          const work = await open();
          const places = [0, 3, 9, 14].map((start) => ({ start, end: start + 5 }));
          const at = places.map((place) => acts.apply(work, place, "S11"));
          work.perform(at, "four");
          await until(() => work.saving.value.state === "saved");
          const before = work.open.value.codings.value;
          const memos = work.open.value.memos.value;
          work.perform([acts.recode(work, before[1], "S33")], "one");
          await until(() => work.saving.value.state === "saved");
          const after = work.open.value.codings.value;
          const same = before.map((item) => after.includes(item));
          return { same, memos: memos === work.open.value.memos.value };
        }""",
        TEXT,
    )
    assert found == {"same": [True, False, True, True], "memos": True}


def test_what_happened_between_two_answers_leaves_no_conflict(page):
    heads = page.evaluate(
        """() => {
          const record = new cpit.Record("claire", "v1");
          const event = (id, replaces, code) => ({
            id, replaces, code, kind: "recode", of: "coding", subject: "c", at: 0, by: "claire",
            coder: "claire",
          });
          record.learn([event("1", [], "S11")]);
          record.expect({ kind: "recode", id: "2", subject: "c", seen: ["1"], code: "S22" });
          // Sent twice, it is answered by what stands now: the link to the second is not told.
          record.settle("2", [event("4", ["3"], "S44")]);
          return record.heads("c").map((one) => one.id);
        }"""
    )
    assert heads == ["4"]


def test_ids_follow_each_other_and_are_of_version_7(page):
    ids = page.evaluate("() => Array.from({ length: 5000 }, () => cpit.fresh(1700000000000))")
    assert ids == sorted(set(ids))
    assert {one[14] for one in ids} == {"7"}
    assert {one[19] for one in ids} <= set("89ab")


@pytest.mark.parametrize(
    ("key", "event", "heard"),
    [
        ("Digit2", {"key": "é", "code": "Digit2"}, True),
        ("Digit2", {"key": "2", "code": "Digit2", "shiftKey": True}, False),
        ("Mod+z", {"key": "z", "code": "KeyW", "ctrlKey": True}, True),
        ("Mod+z", {"key": "Z", "code": "KeyW", "ctrlKey": True, "shiftKey": True}, False),
        ("Mod+Shift+z", {"key": "Z", "code": "KeyW", "ctrlKey": True, "shiftKey": True}, True),
        ("?", {"key": "?", "code": "KeyM", "shiftKey": True}, True),
        ("?", {"key": "?", "code": "KeyM"}, True),
        ("k", {"key": "K", "code": "KeyK"}, True),
        ("k", {"key": "k", "code": "KeyK", "ctrlKey": True}, False),
        ("k", {"key": "k", "code": "KeyK", "metaKey": True}, False),
        ("Shift+ArrowRight", {"key": "ArrowRight", "code": "ArrowRight"}, False),
        ("[", {"key": "[", "code": "Digit5", "modifierAltGraph": True}, True),
        ("Digit5", {"key": "[", "code": "Digit5", "modifierAltGraph": True}, False),
        ("e", {"key": "e", "code": "KeyE", "modifierAltGraph": True}, False),
    ],
)
def test_a_key_is_the_one_that_a_command_names(page, key, event, heard):
    matches = "([key, event]) => cpit.matches(key, new KeyboardEvent('keydown', event))"
    assert page.evaluate(matches, [key, event]) is heard
