"""Which events and texts go to another copy of a study: in a bundle, in a lot."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.event import ANSWER_KINDS, CODING_KINDS, PROGRAM
from cpit_research.model.suggestion import is_machine
from cpit_research.store.event_lines import EVENT_COLUMNS, Events, Row
from cpit_research.store.rounds import OWN_STEPS

__all__ = ["events_in_lot", "events_of", "taken_back", "texts_of", "whole_record"]

_COLUMNS: Final = ", ".join(f'e."{name}"' for name in EVENT_COLUMNS)
_SELECT: Final = f"SELECT {_COLUMNS} FROM event e"  # noqa: S608  ours
#: What a coder does by herself; the rest is decided about everybody's codings.
_IN_LOTS: Final = (CODING_KINDS - {"decide"}) | {"memo", "propose", "episode", "correct"}
_ID, _KIND, _ACTOR, _SUBJECT, _VERSION, _PAYLOAD = 0, 1, 4, 5, 6, 12


def events_of(connection: Connection, coder: str) -> Events:
    """Return what a coder did, and where the program carried what she began.

    With them go the suggestions of machines that she answered, which may have been made beside her.
    """
    rows = connection.exec_driver_sql(
        f"{_SELECT} LEFT JOIN event b ON b.id = e.subject "
        "WHERE e.actor = ? OR (e.actor = ? AND b.actor = ?) ORDER BY e.id",
        (coder, PROGRAM, coder),
    )
    # Texts are corrected in the whole study: what a bundle says of it is what it asks for.
    events = {row[0]: tuple(row) for row in rows if not _is_decided(row)}
    told = {_about(row) for row in events.values() if row[_KIND] in ANSWER_KINDS}
    suggested = connection.exec_driver_sql(f"{_SELECT} WHERE e.kind = 'suggest'")
    events |= {
        row[0]: tuple(row) for row in suggested if row[0] in told and is_machine(row[_ACTOR])
    }
    return events, _links(connection, events)


def whole_record(connection: Connection) -> Events:
    """Return every event."""
    events = {row[0]: tuple(row) for row in connection.exec_driver_sql(_SELECT)}
    return events, _links(connection, events)


def taken_back(rows: Mapping[bytes, Row], links: Mapping[bytes, Sequence[bytes]]) -> set[bytes]:
    """Return the things that some events begin, and take back in the end."""
    replaced = {one for key in rows for one in links.get(key, ())}
    last: dict[bytes, set[str]] = {}
    for key in rows.keys() - replaced:
        last.setdefault(rows[key][_SUBJECT], set()).add(rows[key][_KIND])
    return {key for key in rows.keys() & last.keys() if last[key] == {"retract"}}


def events_in_lot(
    connection: Connection,
    coder: str,
    versions: Mapping[str, str],
    sources: Collection[str],
    rounds: Collection[bytes] = (),
    *,
    newest: Collection[str] = (),
    hidden: Collection[tuple[str, str]] = (),
) -> Events:
    """Return the codings, memos, proposals and episodes that a coder began in some documents.

    With them go the rounds asked for: how each was opened, and what she said of it herself; how
    far she has read; and the suggestions made on texts that go as well, with what she answered.

    What others did to them stays behind, and so does a state that tells of others' episodes: an
    event that replaced one of those replaces what it had replaced.

    Parameters
    ----------
    connection : Connection
        A connection to the study database.
    coder : str
        Whose they are.
    versions : mapping of str to str
        Every text version and its document.
    sources : collection of str
        Documents of the lot.
    rounds : collection of bytes
        Rounds of double coding that she takes part in.
    newest : collection of str
        Text versions that go whatever she did on them.
    hidden : collection of (str, str)
        Documents and others whose suggestions about them are hidden from her.
    """
    about = {
        row[0]: tuple(row)
        for row in connection.exec_driver_sql(
            f"{_SELECT} JOIN event b ON b.id = e.subject WHERE b.actor = ? ORDER BY e.id", (coder,)
        )
    }
    began = {key for key, row in about.items() if row[_SUBJECT] == key and row[_ACTOR] == coder}
    decided = {row[_SUBJECT] for row in about.values() if _is_decided(row)}
    there = {
        key
        for key in began - decided
        if about[key][_KIND] in _IN_LOTS and _document(about[key], versions) in sources
    }
    kept = {
        key: row
        for key, row in about.items()
        if row[_SUBJECT] in there
        and row[_ACTOR] in {coder, PROGRAM}
        and row[_KIND] in _IN_LOTS
        and (row[_VERSION] is None or versions.get(row[_VERSION]) in sources)
        and _tells_of(row) <= {key.hex() for key in there}
    }
    # An episode that never told of its coder's codings alone is not there at all.
    whole = {row[_SUBJECT] for key, row in kept.items() if row[_SUBJECT] == key}
    kept = {key: row for key, row in kept.items() if row[_SUBJECT] in whole}
    opened = _of_rounds(connection, coder, rounds)
    texts = {row[_VERSION] for row in kept.values()} | set(newest)
    kept |= opened | _suggested(connection, texts & versions.keys(), versions, hidden)
    kept |= _answered(connection, coder, kept) | _read_by(connection, coder, sources)
    links = _links(connection, {*about, *kept})
    return kept, {key: _replaced(key, kept, links) for key in kept if links.get(key)}


def _of_rounds(connection: Connection, coder: str, rounds: Collection[bytes]) -> dict[bytes, Row]:
    """Return how rounds were opened, and what one coder said of them."""
    rows = connection.exec_driver_sql(f"{_SELECT} WHERE e.kind = 'round' ORDER BY e.id")
    return {
        row[_ID]: tuple(row)
        for row in rows
        if row[_SUBJECT] in rounds
        and (row[_ID] == row[_SUBJECT] or row[_ACTOR] == coder)
        and (row[_ID] == row[_SUBJECT] or json.loads(row[_PAYLOAD])["step"] in OWN_STEPS)
    }


def _suggested(
    connection: Connection,
    texts: Collection[str],
    versions: Mapping[str, str],
    hidden: Collection[tuple[str, str]],
) -> dict[bytes, Row]:
    """Return the suggestions made on some texts, and where the program carried them."""
    rows = connection.exec_driver_sql(
        f"{_SELECT} JOIN event b ON b.id = e.subject WHERE b.kind = 'suggest' "
        "AND (e.kind = 'suggest' OR e.actor = ?) ORDER BY e.id",
        (PROGRAM,),
    )
    about = {row[_ID]: tuple(row) for row in rows if row[_VERSION] in texts}
    shown = {
        key
        for key, row in about.items()
        if row[_SUBJECT] == key and (versions[row[_VERSION]], row[_ACTOR]) not in hidden
    }
    return {key: row for key, row in about.items() if row[_SUBJECT] in shown}


def _answered(connection: Connection, coder: str, kept: Collection[bytes]) -> dict[bytes, Row]:
    """Return what one coder answered to suggestions of a lot, and put by it there."""
    rows = connection.exec_driver_sql(
        f"{_SELECT} WHERE e.kind IN ('accept', 'reject', 'reopen') AND e.actor = ? ORDER BY e.id",
        (coder,),
    )
    return {
        row[_ID]: tuple(row)
        for row in rows
        if all(key in kept for key in (_about(row), *_put_by(row)))
    }


def _read_by(connection: Connection, coder: str, sources: Collection[str]) -> dict[bytes, Row]:
    """Return how far one coder has read the documents of a lot."""
    rows = connection.exec_driver_sql(
        f"{_SELECT} WHERE e.kind = 'read' AND e.actor = ? ORDER BY e.id", (coder,)
    )
    return {row[_ID]: tuple(row) for row in rows if json.loads(row[_PAYLOAD])["source"] in sources}


def texts_of(connection: Connection, kept: Collection[str]) -> list[tuple[Row, list[Row]]]:
    """Return documents, each with those of its text versions that are asked for.

    Returns
    -------
    list of ((id, path, kind, visit), [(id, ordinal, text, structure, words, digest), …])
    """
    versions: dict[str, list[Row]] = {}
    rows = connection.exec_driver_sql(
        "SELECT source, id, ordinal, text, structure, words, digest FROM text_version "
        "ORDER BY source, ordinal"
    )
    for source, *version in rows:
        if version[0] in kept:
            versions.setdefault(source, []).append(tuple(version))
    sources = connection.exec_driver_sql("SELECT id, path, kind, visit FROM source ORDER BY path")
    return [(tuple(row), versions[row[0]]) for row in sources if row[0] in versions]


def _links(connection: Connection, events: Collection[bytes]) -> dict[bytes, tuple[bytes, ...]]:
    links: dict[bytes, tuple[bytes, ...]] = {}
    rows = connection.exec_driver_sql(
        "SELECT event, replaced FROM event_replaces ORDER BY event, replaced"
    )
    for event, replaced in rows:
        if event in events:
            links[event] = (*links.get(event, ()), replaced)
    return links


def _document(row: Row, versions: Mapping[str, str]) -> str | None:
    """Return the document that an event is about."""
    if row[_VERSION] is not None:
        return versions.get(row[_VERSION])
    return str(json.loads(row[_PAYLOAD]).get("source", ""))


def _is_decided(row: Sequence[Any]) -> bool:
    """Tell whether an event makes or declines a correction."""
    return bool(row[_KIND] == "correct" and json.loads(row[_PAYLOAD])["step"] != "asked")


def _about(row: Sequence[Any]) -> bytes:
    """Return the suggestion that an answer is about."""
    (of,) = json.loads(row[_PAYLOAD])["of"]
    return UUID(of).bytes


def _put_by(row: Sequence[Any]) -> set[bytes]:
    """Return the coding that an answer put, if it did."""
    coding = json.loads(row[_PAYLOAD]).get("coding")
    return {UUID(coding).bytes} if coding else set()


def _tells_of(row: Row) -> set[str]:
    """Return the ids that an episode tells: its codings, and episodes of the same event."""
    if row[_KIND] != "episode":
        return set()
    said = json.loads(row[_PAYLOAD])
    return {key.replace("-", "") for name in ("codings", "same_as") for key in said.get(name, ())}


def _replaced(
    key: bytes, kept: Collection[bytes], links: Mapping[bytes, tuple[bytes, ...]]
) -> tuple[bytes, ...]:
    """Return what an event replaces among those kept, through those that are not."""
    found: set[bytes] = set()
    behind = list(links[key])
    while behind:
        one = behind.pop()
        if one in kept:
            found.add(one)
        else:
            behind += links.get(one, ())
    return tuple(sorted(found))
