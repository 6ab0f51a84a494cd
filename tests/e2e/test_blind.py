"""Blind double coding: of the other coder's work, nothing reaches the browser before the round ends."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from e2e.conftest import Door
from e2e.gestures import FRENCH, drag, free, leave_first_steps, open_note, put, saved
from playwright.sync_api import Page, Request
from waiting import soon

import cpit_research as cpit
from cpit_research.model.segment import Segment
from cpit_research.study.rounds.adjudicate import undo_all
from cpit_research.study.writing import writing

pytestmark = pytest.mark.browser

CODERS = ("claire", "yann")
MEMO = "Hypothèse de Yann que personne ne doit lire"
NAME = "Nom provisoire de Yann"
#: Every message of the stream of changes is kept by the page itself.
LISTEN = """() => {
  globalThis.heard = [];
  const real = globalThis.EventSource;
  globalThis.EventSource = class extends real {
    constructor(...given) {
      super(...given);
      this.addEventListener("changes", (message) => globalThis.heard.push(message.data));
    }
  };
}"""
SCREENS = ("rounds", "suggestions", "debt", "corrections", "exchange", "reading")


@pytest.fixture
def round_of(door) -> Any:
    """An open round of two coders; yann codes there what nobody else did, and writes."""
    with cpit.open_study(door.folder) as study:
        opened = study.round_open(
            CODERS, coder="claire", sample=2, stratify=(), name="aveugle"
        ).round
        for source, _version in opened.sources:
            spoil(study, source)
    return opened


def spoil(study: Any, source: str) -> None:
    """Put as yann what claire must not read, on three passages of a note."""
    text = study.corpus[source].text
    places = [Segment(source, at, at + 40) for at in range(400, 1300, 300)]
    study.code_all([(one, "S52") for one in places], coder="yann")
    study.memo(places[0], MEMO, coder="yann")
    study.propose(places[1], NAME, coder="yann")
    hers = [c for c in study.codings().where(coder="yann") if c.segment in places]
    study.episode(hers, coder="yann", label=MEMO)
    assert len(text) > 1300


def secrets(door: Door, round: Any) -> set[str]:
    """Every id and every word of yann's on the notes of the round."""
    notes = {source for source, _version in round.sources}
    with cpit.open_study(door.folder) as study:
        ids = {c.id for c in study.codings().where(coder="yann") if c.segment.source in notes}
        ids |= {m.id for m in study.memos if m.author == "yann" and m.segment.source in notes}
        ids |= {e.id for e in study.episodes if e.coder == "yann" and e.source in notes}
        ids |= {
            passage.id
            for one in study.grid_proposals()
            for passage in one.passages
            if passage.coder == "yann" and passage.segment.source in notes
        }
        words = {m.words for m in study.memos if m.author == "yann" and m.segment.source in notes}
    return {str(one) for one in ids} | {one.hex for one in ids} | words | {MEMO, NAME}


class Ear:
    """Everything that the server says to one page, and everything that it shows."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bodies: list[str] = []
        self._asked: list[Request] = []
        page.add_init_script(f"({LISTEN})()")
        page.on("request", lambda request: self._asked.append(request))  # noqa: PLW0108  a bound method is refused

    def said(self) -> str:
        """Return all that was heard so far, and shown now; asked before each navigation."""
        for request in self._asked:
            if "/api/" not in request.url or "/api/changes" in request.url:
                continue
            # It waits for what is on its way; what was given up says nothing.
            if (response := request.response()) is not None:
                self.bodies.append(response.text())
        self._asked.clear()
        self.bodies.append(self.page.evaluate("() => globalThis.heard.splice(0).join('\\n')"))
        self.bodies.append(
            self.page.evaluate(
                "() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage })"
            )
        )
        return "\n".join(self.bodies)


@pytest.fixture
def ear(chromium, door, round_of) -> Iterator[Ear]:
    context = chromium.new_context(**FRENCH)
    opened = Ear(context.new_page())
    opened.page.goto(door.link)
    opened.page.wait_for_selector(".cpit-frame")
    leave_first_steps(opened.page)
    yield opened
    context.close()


def paths(door: Door, round: Any) -> list[str]:
    with cpit.open_study(door.folder) as study:
        return [study.corpus[source].path for source, _version in round.sources]


def visit_everything(page: Page, notes: list[str]) -> None:
    """Open the notes of the round, look at them closely, search, and go through every screen."""
    for path in notes:
        open_note(page, path)
        page.locator(".pane-scroller").focus()
        for key in ("Control+End", "Control+Home", "o", "o"):
            page.keyboard.press(key)
    every_passage(page, "S52")
    buttons = page.locator(".cpit-navigation button")
    for rank in range(buttons.count()):
        buttons.nth(rank).click()
        page.wait_for_timeout(150)
    buttons.first.click()


def every_passage(page: Page, code: str) -> None:
    """List the passages of a code, those of others too, then come back to the notes."""
    page.locator(f'[data-line="{code}"]').focus()
    page.keyboard.press("v")
    page.wait_for_selector(".cpit-search-bar h3")
    page.wait_for_timeout(300)
    others = page.locator('.cpit-search input[type="checkbox"]')
    if others.count():
        others.check()
        page.wait_for_timeout(300)
    page.locator(".cpit-notes-head button").click()


def test_nothing_of_the_other_coder_reaches_the_browser_until_the_round_is_closed(
    ear, door, round_of
):
    page = ear.page
    notes = paths(door, round_of)
    hidden = secrets(door, round_of)
    assert len(hidden) > len(SCREENS)
    visit_everything(page, notes)
    open_note(page, notes[0])
    assert page.locator(".pane-blind").count() == 1
    # He goes on while she looks; she codes as well.
    with cpit.open_study(door.folder) as study:
        source = round_of.sources[0][0]
        study.code(Segment(source, 300, 330), "S41", coder="yann")
        study.memo(Segment(source, 300, 330), f"{MEMO}, encore", coder="yann")
    hidden |= secrets(door, round_of)
    page.wait_for_timeout(1500)
    words = free(door.folder, notes[0])[0]
    drag(page, words)
    put(page, "S11")
    saved(page)
    ear.said()
    page.reload()
    page.wait_for_selector(".cpit-note")
    visit_everything(page, notes)
    said = ear.said()
    assert len(said) > 100_000
    assert [one for one in hidden if one in said] == []

    with cpit.open_study(door.folder) as study:
        for coder in CODERS:
            study.round_finish(round_of, coder=coder)
        study.round_close(round_of, coder="claire")
        theirs = [c for c in study.codings().where(coder="yann") if c.segment.source == source]
    page.reload()
    page.wait_for_selector(".cpit-note")
    open_note(page, notes[0])
    assert page.locator(".pane-blind").count() == 0
    with ear.page.expect_response("**/api/disputes") as answer:
        adjudicate(page)
    assert str(theirs[0].id) in answer.value.text() or theirs[0].id.hex in answer.value.text()


def adjudicate(page: Page) -> None:
    """Open the adjudication of the round that was closed."""
    page.locator(".cpit-navigation button").nth(1).click()
    page.locator("article", has_text="aveugle").locator("button.cpit-first").click()


def shown(page: Page) -> int:
    """How many marks of yann's are on the page."""
    chips = page.locator(".pane-chip:not(.mine)").all_inner_texts()
    return sum("yann" in words for words in chips)


