"""Suggestions that wait for one coder, as they travel; told again where something was added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Final

from cpit_research.model.source import Source
from cpit_research.model.suggestion import Suggestion
from cpit_research.study.study import Study
from cpit_research.study.suggestions import waiting
from cpit_research.wording import language
from cpit_research.wording.places import shown_place
from cpit_research.workbench.around import around
from cpit_research.workbench.following import Following
from cpit_research.workbench.undisturbed import undisturbed

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["waiting_rows"]

#: A suggestion, in JSON's types.
Row = dict[str, Any]
#: Notes beyond which it is quicker to look at all of them again.
_MOST: Final = 50


def waiting_rows(desk: Desk) -> list[Row]:
    """Return the suggestions that wait for an answer of the coder at work, by place."""
    study, coder = desk.study, desk.coder
    kept = desk.keep(("waiting", language()), lambda: _Waiting(study, coder))
    return kept.now(desk.counter())


class _Waiting:
    """What waits for one coder, by note."""

    def __init__(self, study: Study, coder: str) -> None:
        self._study = study
        self._coder = coder
        self._following = Following(study)
        self._rows: dict[str, list[Row]] = {}

    def now(self, counter: int) -> list[Row]:
        """Return the rows as they are."""
        changed = self._following.changed(counter)
        if changed is None or len(changed) > _MOST:
            with undisturbed():
                self._rows = self._told()
        else:
            for source in changed:
                self._rows |= {source: [], **self._told(source)}
        return list(chain.from_iterable(self._rows[source] for source in sorted(self._rows)))

    def _told(self, source: str | None = None) -> dict[str, list[Row]]:
        """Return what waits on every note, or on one."""
        corpus, grid = self._study.corpus, self._study.grid()
        listed = waiting(self._study, self._coder, grid, source)
        by_source = groupby(listed, lambda one: one.segment.source)
        return {key: _rows(corpus[key], [*several]) for key, several in by_source}


def _rows(source: Source, listed: Sequence[Suggestion]) -> list[Row]:
    """Return the rows of one note, of whose structure only the parts near them are unpacked."""
    last = max(one.segment.end for one in listed)
    near = replace(source, structure=source.structure.near(listed[0].segment.start, last))
    return [_row(near, one) for one in listed]


def _row(source: Source, one: Suggestion) -> Row:
    segment = one.segment
    return {
        "id": str(one.id),
        "code": one.code,
        "by": one.by,
        "score": one.score,
        "terms": [[segment.start + start, segment.start + end] for start, end in one.terms],
        "place": shown_place(source.structure.stretch(segment.start, segment.end)),
        **around(source, segment.start, segment.end),
    }
