"""The server is killed in the middle of coding and starts again: every act is done, once."""

from collections import Counter
from collections.abc import Iterator

import pytest
from e2e.gestures import (
    FRENCH,
    drag,
    dragging,
    free,
    open_note,
    page_in,
    put,
    put_on,
    saved,
    saving,
)
from playwright.sync_api import BrowserContext, Page
from waiting import becomes, soon

import cpit_research as cpit
from cpit_research.model.segment import Segment

pytestmark = pytest.mark.browser

NOTE = "V05 exploratoire 2022-11-29.rtf"
#: Where everything stands that must not move under the mouse.
PLACES = """() => [".cpit-bar", ".pane-scroller", ".pane-page", ".pane-words"].map((one) => {
  const box = document.querySelector(one).getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
})"""
SELECTED = "() => document.getSelection().toString()"
CODES = ("S11", "S12", "S14", "S15", "S16", "S21")


@pytest.fixture
def context(chromium) -> Iterator[BrowserContext]:
    """One browser, whose tabs may be closed."""
    opened = chromium.new_context(**FRENCH)
    yield opened
    opened.close()


def code(page: Page, words: str, key: str) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    drag(page, words)
    put(page, key)


def waiting(page: Page) -> str:
    return page.locator(".cpit-saving").inner_text()


def every_act_once(door, before, wanted: dict[tuple[str, str], int]) -> None:
    """Look that the study holds what was done, once, and is whole."""
    assert dict(put_on(door.folder, NOTE) - before) == wanted
    with cpit.open_study(door.folder) as study:
        assert study.conflict_list() == ()
        assert study.check().faults == ()


def test_acts_go_on_while_the_server_is_dead_and_all_are_done_once_it_is_back(context, door):
    before = put_on(door.folder, NOTE)
    passages = free(door.folder, NOTE)[2:8]
    with page_in(context, door.invite()) as page:
        open_note(page, NOTE)
        for rank, (words, key) in enumerate(zip(passages, CODES, strict=True)):
            # In the middle of a gesture: one act may be on its way, its answer lost.
            if rank == 2:
                drag(page, words)
                put(page, key)
                door.kill()
                continue
            code(page, words, key)
            if rank < 2:
                saved(page)
        page.keyboard.press("m")
        page.keyboard.type("Pensé pendant la panne.")
        page.keyboard.press("Control+Enter")
        soon(lambda: saving(page) == "away")
        shown = Counter(page.locator(".pane-chip .chip-code").all_inner_texts())
        assert any(sign.isdigit() for sign in waiting(page))
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+Shift+z")

        door.start()
        soon(lambda: saving(page) == "saved", within=40)
        every_act_once(door, before, dict.fromkeys(zip(CODES, passages, strict=True), 1))
        becomes(lambda: Counter(page.locator(".pane-chip .chip-code").all_inner_texts()), shown)
        with cpit.open_study(door.folder) as study:
            assert [memo.words for memo in study.memos].count("Pensé pendant la panne.") == 1
        kept = page.evaluate(
            "() => Object.keys(localStorage).filter((key) => key.includes('.act.'))"
        )
        assert kept == []
        # It goes on.
        code(page, free(door.folder, NOTE)[9], "S22")
        saved(page)


def test_a_tab_closed_while_the_server_is_dead_loses_nothing(context, door):
    before = put_on(door.folder, NOTE)
    passages = free(door.folder, NOTE)[2:5]
    with page_in(context, door.invite()) as page:
        open_note(page, NOTE)
        code(page, passages[0], CODES[0])
        saved(page)
        door.kill()
        for words, key in zip(passages[1:], CODES[1:], strict=False):
            code(page, words, key)
        soon(lambda: saving(page) == "away")
        kept = page.evaluate("() => JSON.stringify({ ...localStorage })")
        assert not any(words[:24] in kept for words in passages)
        page.close()
    door.start()
    with page_in(context, door.url) as page:
        soon(lambda: saving(page) == "saved" and len(put_on(door.folder, NOTE) - before) == 3)
        open_note(page, NOTE)
        every_act_once(door, before, dict.fromkeys(zip(CODES, passages, strict=False), 1))


