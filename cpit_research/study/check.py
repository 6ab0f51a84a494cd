"""Verifying everything that a study holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpit_research.errors import CpitError
from cpit_research.results.left_out import left_out
from cpit_research.store import codings as coding_store
from cpit_research.store import sources as source_store
from cpit_research.study.conclude import lost_supports
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.study.study import Study


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found.

    Parameters
    ----------
    verified : tuple of (str, int)
        What was verified, and how many of it.
    faults : tuple of str
        What is wrong, with its place; empty when all is well.
    remarks : tuple of str
        What is not wrong but worth knowing.
    """

    verified: tuple[tuple[str, int], ...]
    faults: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def check(study: Study) -> CheckReport:
    """Verify everything that the study holds (see :meth:`Study.check`)."""
    faults: list[str] = []
    verified: list[tuple[str, int]] = []
    database = study.shelf.database
    try:
        broken = database.integrity()
        with database.reading() as connection:
            versions = {row[0]: row for row in source_store.versions(connection)}
            readings = list(source_store.readings(connection))
            events = list(coding_store.every(connection))
    except CpitError as error:
        return CheckReport((), (str(error),))
    faults += [_("Database: {fault}.").format(fault=fault) for fault in broken]
    faults += _texts(study, versions)
    verified.append((_("Texts"), len(versions)))
    faults += _files(study, readings)
    verified.append((_("Files received"), len(readings)))
    faults += _codings(study, versions, events)
    verified.append((_("Events on codings and memos"), len(events)))
    for version in study.shelf.grid_versions():
        try:
            verified.append(
                (_("Codes of the grid {version}").format(version=version), len(study.grid(version)))
            )
        except CpitError as error:
            faults.append(str(error))
    remarks: tuple[str, ...] = ()
    try:
        verified.append((_("Visits of the register"), len(study.register.visits)))
        remarks = tuple(_remarks(study))
    except CpitError as error:
        faults.append(str(error))
    return CheckReport(tuple(verified), tuple(dict.fromkeys(faults)), remarks)


def _texts(study: Study, versions: dict[str, tuple[str, str, str, bytes, str]]) -> Iterator[str]:
    key = study.identity.key
    for version, source, text, digest, _structure in versions.values():
        made = passage_digest(f"{source}\0{text}", key).hex()
        if digest != passage_digest(text, key) or version != made:
            yield _("Text {version} of document {source} is not the one that was read.").format(
                version=version[:12], source=source
            )


def _files(study: Study, readings: list[tuple[str, str, str]]) -> Iterator[str]:
    read: dict[str, set[str]] = {}
    for path, sha256, _source in readings:
        read.setdefault(path, set()).add(sha256)
    for path, known in read.items():
        file = study.shelf.raw / path
        if not file.is_file():
            yield _("File {path} is no longer in data/raw.").format(path=path)
        elif hashlib.sha256(file.read_bytes()).hexdigest() not in known:
            yield _("File {path} has changed since it was read: ingest it again.").format(path=path)


def _codings(
    study: Study,
    versions: dict[str, tuple[str, str, str, bytes, str]],
    events: list[coding_store.Anchor],
) -> Iterator[str]:
    key = study.identity.key
    grids = set(study.shelf.grid_versions())
    for event in events:
        known = versions.get(event.version)
        where = _("Coding or memo {id}").format(id=event.subject.hex()[:12])
        if known is None:
            yield _("{where}: its text is not in the study.").format(where=where)
        elif not 0 <= event.start < event.end <= len(known[2]):
            yield _("{where}: it leaves its text.").format(where=where)
        elif passage_digest(known[2][event.start : event.end], key) != event.digest:
            yield _("{where}: the passage is not the one that was coded.").format(where=where)
        if event.grid is not None and event.grid not in grids:
            yield _("{where}: there is no grid {version}.").format(where=where, version=event.grid)


def _remarks(study: Study) -> Iterator[str]:
    unknown = [source.path for source in study.corpus if study.corpus.visit(source) is None]
    if unknown:
        yield _("Documents tied to no visit: {paths}.").format(paths=", ".join(unknown))
    if not study.shelf.grid_versions():
        return
    yield from left_out(study.codings())
    for finding, lost in lost_supports(study):
        yield ngettext(
            "Finding {reference}: {n} of its codings no longer stands.",
            "Finding {reference}: {n} of its codings no longer stand.",
            lost,
        ).format(reference=finding, n=lost)
