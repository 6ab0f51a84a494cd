"""What stands, told to one coder: under the grid in force, without what a round hides from her."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.standing import StandingEvent
from cpit_research.store.rounds import stored_rounds
from cpit_research.store.standing import Head, coders_of, heads_on
from cpit_research.study.acts.marks import CONTEXT_BYTES
from cpit_research.study.acts.readings import reading_subject
from cpit_research.study.answers import answer_subject
from cpit_research.study.rounds.blind import hidden

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Teller"]


class Teller:
    """Tells one coder what stands.

    Parameters
    ----------
    study : Study
        For its grid and the versions that it came from.
    connection : Connection
        A connection that sees one state of the study.
    coder : str
        Who looks.
    coders : collection of str, optional
        Others whose work she asks for; everybody by default. Answers and readings are always hers.
    """

    def __init__(
        self,
        study: Study,
        connection: Connection,
        coder: str,
        *,
        coders: Collection[str] | None = None,
    ) -> None:
        self._study = study
        self._connection = connection
        self._coder = coder
        self._coders = coders
        self._grid = study.grid()
        self._grids, self._fates = study.shelf.fates(self._grid)
        self._codes = {code.id for code in self._grid.leaves()}

    @cached_property
    def _hidden(self) -> Mapping[str, frozenset[str]]:
        """Coders hidden from her, by note."""
        return hidden(stored_rounds(self._connection), self._coder)

    @property
    def context(self) -> bytes:
        """A digest of what her answers depend on, beside the events: the grids, who is hidden."""
        hidden_ones = sorted((key, sorted(others)) for key, others in self._hidden.items())
        told = repr((self._coder, self._grids, hidden_ones)).encode()
        return hashlib.blake2b(told, digest_size=CONTEXT_BYTES).digest()

    def own_subjects(self, source: str, events: Iterable[StandingEvent]) -> list[bytes]:
        """Return what is hers alone about a note: her reading, her answers to its suggestions."""
        suggested = {event.subject for event in events if event.of == "suggestion"}
        answers = [answer_subject(self._study, key, self._coder) for key in suggested]
        return [reading_subject(self._study, self._coder, source), *answers]

    def on(self, subjects: Collection[bytes]) -> tuple[StandingEvent, ...]:
        """Return the last events about some things, as far as she may see them, oldest first."""
        heads = heads_on(self._connection, subjects)
        decided = self._about([head for head in heads if head.begun == "decide"])
        return tuple(self._told(head) for head in heads if self._shows(head, decided))

    def decided(self, subjects: Collection[bytes]) -> bool:
        """Tell whether one of these is a decision about codings of hers that she may know of."""
        heads = [one for one in heads_on(self._connection, subjects) if one.begun == "decide"]
        decided = self._about(heads)
        return any(
            self._coder in decided[head.subject] and not self._hides(head, decided)
            for head in heads
        )

    def _hides(self, head: Head, decided: Mapping[bytes, frozenset[str]]) -> bool:
        """Tell whether a round hides from her who did something, or whose codings it is about."""
        hidden_ones = self._hidden.get(head.source, frozenset())
        return head.coder in hidden_ones or bool(
            decided.get(head.subject, frozenset()) & hidden_ones
        )

    def _shows(self, head: Head, decided: Mapping[bytes, frozenset[str]]) -> bool:
        """Tell whether she sees an event: not hidden from her, and of those whom she asks for."""
        if head.coder == self._coder:
            return head.of != "suggestion" or self._stands(head)
        if head.of in {"answer", "reading"}:
            return False
        if self._hides(head, decided):
            return False
        if head.of == "suggestion":
            return self._stands(head)
        about = decided.get(head.subject, frozenset())
        if head.begun == "decide" and (head.code is None or self._coder in about):
            return head.code is not None
        return self._coders is None or head.coder in self._coders

    def _stands(self, head: Head) -> bool:
        """Tell whether a suggestion may still be accepted under the grid in force."""
        code = self._code(head.said["suggested"], head.grid or "")
        return not code["debt"] and code["code"] in self._codes

    def _about(self, decisions: Iterable[Head]) -> dict[bytes, frozenset[str]]:
        """Return whose codings each decision is about: it tells what they put."""
        told = {
            head.subject: [UUID(key).bytes for key in head.first_said["of"]] for head in decisions
        }
        coders = coders_of(self._connection, {key for keys in told.values() for key in keys})
        return {
            subject: frozenset(coders[key] for key in keys if key in coders)
            for subject, keys in told.items()
        }

    def _told(self, head: Head) -> StandingEvent:
        told: dict[str, Any] = {
            "id": UUID(bytes=head.id),
            "kind": head.kind,
            "of": head.of,
            "subject": UUID(bytes=head.subject),
            "replaces": tuple(UUID(bytes=key) for key in head.former),
            "at": head.at,
            "by": head.actor,
            "coder": head.coder,
            "gone": head.gone,
            "source": head.source or None,
        }
        if head.version is not None:
            told |= {"version": head.version, "start": head.start, "end": head.end}
        if not head.gone or head.of != "episode":
            told |= self._said[head.of](head, head.said)
        return StandingEvent(**told)

    @cached_property
    def _said(self) -> Mapping[str, Callable[[Head, dict[str, Any]], dict[str, Any]]]:
        """What is told of each kind of thing beside its place."""
        return {
            "coding": self._of_coding,
            "memo": _of_memo,
            "proposal": _of_proposal,
            "episode": self._of_episode,
            "suggestion": self._of_suggestion,
            "answer": _of_answer,
            "reading": _of_reading,
        }

    def _of_coding(self, head: Head, said: dict[str, Any]) -> dict[str, Any]:
        return {"facets": said.get("facets", {}), **self._code(head.code or "", head.grid or "")}

    def _of_suggestion(self, head: Head, said: dict[str, Any]) -> dict[str, Any]:
        terms = tuple((low, high) for low, high in said.get("terms", ()))
        code = self._code(said["suggested"], head.grid or "")
        return {"score": said.get("score"), "terms": terms, **code}

    def _of_episode(self, head: Head, said: dict[str, Any]) -> dict[str, Any]:
        principal = said.get("principal")
        linked = [UUID(key) for key in said.get("same_as", ())]
        return {
            "grid": head.grid,
            "codings": tuple(map(UUID, said["codings"])),
            "principal": UUID(principal) if principal else None,
            "actors": tuple(said.get("actors", ())),
            "posture": said.get("posture", ""),
            "facets": said.get("facets", {}),
            "label": said.get("label", ""),
            "words": said.get("note", ""),
            "same_as": tuple(self._seen(linked)),
        }

    def _seen(self, linked: Collection[UUID]) -> Iterator[UUID]:
        """Yield the episodes, among those linked, that she sees."""
        if not linked:
            return
        unseen = {
            head.subject
            for head in heads_on(self._connection, [key.bytes for key in linked])
            if not self._shows(head, {})
        }
        yield from (key for key in linked if key.bytes not in unseen)

    def _code(self, put: str, grid: str) -> dict[str, Any]:
        """Return a code under the grid in force, and how it was put if that is otherwise."""
        now = put if grid == self._grid.version else self._fates.get((grid, put), put)
        told = {"code": now or put, "grid": grid, "debt": now is None}
        return told if told["code"] == put else {**told, "put": put}


def _of_memo(_head: Head, said: dict[str, Any]) -> dict[str, Any]:
    return {"words": said["words"], "memo_kind": said.get("kind")}


def _of_proposal(head: Head, said: dict[str, Any]) -> dict[str, Any]:
    return {"name": said["name"], "words": said["words"], "grid": head.grid}


def _of_answer(head: Head, said: dict[str, Any]) -> dict[str, Any]:
    answers: Mapping[str, Literal["accepted", "rejected"]] = {
        "accept": "accepted", "reject": "rejected",
    }  # fmt: skip
    return {
        "suggestion": UUID(said["of"][0]),
        "answer": answers.get(head.kind),
        "coding": UUID(said["coding"]) if "coding" in said else None,
        "words": said.get("reason", ""),
    }


def _of_reading(_head: Head, said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("version", "through", "finished")}
