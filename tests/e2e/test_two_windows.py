"""One analyst at work in two windows at once: nothing lost, both told, nothing left to settle."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from e2e.gestures import (
    FRENCH,
    click_on,
    drag,
    free,
    open_note,
    page_in,
    put,
    put_on,
    saved,
    saving,
    window,
)
from playwright.sync_api import Page
from waiting import soon

import cpit_research as cpit

pytestmark = pytest.mark.browser

TABS = "V05 exploratoire 2022-11-29.rtf"
WINDOWS = "V12 exploratoire 2023-03-09.md"


@pytest.fixture
def folder(shared) -> Path:
    return shared.folder


@pytest.fixture
def tabs(chromium, shared) -> Iterator[tuple[Page, Page]]:
    """Two tabs of one browser: one storage, one cookie."""
    context = chromium.new_context(**FRENCH)
    with page_in(context, shared.invite()) as one, page_in(context, shared.url) as other:
        yield one, other
    context.close()


@pytest.fixture
def windows(chromium, shared) -> Iterator[tuple[Page, Page]]:
    """Two browsers of one analyst, as on two machines."""
    with (
        window(chromium, shared.invite()) as one,
        window(chromium, shared.invite()) as other,
    ):
        yield one, other


@contextmanager
def cut_off(page: Page) -> Iterator[None]:
    """Take one tab alone off the network."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    for offline in (True, False):
        session.send(
            "Network.emulateNetworkConditions",
            {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
        )
        if offline:
            yield


def said(page: Page) -> str:
    return " ".join(page.locator(".cpit-notice").all_inner_texts())


def coded(one: Page, other: Page, folder: Path, path: str) -> str:
    """Code a passage in one window, and point at it in both; return its words."""
    words = " ".join(max(free(folder, path), key=len).split()[1:7]).rstrip(" :;,.")
    for page in (one, other):
        open_note(page, path)
    row = other.locator(".cpit-note[aria-current] .cpit-note-progress")
    before = row.inner_text()
    one.bring_to_front()
    drag(one, words)
    put(one, "S11")
    saved(one)
    soon(lambda: row.inner_text() != before)
    other.bring_to_front()
    click_on(other, words[:6])
    soon(lambda: other.locator('.pane-chip[aria-pressed="true"]').count() == 1)
    one.keyboard.press("Escape")
    other.locator(".pane-scroller").focus()
    return words


def nothing_to_settle(folder: Path) -> None:
    with cpit.open_study(folder) as study:
        assert study.conflict_list() == ()
        assert study.check().faults == ()


def test_what_two_tabs_changed_at_once_is_kept_and_told_in_both(tabs, folder):
    one, other = tabs
    before = put_on(folder, TABS)
    words = coded(one, other, folder, TABS)
    with cut_off(one):
        one.keyboard.press("}")
        one.keyboard.press("Enter")
        soon(lambda: saving(one) == "away")
        put(other, "S12")
        other.keyboard.press("Enter")
        saved(other)
        assert dict(put_on(folder, TABS) - before) == {("S12", words): 1}

    saved(one)
    ((code, longer),) = put_on(folder, TABS) - before
    assert code == "S12"
    assert longer.startswith(words)
    assert longer != words
    soon(lambda: "S12" in said(one))
    soon(lambda: "window" in said(other) or "fenêtre" in said(other))
    for page in tabs:
        soon(
            lambda page=page: (
                page.locator('.pane-chip[aria-pressed="true"]').inner_text().startswith("S12")
            )
        )
    nothing_to_settle(folder)


def test_two_machines_of_one_analyst_agree_after_one_was_away(windows, folder):
    one, other = windows
    before = put_on(folder, WINDOWS)
    words = coded(one, other, folder, WINDOWS)
    one.context.set_offline(True)
    put(one, "S14")
    one.keyboard.press("Enter")
    one.keyboard.press("m")
    one.keyboard.type("Pensé hors ligne.")
    one.keyboard.press("Control+Enter")
    soon(lambda: saving(one) == "away")
    other.keyboard.press("}")
    other.keyboard.press("Enter")
    saved(other)

    one.context.set_offline(False)
    soon(lambda: saving(one) == "saved")
    ((code, longer),) = put_on(folder, WINDOWS) - before
    assert (code, longer.startswith(words), longer == words) == ("S14", True, False)
    soon(lambda: said(one) and said(other))
    with cpit.open_study(folder) as study:
        assert [memo.words for memo in study.memos].count("Pensé hors ligne.") == 1
    nothing_to_settle(folder)


def test_a_coding_taken_back_in_one_window_and_changed_in_the_other_is_not_lost(windows, folder):
    one, other = windows
    before = put_on(folder, TABS)
    words = coded(one, other, folder, TABS)
    one.context.set_offline(True)
    put(one, "S14")
    one.keyboard.press("Enter")
    soon(lambda: saving(one) == "away")
    other.keyboard.press("Delete")
    saved(other)
    assert not put_on(folder, TABS) - before
    one.context.set_offline(False)
    soon(lambda: saving(one) == "saved")
    assert dict(put_on(folder, TABS) - before) == {("S14", words): 1}
    soon(lambda: said(one) and said(other))
    nothing_to_settle(folder)


def test_the_same_code_put_on_the_same_words_in_two_windows_is_one_coding(windows, folder):
    one, other = windows
    before = put_on(folder, WINDOWS)
    words = " ".join(max(free(folder, WINDOWS), key=len).split()[1:7]).rstrip(" :;,.")
    for page in windows:
        open_note(page, WINDOWS)
    other.context.set_offline(True)
    for page in windows:
        page.bring_to_front()
        drag(page, words)
        put(page, "S11")
    saved(one)
    # What she goes on to do before she can know is done to that coding.
    other.keyboard.press("Escape")
    other.keyboard.press("}")
    other.keyboard.press("Enter")
    other.context.set_offline(False)
    saved(other)
    ((code, longer),) = (put_on(folder, WINDOWS) - before).elements()
    assert (code, longer.startswith(words), longer == words) == ("S11", True, False)
    soon(lambda: "already bears" in said(other) or "porte déjà" in said(other))
    for page in windows:
        soon(lambda page=page: page.locator('.pane-chip[aria-pressed="true"]').count() == 1)
    other.keyboard.press("Control+z")
    saved(other)
    assert dict(put_on(folder, WINDOWS) - before) == {("S11", words): 1}
    other.keyboard.press("Control+z")
    one.bring_to_front()
    one.locator(".pane-scroller").focus()
    one.keyboard.press("Control+z")
    soon(lambda: not put_on(folder, WINDOWS) - before)
    nothing_to_settle(folder)
