"""A text corrected: undone, done again, withdrawn, in the order in which things were done."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e.conftest import Door
from e2e.gestures import drag, free, open_note, put, put_on, read, saved, window
from playwright.sync_api import Browser, Page
from waiting import soon

import cpit_research as cpit
from cpit_research.model.segment import Segment

pytestmark = pytest.mark.browser

PATH = "V07 exploratoire 2023-01-12.md"


@pytest.fixture
def lot(door: Door, tmp_path: Path) -> Iterator[Door]:
    """The workbench open on the lot of claire."""
    with cpit.open_study(door.folder) as study:
        given = study.lot_export("claire", to=tmp_path / "lot.zip").path
    folder = tmp_path / "lot"
    cpit.open_lot(given, folder).close()
    opened = Door(folder, coder=None)
    opened.start()
    yield opened
    opened.kill()


def _word(folder: Path) -> str:
    """A long word of a sentence on which nobody coded, met once in its note."""
    said = _text(folder)
    words = [one for sentence in free(folder, PATH) for one in sentence.split()]
    return next(one for one in words if len(one) > 6 and one.isalpha() and said.count(one) == 1)


def _text(folder: Path) -> str:
    return read(folder).corpus.at(PATH).text


def _states(folder: Path) -> list[str]:
    return [one.state for one in read(folder).correction_list()]


def _memos(folder: Path) -> list[str]:
    return [one.words for one in read(folder).memos if one.words == "à relire"]


def _correct(page: Page, word: str, words: str) -> None:
    drag(page, word)
    page.keyboard.press("t")
    page.fill("#cpit-correction-words", words)
    page.keyboard.press("Enter")
    page.locator(".cpit-correction").wait_for(state="detached")


def _notices(page: Page) -> list[Any]:
    return page.locator(".cpit-notice > span").all_inner_texts()


def _says(page: Page, words: str) -> None:
    soon(lambda: any(words in one for one in _notices(page)))


def test_undo_in_a_lot_withdraws_the_correction_before_what_was_done_before_it(
    chromium: Browser, lot: Door
) -> None:
    word = _word(lot.folder)
    with window(chromium, lot.invite()) as page:
        open_note(page, PATH)
        drag(page, word)
        page.keyboard.press("m")
        page.keyboard.type("à relire")
        page.keyboard.press("Control+Enter")
        saved(page)
        soon(lambda: _memos(lot.folder) == ["à relire"])
        _correct(page, word, f"{word}s")
        soon(lambda: _states(lot.folder) == ["waiting"])
        page.keyboard.press("Control+z")
        soon(lambda: _states(lot.folder) == ["withdrawn"])
        _says(page, "Annulé\u00a0: Proposer une correction")
        assert _memos(lot.folder) == ["à relire"]
        page.keyboard.press("Control+y")
        soon(lambda: sorted(_states(lot.folder)) == ["waiting", "withdrawn"])
        page.keyboard.press("Control+z")
        soon(lambda: _states(lot.folder) == ["withdrawn", "withdrawn"])
        page.keyboard.press("Control+z")
        soon(lambda: _memos(lot.folder) == [])


def test_who_asked_for_a_correction_takes_it_back_from_the_list(
    chromium: Browser, door: Door, lot: Door, tmp_path: Path
) -> None:
    word = _word(lot.folder)
    with window(chromium, lot.invite()) as page:
        open_note(page, PATH)
        _correct(page, word, f"{word}s")
        soon(lambda: _states(lot.folder) == ["waiting"])
        page.locator(".cpit-navigation").get_by_role("button", name="Corrections").click()
        page.locator(".cpit-leaf").get_by_role("button", name="Retirer").click()
        soon(lambda: _states(lot.folder) == ["withdrawn"])
        page.locator(".cpit-leaf h2").wait_for()
        assert page.locator(".cpit-leaf .cpit-acts").count() == 0
    with cpit.open_study(lot.folder) as study:
        sent = study.bundle_export("claire", to=tmp_path / "envoi.zip").path
    with cpit.open_study(door.folder) as study:
        study.merge([sent])
        assert study.check().faults == ()
    assert _states(door.folder) == ["withdrawn"]


def test_undo_puts_the_text_back_then_what_was_done_before(chromium: Browser, door: Door) -> None:
    word, before = _word(door.folder), _text(door.folder)
    held = put_on(door.folder, PATH)
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        drag(page, word)
        put(page, "S12")
        saved(page)
        _correct(page, word, "autrement")
        soon(lambda: _text(door.folder) == before.replace(word, "autrement"))
        page.locator(".pane-page", has_text="autrement").wait_for()
        page.keyboard.press("Control+z")
        soon(lambda: _text(door.folder) == before)
        _says(page, "Annulé\u00a0: Corriger le texte")
        assert put_on(door.folder, PATH)[("S12", word)] == 1
        page.keyboard.press("Control+y")
        soon(lambda: "autrement" in _text(door.folder))
        soon(lambda: put_on(door.folder, PATH)[("S12", "autrement")] == 1)
        page.keyboard.press("Control+z")
        soon(lambda: _text(door.folder) == before)
        _says(page, "Annulé\u00a0: Corriger le texte")
        page.keyboard.press("Control+z")
        soon(lambda: put_on(door.folder, PATH) == held)


def test_undo_stops_at_a_correction_on_which_somebody_has_worked_and_says_so(
    chromium: Browser, door: Door
) -> None:
    word = _word(door.folder)
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        drag(page, word)
        put(page, "S12")
        saved(page)
        held = put_on(door.folder, PATH)
        _correct(page, word, "tout autrement")
        page.locator(".pane-page", has_text="tout autrement").wait_for()
        with cpit.open_study(door.folder) as study:
            source = study.corpus.at(PATH)
            start = source.text.index("tout autrement")
            study.code(Segment(source.id, start, start + 4), "S11", coder="yann")
        for _time in range(2):
            page.keyboard.press("Control+z")
            page.locator('.cpit-notice[data-tone="wrong"]').wait_for()
            page.locator('.cpit-notice[data-tone="wrong"] .cpit-plain').click()
        assert "tout autrement" in _text(door.folder)
        assert sum(put_on(door.folder, PATH).values()) == sum(held.values())


def test_one_notice_says_what_was_undone_and_ends_with_its_screen(
    chromium: Browser, door: Door
) -> None:
    words = free(door.folder, PATH)[0]
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        page.keyboard.press("Control+y")
        _says(page, "Rien à rétablir.")
        for code in ("S12", "S33"):
            drag(page, words)
            put(page, code)
        for _time in range(2):
            page.keyboard.press("Control+z")
        _says(page, "S12")
        assert len(_notices(page)) == 1
        page.keyboard.press("Control+z")
        _says(page, "Rien à annuler.")
        assert len(_notices(page)) == 1
        page.locator(".cpit-navigation").get_by_role("button", name="Corrections").click()
        page.wait_for_selector(".cpit-leaf h1")
        assert _notices(page) == []
