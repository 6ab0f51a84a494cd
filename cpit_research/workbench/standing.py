"""What stands on a note and what a coder may see of it, until `study.acts` says it better."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.errors import CpitError, InvalidInput
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.store import codings as store
from cpit_research.study.code import check_coder, coding_rows
from cpit_research.study.rounds.rounds import round_list
from cpit_research.study.study import Study
from cpit_research.study.writing import writing
from cpit_research.wording import gettext as _
from cpit_research.workbench.trouble import trouble_of

_EVENTS = (
    'SELECT e.id, e.kind, e.subject, e.at, e.actor, f.actor, v.source, e.version, e.start, e."end", '
    "e.code, e.grid, e.payload FROM event e JOIN text_version v ON v.id = e.version "
    "JOIN event f ON f.id = e.subject WHERE {where} "
    "AND e.kind IN ('apply','recode','resize','retract','reanchor','confirm','memo','propose')"
)
_OPEN = "e.version = ? AND NOT EXISTS (SELECT 1 FROM event_replaces r WHERE r.replaced = e.id)"


def hidden_coders(study: Study, source: str, coder: str) -> set[str]:
    """Return whose work on a note is not sent to a coder."""
    return {
        one
        for found in round_list(study)
        if found.state == "open" and found.blind and coder in found.coders
        if source in dict(found.sources)
        for one in found.coders
        if one != coder
    }


def blind_round(study: Study, source: str, coder: str) -> dict[str, Any] | None:
    """Return the round that hides the work of others, and whose."""
    for found in round_list(study):
        if found.state == "open" and found.blind and coder in found.coders:
            if source in dict(found.sources):
                return {
                    "round": found.name,
                    "coders": [one for one in found.coders if one != coder],
                }
    return None


def others_on(study: Study, source: str, coder: str, hidden: Collection[str]) -> list[str]:
    """Return the other coders whose work on a note can be shown."""
    met = study.codings().columns.coders_of().get(source, set())
    return sorted(met - {coder} - set(hidden))


def standing(
    study: Study, source: Source, coder: str, others: Collection[str]
) -> list[dict[str, Any]]:
    """Return the events that nothing replaces on a note, as the coder may see them."""
    with study.shelf.database.reading() as connection:
        found = _events(connection, _OPEN, (source.version,))
    return [one for one in found if one["coder"] in {coder, *others}]


def changes_since(study: Study, coder: str, mark: str | None) -> dict[str, Any]:
    """Return what happened since a mark."""
    with study.shelf.database.reading() as connection:
        last = connection.exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM event").scalar_one()
        known = mark is not None and mark.isdecimal() and int(mark) <= last
        found = _events(connection, "e.rowid > ?", (int(mark or 0),)) if known else []
    seen = [one for one in found if one["coder"] == coder]
    return {
        "mark": str(last),
        "events": seen,
        "notes": sorted({one["source"] for one in seen}),
        "reset": mark is not None and not known,
    }


def perform(study: Study, coder: str, acts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Do acts, one after the other."""
    check_coder(study, coder)
    return [_done(study, coder, act) for act in acts]


def _done(study: Study, coder: str, act: Mapping[str, Any]) -> dict[str, Any]:
    try:
        events = _act(study, coder, act)
    except CpitError as error:
        return {"act": act["id"], "events": [], "refused": trouble_of(error)}
    return {"act": act["id"], "events": events}


def _act(study: Study, coder: str, act: Mapping[str, Any]) -> list[dict[str, Any]]:
    key = UUID(act["id"]).bytes
    with writing(study) as connection:
        if known := _events(connection, "e.id = ?", (key,)):
            return known
        if act["kind"] == "apply":
            source = study.corpus[act["source"]]
            if source.text[act["start"] : act["end"]] != act["quote"]:
                raise InvalidInput(_("These words are not those of the text at that place."))
            (row,) = coding_rows(
                study, study.corpus, [(Segment(source.id, act["start"], act["end"]), act["code"])],
                coder=coder, grid=study.grid(), facets=act.get("facets"),
            )  # fmt: skip
            subject = UUID(act["subject"]).bytes
            store.append_rows(connection, [(key, *row[1:5], subject, *row[6:])])
        elif act["kind"] == "retract":
            (before,) = store.standing_events(connection, UUID(act["subject"]).bytes)
            store.append(
                connection,
                [
                    store.CodingEvent(
                        key, "retract", study.occasion.milliseconds(), coder, before.subject,
                        before.version, before.start, before.end, before.code, before.grid,
                        before.digest, before.facets, (before.id,),
                    )
                ],
            )  # fmt: skip
        else:
            raise InvalidInput(_("This cannot be done yet."))
        return _events(connection, "e.id = ?", (key,))


def _events(connection: Connection, where: str, values: tuple[object, ...]) -> list[dict[str, Any]]:
    rows = connection.exec_driver_sql(_EVENTS.format(where=where), values).all()
    return [_event(connection, row) for row in rows]


def _event(connection: Connection, row: Any) -> dict[str, Any]:
    key, kind, subject, at, by, coder, source, version, start, end, code, grid, payload = row
    said = json.loads(payload)
    replaced = connection.exec_driver_sql(
        "SELECT replaced FROM event_replaces WHERE event = ?", (key,)
    )
    of = "coding" if code else "proposal" if "name" in said else "memo"
    event = {
        "id": _id(key), "kind": kind, "of": of, "subject": _id(subject),
        "replaces": [_id(one[0]) for one in replaced], "at": at, "by": by, "coder": coder,
        "source": source, "version": version, "start": start, "end": end,
    }  # fmt: skip
    if kind == "retract":
        event["gone"] = True
    if code:
        event |= {"code": code, "grid": grid, "facets": said.get("facets", {})}
    if "words" in said:
        event["words"] = said["words"]
    if of == "memo":
        event["memo_kind"] = said.get("kind")
    if "name" in said:
        event["name"] = said["name"]
    return event


def _id(key: bytes) -> str:
    return str(UUID(bytes=key))
