"""A note is coded: by mouse, by keyboard alone, over other codings; and everything is undone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e.gestures import (
    SCROLLER,
    click_on,
    drag,
    free,
    open_note,
    pointed,
    put,
    put_on,
    saved,
    sentences,
    standing,
    window,
)
from playwright.sync_api import Page
from waiting import becomes, soon

import cpit_research as cpit
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested

pytestmark = pytest.mark.browser

BY_MOUSE = "V05 exploratoire 2022-11-29.rtf"
BY_KEYS = "V12 exploratoire 2023-03-09.md"
OVER = "V06 exploratoire marche 2022-12-08.txt"
BOUNDS = "V08 exploratoire 2023-01-19.odt"
UNDONE = "V18 observation 2023-05-11.txt"
SUGGESTED = "V22 effet miroir 2023-08-30.pdf"


@pytest.fixture
def page(chromium, shared) -> Iterator[Page]:
    with window(chromium, shared.invite()) as opened:
        yield opened


@pytest.fixture
def folder(shared) -> Path:
    return shared.folder


def suggest(folder: Path, path: str, words: list[str], code: str = "S33") -> None:
    """Suggest a code for the passages of some words."""
    with cpit.open_study(folder) as study:
        source = study.corpus.at(path)
        marks = []
        for rank, one in enumerate(words):
            at = source.text.index(one)
            segment = Segment(source.id, at, at + len(one))
            marks.append(Suggested(segment, code, 0.9 - rank / 10, ((0, 3),)))
        assert study.suggest(marks, coder="lexique/1") == len(words)


def test_a_drag_from_inside_what_is_selected_selects_anew(page, folder):
    whole = next(one for one in free(folder, BY_MOUSE) if len(one.split()) > 8)
    inner = " ".join(whole.split()[3:6])
    open_note(page, BY_MOUSE)
    drag(page, whole)
    drag(page, inner)
    assert page.evaluate("getSelection().toString().trim()") == inner
    assert not page.evaluate("document.querySelector('.cpit-frame').matches(':active')")


def test_words_dragged_over_by_mouse_are_coded(page, folder):
    before = put_on(folder, BY_MOUSE)
    words = free(folder, BY_MOUSE)[4]
    open_note(page, BY_MOUSE)
    drag(page, words)
    assert page.locator(".cpit-inspector blockquote").inner_text().strip(" «»\u00a0“”") in words
    put(page, "S11")
    saved(page)
    assert dict(put_on(folder, BY_MOUSE) - before) == {("S11", words): 1}
    assert pointed(page) == "S11"


def test_clicking_alone_never_codes_anything(page, folder):
    before = put_on(folder, BY_MOUSE)
    open_note(page, BY_MOUSE)
    click_on(page, free(folder, BY_MOUSE)[6])
    page.keyboard.press("Escape")
    click_on(page, free(folder, BY_MOUSE)[7])
    put(page, "S11")
    page.keyboard.press("Escape")
    saved(page)
    assert put_on(folder, BY_MOUSE) == before


WHAT_HAS_IT = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  const drawn = getComputedStyle(one).outlineStyle !== "none" || one.matches(".pane-scroller, .cpit-note");
  return { what: one.className || one.tagName, screen: one.closest(".cpit-screen") !== null,
    note: one.matches(".cpit-note"), path: one.title, text: one.matches(".pane-scroller"), seen, drawn };
}"""


def tab_to(page: Page, found: Callable[[dict[str, Any]], bool], at_most: int = 40) -> list[Any]:
    """Press Tab until something has the keyboard; everything on the way must be in sight."""
    way = []
    for _press in range(at_most):
        page.keyboard.press("Tab")
        now = page.evaluate(WHAT_HAS_IT)
        way.append(now)
        if found(now):
            assert all(one["seen"] for one in way), way
            return way
    raise AssertionError(way)


