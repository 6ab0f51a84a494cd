"""What changed between two wordings, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

__all__ = ["Stretch", "word_diff"]

#: A word with the blanks that follow it, or a mark alone.
_PIECE: Final = re.compile(r"\w+(?:['’-]\w+)*['’]?\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed, went or came."""

    kind: Literal["kept", "removed", "added"]
    words: str


def word_diff(before: str, after: str) -> tuple[Stretch, ...]:
    """Return what stayed, went and came from one wording to another, in reading order.

    The kept and removed stretches, joined, are `before`; the kept and added ones are `after`.

    Examples
    --------
    >>> for stretch in word_diff("Tenir bon, seul.", "Tenir bon, à deux."):
    ...     print(stretch.kind, repr(stretch.words))
    kept 'Tenir bon, '
    removed 'seul'
    added 'à deux'
    kept '.'
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found: list[Stretch] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, start, end, other_start, other_end in matcher.get_opcodes():
        if what == "equal":
            found.append(Stretch("kept", "".join(old[start:end])))
            continue
        if end > start:
            found.append(Stretch("removed", "".join(old[start:end])))
        if other_end > other_start:
            found.append(Stretch("added", "".join(new[other_start:other_end])))
    return tuple(found)
