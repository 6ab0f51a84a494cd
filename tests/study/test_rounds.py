"""Rounds of double coding: drawn, coded apart, closed, each said in the record."""

import json
import zipfile
from dataclasses import replace

import pytest

from cpit_research import agreement
from cpit_research.errors import Conflict, FormatError, InvalidInput, NotFound
from cpit_research.formats.study_file import read_study_file, write_study_file
from cpit_research.formats.working.coding_sheet import read_sheet
from cpit_research.model.segment import Segment
from cpit_research.store.codings import append_rows, link
from cpit_research.study.event_faults import _fault_of_round
from cpit_research.study.record import Record
from cpit_research.study.rounds.blind import unsealed
from cpit_research.study.study import Study

CODERS = ("claire", "yann")
NOTES = {
    f"V{rank:02}.md": "\n\n".join(f"Note {rank}, phrase {n} : le maire décide." for n in range(8))
    for rank in range(1, 13)
}
KINDS = ("exploratoire", "observation", "entretien")
REGISTER = {
    "Visites": [
        ["id", "territoire", "type", "date", "état", "participants"],
        *(
            [
                f"V{rank:02}",
                "T01" if rank <= 8 else "T02",
                KINDS[rank % 2],
                "12/10/2022",
                "faite",
                "",
            ]
            for rank in range(1, 13)
        ),
    ],
    "Chercheurs": [
        ["id", "rôle", "statut"],
        ["claire", "chercheuse", ""],
        ["yann", "chercheur", ""],
        ["zoe", "chercheuse", ""],
        ["stage", "étudiante", "en formation"],
    ],
}

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def study(new_study, register_of):
    study = new_study(register=False)
    register_of(study.folder, **REGISTER)
    for name, text in NOTES.items():
        (study.shelf.raw / name).write_text(text, encoding="utf-8")
    assert not study.ingest().refused
    return study


@pytest.fixture
def put(study):
    """Put a code on a paragraph of a note, or on some words of it."""

    def coded(source: str, rank: int, code: str = "S1", *, coder: str, upto: int | None = None):
        unit = study.corpus[source].structure.units[rank]
        end = unit.end if upto is None else unit.start + upto
        return study.code(Segment(source, unit.start, end), code, coder=coder)

    return coded


def notes_of(opened) -> list[str]:
    return [source for source, _version in opened.sources]


def open_one(study, **rest):
    return study.round_open(CODERS, coder="claire", **({"sample": 6} | rest)).round


def test_notes_are_drawn_in_proportion_and_every_stratum_has_one(study):
    opened = study.round_open(CODERS, coder="claire", sample="50%")
    assert [(one.values, one.available, len(one.drawn)) for one in opened.strata] == [
        (("T01", "exploratory"), 4, 2),
        (("T01", "observation"), 4, 2),
        (("T02", "exploratory"), 2, 1),
        (("T02", "observation"), 2, 1),
    ]
    assert len(opened.round.sources) == 6


def test_the_same_study_draws_the_same_notes_and_the_next_round_draws_others(study, new_occasion):
    first = open_one(study)
    again = study.round_open(CODERS, coder="claire", sample=6).round
    assert notes_of(first) != notes_of(again)
    assert (first.seed, again.seed) == (study.occasion.seed + 1, study.occasion.seed + 2)
    assert notes_of(study.round_list()[0]) == notes_of(first)


def test_what_must_be_known_of_a_round_is_said_when_it_opens(study, put):
    source = next(iter(study.corpus)).id
    put(source, 0, coder="yann")
    said = study.round_open(CODERS, coder="claire", sample=12).remarks
    assert any("yann has already coded 1" in one for one in said)
    said = study.round_open(CODERS, coder="claire", sample=4).remarks
    assert any("no interval" in one for one in said)
    assert any("earlier round" in one for one in said)
    assert any("indicative" in one for one in study.round_open(
        CODERS, coder="claire", sample=9).remarks)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"coders": ("claire",)}, InvalidInput),
        ({"coders": ("claire", "claire")}, InvalidInput),
        ({"coders": ("claire", "paul")}, NotFound),
        ({"sample": "200%"}, InvalidInput),
        ({"sample": "0"}, InvalidInput),
        ({"sample": "beaucoup"}, InvalidInput),
        ({"stratify": ("météo",)}, InvalidInput),
        ({"unit": "word"}, InvalidInput),
        ({"grid": "v9"}, NotFound),
        ({"coder": "paul"}, NotFound),
    ],
)
def test_a_round_that_cannot_be_is_refused_and_nothing_is_kept(study, asked, kind):
    with pytest.raises(kind):
        study.round_open(**({"coders": CODERS, "coder": "claire"} | asked))
    assert not study.round_list()


