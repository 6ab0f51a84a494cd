"""Backups of the study database: made by themselves or when asked, listed, restored."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from cpit_research.errors import CpitError, FormatError, NotFound
from cpit_research.formats.atomic import replace_file, sweep
from cpit_research.formats.study_file import NAME as STUDY_FILE
from cpit_research.store.copying import copy_database, put_back, set_aside, verify_copy
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Backup", "Restored", "backup", "backups", "keep_daily", "keep_now", "restore"]

#: Why a backup was made: before the first change of a day, before the database changes format,
#: before another one is restored, before a merge, because someone asked.
Occasioned = Literal["daily", "migration", "restore", "merge", "asked"]
#: Automatic backups that are kept whatever their age.
KEPT: Final = 10
#: Months of which the last automatic backup is kept.
KEPT_MONTHS: Final = 12
#: Bytes that a daily backup leaves free on its disk: work comes first.
ROOM_LEFT: Final = 64 * 2**20
_STAMP: Final = "%Y-%m-%dT%H%M%SZ"
_NAMED: Final = re.compile(
    r"^study-(?P<at>\d{4}-\d\d-\d\dT\d{6}Z)(?:-\d+)?"
    rf"-(?P<why>{'|'.join(get_args(Occasioned))})\.sqlite$"
)


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of the study database.

    Parameters
    ----------
    path : Path
        The file, in ``data/backups``.
    at : datetime
        When it was made, in UTC.
    why : str
        ``"daily"`` (before the first change of a day), ``"migration"``, ``"restore"``,
        ``"merge"`` or ``"asked"``.
    size : int
        Bytes.
    """

    path: Path
    at: datetime
    why: Occasioned
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration did.

    Parameters
    ----------
    backup : Backup
        What was restored.
    kept : Path or None
        Where the database that it took the place of is kept; None when there was none.
    """

    backup: Backup
    kept: Path | None


def backups(study: Study) -> tuple[Backup, ...]:
    """Return the backups, newest first (see :meth:`Study.backups`)."""
    folder = study.shelf.backups
    if not folder.is_dir():
        return ()
    found = [one for path in folder.iterdir() if (one := _backup_at(path)) is not None]
    return tuple(sorted(found, key=lambda one: (one.at, one.path.name), reverse=True))


def backup(study: Study) -> Backup:
    """Keep a copy now (see :meth:`Study.backup`)."""
    if not study.shelf.database_path.is_file():
        raise NotFound(
            _("There is nothing to back up: the study has no database yet."),
            where=_("File: {path}.").format(path=study.shelf.database_path),
        )
    return keep_now(study, "asked")


def keep_now(study: Study, why: Occasioned, *, spare: Path | None = None) -> Backup:
    """Copy the database as it is to ``data/backups``, and let go of the oldest daily copies.

    Parameters
    ----------
    study : Study
        The study.
    why : str
        Why it is made.
    spare : Path, optional
        A copy that must stay.
    """
    folder = study.shelf.backups
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder.glob(".*"))
    now = study.occasion.now()
    target = _free(folder, f"study-{_stamp(now)}", f"-{why}.sqlite")
    copy_database(study.shelf.database_path, target)
    _keep_identity(study)
    for old in _too_many(backups(study)):
        if old.path != spare:
            old.path.unlink(missing_ok=True)
    return Backup(target, now, why, target.stat().st_size)


def keep_daily(study: Study) -> None:
    """Keep a copy before the first change of a day, if the study holds anything.

    A disk that has no room for a copy does not keep people from working: the next check tells.
    """
    today = study.occasion.now().astimezone(UTC).date()
    if study.shelf.kept_on == today:
        return
    study.shelf.kept_on = today
    made_today = any(one.at.date() == today and one.why != "asked" for one in backups(study))
    if made_today or not study.shelf.database_path.is_file():
        return
    with suppress(CpitError, OSError):
        size = study.shelf.database_path.stat().st_size
        if shutil.disk_usage(study.shelf.database_path.parent).free - size >= ROOM_LEFT:
            keep_now(study, "daily")


def restore(study: Study, backup: str | Path | None = None) -> Restored:
    """Put a backup back (see :meth:`Study.restore`)."""
    chosen = _chosen(study, backup)
    key, path = study.identity.key, study.shelf.database_path
    verify_copy(chosen.path, key)
    study.shelf.close()
    study.shelf.backups.mkdir(parents=True, exist_ok=True)
    if _is_sound(path, key):
        kept: Path | None = keep_now(study, "restore", spare=chosen.path).path
    else:
        stamp = f"damaged-{_stamp(study.occasion.now())}"
        kept = set_aside(path, _free(study.shelf.backups, stamp, ".sqlite"))
    put_back(chosen.path, path)
    return Restored(chosen, kept)


def _chosen(study: Study, asked: str | Path | None) -> Backup:
    """Return the backup asked for, by its path, its name or its date; the newest by default."""
    known = backups(study)
    if asked is None:
        found = next((one for one in known if one.why != "restore"), None)
    else:
        file = Path(asked)
        found = next((one for one in known if str(asked) in {one.path.name, _stamp(one.at)}), None)
        found = found or next((one for one in known if str(asked) == f"{one.at:%Y-%m-%d}"), None)
        if found is None and file.is_file():
            status = file.stat()
            found = Backup(
                file, datetime.fromtimestamp(status.st_mtime, UTC), "asked", status.st_size
            )
    if found is None:
        names = ", ".join(one.path.name for one in known)
        raise NotFound(
            _("There is no backup “{name}”.").format(name=asked)
            if asked is not None
            else _("This study has no backup."),
            where=_("Folder: {path}.").format(path=study.shelf.backups),
            exists=_("There are: {names}.").format(names=names) if names else "",
        )
    return found


def _is_sound(path: Path, key: bytes) -> bool:
    try:
        verify_copy(path, key, in_use=True)
    except FormatError:
        return False
    return True


def _keep_identity(study: Study) -> None:
    """Keep beside the backups the file without whose key they would never be verified."""
    present = (study.folder / STUDY_FILE).read_bytes()
    copy = study.shelf.backups / STUDY_FILE
    if not copy.is_file() or copy.read_bytes() != present:
        replace_file(copy, present)


def _too_many(known: Iterable[Backup]) -> Iterator[Backup]:
    """Yield the daily backups to let go of, those known being given newest first."""
    months: set[tuple[int, int]] = set()
    for rank, one in enumerate(one for one in known if one.why == "daily"):
        month = (one.at.year, one.at.month)
        if rank >= KEPT and (month in months or len(months) >= KEPT_MONTHS):
            yield one
        months.add(month)


def _backup_at(path: Path) -> Backup | None:
    match = _NAMED.match(path.name)
    if match is None:
        return None
    at = datetime.strptime(match["at"], _STAMP).replace(tzinfo=UTC)
    return Backup(path, at, cast("Occasioned", match["why"]), path.stat().st_size)


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):{_STAMP}}"


def _free(folder: Path, start: str, end: str) -> Path:
    target, again = folder / f"{start}{end}", 2
    while target.exists():
        target, again = folder / f"{start}-{again}{end}", again + 1
    return target
