"""Lots: what one analyst needs on her own machine, and nothing of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import InvalidInput, NotFound
from cpit_research.formats.parcel import is_parcel, write_parcel
from cpit_research.formats.study_file import NAME, to_study_file
from cpit_research.formats.working.coding_sheet_columns import INTERNAL
from cpit_research.formats.working.register_writing import to_register
from cpit_research.model.register import Participant, Register, Territory, Visit
from cpit_research.model.round import Round
from cpit_research.model.source import Source
from cpit_research.store.event_lines import Events, Row, encode_events, encode_texts
from cpit_research.store.parcel_events import events_in_lot, texts_of
from cpit_research.store.rounds import stored_rounds
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.rounds.blind import apart
from cpit_research.study.rounds.rounds import check_taking_part, find_round
from cpit_research.study.sharing.incoming import EVENTS, TEXTS
from cpit_research.study.shelf import RAW, REGISTER
from cpit_research.study.study import Study
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Lot", "lot_export", "notice", "parcel_path"]

_FICTITIOUS: Final = "étude de démonstration, entièrement fictive"
_REGISTER: Final = f"{RAW}/{REGISTER}"


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot that was written.

    Parameters
    ----------
    path : Path
        The file.
    coder : str
        Whose it is.
    sources : tuple of str
        Paths of its documents.
    events : int
        How many events of hers it holds.
    left_behind : int
        How many events about what she began stay in the study: what others did to it.
    """

    path: Path
    coder: str
    sources: tuple[str, ...]
    events: int
    left_behind: int = 0


def lot_export(
    study: Study,
    coder: str,
    *,
    to: str | Path | None = None,
    sources: Sequence[str] | None = None,
    round: str | Round | None = None,
) -> Lot:
    """Write the lot of one coder (see :meth:`Study.lot_export`)."""
    refuse_in_lot(study)
    check_coder(study, coder)
    path = parcel_path(study, to, f"lot-{coder}.zip")
    corpus = study.corpus
    chosen = _chosen(study, coder, corpus, sources, round)
    if not chosen:
        raise NotFound(_("A lot needs at least one document."))
    with study.shelf.database.reading() as connection:
        events = _events(connection, coder, chosen)
        behind = _left_behind(connection, events[0])
        needed = {row[6] for row in events[0].values()} | {source.version for source in chosen}
        texts = texts_of(connection, needed)
    register = _needed(study.register, coder, corpus, {source.id for source in chosen})
    identity = replace(study.identity, lot=coder)
    grids = study.shelf.grid_versions()
    parts = {
        NAME: to_study_file(identity),
        _REGISTER: to_register(register),
        TEXTS: encode_texts(texts),
        EVENTS: encode_events(events),
        **{f"grids/{version}.yaml": place.read_bytes() for version, place in grids.items()},
    }
    manifest = {
        "kind": "lot",
        "study": str(identity.id),
        "coder": coder,
        "notice": notice(study),
        "documents": len(chosen),
        "events": len(events[0]),
    }
    write_parcel(path, manifest, parts, identity.key)
    return Lot(path, coder, tuple(one.path for one in chosen), len(events[0]), behind)


def _events(connection: Connection, coder: str, chosen: Iterable[Source]) -> Events:
    """Return what a lot holds of the record: her work, and the rounds of hers that fit in it."""
    keys = {source.id for source in chosen}
    versions = dict(
        tuple(row) for row in connection.exec_driver_sql("SELECT id, source FROM text_version")
    )
    assigned = {
        one.id.bytes
        for one in stored_rounds(connection)
        if one.state == "open"
        and coder in one.coders
        and keys >= {key for key, _version in one.sources}
    }
    return events_in_lot(
        connection, coder, versions, keys, assigned,
        newest={source.version for source in chosen}, hidden=apart(connection, coder),
    )  # fmt: skip


def _chosen(
    study: Study,
    coder: str,
    corpus: Corpus,
    sources: Sequence[str] | None,
    round: str | Round | None,
) -> list[Source]:
    """Return the documents of a lot: those named, those of a round, or all of them."""
    if sources is not None and round is not None:
        raise InvalidInput(_("A lot holds the documents named, or those of a round: not both."))
    if round is not None:
        found = find_round(study, round)
        check_taking_part(found, coder)
        return [corpus[key] for key, _version in found.sources]
    return list(corpus) if sources is None else [corpus.at(one) for one in dict.fromkeys(sources)]


def notice(study: Study) -> str:
    """Return what every parcel of a study says of itself."""
    return f"{_FICTITIOUS} ; {INTERNAL}" if study.identity.demonstration else INTERNAL


def parcel_path(study: Study, to: str | Path | None, name: str) -> Path:
    """Return where a parcel is written, among what can be made again by default."""
    path = Path(to) if to is not None else study.shelf.processed / name
    if not is_parcel(path.name):
        raise InvalidInput(
            _("A lot or a bundle is a .zip file."), where=_("Asked: {path}.").format(path=path)
        )
    return path


def _needed(register: Register, coder: str, corpus: Corpus, keys: Collection[str]) -> Register:
    """Return the visits of some documents, by ids and roles, without what does not help coding."""
    met = {source.visit for source in corpus if source.id in keys}
    visits = [
        Visit(
            one.id, one.kind, one.state, one.day, one.territories, one.participants,
            tuple(key for key in one.researchers if key == coder),
        )
        for one in register.visits
        if one.id in met
    ]  # fmt: skip
    people = {key for one in visits for key in one.participants}
    participants = [one for one in register.participants if one.id in people]
    places = {key for one in visits for key in one.territories}
    places |= {one.territory for one in participants}
    return Register(
        tuple(
            Territory(one.id, one.nature, setting=one.setting)
            for one in register.territories
            if one.id in places
        ),
        tuple(Participant(one.id, one.territory, one.role) for one in participants),
        tuple(replace(one, organisation="") for one in register.researchers if one.id == coder),
        tuple(visits),
    )


def _left_behind(connection: Connection, kept: Mapping[bytes, Row]) -> int:
    """Return how many events about the subjects of a lot are not in it."""
    subjects = {row[5] for row in kept.values()}
    rows = connection.exec_driver_sql("SELECT id, subject FROM event")
    return sum(subject in subjects and key not in kept for key, subject in rows)
