"""Control characters, which neither XML nor a spreadsheet can hold."""

from __future__ import annotations

import re
from typing import Final

_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def blank_controls(text: str) -> str:
    r"""Return `text` with a space for each control character: every offset stays right.

    Examples
    --------
    >>> blank_controls("le\x0bmaire\n")
    'le maire\n'
    """
    return _CONTROLS.sub(" ", text)
