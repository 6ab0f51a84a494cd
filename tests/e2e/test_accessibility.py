"""Everybody can use every state: axe-core finds nothing, in both themes, and zoom cuts nothing off."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe
from e2e.states import STATES, State
from e2e.walking import Doors, doors_on, entered, walk
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: What sticks out of the window, or is wider than what holds it and hides it.
CUT_OFF = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [];
  if (document.documentElement.scrollWidth > wide) out.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const scrolls = (one) => {
    for (let box = one.parentElement; box; box = box.parentElement) {
      const { overflowX } = getComputedStyle(box);
      if (overflowX === "auto" || overflowX === "scroll") return true;
    }
    return false;
  };
  for (const one of document.querySelectorAll("button, input, select, textarea, h1, h2, h3, p")) {
    const box = one.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || one.closest(".cpit-unseen")) continue;
    if ((box.right > wide + 1 || box.left < -1) && !scrolls(one)) {
      out.push(`${one.tagName}.${one.className} ${Math.round(box.left)}–${Math.round(box.right)}: ${one.textContent.slice(0, 40)}`);
    }
  }
  return out;
}"""


@pytest.fixture(scope="module")
def doors(demonstration, tmp_path_factory) -> Iterator[Doors]:
    """Doors on one study where every screen has something to show."""
    place = tmp_path_factory.mktemp("states")
    with ExitStack() as opened:
        yield doors_on(demonstration, place, opened)


#: Of two themes of one page, only colours differ.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
ALL = {"resultTypes": ["violations"]}


def faults(page: Page, options: dict[str, object] = ALL) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:140]}" for one in found for node in one["nodes"]]


@pytest.mark.exhaustive  # a minute
def test_axe_finds_nothing_in_any_state_light_or_dark(chromium, doors):
    found: dict[str, list[str]] = {}

    def look(page: Page, state: State) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_timeout(50)
            if wrong := faults(page, ALL if scheme == "light" else COLOURS):
                found[f"{state.name} {scheme}"] = wrong

    walk(chromium, doors, look)
    assert found == {}


@pytest.mark.parametrize("theme", ["dark", pytest.param("light", marks=pytest.mark.exhaustive)])
def test_axe_finds_nothing_in_a_theme_chosen_against_that_of_the_system(chromium, doors, theme):
    system = "dark" if theme == "light" else "light"
    with entered(chromium, doors("claire"), "claire", color_scheme=system) as page:
        while page.locator(f'.cpit[data-theme="{theme}"]').count() == 0:
            page.locator(".cpit-bar button").first.click()
        for name in ("codage", "palette"):
            next(one for one in STATES if one.name == name).reach(page)
            assert faults(page) == []
            page.keyboard.press("Escape")


@pytest.mark.exhaustive
def test_at_twice_the_size_nothing_is_cut_off(chromium, doors):
    found: dict[str, list[str]] = {}

    def look(page: Page, state: State) -> None:
        if wrong := page.evaluate(CUT_OFF):
            found[state.name] = wrong

    walk(chromium, doors, look, viewport={"width": 640, "height": 400}, device_scale_factor=2)
    assert found == {}
