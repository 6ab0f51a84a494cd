"""The names that word processors give to the styles of headings."""

from __future__ import annotations

import re
from typing import Final

from cpit_research.text.folding import fold

__all__ = ["named_level"]

#: Names that Word, in any language, and LibreOffice, in French or English, give to headings.
_HEADING: Final = re.compile(r"(?:heading|titre|uberschrift|titolo|titulo) ?([1-9])")
_TITLE: Final = frozenset({"title", "titre", "titre principal"})


def named_level(name: str) -> int | None:
    """Return the level of heading that the name of a style says, None when it says none.

    Examples
    --------
    >>> named_level("Heading 2"), named_level("Titre principal"), named_level("Citation")
    (2, 1, None)
    """
    folded = fold(name).strip()
    named = _HEADING.fullmatch(folded)
    if named:
        return int(named[1])
    return 1 if folded in _TITLE else None
