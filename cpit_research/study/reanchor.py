"""Carrying codings and memos from the text they were put on to its newest version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cpit_research.model.event import PROGRAM
from cpit_research.store import anchors as store
from cpit_research.store.corrections import steps
from cpit_research.store.sources import text_of
from cpit_research.text.digest import passage_digest
from cpit_research.text.editing import Edit, placed
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
    """One coding or memo on an older text, and what re-anchoring says of it.

    `is_edited` when corrections of words, at known places, lead it there or part of the way.
    """

    before: store.Anchored
    found: Reanchored
    words: str
    proposed: str
    is_edited: bool = False


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
        how = {"how": "corrected" if one.is_edited else found.outcome,
               "likeness": f"{found.likeness:.2f}"}  # fmt: skip
        moves.append(
            store.Move(
                _id_of(one.before.id, current[source], found.start, found.end, *how.values()),
                "reanchor", one.before.at, PROGRAM, one.before, current[source],
                found.start, found.end, passage_digest(one.proposed, study.identity.key), how,
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
    return list(_proposed(connection, waiting, current)) if waiting else []


def _proposed(
    connection: Connection, waiting: Iterable[store.Anchored], current: Mapping[str, str]
) -> Iterator[Proposal]:
    moving: dict[tuple[str, str], Reanchoring] = {}
    corrected = steps(connection)
    text = cache(lambda version: text_of(connection, version))
    for one in waiting:
        newest = current[one.source]
        version, spans = _followed(one, newest, corrected)
        if version == newest:
            found = Reanchored("exact", *spans[0], likeness=1.0)
        else:
            if (version, newest) not in moving:
                moving[version, newest] = Reanchoring(text(version), text(newest))
            found = moving[version, newest].place(*spans[0])
        proposed = "" if found.start is None else text(newest)[found.start : found.end]
        yield Proposal(
            _with_terms(one, spans) if version != one.version else one,
            found,
            text(one.version)[one.start : one.end],
            proposed,
            is_edited=version != one.version,
        )


def _followed(
    one: store.Anchored, newest: str, corrected: Mapping[str, tuple[str, tuple[Edit, ...]]]
) -> tuple[str, list[tuple[int, int]]]:
    """Return where a passage and its terms stand, as far as corrections of words lead."""
    version, spans = one.version, [(one.start, one.end), *one.terms]
    while version != newest and version in corrected:
        version, edits = corrected[version]
        spans = [placed(edits, *span) for span in spans]
    return version, spans


def _with_terms(one: store.Anchored, spans: Sequence[tuple[int, int]]) -> store.Anchored:
    """Return a suggestion whose terms stand where corrections leave them; anything else as it is.

    Two terms that one correction has brought together are one.
    """
    if len(spans) < 2:
        return one
    start = spans[0][0]
    terms: list[list[int]] = []
    for low, high in spans[1:]:
        if terms and low - start < terms[-1][1]:
            terms[-1][1] = max(terms[-1][1], high - start)
        else:
            terms.append([low - start, high - start])
    payload = {**json.loads(one.payload), "terms": terms}
    return replace(one, payload=json.dumps(payload, ensure_ascii=False))