def test_a_round_is_found_by_its_name_or_the_end_of_its_id(study):
    opened = open_one(study, name="pilote")
    assert study.round_finish(opened.reference, coder="claire").finished.keys() == {"claire"}
    assert study.round_finish("pilote", coder="yann").waiting == ()
    with pytest.raises(NotFound, match="pilote"):
        study.round_finish("pilot", coder="claire")
    with pytest.raises(Conflict):
        open_one(study, name="pilote")


def test_what_a_coder_is_handed_holds_nothing_that_another_one_put(study, put, tmp_path):
    opened = open_one(study, sample=12)
    source = notes_of(opened)[0]
    unit = study.corpus[source].structure.units[2]
    for coder, mine in zip(CODERS, ("ALPHA", "OMEGA"), strict=True):
        own = [put(source, rank, "S1", coder=coder, upto=4) for rank in (1, 2)]
        study.episode(own, coder=coder, label=f"label{mine}", note=f"note{mine}")
        study.propose(Segment(source, unit.start, unit.end), f"name{mine}", coder=coder,
                      words=f"words{mine}")  # fmt: skip
        sheet = study.sheet_export(coder, to=tmp_path / f"memo-{coder}.xlsx", round=opened)
        book = _with_remark(sheet, tmp_path / f"filled-{coder}.xlsx", f"remark{mine}", study)
        assert study.sheet_import([book]).rows[0].coder == coder
    for coder, theirs, mine in (("claire", "OMEGA", "ALPHA"), ("yann", "ALPHA", "OMEGA")):
        for number, round in enumerate((None, opened)):
            path = tmp_path / f"{coder}-{number}.xlsx"
            study.sheet_export(coder, to=path, round=round)
            words = _everything(path)
            assert f"label{mine}" in words
            assert f"remark{mine}" in words
            assert theirs not in words
            other = "yann" if coder == "claire" else "claire"
            assert other not in words
            marks = [mark for row in read_sheet(path).rows for mark in row.marks]
            assert len(marks) == 2


def _with_remark(path, to, words, study):
    from cpit_research.formats.working.coding_sheet import write_sheet

    sheet = read_sheet(path)
    rows = (replace(sheet.rows[4], remark=words), *sheet.rows[:4], *sheet.rows[5:])
    write_sheet(to, replace(sheet, rows=rows), grid=study.grid())
    return to


def _everything(path) -> str:
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_the_sheet_of_a_round_holds_its_notes_and_no_other(study, tmp_path):
    opened = open_one(study)
    path = study.sheet_export("claire", round=opened)
    assert path.name == f"codage-claire-{opened.name}.xlsx"
    assert {row.source for row in read_sheet(path).rows} == set(notes_of(opened))
    with pytest.raises(NotFound):
        study.sheet_export("zoe", round=opened)


def test_nothing_is_compared_before_all_coders_have_finished(study, put):
    opened = open_one(study)
    put(notes_of(opened)[0], 0, coder="claire")
    study.round_finish(opened, coder="claire")
    for refused in (
        lambda: study.round_close(opened, coder="claire"),
        lambda: study.round_disputes(opened),
    ):
        with pytest.raises(Conflict, match="yann"):
            refused()
    left, (note,) = unsealed(study, study.codings())
    assert (len(left), len(left.corpus)) == (0, 6)
    assert "6 notes of the round round-1" in note
    study.round_finish(opened, coder="yann")
    assert unsealed(study, study.codings()) == (study.codings(), ())
    with pytest.raises(Conflict, match="not closed"):
        study.round_disputes(opened)


def test_a_round_left_in_two_states_is_sealed_until_all_have_finished(study, put):
    opened = open_one(study)
    for source in notes_of(opened):
        put(source, 0, coder="claire")
    leave_in_two_states(study, opened)
    left, (note,) = unsealed(study, study.codings())
    assert (len(left), len(left.corpus)) == (0, 12 - len(notes_of(opened)))
    assert opened.name in note
    with pytest.raises(Conflict, match="yann"):
        study.round_disputes(opened)
    with pytest.raises(NotFound):
        study.round_decide("0a", keep="claire", reason="omission", why="Vu.", coder="claire")


