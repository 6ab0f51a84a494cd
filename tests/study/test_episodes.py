"""Codings that tell one event are grouped by their coder, and follow what becomes of them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpit_research.analysis.crosstab import crosstab
from cpit_research.errors import Conflict, CpitError, InvalidInput, NotFound
from cpit_research.model.segment import Segment
from cpit_research.store import episodes as store

GRID = """\
format: 1
id: essai
version: v1
nature: team
status: draft
title: Grille d’essai
facets:
  - id: effectivity
    name: Effectivité
    values: {realised: réalisée, prevented: empêchée}
  - id: voice
    name: Voix
    values: {observation: observation, self: intéressé, third_party: tiers, document: document}
axes:
  - id: situations
    name: Situations
    codes:
      - {id: S1, name: Clarifier son mandat}
      - {id: S2, name: Se faire connaître}
  - id: actors
    name: Acteurs
    codes:
      - {id: A1, name: Élus}
      - {id: A2, name: Habitants}
  - id: postures
    name: Postures
    codes:
      - {id: P1, name: Traduire}
"""
NOTE = "\n\n".join(f"Paragraphe {n} : l’école 🌾 ferme, dit-on." for n in range(6))


@pytest.fixture
def study(new_study):
    study = new_study()
    (study.folder / "grids" / "v1.yaml").write_text(GRID, encoding="utf-8")
    for name in ("V01.md", "V02.md"):
        (study.shelf.raw / name).write_text(f"{NOTE} Fin de {name}.", encoding="utf-8")
    study.ingest()
    return study


@pytest.fixture
def put(study):
    """Put a code on a paragraph of a note."""

    def coded(rank: int, code: str = "S1", *, note: str = "V01.md", coder: str = "claire", **rest):
        source = study.corpus.at(note)
        unit = source.structure.units[rank]
        return study.code(Segment(source.id, unit.start, unit.end), code, coder=coder, **rest)

    return coded


def test_an_episode_is_what_was_said_and_its_codings_read_its_facets(study, put):
    codings = [put(0), put(1, "S2", facets={"effectivity": "realised"}), put(2, "A1")]
    episode = study.episode(
        codings, coder="claire", principal=codings[1], actors=["A2"], posture="P1",
        facets={"effectivity": "prevented"}, label="le bail", note="raconté deux fois",
    )  # fmt: skip
    assert study.episodes == (episode,)
    assert (episode.principal, episode.actors, episode.posture) == (codings[1].id, ("A2",), "P1")
    held = study.codings()
    assert [coding.facets for coding in held] == [{"effectivity": "prevented"}] * 3
    assert held.where(facets={"effectivity": "prevented"}).episodes == (episode,)
    assert [coding.id for coding in held] == [coding.id for coding in codings]
    study.episode_dissolve(episode, coder="claire")
    assert study.episodes == ()
    assert list(study.codings()) == codings
    assert study.check().sound


def test_the_only_situation_is_the_principal_one_and_two_need_to_be_told(study, put):
    first, second, third = put(0, "A1"), put(1), put(2)
    assert study.episode([third, second, first], coder="claire").principal == second.id
    others = [put(3), put(4, "S2")]
    assert study.episode(others, coder="claire").principal is None


@pytest.mark.usefixtures("in_english")
def test_what_does_not_hold_together_is_refused_and_nothing_is_kept(study, put):
    mine, hers, elsewhere = put(0), put(1, coder="yann"), put(1, note="V02.md")
    actor = put(2, "A1")
    for codings, rest, word in (
        ([], {}, "at least one"),
        ([mine, hers], {}, "yann"),
        ([mine, elsewhere], {}, "several"),
        ([mine], {"principal": hers}, "one of the codings"),
        ([mine, actor], {"principal": actor}, "bears a situation"),
        ([mine], {"actors": ["P1"]}, "P1"),
        ([mine], {"posture": "A1"}, "A1"),
        ([mine], {"facets": {"effectivity": "peut-être"}}, "peut-être"),
        ([mine], {"facets": {"humeur": "bonne"}}, "humeur"),
    ):
        with pytest.raises(InvalidInput, match=word):
            study.episode(codings, coder="claire", **rest)
    with pytest.raises(NotFound):
        study.episode([mine], coder="personne")
    study.retract(mine, coder="claire")
    with pytest.raises(NotFound):
        study.episode([mine, actor], coder="claire")
    assert study.episodes == ()


def test_a_coding_is_in_one_episode_at_most(study, put):
    first, second = put(0), put(1)
    episode = study.episode([first], coder="claire", label="le bail")
    with pytest.raises(Conflict, match="le bail"):
        study.episode([first, second], coder="claire")
    wider = study.episode([first, second], coder="claire", replaces=episode)
    assert (wider.id, study.episodes) == (episode.id, (wider,))
    with pytest.raises(InvalidInput, match="claire"):
        study.episode([put(2, coder="yann")], coder="yann", replaces=episode)


def test_an_episode_follows_its_codings_and_goes_with_the_last(study, put):
    first, second = put(0), put(3, "S2")
    study.episode(
        [first, second], coder="claire", principal=first, facets={"effectivity": "realised"}
    )
    (study.shelf.raw / "V01.md").write_text(f"Un ajout.\n\n{NOTE} Fin de V01.md.", encoding="utf-8")
    study.ingest()
    moved = study.codings()
    assert [coding.facets for coding in moved] == [{"effectivity": "realised"}] * 2
    assert moved.coding(0).segment != first.segment
    study.retract(moved.coding(0), coder="claire")
    (left,) = study.episodes
    assert (left.codings, left.principal) == ((second.id,), None)
    assert study.codings().episodes == (left,)
    study.retract(study.codings().coding(0), coder="claire")
    assert study.episodes == ()
    assert study.check().sound


def test_a_coding_taken_back_keeps_its_own_facets_in_the_record(study, put):
    coding = put(0, facets={"effectivity": "realised"})
    episode = study.episode([coding], coder="claire", facets={"effectivity": "prevented"})
    study.retract(study.codings().coding(0), coder="claire")
    events = "SELECT payload FROM event WHERE code IS NOT NULL"
    with study.shelf.database.reading() as connection:
        payloads = [row[0] for row in connection.exec_driver_sql(events)]
    assert all('"realised"' in payload for payload in payloads)
    assert episode.facets == {"effectivity": "prevented"}


def test_episodes_of_several_notes_or_coders_are_linked_as_one_event(study, put):
    seen = study.episode([put(0)], coder="claire")
    told = study.episode([put(0, note="V02.md")], coder="claire", same_as=[seen])
    also = study.episode([put(1, coder="yann")], coder="yann")
    linked = study.episode_link(also, told, coder="yann")
    assert set(linked.same_as) == {seen.id, told.id}
    assert {one.id: set(one.same_as) for one in study.episodes} == {
        seen.id: {told.id, also.id}, told.id: {seen.id, also.id}, also.id: {seen.id, told.id},
    }  # fmt: skip
    assert study.episode_link(seen, also, coder="claire").id == seen.id
    with pytest.raises(InvalidInput):
        study.episode_link(seen, study.episode([put(2)], coder="claire"), coder="claire")


def test_a_conflict_is_told_and_its_codings_stand_alone_until_settled(study, put):
    codings = [put(0), put(1), put(2)]
    episode = study.episode(codings[:2], coder="claire", facets={"effectivity": "prevented"})
    twin = study.occasion.new_id()
    with study.shelf.database.writing() as connection:  # as a merge would bring it
        (held,) = store.stored_episodes(connection).episodes
        store.append_episode(connection, held, event=twin, actor="claire", at=0, replaces=[])
    assert study.episodes == ()
    alone = study.codings()
    assert alone.left_out == {"episode_conflict": 1}
    assert [coding.facets for coding in alone] == [{}] * 3
    assert crosstab(alone).table.loc["total", "total"] == 3
    report = study.check()
    assert report.sound
    assert any(episode.id.hex[-8:] in remark for remark in report.remarks)
    with pytest.raises(Conflict):
        study.episode(codings[1:], coder="claire")
    settled = study.episode(codings, coder="claire", replaces=episode)
    assert study.episodes == (settled,)
    assert crosstab(study.codings()).table.loc["total", "total"] == 1


def test_an_episode_that_the_study_does_not_hold_cannot_be_dissolved(study, put):
    episode = study.episode([put(0)], coder="claire")
    study.episode_dissolve(episode, coder="claire")
    with pytest.raises(NotFound):
        study.episode_dissolve(episode, coder="claire")
    with pytest.raises(CpitError):
        study.anchors_undo(episode.id.hex, coder="claire")


def test_an_episode_whose_coding_is_not_in_the_record_is_found_by_check(study, put):
    coding = put(0)
    lost = study.occasion.new_id()
    with study.shelf.database.writing() as connection:
        (held,) = store.members(connection, [coding.id]).values()
        payload = f'{{"codings": ["{"0" * 31}9"], "source": "{held.source}"}}'
        row = (lost, "episode", 1, 0, "claire", lost, None, None, None, None, "v1", None, payload)
        store.append_rows(connection, [row])
    (fault,) = study.check().faults
    assert lost.hex()[-12:] in fault


# The fixture is a factory: each example has its own study.
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["S1", "S2", "A1"])), max_size=8),
    st.data(),
)
def test_grouping_never_changes_the_codings_nor_adds_to_the_count(new_study, marks, data):
    study = new_study({"V01.md": NOTE})
    (study.folder / "grids" / "v1.yaml").write_text(GRID, encoding="utf-8")
    source = study.corpus.at("V01.md")
    units = source.structure.units
    study.code_all(
        [(Segment(source.id, units[n].start, units[n].end), code) for n, code in marks],
        coder="claire",
    )
    before = list(study.codings())
    counted = crosstab(study.codings()).table["total"]
    left = list(before)
    while left:
        size = data.draw(st.integers(1, len(left)))
        group, left = left[:size], left[size:]
        if data.draw(st.booleans()):
            facets = {"effectivity": data.draw(st.sampled_from(["realised", "prevented"]))}
            episode = study.episode(group, coder="claire", facets=facets)
            held = {coding.id: coding.facets for coding in study.codings()}
            assert all(held[key] == episode.facets for key in episode.codings)
    after = list(study.codings())
    assert [(c.id, c.segment, c.code) for c in after] == [(c.id, c.segment, c.code) for c in before]
    assert (crosstab(study.codings()).table["total"] <= counted).all()
    for episode in study.episodes:
        study.episode_dissolve(episode, coder="claire")
    assert list(study.codings()) == before
    study.close()
