"""Memos come back as they were thought, by source and place."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from cpit_research.model.memo import Memo
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure
from cpit_research.store import sources
from cpit_research.store.codings import load
from cpit_research.store.database import Database
from cpit_research.store.memos import append_memos, stored_memos
from cpit_research.store.verifying import rows_of

AT = datetime(2023, 5, 4, 9, 30, 12, 345_000, tzinfo=UTC)
MEMO = Memo(UUID(int=1), Segment("s", 3, 9), "v", "Et si c’était l’inverse ? 🌾", "claire", AT)


@pytest.fixture
def connection(tmp_path):
    with Database(tmp_path / "study.sqlite").writing() as connection:
        note = Source("s", "v", "a.md", "field_note", "Il pleut encore.", Structure(), "", "md/1")
        sources.add_sources(connection, [note])
        sources.add_versions(connection, [(note, 1, b"d")])
        yield connection


def test_memos_come_back_as_they_were_written_by_place(connection):
    later = replace(
        MEMO, id=UUID(int=2), segment=Segment("s", 0, 2), words="Autre", kind="reflexive"
    )
    append_memos(connection, [(MEMO, b"d"), (later, b"e")])
    assert list(stored_memos(connection)) == [later, MEMO]


def test_a_memo_is_not_a_coding_but_its_passage_is_verified_too(connection):
    append_memos(connection, [(MEMO, b"d")])
    assert len(load(connection, "v1", {}, {"v": "s"}).columns) == 0
    ((row, sound),), _stopped = rows_of(connection, "event")
    assert sound
    assert b"d" in row


def test_a_memo_on_an_unknown_text_is_refused(connection):
    with pytest.raises(IntegrityError):
        append_memos(connection, [(replace(MEMO, version="nowhere"), b"d")])
