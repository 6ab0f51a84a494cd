"""Verifying everything that a study holds: whatever is wrong is told, nothing stops at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cpit_research.corpus.left_out import left_out
from cpit_research.errors import CpitError
from cpit_research.formats.received.sources import find_sources
from cpit_research.store.location import shared_by
from cpit_research.store.sources import known_readings
from cpit_research.store.verifying import last_change
from cpit_research.study.backups import backups
from cpit_research.study.conclude import lost_supports
from cpit_research.study.corrections import correction_list
from cpit_research.study.episode_draft import shown_id
from cpit_research.study.episodes import disputed_episodes
from cpit_research.study.record import Record
from cpit_research.study.rounds.rounds import round_list
from cpit_research.study.sharing.conflicts import conflict_list
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import long_date

if TYPE_CHECKING:
    from cpit_research.study.study import Study

#: Days of work without a backup after which it is told.
_OLD_DAYS: Final = 2
_DAY: Final = 86_400


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
    verified: list[tuple[str, int]] = []
    faults: list[str] = []
    remarks: list[str] = []
    for tell, part in (
        (faults, _record),
        (faults, _grids),
        (faults, _register),
        (remarks, _lot),
        (remarks, _place),
        (remarks, _backups),
        (remarks, _coders),
        (remarks, _documents),
    ):
        if tell is remarks and faults:
            break  # what is wrong comes first, and would be met again
        try:
            tell.extend(part(study, verified))
        except CpitError as error:
            faults.append(str(error))
    return CheckReport(tuple(verified), tuple(dict.fromkeys(faults)), tuple(remarks))


def _record(study: Study, verified: list[tuple[str, int]]) -> Iterator[str]:
    record = Record(study)
    yield from record.faults_of_file()
    yield from record.faults_of_texts()
    verified.append((_("Texts"), len(record.versions)))
    if not study.identity.lot:  # the files received stay with the whole study
        yield from record.faults_of_readings()
        verified.append((_("Files received"), len(record.readings)))
    yield from record.faults_of_events()
    verified.append((_("Events on codings, memos and findings"), len(record.events)))


def _grids(study: Study, verified: list[tuple[str, int]]) -> Iterator[str]:
    for version in study.shelf.grid_versions():
        try:
            codes = len(study.grid(version))
        except CpitError as error:
            yield str(error)
        else:
            verified.append((_("Codes of the grid {version}").format(version=version), codes))


def _register(study: Study, verified: list[tuple[str, int]]) -> Iterator[str]:
    verified.append((_("Visits of the register"), len(study.register.visits)))
    yield from ()


def _unread(study: Study) -> int:
    """Return how many documents of ``data/raw`` no reading knows."""
    raw = study.shelf.raw
    if not raw.is_dir():
        return 0
    with study.shelf.database.reading() as connection:
        known = {one.path for one in known_readings(connection).values()}
    return sum(path.relative_to(raw).as_posix() not in known for path in find_sources([raw]))


def _lot(study: Study, _verified: object) -> Iterator[str]:
    if study.identity.lot:
        yield _("Internal: this is the lot of {coder}, never to be sent or shared.").format(
            coder=study.identity.lot
        )


def _place(study: Study, _verified: object) -> Iterator[str]:
    shared = shared_by(study.folder)
    if shared:
        yield _(
            "The study folder is shared or copied elsewhere ({by}): one person at a time opens it, "
            "and a disk of one's own is safer; share backups rather than the folder."
        ).format(by=shared)


def _backups(study: Study, _verified: object) -> Iterator[str]:
    with study.shelf.database.reading() as connection:
        changed = last_change(connection) / 1000
    made = max((one.at for one in backups(study)), default=None)
    if made is None:
        if changed:
            yield _("There is no backup yet: “cpit backup” makes one.")
    elif changed - made.timestamp() > _OLD_DAYS * _DAY:
        yield _("The last backup is of {date}: “cpit backup” makes one.").format(
            date=long_date(made.date())
        )


def _coders(study: Study, _verified: object) -> Iterator[str]:
    """Tell how the study compares its coders, when that asks for something."""
    if study.identity.no_agreement:
        yield _("This study does not measure agreement: {reason}").format(
            reason=study.identity.no_agreement
        )
    for found in round_list(study):
        if found.state == "disputed":
            yield _(
                "The round {name} was left in several states by copies of the study: close it or "
                "cancel it again."
            ).format(name=found.name)


def _documents(study: Study, _verified: object) -> Iterator[str]:
    unread = _unread(study)
    if unread:
        yield ngettext(
            "{n} document of data/raw is not in the study: “cpit ingest” reads it.",
            "{n} documents of data/raw are not in the study: “cpit ingest” reads them.",
            unread,
        ).format(n=unread)
    unknown = [source.path for source in study.corpus if study.corpus.visit(source) is None]
    if unknown:
        yield _("Documents tied to no visit: {paths}.").format(paths=", ".join(unknown))
    if not study.shelf.grid_versions():
        return
    yield from left_out(study.codings())
    n = len(conflict_list(study))
    if n:
        yield ngettext(
            "{n} conflict: “cpit conflict list” shows it.",
            "{n} conflicts: “cpit conflict list” shows them.",
            n,
        ).format(n=n)
    n = sum(one.state == "waiting" for one in correction_list(study))
    if n:
        yield ngettext(
            "{n} correction is asked for: “cpit correction list” shows it.",
            "{n} corrections are asked for: “cpit correction list” shows them.",
            n,
        ).format(n=n)
    for ids in disputed_episodes(study):
        yield _(
            "Episodes in conflict: {ids}. Keep one state of each with replaces=, or dissolve one."
        ).format(ids=", ".join(shown_id(key) for key in ids))
    for finding, lost in lost_supports(study):
        yield ngettext(
            "Finding {reference}: {n} of its codings no longer stands.",
            "Finding {reference}: {n} of its codings no longer stand.",
            lost,
        ).format(reference=finding, n=lost)
