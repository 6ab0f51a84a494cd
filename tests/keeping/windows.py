"""Windows of the workbench, without a browser: what each has heard, folded as it folds."""

from collections.abc import Iterable
from itertools import count
from typing import Any
from uuid import UUID

from cpit_research.model import act as acts
from cpit_research.model.source import Source
from cpit_research.model.standing import StandingEvent
from cpit_research.store.fold import alike, heads
from cpit_research.study.acts.standing import Changes, mark_now, since, standing
from cpit_research.study.study import Study

_COUNT = count(1)
#: Milliseconds of the day on which the clock of small studies begins.
THEN = 1_683_190_800_000


def fresh(milliseconds: int = THEN, version: int = 7) -> UUID:
    """An id that nobody gave before, of some time and version."""
    low = (0b10 << 62) | next(_COUNT)
    return UUID(int=(milliseconds << 80) | (version << 76) | low)


def passage(source: Source, start: int, end: int) -> acts.Passage:
    """A passage of a text, with its words."""
    return acts.Passage(source.id, source.version, start, end, source.text[start:end])


class Window:
    """One window of one coder on one note, which shows the work of some others beside."""

    def __init__(
        self,
        study: Study,
        source: Source,
        coder: str = "claire",
        coders: tuple[str, ...] | None = None,
    ) -> None:
        self.study, self.source, self.coder, self.coders = study, source, coder, coders
        self.read()

    def read(self) -> None:
        """Read the note, as if for the first time."""
        self.mark = mark_now(self.study, coder=self.coder)
        told = standing(self.study, self.source.id, coder=self.coder, coders=self.coders)
        self.events = {one.id: one for one in told}

    def take(self, events: Iterable[StandingEvent]) -> None:
        """Hear events, in whatever order."""
        self.events |= {one.id: one for one in events}

    def hear(self) -> None:
        """Ask what came since."""
        assert not self.listen().reset

    def listen(self) -> Changes:
        """Ask what came since, and read everything again when told to."""
        changes = since(self.study, self.mark, coder=self.coder, coders=self.coders)
        self.take(one for one in changes.events if one.source in {self.source.id, None})
        self.mark = changes.mark
        if changes.reset:
            self.read()
        return changes

    def do(self, *listed: acts.Act) -> tuple[acts.Done, ...]:
        """Do things, and hear what they became."""
        done = self.study.perform(listed, coder=self.coder)
        assert [one.act for one in done] == [one.id for one in listed]
        for one in done:
            self.take(one.events)
        return done

    def heads(self, subject: UUID) -> tuple[UUID, ...]:
        """The events about a thing that nothing known here replaces."""
        gone = {former for one in self.events.values() for former in one.replaces}
        return tuple(
            one.id for one in self.events.values() if one.subject == subject and one.id not in gone
        )

    def state(self) -> dict[UUID, Any]:
        """Where each thing stands; those taken back left out, those in conflict several times."""
        known = self.events
        folded = alike(
            heads(
                ((one.id, one.subject) for one in known.values()),
                (former for one in known.values() for former in one.replaces),
            ),
            lambda key: said(known[key]),
        )
        found = {subject: said(known[head]) for subject, head in folded.current.items()}
        found |= {key: {said(known[one]) for one in ids} for key, ids in folded.conflicts.items()}
        return {subject: state for subject, state in found.items() if state != ("gone",)}


def said(one: StandingEvent) -> tuple[Any, ...]:
    """The state in which an event leaves its subject."""
    if one.gone:
        return ("gone",)
    facets = tuple(sorted((one.facets or {}).items()))
    return (one.start, one.end, one.code, facets, one.words, one.name, one.label, one.codings,
            one.through, one.finished)  # fmt: skip
