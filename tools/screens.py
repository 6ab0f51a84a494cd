"""Write a picture of every state of the workbench, light and dark, from the demonstration.

    python tools/screens.py               write docs/ecrans/*.png and docs/ecrans.md
    python tools/screens.py lecture aide  these states alone

A copy of the demonstration is run and given what its screens may show, then the system's Chromium
goes through the states of `tests/e2e/states.py`, in French.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from cpit_research.study.demo import demo

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = ROOT / "docs" / "ecrans"
PAGE: Final = ROOT / "docs" / "ecrans.md"
SIZE: Final = {"width": 1440, "height": 900}
THEMES: Final[dict[Literal["light", "dark"], str]] = {"light": "clair", "dark": "sombre"}

sys.path[:0] = [str(ROOT / "tests")]
BROWSER: Final = import_module("e2e.conftest")
STATES: Final = import_module("e2e.states").STATES
WALKING: Final = import_module("e2e.walking")


def take(page: Page, state: Any) -> None:
    """Write a state in both themes."""
    for scheme, theme in THEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_timeout(120)
        seen = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
        seen.convert("RGB").save(PICTURES / f"{state.name}-{theme}.png", optimize=True)


def words() -> str:
    """Return the page that shows them."""
    lines = [
        "# Les écrans de l’atelier",
        "",
        "Chaque état de l’atelier de codage, en thème clair et en thème sombre, sur l’étude de",
        "démonstration : tout y est inventé. Ces images se refont par `make screens`.",
    ]
    for state in STATES:
        lines += ["", f"## {state.words}", ""]
        for theme in THEMES.values():
            lines.append(f"![{state.words} Thème {theme}.](ecrans/{state.name}-{theme}.png)")
    # French wants a space that does not break before some signs.
    return re.sub(r" (?=[:;!?»])|(?<=«) ", "\N{NO-BREAK SPACE}", "\n".join(lines)) + "\n"


def screens(wanted: Collection[str]) -> None:
    """Go through the states, and write those that are wanted."""
    path = next(filter(None, map(shutil.which, BROWSER.NAMES)), None)
    if path is None:
        sys.exit("No Chromium is installed here.")
    PICTURES.mkdir(exist_ok=True)
    # A page names this folder: the same one each time, for the same picture.
    place = Path(tempfile.gettempdir()) / "cpit-ecrans"
    shutil.rmtree(place, ignore_errors=True)
    with ExitStack() as opened:
        opened.callback(shutil.rmtree, place, ignore_errors=True)
        os.environ["CPIT_DATA"] = str(place)
        doors = WALKING.doors_on(demo(place / "demonstration" / "study").folder, place, opened)
        playwright = opened.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=list(BROWSER.ARGUMENTS))

        def look(page: Page, state: Any) -> None:
            if not wanted or state.name in wanted:
                take(page, state)

        WALKING.walk(browser, doors, look, viewport=SIZE)
        browser.close()
    PAGE.write_text(words(), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("states", nargs="*", help="names of states; all of them by default")
    screens(set(parser.parse_args().states))
