"""A coding sheet goes out, comes back, and gives each coding once."""

from dataclasses import replace
from uuid import UUID

import pytest

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.formats.study_file import write_study_file
from cpit_research.formats.working.coding_sheet import read_sheet, write_sheet
from cpit_research.model.coding_sheet import Mark
from cpit_research.model.segment import Segment
from cpit_research.study.study import Study

NOTE = "# Une visite\n\n" + "\n\n".join(
    f"Paragraphe {n} : l’école 🌾 « ferme », dit-on." for n in range(6)
)


@pytest.fixture
def study(new_study):
    return new_study({"V01.md": NOTE, "V02.md": NOTE.replace("école", "usine")})


def codings(study) -> set:
    return {(c.segment, c.code, c.coder) for c in study.codings()}


@pytest.fixture
def fill(study):
    """Put a code beside the row that holds some words, as an analyst would."""

    def put(path, words: str, code: str, *, exact: str = "", remark: str = "") -> None:
        sheet = read_sheet(path)
        filled = [
            replace(row, marks=(*row.marks, Mark(code, exact)), remark=remark or row.remark)
            if words in row.text
            else row
            for row in sheet.rows
        ]
        assert filled != list(sheet.rows)
        written = replace(sheet, rows=tuple(filled))
        write_sheet(path, written, grid=study.grid(), made=study.occasion.now())

    return put


def test_a_sheet_shows_each_unit_of_each_document_once(study, tmp_path):
    sheet = read_sheet(study.sheet_export("claire", to=tmp_path / "a.xlsx"))
    assert [(row.source, row.start, row.end) for row in sheet.rows] == [
        (source.id, unit.start, unit.end)
        for source in study.corpus
        for unit in source.structure.units
    ]
    for row in sheet.rows:
        assert row.text == study.corpus[row.source].text[row.start : row.end]
    assert (sheet.coder, sheet.grid, sheet.study) == ("claire", "v1", str(study.identity.id))


def test_a_sheet_that_comes_back_as_it_went_adds_nothing(study, tmp_path):
    source = study.corpus.at("V01.md")
    units = [unit for unit in source.structure.units if unit.kind == "paragraph"]
    whole = Segment(source.id, units[0].start, units[0].end)
    inside = Segment(source.id, units[1].start + 3, units[1].start + 30)
    study.code_all([(whole, "S1"), (inside, "S2")], coder="claire")
    before = codings(study)
    report = study.sheet_import([study.sheet_export("claire", to=tmp_path / "a.xlsx")])
    assert [(row.added, row.known) for row in report.rows] == [(0, 2)]
    assert report.problems == ()
    assert codings(study) == before