def test_who_has_finished_and_put_nothing_has_read_and_is_not_missing(study, put):
    opened = open_one(study)
    first, second, *_rest = notes_of(opened)
    put(first, 0, coder="claire")
    assert study.codings().readers == {first: ("claire",)}
    assert len(study.codings().where(settled=True)) == 1
    for coder in CODERS:
        study.round_finish(opened, coder=coder)
    assert study.codings().readers == dict.fromkeys(notes_of(opened), CODERS)
    assert len(study.codings().where(settled=True)) == 0
    table = study.round_close(opened, coder="claire").agreement.table
    assert table.loc["total", "n_notes"] == 6
    study.round_reopen(opened, reason="yann reprend", coder="claire")
    study.round_resume(opened, coder="yann")
    assert study.codings().readers == {
        first: ("claire",), **dict.fromkeys(notes_of(opened)[1:], ("claire",)),
    }  # fmt: skip
    assert second in study.codings().readers


def test_a_cancelled_round_says_nothing_of_who_read(study):
    opened = open_one(study)
    study.round_finish(opened, coder="claire")
    study.round_cancel(opened, reason="trop tôt", coder="claire")
    assert not study.codings().readers
    with pytest.raises(Conflict):
        study.round_finish(opened, coder="yann")
    with pytest.raises(Conflict):
        study.round_close(opened, coder="yann")


def test_a_round_closed_keeps_the_figures_that_agreement_gives(study, put):
    opened = open_one(study, sample=12)
    for at, source in enumerate(notes_of(opened)):
        put(source, 0, "S1", coder="claire")
        put(source, 0 if at % 3 else 1, "S1", coder="yann")
        put(source, 4, "S2", coder="claire")
        put(source, 4, "S2" if at % 2 else "S1", coder="yann")
    for coder in CODERS:
        study.round_finish(opened, coder=coder)
    closed = study.round_close(opened, coder="claire")
    expected = agreement.alpha(study.codings(), unit="sentence").table
    (kept,) = study.round_list()
    assert kept == closed.round
    assert (kept.state, kept.state_by) == ("closed", "claire")
    rows = {row["id"]: row for row in kept.figures}
    assert list(rows) == list(expected.index)
    for key, row in rows.items():
        assert row["alpha"] == pytest.approx(expected.loc[key, "alpha"], abs=1e-12)
        assert row["both"] == expected.loc[key, "both"]
        assert row["n_units"] == expected.loc[key, "n_units"] == 96
    assert sum(closed.kinds.values()) == len(closed.disagreements)
    assert closed.disagreements == study.round_disputes(opened)
    with pytest.raises(Conflict):
        study.round_close(opened, coder="claire")


def test_a_third_coder_of_the_same_notes_does_not_count_in_the_round(study, put):
    opened = open_one(study, sample=12)
    for source in notes_of(opened):
        for coder in CODERS:
            put(source, 0, coder=coder)
        put(source, 3, coder="zoe")
    for coder in CODERS:
        study.round_finish(opened, coder=coder)
    closed = study.round_close(opened, coder="claire")
    assert not closed.disagreements
    assert closed.agreement.table.loc["S1", "alpha"] == 1


def test_a_round_may_be_closed_before_the_end_with_a_reason_that_is_kept(study, put):
    opened = open_one(study)
    put(notes_of(opened)[0], 0, coder="claire")
    put(notes_of(opened)[0], 0, coder="yann")
    study.round_finish(opened, coder="claire")
    with pytest.raises(InvalidInput):
        study.round_close(opened, coder="claire", anyway=" ")
    closed = study.round_close(opened, coder="claire", anyway="yann est parti")
    assert study.round_list()[0].reason == "yann est parti"
    assert closed.agreement.table.loc["total", "n_notes"] == 1
    assert any("yann" in note for note in closed.agreement.notes)


def test_a_round_computes_nothing_while_its_grid_is_not_as_it_was(study, put, tmp_path):
    opened = open_one(study)
    for coder in CODERS:
        put(notes_of(opened)[0], 0, coder=coder)
        study.round_finish(opened, coder=coder)
    path = study.folder / "grids" / "v1.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("Clarifier son mandat", "Clarifier"), encoding="utf-8")
    for refused in (
        lambda: study.round_close(opened, coder="claire"),
        lambda: study.sheet_export("claire", round=opened, to=tmp_path / "a.xlsx"),
    ):
        with pytest.raises(Conflict, match="has changed since"):
            refused()
    path.write_text(before, encoding="utf-8")
    study.round_close(opened, coder="claire")
    path.write_text(before.replace("Clarifier son mandat", "Clarifier"), encoding="utf-8")
    with pytest.raises(Conflict, match="has changed since"):
        study.round_disputes(opened)
    path.write_text(before, encoding="utf-8")
    assert study.round_disputes(opened) == ()