def test_from_an_empty_tab_to_a_saved_coding_by_keyboard_alone(chromium, shared, folder):
    before = put_on(folder, BY_KEYS)
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    page = context.new_page()
    page.goto(shared.invite())
    page.wait_for_selector(".cpit-gestures")
    # What is shown the first time is left by its only button.
    tab_to(page, lambda now: now["what"] == "cpit-first")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cpit-note")
    tab_to(page, lambda now: now["note"])
    for _step in range(40):
        if page.evaluate(WHAT_HAS_IT)["path"] == BY_KEYS:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(f'.cpit-note[aria-current][title="{BY_KEYS}"]').wait_for()
    page.wait_for_selector(".pane-words")
    if not page.evaluate(WHAT_HAS_IT)["text"]:
        tab_to(page, lambda now: now["text"])
    page.keyboard.press("Control+Home")
    for _sentence in range(9):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    put(page, "decloisonner")
    saved(page)
    ((code, words), _once), *more = (put_on(folder, BY_KEYS) - before).items()
    assert not more
    assert code == "S16"
    whole = next(one for one in sentences(folder, BY_KEYS) if one.startswith(words))
    # Two words less than the sentence, and whole words.
    assert len(whole[len(words) :].split()) == 2
    assert page.evaluate(WHAT_HAS_IT)["text"]
    context.close()


def bars(page: Page) -> dict[str, Any]:
    """Where each chip of the note stands, and the lane of its bar."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".pane-words span")]
          .filter((one) => one.style.backgroundImage || one.style.cssText)
          .map((one) => [one.textContent, one.style.cssText.replace(/--lit:[^;]*;?/g, "").trim()]))"""
    )


