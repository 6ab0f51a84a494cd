"""Making a study, and opening one."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import UUID

import uuid_utils

from cpit_research.errors import Conflict, FormatError
from cpit_research.formats.atomic import is_unfinished, make_folder, replace_file
from cpit_research.formats.study_file import NAME, write_study_file
from cpit_research.model.identity import Identity
from cpit_research.study.study import Study
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

FOLDERS: Final = ("data/raw", "data/processed", "data/backups", "grids", "notebooks")
_KEY_BYTES: Final = 32
GITIGNORE: Final = b"*\n!.gitignore\n!grids/\n!grids/**\n!notebooks/\n!notebooks/**\n"


def create_study(path: str | Path, *, title: str = "") -> Study:
    """Make an empty study in a folder that is new or empty.

    Parameters
    ----------
    path : path
        The folder.
    title : str
        Printed in documents.

    Returns
    -------
    Study
        The study, open.

    Raises
    ------
    Conflict
        If the folder already holds a study, or anything else.
    """
    folder = Path(path)
    if holds(folder, NAME):
        raise Conflict(
            _("There is already a study in {folder}.").format(folder=folder),
            remedy=_("Open it with cpit.open_study, or choose another folder."),
        )
    if holds(folder):
        raise Conflict(
            _("{folder} is not empty.").format(folder=folder), remedy=_("Choose a new folder.")
        )
    for name in FOLDERS:
        make_folder(folder / name)
    # A study holds real words of real people: git is told to keep out, grids and notebooks apart.
    replace_file(folder / ".gitignore", GITIGNORE)
    identity = Identity(
        UUID(bytes=uuid_utils.uuid7().bytes),
        secrets.token_bytes(_KEY_BYTES),
        title or folder.resolve().name,
    )
    write_study_file(folder, identity)
    return open_study(folder)


def holds(folder: Path, name: str = "") -> bool:
    """Tell whether a folder holds a file, or more than a study begun before an accident."""
    try:
        if name or folder.is_file():
            return (folder / name).exists()
        return any(not path.is_dir() and not _begun(path, folder) for path in folder.rglob("*"))
    except OSError as error:
        raise FormatError(
            _("The folder {name} cannot be read: {reason}.").format(
                name=folder, reason=reason_of(error)
            ),
            path=str(folder),
        ) from error


def _begun(path: Path, folder: Path) -> bool:
    """Tell whether a file is one that making a study leaves before the study is there."""
    if path == folder / ".gitignore":
        return path.read_bytes() == GITIGNORE
    return is_unfinished(path)


def open_study(path: str | Path = ".") -> Study:
    """Open the study of a folder, or of the nearest folder above that holds one.

    Parameters
    ----------
    path : path
        The study folder, or one inside it (``notebooks``).

    Returns
    -------
    Study

    Raises
    ------
    NotFound
        If there is no study there.
    """
    folder = Path(path)
    if not folder.is_dir():
        return Study(folder)  # which says that there is none
    with suppress(OSError):  # a folder that cannot be entered: the first one says so
        for candidate in (folder, *folder.resolve().parents):
            if (candidate / NAME).is_file():
                return Study(candidate)
    return Study(folder)
