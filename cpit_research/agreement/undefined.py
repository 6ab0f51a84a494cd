"""What cannot be computed is NaN, and says why."""

from __future__ import annotations

import inspect
import math
import warnings

from cpit_research.wording import gettext as _


class UndefinedAgreement(UserWarning):
    """An agreement is NaN; the sentence says for what reason."""


def undefined(reason: str) -> float:
    """Warn, at the line outside this room that asked, that there is no value; return NaN."""
    room, level, frame = __name__.rpartition(".")[0], 1, inspect.currentframe()
    while frame and frame.f_globals.get("__name__", "").startswith(room):
        level, frame = level + 1, frame.f_back
    warnings.warn(reason, UndefinedAgreement, stacklevel=level)
    return math.nan


def nothing_shared() -> str:
    """Say that nothing can be compared."""
    return _("Agreement is undefined: no unit was coded by two coders.")


def one_category() -> str:
    """Say that nothing varies."""
    return _(
        "Agreement is undefined: one category only was used, so that chance alone would agree "
        "every time."
    )
