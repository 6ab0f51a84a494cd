"""What the field shows and the grid does not say is kept under a name, until a version answers."""

from datetime import date
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.proposal import name_key
from cpit_research.model.segment import Segment
from cpit_research.store import proposals as store
from cpit_research.store.codings import append_rows

LINES = [
    "Le maire attend devant la mairie, il est neuf heures et demie.",
    "L’école ferme en juin. Personne ne le dit devant les parents.",
    "La secrétaire ouvre la salle du conseil et allume le chauffage.",
    "On parle du pont, puis de la friche, puis encore du pont.",
]
NOTE = "\n\n".join(LINES)


@pytest.fixture
def study(new_study):
    study = new_study({"V01.md": NOTE, "V02.md": NOTE})
    study.code(on(study, LINES[0]), "S1", coder="claire")
    return study


def on(study, words, path="V01.md"):
    source = study.corpus.at(path)
    start = source.text.index(words)
    return Segment(source.id, start, start + len(words))


def events_of(study) -> int:
    with study.shelf.database.reading() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()


def coded(study) -> list[tuple[object, ...]]:
    """Every event about a coding, byte for byte."""
    with study.shelf.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM event WHERE code IS NOT NULL ORDER BY id")
        return [tuple(row) for row in rows]


def test_a_passage_is_proposed_and_listed_with_where_it_comes_from(study):
    made = study.propose(on(study, LINES[3]), "Tenir l’agenda", coder="claire", words="souvent")
    (proposal,) = study.grid_proposals()
    (passage,) = proposal.passages
    assert passage == made
    assert (proposal.name, proposal.is_open) == ("Tenir l’agenda", True)
    assert (passage.quotation, passage.path) == (LINES[3], "V01.md")
    assert passage.place == "line 7"
    assert (passage.coder, passage.words, passage.grid) == ("claire", "souvent", "v1")
    assert (passage.visit, passage.day) == ("V01", date(2022, 10, 12))
    assert study.check().sound


def test_accents_capitals_and_spaces_make_no_other_proposal(study):
    study.propose(on(study, LINES[1]), "Tenir l’agenda partagé", coder="claire")
    study.propose(on(study, LINES[2], "V02.md"), " tenir L'AGENDA  partage", coder="yann")
    study.propose(on(study, LINES[2]), "Tenir le registre", coder="yann")
    first, second = study.grid_proposals()
    assert (first.name, second.name) == ("Tenir l’agenda partagé", "Tenir le registre")
    assert [one.path for one in first.passages] == ["V01.md", "V02.md"]


def test_proposing_again_what_is_proposed_adds_nothing(study):
    first = study.propose(on(study, LINES[1]), "Tenir l’agenda", coder="claire")
    before = events_of(study)
    assert study.propose(on(study, LINES[1]), "tenir l'agenda", coder="claire") == first
    assert events_of(study) == before
    study.propose(on(study, LINES[1]), "Tenir l’agenda", coder="yann")
    assert events_of(study) == before + 1


def test_the_words_of_the_passage_are_not_kept_in_the_record(study):
    study.propose(on(study, LINES[1]), "Tenir l’agenda", coder="claire")
    with study.shelf.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM event WHERE kind = 'propose'")
        assert "école" not in repr([tuple(row) for row in rows])


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_a_proposal_needs_a_name(study, name):
    with pytest.raises(InvalidInput):
        study.propose(on(study, LINES[1]), name, coder="claire")


def test_a_proposal_needs_a_known_coder_and_a_passage_of_the_text(study):
    with pytest.raises(NotFound):
        study.propose(on(study, LINES[1]), "Tenir", coder="paul")
    with pytest.raises(InvalidInput):
        study.propose(Segment(study.corpus.at("V01.md").id, 0, 10_000), "Tenir", coder="claire")
    assert study.grid_proposals() == ()


