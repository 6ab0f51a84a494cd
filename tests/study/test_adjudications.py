"""What is decided of codings that differ: theirs stay, and what was decided is settled."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpit_research import agreement
from cpit_research.errors import Conflict, FormatError, InvalidInput, NotFound
from cpit_research.formats.working.workbook import read_workbook
from cpit_research.model.adjudication import DISAGREEMENT_REASONS
from cpit_research.model.segment import Segment
from cpit_research.store.adjudications import append_adjudication
from cpit_research.study.study import Study
from cpit_research.text.digest import passage_digest

CODERS = ("claire", "yann")
NOTE = "\n\n".join(f"Paragraphe {n} : le maire décide, dit-on. Il attend 🌾." for n in range(6))
RESEARCHERS = {
    "Chercheurs": [
        ["id", "rôle", "statut"],
        ["claire", "chercheuse", ""],
        ["yann", "chercheur", ""],
        ["robot", "machine", "machine"],
        ["stagiaire", "stagiaire", "en formation"],
    ]
}

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def study(new_study, register_of):
    study = new_study({"V01.md": NOTE, "V02.md": NOTE.replace("maire", "préfet")})
    register_of(study.folder, **RESEARCHERS)
    return study


@pytest.fixture
def put(study):
    """Put a code on a paragraph of a note."""

    def coded(rank: int, code: str = "S1", *, coder: str, note: str = "V01.md", upto: int = 0):
        source = study.corpus.at(note)
        unit = source.structure.units[rank]
        end = unit.start + upto if upto else unit.end
        return study.code(Segment(source.id, unit.start, end), code, coder=coder)

    return coded


@pytest.fixture
def closed(study, put):
    """A round in which the coders differ in each of the ways there are."""
    opened = study.round_open(CODERS, coder="claire", sample="100%", stratify=()).round
    put(0, coder="claire")
    put(0, coder="yann")  # as one
    put(1, coder="claire")
    put(1, "S2", coder="yann")  # neighbouring codes
    put(2, coder="claire")  # yann passed over
    put(3, coder="claire")
    put(3, coder="yann", upto=20)  # other ends
    put(0, "S2", coder="yann", note="V02.md")  # claire passed over
    for coder in CODERS:
        study.round_finish(opened, coder=coder)
    return study.round_close(opened, coder="claire")


def said(study) -> list[tuple[str, str, Segment]]:
    """What coders put themselves, as it stands."""
    codings = study.codings().where(decided=False)
    return sorted((one.id.hex, one.coder, one.code, one.segment) for one in codings)


def of_kind(study, closed, kind: str):
    return [one for one in study.round_disputes(closed.round) if one.kind == kind]


def test_each_way_to_differ_is_listed_with_the_words_of_each(study, closed):
    assert closed.kinds == {"boundary": 1, "omission": 2, "neighbouring_code": 1}
    (boundary,) = of_kind(study, closed, "boundary")
    assert {
        coder: [words for _one, words in marks] for coder, marks in boundary.codings.items()
    } == {
        "claire": ["Paragraphe 3 : le maire décide, dit-on. Il attend 🌾."],
        "yann": ["Paragraphe 3 : le ma"],
    }
    assert all(one.is_open for one in closed.disagreements)
    assert len({one.id for one in closed.disagreements}) == 4


def test_to_keep_one_leaves_both_as_they_were_and_settles_that_one(study, closed):
    before = said(study)
    (one,) = of_kind(study, closed, "neighbouring_code")
    (decided,) = study.round_decide(
        one.id, keep="yann", reason="definition", why="Il se fait connaître.", coder="claire"
    )
    assert said(study) == before
    (kept,) = [coding for coding, _words in one.codings["yann"]]
    assert (decided.kept, decided.code, decided.segment) == (kept.id, "S2", kept.segment)
    assert decided.round == closed.round.id
    assert study.adjudications == (decided,)
    settled = study.codings().where(settled=True)
    assert [(c.id, c.code, c.segment) for c in settled.where(decided=True)] == [
        (decided.id, "S2", kept.segment)
    ]
    assert settled.settled_shares["decided"] == 1
    (left,) = of_kind(study, closed, "neighbouring_code")
    assert not left.is_open
    assert left.decisions == (decided,)


def test_another_passage_another_code_or_none_may_stand(study, closed):
    (boundary,) = of_kind(study, closed, "boundary")
    (decided,) = study.round_decide(
        boundary.id[-4:], code="S2", words="le maire décide", reason="boundary",
        why="Le verbe suffit.", coder="yann",
    )  # fmt: skip
    assert study.corpus.quote(decided.segment) == "le maire décide"
    assert boundary.segment.start <= decided.segment.start
    first, second = of_kind(study, closed, "omission")
    (none,) = study.round_decide(first.id, none=True, reason="omission", why="Non.", coder="yann")
    assert (none.code, none.grid) == ("", "")
    missing = next(coder for coder, marks in second.codings.items() if not marks)
    (nothing,) = study.round_decide(
        second.id, keep=missing, reason="slip", why="Rien là.", coder="claire"
    )
    assert nothing.code == ""
    assert {c.code for c in study.codings().where(decided=True)} == {"S2"}
    assert study.check().sound


def test_what_is_decided_cannot_be_decided_again_before_it_is_undone(study, closed):
    (one,) = of_kind(study, closed, "boundary")
    how = {"reason": "boundary", "why": "Tout le paragraphe.", "coder": "claire"}
    study.round_decide(one.id, keep="claire", **how)
    with pytest.raises(Conflict, match="claire"):
        study.round_decide(one.id, keep="yann", **how)
    whole = [coding for marks in one.codings.values() for coding, _words in marks]
    with pytest.raises(Conflict, match=r"claire on .*2023"):
        study.adjudicate(whole[1:], code=None, reason="slip", why="Non.", coder="yann")
    before = said(study)
    assert len(study.round_undo(one.id, coder="yann")) == 1
    assert said(study) == before
    assert study.adjudications == ()
    with pytest.raises(NotFound):
        study.round_undo(one.id, coder="yann")
    study.round_decide(one.id, keep="yann", **how)
    assert [coding.code for coding in study.codings().where(decided=True)] == ["S1"]
    assert study.check().sound


def test_a_decision_that_nothing_stands_is_undone_like_any_other(study, closed):
    first, _second = of_kind(study, closed, "omission")
    study.round_decide(first.id, none=True, reason="omission", why="Non.", coder="yann")
    memos = study.memos
    study.round_undo(first.id, coder="claire")
    assert (study.adjudications, study.memos) == ((), memos)
    assert first.id in {one.id for one in study.round_disputes(closed.round) if one.is_open}


def test_a_decision_must_be_one_and_say_why(study, closed, put):
    one = of_kind(study, closed, "neighbouring_code")[0]
    how = {"reason": "slip", "why": "Non.", "coder": "claire"}
    a, b = [coding for marks in one.codings.values() for coding, _words in marks]
    elsewhere = put(5, coder="claire", note="V02.md")
    far = Segment(a.segment.source, 0, 10_000)
    for wrong, kind in (
        (lambda: study.round_decide(one.id, **how), InvalidInput),
        (lambda: study.round_decide(one.id, keep="yann", none=True, **how), InvalidInput),
        (lambda: study.round_decide(one.id, none=True, words="le maire", **how), InvalidInput),
        (lambda: study.round_decide(one.id, code="S1", words="le shérif", **how), InvalidInput),
        (lambda: study.round_decide("ffffffff", none=True, **how), NotFound),
        (lambda: study.round_decide(one.id, keep="robot", **how), NotFound),
        (lambda: study.adjudicate([a, b], code="S9", **how), NotFound),
        (lambda: study.adjudicate([a, b], code="F1", **how), InvalidInput),
        (lambda: study.adjudicate([], code="S1", **how), InvalidInput),
        (lambda: study.adjudicate([a, elsewhere], code="S1", **how), InvalidInput),
        (lambda: study.adjudicate([a], code="S1", keep=b, **how), InvalidInput),
        (lambda: study.adjudicate([a, b], code="S1", segment=far, **how), InvalidInput),
        (lambda: study.adjudicate([a], code="S1", **how | {"why": " "}), InvalidInput),
        (lambda: study.adjudicate([a], code="S1", **how | {"reason": "mood"}), InvalidInput),
        (lambda: study.adjudicate([a], code="S1", **how | {"coder": "paul"}), NotFound),
        (lambda: study.adjudicate([a], code="S1", **how | {"coder": "robot"}), InvalidInput),
        (lambda: study.adjudicate([a], code="S1", **how | {"coder": "stagiaire"}), InvalidInput),
    ):
        with pytest.raises(kind):
            wrong()
    assert study.adjudications == ()
    study.retract(elsewhere, coder="claire")
    with pytest.raises(NotFound):
        study.adjudicate([elsewhere], code="S1", **how)
    made = study.adjudicate([a, b], code="S1", **how)
    put_there = next(c for c in study.codings() if c.id == made.id)
    with pytest.raises(InvalidInput, match="decision of claire"):
        study.adjudicate([put_there], code="S1", **how)


def test_several_codings_of_one_coder_are_all_kept(study, put):
    whole = put(2, coder="claire")
    first, rest = (
        study.code(Segment(whole.segment.source, start, end), "S1", coder="yann")
        for start, end in ((whole.segment.start, whole.segment.start + 39),
                           (whole.segment.start + 40, whole.segment.end))
    )  # fmt: skip
    put(4, coder="claire")
    opened = study.round_open(CODERS, coder="claire", sample=2, stratify=(), unit="span").round
    for coder in CODERS:
        study.round_finish(opened, coder=coder)
    study.round_close(opened, coder="claire")
    one = next(d for d in study.round_disputes(opened) if d.codings["yann"])
    made = study.round_decide(one.id, keep="yann", reason="slip", why="Deux.", coder="claire")
    assert {decided.kept for decided in made} == {first.id, rest.id}
    assert not next(d for d in study.round_disputes(opened) if d.id == one.id).is_open
    assert len(study.round_undo(one.id, coder="claire")) == 2


def test_decisions_of_two_copies_on_one_coding_contend_until_one_is_undone(study, closed, tmp_path):
    """As merging puts them together: each was written where the other was not known."""
    (one,) = of_kind(study, closed, "boundary")
    how = {"reason": "boundary", "why": "Tout.", "coder": "claire"}
    (decided,) = study.round_decide(one.id, keep="claire", **how)
    other = replace(decided, id=UUID(int=2**100), by="yann", why="Rien.", code="S2", kept=None)
    with study.shelf.database.writing() as connection:
        append_adjudication(connection, other, _digest(study, other))
    assert len(study.adjudications) == 2
    assert len(study.codings().where(decided=True)) == 0
    assert study.codings().left_out["decision_conflict"] == 2
    assert len(study.round_undo(one.id, coder="claire")) == 2


def test_two_copies_that_decided_the_same_do_not_contend(study, closed):
    (one,) = of_kind(study, closed, "boundary")
    how = {"reason": "boundary", "why": "Tout.", "coder": "claire"}
    (decided,) = study.round_decide(one.id, keep="claire", **how)
    other = replace(decided, id=UUID(int=2**127), by="yann", why="Tout aussi.")
    with study.shelf.database.writing() as connection:
        append_adjudication(connection, other, _digest(study, other))
    assert [coding.id for coding in study.codings().where(decided=True)] == [decided.id]
    assert "decision_conflict" not in study.codings().left_out
    assert len(study.round_undo(one.id, coder="claire")) == 2
    assert not len(study.codings().where(decided=True))


def _digest(study, decided) -> bytes:
    return passage_digest(study.corpus.quote(decided.segment), study.identity.key)


@pytest.fixture
def filled(study, closed, tmp_path):
    """The workbook of what is left, filled in row by row: id, then cells by header."""

    def made(rows: dict[str, dict[str, str]], name: str = "arbitrage.xlsx"):
        from openpyxl import load_workbook

        path = study.round_export(closed.round, to=tmp_path / name)
        book = load_workbook(path)
        sheet = book["Arbitrage"]
        headers = {cell.value: cell.column for cell in sheet[2]}
        for row in range(3, sheet.max_row + 1):
            said = rows.get(sheet.cell(row, headers["désaccord n°"]).value, {})
            for header, words in said.items():
                sheet.cell(row, headers[header]).value = words
        out = tmp_path / f"rempli-{name}"
        book.save(out)
        return out

    return made


def ruled(decision: str, reason: str = "définition", why: str = "Parce que.", **more: str):
    return {"décision": decision, "raison du désaccord": reason, "pourquoi": why, **more}


def test_a_workbook_holds_what_each_coder_put_side_by_side(study, closed, tmp_path):
    path = study.round_export(closed.round, to=tmp_path / "a.xlsx")
    sheets = read_workbook(path)
    rows = list(sheets["arbitrage"].rows.values())
    assert rows[1][5:7] == ("codé par claire", "codé par yann")
    assert len(rows) == 2 + 4
    words = " ".join(str(cell) for row in rows[2:] for cell in row)
    assert "S2 – Se faire connaître" in words
    assert "–" in {row[6] for row in rows[2:]}
    with pytest.raises(Conflict):
        study.round_export(closed.round, to=path)
    again = study.round_export(closed.round, to=tmp_path / "b.xlsx")
    assert again.exists()


def test_a_workbook_filled_in_is_read_once(study, closed, filled):
    (boundary,) = of_kind(study, closed, "boundary")
    (code,) = of_kind(study, closed, "neighbouring_code")
    first, second = of_kind(study, closed, "omission")
    path = filled(
        {
            boundary.id: ruled("garder yann", "Limites"),
            code.id: ruled("S2 – Se faire connaître", **{"mots exacts": "le maire décide"}),
            first.id: ruled("aucun code", "omission"),
        }
    )
    before = said(study)
    told = study.round_import(path, coder="claire")
    assert (told.added, told.known, told.left) == (3, 0, 1)
    assert said(study) == before
    assert {(d.code, d.reason) for d in study.adjudications} == {
        ("S1", "boundary"), ("S2", "definition"), ("", "omission"),
    }  # fmt: skip
    again = study.round_import(path, coder="yann")
    assert (again.added, again.known) == (0, 3)
    assert len(study.adjudications) == 3
    assert [one.id for one in study.round_disputes(closed.round) if one.is_open] == [second.id]
    assert study.check().sound


def test_a_workbook_with_a_fault_is_refused_whole_with_every_cell(study, closed, filled):
    (boundary,) = of_kind(study, closed, "boundary")
    (code,) = of_kind(study, closed, "neighbouring_code")
    first, second = of_kind(study, closed, "omission")
    path = filled(
        {
            boundary.id: ruled("garder claire"),
            code.id: ruled("S9", "humeur", why=""),
            first.id: ruled("garder paul"),
            second.id: {"pourquoi": "sans décision"},
        }
    )
    with pytest.raises(FormatError) as caught:
        study.round_import(path, coder="claire")
    cells = {fault.partition(":")[0].strip() for fault in caught.value.faults}
    assert len(caught.value.faults) == 5
    assert all(cell.startswith("Arbitrage!") for cell in cells), cells
    assert study.adjudications == ()


def test_a_workbook_that_decides_otherwise_than_what_stands_is_refused(study, closed, filled):
    (boundary,) = of_kind(study, closed, "boundary")
    path = filled({boundary.id: ruled("garder claire")})
    study.round_decide(boundary.id, keep="yann", reason="slip", why="Court.", coder="yann")
    with pytest.raises(FormatError, match="decided otherwise by yann"):
        study.round_import(path, coder="claire")
    assert len(study.adjudications) == 1


@pytest.mark.parametrize("more", [{"reason": "omission"}, {"why": "Après réflexion."}])
def test_a_workbook_that_gives_other_reasons_than_those_that_stand_is_refused(
    study, closed, filled, more
):
    """What the next grid is made of is never dropped in silence."""
    (boundary,) = of_kind(study, closed, "boundary")
    path = filled({boundary.id: ruled("garder claire")})
    said_then = {"reason": "definition", "why": "Parce que."} | more
    study.round_decide(boundary.id, keep="claire", **said_then, coder="yann")
    with pytest.raises(FormatError, match="decided otherwise by yann"):
        study.round_import(path, coder="claire")


def test_a_workbook_of_another_kind_is_refused(study, closed, tmp_path):
    sheet = study.sheet_export("claire", to=tmp_path / "codage.xlsx")
    with pytest.raises(FormatError, match="not an arbitration workbook"):
        study.round_import(sheet, coder="claire")
    with pytest.raises(InvalidInput):
        study.round_import(sheet, coder="robot")


def test_a_decision_that_keeps_a_coding_stays_in_its_episode(study, put):
    mine = [put(rank, coder="claire") for rank in (0, 1)]
    theirs = put(0, "S2", coder="yann")
    episode = study.episode(mine, coder="claire", label="le bail", facets={"phase": "early"})
    made = study.adjudicate(
        [mine[0], theirs], code=None, keep=mine[0], reason="slip", why="Oui.", coder="yann"
    )
    codings = study.codings()
    put_there = next(one for one in codings if one.id == made.id)
    assert put_there.facets == {"phase": "early"}
    assert codings.where(decided=True).episodes[0].id == episode.id


def test_decisions_are_read_again_by_whoever_opens_the_study(study, closed):
    one = closed.disagreements[0]
    made = study.round_decide(one.id, none=True, reason="slip", why="Non.", coder="claire")
    study.close()
    with Study(study.folder) as again:
        assert again.adjudications == made
        assert [d.id for d in again.round_disputes(closed.round) if not d.is_open] == [one.id]


def test_decisions_follow_their_passages_to_a_corrected_text(study, closed, tmp_path):
    (boundary,) = of_kind(study, closed, "boundary")
    how = {"why": "Le verbe suffit.", "coder": "yann"}
    study.round_decide(boundary.id, code="S2", words="le maire décide", reason="boundary", **how)
    first, _second = of_kind(study, closed, "omission")
    study.round_decide(first.id, none=True, reason="omission", **how)
    settled = sorted(
        (c.code, study.corpus.quote(c.segment)) for c in study.codings().where(settled=True)
    )
    corrected = tmp_path / "V01.md"
    corrected.write_text("Un paragraphe de plus.\n\n" + NOTE, encoding="utf-8")
    assert not study.ingest([corrected]).refused
    again = study.codings().where(settled=True)
    assert sorted((c.code, study.corpus.quote(c.segment)) for c in again) == settled
    assert len(study.adjudications) == 2
    listed = {one.id: one for one in study.round_disputes(closed.round)}
    assert not listed[boundary.id].is_open
    assert not listed[first.id].is_open
    assert study.check().sound


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_decided_coders_keep_what_they_put(study, closed, data):
    before, figures = said(study), agreement.alpha(study.codings()).table
    for one in closed.disagreements:
        choice = data.draw(st.sampled_from(["claire", "yann", "S1", "S2", None, "later"]))
        how = {"reason": data.draw(st.sampled_from(DISAGREEMENT_REASONS)), "why": "Vu."}
        if choice == "later":
            continue
        kept = {"keep": choice} if choice in CODERS else {"code": choice, "none": choice is None}
        made = study.round_decide(one.id, **kept, **how, coder="claire")
        put_there = {c.id: c for c in study.codings().where(settled=True, decided=True)}
        for decided in made:
            assert (decided.id in put_there) == bool(decided.code)
            assert set(decided.of) <= {c.id for marks in one.codings.values() for c, _w in marks}
        with pytest.raises(Conflict):
            study.round_decide(one.id, none=True, **how, coder="yann")
    assert said(study) == before
    assert agreement.alpha(study.codings()).table.equals(figures)
    judged = {key for decided in study.adjudications for key in decided.of}
    assert not judged & {c.id for c in study.codings().where(settled=True)}
    for one in study.round_disputes(closed.round):
        if not one.is_open:
            study.round_undo(one.id, coder="claire")
    assert not study.adjudications