def test_codes_typed_in_a_sheet_become_codings_once(study, fill, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    fill(path, "Paragraphe 2 : l’école", "S1")
    fill(path, "Paragraphe 3 : l’usine", "S2", exact='"ferme", dit-on', remark="À revoir ?")
    for added, known in ((2, 0), (0, 2)):
        report = study.sheet_import([path])
        assert report.problems == ()
        assert [(row.added, row.known) for row in report.rows] == [(added, known)]
    quoted = {(c.code, study.codings().quote(c)) for c in study.codings()}
    assert quoted == {
        ("S1", "Paragraphe 2 : l’école 🌾 « ferme », dit-on."),
        ("S2", "« ferme », dit-on"),
    }
    (memo,) = study.memos
    assert (memo.words, memo.author) == ("À revoir ?", "claire")
    assert study.check().faults == ()


def test_what_cannot_be_placed_is_listed_with_its_cell_and_stops_nothing(study, fill, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    fill(path, "Paragraphe 2 : l’école", "S9")
    fill(path, "Paragraphe 4 : l’école", "S1", exact="des mots d’ailleurs")
    fill(path, "Paragraphe 5 : l’école", "S1")
    report = study.sheet_import([path])
    assert [row.added for row in report.rows] == [1]
    assert len(report.problems) == 2
    assert all("a.xlsx" in problem for problem in report.problems)


def test_a_sheet_written_before_a_correction_gives_only_what_still_stands(study, fill, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    fill(path, "Paragraphe 2 : l’école", "S1")
    fill(path, "Paragraphe 4 : l’école", "S2")
    corrected = f"Ajout au début.\n\n{NOTE.replace('Paragraphe 4', 'Passage 4')}"
    (study.shelf.raw / "V01.md").write_text(corrected, encoding="utf-8")
    study.ingest()
    report = study.sheet_import([path])
    assert [row.added for row in report.rows] == [1]
    assert len(report.problems) == 1
    (coding,) = study.codings()
    assert study.codings().quote(coding).startswith("Paragraphe 2 : l’école")
    assert study.check().faults == ()


def test_a_sheet_of_another_study_or_of_an_unknown_coder_is_refused(study, new_study, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    other = new_study({"V01.md": NOTE})
    write_study_file(other.folder, replace(other.identity, id=UUID(int=8)))
    with Study(other.folder) as elsewhere:
        report = elsewhere.sheet_import([path])
    assert report.rows == ()
    assert len(report.problems) == 1
    with pytest.raises(NotFound, match="claire"):
        study.sheet_export("claude")


def test_a_sheet_is_never_written_over_another_nor_under_another_suffix(study, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    before = path.read_bytes()
    with pytest.raises(Conflict):
        study.sheet_export("yann", to=path)
    with pytest.raises(InvalidInput):
        study.sheet_export("yann", to=tmp_path / "a.csv")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_one_sheet_that_cannot_be_read_does_not_stop_the_others(study, fill, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    fill(path, "Paragraphe 2 : l’école", "S1")
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"not a workbook")
    report = study.sheet_import([broken, path])
    assert [row.path for row in report.rows] == ["a.xlsx"]
    assert len(report.problems) == 1


def test_a_remark_that_cannot_be_kept_is_told_with_its_cell(study, fill, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    fill(path, "Paragraphe 2 : l’école", "S1", remark="À revoir.")
    (study.shelf.raw / "V01.md").write_text(f"Ajout au début.\n\n{NOTE}", encoding="utf-8")
    study.ingest()
    report = study.sheet_import([path])
    assert [row.added for row in report.rows] == [1]
    (problem,) = report.problems
    assert "Codage!" in problem
    assert study.memos == ()


EFFECTIVITY = """\
  - id: effectivity
    name: Effectivité
    values:
      realised: réalisée
      prevented: empêchée
"""


@pytest.fixture
def tell(study):
    """Tell in a sheet, beside the rows that hold some words, of which event they are."""
    path = study.folder / "grids" / "v1.yaml"
    grid = path.read_text(encoding="utf-8").replace("facets:\n", f"facets:\n{EFFECTIVITY}")
    path.write_text(grid, encoding="utf-8")

    def put(path, told: dict[str, tuple[str, str, str]]) -> None:
        sheet = read_sheet(path)
        rows = []
        for row in sheet.rows:
            words = next((words for words in told if words in row.text), None)
            if words is None:
                rows.append(row)
                continue
            code, label, effectivity = told[words]
            marks = (*row.marks, Mark(code)) if code else row.marks
            rows.append(replace(row, marks=marks, episode=label, effectivity=effectivity))
        written = replace(sheet, rows=tuple(rows))
        write_sheet(path, written, grid=study.grid(), made=study.occasion.now())

    return put


def grouped(study) -> list[tuple[str, list[str], dict]]:
    """Each episode: its label, its passages and what was said of it."""
    quotes = {c.id: study.codings().quote(c)[:20] for c in study.codings()}
    return [
        (one.label, sorted(quotes[key] for key in one.codings), dict(one.facets))
        for one in study.episodes
    ]


def test_the_same_label_in_one_document_is_one_episode_made_once(study, tell, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    told = {
        "Paragraphe 1 : l’école": ("S1", "le bail", "empêchée"),
        "Paragraphe 3 : l’école": ("S2", "Le Bail", ""),
        "Paragraphe 2 : l’usine": ("S1", "le bail", ""),
        "Paragraphe 4 : l’usine": ("S2", "", "réalisée"),
        "Paragraphe 5 : l’usine": ("S2", "", ""),
    }
    tell(path, told)
    for added, episodes in ((5, 3), (0, 0)):
        report = study.sheet_import([path])
        assert report.problems == ()
        assert [(row.added, row.episodes) for row in report.rows] == [(added, episodes)]
        lease = ["Paragraphe 1 : l’éco", "Paragraphe 3 : l’éco"]
        assert sorted(grouped(study), key=str) == [
            ("", ["Paragraphe 4 : l’usi"], {"effectivity": "realised"}),
            ("le bail", lease, {"effectivity": "prevented"}),
            ("le bail", ["Paragraphe 2 : l’usi"], {}),
        ]
    assert study.check().sound
    back = study.sheet_export("claire", to=tmp_path / "b.xlsx")
    shown = {row.text[:20]: (row.episode, row.effectivity) for row in read_sheet(back).rows}
    assert shown["Paragraphe 3 : l’éco"] == ("le bail", "empêchée")
    assert shown["Paragraphe 4 : l’usi"] == ("", "réalisée")
    assert shown["Paragraphe 5 : l’usi"] == ("", "")
    report = study.sheet_import([back])
    assert [(row.added, row.episodes) for row in report.rows] == [(0, 0)]


def test_a_sheet_adds_to_an_episode_and_never_changes_what_it_says(study, tell, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    tell(path, {"Paragraphe 1 : l’école": ("S1", "le bail", "")})
    study.sheet_import([path])
    tell(path, {"Paragraphe 2 : l’école": ("S2", "le bail", "empêchée")})
    assert [row.episodes for row in study.sheet_import([path]).rows] == [1]
    (told,) = grouped(study)
    assert told == (
        "le bail", ["Paragraphe 1 : l’éco", "Paragraphe 2 : l’éco"], {"effectivity": "prevented"}
    )  # fmt: skip
    for words, label, effectivity in (
        ("Paragraphe 2 : l’école", "le bail", "réalisée"),
        ("Paragraphe 2 : l’école", "le marché", ""),
        ("Paragraphe 2 : l’école", "le bail", "manquée"),
        ("Paragraphe 4 : l’école", "le bail", ""),
    ):
        other = study.sheet_export(
            "claire", to=tmp_path / f"{label} {effectivity} {words[:12]}.xlsx"
        )
        tell(other, {words: ("", label, effectivity)})
        report = study.sheet_import([other])
        assert len(report.problems) == 1
        assert "Codage!" in report.problems[0]
        assert grouped(study) == [told]


def test_episodes_without_a_label_are_shown_apart_and_come_back_as_they_were(study, tell, tmp_path):
    source = study.corpus.at("V01.md")
    units = [unit for unit in source.structure.units if unit.kind == "paragraph"]
    codings = [
        study.code(Segment(source.id, unit.start, unit.end), code, coder="claire")
        for unit in units[:3]
        for code in ("S1", "S2")
    ]
    study.episode(codings[:3], coder="claire", facets={"effectivity": "realised"})
    study.episode(codings[4:], coder="claire")
    before = study.episodes
    path = study.sheet_export("claire", to=tmp_path / "a.xlsx")
    shown = [(row.episode, row.effectivity) for row in read_sheet(path).rows if row.marks]
    assert shown == [("épisode 1", "réalisée"), ("", ""), ("épisode 2", "")]
    report = study.sheet_import([path])
    assert report.problems == ()
    assert study.episodes == before
