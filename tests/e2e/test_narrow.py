"""Where room is short, as at a zoom of 200 %: columns lie over the text, and give way to it."""

import pytest
from e2e.conftest import Door
from e2e.gestures import SCROLLER, drag, open_note, pointed, put, window
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


def test_facets_and_episodes_are_said_where_the_codes_are_folded_away(
    chromium: Browser, door: Door
) -> None:
    with window(chromium, door.link, **NARROW) as page:
        open_note(page, PATH)
        soon(lambda: _unfolded(page) == [])
        drag(page, "Il a changé le fil lundi")
        put(page, "S12")
        soon(lambda: pointed(page) == "S12")
        assert _unfolded(page) == []
        page.keyboard.press("f")
        soon(lambda: _unfolded(page) == ["Codes"])
        assert page.evaluate("() => document.activeElement.getAttribute('role')") == "radio"
        page.keyboard.press("Escape")
        page.locator(".cpit-navigation button").first.focus()
        page.keyboard.press("Alt+Digit2")
        soon(lambda: _unfolded(page) == [])
        page.keyboard.press("e")
        soon(lambda: _unfolded(page) == ["Codes"])
        page.locator(".cpit-card-hint").wait_for()
