"""What pictures, shapes and fields of a rich text say, never decoded."""

from __future__ import annotations

import re
from typing import Final

from cpit_research.formats.received.rich_tokens import plain
from cpit_research.formats.received.symbols import symbol

__all__ = ["alternative", "holds_picture", "inserted_symbol"]

_ALTERNATIVE: Final = re.compile(rb"\\sn wzDescription\}\s*\{\\sv ([^{}]{1,2000})\}")
_INSERTED: Final = re.compile(
    rb"SYMBOL\s+(\d{1,5})\b.{0,40}?\\\\f\s*(?:\"|\\'22)?([A-Za-z ]{1,40})", re.DOTALL
)
_PICTURE: Final = re.compile(rb"\\pict(?![a-z])")
#: Bytes among which a description, or an instruction, is looked for.
_DESCRIBED: Final = 20_000
_INSTRUCTED: Final = 200


def alternative(held: bytes, codec: str) -> str:
    """Return the alternative text of a picture, or of a shape, from what its group holds."""
    described = _ALTERNATIVE.search(held[:_DESCRIBED])
    return plain(described[1], codec) if described else ""


def holds_picture(held: bytes) -> bool:
    """Tell whether the property of a shape is a picture."""
    return _PICTURE.search(held) is not None


def inserted_symbol(instruction: bytes) -> str | None:
    r"""Return the character that a field inserts, ``""`` when unknown, None when it does not.

    Examples
    --------
    >>> inserted_symbol(rb'SYMBOL 224 \\f "Wingdings" \\s 11'), inserted_symbol(rb"PAGE")
    ('→', None)
    """
    found = _INSERTED.search(instruction[:_INSTRUCTED])
    return symbol(found[2].decode("ascii").strip(), f"{int(found[1]):X}") if found else None
