"""What cannot be computed is NaN, and says why."""

from __future__ import annotations

import math
import warnings


class UndefinedAgreement(UserWarning):
    """An agreement is NaN; the sentence says for what reason."""


def undefined(reason: str) -> float:
    """Warn that the function which called the caller has no value, and return NaN."""
    warnings.warn(reason, UndefinedAgreement, stacklevel=4)
    return math.nan
