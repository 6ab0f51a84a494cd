"""One row a note: where it comes from, how far its coder went."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from cpit_research.corpus.corpus import Corpus
from cpit_research.model.source import Source
from cpit_research.study.study import Study
from cpit_research.workbench.following import Following
from cpit_research.workbench.progress import NOTHING, Work, all_work, work_on
from cpit_research.workbench.stretches import words_in
from cpit_research.workbench.undisturbed import undisturbed

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["Row", "codes_used", "note_rows"]

#: A row, in JSON's types.
Row = dict[str, Any]
_LONGEST_TITLE: Final = 120
#: Notes beyond which it is quicker to count all of them again.
_MOST: Final = 300


def note_rows(desk: Desk) -> dict[str, Row]:
    """Return the row of every note of the coder at work, by id of source."""
    return _rows(desk).now(desk.counter())


def codes_used(desk: Desk) -> Counter[str]:
    """Return how many codings of the coder at work bear each code."""
    rows = _rows(desk)
    rows.now(desk.counter())
    return rows.used()


def _rows(desk: Desk) -> _Rows:
    study, coder = desk.study, desk.coder
    return desk.keep("rows", lambda: _Rows(study, coder))


class _Rows:
    """The rows of one coder, of which those alone are made again whose note changed."""

    def __init__(self, study: Study, coder: str) -> None:
        self._study = study
        self._coder = coder
        self._counter: int | None = None
        self._following = Following(study)
        self._corpus: Corpus | None = None
        self._read: dict[str, Row] = {}
        self._about: dict[str, Row] = {}
        self._work: dict[str, Work] = {}
        self._progress: dict[str, tuple[object, Row]] = {}
        self._rows: dict[str, Row] = {}

    def now(self, counter: int) -> dict[str, Row]:
        """Return the rows as they are."""
        if counter != self._counter or self._study.corpus is not self._corpus:
            self._counter = counter
            with undisturbed():
                self._catch_up(self._following.changed(counter))
        return self._rows

    def used(self) -> Counter[str]:
        """Return how many codings bear each code, of the rows as they were last asked for."""
        found: Counter[str] = Counter()
        for work in self._work.values():
            found.update(dict(work.codes))
        return found

    def _catch_up(self, changed: frozenset[str] | None) -> None:
        corpus = self._study.corpus  # after: a text that is newer still will be told the next time
        if corpus is not self._corpus:
            self._take(corpus)
        self._count(changed, corpus)
        assigned, done = self._rounds()
        self._rows = {
            source.id: {
                **self._about[source.id],
                **self._progress_of(source, finished=source.id in done),
                "round": assigned.get(source.id),
            }
            for source in corpus
        }

    def _take(self, corpus: Corpus) -> None:
        """Read what texts and the register say; a text that was read is not read again."""
        self._read = {one.version: self._read.get(one.version) or _read(one) for one in corpus}
        self._about = {one.id: {**_about(corpus, one), **self._read[one.version]} for one in corpus}
        self._corpus = corpus

    def _count(self, changed: frozenset[str] | None, corpus: Corpus) -> None:
        """Count what the coder did on the notes that changed, or on all of them."""
        study, coder = self._study, self._coder
        if changed is None or len(changed) > _MOST:
            self._work = all_work(study, coder)
            return
        for key in changed & self._about.keys():
            self._work[key] = work_on(study, corpus[key], coder)

    def _progress_of(self, source: Source, *, finished: bool) -> Row:
        work = self._work.get(source.id, NOTHING)
        state = (source.version, work, finished)
        kept = self._progress.get(source.id)
        if kept is None or kept[0] != state:
            kept = (state, _progress(source, work, finished=finished or work.finished))
            self._progress[source.id] = kept
        return kept[1]

    def _rounds(self) -> tuple[dict[str, str], set[str]]:
        """Return the open round that gives each note to the coder, and those she went through."""
        assigned: dict[str, str] = {}
        done: set[str] = set()
        for one in self._study.shelf.rounds():
            notes = [source for source, _version in one.sources]
            if one.state == "open" and self._coder in one.coders:
                assigned |= dict.fromkeys(notes, one.name)
            if one.state != "cancelled" and self._coder in one.finished:
                done |= set(notes)
        return assigned, done


def _about(corpus: Corpus, source: Source) -> Row:
    """Return what files and the register say of a note."""
    visit = corpus.visit(source)
    return {
        "source": source.id,
        "version": source.version,
        "path": source.path,
        "kind": source.kind,
        "visit": visit.id if visit else source.visit,
        "visit_kind": visit.kind if visit else None,
        "territories": list(visit.territories) if visit else [],
        "day": visit.day.isoformat() if visit and visit.day else None,
        "words": source.words,
    }


def _read(source: Source) -> Row:
    """Return what the text itself says: its title, who speaks."""
    return {"title": _title(source), "speakers": list(source.structure.speakers)}


def _title(source: Source) -> str:
    """Return the first heading, or the name of the file."""
    for part in source.structure.glance("heading"):
        said = " ".join(source.text[part.start : part.end].split())
        if said and len(said) <= _LONGEST_TITLE:
            return said
    return source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _words_after(source: Source, through: int) -> int:
    return len(source.text[through:].split()) if through else source.words


def _progress(source: Source, work: Work, *, finished: bool) -> Row:
    """Return how far the coder went; where she never said so, she reached her last coding."""
    reached = max((end for _start, end in work.spans), default=0)
    through = reached if work.through is None else work.through
    covered = words_in(source.text, work.spans)
    return {
        "codings": work.codings,
        "memos": work.memos,
        "proposals": work.proposals,
        "debt": work.debt,
        "suggestions": work.suggestions,
        "covered": min(1.0, covered / max(source.words, 1)),
        "words_left": 0 if finished else _words_after(source, through),
        "finished": finished,
        "last": work.last,
    }
