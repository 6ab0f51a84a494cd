"""Codings follow the grid, or are owed to a second reading; none is ever rewritten."""

from random import Random

import pytest

from cpit_research import agreement
from cpit_research.errors import FormatError, InvalidInput, NotFound
from cpit_research.model.segment import Segment
from cpit_research.store.verifying import rows_of
from cpit_research.study.study import Study

NOTE = "Visite : V01\n\n" + "\n\n".join(f"Paragraphe {n}, où l’on parle." for n in range(12))
V1 = """\
format: 1
id: essai
version: v1
nature: team
status: draft
title: Grille d’essai
axes:
  - id: situations
    name: Situations
    codes:
      - {id: S1, name: Un}
      - {id: S2, name: Deux}
      - {id: S3, name: Trois}
      - {id: S4, name: Quatre}
      - {id: S5, name: Cinq}
"""
V2 = """\
format: 1
id: essai
version: v2
nature: team
status: draft
title: Grille d’essai
previous: v1
changes:
  - {kind: split, from: [S1], into: [S11, S12], reason: deux gestes, author: claire}
  - {kind: merged, from: [S2, S3], into: [S23], reason: un seul geste, author: yann, follows: true}
  - {kind: renamed, from: [S4], into: [S4], reason: mot refusé, author: yann, follows: true}
  - {kind: redefined, from: [S5], into: [S5], reason: trop large, author: yann}
axes:
  - id: situations
    name: Situations
    codes:
      - {id: S11, name: Un et demi}
      - {id: S12, name: Un et quart}
      - {id: S23, name: Deux ou trois}
      - {id: S4, name: Quatrième}
      - {id: S5, name: Cinq, definition: Moins large.}
      - {id: S1, name: Un, status: split}
      - {id: S2, name: Deux, status: merged}
      - {id: S3, name: Trois, status: merged}
"""
CODES = ("S1", "S2", "S3", "S4", "S5")


def places(study: Study) -> list[Segment]:
    source = study.corpus.at("V01.md")
    starts = [source.text.index(f"Paragraphe {n},") for n in range(12)]
    return [Segment(source.id, start, start + 12) for start in starts]


def events(study: Study) -> list:
    with study.shelf.database.reading() as connection:
        rows, stopped = rows_of(connection, "event")
    assert not stopped
    assert all(sound for _row, sound in rows)
    return [row for row, _sound in rows]


@pytest.fixture
def study(new_study):
    study = new_study({"V01.md": NOTE})
    (study.folder / "grids" / "v1.yaml").write_text(V1, encoding="utf-8")
    for at, code in enumerate(CODES):
        study.code(places(study)[at], code, coder="claire" if at % 2 else "yann")
    (study.folder / "grids" / "v2.yaml").write_text(V2, encoding="utf-8")
    return study


def test_old_codings_bear_the_code_that_theirs_became_and_keep_their_version(study):
    assert {(c.code, c.grid) for c in study.codings()} == {("S23", "v1"), ("S4", "v1")}
    assert [c.code for c in study.codings()] == ["S23", "S23", "S4"]
    assert study.codings().left_out == {"debt": 2}
    assert {c.code for c in study.codings("v1")} == set(CODES)


def test_what_is_undecided_is_owed_by_its_coder_with_its_passage_and_the_change(study):
    owed = study.grid_debt()
    assert [(one.coding.code, one.coding.coder, one.candidates) for one in owed] == [
        ("S1", "yann", ("S11", "S12")),
        ("S5", "yann", ("S5",)),
    ]
    assert [one.words for one in owed] == ["Paragraphe 0", "Paragraphe 4"]
    assert [one.changes[0].reason for one in owed] == ["deux gestes", "trop large"]
    assert study.grid_debt(coder="claire") == ()
    assert study.grid_debt("v1") == ()


def test_the_debt_shrinks_as_codings_are_read_again_and_nothing_is_rewritten(study):
    before = events(study)
    first, second = study.grid_debt()
    assert study.grid_recode([first.id], "S12", coder="claire") == 1
    assert [one.id for one in study.grid_debt()] == [second.id]
    assert study.grid_recode([second.id], "S5", coder="yann") == 1
    assert study.grid_debt() == ()
    assert study.codings().left_out == {}
    read = {c.code: c for c in study.codings()}
    assert (read["S12"].grid, read["S12"].coder) == ("v2", "yann")
    assert {c.code for c in study.codings("v1")} == {"S2", "S3", "S4"}
    assert events(study)[: len(before)] == before
    assert study.check().sound


