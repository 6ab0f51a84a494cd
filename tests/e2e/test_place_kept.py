"""The place in the text, what is selected and what is written stay, whatever is read again."""

from collections.abc import Iterator

import pytest
from e2e.gestures import drag, dragging, free, open_note, put, put_on, saved, settled, window
from playwright.sync_api import Page
from waiting import becomes, soon, still

import cpit_research as cpit
from cpit_research.model.segment import Segment

pytestmark = pytest.mark.browser

NOTE = "V05 exploratoire 2022-11-29.rtf"
SELECTED = "() => document.getSelection().toString()"
#: Where the words at the top of what is seen stand.
SEEN = """() => {
  const top = document.querySelector(".pane-scroller").getBoundingClientRect().top;
  const seen = [...document.querySelectorAll(".pane-words")].find((one) => one.getBoundingClientRect().bottom > top);
  return [seen.textContent, Math.round(seen.getBoundingClientRect().top - top)];
}"""
#: All that is said on the page, by words, names and titles.
SAID = """() => {
  const frame = document.querySelector(".cpit-frame");
  const named = [...frame.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((one) =>
    ["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name)));
  return [...frame.innerText.split("\\n"), ...named].filter(Boolean);
}"""
FIELD = 'textarea[aria-label="Texte du mémo"], textarea[aria-label="Words of the memo"]'


@pytest.fixture
def page(chromium, shared) -> Iterator[Page]:
    with window(chromium, shared.invite()) as opened:
        yield opened


def speak(page: Page, language: str) -> None:
    """Change language, unless it is spoken already: each page begins in that of the one before."""
    button = page.locator(f'.cpit-bar button[lang="{language}"]')
    if button.count():
        button.click()
        page.locator(f'.cpit-bar button:not([lang="{language}"])[lang]').wait_for()
        settled(page)


def correct(folder, before: str, words: str) -> None:
    with cpit.open_study(folder) as study:
        source = study.corpus.at(NOTE)
        at = source.text.index(before)
        study.correct(Segment(source.id, at, at + len(before)), words, coder="claire")


def test_another_language_leaves_the_place_the_words_selected_and_the_keyboard(page, shared):
    words = free(shared.folder, NOTE)[-6]
    open_note(page, NOTE)
    speak(page, "fr")
    drag(page, words)
    seen = still(lambda: page.evaluate(SEEN))
    address = page.url
    speak(page, "en")
    assert page.evaluate("document.activeElement.textContent") == "Français"
    becomes(lambda: page.evaluate(SEEN), seen)
    assert page.url == address
    quote = page.locator(".cpit-inspector blockquote").first
    becomes(lambda: quote.inner_text().split(), words.split())
    speak(page, "fr")
    becomes(lambda: page.evaluate(SEEN), seen)
    put(page, "S22")
    saved(page)
    assert put_on(shared.folder, NOTE)[("S22", words)] == 1


def test_another_language_leaves_a_memo_that_is_being_written(page, shared):
    open_note(page, NOTE)
    speak(page, "fr")
    drag(page, free(shared.folder, NOTE)[-7])
    page.keyboard.press("m")
    page.keyboard.type("Une idée à moitié")
    field = page.evaluate_handle("document.activeElement")
    page.evaluate(
        "[...document.querySelectorAll('.cpit-bar button')].find((one) => one.lang === 'en').click()"
    )
    page.get_by_role("button", name="Français").wait_for()
    page.wait_for_timeout(400)
    assert field.evaluate("(one) => one.isConnected && one === document.activeElement")
    page.keyboard.type(" écrite.")
    assert page.locator(FIELD).input_value() == "Une idée à moitié écrite."
    page.keyboard.press("Control+Enter")
    saved(page)
    with cpit.open_study(shared.folder) as study:
        assert [one.words for one in study.memos].count("Une idée à moitié écrite.") == 1


@pytest.mark.parametrize("width", [1280, pytest.param(800, marks=pytest.mark.exhaustive)])
def test_a_page_that_changes_language_says_what_one_opened_in_it_says(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    open_note(page, NOTE)
    if width == 1280:
        page.locator(".cpit-notes-more button").first.click()
    speak(page, "fr")
    speak(page, "en")
    changed = still(lambda: page.evaluate(SAID))
    page.reload()
    page.wait_for_selector(".pane-words")
    if width == 1280:
        page.locator(".cpit-notes-more button").first.click()
    becomes(lambda: page.evaluate(SAID), changed)


def test_words_selected_follow_a_text_corrected_elsewhere(page, shared):
    words = free(shared.folder, NOTE)[-5]
    open_note(page, NOTE)
    drag(page, words)
    seen = still(lambda: page.evaluate(SEEN))
    correct(shared.folder, free(shared.folder, NOTE)[1].split()[1], "autrement qu’avant")
    soon(lambda: "autrement qu’avant" in page.locator(".pane-page").text_content())
    becomes(lambda: page.evaluate(SELECTED), words)
    becomes(lambda: page.evaluate(SEEN)[0], seen[0])
    soon(lambda: abs(page.evaluate(SEEN)[1] - seen[1]) < 3)
    put(page, "S21")
    saved(page)
    assert put_on(shared.folder, NOTE)[("S21", words)] == 1


def test_a_text_corrected_elsewhere_under_the_mouse_takes_no_word_from_it(page, shared):
    words = free(shared.folder, NOTE)[-4]
    open_note(page, NOTE)
    drag(page, words)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    with dragging(page, words):
        correct(
            shared.folder, free(shared.folder, NOTE)[2].split()[1], "entendu mieux, et plus long"
        )
        page.wait_for_timeout(1_200)
        assert page.evaluate(SELECTED) != ""
        assert "entendu mieux" not in page.locator(".pane-page").text_content()
    soon(lambda: "entendu mieux" in page.locator(".pane-page").text_content())
    becomes(lambda: page.evaluate(SELECTED), words)
    put(page, "S16")
    saved(page)
    assert put_on(shared.folder, NOTE)[("S16", words)] == 1


def test_words_that_were_corrected_themselves_are_selected_no_more(page, shared):
    words = free(shared.folder, NOTE)[-3]
    open_note(page, NOTE)
    drag(page, words)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    with dragging(page, words):
        correct(shared.folder, words, words.replace(words.split()[1], "tout autre chose", 1))
        page.wait_for_timeout(1_200)
    soon(lambda: "tout autre chose" in page.locator(".pane-page").text_content())
    becomes(lambda: page.evaluate(SELECTED), "")
