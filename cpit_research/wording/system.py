"""Why the system refuses, in the language of the reader."""

from __future__ import annotations

import errno

from cpit_research.wording import gettext as _

__all__ = ["reason_of"]

#: Windows: another program keeps the file, or a part of it.
_SHARED = (32, 33)


def reason_of(error: OSError) -> str:
    """Return why the system refused, without a final stop; its own words when they are rare.

    Examples
    --------
    >>> reason_of(FileNotFoundError(2, "No such file or directory"))
    'fichier ou dossier introuvable'
    """
    if getattr(error, "winerror", None) in _SHARED:
        return _("another program keeps it open")
    said = {
        errno.ENOENT: _("no such file or folder"),
        errno.EACCES: _("access is denied"),
        errno.EPERM: _("access is denied"),
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("the disk is full"),
        errno.EROFS: _("the disk cannot be written"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a file stands where a folder is needed"),
        errno.EEXIST: _("a file stands where a folder is needed"),
        errno.EBUSY: _("another program keeps it open"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    return said.get(error.errno or 0) or error.strerror or type(error).__name__
