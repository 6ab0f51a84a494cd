"""Lots: what one analyst needs on her own machine, and nothing of the others."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import Conflict, CpitError, FormatError, InvalidInput, NotFound
from cpit_research.formats.atomic import make_folder, replace_file
from cpit_research.formats.parcel import Parcel, is_parcel, read_parcel, write_parcel
from cpit_research.formats.study_file import NAME, from_study_file, to_study_file
from cpit_research.formats.working.coding_sheet_columns import INTERNAL
from cpit_research.formats.working.register_writing import to_register
from cpit_research.model.identity import Identity
from cpit_research.model.register import Participant, Register, Territory, Visit
from cpit_research.model.round import Round
from cpit_research.model.source import Source
from cpit_research.store import schema
from cpit_research.store import travelling as store
from cpit_research.store.rounds import stored_rounds
from cpit_research.store.sealing import add
from cpit_research.study.check import check
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.opening import GITIGNORE, holds
from cpit_research.study.rounds.blind import apart
from cpit_research.study.rounds.rounds import check_taking_part, find_round
from cpit_research.study.sharing.incoming import EVENTS, TEXTS
from cpit_research.study.sharing.payloads import payload_fault
from cpit_research.study.shelf import RAW, REGISTER
from cpit_research.study.study import Study
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Lot", "lot_export", "notice", "open_lot", "parcel_path"]

_FICTITIOUS: Final = "étude de démonstration, entièrement fictive"
_REGISTER: Final = f"{RAW}/{REGISTER}"
_README: Final = "LISEZMOI.md"
_PARTS: Final = frozenset({EVENTS, TEXTS, NAME, _REGISTER})


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
    keys = {source.id for source in chosen}
    with study.shelf.database.reading() as connection:
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
        newest = {source.version for source in chosen}
        events = store.events_in_lot(
            connection, coder, versions, keys, assigned, newest=newest,
            hidden=apart(connection, coder),
        )  # fmt: skip
        behind = _left_behind(connection, events[0])
        needed = {row[6] for row in events[0].values()} | newest
        texts = store.texts_of(connection, needed)
    register = _needed(study.register, coder, corpus, keys)
    identity = replace(study.identity, lot=coder)
    grids = study.shelf.grid_versions()
    parts = {
        NAME: to_study_file(identity),
        _REGISTER: to_register(register),
        TEXTS: store.encode_texts(texts),
        EVENTS: store.encode_events(events),
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


def open_lot(file: str | Path, folder: str | Path) -> Study:
    """Make the study folder of a lot received: the coder works there, offline.

    Parameters
    ----------
    file : path
        The lot, as :meth:`Study.lot_export` wrote it.
    folder : path
        A folder that is new or empty.

    Returns
    -------
    Study
        The lot, open: her texts, the grids, what she had coded. Nobody else codes in it, and it
        writes no document.

    Raises
    ------
    FormatError
        If the file is not a lot, is damaged, or was written by a newer program: nothing is left.
    Conflict
        If the folder holds anything.
    """
    parcel, target = read_parcel(Path(file)), Path(folder)
    if parcel.kind != "lot":
        raise parcel.refused(
            _("This file is not a lot."), _("A bundle is merged: “cpit merge FILE”.")
        )
    if holds(target):
        raise Conflict(
            _("{folder} is not empty.").format(folder=target), remedy=_("Choose a new folder.")
        )
    identity, texts, events = parcel.read(lambda: _contents(parcel))
    parcel.check_seal(identity.key)
    place = target.resolve()
    making = place.with_name(f".{place.name[:80]}.{secrets.token_hex(6)}.tmp")
    try:
        _make(making, parcel, identity, texts, events)
        if place.is_dir():
            place.rmdir()
        make_folder(place.parent)
        making.rename(place)
    except OSError as error:
        raise FormatError(
            _("The folder {name} cannot be made: {reason}.").format(
                name=target, reason=reason_of(error)
            ),
            path=str(target),
            remedy=_("Check its name, your rights on the folder above and the free space."),
        ) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Study(target)


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


def _contents(
    parcel: Parcel,
) -> tuple[Identity, list[tuple[store.Row, list[store.Row]]], store.Events]:
    """Return what a lot says, every part being one that a lot has."""
    parts = parcel.parts
    strange = {name for name in parts if name not in _PARTS and _grid(name) is None}
    if strange or not parts.keys() >= _PARTS:
        raise parcel.damaged()
    identity = from_study_file(parts[NAME], parcel.path)
    stated = (str(identity.id), identity.lot)
    if stated != (parcel.manifest["study"], parcel.manifest["coder"]) or not identity.lot:
        raise parcel.damaged()
    texts, events = store.decode_texts(parts[TEXTS]), store.decode_events(parts[EVENTS])
    rows = events[0].values()
    if any(payload_fault(row[1], row[12], placed=row[6] is not None) for row in rows):
        raise parcel.damaged()
    return identity, texts, events


def _grid(name: str) -> str | None:
    """Return the version of the grid that a part holds."""
    found = re.fullmatch(r"grids/([\w-][\w.-]*)\.yaml", name)
    return found[1] if found else None


def _make(
    folder: Path,
    parcel: Parcel,
    identity: Identity,
    texts: list[tuple[store.Row, list[store.Row]]],
    events: store.Events,
) -> None:
    """Write the folder of a lot, and refuse it if anything in it is not sound."""
    for name in (RAW, "data/processed", "data/backups", "grids"):
        make_folder(folder / name)
    for name, content in parcel.parts.items():
        if name == _REGISTER or _grid(name) is not None:
            replace_file(folder / name, content)
    replace_file(folder / NAME, parcel.parts[NAME])
    replace_file(folder / ".gitignore", GITIGNORE)
    replace_file(folder / _README, _readme(identity).encode())
    with Study(folder) as study:
        try:
            with study.shelf.database.writing() as connection:
                _fill(connection, texts, events)
            faults = check(study).faults
        except (CpitError, UnicodeError) as error:
            raise parcel.damaged() from error
        if faults:
            raise FormatError(
                _("This lot is not sound."),
                path=str(parcel.path),
                where=_("File: {path}.").format(path=parcel.path),
                remedy=_("Ask for it again, and send it as it is."),
                faults=faults,
            )


def _fill(
    connection: Connection,
    texts: Iterable[tuple[store.Row, list[store.Row]]],
    events: store.Events,
) -> None:
    listed = list(texts)
    add(connection, schema.source, (source for source, _versions in listed))
    add(
        connection,
        schema.text_version,
        ((version, source[0], *rest) for source, versions in listed for version, *rest in versions),
    )
    rows, links = events
    add(connection, schema.event, rows.values())
    add(
        connection,
        schema.event_replaces,
        ((key, one) for key, replaced in links.items() for one in replaced),
    )


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


def _left_behind(connection: Connection, kept: Mapping[bytes, store.Row]) -> int:
    """Return how many events about the subjects of a lot are not in it."""
    subjects = {row[5] for row in kept.values()}
    rows = connection.exec_driver_sql("SELECT id, subject FROM event")
    return sum(subject in subjects and key not in kept for key, subject in rows)


def _readme(identity: Identity) -> str:
    lines = (
        _("# {title}: lot of {coder}").format(title=identity.title, coder=identity.lot),
        _("**Internal: real words of real people. Never send this folder, or a part of it.**"),
        _(
            "You code here, offline, in your own name. Texts and grids are corrected by whoever "
            "holds the study: tell them what you see."
        ),
        _(
            "To send what you have done: “cpit bundle export --coder {coder}”, then send the file "
            "that it names. It holds no word of the notes, but those that you quote yourself."
        ).format(coder=identity.lot),
        _("Keep this folder until the study says that your bundle was merged, then delete it."),
    )
    return "\n\n".join((*lines, ""))
