"""Coding sheets: written, filled in by people, read back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cpit_research.corpus.placing import resolve_sheet
from cpit_research.errors import FormatError, InvalidInput
from cpit_research.formats.working.coding_sheet import read_sheet, write_sheet
from cpit_research.model.coding_sheet import CodingSheet, Mark, SheetRow
from cpit_research.model.grid import Code, Facet, Grid
from cpit_research.text.canonical import canonical
from cpit_research.text.controls import blank_controls

GRID = Grid(
    "demo",
    "v1",
    title="Grille de démonstration",
    facets=(
        Facet("effectivity", "Effectivité", (("realised", "réalisée"), ("prevented", "empêchée"))),
    ),
    codes=(
        Code("F1", "Prendre place"),
        Code(
            "S11",
            "Faire clarifier son mandat",
            parent="F1",
            definition="Savoir ce qui est attendu.",
        ),
        Code("S12", "Construire sa légitimité", parent="F1"),
    ),
)
INTERNAL = "interne – document de travail de l'équipe, ne pas diffuser"
LINES = (
    "Premières impressions",
    "Le maire dit : « on n’a pas le budget ».",
    "=1+1",
    "- oui",
    "Fin.",
)
TEXT = "\n".join(LINES)


@pytest.fixture(autouse=True, scope="module")
def english():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPIT_LANG", "en")
        yield


def rows_of(lines=LINES, source="s1", version="t1"):
    rows, at = [], 0
    for rank, line in enumerate(lines):
        unit = "heading" if rank == 0 else "turn"
        rows.append(
            SheetRow(source, version, at, at + len(line), "V01/note.md", line, "V01", unit, "Maire")
        )
        at += len(line) + 1
    return tuple(rows)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "codage-claire.xlsx"
    write_sheet(path, CodingSheet("etude", "claire", "v1", rows_of()), grid=GRID)
    return path


def filled(path, **cells):
    """Fill in cells of « Codage » as a person would."""
    book = load_workbook(path)
    for cell, value in cells.items():
        book["Codage"][cell] = value
    book.save(path)
    return path


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────

words = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("=+-@'\n_x0041_é🌾"))
cells = words.map(canonical).map(blank_controls)
trimmed = cells.map(str.strip)
marks = st.lists(
    st.builds(Mark, st.sampled_from(["S11", "S12", "S99", "F1", "s11"]), trimmed), max_size=5
)
rows = st.builds(
    SheetRow,
    source=st.sampled_from(["s1", "s2", "0123"]),
    version=st.sampled_from(["t1", "12"]),
    start=st.integers(0, 10**6),
    end=st.integers(10**6, 10**7),
    path=trimmed,
    text=cells.filter(str.strip),
    visit=trimmed,
    unit=st.sampled_from(["heading", "paragraph", "turn", "cell"]),
    speaker=trimmed,
    marks=marks.map(tuple),
    remark=trimmed,
    episode=trimmed,
    effectivity=trimmed,
)


@settings(max_examples=25)
@given(st.lists(rows, max_size=6).map(tuple))
@example((SheetRow("s1", "t1", 0, 9, "_x0041_", " la _x0041_ ", marks=(Mark("S11", "=_x0041_"),)),))
def test_what_is_written_reads_back(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("sheets") / "codage.xlsx"
    sheet = CodingSheet("etude", "claire", "v1", found)
    write_sheet(path, sheet, grid=GRID)
    assert read_sheet(path) == sheet


@settings(max_examples=25)
@given(st.permutations(range(len(LINES))))
def test_rows_sorted_another_way_give_the_same_codings(tmp_path_factory, order):
    rows = rows_of()
    marked = (
        rows[0],
        replace(rows[1], marks=(Mark("S11"), Mark("S12", "le budget"))),
        replace(rows[2], marks=(Mark("S12"),)),
        replace(rows[3], marks=(Mark("S11", "oui"),)),
        rows[4],
    )
    path = tmp_path_factory.mktemp("sheets") / "codage.xlsx"
    write_sheet(
        path, CodingSheet("etude", "claire", "v1", tuple(marked[at] for at in order)), grid=GRID
    )
    placed, problems = resolve_sheet(read_sheet(path), {"s1": ("t1", TEXT)}, GRID)
    assert problems == []
    assert [(TEXT[p.segment.start : p.segment.end], p.code) for p in placed] == [
        (LINES[1], "S11"),
        ("le budget", "S12"),
        ("=1+1", "S12"),
        ("oui", "S11"),
    ]


def test_the_same_sheet_gives_the_same_bytes(tmp_path):
    sheet = CodingSheet("etude", "claire", "v1", rows_of())
    made = datetime(2026, 11, 22, tzinfo=UTC)
    for name in ("a.xlsx", "b.xlsx"):
        write_sheet(tmp_path / name, sheet, grid=GRID, made=made)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


# ── What analysts do ────────────────────────────────────────────────────────────────────────────


def test_codes_and_words_are_read_with_their_cells(path):
    filled(path, E4="s11 ", G4="S12 – Construire sa légitimité", H4=" le  budget", M4="à revoir")
    row = read_sheet(path).rows[1]
    assert [(m.code, m.words, m.cell, m.words_cell) for m in row.marks] == [
        ("s11", "", "Codage!E4", "Codage!F4"),
        ("S12", "le  budget", "Codage!G4", "Codage!H4"),
    ]
    assert (row.remark, row.cell) == ("à revoir", "Codage!D4")


def test_the_event_of_a_row_is_read_with_its_cells(path):
    filled(path, E4="S11", K4="le bail ", L4="empêchée")
    row = read_sheet(path).rows[1]
    assert (row.episode, row.effectivity) == ("le bail", "empêchée")
    assert (row.episode_cell, row.effectivity_cell) == ("Codage!K4", "Codage!L4")


def test_a_sheet_written_before_episodes_is_read(path):
    book = load_workbook(path)
    book["Codage"].delete_cols(11, 2)
    book.save(path)
    filled(path, E4="S11", K4="à revoir")
    row = read_sheet(path).rows[1]
    assert (row.marks, row.remark) == ((Mark("S11"),), "à revoir")
    assert (row.episode, row.effectivity, row.episode_cell) == ("", "", "")


def test_a_grid_without_effectivity_asks_for_none(tmp_path):
    path = tmp_path / "codage.xlsx"
    bare = replace(GRID, facets=())
    write_sheet(path, CodingSheet("etude", "claire", "v1", rows_of()), grid=bare)
    book = load_workbook(path)
    assert [cell.value for cell in book["Codage"][2]][10:12] == ["épisode", "remarque"]
    assert [*book.defined_names] == ["codes_de_la_grille"]


def test_an_inserted_copy_of_a_row_adds_its_codes(path):
    book = load_workbook(path)
    sheet = book["Codage"]
    sheet.append([cell.value for cell in sheet[4]])
    sheet["E4"], sheet["E8"] = "S11", "S12"
    book.save(path)
    placed, problems = resolve_sheet(read_sheet(path), {"s1": ("t1", TEXT)}, GRID)
    assert ([p.code for p in placed], problems) == (["S11", "S12"], [])


def test_a_fourth_pair_of_columns_is_read(path):
    book = load_workbook(path)
    sheet = book["Codage"]
    for row, values in ((2, ("code 4", "mots exacts 4")), (4, ("S11", "le budget"))):
        for at, value in enumerate(values, start=sheet.max_column + (1 if row == 2 else -1)):
            sheet.cell(row, at, value)
    book.save(path)
    assert read_sheet(path).rows[1].marks == (Mark("S11", "le budget"),)


def test_a_row_whose_hidden_columns_are_lost_keeps_its_cell(path):
    filled(path, N4=None, P4="abc", E4="S11")
    _placed, (problem,) = resolve_sheet(read_sheet(path), {"s1": ("t1", TEXT)}, GRID)
    assert problem.cell == "Codage!D4"


# ── What they see ───────────────────────────────────────────────────────────────────────────────


def test_every_sheet_says_internal_on_screen_and_on_paper(path):
    book = load_workbook(path)
    assert [sheet["A1"].value for sheet in book] == [INTERNAL] * 4
    assert all(sheet.oddHeader.center.text == INTERNAL for sheet in book if sheet.title != "_cpit")


def test_the_sheet_is_ready_to_work_in(path):
    book = load_workbook(path)
    coding = book["Codage"]
    assert [cell.value for cell in coding[2]] == [
        "n°", "document", "locuteur", "texte", "code 1", "mots exacts 1", "code 2", "mots exacts 2",
        "code 3", "mots exacts 3", "épisode", "effectivité", "remarque",
        "source", "version", "début", "fin", "visite", "unité",
    ]  # fmt: skip
    assert coding.freeze_panes == "E3"
    assert coding.auto_filter.ref == "A2:S7"
    assert [
        letter for letter in "ABCDEFGHIJKLMNOPQRS" if coding.column_dimensions[letter].hidden
    ] == list("NOPQRS")
    offered = coding.data_validations.dataValidation
    assert [(one.formula1, str(one.sqref), one.showErrorMessage) for one in offered] == [
        ("=codes_de_la_grille", "E3:E507 G3:G507 I3:I507", False),
        ("=effectivites_de_la_grille", "L3:L507", False),
    ]
    assert book.defined_names["effectivites_de_la_grille"].attr_text == "'Grille'!$I$4:$I$5"
    assert [book["Grille"][f"I{n}"].value for n in (4, 5)] == ["réalisée", "empêchée"]
    assert book.defined_names["codes_de_la_grille"].attr_text == "'Grille'!$H$4:$H$5"
    assert book["Grille"]["H4"].value == "S11 – Faire clarifier son mandat"
    assert book["_cpit"].sheet_state == "veryHidden"


def test_no_cell_is_ever_a_formula(path):
    book = load_workbook(path)
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    assert book["Codage"]["D5"].quotePrefix


def test_a_long_paragraph_has_a_tall_row(tmp_path):
    path = tmp_path / "long.xlsx"
    write_sheet(path, CodingSheet("e", "c", "v1", rows_of(("T", "mot " * 200))), grid=GRID)
    heights = load_workbook(path)["Codage"].row_dimensions
    assert heights[3].height < 40
    assert heights[4].height > 130


# ── Refusals ────────────────────────────────────────────────────────────────────────────────────


def test_a_passage_longer_than_a_cell_is_refused(tmp_path):
    sheet = CodingSheet("e", "c", "v1", rows_of(("🌾" * 20_000,)))
    with pytest.raises(InvalidInput, match="longer than a cell can hold"):
        write_sheet(tmp_path / "long.xlsx", sheet, grid=GRID)


def test_another_grid_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="made for the grid v2, not v1"):
        write_sheet(tmp_path / "x.xlsx", CodingSheet("e", "c", "v2"), grid=GRID)


def test_a_workbook_that_is_no_coding_sheet_is_refused(root):
    with pytest.raises(FormatError, match="not a coding sheet"):
        read_sheet(root / "data" / "raw" / "registre.xlsx")


def test_another_format_of_sheet_is_refused(path):
    book = load_workbook(path)
    book["_cpit"]["B2"] = "2"
    book.save(path)
    with pytest.raises(FormatError, match="sheet format 2"):
        read_sheet(path)


def test_every_missing_column_is_named(path):
    filled(path, D2="paroles", N2=None, P2="debut ?", E2="situation")
    with pytest.raises(FormatError) as caught:
        read_sheet(path)
    assert caught.value.faults == (
        "Codage!2: the column “texte” is missing.",
        "Codage!2: the column “code 1” is missing.",
        "Codage!2: the column “source” is missing.",
    )
