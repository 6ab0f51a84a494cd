"""Errors as they travel: what, where, what exists, what to do."""

from __future__ import annotations

from cpit_research.errors import CpitError, InvalidInput
from cpit_research.wording import gettext as _

__all__ = ["trouble_of", "unexpected"]


def trouble_of(error: CpitError) -> dict[str, str]:
    """Return the sentences of an error, those that it has."""
    faults = error.faults if isinstance(error, InvalidInput) else ()
    stated = {
        "error": "\n".join((error.what, *faults)),
        "where": error.where,
        "exists": error.exists,
        "remedy": error.remedy,
    }
    return {name: words for name, words in stated.items() if words}


def unexpected() -> dict[str, str]:
    """Return what is said of a fault of the program."""
    return {
        "error": _("Something unexpected happened: nothing was changed."),
        "remedy": _("Try again; if it happens again, send what the terminal says."),
    }
