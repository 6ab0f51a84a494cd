"""What a person does with a note in the workbench, and what the study then holds of it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page
from waiting import becomes, soon, still

import cpit_research as cpit
from cpit_research.language import sentences as cut
from cpit_research.study.study import Study

FRENCH: Final = {"viewport": {"width": 1280, "height": 800}, "locale": "fr-FR"}
SCROLLER: Final = ".pane-scroller"
#: Where some words stand on the screen: the middle of their first and last sign.
_WHERE: Final = """([words, beyond]) => {
  const walker = document.createTreeWalker(document.querySelector(".pane-page"), NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest(".pane-words")) nodes.push(walker.currentNode);
  }
  const whole = nodes.map((node) => node.data).join("");
  const at = whole.indexOf(words);
  if (at < 0) return null;
  const sign = (place) => {
    let from = 0;
    for (const node of nodes) {
      if (place < from + node.length) {
        const range = document.createRange();
        range.setStart(node, place - from);
        range.setEnd(node, place - from + 1);
        return [range, node];
      }
      from += node.length;
    }
  };
  const [first, node] = sign(at);
  const [last] = sign(at + words.length - 1);
  node.parentElement.scrollIntoView({ block: "center" });
  const [a, b] = [first.getBoundingClientRect(), last.getBoundingClientRect()];
  const middle = (box) => box.top + box.height / 2;
  return [[a.left + beyond, middle(a)], [b.right - beyond, middle(b)], [a.left + a.width / 2, middle(a)]];
}"""
_DRAWN: Final = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(done, 200);
})"""


@contextmanager
def page_in(context: BrowserContext, link: str) -> Iterator[Page]:
    """Open the workbench in a tab; nothing may fail inside it."""
    failures: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(link)
    page.wait_for_selector(".cpit-frame")
    leave_first_steps(page)
    yield page
    assert failures == []


@contextmanager
def window(chromium: Browser, link: str, **choices: Any) -> Iterator[Page]:
    """Open the workbench in a browser of its own."""
    context = chromium.new_context(**{**FRENCH, **choices})
    try:
        with page_in(context, link) as page:
            yield page
    finally:
        context.close()


def leave_first_steps(page: Page) -> None:
    """Go on from what is shown to somebody who comes for the first time."""
    page.wait_for_selector(".cpit-note, .cpit-gestures")
    if page.locator(".cpit-gestures").count():
        page.locator(".cpit-gestures + p button").click()


def open_note(page: Page, path: str) -> None:
    """Open a note from the list, which is folded where room is short."""
    page.wait_for_selector('.cpit-note, .cpit-column-start[data-folded="true"]')
    if page.locator(".cpit-note").count() == 0:
        page.locator(".cpit-navigation button").first.focus()
        page.keyboard.press("Alt+Digit1")
    title = title_of(page, path)
    page.locator(f'.cpit-note[title="{path}"]').click()
    chosen = f'.cpit-note[aria-current][title="{path}"]'
    page.wait_for_selector(f'{chosen}, .cpit-column-start[data-folded="true"]')
    come(page, title)


def title_of(page: Page, path: str) -> str | None:
    """The title of a note of the list."""
    return page.locator(f'.cpit-note[title="{path}"] .cpit-note-title').text_content()


def come(page: Page, title: str | None) -> None:
    """Wait until a note is there; the one before is shown until then."""
    becomes(lambda: page.evaluate("document.querySelector('.pane-scroller')?.ariaLabel"), title)
    page.wait_for_selector(".pane-words")
    soon(lambda: page.evaluate("() => !document.querySelector('.pane-sheet:empty')"))


def drag(page: Page, words: str) -> None:
    """Drag the mouse over words of the note."""
    with dragging(page, words):
        pass
    drawn(page)


@contextmanager
def dragging(page: Page, words: str) -> Iterator[None]:
    """Hold the mouse in the middle of dragging it over words of the note, then end."""
    (x, y), (to_x, to_y), _middle = _places(page, words, 1)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2)
    yield
    page.mouse.move(to_x, to_y)
    page.mouse.up()


def click_on(page: Page, words: str) -> None:
    """Click in the middle of the first sign of some words."""
    *_ends, (x, y) = _places(page, words, 0)
    page.mouse.click(x, y)
    drawn(page)


