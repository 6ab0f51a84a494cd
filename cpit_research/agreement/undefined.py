"""A coefficient that the data do not define: not a number, and the reason."""

from __future__ import annotations

import math
import warnings


class UndefinedAgreement(UserWarning):
    """The data do not define this coefficient; the message says why."""


def undefined(reason: str) -> float:
    """Warn with the reason, from where the coefficient was asked for, and return NaN."""
    warnings.warn(reason, UndefinedAgreement, stacklevel=3)
    return math.nan
