"""The workbench entirely by the keyboard: from the notes to the text, to the codes, and back."""

from typing import Any

import pytest
from e2e.gestures import click_on, drag, open_note, pointed, put, saved, settled, window
from playwright.sync_api import Page
from waiting import becomes, soon, still

pytestmark = pytest.mark.browser

PATH = "V07 exploratoire 2023-01-12.md"
OTHER = "V08 exploratoire 2023-01-19.odt"
REGIONS = (".cpit-navigation", ".cpit-notes", "main", ".cpit-codes", ".cpit-inspector")

SUBJECT = "document.activeElement.dataset.subject"


def region(page: Page) -> str:
    """The region where the keyboard is."""
    return str(
        page.evaluate(
            "(names) => names.find((name) => document.activeElement.closest(name)) ?? ''",
            list(REGIONS),
        )
    )


def in_text(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement.classList.contains('pane-scroller')"))


def walked(page: Page, key: str) -> str | None:
    """Press a key on a chip; return the one where the keyboard is then, if it has moved."""
    before = page.evaluate(SUBJECT)
    page.keyboard.press(key)
    now = page.evaluate(SUBJECT)
    return None if now == before else str(now)


@pytest.fixture(scope="module")
def page(chromium: Any, shared: Any) -> Any:
    with window(chromium, shared.invite()) as opened:
        yield opened


def flashed(page: Page) -> list[str]:
    """What is lit for a moment."""
    return page.evaluate("[...(CSS.highlights.get('cpit-flash') ?? [])].map(String)")


def test_one_key_goes_round_the_regions_and_another_comes_back(page):
    open_note(page, PATH)
    click_on(page, "Tout est réparable ici")
    assert region(page) == "main"
    there = [page.keyboard.press("F6") or region(page) for _step in range(5)]
    assert there == [".cpit-codes", ".cpit-inspector", ".cpit-navigation", ".cpit-notes", "main"]
    assert in_text(page)
    back = [page.keyboard.press("Shift+F6") or region(page) for _step in range(5)]
    assert back == [".cpit-notes", ".cpit-navigation", ".cpit-inspector", ".cpit-codes", "main"]
    page.keyboard.press("Shift+F6")
    assert page.evaluate("document.activeElement.matches('.cpit-note[aria-current]')")


def test_the_round_leaves_out_a_column_that_is_folded_and_goes_on_from_a_field(page):
    open_note(page, PATH)
    page.locator(".pane-scroller").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+Digit1")
    page.get_by_role("searchbox", name="Filtrer les codes").focus()
    page.keyboard.press("Shift+F6")
    assert in_text(page)
    page.keyboard.press("Shift+F6")
    assert region(page) == ".cpit-navigation"
    page.keyboard.press("Alt+Digit1")


def test_escape_in_the_codes_goes_back_to_the_text_with_what_is_selected(page):
    open_note(page, PATH)
    drag(page, "Il a changé le fil lundi")
    field = page.get_by_role("searchbox", name="Filtrer les codes")
    field.focus()
    page.keyboard.type("usure")
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    page.keyboard.press("Escape")
    assert in_text(page)
    page.locator('[data-line="S12"]').focus()
    page.keyboard.press(" ")
    gathered = page.locator('[role="treeitem"][aria-selected="true"]')
    assert gathered.count() == 1
    page.keyboard.press("Escape")
    assert region(page) == ".cpit-codes"
    assert gathered.count() == 0
    page.keyboard.press("Escape")
    assert in_text(page)
    assert "Il a changé le fil lundi" in page.evaluate("String(getSelection())")


def test_enter_on_a_note_opens_it_and_the_keyboard_is_in_its_text(page):
    open_note(page, PATH)
    page.locator(f'.cpit-note[title="{OTHER}"]').focus()
    page.keyboard.press("Enter")
    soon(lambda: in_text(page))
    assert page.locator(f'.cpit-note[aria-current][title="{OTHER}"]').count() == 1
    page.keyboard.press("F6")
    page.keyboard.press("Shift+F6")
    page.keyboard.press("Shift+F6")
    page.keyboard.press("Enter")
    soon(lambda: in_text(page))


def test_the_margin_is_one_stop_of_tab_and_arrows_reach_each_chip(page):
    open_note(page, PATH)
    # The margin of a sheet is filled once it comes near the eye.
    chips = page.locator(".pane-chip")
    for sheet in page.locator(".pane-sheet").all():
        sheet.scroll_into_view_if_needed()
        still(chips.count, apart=0.1)
    assert chips.count() > 3
    assert page.locator('.pane-chip[tabindex="0"]').count() == 1
    click_on(page, "Tout est réparable ici")
    page.keyboard.press("Escape")
    while not page.evaluate("document.activeElement.classList.contains('pane-chip')"):
        page.keyboard.press("Tab")
        assert region(page) == "main"
    near = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert abs(near - page.get_by_text("Tout est réparable ici").first.bounding_box()["y"]) < 150
    while walked(page, "ArrowUp"):
        pass
    met = [page.evaluate(SUBJECT)]
    while one := walked(page, "ArrowDown"):
        met.append(one)
    subjects = page.evaluate(
        "[...document.querySelectorAll('.pane-chip')].map((chip) => chip.dataset.subject)"
    )
    assert met == subjects
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('pane-chip')")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(SUBJECT) == subjects[-1]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.ariaPressed") == "true"
    page.keyboard.press("Escape")
    assert in_text(page)


