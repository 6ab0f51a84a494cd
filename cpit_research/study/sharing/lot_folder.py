"""The study folder of a lot received: verified whole, made whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from cpit_research.errors import Conflict, CpitError, FormatError
from cpit_research.formats.atomic import make_folder, making_folder, replace_file, unfinished
from cpit_research.formats.parcel import Parcel, read_parcel
from cpit_research.formats.study_file import NAME, from_study_file
from cpit_research.model.identity import Identity
from cpit_research.store import schema
from cpit_research.store.event_lines import Events, Row, decode_events, decode_texts
from cpit_research.store.sealing import add
from cpit_research.study.check import check
from cpit_research.study.opening import GITIGNORE, holds
from cpit_research.study.sharing.incoming import EVENTS, TEXTS
from cpit_research.study.sharing.payloads import payload_fault
from cpit_research.study.shelf import RAW, REGISTER
from cpit_research.study.study import Study
from cpit_research.wording import gettext as _

__all__ = ["open_lot", "received"]

_REGISTER: Final = f"{RAW}/{REGISTER}"
#: Ids of the events that came with the lot: what is not among them was done in it.
_RECEIVED: Final = "data/received.txt"
_README: Final = "LISEZMOI.md"
_PARTS: Final = frozenset({EVENTS, TEXTS, NAME, _REGISTER})


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
    making = unfinished(place, place.name[:80])
    try:
        with making_folder(target):
            _make(making, parcel, identity, texts, events)
            if place.is_dir():
                place.rmdir()
            make_folder(place.parent)
            making.rename(place)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Study(target)


def received(folder: Path) -> frozenset[bytes]:
    """Return the events that a lot came with; none for a study, or a lot opened long ago."""
    place = folder / _RECEIVED
    try:
        lines = place.read_text(encoding="ascii").split() if place.is_file() else []
        return frozenset(map(bytes.fromhex, lines))
    except ValueError:
        return frozenset()


def _contents(
    parcel: Parcel,
) -> tuple[Identity, list[tuple[Row, list[Row]]], Events]:
    """Return what a lot says, every part being one that a lot has."""
    parts = parcel.parts
    strange = {name for name in parts if name not in _PARTS and _grid(name) is None}
    if strange or not parts.keys() >= _PARTS:
        raise parcel.damaged()
    identity = from_study_file(parts[NAME], parcel.path)
    stated = (str(identity.id), identity.lot)
    if stated != (parcel.manifest["study"], parcel.manifest["coder"]) or not identity.lot:
        raise parcel.damaged()
    texts, events = decode_texts(parts[TEXTS]), decode_events(parts[EVENTS])
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
    texts: list[tuple[Row, list[Row]]],
    events: Events,
) -> None:
    """Write the folder of a lot, and refuse it if anything in it is not sound."""
    for name in (RAW, "data/processed", "data/backups", "grids"):
        make_folder(folder / name)
    for name, content in parcel.parts.items():
        if name == _REGISTER or _grid(name) is not None:
            replace_file(folder / name, content)
    replace_file(folder / NAME, parcel.parts[NAME])
    replace_file(folder / ".gitignore", GITIGNORE)
    ids = sorted(key.hex() for key in events[0])
    replace_file(folder / _RECEIVED, "\n".join((*ids, "")).encode())
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
    texts: Iterable[tuple[Row, list[Row]]],
    events: Events,
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
