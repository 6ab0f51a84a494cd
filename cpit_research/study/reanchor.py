"""Carrying codings and memos from the text they were put on to its newest version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cpit_research.model.event import PROGRAM
from cpit_research.store import anchors as store
from cpit_research.store.sources import text_of
from cpit_research.text.digest import passage_digest
from cpit_research.text.reanchoring import Reanchored, Reanchoring

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Carried", "Proposal", "carry", "proposals"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the codings and memos of one document.

    Parameters
    ----------
    exact, moved : int
        Carried to the same words: in the order of the text, or with a passage that changed place.
    to_confirm : int
        Left where they were until someone says.
    """

    exact: int = 0
    moved: int = 0
    to_confirm: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """One coding or memo on an older text, and what re-anchoring says of it."""

    before: store.Anchored
    found: Reanchored
    words: str
    proposed: str


def carry(
    study: Study, connection: Connection, current: Mapping[str, str], *, disputed: bool = False
) -> dict[str, Carried]:
    """Carry what can be to the newest versions; return what became of it, by source.

    Parameters
    ----------
    study : Study
        For its key, its clock and its ids.
    connection : Connection
        The transaction in which the versions are written.
    current : mapping of str to str
        Sources that have a new version, and that version.
    disputed : bool
        Whether each state of what is in conflict is carried too.
    """
    counts: dict[str, Carried] = {}
    moves = []
    for one in proposals(connection, current, disputed=disputed):
        found, source = one.found, one.before.source
        so_far = counts.get(source, Carried())
        if not one.before.is_suggestion:
            counts[source] = Carried(
                so_far.exact + (found.outcome == "exact"),
                so_far.moved + (found.outcome == "moved"),
                so_far.to_confirm + (found.outcome == "to_confirm"),
            )
        if found.outcome == "to_confirm" or found.start is None or found.end is None:
            continue
        how = {"how": found.outcome, "likeness": f"{found.likeness:.2f}"}
        moves.append(
            store.Move(
                _id_of(one.before.id, current[source], found.start, found.end, *how.values()),
                "reanchor", one.before.at, PROGRAM, one.before, current[source],
                found.start, found.end, passage_digest(one.words, study.identity.key), how,
            )
        )  # fmt: skip
    store.append_moves(connection, moves)
    return counts


def _id_of(before: bytes, *where: object) -> bytes:
    """Return the id of a move that the program makes.

    It derives from what is moved and from where it goes, as the time of the move is that of what
    is moved: two copies of a study that carry the same coding to the same text write one event.
    """
    key = bytearray(hashlib.blake2b(repr((before, *where)).encode(), digest_size=16).digest())
    key[:6] = before[:6]  # in the order of time, as the ids of people's events are
    key[6] = key[6] & 0x0F | 0x80  # version 8 of RFC 9562: of our own making
    key[8] = key[8] & 0x3F | 0x80
    return bytes(key)


def proposals(
    connection: Connection, current: Mapping[str, str], *, disputed: bool = False
) -> list[Proposal]:
    """Return what stands on an older text of `current`, with what re-anchoring says of it."""
    waiting = store.waiting(connection, current, disputed=disputed)
    wanted = {one.version for one in waiting} | {current[one.source] for one in waiting}
    texts = {version: text_of(connection, version) for version in wanted}
    return list(_proposed(waiting, texts, current))


def _proposed(
    waiting: Iterable[store.Anchored], texts: Mapping[str, str], current: Mapping[str, str]
) -> Iterable[Proposal]:
    moving: dict[tuple[str, str], Reanchoring] = {}
    for one in waiting:
        pair = (one.version, current[one.source])
        if pair not in moving:
            moving[pair] = Reanchoring(texts[pair[0]], texts[pair[1]])
        found = moving[pair].place(one.start, one.end)
        proposed = "" if found.start is None else texts[pair[1]][found.start : found.end]
        yield Proposal(one, found, texts[one.version][one.start : one.end], proposed)
