"""Words in all the notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cpit_research.errors import InvalidInput
from cpit_research.text.folding import fold_pattern
from cpit_research.wording import gettext as _
from cpit_research.workbench.lines import in_line
from cpit_research.workbench.params import Call

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]

_AT_MOST: Final = 500
#: Beyond, a pattern takes seconds to make, during which the desk answers nobody.
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Sought:
    """Words, and how many hits are told; all are counted."""

    words: str
    limit: int = 200


def search(desk: Desk, params: Sought) -> dict[str, Any]:
    """Return where words stand, whatever their accents and case, by note and place."""
    if len(params.words) > _LONGEST:
        raise InvalidInput(
            _("This is too long to be looked for: {n} characters at most.").format(n=_LONGEST)
        )
    hits: list[dict[str, Any]] = []
    total = 0
    if params.words.strip():
        pattern = fold_pattern(params.words, loose_joints=True)
        most = max(0, min(params.limit, _AT_MOST))
        for source in desk.study.corpus:
            found = list(pattern.finditer(source.text))
            hits += (in_line(source, *one.span()) for one in found[: most - len(hits)])
            total += len(found)
    return {"hits": hits, "total": total}


CALLS: Final[Mapping[str, Call[Any]]] = {"search": Call(search, Sought)}
