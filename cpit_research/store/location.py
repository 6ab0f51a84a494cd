"""Where a study folder lives: SQLite needs a disk whose locks are real and that nobody copies."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import Final

__all__ = ["shared_by"]

#: File systems that other machines share, as Linux names them.
_NETWORK: Final = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "afs", "ncpfs", "ceph"),
        *("glusterfs", "davfs", "fuse.sshfs", "fuse.davfs", "fuse.rclone", "fuse.gvfsd-fuse"),
    )
)
#: Folders that a program copies elsewhere at any moment, by the start of a step of their path.
_SYNCED: Final = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud", "iCloud"),
    ("mobile documents", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("seafile", "Seafile"),
    ("kdrive", "kDrive"),
    ("pcloud", "pCloud"),
)
_MOUNTS: Final = Path("/proc/self/mounts")


def shared_by(folder: Path, mounts: str | None = None) -> str:
    """Return what shares a folder with other machines; ``""`` when nothing is known to.

    Parameters
    ----------
    folder : Path
        The study folder.
    mounts : str, optional
        The table of mounted disks, as Linux writes it; the machine's own by default.

    Examples
    --------
    >>> shared_by(Path("/mnt/équipe/étude"), "srv:/x /mnt/équipe nfs4 rw 0 0")
    'nfs4'
    >>> shared_by(Path("/srv/ana/OneDrive - Université/étude"), "")
    'OneDrive'
    """
    place = folder if mounts is not None else folder.resolve()
    if os.fspath(place).startswith(("\\\\", "//")):
        return "Windows"
    for step in place.parts:
        for start, name in _SYNCED:
            if step.casefold().startswith(start):
                return name
    kind = _mounted_as(place, _mounts() if mounts is None else mounts)
    return kind if kind in _NETWORK else ""


def _mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not Linux
        return ""


def _mounted_as(place: PurePath, mounts: str) -> str:
    """Return the kind of file system of the deepest mount above a place."""
    best, kind = -1, ""
    for line in mounts.split("\n"):
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        top = PurePath(fields[1].replace("\\040", " "))
        if place.is_relative_to(top) and len(top.parts) >= best:  # the last one covers the others
            best, kind = len(top.parts), fields[2]
    return kind
