"""All the passages of a code: listed, walked and read by the keyboard alone."""

import re
from typing import Any

import pytest
from e2e.gestures import open_note, pointed, saved, window
from playwright.sync_api import Page
from waiting import soon

import cpit_research as cpit
from cpit_research.model.segment import Segment

pytestmark = pytest.mark.browser

PATH = "V07 exploratoire 2023-01-12.md"


@pytest.fixture(scope="module")
def door(shared: Any) -> Any:
    """One workbench for all: each test counts what stands when it begins."""
    return shared


@pytest.fixture(scope="module")
def many(door: Any) -> int:
    """How many passages bear S75, put on more of them than are listed at once."""
    with cpit.open_study(door.folder) as study:
        source = study.corpus.at(PATH)
        study.code_all(
            [(Segment(source.id, at, at + 9), "S75") for at in range(30, 30 + 5 * 230, 5)],
            coder="claire",
        )
        return len(study.codings().where(code="S75", coder="claire", decided=False))


def bearing(door: Any, code: str, *, coder: str = "claire") -> list[tuple[str, str, str]]:
    """Notes, codes and words of what somebody put under a code, in order."""
    with cpit.open_study(door.folder) as study:
        codings = study.codings()
        order = [source.id for source in study.corpus]
        kept = sorted(
            codings.where(code=code, coder=coder, decided=False),
            key=lambda one: (
                order.index(one.segment.source), one.segment.start, -one.segment.end, one.id,
            ),
        )  # fmt: skip
        return [
            (study.corpus[one.segment.source].path, one.code, codings.quote(one)) for one in kept
        ]


def ask(page: Page, code: str) -> None:
    """Ask for the passages of a code of the index, by its key."""
    page.locator(f'[data-line="{code}"]').focus()
    page.keyboard.press("v")
    soon(lambda: here(page) == "0")


def here(page: Page) -> str | None:
    """The line of the list where the keyboard is."""
    return page.evaluate("document.activeElement.dataset.rank ?? null")


def in_text(page: Page) -> bool:
    return page.evaluate("document.activeElement.classList.contains('pane-scroller')")


def total(page: Page) -> int:
    found = re.match(r"\d+", page.locator('.cpit-search [role="status"]').inner_text())
    return int(found[0]) if found else -1


def test_the_passages_of_a_code_are_walked_there_and_back_by_the_keyboard(chromium, door):
    hers = bearing(door, "S12")
    assert len({path for path, _code, _words in hers}) > 3
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        used = page.locator('[data-line="S12"] .cpit-line-used').inner_text()
        ask(page, "S12")
        assert total(page) == len(hers) == int(re.sub(r"\D", "", used))
        shown = page.locator(".cpit-hit-words b").all_text_contents()
        assert [words.split() for words in shown] == [words.split() for *_note, words in hers]
        for rank in (3, len(hers) - 1):
            while here(page) != str(rank):
                page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            soon(lambda: in_text(page))
            soon(lambda: pointed(page) == "S12")
            path, _code, words = hers[rank]
            said = page.locator(".cpit-inspector blockquote").inner_text()
            assert said.split() == words.split()
            assert page.locator(f'.cpit-hit [aria-current][data-rank="{rank}"]').count() == 1
            page.keyboard.press("Escape")
            assert here(page) == str(rank)
        page.keyboard.press("Escape")
        assert page.locator(f'.cpit-note[aria-current][title="{path}"]').count() == 1
        assert in_text(page)


def test_the_next_passage_comes_by_its_key_and_escape_leaves_what_was_done_meanwhile(
    chromium, door
):
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        ask(page, "S12")
        page.keyboard.press("Enter")
        soon(lambda: in_text(page))
        first = page.locator(".cpit-inspector blockquote").inner_text()
        page.keyboard.press("F3")
        soon(lambda: page.locator(".cpit-inspector blockquote").inner_text() != first)
        soon(lambda: pointed(page) == "S12")
        assert in_text(page)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")  # a sentence is selected: it is left first, then the note
        page.keyboard.press("Escape")
        assert in_text(page)
        page.keyboard.press("Escape")
        assert here(page) == "1"


def test_a_family_lists_what_is_under_it_each_with_its_code(chromium, door):
    hers = bearing(door, "F2")
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        ask(page, "F2")
        assert total(page) == len(hers)
        told = page.locator(".cpit-hit-from").all_text_contents()
        assert [words.split(" · ")[0] for words in told] == [code for _path, code, _words in hers]


