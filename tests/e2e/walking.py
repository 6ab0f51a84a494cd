"""Going through every state of the workbench, whoever is at work: see `states.py`."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from e2e.conftest import Door
from e2e.gestures import leave_first_steps
from e2e.states import STATES, State, selected, stage
from playwright.sync_api import Browser, Page

Doors = Callable[[str], Door]


def doors_on(demonstration: Path, place: Path, opened: ExitStack) -> Doors:
    """Return what opens the door of somebody, on one study where every screen has something to show."""
    folder = place / "study"
    shutil.copytree(demonstration, folder)
    stage(folder, place)
    (place / "nowhere").mkdir()
    known: dict[str, Door] = {}

    def door_of(who: str) -> Door:
        who = "nobody" if who == "salome" else who
        if who not in known:
            where = place / "nowhere" if who == "guest" else folder
            known[who] = Door(where, coder=who if who == "claire" else None)
            known[who].start()
            opened.callback(known[who].kill)
        return known[who]

    return door_of


@contextmanager
def entered(chromium: Browser, door: Door, who: str, **choices: object) -> Iterator[Page]:
    """Open a page for somebody, as far as her first screen."""
    context = chromium.new_context(
        **{"viewport": {"width": 1280, "height": 800}, "locale": "fr-FR", **choices}
    )
    page = context.new_page()
    page.goto(door.invite())
    page.wait_for_selector(".cpit-frame, .cpit-identity")
    if who == "salome" and page.locator(".cpit-identity").count():
        page.locator(".cpit-identity button", has_text="salome").click()
    if who in {"claire", "salome"}:
        page.wait_for_selector(".cpit-frame")
        leave_first_steps(page)
    yield page
    context.close()


def walk(
    chromium: Browser, doors: Doors, look: Callable[[Page, State], None], **choices: object
) -> None:
    """Go through every state of everybody; the server is killed at the end, for the last ones."""
    for who in ("guest", "nobody", "salome", "claire"):
        door = doors(who)
        with entered(chromium, door, who, **choices) as page:
            for state in (one for one in STATES if one.who == who):
                if state.away:
                    selected(page)
                    door.kill()
                state.reach(page)
                look(page, state)
                if state.away:
                    door.start()
