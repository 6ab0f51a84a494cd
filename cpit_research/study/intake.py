"""Taking documents in, one at a time, before they are written together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid5

from cpit_research.errors import Conflict
from cpit_research.formats import raw
from cpit_research.formats.received.reading import Read, Reading
from cpit_research.formats.received.sources import reader_of
from cpit_research.model.identity import Identity
from cpit_research.model.source import Source, SourceKind
from cpit_research.store import sources as store
from cpit_research.store.corrections import Chain, chains
from cpit_research.study.correct import Redone, keep_redone, redo, redone_id
from cpit_research.study.ingest_report import IngestRow, State
from cpit_research.study.reanchor import Carried, carry
from cpit_research.study.tying import Visits
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest, version_id
from cpit_research.text.likeness import containment
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

#: Below this share of common runs of words, a same-named file is another document.
SAME_DOCUMENT: Final = 0.5
#: From this share of spoken characters on, a document is a transcript.
TRANSCRIPT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Taken:
    """A document read, waiting to be written."""

    source: Source
    received: store.Received
    ordinal: int | None
    is_new: bool


class Intake:
    """The documents of one ingest, and what the study already holds."""

    def __init__(self, study: Study, read: Read, replaces: str | None = None) -> None:
        self.study = study
        self.read = read
        self.replaces = replaces
        register = study.register
        self.planned = Visits(register)
        told = [
            *(word for one in register.participants for word in (one.id, one.role)),
            *(word for one in register.researchers for word in (one.id, one.role)),
        ]
        self.speakers = tuple(dict.fromkeys(told))
        self.taken: list[Taken] = []
        self.ties: dict[str, str] = {}
        with study.shelf.database.reading() as connection:
            self.known = store.known_readings(connection)
            self.current = store.current_versions(connection)
            self.visits = store.visits_of(connection)
            self.versions = store.known_versions(connection)
            self.chains = chains(connection)
        #: Which document the file at a place is a version of, whatever its name.
        self.owners = {known.path: known.source for known in self.known.values()}
        #: Where each file received stands first: the same bytes may come under two names.
        self.twins = {sha256: one.path for (sha256, _reader, _key), one in self.known.items()}
        self.texts: dict[str, str] = {}
        self.redone: list[tuple[Redone, int, Chain]] = []
        self.at = study.occasion.milliseconds()

    def shown(self, file: Path) -> str:
        """Return how a file is named in the report."""
        return raw.relative(file, self.study.shelf.raw) or str(file)

    def take(self, file: Path, data: bytes, sha256: str) -> IngestRow:
        """Read one file and keep it for :meth:`write`; say what became of it."""
        place, outside = self._place(file, data)
        document = self.replaces or raw.document_path(place)
        key = document_key(self.study.identity, document)
        if not self.replaces:
            key = self.owners.get(place, key)
        known = self.known.get((sha256, reader_of(file.name), key))
        if known is not None:
            return IngestRow(place, "known", self._tie_again(key, place))
        reading = self.read(data, file.name, self.speakers)
        version = version_id(key, reading.text, self.study.identity.key)
        before = self.current.get(key)
        if before is not None and before[0] != version:
            self._check_same(document, before[0], reading.text)
        tied = self.planned.tie(reading.header, Path(place).name)
        visit = self.visits.get(key) or tied.visit
        source = replace(
            _source(reading, key=key, version=version, path=document, sha256=sha256), visit=visit
        )
        ordinal = None if version in self.versions else (before[1] if before else 0) + 1
        lost = self._redo(source, ordinal) if ordinal is not None else ()
        if before is not None and visit is not None and self.visits.get(key) is None:
            self.ties[key] = visit
        if outside:  # before it is counted: a disk that is full refuses the document whole
            raw.keep(data, place, self.study.shelf.raw)
        self._keep(source, reading, place, ordinal, is_new=before is None)
        state: State = (
            "accepted" if before is None else "known" if ordinal is None else "new_version"
        )
        notices = [*reading.notices, *lost]
        if tied.notice and visit is None:
            notices.append(tied.notice)
        twin = self.twins.setdefault(sha256, place)
        if twin != place:
            notices.append(_("The same file is also there as {twin}.").format(twin=twin))
        if ordinal is None and self._is_earlier(key, version):
            notices.append(_("This is the text of an earlier version; the newest one stays."))
        return IngestRow(
            place,
            state,
            visit,
            source.words,
            len(reading.structure.turns),
            reading.encoding,
            tuple(notices),
            source=key,
        )

    def _is_earlier(self, key: str, version: str) -> bool:
        """Tell whether a document has a newer text, beyond what was corrected in this one."""
        is_base = key in self.chains and self.chains[key].base == version
        return key in self.current and self.current[key][0] != version and not is_base

    def write(self) -> dict[str, Carried]:
        """Write everything taken, in one transaction; return what became of codings, by document.

        Codings and memos of a document that has a new version are carried to it meanwhile.
        """
        if not self.taken and not self.ties:
            return {}
        with writing(self.study) as connection:
            store.add_sources(connection, [one.source for one in self.taken if one.is_new])
            store.add_versions(
                connection,
                [
                    (one.source, one.ordinal, self._digest(one.source.text))
                    for one in self.taken
                    if one.ordinal is not None
                ],
            )
            for redone, rank, chain in self.redone:
                keep_redone(self.study, connection, redone, rank, chain)
            store.add_readings(connection, [(one.source, one.received) for one in self.taken])
            store.tie(connection, self.ties)
            return carry(
                self.study,
                connection,
                {
                    one.source.id: self.current[one.source.id][0]
                    for one in self.taken
                    if not one.is_new and one.ordinal is not None
                },
            )

    def _redo(self, source: Source, ordinal: int) -> tuple[str, ...]:
        """Make the corrections of a document again on what was received; tell those left out."""
        chain = self.chains.get(source.id)
        if chain is None:
            return ()
        texts = (self._text(chain.base), self._text(self.current[source.id][0]))
        redone = redo((source, ordinal), chain, texts, self.study.identity.key, self.versions)
        if redone.edits:
            self.redone.append((redone, ordinal + 1, chain))
        else:
            del self.chains[source.id]
        return tuple(
            _("A correction no longer finds its place and was left out: “{before}” read “{after}”.")
            .format(before=shortened(before), after=shortened(after))
            for before, after in redone.lost
        )  # fmt: skip

    def _digest(self, text: str) -> bytes:
        return passage_digest(text, self.study.identity.key)

    def _place(self, file: Path, data: bytes) -> tuple[str, bool]:
        """Return where under ``data/raw`` a file is, or goes, and whether it must be copied."""
        inside = raw.relative(file, self.study.shelf.raw)
        if inside is not None:
            return inside, False
        folder = self.study.shelf.raw
        wanted = (
            Path(self.replaces).parent / (Path(self.replaces).stem + file.suffix)
            if self.replaces
            else Path(file.name)
        ).as_posix()
        there = raw.kept_place(data, wanted, folder)
        return (raw.free_place(wanted, folder), True) if there is None else (there, False)

    def _check_same(self, document: str, version: str, text: str) -> None:
        if self.replaces or containment(self._text(version), text) >= SAME_DOCUMENT:
            return
        raise Conflict(
            _("Another document is already kept under the name {name}.").format(name=document),
            remedy=_("Give this file another name, or say --replaces “{name}”.").format(
                name=document
            ),
        )

    def _text(self, version: str) -> str:
        if version not in self.texts:
            with self.study.shelf.database.reading() as connection:
                self.texts[version] = store.text_of(connection, version)
        return self.texts[version]

    def _tie_again(self, key: str, place: str) -> str | None:
        """Tie a document already known if the register has learnt of its visit since."""
        if self.visits.get(key) is None:
            with self.study.shelf.database.reading() as connection:
                header = store.header_of(connection, key)
            visit = self.planned.tie(header, Path(place).name).visit
            if visit is not None:
                self.ties[key] = visit
                self.visits[key] = visit
        return self.visits.get(key)

    def _keep(
        self, source: Source, reading: Reading, place: str, ordinal: int | None, *, is_new: bool
    ) -> None:
        asides = tuple(
            (aside.kind, aside.words, aside.author, aside.at) for aside in reading.asides
        )
        received = store.Received(
            place, self.at, reading.encoding, reading.header, asides, reading.notices
        )
        self.taken.append(Taken(source, received, ordinal, is_new))
        self.known[source.sha256, source.reader, source.id] = store.KnownReading(
            source.id, source.version, place
        )
        self.owners[place] = source.id
        if ordinal is not None:
            self._now(source, ordinal)
        self.visits[source.id] = source.visit

    def _now(self, source: Source, ordinal: int) -> None:
        """Know the newest text of a document, corrected again if it was."""
        redone = self.redone[-1][0] if self.redone else None
        self.versions.add(source.version)
        self.texts[source.version] = source.text
        self.current[source.id] = (source.version, ordinal)
        if redone is not None and redone.received == source:
            chain = self.chains[source.id]
            self.chains[source.id] = Chain(
                source.version, redone.edits, redone_id(redone, chain), chain.at
            )
            self._now(redone.corrected, ordinal + 1)


#: How the sheets of the modules begin: « Exercice 2. », « Module 1, exercice 3 ».
_EXERCISE: Final = re.compile(r"\W*(?:module\s+\d+\W+)?exercice\s+\d", re.IGNORECASE)


def document_key(identity: Identity, path: str) -> str:
    """Return the id of the document received at a path of ``data/raw``."""
    return str(uuid5(identity.id, f"source:{path}"))


def _source(reading: Reading, *, key: str, version: str, path: str, sha256: str) -> Source:
    return Source(
        id=key,
        version=version,
        path=path,
        kind=_kind(path, reading),
        text=reading.text,
        structure=reading.structure,
        sha256=sha256,
        reader=reading.reader,
        words=len(reading.text.split()),
    )


def _kind(path: str, reading: Reading) -> SourceKind:
    if "exercice" in path.casefold() or _EXERCISE.match(reading.text):
        return "exercise_sheet"
    spoken = sum(turn.end - turn.start for turn in reading.structure.turns)
    return (
        "transcript" if reading.text and spoken / len(reading.text) >= TRANSCRIPT else "field_note"
    )
