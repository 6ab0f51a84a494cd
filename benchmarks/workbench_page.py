"""The page of the workbench in Chromium: opening a note, answering to a key, memory of the page.

    python benchmarks/workbench_page.py             both notes, each key pressed 60 times
    python benchmarks/workbench_page.py --keys 20   less
    python benchmarks/workbench_page.py --small     the note of 5,000 words alone
    python benchmarks --only page                   beside the other measures

It makes its studies, serves them, and drives the system's Chromium; without one it says so.

Painted: after a key, the first frame that follows it has been drawn (a task run right after that
frame); twice: the frame after that one has begun, as prototypes measured it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from french import Writer
from openpyxl import Workbook
from place import ROOT
from playwright.sync_api import Browser, Page, sync_playwright

import cpit_research as cpit
from cpit_research.model.segment import Segment
from cpit_research.study.study import Study
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server.running import Running

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--enable-precise-memory-info", "--js-flags=--expose-gc",
)  # fmt: skip
CODES = 35
CODER = "claire"


@dataclass(frozen=True)
class Shape:
    """How much a note holds, and what is hoped for (ms): open, median and longest of a key."""

    name: str
    words: int
    spans: int
    aims: tuple[float, float, float] = (0, 0, 0)


SHAPES = (
    Shape("5 000 words, 300 spans", 5_000, 300, (150, 25, 60)),
    Shape("40 000 words, 2 000 spans", 40_000, 2_000),
)
#: Keys measured, each beside what it does; those of one line are pressed in turn.
KEYS = (
    {"Digit1": "a code put", "Control+z": "undone"},
    {"Shift+ArrowDown": "selection grown"},
    {"o": "overlap cycled"},
    {"}": "boundary moved"},
)
_LISTEN = """() => {
  window.painted = [];
  addEventListener('keydown', (event) => {
    if (['Shift', 'Control'].includes(event.key)) return;
    const start = performance.now();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      const times = [];
      const told = () => times.push(performance.now() - start) === 2 && window.painted.push(times);
      port1.onmessage = told;
      port2.postMessage(0);
      requestAnimationFrame(told);
    });
  }, true);
}"""
_OPEN = """([title, ahead]) => new Promise((resolve) => {
  const row = [...document.querySelectorAll('.cpit-column-start button, .cpit-column-start [role]')]
    .find((one) => one.textContent.includes(title));
  let start = 0;
  const root = document.querySelector('main');
  const seen = new MutationObserver(() => {
    if (!root.querySelector('.pane-words')) return;
    seen.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const calls = performance.getEntriesByType('resource');
        const call = calls.filter((one) => one.name.endsWith('/api/note')).at(-1);
        resolve([performance.now() - start, performance.now() - (call?.responseEnd ?? start)]);
      };
      port2.postMessage(0);
    });
  });
  seen.observe(root, { childList: true, subtree: true });
  if (ahead) row.focus();
  setTimeout(() => {
    start = performance.now();
    row.click();
  }, ahead);
})"""


def main() -> None:
    """Print both tables."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--keys", type=int, default=60, help="times that each key is pressed")
    asked.add_argument("--small", action="store_true", help="the note of 5,000 words alone")
    options = asked.parse_args()
    for line in table(options.keys, SHAPES[:1] if options.small else SHAPES):
        sys.stdout.write(f"{line}\n")


def lines(notes: int = 500) -> Iterator[str]:
    """Yield the table; for few notes, of the shorter note alone and of fewer keys."""
    yield from table(min(60, notes), SHAPES if notes >= 50 else SHAPES[:1])


def table(keys: int, shapes: tuple[Shape, ...]) -> Iterator[str]:
    """Yield what is measured of each note, with the aims beside it."""
    if not CHROMIUM:
        yield "No Chromium is installed: the page of the workbench is not measured here."
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for shape in shapes:
            place = Path(folder) / str(shape.words)
            pinned = make(place, shape)
            with served(place) as link:
                yield from _measured(browser, link, pinned, shape, keys)
            yield ""
        browser.close()


def make(folder: Path, shape: Shape) -> str:
    """Make a study of one note, coded by chance; return where the page keeps its pinned codes."""
    with cpit.create_study(folder) as study:
        grid = (ROOT / "grids" / "v1.yaml").read_text("utf-8")
        (study.folder / "grids" / "v1.yaml").write_text(grid, "utf-8")
        raw = study.folder / "data" / "raw"
        _register(raw / "registre.xlsx")
        draw = Random(shape.name)
        (raw / "V01 exploratoire 2022-10-12.txt").write_text(_text(draw, shape), "utf-8")
        study.ingest()
        (source,) = study.corpus
        codes = [code.id for code in study.grid().leaves()][:CODES]
        study.code_all(_marks(draw, source.id, source.text, codes, shape.spans), coder=CODER)
        return f"cpit.kept.codes.pinned.{study.identity.id}"