@pytest.mark.exhaustive
def test_killed_again_and_again_between_two_acts_nothing_is_lost_nor_done_twice(context, door):
    before = put_on(door.folder, NOTE)
    passages = free(door.folder, NOTE)[2:6]
    with page_in(context, door.invite()) as page:
        open_note(page, NOTE)
        for words, key in zip(passages, CODES, strict=False):
            code(page, words, key)
            door.kill()
            door.start()
        soon(lambda: saving(page) == "saved", within=40)
        every_act_once(door, before, dict.fromkeys(zip(CODES, passages, strict=False), 1))


def test_keys_struck_as_soon_as_the_mouse_is_up_find_what_it_selected(context, door):
    before = put_on(door.folder, NOTE)
    passages = free(door.folder, NOTE)[2:8]
    with page_in(context, door.invite()) as page:
        open_note(page, NOTE)
        for words in passages:
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
            with dragging(page, words):
                pass
            put(page, "S22")
        saved(page)
    assert dict(put_on(door.folder, NOTE) - before) == {("S22", words): 1 for words in passages}


@pytest.mark.parametrize(
    "width", [1280, *(pytest.param(n, marks=pytest.mark.exhaustive) for n in (640, 880))]
)
def test_nothing_moves_under_the_mouse_when_the_server_dies_nor_when_it_is_back(
    context, door, width
):
    words, other = free(door.folder, NOTE)[3:5]
    with page_in(context, door.invite()) as page:
        page.set_viewport_size({"width": width, "height": 800})
        open_note(page, NOTE)
        page.keyboard.press("Escape")
        with dragging(page, words):
            places = page.evaluate(PLACES)
            door.kill()
            soon(lambda: saving(page) == "away")
            page.wait_for_timeout(300)
            assert page.evaluate(PLACES) == places
        assert page.evaluate(SELECTED) == words
        put(page, "S11")
        with dragging(page, other):
            places = page.evaluate(PLACES)
            door.start()
            soon(lambda: saving(page) == "saved")
            page.wait_for_timeout(300)
            assert page.evaluate(PLACES) == places
        assert page.evaluate(SELECTED) == other


def test_what_is_read_again_under_the_mouse_keeps_what_it_selects(context, door):
    words = free(door.folder, NOTE)[-8]
    with page_in(context, door.invite()) as page:
        open_note(page, NOTE)
        drag(page, words)  # all above is laid out
        page.keyboard.press("Escape")
        with dragging(page, words), page.expect_response("**/api/note") as answer:
            with cpit.open_study(door.folder) as study:
                source = study.corpus.at(NOTE).id
                study.round_open(
                    ("claire", "yann"), coder="claire", sample=len(study.corpus.sources),
                    stratify=(),
                )  # fmt: skip
            assert answer.value.json()["blind"]
            page.wait_for_timeout(300)
        assert source in page.url
        assert page.evaluate(SELECTED) == words
        soon(lambda: page.locator(".pane-blind").count())
        assert page.evaluate(SELECTED) == words
        put(page, "S11")
        saved(page)
    assert put_on(door.folder, NOTE)[("S11", words)] == 1


def test_what_is_said_under_the_mouse_takes_no_word_from_it(context, door):
    with cpit.open_study(door.folder) as study:
        coding = study.code(Segment(study.corpus.at(NOTE).id, 40, 60), "S22", coder="claire")
    with page_in(context, door.invite()) as page:
        open_note(page, NOTE)
        page.mouse.move(400, 600)
        page.mouse.down()
        page.mouse.move(600, 700)
        with cpit.open_study(door.folder) as study:
            study.retract(coding, coder="claire")
        notice = page.locator(".cpit-notice")
        soon(notice.count)
        box = notice.first.bounding_box()
        assert box is not None
        words = page.evaluate(SELECTED)
        for beyond in (10, 12):
            page.mouse.move(box["x"] + beyond, box["y"] + box["height"] / 2)
        assert notice.count()
        assert 0 < len(page.evaluate(SELECTED)) < 2 * len(words) + 200
        page.mouse.up()
