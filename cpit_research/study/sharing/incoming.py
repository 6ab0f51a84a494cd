"""What is given to be merged: a bundle, a lot, or another copy of the whole study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cpit_research.errors import CpitError, FormatError, InvalidInput, NotFound
from cpit_research.formats.parcel import is_parcel, read_parcel
from cpit_research.formats.study_file import NAME, read_study_file
from cpit_research.model.register import Register
from cpit_research.store.event_lines import Events, Row, decode_events, decode_texts
from cpit_research.store.parcel_events import whole_record
from cpit_research.store.verifying import rows_of
from cpit_research.study.study import Study
from cpit_research.wording import gettext as _

__all__ = ["EVENTS", "TEXTS", "Incoming", "Texts", "receive", "told"]

EVENTS: Final = "events.jsonl"
TEXTS: Final = "texts.jsonl"


@dataclass(frozen=True, slots=True)
class Texts:
    """Rows of documents, of the versions of their texts, of the files that they come from."""

    sources: tuple[Row, ...] = ()
    versions: tuple[Row, ...] = ()
    readings: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """What one file or folder brings.

    Parameters
    ----------
    name : str
        How it is named in reports.
    events : tuple
        Events by id, and what each one replaces.
    coder : str
        Whose bundle or lot it is; empty for a whole study.
    texts : mapping
        The text versions that its events stand on, each with its document and its path.
    grids : mapping
        Versions of the grid, each with its status and its fingerprint.
    folder : Path or None
        Folder of a whole study.
    whole : Texts
        What a whole study holds beside its events.
    register : Register or None
        Register of a whole study.
    files : mapping of str to Path
        Grid files of a whole study.
    """

    name: str
    events: Events
    coder: str = ""
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    grids: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    folder: Path | None = None
    whole: Texts = Texts()
    register: Register | None = None
    files: Mapping[str, Path] = field(default_factory=dict)


def receive(study: Study, path: Path) -> Incoming:
    """Read what is given, and refuse what is not of this study.

    Raises
    ------
    CpitError
        If it cannot be read, is damaged, of another study, or of a newer program.
    """
    return _folder(study, path) if path.is_dir() else _file(study, path)


def _file(study: Study, path: Path) -> Incoming:
    parcel = read_parcel(path)
    if parcel.manifest["study"] != str(study.identity.id):
        raise _other(path)
    parcel.check_seal(study.identity.key)
    if parcel.kind == "bundle":
        events = parcel.read(lambda: decode_events(parcel.parts[EVENTS]))
        stated = parcel.read(lambda: _stated(parcel.manifest))
        return Incoming(path.name, events, parcel.manifest["coder"], *stated)
    if parcel.kind != "lot":
        raise parcel.damaged()
    events = parcel.read(lambda: decode_events(parcel.parts[EVENTS]))
    texts = parcel.read(lambda: decode_texts(parcel.parts[TEXTS]))
    paths = {version[0]: (source[0], source[1]) for source, rows in texts for version in rows}
    return Incoming(path.name, events, parcel.manifest["coder"], paths)


def _stated(
    manifest: Mapping[str, object],
) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Return the texts and the grids that a bundle says that it uses."""
    told = []
    for name in ("texts", "grids"):
        stated = manifest[name]
        if not isinstance(stated, dict):
            raise TypeError(name)
        told.append(
            {str(key): (str(first), str(second)) for key, (first, second) in stated.items()}
        )
    return told[0], told[1]


def _folder(study: Study, path: Path) -> Incoming:
    if not (path / NAME).is_file():
        raise _no_copy(path)
    identity = read_study_file(path)
    if (identity.id, identity.key) != (study.identity.id, study.identity.key):
        raise _other(path)
    if path.resolve() == study.folder.resolve():
        raise InvalidInput(_("This is the study itself: {path}.").format(path=path.resolve()))
    if not (path / "data" / "study.sqlite").is_file():
        raise _no_copy(path)
    with Study(path) as other, other.shelf.database.reading() as connection:
        events = whole_record(connection)
        tables = ("source", "text_version", "reading")
        read = [(name, *rows_of(connection, name)) for name in (*tables, "event", "event_replaces")]
        if any(fault or not all(sound for _row, sound in rows) for _name, rows, fault in read):
            raise FormatError(
                _("This copy of the study is not sound: “cpit check” there says why."),
                path=str(path / NAME),
                where=_("Folder: {path}.").format(path=path),
            )
        held = {name: tuple(row for row, _sound in rows) for name, rows, _fault in read}
        paths = {row[0]: row[1] for row in held["source"]}
        texts = {row[0]: (row[1], paths[row[1]]) for row in held["text_version"]}
        if identity.lot:
            return Incoming(path.resolve().name, events, identity.lot, texts)
        files = other.shelf.grid_versions()
        grids = {version: other.grid(version) for version in files}
        return Incoming(
            path.resolve().name, events, "", texts,
            {version: (grid.status, grid.fingerprint) for version, grid in grids.items()},
            path, Texts(*(held[name] for name in tables)), other.register, files,
        )  # fmt: skip


@contextmanager
def told(path: Path, refused: list[str]) -> Iterator[None]:
    """Keep the sentence of what is refused, under the name of what brings it."""
    try:
        yield
    except CpitError as error:
        name = path.resolve().name or str(path)
        refused.append(_("{name}: {sentence}").format(name=name, sentence=error))


def _no_copy(path: Path) -> NotFound:
    parcels = sorted(one.name for one in path.iterdir() if is_parcel(one.name))
    return NotFound(
        _("This folder is not a copy of the study: {path}.").format(path=path.resolve()),
        exists=_("It holds: {names}.").format(names=", ".join(parcels)) if parcels else "",
        remedy=_("Give these files themselves.")
        if parcels
        else _("A copy holds study.toml and data/study.sqlite."),
    )


def _other(path: Path) -> InvalidInput:
    return InvalidInput(
        _("This comes from another study: its id or its key is not that of study.toml."),
        where=_("File: {path}.").format(path=path),
    )
