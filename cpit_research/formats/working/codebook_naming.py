"""Ids and names for the codes of a codebook that comes from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, count
from typing import Any, Final

from cpit_research.formats.working.grid_rules import is_ascii_id
from cpit_research.model.grid import Code
from cpit_research.text.folding import fold

__all__ = ["Ids", "Names", "folded", "slug"]

_LONGEST: Final = 40


class Ids:
    """The ids of a codebook: those that its codes state, and free ones made from names."""

    def __init__(self, said: Sequence[dict[str, Any] | None]) -> None:
        self._stated: dict[int, str] = {}
        self._taken: set[str] = set()
        self._met: Counter[str] = Counter()
        for position, found in enumerate(said):
            word = str(found["id"]) if found else ""
            if is_ascii_id(word) and fold(word) not in self._taken:
                self._stated[position] = word
                self._taken.add(fold(word))

    def stated(self, position: int) -> str:
        """Return the id that a code states, empty when it has none of its own."""
        return self._stated.get(position, "")

    def invented(self, name: str) -> str:
        """Return an id made from a name, never given before."""
        base = slug(name)
        numbered = (f"{base}-{n}" for n in count(max(2, self._met[base])))
        word = next(word for word in chain([base], numbered) if word not in self._taken)
        self._met[base] += 1
        self._taken.add(word)
        return word


class Names:
    """The names of the codes of each axis, told apart where one is borne twice."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()
        self._met: Counter[tuple[str, str]] = Counter()

    def told_apart(self, code: Code, above: Code | None) -> str:
        """Return the name of a code, else with that of the one above, else with a number."""
        base = (code.axis, folded(code.name))
        self._met[base] += 1
        within = [f"{code.name} ({above.name})"] if above else []
        numbered = (f"{code.name} ({n})" for n in count(max(2, self._met[base])))
        name = next(
            name
            for name in chain([code.name, *within], numbered)
            if (code.axis, folded(name)) not in self._taken
        )
        self._taken.add((code.axis, folded(name)))
        return name


def slug(name: str) -> str:
    """Return the first words of a name as an id: unaccented, in lower case, joined by hyphens.

    Examples
    --------
    >>> slug("Écrire à l’élue"), slug("🌾")
    ('ecrire-a-l-elue', 'code')
    """
    words = re.findall(r"[a-z0-9]+", fold(name))
    kept = words[:1]
    for word in words[1:]:
        if len("-".join((*kept, word))) > _LONGEST:
            break
        kept.append(word)
    return "-".join(kept)[:_LONGEST] or "code"


def folded(name: str) -> str:
    """Return a name as two names are compared: accents, capitals and spaces apart."""
    return " ".join(fold(name).split())
