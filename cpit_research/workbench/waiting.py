"""Suggestions that wait for one coder, as they travel; told again where something was added."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Final

from cpit_research.corpus.corpus import Corpus
from cpit_research.model.suggestion import Suggestion
from cpit_research.store.positions import (
    Position,
    added_since,
    kinds_about,
    position,
    sources_about,
    still_holds,
)
from cpit_research.study.study import Study
from cpit_research.study.suggestions import waiting
from cpit_research.wording import language
from cpit_research.wording.places import shown_place
from cpit_research.workbench.around import around

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
        self._counter: int | None = None
        self._at: Position | None = None
        self._told_from: tuple[Corpus, tuple[str, ...]] | None = None
        self._rows: dict[str, list[Row]] = {}

    def now(self, counter: int) -> list[Row]:
        """Return the rows as they are."""
        study = self._study
        told_from = study.corpus, study.shelf.fates(study.grid())[0]
        same = self._told_from is not None and all(
            one is other or one == other
            for one, other in zip(self._told_from, told_from, strict=True)
        )
        if counter != self._counter or not same:
            changed = self._changed()
            self._counter, self._told_from = counter, told_from
            self._look(told_from[0], changed if same else None)
        return list(chain.from_iterable(self._rows[source] for source in sorted(self._rows)))

    def _changed(self) -> set[str] | None:
        """Return the notes about which something was added; None when all may have changed."""
        before = self._at
        with self._study.shelf.database.reading() as connection:
            self._at = now = position(connection)
            if before is None or not still_holds(connection, before, now):
                return None
            subjects, texts = added_since(connection, before)
            if "round" in kinds_about(connection, subjects):  # one hides, or ceases to
                return None
            sources = sources_about(connection, subjects) | texts
        return sources if len(sources) <= _MOST else None

    def _look(self, corpus: Corpus, sources: set[str] | None) -> None:
        """Look at some notes, or all of them, after the record was: what is newer comes again."""
        study, grid = self._study, self._study.grid()
        if sources is None:
            listed = waiting(study, self._coder, grid)
            by_source = groupby(listed, lambda one: one.segment.source)
            self._rows = {key: [_row(corpus, one) for one in several] for key, several in by_source}
            return
        for source in sources:
            listed = waiting(study, self._coder, grid, source)
            self._rows[source] = [_row(corpus, one) for one in listed]


def _row(corpus: Corpus, one: Suggestion) -> Row:
    segment = one.segment
    return {
        "id": str(one.id),
        "code": one.code,
        "by": one.by,
        "score": one.score,
        "terms": [[segment.start + start, segment.start + end] for start, end in one.terms],
        "place": shown_place(corpus.place(segment)),
        **around(corpus[segment.source], segment.start, segment.end),
    }