def test_work_shown_beside_comes_as_it_is_done_until_a_round_starts(chromium, door):
    with cpit.open_study(door.folder) as study:
        source = next(one for one in study.corpus if len(one.text) > 1300)
    context = chromium.new_context(**FRENCH)
    try:
        ear = Ear(context.new_page())
        page = ear.page
        page.goto(door.link)
        page.wait_for_selector(".cpit-frame")
        leave_first_steps(page)
        with cpit.open_study(door.folder) as study:
            study.code(Segment(source.id, 200, 230), "S41", coder="yann")
        open_note(page, source.path)
        page.get_by_role("checkbox", name="yann").check()
        soon(lambda: shown(page))
        before = shown(page)
        with cpit.open_study(door.folder) as study:
            study.code(Segment(source.id, 300, 330), "S41", coder="yann")
            salome = study.code(Segment(source.id, 300, 330), "S41", coder="salome")
        soon(lambda: shown(page) == before + 1)
        assert str(salome.id) not in ear.said()

        with cpit.open_study(door.folder) as study:
            size = len(study.corpus.sources)
            opened = study.round_open(
                CODERS, coder="claire", sample=size, stratify=(), name="aveugle"
            ).round
        soon(lambda: page.locator(".pane-blind").count())
        soon(lambda: shown(page) == 0)
        ear.said()
        ear.bodies.clear()
        with cpit.open_study(door.folder) as study:
            spoil(study, source.id)
        page.wait_for_timeout(1500)
        drag(page, free(door.folder, source.path)[0])
        put(page, "S11")
        saved(page)
        said = ear.said()
        assert [one for one in secrets(door, opened) if one in said] == []
        with cpit.open_study(door.folder) as study:
            for coder in CODERS:
                study.round_finish(opened, coder=coder)
        soon(lambda: shown(page) > before + 1)
    finally:
        context.close()


def test_a_decision_is_seen_while_its_note_is_open_and_goes_when_it_is_taken_back(workbench, door):
    page = workbench
    with cpit.open_study(door.folder) as study:
        source = study.corpus.sources[0]
        place = Segment(source.id, 300, 330)
        hers, theirs = (study.code(place, code, coder=coder)
                        for code, coder in (("S41", "claire"), ("S52", "yann")))  # fmt: skip
    open_note(page, source.path)
    decided = page.locator(".pane-chip", has_text="⚖")
    soon(lambda: page.locator(".pane-chip", has_text="S41").count())
    before = decided.count()
    with cpit.open_study(door.folder) as study:
        made = study.adjudicate([hers, theirs], code=None, reason="slip", why="Vu ensemble.",
                                coder="yann")  # fmt: skip
    soon(lambda: decided.count() == before + 1)
    decided.last.click()
    card = page.locator(".cpit-decided")
    soon(lambda: "Vu ensemble." in card.inner_text())
    with cpit.open_study(door.folder) as study, writing(study) as connection:
        undo_all(study, connection, [made], coder="yann")
    soon(lambda: decided.count() == before and card.count() == 0)


def test_a_coder_who_is_not_of_the_round_still_sees_both(chromium, door, round_of):
    other = replace(door, coder="salome", port=0, link="", _process=None, _invited=False)
    door.kill()
    other.start()
    context = chromium.new_context(**FRENCH)
    try:
        page = context.new_page()
        page.goto(other.link)
        page.wait_for_selector(".cpit-frame")
        leave_first_steps(page)
        with page.expect_response("**/api/note") as answer:
            open_note(page, paths(door, round_of)[0])
        soon(lambda: page.locator(".pane-words").count())
        assert page.locator(".pane-blind").count() == 0
        assert answer.value.ok
    finally:
        context.close()
        other.kill()