def drawn(page: Page) -> None:
    """Let the page draw what was asked of it; a tab that is hidden draws nothing."""
    page.evaluate(_DRAWN)


def settled(page: Page) -> None:
    """Wait until nothing comes any more to what the page shows."""
    still(lambda: page.evaluate("document.body.outerHTML"))


def _places(page: Page, words: str, beyond: int) -> Any:
    # Sheets take their true height once they are seen.
    found = still(lambda: page.evaluate(_WHERE, [words, beyond]), apart=0.03)
    assert found, f"{words} is not on the page"
    return found


def put(page: Page, code: str) -> None:
    """Put a code by the palette on what is selected."""
    page.keyboard.press("c")
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def saving(page: Page) -> str | None:
    return page.locator(".cpit-saving").get_attribute("data-state")


def saved(page: Page) -> None:
    """Wait until the server has everything."""
    soon(lambda: saving(page) == "saved")


def pointed(page: Page) -> str | None:
    """The code of what is pointed at."""
    chip = page.locator('.pane-chip[aria-pressed="true"] .chip-code')
    return chip.first.inner_text() if chip.count() else None


_READ: Final[dict[Path, Study]] = {}


def read(folder: Path) -> Study:
    """The study as it stands: opened once, it follows what the workbench writes."""
    if folder not in _READ:
        _READ[folder] = cpit.open_study(folder)
    return _READ[folder]


def leave_studies() -> None:
    """Close what was opened to be read."""
    while _READ:
        _READ.popitem()[1].close()


def sentences(folder: Path, path: str) -> list[str]:
    """The sentences of a note, those that are met once."""
    source = read(folder).corpus.at(path)
    said = [source.text[a:b] for a, b in cut(source.text, source.structure)]
    return [words for words in said if source.text.count(words) == 1 and len(words) > 20]


def free(folder: Path, path: str) -> list[str]:
    """Sentences of a note on which nobody coded anything."""
    study = read(folder)
    source = study.corpus.at(path)
    taken = [c.segment for c in study.codings() if c.segment.source == source.id]
    taken += [memo.segment for memo in study.memos if memo.segment.source == source.id]
    taken += [
        passage.segment
        for proposal in study.grid_proposals()
        for passage in proposal.passages
        if passage.segment.source == source.id
    ]
    places = {words: source.text.index(words) for words in sentences(folder, path)}
    return [
        words
        for words, at in places.items()
        if not any(one.start < at + len(words) and at < one.end for one in taken)
    ]


def put_on(folder: Path, path: str, coder: str = "claire") -> "Counter[tuple[str, str]]":
    """Codes and words of somebody's codings of a note."""
    study = read(folder)
    source = study.corpus.at(path)
    return Counter(
        (one.code, source.text[one.segment.start : one.segment.end])
        for one in study.codings().where(coder=coder)
        if one.segment.source == source.id
    )


def standing(folder: Path, path: str, coder: str = "claire") -> dict[str, Any]:
    """Everything that somebody said of a note, whatever the ids of events."""
    study = read(folder)
    source = study.corpus.at(path).id
    hers = [one for one in study.codings().where(coder=coder) if one.segment.source == source]
    ids = {one.id: (one.segment.start, one.segment.end, one.code) for one in hers}
    return {
        "codings": sorted((*ids[one.id], *sorted(one.facets.items())) for one in hers),
        "memos": sorted(
            (one.segment.start, one.segment.end, one.words, one.kind or "")
            for one in study.memos
            if one.segment.source == source and one.author == coder
        ),
        "proposals": sorted(
            (passage.segment.start, passage.segment.end, passage.name, passage.words)
            for proposal in study.grid_proposals()
            for passage in proposal.passages
            if passage.segment.source == source and passage.coder == coder
        ),
        "episodes": sorted(
            (one.label, sorted(ids[coding] for coding in one.codings), sorted(one.facets.items()))
            for one in study.episodes
            if one.source == source and one.coder == coder
        ),
        "suggested": sorted(
            (one.segment.start, one.code)
            for one in study.suggestions(coder)
            if one.segment.source == source
        ),
        "readings": sorted(
            (one.through, one.finished)
            for one in study.readings
            if one.source == source and one.coder == coder and (one.through or one.finished)
        ),
    }
