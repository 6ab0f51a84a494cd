"""Bundles: what one coder did, on its way back to the whole study, without a word of the notes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from cpit_research.errors import NotFound
from cpit_research.formats.parcel import write_parcel
from cpit_research.store.event_lines import Row, encode_events
from cpit_research.store.parcel_events import events_of
from cpit_research.study.code import check_coder
from cpit_research.study.sharing.incoming import EVENTS
from cpit_research.study.sharing.lots import notice, parcel_path
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Bundle", "bundle_export", "count_quoting"]

#: Words in a row, taken from a note, that make what someone writes a quotation of it.
QUOTED: Final = 5
_WORD: Final = re.compile(r"\w+")
#: What a coder writes in her own words.
_HERS: Final = ("words", "reads", "name", "label", "note", "reason", "why", "claim")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written.

    Parameters
    ----------
    path : Path
        The file.
    coder : str
        Whose it is.
    events : mapping of str to int
        How many events it holds, by kind.
    documents : int
        How many documents they are about.
    quoting : int
        How many of them say, in the coder's own words, five words in a row of the notes.
    """

    path: Path
    coder: str
    events: Mapping[str, int]
    documents: int
    quoting: int


def bundle_export(study: Study, coder: str, *, to: str | Path | None = None) -> Bundle:
    """Write what one coder did (see :meth:`Study.bundle_export`)."""
    check_coder(study, coder)
    path = parcel_path(study, to, f"envoi-{coder}.zip")
    with study.shelf.database.reading() as connection:
        events = events_of(connection, coder)
        used = {row[6] for row in events[0].values() if row[6] is not None}
        texts = _texts(connection, used)
        quoting = count_quoting(connection, events[0])
    if not events[0]:
        raise NotFound(_("“{coder}” has done nothing here yet.").format(coder=coder))
    versions = sorted({row[10] for row in events[0].values() if row[10]})
    known = study.shelf.grid_versions()
    grids = {one: study.grid(one) for one in versions if one in known}
    manifest = {
        "kind": "bundle",
        "study": str(study.identity.id),
        "coder": coder,
        "notice": notice(study),
        "latest": max(row[3] for row in events[0].values()),
        "texts": texts,
        "grids": {name: [grid.status, grid.fingerprint] for name, grid in grids.items()},
        "quoting": quoting,
    }
    write_parcel(path, manifest, {EVENTS: encode_events(events)}, study.identity.key)
    kinds = Counter(row[1] for row in events[0].values())
    sources = {source for source, _path in texts.values()}
    return Bundle(path, coder, dict(sorted(kinds.items())), len(sources), quoting)


def _texts(connection: Connection, used: set[str]) -> dict[str, list[str]]:
    rows = connection.exec_driver_sql(
        "SELECT v.id, s.id, s.path FROM text_version v JOIN source s ON s.id = v.source "
        "ORDER BY s.path, v.ordinal"
    )
    return {row[0]: [row[1], row[2]] for row in rows if row[0] in used}


def count_quoting(connection: Connection, events: Mapping[bytes, Row]) -> int:
    """Return how many events repeat the notes, whatever the case and the punctuation."""
    said = [list(_runs(words)) for row in events.values() if (words := _own_words(row))]
    wanted = {run for runs in said for run in runs}
    if not wanted:
        return 0
    texts = connection.exec_driver_sql("SELECT text FROM text_version")
    met = {run for (text,) in texts for run in _runs(text) if run in wanted}
    return sum(not met.isdisjoint(runs) for runs in said)


def _own_words(row: Row) -> str:
    if row[12] == "{}":
        return ""
    payload: dict[str, Any] = json.loads(row[12])
    anchor = payload.get("anchor", {})
    told = [payload.get(name) for name in _HERS] + [anchor.get("reason")]
    return "\n".join(words for words in told if isinstance(words, str))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return zip(*(words[rank:] for rank in range(QUOTED)), strict=False)
