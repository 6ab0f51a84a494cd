"""The browser keeps nothing more: acts that wait are the page's alone, which says so."""

from collections.abc import Iterator

import pytest
from e2e.gestures import FRENCH, drag, free, open_note, page_in, put, put_on, saving
from playwright.sync_api import BrowserContext, Page
from waiting import soon

pytestmark = pytest.mark.browser

NOTE = "V05 exploratoire 2022-11-29.rtf"
SAID = "kept by this page alone: do not close it"
#: A storage that is full, one that is refused, as private windows do, and one that is what it was.
FULL = """() => { Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); }; }"""
KEPT = "() => { globalThis.kept = Storage.prototype.setItem; }"
FREE = "() => { Storage.prototype.setItem = globalThis.kept; }"
REFUSED = """Object.defineProperty(globalThis, "localStorage", {
  get: () => { throw new DOMException("", "SecurityError"); },
});"""


@pytest.fixture
def context(chromium) -> Iterator[BrowserContext]:
    """One browser, that keeps something or not."""
    opened = chromium.new_context(**{**FRENCH, "locale": "en-GB"})
    yield opened
    opened.close()


def code(page: Page, words: str, key: str) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    drag(page, words)
    put(page, key)


def asked(page: Page) -> bool:
    """Whether the page asks before it is closed."""
    return bool(
        page.evaluate(
            """() => {
              const closing = new Event("beforeunload", { cancelable: true });
              globalThis.dispatchEvent(closing);
              return closing.defaultPrevented;
            }"""
        )
    )


def english(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Français").wait_for()


def test_acts_that_the_page_alone_keeps_are_told_until_they_are_saved(context, door):
    before = put_on(door.folder, NOTE)
    first, second, third, fourth = free(door.folder, NOTE)[2:6]
    with page_in(context, door.invite()) as page:
        english(page)
        open_note(page, NOTE)
        page.evaluate(KEPT)
        door.kill()
        code(page, first, "S11")
        soon(lambda: saving(page) == "away")
        assert SAID not in page.locator(".cpit-saving").inner_text()
        assert not asked(page)

        page.evaluate(FULL)
        code(page, second, "S12")
        soon(lambda: SAID in page.locator(".cpit-saving").inner_text())
        assert asked(page)
        page.evaluate(FREE)  # room again: what waits is kept by the next trial
        soon(lambda: SAID not in page.locator(".cpit-saving").inner_text(), within=20)
        assert not asked(page)

        page.evaluate(FULL)
        code(page, third, "S14")
        soon(lambda: SAID in page.locator(".cpit-saving").inner_text())
        door.start()
        soon(lambda: saving(page) == "saved", within=40)
        assert SAID not in page.locator(".cpit-saving").inner_text()
        assert not asked(page)
        code(page, fourth, "S15")
        soon(lambda: saving(page) == "saved")
    made = dict(put_on(door.folder, NOTE) - before)
    wanted = [("S11", first), ("S12", second), ("S14", third), ("S15", fourth)]
    assert made == dict.fromkeys(wanted, 1)


def test_a_browser_that_keeps_nothing_codes_and_says_what_it_alone_keeps(context, door):
    before = put_on(door.folder, NOTE)
    words = free(door.folder, NOTE)[2]
    context.add_init_script(REFUSED)
    with page_in(context, door.invite()) as page:
        english(page)
        open_note(page, NOTE)
        door.kill()
        code(page, words, "S11")
        soon(lambda: SAID in page.locator(".cpit-saving").inner_text())
        assert asked(page)
        door.start()
        soon(lambda: saving(page) == "saved", within=40)
        assert not asked(page)
    assert dict(put_on(door.folder, NOTE) - before) == {("S11", words): 1}
