"""Codes put by digit, palette and tree; what is written beside; notes found: to the study."""

import re
import unicodedata
from collections import Counter
from functools import partial

import pytest
from e2e.conftest import Door
from e2e.gestures import open_note, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from waiting import soon

from cpit_research.study.study import Study

pytestmark = pytest.mark.browser

PATH = "V07 exploratoire 2023-01-12.md"
LETTERS = "aàeéèêiîoôuùcçnñAÉŒœ' -’S3"
words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=12)
in_the_browser = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
FOUND = """([text, query]) => cpit.search([cpit.searched(text, [[text, 1]])], query)
  .map((one) => one.ranges[0].map(([start, end]) => text.slice(start, end)).join(""))"""
AZERTY = """(key) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { code: "Digit2", key, bubbles: true, cancelable: true }))"""
ALTGR = """([key, code]) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
  { code, key, modifierAltGraph: true, bubbles: true, cancelable: true }))"""


@pytest.fixture(scope="module")
def door(shared: Door) -> Door:
    """The workbench of one copy of the demonstration for them all: their codings add up."""
    return shared


def bare(text: str) -> str:
    """Letters without accents nor case, by another way than the browser's."""
    plain = text.casefold().replace("œ", "oe").replace("’", "'")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


@in_the_browser
@given(text=words, data=st.data())
def test_any_stretch_of_a_name_finds_it_without_its_accents(module, text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    asked = bare(text[start : start + data.draw(st.integers(2, 12))])
    found = module.evaluate(FOUND, [text, asked])
    terms = asked.split()
    if terms:
        # A letter alone names what a word begins with, never what stands inside one.
        within = [len(term) > 1 or re.search(rf"(?<![^\W_]){term}", bare(text)) for term in terms]
        assert len(found) == all(within)
        assert not found or set(bare(found[0])) >= set("".join(terms))


def test_half_of_a_letter_joined_to_another_shows_it_whole(module):
    assert module.evaluate(FOUND, ["Œ3o", "o"]) == ["Œ"]


@in_the_browser
@given(text=words, query=words)
def test_the_letters_in_bold_hold_those_asked_for(module, text, query):
    for bold in module.evaluate(FOUND, [text, query]):
        for term in bare(query).split():
            missing = Counter(term) - Counter(bare(bold))
            assert not missing or len(bare(query).split()) > 1, (bold, term)


@in_the_browser
@given(
    pins=st.lists(st.sampled_from("ABCDEFGHI"), unique=True, min_size=1),
    code=st.sampled_from("ABCDEFGHIJ"),
    place=st.integers(-2, 12),
)
def test_moving_a_pin_loses_none_and_pinning_twice_changes_nothing(module, pins, code, place):
    moved = module.evaluate("([p, c, at]) => cpit.moved(p, c, at)", [pins, code, place])
    assert sorted(moved) == sorted(pins)
    if code in pins:
        assert moved[max(0, min(place, len(pins) - 1))] == code
    twice = module.evaluate("([p, c]) => cpit.toggled(cpit.toggled(p, c), c)", [pins, code])
    if len(pins) < 9 or code in pins:
        assert sorted(twice) == sorted(pins)


def at(page: Page, path: str = PATH) -> None:
    """Open a note and give its text the keyboard."""
    open_note(page, path)
    page.locator(".pane-scroller").focus()


def select(page: Page, sentence: int) -> None:
    """Select a sentence of the open note by the keyboard."""
    page.locator(".pane-scroller").focus()
    page.keyboard.press("Control+Home")
    for _step in range(sentence):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def pin(page: Page, *codes: str) -> None:
    for code in codes:
        page.locator(f'[data-line="{code}"]').focus()
        page.keyboard.press("Shift+P")
    page.locator(".pane-scroller").focus()


def saved(page: Page) -> None:
    """Wait until the server has everything."""
    page.wait_for_timeout(50)
    soon(lambda: page.locator(".cpit-saving").get_attribute("data-state") == "saved")


def study_of(door: Door) -> Study:
    return read(door.folder)


def hers(door: Door) -> "Counter[tuple[str, str]]":
    """Codes and words of claire's codings in the note."""
    study = study_of(door)
    codings = study.codings()
    return Counter(
        (one.code, codings.quote(one))
        for one in codings.where(coder="claire")
        if study.corpus[one.segment.source].path.endswith(PATH)
    )


def new(door: Door, before: "Counter[tuple[str, str]]") -> dict[str, str]:
    """What was put since, by code."""
    return dict((hers(door) - before).elements())


def test_the_palette_keeps_every_letter_however_fast(workbench):
    at(workbench)
    workbench.keyboard.type("cdécloisonner les échanges", delay=0)
    field = workbench.locator(".cpit-palette > input")
    assert field.input_value() == "décloisonner les échanges"
    field.fill("decloisonner")
    first = workbench.locator(".cpit-choice").first
    assert first.locator(".cpit-code-id").inner_text() == "S16"
    assert first.locator("b").first.inner_text() == "Décloisonner"
    workbench.keyboard.press("Escape")
    assert workbench.locator(".cpit-palette").count() == 0
    assert workbench.evaluate("document.activeElement.className").startswith("pane-scroller")


def test_a_digit_of_an_azerty_keyboard_puts_the_pinned_code(workbench, door):
    before = hers(door)
    at(workbench)
    pin(workbench, "S33", "S12")
    select(workbench, 8)
    quote = workbench.locator(".cpit-inspector blockquote").inner_text()
    workbench.evaluate(AZERTY, "é")
    saved(workbench)
    assert new(door, before) == {"S12": quote}
    workbench.reload()
    workbench.wait_for_selector(".cpit-pin")
    assert workbench.locator(".cpit-pin .cpit-code-id").all_inner_texts() == ["S33", "S12"]


def test_a_brace_written_with_altgr_moves_an_end_and_a_tilde_puts_nothing(workbench, door):
    before = hers(door)
    at(workbench)
    pin(workbench, "S33", "S12")
    select(workbench, 9)
    quote = workbench.locator(".cpit-inspector blockquote").inner_text()
    workbench.evaluate(ALTGR, ["~", "Digit2"])
    workbench.keyboard.press("Digit1")
    workbench.evaluate(ALTGR, ["}", "Equal"])
    workbench.keyboard.press("Enter")
    saved(workbench)
    ((code, words),) = new(door, before).items()
    assert code == "S33"
    assert words.startswith(quote)
    assert len(words) > len(quote)


def test_codes_put_together_are_one_step_of_undo(workbench, door):
    before = hers(door)
    at(workbench)
    pin(workbench, "S33", "S12")
    select(workbench, 9)
    workbench.keyboard.press("Shift+Digit1")
    workbench.keyboard.press("Shift+Digit2")
    assert hers(door) == before
    workbench.keyboard.press("Enter")
    saved(workbench)
    assert set(new(door, before)) == {"S33", "S12"}
    workbench.keyboard.press("Control+z")
    saved(workbench)
    assert hers(door) == before
    workbench.keyboard.press("Control+k")
    workbench.keyboard.type("S21")
    workbench.keyboard.press("Space")
    workbench.keyboard.type("S22")
    workbench.keyboard.press("Space")
    workbench.keyboard.press("Enter")
    saved(workbench)
    assert set(new(door, before)) == {"S21", "S22"}
    workbench.keyboard.press("Control+z")
    saved(workbench)
    assert hers(door) == before


def test_a_code_is_replaced_only_when_confirmed(workbench, door):
    at(workbench)
    pin(workbench, "S33", "S12")
    before = hers(door)
    select(workbench, 8)
    workbench.keyboard.press("Digit1")
    workbench.keyboard.press("Escape")
    workbench.keyboard.press("Digit2")
    saved(workbench)
    assert set(new(door, before)) == {"S33"}
    assert workbench.locator(".cpit-intent-question").count() == 1
    workbench.keyboard.press("Enter")
    saved(workbench)
    assert set(new(door, before)) == {"S12"}
    workbench.locator('[data-line="S21"]').click()
    workbench.keyboard.press("Shift+Enter")
    saved(workbench)
    assert set(new(door, before)) == {"S12", "S21"}


def test_a_retired_code_and_a_family_cannot_be_put(workbench, door):
    before = hers(door)
    at(workbench)
    select(workbench, 8)
    for line in ("S13", "F2"):
        workbench.locator(f'[data-line="{line}"]').click(force=True)
    workbench.keyboard.press("c")
    workbench.keyboard.type("S13")
    shown = workbench.locator(".cpit-choice .cpit-code-id").all_inner_texts()
    assert "S13" not in shown
    workbench.keyboard.press("Escape")
    saved(workbench)
    assert hers(door) == before


def test_the_tree_is_walked_filtered_and_read_by_the_keyboard(workbench):
    at(workbench)
    line = partial(workbench.evaluate, "document.activeElement.dataset.line")
    workbench.locator(".cpit-codes-filter input").fill("ECLAIRER decision")
    assert workbench.locator('[data-line="S13"]').count() == 1
    workbench.locator(".cpit-codes-filter input").fill("")
    workbench.locator('[data-line="F2"]').focus()
    workbench.keyboard.press("ArrowLeft")
    assert workbench.locator('[data-line="F2"]').get_attribute("aria-expanded") == "false"
    workbench.keyboard.press("ArrowDown")
    assert line() == "F3"
    workbench.keyboard.press("ArrowUp")
    workbench.keyboard.press("ArrowRight")
    workbench.keyboard.press("ArrowRight")
    assert line() == "S21"
    assert "S21" in workbench.locator(".cpit-gloss h3").inner_text()
    workbench.locator(".cpit-gloss .cpit-link").first.click()
    assert "S21" not in workbench.locator(".cpit-gloss h3").inner_text()


def test_facets_survive_a_reload(workbench, door):
    before = hers(door)
    at(workbench)
    pin(workbench, "S33")
    select(workbench, 8)
    workbench.keyboard.press("Digit1")
    workbench.keyboard.press("f")
    workbench.keyboard.press("ArrowRight")
    workbench.keyboard.press("Enter")
    asked = workbench.locator('[role="radio"][aria-checked="true"]')
    value = asked.inner_text()
    saved(workbench)
    (quote,) = new(door, before).values()
    codings = study_of(door).codings()
    put = [one for one in codings.where(coder="claire", code="S33") if codings.quote(one) == quote]
    said = [one.facets for one in put]
    assert [set(facets) for facets in said] == [{"effectivity"}]
    workbench.reload()
    at(workbench)
    select(workbench, 8)
    workbench.keyboard.press("Digit1")  # already there: it is pointed at, not put twice
    assert asked.inner_text() == value


def test_what_the_grid_lacks_is_named_in_one_key(workbench, door):
    at(workbench)
    select(workbench, 8)
    workbench.keyboard.press("h")
    workbench.keyboard.type("Tenir sans rien dire")
    workbench.keyboard.press("Enter")
    select(workbench, 9)
    quote = workbench.locator(".cpit-inspector blockquote").inner_text()
    workbench.keyboard.press("i")
    saved(workbench)
    named = {one.name: [p.coder for p in one.passages] for one in study_of(door).grid_proposals()}
    assert named["Tenir sans rien dire"] == ["claire"]
    assert any(name.rstrip("…") in quote for name in named)
    select(workbench, 10)
    workbench.keyboard.press("h")
    workbench.keyboard.type("tenir sans RIEN")
    assert workbench.locator(".cpit-names li").all_inner_texts() == ["Tenir sans rien dire"]
    workbench.keyboard.press("ArrowDown")
    workbench.keyboard.press("Enter")
    saved(workbench)
    (again,) = [o for o in study_of(door).grid_proposals() if o.name == "Tenir sans rien dire"]
    assert len(again.passages) == 2


def test_an_episode_gathers_codings_one_key_after_another(workbench, door):
    known = {one.id for one in study_of(door).episodes}
    at(workbench)
    pin(workbench, "S33")
    select(workbench, 13)
    workbench.keyboard.press("Digit1")
    workbench.keyboard.press("e")
    select(workbench, 14)
    workbench.keyboard.press("c")
    workbench.keyboard.type("AC08")
    workbench.keyboard.press("Enter")
    workbench.keyboard.press("e")
    label = workbench.locator(".cpit-card input.cpit-written").first
    label.fill("La lampe")
    label.press("Enter")
    saved(workbench)
    (made,) = [one for one in study_of(door).episodes if one.id not in known]
    assert (made.label, len(made.codings), made.actors) == ("La lampe", 2, ("AC08",))
    codes = {one.id: one.code for one in study_of(door).codings()}
    assert codes[made.principal] == "S33"
    for _step in range(2):
        workbench.keyboard.press("Control+z")
    saved(workbench)
    (back,) = [one for one in study_of(door).episodes if one.id not in known]
    assert (back.label, len(back.codings)) == ("", 1)


def test_a_memo_is_kept_as_one_act_when_it_is_left(workbench, door):
    count = len(study_of(door).memos)
    at(workbench)
    select(workbench, 8)
    workbench.keyboard.press("m")
    workbench.locator(".cpit-memo-editor select").select_option("methodological")
    workbench.locator(".cpit-memo-editor textarea").fill("Relire avec les autres.")
    workbench.locator(".cpit-codes-filter input").focus()
    saved(workbench)
    made = [one for one in study_of(door).memos if one.words == "Relire avec les autres."]
    assert [(one.kind, one.author) for one in made] == [("methodological", "claire")]
    assert len(study_of(door).memos) == count + 1


def test_notes_are_filtered_and_searched_without_accents(workbench, door):
    notes = workbench.locator(".cpit-note")
    all_of_them = len(study_of(door).corpus)
    soon(lambda: notes.count() == all_of_them)
    workbench.locator(".cpit-notes-filters > input").fill("ETIQUETTES")
    soon(lambda: notes.count() == 1)
    assert notes.get_attribute("title") == PATH
    workbench.locator(".cpit-notes-filters > input").fill("")
    soon(lambda: notes.count() == all_of_them)
    at(workbench)
    workbench.keyboard.press("s")
    workbench.keyboard.type("ETIQUETTES")
    hits = workbench.locator(".cpit-hit")
    soon(hits.count)
    assert all(bare(b) == "etiquettes" for b in hits.locator("b").all_inner_texts())
    workbench.keyboard.press("Enter")
    soon(lambda: workbench.locator(".cpit-inspector blockquote").count())
    assert "etiquettes" in bare(workbench.locator(".cpit-inspector blockquote").inner_text())
