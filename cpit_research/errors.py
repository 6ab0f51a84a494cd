"""Every deliberate error of the library.

::

    CpitError
    ├── InvalidInput (ValueError)        a value, a cell or a file says something impossible
    │   └── FormatError                  a file, with its path and the place inside it
    ├── NotFound (LookupError)           a name that the study, grid or register does not hold
    ├── Conflict                         two truths that a person must settle
    │   └── Withheld                     an output that the privacy gate refuses
    └── MissingDependency (ImportError)  an optional component is not installed

A sentence says what happened; `where`, `exists` and `remedy` say where, what exists and what to do.
The sentences are already in the reader's language when they arrive here.
"""

from __future__ import annotations

from collections.abc import Iterable


class CpitError(Exception):
    """Base of the errors that the library raises on purpose.

    Parameters
    ----------
    what : str
        One sentence: what happened.
    where, exists, remedy : str, optional
        Further sentences: the place, what exists instead, what to do.
    """

    def __init__(self, what: str, *, where: str = "", exists: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.exists = exists
        self.remedy = remedy
        super().__init__(" ".join(part for part in (what, where, exists, remedy) if part))


class InvalidInput(CpitError, ValueError):
    """A value, a cell or a file says something impossible.

    `faults` holds the sentences of every fault found, when several are reported together.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        exists: str = "",
        remedy: str = "",
        faults: Iterable[str] = (),
    ) -> None:
        super().__init__(what, where=where, exists=exists, remedy=remedy)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n  - ".join((super().__str__(), *self.faults))


class FormatError(InvalidInput):
    """A file cannot be read as what it claims to be; `path` names it."""

    def __init__(
        self,
        what: str,
        *,
        path: str = "",
        where: str = "",
        exists: str = "",
        remedy: str = "",
        faults: Iterable[str] = (),
    ) -> None:
        super().__init__(what, where=where, exists=exists, remedy=remedy, faults=faults)
        self.path = path


class NotFound(CpitError, LookupError):
    """A name that the study, grid or register does not hold."""


class Conflict(CpitError):
    """Two truths that a person must settle."""


class Withheld(Conflict):
    """An output that the privacy gate refuses."""


class MissingDependency(CpitError, ImportError):
    """An optional component is not installed."""
