"""A day of work in screens alone: a lot received, coded, sent, merged; a text corrected."""

import wave
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from waiting import soon

import cpit_research as cpit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATH = "V04 exploratoire 2022-11-23.md"
#: Select words that stand in one piece of the page, as a person who drags over them.
SELECT = """(words) => {
  const page = document.querySelector('.pane-page');
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  const press = (kind, target) => target.dispatchEvent(
    new PointerEvent(kind, { bubbles: true, button: 0, clientX: 5, clientY: 5 }));
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const at = node.data.indexOf(words);
    if (at < 0 || !node.parentElement.closest('.pane-words')) continue;
    press('pointerdown', page);
    document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
    press('pointerup', document);
    return new Promise((done) => setTimeout(() => done(true), 50));
  }
  return false;
}"""
#: What the page shows as selected, by itself or by the browser.
SELECTED = """() => [String(document.getSelection()),
  ...[...(CSS.highlights.get('cpit-selected') ?? [])].map(String)]"""


@pytest.fixture(autouse=True)
def person(tmp_path, monkeypatch) -> Path:
    """Somebody who never opened anything, and reads English."""
    home = tmp_path / "person"
    (home / "Documents").mkdir(parents=True)
    (home / "Desktop").mkdir()
    for name, value in {
        "HOME": str(home), "CPIT_DATA": str(home / "own"), "CPIT_LANG": "en",
        "XDG_DESKTOP_DIR": "",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return home


@pytest.fixture
def page_of(chromium: Browser) -> Iterator[Callable[[Any], Page]]:
    """Open the page of a door; it must never fail inside."""
    contexts, failures = [], []

    def opened(door: Any, **choices: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": 1280, "height": 800}, accept_downloads=True, **choices
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(door.link)
        page.wait_for_selector(".cpit-frame")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert failures == []


@pytest.fixture
def guest(door: Any, tmp_path: Path) -> Iterator[Any]:
    """The workbench of somebody who has no study yet."""
    folder = tmp_path / "nowhere"
    folder.mkdir()
    one = replace(door, folder=folder, coder=None, port=0, link="", _process=None)
    one.start()
    yield one
    one.kill()


def screen(page: Page, name: str) -> None:
    page.locator(".cpit-navigation").get_by_role("button", name=name, exact=True).click()


def hand(page: Page, file: Path) -> None:
    page.set_input_files(".cpit-drop input[type=file]", file)


def taken(page: Page, to: Path) -> Path:
    """Take away the file that the page offers."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


def saved(page: Page) -> None:
    page.wait_for_selector(".cpit-saving[data-state=saved]")


def select_words(page: Page, words: str) -> None:
    assert page.evaluate(SELECT, words), words


def open_note(page: Page, folder: Path, path: str = PATH) -> None:
    """Open a note from the list."""
    with cpit.open_study(folder) as study:
        source = study.corpus.at(path)
        headings = [source.text[one.start : one.end] for one in source.structure.of("heading")]
        title = [*headings, Path(path).stem][0]
    screen(page, "Reading")
    page.locator(".cpit-notes-list button", has_text=title).first.click()
    page.locator(".pane-title", has_text=title).wait_for()
    page.wait_for_selector(".pane-words")


def faults(page: Page, within: str = ".cpit") -> list[str]:
    found = Axe().run(page, context=within).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def word_of(folder: Path) -> str:
    """A word met once in the note."""
    with cpit.open_study(folder) as study:
        source = study.corpus.at(PATH)
        words = [one for one in source.text[400:3000].split() if one.isalpha() and len(one) > 8]
        return next(one for one in words if source.text.count(one) == 1)


def test_a_day_from_the_lot_received_to_the_work_merged(door, guest, page_of, tmp_path, person):
    words = word_of(door.folder)
    holder = page_of(door)
    screen(holder, "Exchanges")
    holder.get_by_role("button", name="Prepare a lot").click()
    holder.select_option("#lot-coder", "yann")
    holder.get_by_role("button", name="Write the lot").click()
    lot = taken(holder, tmp_path)
    assert lot.name == "lot-yann.zip"

    page = page_of(guest)
    assert faults(page) == []
    hand(page, lot)
    page.wait_for_selector("#lot-folder")
    page.fill("#lot-folder", "Lot d’été")
    assert faults(page) == []
    page.get_by_role("button", name="Open my lot").click()
    page.get_by_role("button", name="Start reading").click()
    mine = person / "Documents" / "Lot d’été"
    assert (mine / "study.toml").is_file()

    with cpit.open_study(mine) as study:
        before = len(list(study.codings().where(coder="yann")))
    open_note(page, door.folder)
    select_words(page, words)
    page.keyboard.press("c")
    page.keyboard.type("S11")
    page.keyboard.press("Enter")
    saved(page)
    with cpit.open_study(mine) as study:
        assert len(list(study.codings().where(coder="yann"))) == before + 1

    screen(page, "Exchanges")
    assert faults(page) == []
    page.get_by_role("button", name="Write the file to send").click()
    sent = taken(page, tmp_path)
    assert sent.name == "envoi-yann.zip"
    assert faults(page) == []

    holder.get_by_role("button", name="Receive work").click()
    hand(holder, sent)
    holder.get_by_role("button", name="Merge into the study").wait_for()
    assert "yann: 1 coding" in holder.locator(".cpit-sentences").inner_text()
    assert faults(holder) == []
    holder.get_by_role("button", name="Merge into the study").click()
    holder.get_by_role("heading", name="It is in the study").wait_for()
    with cpit.open_study(door.folder) as study:
        assert study.check().faults == ()
        source = study.corpus.at(PATH)
        hers = study.codings().where(coder="yann", code="S11")
        put = {source.text[one.segment.start : one.segment.end] for one in hers}
        assert words in put


def test_a_correction_asked_for_in_a_lot_is_accepted_by_the_holder(
    door, guest, page_of, tmp_path, person
):
    word = word_of(door.folder)
    with cpit.open_study(door.folder) as study:
        lot = study.lot_export("yann", to=tmp_path / "lot-yann.zip").path
    page = page_of(guest)
    hand(page, lot)
    page.get_by_role("button", name="Open my lot").click()
    page.get_by_role("button", name="Start reading").click()
    open_note(page, door.folder)
    select_words(page, word)
    page.keyboard.press("t")
    page.wait_for_selector(".cpit-correction")
    assert page.input_value("#cpit-correction-words") == word
    assert faults(page) == []
    page.fill("#cpit-correction-words", f"{word}s")
    page.fill("#cpit-correction-reason", "entendu ainsi")
    page.keyboard.press("Enter")
    page.get_by_text("Asked of whoever holds the study").wait_for()
    screen(page, "Exchanges")
    page.get_by_role("button", name="Write the file to send").click()
    sent = taken(page, tmp_path)

    with cpit.open_study(door.folder) as study:
        study.merge([sent])
    holder = page_of(door)
    screen(holder, "Corrections")
    holder.get_by_role("button", name="Correct the text").wait_for()
    assert faults(holder) == []
    holder.get_by_role("button", name="Correct the text").click()
    holder.get_by_role("heading", name="Already decided").wait_for()
    with cpit.open_study(door.folder) as study:
        assert f"{word}s" in study.corpus.at(PATH).text
        assert study.check().faults == ()


def test_the_holder_corrects_at_once_and_corrects_back(door, page_of):
    word = word_of(door.folder)
    page = page_of(door)
    open_note(page, door.folder)
    select_words(page, word)
    page.keyboard.press("t")
    page.fill("#cpit-correction-words", "autrement")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Correct back").wait_for()
    with cpit.open_study(door.folder) as study:
        assert "autrement" in study.corpus.at(PATH).text
    soon(lambda: "autrement" in page.evaluate(SELECTED))
    page.get_by_role("button", name="Correct back").click()
    soon(lambda: word in page.locator(".pane-page").text_content())
    with cpit.open_study(door.folder) as study:
        assert word in study.corpus.at(PATH).text


def test_what_is_wrong_with_a_file_is_said_where_it_was_dropped(guest, page_of, tmp_path, person):
    page = page_of(guest)
    wrong = tmp_path / "photo.zip"
    wrong.write_bytes(b"PK\x03\x04nothing")
    hand(page, wrong)
    page.locator(".cpit-trouble").wait_for()
    assert faults(page) == []
    assert list((person / "Documents").iterdir()) == []


def test_another_study_is_opened_without_starting_again_and_every_page_follows(
    door, guest, page_of, tmp_path
):
    with cpit.open_study(door.folder) as study:
        lot = study.lot_export("yann", to=tmp_path / "lot-yann.zip").path
    page = page_of(guest)
    hand(page, lot)
    page.get_by_role("button", name="Open my lot").click()
    page.get_by_role("button", name="Start reading").click()
    second = page.context.new_page()
    second.goto(guest.url)
    second.wait_for_selector(".cpit-navigation")
    page.get_by_role("button", name="Workbench").click()
    assert faults(page) == []
    page.get_by_role("button", name="Another study…").click()
    for one in (page, second):
        one.locator(".cpit-recent").wait_for()
        assert "Lot of yann" in one.locator(".cpit-recent").inner_text()
    page.locator(".cpit-open").first.click()
    second.wait_for_selector(".cpit-navigation")


def test_the_page_closes_the_workbench(guest, page_of):
    page = page_of(guest)
    page.get_by_role("button", name="Workbench").click()
    page.get_by_role("button", name="Close the workbench").click()
    page.get_by_role("heading", name="The workbench is closed").wait_for()
    guest._process.communicate(timeout=20)
    assert guest._process.returncode == 0
    guest._process = None


def test_a_launcher_put_on_the_desktop_opens_the_first_page(guest, page_of, person):
    page = page_of(guest)
    page.get_by_role("button", name="Put an icon on the desktop").click()
    page.get_by_text("It is there").wait_for()
    assert len(list((person / "Desktop").iterdir())) == 1


def test_a_recording_plays_from_a_time_code_and_marks_the_turn_that_is_heard(door, page_of):
    raw = door.folder / "data" / "raw"
    with cpit.open_study(door.folder) as study:
        source = next(
            one for one in study.corpus
            if any(part.begins is not None for part in one.structure)
        )  # fmt: skip
    silence(raw / source.path)
    page = page_of(door)
    open_note(page, door.folder, source.path)
    page.locator(".cpit-player").wait_for()
    assert faults(page, ".cpit-player") == []
    page.locator("button.pane-time").nth(1).click()
    page.locator(".pane-time[aria-current]").wait_for()
    marked = page.locator(".pane-time[aria-current]").get_attribute("data-time")
    assert marked == page.locator("button.pane-time").nth(1).get_attribute("data-time")
    page.locator(".cpit-player button").first.focus()
    page.keyboard.press(" ")
    page.get_by_role("button", name="Play", exact=True).wait_for()


def silence(document: Path) -> None:
    """Write a minute and a half of silence beside a transcript."""
    with wave.open(str(document.with_suffix(".wav")), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000 * 90)


@pytest.mark.exhaustive
def test_every_screen_can_be_used_by_everybody_in_both_themes(door, page_of):
    page = page_of(door)

    def none_is_shut_out() -> None:
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert faults(page) == []

    if page.get_by_role("button", name="Start reading").count():
        none_is_shut_out()
    for name in ("Exchanges", "Corrections"):
        screen(page, name)
        page.wait_for_selector("h1")
        none_is_shut_out()
