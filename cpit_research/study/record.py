"""Verifying the record of a study: every row of its database, against its seal and the others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from cpit_research.errors import CpitError
from cpit_research.model.grid import Grid
from cpit_research.model.structure import BLOCKS, Structure
from cpit_research.store.corrections import made_versions
from cpit_research.store.verifying import faults_of_file, rows_of
from cpit_research.study.event_faults import Held, fault_of_event, named, shown_key
from cpit_research.study.intake import document_key
from cpit_research.text.digest import passage_digest, version_id
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

if TYPE_CHECKING:
    from cpit_research.study.study import Study

_TABLES: Final = ("source", "text_version", "reading", "event", "event_replaces")


class Record:
    """Everything that the database holds, as it is on the disk.

    Parameters
    ----------
    study : Study
        The study.

    Raises
    ------
    CpitError
        If the database cannot be opened.

    Attributes
    ----------
    sources, versions, readings, events, links : list of (tuple, bool)
        Rows of each table, and whether their seals are right.
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._key = study.identity.key
        with study.shelf.database.reading() as connection:
            self._of_file = faults_of_file(connection)
            read = [rows_of(connection, table) for table in _TABLES]
        self._of_file += [fault for _rows, fault in read if fault]
        self.sources, self.versions, self.readings, self.events, self.links = (
            rows for rows, _fault in read
        )

    def faults_of_file(self) -> Iterator[str]:
        """Yield what is wrong in the file itself."""
        for fault in dict.fromkeys(self._of_file):
            yield _("Database: {fault}.").format(fault=fault)

    def faults_of_texts(self) -> Iterator[str]:
        """Yield what is wrong in documents and the versions of their texts."""
        ordinals: dict[str, list[int]] = {key: [] for key in self._paths}
        for (key, path, *_rest), sound in self.sources:
            if not sound:
                yield _("Document {path}: what is kept of it has changed.").format(path=path)
            elif key != document_key(self._study.identity, path):
                yield _("Document {path} was not kept under the id of study.toml.").format(
                    path=path
                )
        for values, sound in self.versions:
            version, source, ordinal, text, packed, _words, _digest = values
            ordinals.setdefault(source, []).append(ordinal)
            path = self._paths.get(source, source)
            if version not in self._texts:
                yield _("Text {version} of document {source} is not the one that was read.").format(
                    version=str(version)[:12], source=path
                )
            elif not sound:
                yield _("Text {version} of document {source}: its parts have changed.").format(
                    version=str(version)[:12], source=path
                )
            elif not _is_over(packed, len(text)):
                yield _("Text {version} of document {source}: its parts do not fit it.").format(
                    version=str(version)[:12], source=path
                )
        for source, numbers in ordinals.items():
            whole = set(numbers) == set(range(1, len(numbers) + 1))
            if not numbers or not (whole or self._study.identity.lot):  # a lot leaves old ones
                yield _("Document {path}: a version of its text is missing.").format(
                    path=self._paths.get(source, source)
                )

    def faults_of_readings(self) -> Iterator[str]:
        """Yield what is wrong in the files received and the record of their reading."""
        read: dict[str, set[str]] = {}
        for (sha256, _reader, source, version, path, *_rest), sound in self.readings:
            if not sound:
                yield _("File {path}: the record of its reading has changed.").format(path=path)
                continue
            read.setdefault(path, set()).add(sha256)
            if version not in self._texts or source not in self._paths:
                yield _("File {path}: its text is not in the study.").format(path=path)
        for path, known in self._study.progress(read.items(), _("Verifying files"), len(read)):
            try:
                content = (self._study.shelf.raw / path).read_bytes()
            except FileNotFoundError:
                yield _("File {path} is no longer in data/raw.").format(path=path)
            except OSError as error:
                yield _("File {path} cannot be read: {reason}.").format(
                    path=path, reason=reason_of(error)
                )
            else:
                if hashlib.sha256(content).hexdigest() not in known:
                    yield _("File {path} has changed since it was read: ingest it again.").format(
                        path=path
                    )
        unread = self._texts.keys() - {row[3] for row, _sound in self.readings}
        unread -= made_versions((row[1], row[12]) for row, _sound in self.events)
        for version in sorted(unread):
            yield _("Text {version} comes from no file.").format(version=version[:12])

    def faults_of_events(self) -> Iterator[str]:
        """Yield what is wrong in codings, decisions, rounds and all else that was said."""
        held = self.held
        events = self._study.progress(self.events, _("Verifying codings"), len(self.events))
        for row, sound in events:
            fault = fault_of_event(row, held, sound=sound)
            if fault:
                yield _("{subject}: {fault}").format(subject=named(row), fault=fault)
        for (event, replaced), sound in self.links:
            if not sound:
                yield _("The link from event {id} to the one it replaces has changed.").format(
                    id=shown_key(event)
                )
            elif event not in held.events or replaced not in held.events:
                yield _("Event {id} replaces one that is not in the study.").format(
                    id=shown_key(event)
                )

    def _is_text(self, row: tuple[Any, ...]) -> bool:
        version, source, ordinal, text, _structure, _words, digest = row
        try:
            made = {version_id(str(source), str(text), self._key, ordinal=n)
                    for n in (None, ordinal)}  # fmt: skip
            return digest == passage_digest(str(text), self._key) and version in made
        except UnicodeEncodeError:  # bytes that are no text any more
            return False

    @cached_property
    def held(self) -> Held:
        """What events are verified against."""
        return Held(
            self._texts,
            self._paths.keys(),
            self._grids,
            {row[0]: row[5] for row, _sound in self.events},
            self._key,
            is_lot=bool(self._study.identity.lot),
        )

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {row[0]: row[1] for row, _sound in self.sources}

    @cached_property
    def _texts(self) -> dict[str, str]:
        """Text of every version that is the one that was read."""
        return {row[0]: row[3] for row, _sound in self.versions if self._is_text(row)}

    @cached_property
    def _grids(self) -> dict[str, Grid | None]:
        """Every grid by version; None for one that cannot be read, which is told elsewhere."""
        grids: dict[str, Grid | None] = {}
        for version in self._study.shelf.grid_versions():
            try:
                grids[version] = self._study.grid(version)
            except CpitError:
                grids[version] = None
        return grids


def _is_over(packed: str, length: int) -> bool:
    """Tell whether parts stand inside a text of that length, blocks never over one another."""
    try:
        parts = Structure.unpack(packed).parts
    except (json.JSONDecodeError, TypeError):
        return False
    blocks = [part for part in parts if part.kind in BLOCKS]
    return all(0 <= part.start <= part.end <= length for part in parts) and all(
        one.end <= other.start for one, other in pairwise(blocks)
    )