def test_a_coding_read_again_may_be_taken_back_under_its_own_code(study):
    (first, *_rest) = study.grid_debt()
    recoded = study.recode(first.coding, "S23", coder="yann")
    study.retract(recoded, coder="yann")
    (followed, *_others) = study.codings()
    study.retract(followed, coder="claire")
    assert study.check().sound
    assert len(study.codings()) == 2


@pytest.mark.parametrize("code", ["S1", "S99"])
def test_a_code_that_does_not_stand_is_refused(study, code):
    (first, *_rest) = study.grid_debt()
    before = events(study)
    with pytest.raises((InvalidInput, NotFound)):
        study.grid_recode([first.id], code, coder="yann")
    with pytest.raises((InvalidInput, NotFound)):
        study.code(places(study)[9], code, coder="yann")
    assert events(study) == before


def test_an_id_that_owes_nothing_is_told(study):
    (followed, *_others) = study.codings()
    with pytest.raises(NotFound):
        study.grid_recode([followed.id.hex[-8:]], "S23", coder="yann")


OPERATIONS = ("diff", "lineage", "debt", "recode", "v1", "v2", "release", "check")


@pytest.mark.parametrize("seed", range(6))
def test_no_operation_on_the_grid_deletes_or_rewrites_a_coding(new_study, seed):
    chance = Random(seed)
    study = new_study({"V01.md": NOTE})
    (study.folder / "grids" / "v1.yaml").write_text(V1, encoding="utf-8")
    for at, code in enumerate(CODES):
        study.code(places(study)[at], code, coder="claire")
    (study.folder / "grids" / "v2.yaml").write_text(V2, encoding="utf-8")
    for operation in chance.choices(OPERATIONS, k=8):
        before = events(study)
        owed = study.grid_debt()
        standing = len(study.codings()) + len(owed)
        match operation:
            case "diff":
                study.grid_diff("v1", "v2")
            case "lineage":
                study.grid_lineage("S23")
            case "recode" if owed:
                study.recode(chance.choice(owed).coding, "S12", coder="yann")
            case "v1" | "v2":
                study.codings(operation)
            case "release":
                with pytest.raises(FormatError):  # its situations are not described
                    study.grid_release("v1")
            case _:
                assert study.check().faults == ()
        assert events(study)[: len(before)] == before
        assert len(study.codings()) + len(study.grid_debt()) == standing == 5
    study.close()


def test_a_coder_who_owes_all_that_she_put_on_a_note_has_read_it(new_study):
    """She is not missing there: what the other put alone is not settled, and is compared."""
    study = new_study({"V01.md": NOTE})
    (study.folder / "grids" / "v1.yaml").write_text(V1, encoding="utf-8")
    first, second, *_rest = places(study)
    mine = study.code(first, "S4", coder="yann")
    owed = study.code(second, "S5", coder="claire")
    (study.folder / "grids" / "v2.yaml").write_text(V2, encoding="utf-8")
    codings = study.codings()
    assert [coding.id for coding in codings] == [mine.id]
    assert codings.left_out == {"debt": 1}
    assert codings.readers == {mine.segment.source: ("claire", "yann")}
    assert not len(codings.where(settled=True))
    assert agreement.alpha(codings).table.loc["S4", "second_only"] == 1
    assert [one.coding.id for one in study.grid_debt()] == [owed.id]


def test_who_decided_under_an_older_grid_has_read_nothing_by_it(new_study, register_of):
    study = new_study({"V01.md": NOTE})
    known = ("claire", "yann", "zoe")
    register_of(study.folder, Chercheurs=[["id", "rôle"], *([who, ""] for who in known)])
    (study.folder / "grids" / "v1.yaml").write_text(V1, encoding="utf-8")
    place = places(study)[0]
    listed = [study.code(place, "S4", coder="yann"), study.code(place, "S5", coder="claire")]
    study.adjudicate(listed, code="S5", reason="definition", why="Oui.", coder="zoe")
    (study.folder / "grids" / "v2.yaml").write_text(V2, encoding="utf-8")
    assert study.codings().readers == {place.source: ("claire", "yann")}
