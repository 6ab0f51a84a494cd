"""Where room is short, as at a zoom of 200 %: columns lie over the text, and give way to it."""

import pytest
from e2e.conftest import Door
from e2e.gestures import SCROLLER, drag, open_note, window
from playwright.sync_api import Browser, Page
from waiting import soon

pytestmark = pytest.mark.browser

PATH = "V07 exploratoire 2023-01-12.md"
NARROW = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}


def _unfolded(page: Page) -> list[str]:
    columns = page.locator('.cpit-column[data-folded="false"]')
    return [one.get_attribute("aria-label") or "" for one in columns.all()]


def test_columns_give_way_to_the_text_and_no_letter_is_lost(chromium: Browser, door: Door) -> None:
    with window(chromium, door.link, **NARROW) as page:
        open_note(page, PATH)
        soon(lambda: _unfolded(page) == [])
        page.locator(SCROLLER).focus()
        drag(page, "Il a changé le fil lundi")
        page.keyboard.press("h")
        page.keyboard.type("Réparer devant")
        assert page.evaluate("() => document.activeElement.value") == "Réparer devant"
        page.keyboard.press("Escape")
        page.keyboard.press("Alt+Digit1")
        soon(lambda: _unfolded(page) == ["Notes"])
        page.locator(f'.cpit-note[title="{PATH}"]').click()
        soon(lambda: _unfolded(page) == [])
        assert page.evaluate("() => document.activeElement.matches('.pane-scroller')")
