"""Whatever is selected on the page, by mouse or by keys, is what is coded, to the sign."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from keeping.small_studies import make_study
from playwright.sync_api import Browser, Page
from waiting import BEEN_HERE

from cpit_research.study.study import Study
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = "S11"
PATH = "V04 exploratoire 2022-11-23.md"
#: What makes offsets go wrong: two units, several code points a sign, nothing to see, mark-up.
TRAPS = (
    "👩‍🌾👨‍👩‍👧‍👦 puis 🇫🇷🇧🇪🇨🇭, l’équipe dit « d’accord »",
    "q̃uelques lettre\u0301es d\u0323e\u0307composées, œuvre et cœur",
    "<b>pas en gras</b> &amp; <script>alert(1)</script> &lt;&nbsp;",
    "un\u00a0espace\u202ffine\u00a0: 1\u00a0200\u00a0€\u00a0; fin\u2011de\u2011mot",
    "un lien [ici](https://example.org/?a=1&b=2) et `du code`, *en italique*",
    "𝒞𝒶𝓁𝓁𝒾𝑔𝓇𝒶𝓅𝒽𝒾𝑒 mathématique et 👍🏽 de peau, ❤️‍🔥 aussi",
    "Aujourd’hui l’adjoint·e qu’on appelle chef·fe : 3,5 % ou 12.4",
)
SELECT = """([from, to]) => {
  const page = document.querySelector('.pane-page');
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest('.pane-words')) nodes.push(walker.currentNode);
  }
  const at = ([share, within]) => {
    const node = nodes[Math.floor(share * nodes.length)];
    return [node, Math.floor(within * (node.length + 1))];
  };
  const press = (kind, target) => target.dispatchEvent(
    new PointerEvent(kind, { bubbles: true, button: 0, clientX: 5, clientY: 5 }));
  press('pointerdown', page);
  document.getSelection().setBaseAndExtent(...at(from), ...at(to));
  press('pointerup', document);
}"""
#: Read once the page has taken what the mouse selected, which it does just after the event.
SELECTED = """() => new Promise((read) => {
  setTimeout(() => read(document.getSelection().toString()), 2);
})"""
VISIBLE = """() => [...document.querySelectorAll('.pane-words')]
  .map((one) => one.getBoundingClientRect())
  .filter((box) => box.top > 120 && box.bottom < innerHeight - 20 && box.height > 10)
  .map((box) => [box.left, box.top, box.right, box.bottom])"""


@dataclass
class Opened:
    """The page on a note full of traps, and what was selected each time a code was put."""

    page: Page
    folder: Path
    put: list[str] = field(default_factory=list)

    def code(self) -> None:
        """Put the code on what is selected, if anything is."""
        words = bare(self.page.evaluate(SELECTED))
        if words:
            self.put.append(words)
            self.page.keyboard.press("Digit1")

    def saved(self) -> None:
        """Wait until nothing waits any more."""
        until = time.monotonic() + 30
        while self.page.locator(".cpit-saving[data-state=saved]").count() == 0:
            assert time.monotonic() < until
            time.sleep(0.05)


def some(times: int, *, all_of: int) -> pytest.MarkDecorator:
    """Ask so many times of the first that are drawn; of all, in the exhaustive part."""
    every = pytest.param(all_of, marks=pytest.mark.exhaustive)
    return pytest.mark.parametrize("times", [times, every])


def bare(words: str) -> str:
    """Take blanks out: between two blocks, the page and the text do not write the same ones."""
    return "".join(words.split())


def note(draw: Random) -> str:
    """A note of headings, paragraphs, items, a table and traps, its lines ended by CRLF."""
    lines = ["# Une note piégée 🪤", "", "Visite : V04", ""]
    for rank in range(24):
        words = [f"{draw.choice(TRAPS)} ({rank}{letter})" for letter in "abc"[: draw.randint(1, 3)]]
        lead = draw.choice(("", "", "- ", f"{rank}. ", "> ", "## "))
        lines += [f"{lead}{'. '.join(words)}.", ""]
    lines += ["| qui | quoi 🇫🇷 |", "|---|---|", "| 👩‍🌾 | <td>rien</td> |", "| là |  |"]
    lines += ["", "Fin 🌾."]
    return "\r\n".join(lines)


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opened]:
    folder = tmp_path / "study"
    with make_study(folder, ()) as study:
        received = note(Random(7)).encode()
        (folder / "data" / "raw" / PATH).write_bytes(received)
        assert not study.ingest().refused
        kept = [f"cpit.kept.codes.pinned.{one}" for one in ("", study.identity.id)]
    running: list[Running] = []
    thread = threading.Thread(target=lambda: serve(folder, running), daemon=True)
    thread.start()
    until(lambda: bool(running) and running[0].started)
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(BEEN_HERE)
    page = context.new_page()
    page.add_init_script(f"{kept}.forEach((one) => localStorage.setItem(one, '[\"{CODE}\"]'))")
    page.goto(running[0].link)
    page.get_by_text("Une note piégée").first.click()
    page.wait_for_selector(".pane-words")
    yield Opened(page, folder)
    context.close()
    running[0].stop()
    thread.join(10)


def serve(folder: Path, running: list[Running]) -> None:
    with Study(folder) as study:
        running.append(Running(Desk(study, coder="claire")))
        running[0].run()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def check(opened: Opened) -> list[Any]:
    """What the study holds is what was selected, and reads as its passages; return the codings."""
    opened.saved()
    with Study(opened.folder) as study:
        (source,) = study.corpus
        codings = list(study.codings())
        quotes = [source.text[one.segment.start : one.segment.end] for one in codings]
        for coding, quote in zip(codings, quotes, strict=True):
            assert study.corpus.quote(coding.segment) == quote
            assert quote == quote.strip()
    assert {bare(quote) for quote in quotes} == set(opened.put)
    return codings


@some(60, all_of=220)
def test_ranges_of_the_page_are_coded_as_they_were_selected(opened, times):
    draw = Random(11)
    page = opened.page
    for _time in range(times):
        ends = [[draw.random(), draw.random()] for _end in range(2)]
        if draw.random() < 0.9:
            ends[1][0] = min(0.999, ends[0][0] + draw.random() * 0.05)
        page.evaluate(SELECT, ends)
        opened.code()
    assert len(check(opened)) > 120 * times // 220


@some(40, all_of=80)
def test_what_the_mouse_is_dragged_over_is_what_is_coded(opened, times):
    draw = Random(12)
    page = opened.page
    for turn in range(times):
        if turn % 10 == 0:
            page.mouse.move(600, 500)
            page.mouse.wheel(0, draw.randint(-600, 900))
            page.wait_for_timeout(80)
        boxes = page.evaluate(VISIBLE)
        points = [
            (draw.uniform(left + 2, right - 2), draw.uniform(top + 2, bottom - 2))
            for left, top, right, bottom in draw.choices(boxes, k=2)
        ]
        page.keyboard.press("Escape")  # what is pointed at has handles, that a mouse may take
        page.keyboard.press("Escape")
        page.mouse.move(*points[0])
        page.mouse.down()
        page.mouse.move(*points[1], steps=3)
        page.mouse.up()
        opened.code()
    assert len(check(opened)) > times // 2


@some(50, all_of=150)
def test_what_the_keyboard_extends_over_is_what_is_coded(opened, times):
    draw = Random(13)
    page = opened.page
    page.locator(".pane-scroller").focus()
    moves = ("ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Home", "End")
    for _time in range(times):
        page.keyboard.press("Escape")
        for _move in range(draw.randint(1, 4)):
            page.keyboard.press(draw.choice(moves))
        if draw.random() < 0.3:
            page.keyboard.press("Enter")
        for _move in range(draw.randint(1, 5)):
            page.keyboard.press(f"Shift+{draw.choice(moves)}")
        opened.code()
    assert len(check(opened)) > 60 * times // 150


@some(50, all_of=120)
def test_no_sign_of_several_code_points_is_ever_cut(opened, times):
    draw = Random(14)
    for _time in range(times):
        opened.page.evaluate(SELECT, [[draw.random(), draw.random()] for _end in range(2)])
        opened.code()
    check(opened)
    with Study(opened.folder) as study:
        (source,) = study.corpus
        edges = {edge for one in study.codings() for edge in (one.segment.start, one.segment.end)}
    joined = {
        at + 1
        for at, (before, after) in enumerate(pairwise(source.text))
        if "\u200d" in (before, after) or after in "\ufe0f\u0303\U0001f3fd"
    }
    assert not edges & joined
