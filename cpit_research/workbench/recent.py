"""The studies that this person opened, kept by their places alone, in her own folder."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cpit_research.errors import CpitError
from cpit_research.formats.atomic import make_folder, replace_file
from cpit_research.formats.study_file import read_study_file
from cpit_research.model.identity import Identity

__all__ = ["Recent", "data_folder", "documents", "forget", "known", "remember"]

_FILE: Final = "recent.json"
_KEPT: Final = 12
_PRIVATE: Final = 0o700


@dataclass(frozen=True, slots=True)
class Recent:
    """A study opened before.

    Parameters
    ----------
    folder : Path
        Its folder.
    identity : Identity or None
        What it says of itself now; None when it is no longer there.
    """

    folder: Path
    identity: Identity | None


def data_folder() -> Path:
    """Return the folder of what a program keeps for one person: ``CPIT_DATA``, or the system's."""
    if told := os.environ.get("CPIT_DATA"):
        return Path(told)
    own = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or own / "AppData" / "Local") / "cpit"
    if sys.platform == "darwin":
        return own / "Library" / "Application Support" / "cpit"
    return Path(os.environ.get("XDG_DATA_HOME") or own / ".local" / "share") / "cpit"


def documents() -> Path:
    """Return the folder where a lot is opened by default."""
    own = Path.home()
    return next((own / name for name in ("Documents",) if (own / name).is_dir()), own)


def known() -> tuple[Recent, ...]:
    """Return the studies opened before, the last one first, as they are now."""
    return tuple(Recent(folder, _identity(folder)) for folder in _read())


def remember(folder: Path) -> None:
    """Put a study first."""
    place = folder.resolve()
    _write([place, *(one for one in _read() if one != place)])


def forget(folder: Path) -> None:
    """Take a study out of the list; its folder stays as it is."""
    _write([one for one in _read() if one != folder])


def _identity(folder: Path) -> Identity | None:
    try:
        return read_study_file(folder)
    except CpitError:
        return None


def _read() -> list[Path]:
    """Return the list kept; one that cannot be read is begun again."""
    try:
        kept = json.loads((data_folder() / _FILE).read_bytes())
    except (OSError, ValueError):
        return []
    folders = kept.get("folders") if isinstance(kept, dict) else None
    if not isinstance(folders, list):
        return []
    return [Path(one) for one in folders if isinstance(one, str)][:_KEPT]


def _write(folders: list[Path]) -> None:
    place = data_folder()
    make_folder(place)
    place.chmod(_PRIVATE)
    kept = {"format": 1, "folders": [str(one) for one in folders[:_KEPT]]}
    replace_file(place / _FILE, json.dumps(kept, ensure_ascii=False, indent=1).encode())
