"""Verifying the record of a study: every row of its database, against its seal and the others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cpit_research.errors import CpitError
from cpit_research.model.event import (
    ANSWER_KINDS,
    CODING_KINDS,
    EVENT_FORMAT,
    EVENT_KINDS,
    UNBEGUN_KINDS,
)
from cpit_research.model.grid import Grid
from cpit_research.model.structure import BLOCKS, Structure
from cpit_research.model.suggestion import are_terms
from cpit_research.store.corrections import made_versions
from cpit_research.store.rounds import STEPS
from cpit_research.store.verifying import faults_of_file, rows_of
from cpit_research.study.intake import document_key
from cpit_research.text.digest import passage_digest, version_id
from cpit_research.text.editing import Edit, joins
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

if TYPE_CHECKING:
    from cpit_research.study.study import Study

_TABLES: Final = ("source", "text_version", "reading", "event", "event_replaces")
#: Last characters of an id in a sentence.
_SHOWN: Final = 12


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
        known = {row[0]: row[5] for row, _sound in self.events}
        events = self._study.progress(self.events, _("Verifying codings"), len(self.events))
        for row, sound in events:
            fault = self._fault_of_event(row, sound=sound, known=known)
            if fault:
                yield _("{subject}: {fault}").format(subject=_named(row), fault=fault)
        for (event, replaced), sound in self.links:
            if not sound:
                yield _("The link from event {id} to the one it replaces has changed.").format(
                    id=_short(event)
                )
            elif event not in known or replaced not in known:
                yield _("Event {id} replaces one that is not in the study.").format(
                    id=_short(event)
                )

    def _fault_of_event(
        self, row: tuple[Any, ...], *, sound: bool, known: dict[bytes, bytes]
    ) -> str:
        (
            key,
            kind,
            number,
            _at,
            _actor,
            subject,
            version,
            start,
            end,
            code,
            grid,
            digest,
            more,
        ) = row
        if not sound:
            return _("the event {id} has changed since it was written.").format(id=_short(key))
        if kind not in EVENT_KINDS or number > EVENT_FORMAT:
            return _("the event {id} is of a newer version of the program.").format(id=_short(key))
        if kind not in UNBEGUN_KINDS and known.get(subject) != subject:
            return _("the event that began it is missing.")
        if kind == "episode":
            return _fault_of_episode(more, known)
        if kind == "round":
            return self._fault_of_round(more)
        if kind in ANSWER_KINDS:
            return _fault_of_answer(kind, more, known)
        if kind == "read":
            return self._fault_of_reading(more)
        if version is None:
            return ""
        text = self._texts.get(version)
        if text is None:
            return _("its text is not in the study.")
        if not 0 <= start < end <= len(text):
            return _("it leaves its text.")
        if passage_digest(text[start:end], self._key) != digest:
            return _("the passage is not the one that was coded.")
        if kind == "decide" and (fault := _fault_of_decision(more, known)):
            return fault
        if kind == "correct":
            return self._fault_of_correction(more, text)
        if kind == "suggest":
            return self._fault_of_suggestion(more, grid, end - start)
        return self._fault_of_code(code, grid) if kind in CODING_KINDS and code is not None else ""

    def _fault_of_round(self, payload: str) -> str:
        try:
            stated = json.loads(payload)
            is_known = stated["step"] in STEPS
            sources = [source for source, _version in stated.get("sources", ())]
        except (ValueError, KeyError, TypeError, AttributeError):
            is_known, sources = False, []
        if not is_known:
            return _("it does not say what happened to the round.")
        lost = [source for source in sources if source not in self._paths]
        return _("a note that it drew is not in the study.") if lost else ""

    def _fault_of_reading(self, payload: str) -> str:
        try:
            stated = json.loads(payload)
            source, version, through = stated["source"], stated["version"], stated["through"]
            is_sound = 0 <= through <= len(self._texts.get(version, "")) or self._is_left(version)
        except (ValueError, KeyError, TypeError):
            return _("it does not say how far a note was read.")
        if source not in self._paths:
            return _("the note that was read is not in the study.")
        return "" if is_sound else _("it leaves its text.")

    def _is_left(self, version: str) -> bool:
        """Tell whether a text version is one of those that a lot leaves in the whole study."""
        return bool(self._study.identity.lot) and version not in self._texts

    def _fault_of_correction(self, payload: str, text: str) -> str:
        try:
            said = json.loads(payload)
            edits = [Edit(*edit) for edit in said.get("edits", ())]
            into = said["into"] if said["step"] == "applied" else None
        except (ValueError, KeyError, TypeError):
            return _("it does not say what it corrects.")
        if into is None or not edits:
            return ""
        if into not in self._texts or not joins(text, self._texts[into], edits):
            return _("the text does not read as it says.")
        return ""

    def _fault_of_suggestion(self, payload: str, grid: str, length: int) -> str:
        try:
            said = json.loads(payload)
            code = str(said["suggested"])
            sound = are_terms([(low, high) for low, high in said.get("terms", ())], length)
        except (ValueError, KeyError, TypeError):
            return _("it does not say what it suggests.")
        if not sound:
            return _("what it went by leaves its passage.")
        return self._fault_of_code(code, grid)

    def _fault_of_code(self, code: str, version: str) -> str:
        if version not in self._grids:
            return _("there is no grid {version}.").format(version=version)
        grid = self._grids[version]
        if grid is not None and code not in grid:
            return _("the grid {version} has no code {code}.").format(version=version, code=code)
        return ""

    def _is_text(self, row: tuple[Any, ...]) -> bool:
        version, source, ordinal, text, _structure, _words, digest = row
        try:
            made = {version_id(str(source), str(text), self._key, ordinal=n)
                    for n in (None, ordinal)}  # fmt: skip
            return digest == passage_digest(str(text), self._key) and version in made
        except UnicodeEncodeError:  # bytes that are no text any more
            return False

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


def _fault_of_episode(payload: str, known: dict[bytes, bytes]) -> str:
    """Say what is wrong in an episode that bears its seal."""
    try:
        codings = [UUID(key).bytes for key in json.loads(payload)["codings"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return _("it does not say what it groups.")
    lost = [key for key in codings if known.get(key) != key]
    return _("it groups a coding that is not in the study.") if lost else ""


def _fault_of_decision(payload: str, known: dict[bytes, bytes]) -> str:
    """Say what is wrong in a decision about codings that bears its seal."""
    try:
        codings = [UUID(key).bytes for key in json.loads(payload)["of"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return _("it does not say what it decides about.")
    lost = [key for key in codings if known.get(key) != key]
    return _("it decides about a coding that is not in the study.") if lost else ""


def _fault_of_answer(kind: str, payload: str, known: dict[bytes, bytes]) -> str:
    """Say what is wrong in an answer to a suggestion that bears its seal."""
    try:
        said = json.loads(payload)
        (of,) = said["of"]
        about = [UUID(of).bytes, *([UUID(said["coding"]).bytes] if kind == "accept" else [])]
    except (ValueError, KeyError, TypeError, AttributeError):
        return _("it does not say what it answers.")
    lost = [key for key in about if known.get(key) != key]
    return _("it answers a suggestion that is not in the study.") if lost else ""


def _named(row: tuple[Any, ...]) -> str:
    """Name what an event is about."""
    if row[1] == "decide" and row[6] is not None:  # what stands on a text is about codings
        return _("Decision {id}").format(id=_short(row[5]))
    if row[1] == "retract" and row[6] is None:  # what stands on no text groups codings
        return _("Episode {id}").format(id=_short(row[5]))
    named = {
        "conclude": _("Finding {id}"),
        "episode": _("Episode {id}"),
        "remark": _("Remark {id}"),
        "decide": _("Remark {id}"),
        "propose": _("Proposal {id}"),
        "settle": _("Proposal {id}"),
        "round": _("Round {id}"),
        "read": _("Reading {id}"),
        "suggest": _("Suggestion {id}"),
        "correct": _("Correction {id}"),
        **dict.fromkeys(ANSWER_KINDS, _("Answer {id}")),
    }
    return named.get(row[1], _("Coding or memo {id}")).format(id=_short(row[5]))


def _short(key: object) -> str:
    return key.hex()[-_SHOWN:] if isinstance(key, bytes) else str(key)