def test_a_proposal_is_closed_by_a_code_and_its_passages_stay_listed(study):
    study.propose(on(study, LINES[1]), "Tenir l’agenda", coder="claire")
    settled = study.grid_settle("TENIR L'AGENDA", into="S2", reason="Même geste.", coder="yann")
    assert study.grid_proposals() == (settled,)
    (passage,) = settled.passages
    assert not settled.is_open
    assert passage.settled is not None
    assert (passage.settled.into, passage.settled.grid) == ("S2", "v1")
    assert (passage.settled.reason, passage.settled.coder) == ("Même geste.", "yann")
    assert study.check().sound


def test_a_decline_is_reversible_and_the_last_word_holds(study):
    study.propose(on(study, LINES[1]), "Tenir l’agenda", coder="claire")
    declined = study.grid_settle("Tenir l’agenda", reason="Trop rare.", coder="yann")
    assert declined.passages[0].settled.into == ""
    assert study.grid_reopen("Tenir l’agenda", coder="claire").is_open
    taken = study.grid_settle("Tenir l’agenda", into="S1", reason="Vu ailleurs.", coder="claire")
    assert taken.passages[0].settled.into == "S1"
    assert study.check().sound


def test_a_passage_met_after_the_answer_is_open_again(study):
    study.propose(on(study, LINES[1]), "Tenir l’agenda", coder="claire")
    study.grid_settle("Tenir l’agenda", reason="Trop rare.", coder="yann")
    study.propose(on(study, LINES[1], "V02.md"), "Tenir l’agenda", coder="claire")
    (proposal,) = study.grid_proposals()
    assert proposal.is_open
    assert [one.settled is None for one in proposal.passages] == [False, True]


def test_a_settlement_needs_a_reason_a_known_name_and_a_known_code(study):
    study.propose(on(study, LINES[1]), "Tenir l’agenda", coder="claire")
    with pytest.raises(InvalidInput):
        study.grid_settle("Tenir l’agenda", reason=" ", coder="claire")
    with pytest.raises(NotFound, match="Tenir l’agenda"):
        study.grid_settle("Tenir l’agenta", reason="oui", coder="claire")
    with pytest.raises(NotFound, match="S3"):
        study.grid_settle("Tenir l’agenda", into="S3", reason="oui", coder="claire")


def test_a_corrected_note_carries_its_proposals_along_or_asks(study):
    study.propose(on(study, LINES[1]), "Tenir l’agenda", coder="claire", words="à voir")
    study.propose(on(study, LINES[3]), "Parler du pont", coder="yann")
    study.grid_settle("Tenir l’agenda", reason="Trop rare.", coder="yann")
    corrected = f"Une ligne de plus.\n\n{NOTE}".replace("puis encore du pont", "puis du hangar")
    (study.shelf.raw / "V01.md").write_text(corrected, encoding="utf-8")
    (row,) = [one for one in study.ingest().rows if one.state == "new_version"]
    assert (row.exact + row.moved, row.to_confirm) == (2, 1)  # a coding among them
    first, second = study.grid_proposals()
    (moved,), (left,) = first.passages, second.passages
    assert (moved.quotation, moved.words, moved.is_current) == (LINES[1], "à voir", True)
    assert moved.settled is not None
    assert (left.quotation, left.place, left.is_current) == (LINES[3], "", False)
    (waiting,) = study.anchors_list()
    assert (waiting.code, waiting.name, waiting.coder) == (None, "Parler du pont", "yann")
    study.anchors_accept(coder="claire")
    (left,) = study.grid_proposals()[1].passages
    assert left.is_current
    assert "hangar" in left.quotation
    assert left.coder == "yann"
    assert study.memos == ()
    assert study.check().sound


def test_a_passage_discarded_is_no_longer_proposed_and_comes_back(study):
    study.propose(on(study, LINES[3]), "Parler du pont", coder="yann")
    (study.shelf.raw / "V01.md").write_text("\n\n".join(LINES[:3]), encoding="utf-8")
    study.ingest()
    (waiting,) = [one for one in study.anchors_list() if one.name]
    study.anchors_discard(waiting.id, "Retiré de la note.", coder="claire")
    assert study.grid_proposals() == ()
    study.anchors_undo(waiting.id, coder="claire")
    assert [one.name for one in study.grid_proposals()] == ["Parler du pont"]


