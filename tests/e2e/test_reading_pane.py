"""The reading pane on the demonstration: all of the text, still bars, clicks that never code."""

from itertools import pairwise
from typing import Any

import pytest
from e2e.conftest import Door
from e2e.gestures import read as standing
from e2e.gestures import saved
from playwright.sync_api import Page
from waiting import soon, still

from cpit_research.study.study import Study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTE = "Lestrac, la neige"
WORDS = (
    """() => [...document.querySelectorAll('.pane-words')].map((one) => one.textContent).join('')"""
)
LINES = """() => [...document.querySelectorAll('.pane-words')].map((one) => {
  const box = one.getBoundingClientRect();
  return [box.top + document.querySelector('.pane-scroller').scrollTop, box.height];
})"""
CHIPS = """() => [...document.querySelectorAll('.pane-chip')].map((one) => {
  const box = one.getBoundingClientRect();
  return [box.top, box.bottom, one.dataset.subject];
}).sort((a, b) => a[0] - b[0])"""
BARS = """() => [...document.querySelectorAll('.pane-run')].map((one) =>
  [one.textContent, one.style.backgroundImage, one.style.backgroundPosition])"""
POINTED = (
    """() => document.querySelector('.pane-chip[aria-pressed=true]')?.dataset.subject ?? null"""
)


@pytest.fixture(scope="module")
def door(shared: Door) -> Door:
    """One workbench for all: each test puts back what it changed."""
    return shared


def bare(words: str) -> str:
    return "".join(words.split())


def read(page: Page, title: str) -> None:
    """Open a note and wait until its page stands."""
    page.locator(".cpit-note-title", has_text=title).click()
    page.locator(".pane-title h1", has_text=title).wait_for()
    page.locator(".pane-words").first.wait_for()


def to_a_coding(page: Page) -> None:
    """Scroll to the first coded words."""
    page.locator(".pane-run[style]").first.scroll_into_view_if_needed()
    page.locator(".pane-chip").first.wait_for()
    still(lambda: page.evaluate(LINES) + page.evaluate(CHIPS))


def pin(page: Page, door: Any) -> None:
    """Put a code under the first digit, as the page will remember it."""
    with Study(door.folder) as study:
        kept = [f"cpit.kept.codes.pinned.{one}" for one in ("", study.identity.id)]
    page.evaluate("(kept) => kept.forEach((one) => localStorage.setItem(one, '[\"S12\"]'))", kept)


def codings(door: Any) -> int:
    return len(standing(door.folder).codings())


def test_every_note_is_shown_whole_and_in_its_order(workbench, door):
    with Study(door.folder) as study:
        texts = {one.path: bare(one.text) for one in study.corpus}
    rows = workbench.locator(".cpit-note")
    rows.first.wait_for()
    assert rows.count() == len(texts)
    for row in rows.all():
        path = row.get_attribute("title")
        row.click()
        # What is out of sight is built after what is seen.
        soon(lambda at=path: bare(workbench.evaluate(WORDS)) == texts[at])


def test_a_click_points_at_the_smallest_then_at_what_overlaps_it_and_never_codes(workbench, door):
    before = codings(door)
    read(workbench, NOTE)
    to_a_coding(workbench)
    run = workbench.locator(".pane-run[style]").first
    pointed = []
    for _click in range(3):
        run.click()
        workbench.wait_for_timeout(350)  # a second click too soon would take a word
        pointed.append(workbench.evaluate(POINTED))
    assert pointed[0] is not None
    assert pointed[0] == pointed[-1] or len(set(pointed)) > 1
    workbench.keyboard.press("Escape")
    assert workbench.evaluate(POINTED) is None
    assert codings(door) == before


def test_a_code_that_is_put_moves_no_line_and_no_bar(workbench, door):
    before = codings(door)
    pin(workbench, door)
    workbench.reload()
    read(workbench, NOTE)
    to_a_coding(workbench)
    workbench.locator(".pane-run[style]").first.click()
    workbench.keyboard.press("Escape")
    lines, bars = workbench.evaluate(LINES), workbench.evaluate(BARS)
    for key in ("Enter", "Shift+ArrowDown", "Digit1"):
        workbench.keyboard.press(key)
    soon(lambda: codings(door) == before + 1)
    saved(workbench)
    assert workbench.evaluate(LINES) == lines
    places: dict[str, set[str]] = {}
    for _words, images, positions in workbench.evaluate(BARS):
        places.setdefault(images, set()).add(positions)
    kept = [(images, place) for _words, images, place in bars]
    assert all(any(place in found for found in places.values()) for _images, place in kept)
    workbench.keyboard.press("Control+z")
    soon(lambda: codings(door) == before)
    saved(workbench)
    assert workbench.evaluate(LINES) == lines
    assert workbench.evaluate(BARS) == bars


def test_chips_stand_one_under_the_other(workbench):
    read(workbench, NOTE)
    to_a_coding(workbench)
    chips = workbench.evaluate(CHIPS)
    assert len(chips) > 3
    assert all(above[1] <= below[0] + 0.5 for above, below in pairwise(chips))


def test_an_end_of_a_coding_moves_by_keyboard_and_comes_back(workbench, door):
    read(workbench, NOTE)
    to_a_coding(workbench)
    workbench.locator(".pane-chip.coding.mine").first.click()
    subject = workbench.evaluate(POINTED)
    before = where(door, subject)
    workbench.keyboard.press("b")
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        workbench.keyboard.press(key)
    soon(lambda: where(door, subject)[1] > before[1])
    assert where(door, subject)[0] == before[0]
    workbench.keyboard.press("Control+z")
    soon(lambda: where(door, subject) == before)


def where(door: Any, subject: str) -> tuple[int, int]:
    (found,) = [one for one in standing(door.folder).codings() if str(one.id) == subject]
    return found.segment.start, found.segment.end