def test_those_of_others_are_listed_when_asked_for_and_opened_with_their_work(chromium, door):
    hers, his = bearing(door, "S21"), bearing(door, "S21", coder="yann")
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        ask(page, "S21")
        assert total(page) == len(hers)
        assert "yann" not in page.locator(".cpit-search-found").text_content()
        page.locator('.cpit-search input[type="checkbox"]').focus()
        page.keyboard.press(" ")
        soon(lambda: total(page) > len(hers))
        assert page.locator(".cpit-hit", has_text="yann").count() == len(his) > 0
        page.locator(".cpit-hit", has_text="yann").first.locator("button").focus()
        page.keyboard.press("Enter")
        soon(lambda: "yann" in page.locator(".cpit-inspector").inner_text())
        soon(lambda: pointed(page) == "S21")
        assert page.locator(".pane-others input:checked").count() == 1


def test_the_filters_of_the_notes_and_further_pages(chromium, door, many):
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        ask(page, "S75")
        assert total(page) == many > 200
        assert page.locator(".cpit-hit").count() == 200
        page.locator('[data-rank="200"]').focus()
        page.keyboard.press("Enter")
        soon(lambda: page.locator(".cpit-hit").count() == many)
        assert here(page) == "200"
        page.locator(".cpit-notes-more button").first.click()
        page.locator(".cpit-notes-choices select").nth(1).select_option(index=2)
        soon(lambda: total(page) < many)
        page.keyboard.press("Escape")
        page.locator(".cpit-hit-line").first.focus()
        page.keyboard.press("Escape")
        saved(page)
        assert page.locator(".cpit-note").count() > 0


def test_the_next_passage_beyond_those_listed_is_fetched_and_gone_to(chromium, door, many):
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        ask(page, "S75")
        page.locator('.cpit-hit-line[data-rank="199"]').click()
        current = page.locator(".cpit-hit [aria-current]")
        soon(lambda: current.get_attribute("data-rank") == "199" and in_text(page))
        page.keyboard.press("F3")
        soon(lambda: page.locator(".cpit-hit").count() == many)
        soon(lambda: current.get_attribute("data-rank") == "200")
        soon(lambda: in_text(page))
        page.keyboard.press("F3")
        soon(lambda: current.get_attribute("data-rank") == "201")
        page.keyboard.press("Shift+F3")
        page.keyboard.press("Shift+F3")
        soon(lambda: current.get_attribute("data-rank") == "199")


def test_the_next_hit_beyond_those_listed_is_fetched_and_gone_to(chromium, door):
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        page.keyboard.press("s")
        page.keyboard.type("le")
        soon(lambda: total(page) > 310)
        n = total(page)
        page.locator('.cpit-hit-line[data-rank="299"]').click()
        current = page.locator(".cpit-hit [aria-current]")
        soon(lambda: current.count() and current.get_attribute("data-rank") == "299")
        page.locator(".pane-scroller").focus()
        page.keyboard.press("F3")
        soon(lambda: current.get_attribute("data-rank") == "300")
        assert here(page) is None  # the keyboard does not go to the list
        assert page.locator(".cpit-hit").count() == min(n, 600)
        lines = page.locator(".cpit-hit-words").all_inner_texts()
        assert lines[300] != lines[0]


def test_words_searched_before_passages_come_back_by_escape(chromium, door):
    with window(chromium, door.invite()) as page:
        open_note(page, PATH)
        page.keyboard.press("s")
        page.keyboard.type("Plateaux")
        soon(lambda: total(page) > 1)
        hits = page.locator(".cpit-hit-words").all_inner_texts()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        current = page.locator(".cpit-hit [aria-current]")
        soon(lambda: current.count() and current.get_attribute("data-rank") == "1")
        ask(page, "S12")
        assert page.locator(".cpit-search-field").count() == 0
        ask(page, "S14")
        page.keyboard.press("Escape")
        soon(lambda: page.locator(".cpit-search-field").count())
        assert page.locator(".cpit-search-field").input_value() == "Plateaux"
        assert page.locator(".cpit-hit-words").all_inner_texts() == hits
        assert here(page) == "1"
        page.keyboard.press("Escape")
        assert in_text(page)
        assert page.locator(".cpit-note").count()
        ask(page, "S12")
        page.locator(".cpit-notes-head button").click()
        assert page.locator(".cpit-note").count()
        page.keyboard.press("s")
        assert page.locator(".cpit-search-field").input_value() == "Plateaux"
