"""From filled-in cells to segments."""

import random
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpit_research.corpus.placing import Problem, resolve_sheet
from cpit_research.errors import InvalidInput
from cpit_research.model.coding_sheet import CodingSheet, Mark, SheetRow
from cpit_research.model.grid import Code, Grid
from cpit_research.model.segment import Segment

GRID = Grid(
    "demo",
    "v1",
    codes=(
        Code("F1", "Prendre place"),
        Code("S11", "Faire clarifier son mandat", parent="F1"),
        Code("S12", "Construire sa légitimité", parent="F1"),
    ),
)
TEXT = "Le maire dit : « on n’a pas le budget ». Oui, oui.\nPuis\x0brien\u00a0: on attend."


@pytest.fixture(autouse=True, scope="module")
def english():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPIT_LANG", "en")
        yield


def row(*marks, text=TEXT, start=0, end=None, version="t1", source="s1"):
    end = len(text) if end is None else end
    marks = tuple(
        replace(m, cell=f"Codage!E{i}", words_cell=f"Codage!F{i}") for i, m in enumerate(marks, 3)
    )
    return SheetRow(
        source, version, start, end, "note.md", text[start:end], marks=marks, cell="Codage!D3"
    )


def resolve(*rows, texts=None):
    return resolve_sheet(
        CodingSheet("e", "claire", "v1", rows), texts or {"s1": ("t1", TEXT)}, GRID
    )


def problem(*rows, **options):
    placed, problems = resolve(*rows, **options)
    assert placed == []
    (found,) = problems
    return found


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────

letters = st.sampled_from("aàbcéœ ,.’'«»\u00a0-–…\n\x0b🌾")
texts = st.text(letters, min_size=1, max_size=60).filter(lambda text: text.strip(" \n\u00a0\x0b"))


@given(texts, st.data())
def test_exact_words_found_once_are_placed_exactly(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    assume(words == words.strip() and "\x0b" not in words)
    assume(sum(text.startswith(words, at) for at in range(len(text))) == 1)
    placed, problems = resolve(
        row(Mark("S11", words), text=text, end=len(text)), texts={"s1": ("t1", text)}
    )
    assert problems == []
    assert [one.segment for one in placed] == [Segment("s1", start, end)]


@given(texts)
def test_a_code_without_words_holds_for_the_whole_row(text):
    placed, problems = resolve(
        row(Mark("S12"), text=text, end=len(text)), texts={"s1": ("t1", text)}
    )
    assert problems == []
    assert [(one.segment, one.code) for one in placed] == [(Segment("s1", 0, len(text)), "S12")]


@given(st.lists(st.sampled_from(["S11", "s12 ", "S12 – x", "S13", ""]), max_size=6), st.randoms())
def test_the_order_of_the_rows_does_not_matter(codes, chance):
    rows = [
        replace(row(Mark(code, words), start=at, end=at + 20), cell=f"Codage!D{at}")
        for at, (code, words) in enumerate(
            zip(codes, ["", "maire", "dit", "le", "", ""], strict=False)
        )
    ]
    shuffled = random.Random(chance.random()).sample(rows, len(rows))
    first, second = resolve(*rows), resolve(*shuffled)
    assert [(p.segment, p.code) for p in first[0]] == [(p.segment, p.code) for p in second[0]]
    assert sorted(map(str, first[1])) == sorted(map(str, second[1]))


# ── Marks ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["S11", "s11", "S11 Faire", "Faire clarifier son mandat"])
def test_a_code_is_understood_however_it_is_typed(code):
    placed, _problems = resolve(row(Mark(code)))
    assert [one.code for one in placed] == ["S11"]


@pytest.mark.parametrize(
    "words", ["on n'a pas le budget", '"on n\'a pas le budget"', "« on n’a pas  le\nbudget »"]
)
def test_words_that_a_spreadsheet_changed_are_found(words):
    placed, problems = resolve(row(Mark("S11", words)))
    assert problems == []
    assert "on n’a pas le budget" in TEXT[placed[0].segment.start : placed[0].segment.end]


def test_words_around_a_control_character_are_found():
    placed, _problems = resolve(row(Mark("S11", "Puis rien :")))
    assert TEXT[placed[0].segment.start : placed[0].segment.end] == "Puis\x0brien\u00a0:"


def test_a_row_copied_with_its_code_gives_it_once():
    placed, problems = resolve(row(Mark("S11")), row(Mark("S11"), Mark("S12")))
    assert ([one.code for one in placed], problems) == (["S11", "S12"], [])


@pytest.mark.parametrize(
    ("mark", "cell", "sentence"),
    [
        (Mark("S1l"), "E3", "The grid v1 has no code “S1l”. Did you mean “S11”?"),
        (
            Mark("clarifier le mandat"),
            "E3",
            (
                "The grid v1 has no code “clarifier le mandat”. "
                "Did you mean “S11 – Faire clarifier son mandat”?"
            ),
        ),
        (Mark("F1"), "E3", "“F1” is a family: a passage bears one of its codes, S11, S12."),
        (
            Mark("", "le"),
            "E3",
            "Words without a code: choose a code beside them, or empty the cell.",
        ),
        (
            Mark("S11", "on"),
            "F3",
            "These words stand 2 times in the row; add some of the words around them.",
        ),
        (
            Mark("S11", "on n'a plus le budget"),
            "F3",
            (
                "These words are not in the text of the row: “on n'a plus le budget”. "
                "The nearest: “on n’a pas le budget”."
            ),
        ),
    ],
)
def test_what_cannot_be_placed_says_why(mark, cell, sentence):
    assert problem(row(mark)) == Problem(f"Codage!{cell}", sentence)


# ── Rows ────────────────────────────────────────────────────────────────────────────────────────


def test_a_row_whose_text_was_changed_is_refused():
    changed = replace(row(Mark("S11")), text="Le maire a tout autre chose à dire.")
    assert "not that of the document any more" in problem(changed).sentence


def test_a_row_without_codes_is_never_a_problem():
    assert resolve(replace(row(), text="changed", source="")) == ([], [])


def test_a_row_typed_by_hand_is_refused_with_its_cell():
    typed = replace(row(Mark("S11")), source="", start=0, end=0)
    assert problem(typed).sentence.startswith("This row has lost its hidden columns")


def test_a_row_beyond_the_text_is_refused():
    assert problem(replace(row(Mark("S11")), end=len(TEXT) + 5)).cell == "Codage!D3"


def test_a_document_that_left_the_study_is_named():
    assert "no such document any more: note.md" in problem(row(Mark("S11"), source="s9")).sentence


def test_a_new_version_of_the_document_takes_the_row_where_its_words_stand_once():
    texts = {"s1": ("t2", "Titre ajouté\n" + TEXT)}
    placed, problems = resolve(row(Mark("S11", "maire")), texts=texts)
    assert (placed[0].segment, placed[0].version, problems) == (Segment("s1", 16, 21), "t2", [])


def test_a_passage_that_stands_twice_in_the_new_version_is_refused():
    texts = {"s1": ("t2", TEXT + "\n" + TEXT)}
    assert "has changed since" in problem(row(Mark("S11")), texts=texts).sentence


def test_another_version_of_the_grid_is_refused():
    with pytest.raises(InvalidInput, match="grid v2, not v1"):
        resolve_sheet(CodingSheet("e", "claire", "v2"), {}, GRID)