def test_a_draft_that_is_released_as_it_stands_is_the_grid_of_its_rounds(study, draft_grid):
    (study.folder / "grids" / "v1.yaml").write_bytes(draft_grid)
    opened = open_one(study)
    for coder in CODERS:
        study.round_finish(opened, coder=coder)
    study.grid_release("v1")
    assert study.grid("v1").status == "released"
    assert study.round_close(opened, coder="claire").round.state == "closed"


def test_a_round_and_its_steps_are_verified(study, put):
    opened = open_one(study)
    for coder in CODERS:
        study.round_finish(opened, coder=coder)
    study.round_close(opened, coder="yann")
    assert study.check().sound
    record = Record(study)
    steps = [json.loads(row[12])["step"] for row, _sound in record.events if row[1] == "round"]
    assert steps == ["opened", "finished", "finished", "closed"]
    assert _fault_of_round("{}", record.held)
    assert _fault_of_round('{"step": "sealed"}', record.held)
    assert "note that it drew" in _fault_of_round(
        '{"step": "opened", "sources": [["s", "v"]]}', record.held
    )


def test_reopening_and_cancelling_say_why(study):
    opened = open_one(study)
    with pytest.raises(InvalidInput):
        study.round_cancel(opened, reason="  ", coder="claire")
    with pytest.raises(Conflict):
        study.round_reopen(opened, reason="pour voir", coder="claire")
    cancelled = study.round_cancel(opened, reason="la grille change", coder="yann")
    assert (cancelled.state, cancelled.reason) == ("cancelled", "la grille change")
    with pytest.raises(Conflict):
        study.round_cancel(opened, reason="encore", coder="yann")
    assert study.round_reopen(opened, reason="finalement", coder="claire").state == "open"


def test_a_study_may_say_that_it_does_not_measure_agreement(study):
    path = study.folder / "study.toml"
    said = path.read_text(encoding="utf-8")
    path.write_text(f'{said}agreement = "off: lecture à deux voix"\n', encoding="utf-8")
    with Study(study.folder, occasion=study.occasion) as silent:
        with pytest.raises(Conflict, match="lecture à deux voix"):
            open_one(silent)
        assert any("lecture à deux voix" in one for one in silent.check().remarks)
        write_study_file(silent.folder, silent.identity)
        assert read_study_file(silent.folder) == silent.identity
    for wrong in ("off", "off: ", "non"):
        path.write_text(f'{said}agreement = "{wrong}"\n', encoding="utf-8")
        with pytest.raises(FormatError, match="agreement"):
            Study(study.folder)


def leave_in_two_states(study, opened):
    """Write that two copies closed and cancelled a round, each where the other was unknown."""
    for key, step in ((2**100, "closed"), (2**101, "cancelled")):
        event, stated = key.to_bytes(16, "big"), json.dumps({"step": step})
        row = (event, "round", 1, 1, "claire", opened.id.bytes, *[None] * 6, stated)
        with study.shelf.database.writing() as connection:
            append_rows(connection, [row])
            link(connection, [(event, opened.id.bytes)])


def test_two_copies_that_left_a_round_in_two_states_are_told_and_closing_again_settles_it(study):
    opened = open_one(study)
    for coder in CODERS:
        study.round_finish(opened, coder=coder)
    leave_in_two_states(study, opened)
    assert study.round_list()[0].state == "disputed"
    assert any("round-1 was left in several states" in one for one in study.check().remarks)
    assert study.round_close(opened, coder="yann").round.state == "closed"
    assert study.check().remarks == tuple(
        one for one in study.check().remarks if "several states" not in one
    )


def test_somebody_in_training_counts_in_a_round_and_settles_nothing(study, put):
    done = study.round_open(("claire", "stage"), coder="claire", sample=12)
    assert any("stage is in training" in remark for remark in done.remarks)
    for source in notes_of(done.round):
        put(source, 0, coder="claire")
        put(source, 0, coder="stage")
    put(source, 3, coder="claire")
    for coder in ("claire", "stage"):
        study.round_finish(done.round, coder=coder)
    closed = study.round_close(done.round, coder="claire")
    assert closed.agreement.table.loc["S1", "both"] == 12
    assert closed.agreement.table.loc["S1", "first_only"] == 1
    assert study.codings().readers == dict.fromkeys(notes_of(done.round), ("claire",))
    assert len(study.codings().where(settled=True)) == 13
