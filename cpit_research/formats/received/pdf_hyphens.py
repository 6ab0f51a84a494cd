"""Words cut at the end of a line: joined again only when the document itself says how."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from cpit_research.formats.received.pdf_characters import SOFT

__all__ = ["Hyphens", "cuts"]

_CUT: Final = re.compile(r"(?P<word>[^\W\d_][\w’'‐-]*)[-‐]$")
_HYPHENS: Final = ("-", "‐")
#: « les sous- et surévaluations »
_SUSPENDED: Final = re.compile(r"(?:et|ou|puis)\b")
_NEXT: Final = re.compile(r"[^\W\d_][^\W_]*(?:[-‐’'][^\W\d_]+)*")
_WORD: Final = re.compile(r"[^\W\d_][^\W_]*(?:[-‐][^\W_]+)*")
#: First and last parts of compounds, which a hyphen at the end of a line may belong to.
_FIRST_PARTS: Final = """
peut c'est est a y quelques quelqu au là ci par moi demi mi non quasi semi sous sus vice ex après
avant contre entre arrière porte rendez grand grande petit petite haut bas centre chef franc libre
auto micro mini multi inter intra post pré pro co sur dit dis fait celui celle ceux celles lui elle
eux nous vous jean marie saint sainte mont nord sud ouest dix vingt trente quarante cinquante
soixante quatre plus moins bien mal mot aide tout
"""
_LAST_PARTS: Final = """
être à dire ce il elle on je tu nous vous ils elles là ci même mêmes moi toi lui leur y en t un une
uns unes le la les dessus dessous delà vingt dix
"""
_BEFORE: Final = frozenset(_FIRST_PARTS.split())
_AFTER: Final = frozenset(_LAST_PARTS.split())
#: How many words cut and joined show that the document cuts words, and their share.
_SHOWN: Final = 3
_MOSTLY: Final = 0.9


class Hyphens:
    """How one document writes the words that its lines cut.

    A word that the document writes elsewhere in one piece is joined, one that it writes elsewhere
    with its hyphen keeps it. When both or neither are found, the hyphen stays, unless the
    document evidently cuts words and none of the two parts belongs to a compound.

    Attributes
    ----------
    joined, kept : int
        Words made whole; hyphens kept, though they may have cut a word.
    """

    __slots__ = ("_cuts", "_known", "joined", "kept")

    def __init__(self, lines: Iterable[str]) -> None:
        self.joined = self.kept = 0
        self._known: Counter[str] = Counter()
        cuts: list[tuple[str, str]] = []
        last = ""
        for line in lines:
            self._known.update(_folded(word) for word in _WORD.findall(line))
            parts = _parts(last, line)
            if parts:
                cuts.append(parts)
            last = line
        known = [self._proven(before, after) for before, after in cuts]
        joined = known.count(True)
        self._cuts = joined >= _SHOWN and joined >= _MOSTLY * (joined + known.count(False))

    def bond(self, line: str, after: str) -> tuple[str, str]:
        """Return what stays of a line, and what stands between it and the next one."""
        if line.endswith(SOFT):
            self.joined += 1
            return line.rstrip(SOFT), ""
        parts = _parts(line, after)
        if parts is None:
            compound = _cut(line) and after[0].isalnum() and not _SUSPENDED.match(after)
            return line, "" if compound else " "
        proven = self._proven(*parts)
        doubtful = proven is None and not _compound(*parts)
        if proven or (doubtful and self._cuts):
            self.joined += 1
            return line[:-1], ""
        self.kept += doubtful
        return line, ""

    def _proven(self, before: str, after: str) -> bool | None:
        whole = self._known[_folded(before + after)] > 0
        hyphenated = self._known[_folded(f"{before}-{after}")] > 0
        return whole if whole != hyphenated else None


def cuts(line: str, after: str) -> bool:
    """Tell whether the end of a line evidently cuts a word, or a compound."""
    return line.endswith(SOFT) or _parts(line, after) is not None


def _parts(line: str, after: str) -> tuple[str, str] | None:
    """Return the two parts of a word cut between two lines."""
    cut, follows = _cut(line), _NEXT.match(after)
    if not cut or not follows or not after[0].islower() or _SUSPENDED.match(after):
        return None
    return cut["word"], follows[0]


def _cut(line: str) -> re.Match[str] | None:
    return _CUT.search(line) if line.endswith(_HYPHENS) else None


def _compound(before: str, after: str) -> bool:
    first = _folded(before).rpartition("-")
    return (
        bool(first[1])
        or first[2] in _BEFORE
        or _folded(after).partition("-")[0] in _AFTER
        or "-" in after
    )


def _folded(word: str) -> str:
    return word.replace("‐", "-").replace("’", "'").replace(SOFT, "").lower()
