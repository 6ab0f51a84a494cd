"""Words in all the notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern
from time import sleep
from typing import TYPE_CHECKING, Any, Final

from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import InvalidInput
from cpit_research.text.folding import fold_pattern
from cpit_research.wording import gettext as _
from cpit_research.workbench.lines import in_line
from cpit_research.workbench.params import Call

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]

_AT_MOST: Final = 500
#: Beyond, a pattern takes seconds to make, during which nothing else is done.
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Sought:
    """Words, and how many hits are told after the first ones; all are counted."""

    words: str
    first: int = 0
    limit: int = 200


def search(desk: Desk, params: Sought) -> dict[str, Any]:
    """Return where words stand, whatever their accents and case, by note and place.

    Whoever codes meanwhile waits for none of it: the texts are those of when it was asked.
    """
    if len(params.words) > _LONGEST:
        raise InvalidInput(
            _("This is too long to be looked for: {n} characters at most.").format(n=_LONGEST)
        )
    with desk.lock:
        corpus = desk.study.corpus
    if not params.words.strip():
        return {"hits": [], "total": 0}
    with desk.seeking:
        pattern = fold_pattern(params.words, loose_joints=True)
        first = max(0, params.first)
        return _found(corpus, pattern, first, first + max(0, min(params.limit, _AT_MOST)))


def _found(corpus: Corpus, pattern: Pattern[str], first: int, last: int) -> dict[str, Any]:
    hits: list[dict[str, Any]] = []
    total = 0
    for source in corpus:
        if total < last:
            found = list(pattern.finditer(source.text))
            told = found[max(0, first - total) : last - total]
            hits += (in_line(source, *one.span()) for one in told)
            total += len(found)
        else:  # where they stand is told no more: nothing is made to tell it
            total += len(pattern.findall(source.text))
        sleep(0)  # another thread, if one waits
    return {"hits": hits, "total": total}


CALLS: Final[Mapping[str, Call[Any]]] = {"search": Call(search, Sought, aside=True)}