def test_three_codings_on_the_same_words_keep_their_lanes_and_are_pointed_at_in_turn(page, folder):
    words = max(free(folder, OVER), key=len)
    pieces = words.split()
    large, middle, small = words, " ".join(pieces[1:-1]), " ".join(pieces[2:-2])
    middle, small = (one.strip(" ,;.:«»\u00a0") for one in (middle, small))
    open_note(page, OVER)
    before = bars(page)
    for passage, code in ((small, "S11"), (large, "S12"), (middle, "S14")):
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        drag(page, passage)
        put(page, code)
        saved(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    after = bars(page)
    assert {text: after[text] for text in before} == before
    target = " ".join(small.split()[1:3])
    met = []
    for _click in range(4):
        click_on(page, target)
        met.append(pointed(page))
    assert met == ["S11", "S14", "S12", "S11"]
    # The same by keyboard.
    page.locator(SCROLLER).focus()
    page.keyboard.press("o")
    assert pointed(page) == "S14"
    placed = put_on(folder, OVER)
    assert placed["S11", small] == placed["S12", large] == placed["S14", middle] == 1


def test_an_end_of_a_coding_is_moved_by_keys_and_by_its_handle(page, folder):
    words = max(free(folder, BOUNDS), key=len)
    pieces = words.split()
    passage = " ".join(pieces[1:5])
    open_note(page, BOUNDS)
    before = put_on(folder, BOUNDS)
    drag(page, passage)
    put(page, "S11")
    saved(page)
    page.keyboard.press("Escape")

    page.keyboard.press("}")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    saved(page)
    ((_code, longer),) = put_on(folder, BOUNDS) - before
    assert longer.startswith(passage)
    assert len(re.findall(r"[\w-]+", longer)) == len(re.findall(r"[\w-]+", passage)) + 2

    page.keyboard.press("[")
    page.keyboard.press("Escape")
    saved(page)
    assert dict(put_on(folder, BOUNDS) - before) == {("S11", longer): 1}

    handle = page.locator(".pane-handle.end").bounding_box()
    page.mouse.move(handle["x"] + 1, handle["y"] + handle["height"] + 4)  # its dot
    page.mouse.down()
    start = page.locator(".pane-handle.start").bounding_box()
    page.mouse.move(start["x"] + 60, start["y"] + start["height"] / 2, steps=4)
    page.mouse.up()
    saved(page)
    ((code, shorter),) = put_on(folder, BOUNDS) - before
    assert code == "S11"
    assert longer.startswith(shorter)
    assert shorter != longer


def facet_first(page: Page) -> None:
    page.keyboard.press("f")
    page.keyboard.press("Enter")
    page.locator(SCROLLER).focus()


def test_everything_that_was_done_is_undone_and_done_again(page, folder):
    clear = free(folder, UNDONE)
    first, second, third, fourth, fifth = clear[2:7]
    suggest(folder, UNDONE, [fourth, fifth])
    page.reload()
    open_note(page, UNDONE)

    def on(words: str) -> None:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        drag(page, words)

    def replace() -> None:
        page.keyboard.press("Escape")
        put(page, "S12")
        page.keyboard.press("Enter")

    def resize() -> None:
        page.keyboard.press("{")
        page.keyboard.press("Enter")

    def memo() -> None:
        page.keyboard.press("m")
        page.keyboard.type("Une idée à garder.")
        page.keyboard.press("Control+Enter")

    def propose() -> None:
        on(second)
        page.keyboard.press("h")
        page.keyboard.type("Attendre son tour")
        page.keyboard.press("Enter")

    def in_vivo() -> None:
        on(third)
        page.keyboard.press("i")

    deeds = {
        "apply": lambda: (on(first), put(page, "S11")),
        "recode": replace,
        "resize": resize,
        "facet": lambda: facet_first(page),
        "memo": memo,
        "episode": lambda: page.keyboard.press("e"),
        "propose": propose,
        "in vivo": in_vivo,
        "accept": lambda: (page.keyboard.press("Escape"), page.keyboard.press("Escape"),
                           page.keyboard.press("n"), page.keyboard.press("a")),
        "reject": lambda: page.keyboard.press("r"),
        "read": lambda: page.keyboard.press("l"),
        "retract": lambda: (page.keyboard.press("Escape"), page.keyboard.press("Escape"),
                            click_on(page, fourth[3:20]), page.keyboard.press("Delete")),
    }  # fmt: skip
    states = [standing(folder, UNDONE)]
    for name, deed in deeds.items():
        deed()
        saved(page)
        states.append(standing(folder, UNDONE))
        assert states[-1] != states[-2], name
    page.locator(SCROLLER).focus()
    for name, state in zip(reversed(deeds), reversed(states[:-1]), strict=True):
        page.keyboard.press("Control+z")
        saved(page)
        assert standing(folder, UNDONE) == state, f"{name} undone"
    for name, state in zip(deeds, states[1:], strict=True):
        page.keyboard.press("Control+Shift+z")
        saved(page)
        assert standing(folder, UNDONE) == state, f"{name} done again"
    for _deed in deeds:
        page.keyboard.press("Control+z")
    saved(page)
    assert standing(folder, UNDONE) == states[0]


def test_a_suggestion_is_answered_and_the_next_one_comes_in_one_key(page, folder):
    words = free(folder, SUGGESTED)[1:5]
    suggest(folder, SUGGESTED, words)
    page.reload()
    open_note(page, SUGGESTED)
    before = put_on(folder, SUGGESTED)
    page.locator(SCROLLER).focus()
    page.keyboard.press("n")
    shown = page.locator(".cpit-inspector blockquote")
    met = []
    for key in "arar":
        met.append(shown.inner_text().strip("«» \u00a0"))
        page.keyboard.press(key)
    saved(page)
    assert [one in said or said in one for one, said in zip(met, words, strict=True)] == [True] * 4
    becomes(page.locator(".pane-chip.suggestion").count, 0)
    assert set(put_on(folder, SUGGESTED) - before) == {("S33", words[0]), ("S33", words[2])}
    with cpit.open_study(folder) as study:
        answers = {
            one.segment.start: one.answer for one in study.suggestions("claire", answered=True)
        }
    assert len(answers) >= len(words)
    soon(lambda: page.locator(".cpit-note[aria-current] .cpit-ask").count() == 0)


@pytest.mark.parametrize("key", ["a", "r"])
def test_a_suggestion_whose_answer_is_undone_waits_again_in_its_note(page, folder, key):
    words = free(folder, SUGGESTED)[6 + "ar".index(key)]
    suggest(folder, SUGGESTED, [words], "S34")
    page.reload()
    open_note(page, SUGGESTED)
    offered = page.locator(".pane-chip.suggestion")
    soon(lambda: offered.count() > 0)
    before = offered.count()
    page.locator(SCROLLER).focus()
    for press, left in (("n", 0), (key, 1), ("Control+z", 0), ("Control+y", 1), ("Control+z", 0)):
        page.keyboard.press(press)
        saved(page)
        soon(lambda left=left: offered.count() == before - left)
    page.reload()
    page.wait_for_selector(".pane-words")
    soon(lambda: offered.count() == before)
