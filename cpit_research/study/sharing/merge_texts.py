"""The union of what two whole studies hold beside events: texts, files received, grids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cpit_research.formats import raw
from cpit_research.formats.atomic import make_folder, replace_file
from cpit_research.model.identity import Identity
from cpit_research.model.register import Register
from cpit_research.store import schema
from cpit_research.store.event_lines import Row
from cpit_research.store.sealing import add
from cpit_research.store.sources import tie
from cpit_research.study.intake import document_key
from cpit_research.study.sharing.incoming import Incoming
from cpit_research.text.digest import version_id
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Union", "differing_sheets", "held_texts"]


@dataclass(slots=True)
class Union:
    """What whole studies add to this one: rows to write, files to copy, reasons to refuse.

    Parameters
    ----------
    identity : Identity
        Of the study.
    paths : dict of str to str
        Documents, each with its path; those that are added too.
    histories : dict of str to list of str
        The text versions of each document, oldest first.
    """

    identity: Identity
    paths: dict[str, str]
    visits: dict[str, str | None]
    histories: dict[str, list[str]]
    readings: dict[tuple[str, str, str], Row]
    sources: list[Row] = field(default_factory=list)
    versions: list[Row] = field(default_factory=list)
    read: list[Row] = field(default_factory=list)
    ties: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[Path, str]] = field(default_factory=dict)
    grids: dict[str, Path] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    @property
    def texts(self) -> dict[str, str]:
        """Texts of the new versions."""
        return {row[0]: row[3] for row in self.versions}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is added."""
        return not (self.versions or self.read or self.ties or self.grids)

    def take(self, one: Incoming) -> Iterator[str]:
        """Add what a whole study holds; yield the reasons to refuse it."""
        if one.folder is None:
            return
        for version, path in one.files.items():
            self.grids.setdefault(version, path)
        for row in one.whole.sources:
            yield from self._source(row, one)
        theirs: dict[str, list[Row]] = {}
        for row in sorted(one.whole.versions, key=lambda row: (row[1], row[2])):
            theirs.setdefault(row[1], []).append(row)
        for source, rows in theirs.items():
            yield from self._history(source, rows)
        held = {row[0] for row in one.whole.versions}
        for row in one.whole.readings:
            if row[3] in held:
                yield from self._reading(row, one.folder)

    def write(self, connection: Connection) -> None:
        """Write the rows."""
        add(connection, schema.source, self.sources)
        add(connection, schema.text_version, self.versions)
        add(connection, schema.reading, self.read)
        tie(connection, self.ties)

    def copy(self, study: Study) -> int:
        """Copy the files received and the grids that are not there; return how many."""
        for place, (path, _sha256) in self.files.items():
            raw.keep(raw.read(path), place, study.shelf.raw)
        make_folder(study.folder / "grids")
        for version, path in self.grids.items():
            replace_file(study.folder / "grids" / f"{version}{path.suffix}", raw.read(path))
        return len(self.files) + len(self.grids)

    def look(self, study: Study) -> Iterator[str]:
        """Leave aside the files that are there; yield what is wrong with the others."""
        for place, (path, sha256) in list(self.files.items()):
            target = study.shelf.raw / place
            if raw.relative(target, study.shelf.raw) != place:
                yield _("The file {path} would leave data/raw.").format(path=place)
            elif target.is_file() and _sha256(target) == sha256:
                del self.files[place]
            elif target.exists():
                yield _("The file {path} is not the same there and here.").format(path=place)
            elif not path.is_file() or _sha256(path) != sha256:
                yield _("The file {path} is not the one that was received there.").format(
                    path=place
                )

    def _source(self, row: Row, one: Incoming) -> Iterator[str]:
        key, path, _kind, visit = row
        if key != document_key(self.identity, path):
            yield _("Document {path} was not kept under the id of study.toml.").format(path=path)
        elif key not in self.paths:
            self.paths[key], self.visits[key] = path, visit
            self.sources.append(row)
        elif visit is not None and self.visits[key] is None:
            self.visits[key] = self.ties[key] = visit
        elif visit not in {None, self.visits[key]}:
            self.notices.append(
                _("{name}: document {path} is tied to {theirs} there, and stays tied to {ours}.")
                .format(name=one.name, path=path, theirs=visit, ours=self.visits[key])
            )  # fmt: skip

    def _history(self, source: str, rows: Sequence[Row]) -> Iterator[str]:
        """Extend what is known of a document; what one began otherwise is refused."""
        known = self.histories.setdefault(source, [])
        path = self.paths.get(source, source)
        theirs = [row[0] for row in rows]
        common = min(len(known), len(theirs))
        if known[:common] != theirs[:common]:
            yield _(
                "Document {path}: its text was corrected in two ways. Ingest both corrections in "
                "both studies, then exchange bundles: “cpit bundle export”."
            ).format(path=path)
            return
        for rank, row in enumerate(rows[common:], common + 1):
            made = {version_id(source, row[3], self.identity.key, ordinal=n) for n in (None, rank)}
            if row[0] not in made or row[2] != rank:
                yield _("Document {path}: its text is not the one that was read.").format(path=path)
                return
            known.append(row[0])
            self.versions.append(row)

    def _reading(self, row: Row, folder: Path) -> Iterator[str]:
        sha256, reader, source, version, place = row[:5]
        known = self.readings.get((sha256, reader, source))
        if known is not None:
            if known[3] != version:
                yield _("The file {path} was read otherwise there.").format(path=place)
            return
        self.readings[sha256, reader, source] = row
        self.read.append(row)
        self.files.setdefault(place, (folder / "data" / "raw" / place, sha256))


def held_texts(study: Study, connection: Connection) -> Union:
    """Return what the study holds, to which others are added."""
    sources = connection.exec_driver_sql("SELECT id, path, visit FROM source").fetchall()
    histories: dict[str, list[str]] = {}
    for source, version in connection.exec_driver_sql(
        "SELECT source, id FROM text_version ORDER BY source, ordinal"
    ):
        histories.setdefault(source, []).append(version)
    rows = connection.exec_driver_sql(
        "SELECT sha256, reader, source, version, path, at, encoding, header, asides, notices "
        "FROM reading"
    )
    return Union(
        study.identity,
        {row[0]: row[1] for row in sources},
        {row[0]: row[2] for row in sources},
        histories,
        {(row[0], row[1], row[2]): tuple(row) for row in rows},
    )


def differing_sheets(ours: Register, theirs: Register | None) -> tuple[str, ...]:
    """Return the sheets of the register that are not the same, whatever the order of rows."""
    titles = {
        "territories": "Territoires", "participants": "Participants", "researchers": "Chercheurs",
        "visits": "Visites", "partners": "Partenaires", "key_dates": "Dates clés",
    }  # fmt: skip
    return tuple(
        title
        for name, title in titles.items()
        if theirs is not None and set(getattr(ours, name)) != set(getattr(theirs, name))
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(raw.read(path)).hexdigest()
