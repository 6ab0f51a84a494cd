"""Labels one edit away from a name: misspelt, unless they are a plural or bear another number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from cpit_research.text.closeness import within_one_edit

__all__ = ["Near"]

_SHORTEST_CORRECTED: Final = 5
#: Words one edit away from a role, that are words of their own.
_OWN_WORDS: Final = frozenset({"mairie", "marie", "mario"})
#: Names alike but for one letter that are compared: no document of people has so many.
_ALIKE: Final = 32
_DIGITS: Final = re.compile(r"\d+")


class Near:
    """Spellings by name, to be found from a name one edit away.

    Two names one edit apart are the same once one letter is left out of each or of either: names
    are kept by what is left of them, so that a thousand labels are not held against each other.

    Parameters
    ----------
    spellings : mapping of str to str
        Spelling of each name, the most important first.
    weights : mapping of str to int
        How often a label may stand, for a name to be its spelling; however often if not given.
    shortest : int
        Letters of the shortest name.
    """

    __slots__ = ("_names", "_spellings", "_weights")

    def __init__(
        self,
        spellings: Mapping[str, str],
        *,
        weights: Mapping[str, int] | None = None,
        shortest: int = _SHORTEST_CORRECTED,
    ) -> None:
        self._spellings = spellings
        self._weights = weights or {}
        self._names: dict[str, list[str]] = {}
        for name in spellings:
            for stump in _stumps(name) if len(name) >= shortest else ():
                alike = self._names.setdefault(stump, [])
                if len(alike) < _ALIKE:
                    alike.append(name)

    def spelling(self, label: str, times: int = 0) -> str:
        """Return the spelling of the only name one edit from `label`, or ``""``.

        `times` says how often the label stands.
        """
        if len(label) < _SHORTEST_CORRECTED or label in _OWN_WORDS:
            return ""
        names = {name for stump in _stumps(label) for name in self._names.get(stump, ())}
        near = {
            self._spellings[name]
            for name in names
            if name != label and self._weights.get(name, times) >= times and _misspelt(label, name)
        }
        return near.pop() if len(near) == 1 else ""


def _stumps(name: str) -> Iterator[str]:
    """Yield a name, then what is left of it without each of its letters."""
    yield name
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]


def _misspelt(label: str, name: str) -> bool:
    """Tell whether `label` is `name` but for one edit that is neither a plural nor a number."""
    return (
        within_one_edit(label, name)
        and label not in {name + "s", name + "x"}
        and _DIGITS.findall(label) == _DIGITS.findall(name)
    )