def _text(draw: Random, shape: Shape) -> str:
    write = Writer(draw, ["Montfauve", "Maëlle Kerdoncuff"])
    words, parts = 0, ["Montfauve, une journée\n======================", "Visite : V01"]
    while words < shape.words:
        said = write.paragraph(draw.randrange(20, 160))
        words += said.count(" ") + 1
        label = f"[{draw.choice(('Chercheuse', 'Maire'))}] ({words // 150}:{words % 60:02})\n"
        parts.append(f"{label}{said}" if shape.words > 10_000 else said)
    return "\n\n".join(parts)


def _marks(
    draw: Random, source: str, text: str, codes: list[str], spans: int
) -> Iterator[tuple[Segment, str]]:
    for _span in range(spans):
        start = draw.randrange(60, len(text) - 500)
        start = text.index(" ", start) + 1
        end = text.index(" ", start + draw.randrange(20, 420))
        yield Segment(source, start, end), draw.choice(codes)


def _register(path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (
        ("Territoires", [["id", "nature", "espace"], ["T01", "commune", "rural"]]),
        ("Participants", [
            ["id", "territoire", "rôle", "droit de citer"], ["P01", "T01", "maire", "oui"],
        ]),
        ("Chercheurs", [["id", "rôle"], [CODER, "chercheuse"]]),
        ("Visites", [
            ["id", "territoire", "type", "date", "état", "participants"],
            ["V01", "T01", "exploratoire", "12/10/2022", "faite", "P01"],
        ]),
    ):  # fmt: skip
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a study from a thread of its own; yield the link that lets a browser in."""
    running: list[Running] = []
    ready = threading.Event()

    def work() -> None:
        with Study(folder) as study:
            running.append(Running(Desk(study, coder=CODER)))
            ready.set()
            running[0].run()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    ready.wait(60)
    while not running[0].started:
        time.sleep(0.02)
    try:
        yield running[0].link
    finally:
        running[0].stop()
        thread.join(10)


def _measured(browser: Browser, link: str, pinned: str, shape: Shape, keys: int) -> Iterator[str]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    kept = {pinned: '["S11"]', "cpit.kept.met": "true"}
    page.add_init_script(
        f"Object.entries({kept}).forEach((one) => localStorage.setItem(...one));"
        "localStorage.removeItem('cpit.kept.place')"
    )
    whole, own = _opened(page, link)
    opening, median, longest = shape.aims
    yield f"{shape.name}, {CODES} codes"
    yield f"  {'':<18}{'median ms':>12}{'longest ms':>12}{'twice, median':>15}{'aims':>12}"
    yield f"  {'open → painted':<18}{whole:>12.0f}{'':>12}{'':>15}{_aim(opening):>12}"
    yield f"  {'  once received':<18}{own:>12.0f}"
    page.wait_for_timeout(2_000)
    ahead, _own = _opened(page, page.url.partition("#")[0], pointed=700)
    yield f"  {'  pointed at first':<18}{ahead:>12.0f}"
    page.wait_for_timeout(2_000)
    page.evaluate(_LISTEN)
    told = f"{_aim(median)} / {_aim(longest)}" if median else ""
    for named in KEYS:
        painted = _pressed(page, list(named), keys)
        for rank, what in enumerate(named.values()):
            once = [min(times) for times in painted[rank :: len(named)]]
            twice = statistics.median(max(times) for times in painted[rank :: len(named)])
            yield (
                f"  {what:<18}{statistics.median(once):>12.1f}{max(once):>12.1f}"
                f"{twice:>15.1f}{told:>12}"
            )
    yield f"  {'memory of scripts':<18}{_memory(page):>12.1f} MB"
    page.close()


def _opened(page: Page, address: str, pointed: int = 0) -> tuple[float, float]:
    """Open the page, then its note, `pointed` ms after it has the focus; return both times."""
    page.goto(address)
    page.wait_for_selector(".cpit-column-start li")
    page.wait_for_timeout(500)
    whole, own = page.evaluate(_OPEN, ["Montfauve", pointed])
    return whole, own


def _aim(limit: float) -> str:
    return f"{limit:.0f}" if limit else ""


def _pressed(page: Page, keys: list[str], times: int) -> list[Any]:
    """Press keys in turn, again and again, from a sentence in the middle of what is seen."""
    page.evaluate("document.querySelector('.pane-scroller').focus()")
    for one in ("Escape", "Escape", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(one)
    if keys[0] in "o}":
        page.keyboard.press("Escape")
        page.keyboard.press("o")
    page.wait_for_timeout(200)
    page.evaluate("window.painted = []")
    for _time in range(times):
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(80)
    painted = list(page.evaluate("window.painted"))
    page.keyboard.press("Escape")
    return painted


def _memory(page: Page) -> float:
    return float(page.evaluate("gc() || performance.memory.usedJSHeapSize")) / 2**20


if __name__ == "__main__":
    main()