def test_two_answers_of_two_copies_are_disputed_until_somebody_says(study):
    study.propose(on(study, LINES[1]), "Tenir l’agenda", coder="claire")
    study.grid_settle("Tenir l’agenda", reason="Trop rare.", coder="yann")
    with study.shelf.database.writing() as connection:
        ((subject, one),) = store.stored_settlements(connection).items()
        other = {**one.payload, "into": "S2", "grid": "v1"}
        store.append_settlement(
            connection, event=b"\xff" * 16, subject=subject, at=0, coder="claire", payload=other,
            replaces=(),
        )  # fmt: skip
    (proposal,) = study.grid_proposals()
    assert proposal.disputed
    assert proposal.is_open
    assert not study.grid_settle("Tenir l’agenda", reason="Non.", coder="yann").disputed


def test_a_remark_of_a_coding_sheet_may_propose(study, tmp_path):
    path = study.sheet_export("claire", to=tmp_path / "codage.xlsx")
    book = load_workbook(path)
    sheet = book["Codage"]
    headers = {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(3, headers["remarque"]).value = "Hors grille : Tenir l’agenda\nvu deux fois"
    sheet.cell(4, headers["remarque"]).value = "hors-grille\u00a0: tenir l'agenda"
    sheet.cell(5, headers["remarque"]).value = "À revoir, hors grille ?"
    book.save(path)
    (row,) = study.sheet_import([path]).rows
    assert row.proposed == 2
    (proposal,) = study.grid_proposals()
    assert [one.quotation for one in proposal.passages] == LINES[:2]
    assert [one.words for one in proposal.passages] == ["vu deux fois", ""]
    assert len(study.memos) == 3
    (again,) = study.sheet_import([path]).rows
    assert again.proposed == 0
    assert study.check().sound


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_no_operation_touches_a_coding_and_every_event_passes_the_check(new_study, seed):
    chance = Random(seed)
    study = new_study({"V01.md": NOTE})
    study.code(on(study, LINES[0]), "S1", coder="claire")
    before = coded(study)
    names = ["Tenir l’agenda", "tenir L’AGENDA", "Dire l’école", "Œuvrer"]
    for _step in range(chance.randint(1, 8)):
        proposed = [one.name for one in study.grid_proposals()]
        match chance.randrange(3) if proposed else 0:
            case 0:
                words = chance.choice(LINES)
                study.propose(on(study, words), chance.choice(names), coder="claire")
            case 1:
                into = chance.choice([None, "S1", "S2"])
                name = chance.choice(proposed)
                study.grid_settle(name, into=into, reason="Dit.", coder="yann")
            case 2:
                study.grid_reopen(chance.choice(proposed), coder="yann")
    assert coded(study) == before
    assert study.check().sound
    keys = [name_key(one.name) for one in study.grid_proposals()]
    assert len(keys) == len(set(keys))


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_the_union_of_two_records_is_the_same_whichever_comes_first(new_study, seed):
    chance = Random(seed)
    first = new_study({"V01.md": NOTE})
    for rank, words in enumerate(chance.sample(LINES, 3)):
        first.propose(on(first, words), f"Nom {rank % 2}", coder="claire")
    for _step in range(chance.randrange(4)):
        name = f"Nom {chance.randrange(2)}"
        if chance.random() < 0.7:
            first.grid_settle(name, into=chance.choice([None, "S1"]), reason="Dit.", coder="yann")
        else:
            first.grid_reopen(name, coder="yann")
    with first.shelf.database.reading() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM event")]
        links = [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM event_replaces")]
    other = new_study({"V01.md": NOTE})
    chance.shuffle(rows)
    chance.shuffle(links)
    with other.shelf.database.writing() as connection:
        append_rows(connection, [row[:-1] for row in rows])
        store.link(connection, [link[:-1] for link in links])
    assert other.grid_proposals() == first.grid_proposals()
    assert {one.id for p in other.grid_proposals() for one in p.passages} <= {
        UUID(bytes=row[0]) for row in rows
    }
