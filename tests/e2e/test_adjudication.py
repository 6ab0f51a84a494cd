"""A round of two coders, from its opening to its last decision, in the browser and by keyboard."""

import re
from collections.abc import Iterator
from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from cpit_research.study.opening import open_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODERS = ("claire", "yann")
WHY = "Le passage dit la demande, pas la réponse"


@pytest.fixture
def closed_round(door) -> Iterator[str]:
    """A round of one note that both coders coded, closed."""
    with open_study(door.folder) as study:
        by = study.codings().columns.coders_of()
        both = {key for key, coders in by.items() if {*CODERS} <= coders}
        while True:
            opened = study.round_open(CODERS, coder="claire", sample=1, stratify=()).round
            if opened.sources[0][0] in both:
                break
            study.round_cancel(
                opened, reason="Une seule personne a codé cette note.", coder="claire"
            )
        for coder in CODERS:
            study.round_finish(opened, coder=coder)
        study.round_close(opened, coder="claire")
    return opened.name


def adjudicate(page, name: str) -> None:
    """Go to the adjudication of a round, by keyboard."""
    page.locator(".cpit-navigation button").nth(1).press("Enter")
    button = page.get_by_role("article", name=name).locator("button.cpit-first")
    button.wait_for()
    button.press("Enter")
    page.wait_for_selector(".cpit-choices")


def expect_decided(page, n: int) -> None:
    expect(page.locator(".cpit-progress progress")).to_have_js_property("value", n)


def say(page, n: int) -> None:
    """Say why, and go on to the next one."""
    page.wait_for_selector(".cpit-why input:focus")
    page.keyboard.type(f"{WHY} ({n}).")
    page.keyboard.press("Enter")
    expect_decided(page, n)


def test_a_round_is_adjudicated_to_the_end_by_keyboard(workbench, door, closed_round):
    page = workbench
    with open_study(door.folder) as study:
        left = [one.id for one in study.round_disputes(closed_round) if one.is_open]
        done = len(study.round_disputes(closed_round)) - len(left)
    assert len(left) > len("120bc")
    adjudicate(page, closed_round)
    asked = dict(zip(left, cycle("120bc"), strict=False))
    for n, key in enumerate(asked.values(), start=done + 1):
        page.keyboard.press(key)
        if key == "b":
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")
        elif key == "c":
            page.wait_for_selector(".cpit-code-choice input:focus")
            page.keyboard.type("S11")
            page.keyboard.press("Enter")
        say(page, n)
    page.wait_for_selector(".cpit-end")
    assert page.locator('.cpit-lane-card[data-fate="open"]').count() == 0
    with open_study(door.folder) as study:
        listed = study.round_disputes(closed_round)
    assert not any(one.is_open for one in listed)
    decided = {one.id: one for one in listed}
    for n, (key, way) in enumerate(asked.items(), start=done + 1):
        assert {made.why for made in decided[key].decisions} == {f"{WHY} ({n})."}
        assert {made.by for made in decided[key].decisions} == {"claire"}
        check(decided[key], way)


def check(one, key: str) -> None:
    """Look that what a key asked for is what the record holds."""
    first, *_more = one.decisions
    if key in "12":
        put = {coding.id for coding, _words in one.codings[CODERS[int(key) - 1]]}
        assert {made.kept for made in one.decisions} == (put or {None})
    elif key == "0":
        assert (first.code, first.kept) == ("", None)
    elif key == "c":
        assert (first.code, first.segment) == ("S11", one.segment)
    else:
        assert (first.code, first.segment.start) == (one.code, one.segment.start)
        assert first.segment.end > one.segment.end


def test_a_decision_is_taken_back_and_the_reason_is_chosen_by_key(workbench, door, closed_round):
    page = workbench
    with open_study(door.folder) as study:
        before_all = study.adjudications
    adjudicate(page, closed_round)
    done = page.locator(".cpit-progress progress").evaluate("(one) => one.value")
    page.keyboard.press("2")
    page.wait_for_selector(".cpit-why input:focus")
    before = page.locator(".cpit-reasons input").evaluate_all(
        "(all) => all.map((one) => one.checked)"
    )
    page.keyboard.press("ArrowDown")
    after = page.locator(".cpit-reasons input").evaluate_all(
        "(all) => all.map((one) => one.checked)"
    )
    assert after == [before[-1], *before[:-1]]
    page.keyboard.press("Enter")  # without a sentence, nothing is decided
    page.wait_for_selector('.cpit-panel [role="alert"]')
    say(page, done + 1)
    page.keyboard.press("u")
    expect_decided(page, done)
    with open_study(door.folder) as study:
        assert study.adjudications == before_all


def test_a_coder_says_that_she_has_finished_and_the_round_is_closed_from_its_page(workbench, door):
    page = workbench
    page.locator(".cpit-navigation button").nth(1).press("Enter")
    page.locator(".cpit-sheet-head button").press("Enter")
    form = page.locator(".cpit-opening")
    form.get_by_label(re.compile("^yann")).check()
    form.locator('input[type="number"]').fill("3")
    form.locator("button.cpit-first").press("Enter")
    card = page.locator(".cpit-round")
    card.wait_for()
    assert card.locator(".cpit-round-notes li").count() == 3
    card.locator("button.cpit-first").press("Enter")
    page.wait_for_selector(".cpit-round-step b")
    with open_study(door.folder) as study:
        (opened,) = study.round_list()
        assert (opened.waiting, len(opened.sources)) == (("yann",), 3)
    card.locator(".cpit-round-hold button").first.press("Enter")  # yann has not finished
    page.locator(".cpit-reason input").fill("Il est en congé.")
    page.keyboard.press("Enter")
    page.wait_for_selector('.cpit-round[data-state="closed"]')
    with open_study(door.folder) as study:
        (closed,) = study.round_list()
        assert (closed.state, closed.reason) == ("closed", "Il est en congé.")


def test_passages_are_read_again_by_key_several_at_once_and_undone(workbench, door):
    page = workbench
    page.locator(".cpit-navigation button").nth(3).press("Enter")
    page.wait_for_selector(".cpit-pile-item[aria-current]")
    total = page.locator(".cpit-pile-item").count()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("1")
    expect(page.locator(".cpit-pile-item")).to_have_count(total - 2)
    with open_study(door.folder) as study:
        assert len(study.grid_debt(coder="claire")) == total - 2
    page.keyboard.press("u")
    expect(page.locator(".cpit-pile-item")).to_have_count(total)
    page.keyboard.press("Shift+X")
    page.keyboard.press("0")
    expect(page.locator(".cpit-pile-item")).not_to_have_count(total)
    with open_study(door.folder) as study:
        assert len(study.grid_debt(coder="claire")) == page.locator(".cpit-pile-item").count()


@pytest.mark.exhaustive
def test_rounds_adjudication_and_rereading_are_open_to_everybody_in_both_themes(
    workbench, door, closed_round
):
    page = workbench

    def violations() -> list[str]:
        found = []
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]

    for rank, there in ((1, ".cpit-round"), (2, ".cpit-empty"), (3, ".cpit-pile-item")):
        page.locator(".cpit-navigation button").nth(rank).press("Enter")
        page.wait_for_selector(there)
        assert violations() == []
    adjudicate(page, closed_round)
    for keys, there in ((["1"], ".cpit-why"), (["Escape", "c"], ".cpit-code-choice"),
                        (["Escape", "b"], ".cpit-double-text [data-chosen]")):  # fmt: skip
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_selector(there)
        assert violations() == []
