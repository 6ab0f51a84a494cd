"""What is being written, selected or chosen stays what it is, whatever else happens meanwhile."""

from collections.abc import Iterator

import pytest
from e2e.gestures import (
    come,
    drag,
    free,
    open_note,
    put,
    put_on,
    read,
    saved,
    title_of,
    window,
)
from playwright.sync_api import Page
from waiting import soon

import cpit_research as cpit
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested

pytestmark = pytest.mark.browser

NOTE = "V07 exploratoire 2023-01-12.md"
OTHER = "V05 exploratoire 2022-11-29.rtf"


@pytest.fixture
def page(chromium, shared) -> Iterator[Page]:
    with window(chromium, shared.invite()) as opened:
        yield opened


def text(folder, path: str) -> str:
    return read(folder).corpus.at(path).text


def test_a_memo_being_written_stays_on_its_passage_when_one_goes_back(page, shared):
    words = free(shared.folder, NOTE)[0]
    open_note(page, OTHER)
    open_note(page, NOTE)
    drag(page, words)
    page.keyboard.press("m")
    page.keyboard.type("Écrit avant de revenir.")
    page.go_back()
    come(page, title_of(page, OTHER))
    saved(page)
    with cpit.open_study(shared.folder) as study:
        (made,) = [one for one in study.memos if one.words == "Écrit avant de revenir."]
        source = study.corpus[made.segment.source]
        assert source.path.endswith(NOTE)
        assert source.text[made.segment.start : made.segment.end] in words


def test_a_name_being_written_stays_on_its_episode_when_one_goes_back(page, shared):
    words = free(shared.folder, NOTE)[1]
    open_note(page, OTHER)
    open_note(page, NOTE)
    drag(page, words)
    put(page, "S33")
    page.keyboard.press("e")
    page.locator(".cpit-card input.cpit-written").first.fill("La lampe du fond")
    page.go_back()
    come(page, title_of(page, OTHER))
    saved(page)
    with cpit.open_study(shared.folder) as study:
        (made,) = [one for one in study.episodes if one.label == "La lampe du fond"]
        assert study.corpus[made.source].path.endswith(NOTE)


def correct(folder, path: str, before: str, words: str) -> None:
    with cpit.open_study(folder) as study:
        source = study.corpus.at(path)
        at = source.text.index(before)
        study.correct(Segment(source.id, at, at + len(before)), words, coder="claire")


def test_a_note_whose_text_was_corrected_is_read_again_from_another_screen(page, shared):
    open_note(page, OTHER)
    before = free(shared.folder, OTHER)[0].split()[0]
    page.locator(".cpit-navigation button").nth(1).click()
    page.wait_for_timeout(200)
    correct(shared.folder, OTHER, before, "Autrement")
    page.wait_for_timeout(800)
    page.locator(".cpit-navigation button").first.click()
    soon(lambda: "Autrement" in page.locator(".pane-page").inner_text())


def test_words_selected_are_never_others_once_the_text_is_corrected(page, shared):
    words = free(shared.folder, NOTE)[3]
    open_note(page, NOTE)
    drag(page, words)
    chosen = page.locator(".cpit-inspector blockquote").inner_text()
    first = text(shared.folder, NOTE).split()[2]
    correct(shared.folder, NOTE, first, "plus long que cela")
    soon(lambda: "plus long que cela" in page.locator(".pane-page").inner_text())
    page.wait_for_timeout(200)
    quotes = page.locator(".cpit-inspector blockquote").all_inner_texts()
    assert quotes in ([], [chosen])


def test_arrows_go_from_one_choice_to_another(page, shared):
    with cpit.open_study(shared.folder) as study:
        source = study.corpus.at(NOTE)
        marks = [Suggested(Segment(source.id, at, at + 30), "S33", 0.5, ()) for at in (400, 600)]
        study.suggest(marks, coder="lexique/2")
    page.locator(".cpit-navigation button").nth(2).click()
    page.wait_for_selector(".cpit-tray-item")
    chosen = page.locator('.cpit-orders input[type="radio"]')
    chosen.first.focus()
    page.keyboard.press("ArrowDown")
    assert chosen.nth(1).is_checked()
    soon(lambda: page.locator(".cpit-tray-item").first.get_attribute("aria-current") == "true")


def test_a_pad_whose_digits_are_locked_moves(module):
    heard = """(key) => cpit.matches("Numpad1", new KeyboardEvent("keydown", { code: "Numpad1", key }))"""
    assert module.evaluate(heard, "1")
    assert not module.evaluate(heard, "End")


def test_the_button_that_leaves_a_replacement_leaves_it(page, shared):
    words = free(shared.folder, NOTE)[5]
    open_note(page, NOTE)
    drag(page, words)
    put(page, "S33")
    saved(page)
    before = put_on(shared.folder, NOTE)
    page.keyboard.press("Escape")
    page.locator('[data-line="S12"]').click()
    leave = page.locator(".cpit-intent-question button").last
    leave.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    saved(page)
    assert put_on(shared.folder, NOTE) == before
    assert page.locator(".cpit-intent-question").count() == 0


def test_as_long_as_notes_are_read_the_page_says_so_and_never_that_there_is_none(page):
    held = []
    page.route("**/api/notes", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks it
    page.reload()
    soon(lambda: page.locator('.pane-empty[aria-busy="true"]').count() and held)
    assert page.locator(".cpit-notes").count() == 0
    page.locator(".cpit-navigation button").nth(1).click()
    page.wait_for_selector(".cpit-sheet-head h1")
    assert page.locator(".cpit-sheet-head button").count() == 0, "a round draws among them"
    held[0].continue_()
    page.wait_for_selector(".cpit-sheet-head button")
    page.locator(".cpit-navigation button").first.click()
    soon(lambda: page.locator(".cpit-note").count())
    assert page.locator(".pane-empty[aria-busy]").count() == 0


def test_a_search_that_nobody_answers_says_so(page):
    open_note(page, NOTE)
    page.keyboard.press("s")
    page.route("**/api/search", lambda route: route.abort())
    page.keyboard.type("neige")
    soon(lambda: page.locator('.cpit-notice[data-tone="wrong"]').count())


def test_correcting_back_is_about_the_words_corrected_wherever_one_is(page, shared):
    words = free(shared.folder, NOTE)[6].split()[1]
    there = text(shared.folder, OTHER)
    open_note(page, NOTE)
    drag(page, free(shared.folder, NOTE)[6])
    before = page.locator(".cpit-inspector blockquote").inner_text()
    page.keyboard.press("t")
    page.locator("#cpit-correction-words").fill(before.replace(words, "Corrigé", 1))
    page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="Rétablir le texte d’avant")
    undo.wait_for()
    assert "Corrigé" in text(shared.folder, NOTE)
    open_note(page, OTHER)
    undo.click()
    soon(lambda: "Corrigé" not in text(shared.folder, NOTE))
    assert text(shared.folder, OTHER) == there


def test_a_desk_that_is_left_asks_nothing_more(module):
    asked = module.evaluate(
        """async () => {
          let asked = 0;
          const call = async () => { asked++; throw new cpit.Away("away"); };
          const desk = new cpit.Work({ call, listen: () => () => {} }, "cell");
          void desk.start();
          desk.stop();
          await new Promise((rested) => setTimeout(rested, 2500));
          return asked;
        }"""
    )
    assert asked == 1
