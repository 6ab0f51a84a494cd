"""What stands on a note and what a coder may see of it, until `study.acts` says it better."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cpit_research.model.source import Source
from cpit_research.store.standing import subjects_in
from cpit_research.study.acts.readings import reading_subject
from cpit_research.study.acts.telling import Teller
from cpit_research.study.rounds.blind import hidden_coders as hidden
from cpit_research.study.rounds.rounds import round_list
from cpit_research.study.study import Study
from cpit_research.workbench.wire import event_to


def hidden_coders(study: Study, source: str, coder: str) -> set[str]:
    """Return whose work on a note is not sent to a coder."""
    return set(hidden(study, source, coder))


def blind_round(study: Study, source: str, coder: str) -> dict[str, Any] | None:
    """Return the round that hides the work of others, and whose."""
    others = hidden(study, source, coder)
    for found in round_list(study):
        if others and coder in found.coders and source in dict(found.sources):
            return {"round": found.name, "coders": [one for one in found.coders if one != coder]}
    return None


def others_on(study: Study, source: str, coder: str, apart: Collection[str]) -> list[str]:
    """Return the other coders whose work on a note can be shown."""
    met = study.codings().columns.coders_of().get(source, set())
    return sorted(met - {coder} - set(apart))


def standing(
    study: Study, source: Source, coder: str, others: Collection[str]
) -> list[dict[str, Any]]:
    """Return the events that nothing replaces on a note, as the coder may see them."""
    with study.shelf.database.reading() as connection:
        subjects = {*subjects_in(connection, source.id), reading_subject(study, coder, source.id)}
        found = Teller(study, connection, coder).on(subjects)
    return [event_to(one) for one in found if one.coder in {coder, *others}]


def changes_since(study: Study, coder: str, mark: str | None) -> dict[str, Any]:
    """Return what happened since a mark."""
    with study.shelf.database.reading() as connection:
        last = connection.exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM event").scalar_one()
        known = mark is not None and mark.isdecimal() and int(mark) <= last
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT subject FROM event WHERE rowid > ?",
            (int(mark or 0) if known else last,),
        )
        found = Teller(study, connection, coder).on([row[0] for row in rows])
    seen = [event_to(one) for one in found if one.coder == coder]
    return {
        "mark": str(last),
        "events": seen,
        "notes": sorted({one["source"] for one in seen}),
        "reset": mark is not None and not known,
    }