def test_a_chip_that_goes_leaves_the_margin_its_stop(page, shared):
    open_note(page, PATH)
    drag(page, "Il a changé le fil lundi")
    put(page, "S12")
    saved(page)
    page.locator(".pane-chip[aria-pressed=true]").focus()
    page.keyboard.press("Delete")
    saved(page)
    assert page.locator('.pane-chip[tabindex="0"]').count() == 1


def test_what_is_lit_on_arrival_is_the_passage_and_nothing_else(page):
    open_note(page, PATH)
    page.locator('[data-line="S12"]').focus()
    page.keyboard.press("v")
    soon(lambda: page.evaluate("document.activeElement.dataset.rank ?? null") == "0")
    passages = [one.split() for one in page.locator(".cpit-hit-words b").all_text_contents()[:4]]
    assert len({" ".join(words) for words in passages}) > 1
    for rank, words in enumerate(passages):
        while page.evaluate("document.activeElement.dataset.rank") != str(rank):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        becomes(lambda: [one.split() for one in flashed(page)], [words])
        soon(lambda: pointed(page) == "S12")
        becomes(lambda: page.locator(".cpit-inspector blockquote").inner_text().split(), words)
        page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def test_the_next_hit_leaves_the_keyboard_in_the_text_of_its_note(page):
    open_note(page, PATH)
    page.keyboard.press("s")
    page.keyboard.type("mairie")
    soon(lambda: page.locator(".cpit-hit-line").count() > 1)
    page.locator(".cpit-hit-line").first.click()
    reading = page.locator(".pane-scroller")
    current = page.locator(".cpit-hit [aria-current]")
    soon(lambda: current.count() and current.get_attribute("data-rank") == "0")
    reading.focus()
    notes = {soon(lambda: reading.get_attribute("aria-label"))}
    rank = 0
    while len(notes) == 1:
        rank += 1
        page.keyboard.press("F3")
        becomes(lambda: current.get_attribute("data-rank"), str(rank))
        settled(page)
        assert in_text(page)
        notes.add(reading.get_attribute("aria-label"))
    page.keyboard.press("ArrowDown")
    assert in_text(page)
    page.locator(".cpit-notes-head button").click()


def test_a_code_asked_for_with_nothing_to_put_it_on_is_shown_with_what_it_means(page):
    open_note(page, PATH)
    page.locator(".cpit-navigation [aria-current]").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.type("S12")
    assert "index" not in page.locator(".cpit-palette-said").inner_text()
    page.keyboard.press("Enter")
    soon(lambda: page.evaluate("document.activeElement.dataset.line ?? ''") == "S12")
    assert "S12" in page.locator(".cpit-gloss").inner_text()


def test_facets_are_in_sight_as_soon_as_words_are_coded(page):
    open_note(page, PATH)
    drag(page, "Il a changé le fil lundi")
    put(page, "S12")
    saved(page)
    named = page.locator(".cpit-facet-name", has_text="Effectivité").bounding_box()
    choices = page.locator(".cpit-inspector [role=radio]").all()
    acts = page.locator(".cpit-card > .cpit-actions").bounding_box()
    assert named is not None
    assert acts is not None
    for box in [named, *(choice.bounding_box() for choice in choices if choice.is_visible())]:
        assert box["y"] + box["height"] <= acts["y"] <= 800
    page.keyboard.press("Delete")
    saved(page)


def test_what_is_reached_from_the_rounds_leaves_their_name_current(page):
    for screen in ("conflicts", "adjudication"):
        page.evaluate("(screen) => { location.hash = `#/${screen}`; }", screen)
        soon(lambda screen=screen: page.locator(f'main[data-screen="{screen}"]').count())
        assert page.locator(".cpit-navigation [aria-current]").all_inner_texts() == ["Tours"]
    page.evaluate("() => { location.hash = '#/reading'; }")
