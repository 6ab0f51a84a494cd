"""Adjudication as it travels: where the coders of a closed round differ, and what is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cpit_research.errors import Conflict, CpitError, InvalidInput, NotFound
from cpit_research.model.adjudication import Adjudication
from cpit_research.model.coding import Coding
from cpit_research.model.disagreement import Disagreement
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.model.structure import BLOCKS
from cpit_research.store.adjudications import stored_adjudications
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.rounds.adjudicate import Verdict, check_decider, undo_all
from cpit_research.study.rounds.deciding import decide, verdicts_keeping
from cpit_research.study.writing import writing
from cpit_research.wording import gettext as _
from cpit_research.wording.places import shown_place
from cpit_research.workbench.calls.docket import Docket, docket_after, docket_of
from cpit_research.workbench.calls.rounds import Named, moment, round_row, sealed
from cpit_research.workbench.params import Call

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


@dataclass(frozen=True, slots=True)
class InRound:
    """A round, and a note of it."""

    round: str
    source: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the note in dispute, with its words."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided: `keep` what a coder put, put a `code`, or neither: none stands."""

    round: str
    id: str
    reason: str
    why: str
    keep: str | None = None
    code: str | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A disagreement of which something was decided."""

    round: str
    id: str


@dataclass(frozen=True, slots=True)
class OnNote:
    """One note, or all of them."""

    source: str | None = None


def disputes(desk: Desk, params: Named) -> dict[str, Any]:
    """Return where the coders of a closed round differ, with what was decided of it.

    What stands on notes that the coder at work is coding apart in another round is left out, and
    counted.
    """
    docket, apart = docket_of(desk, params.round), sealed(desk)
    listed = [one for one in docket.listed.values() if one.segment.source not in apart]
    return {
        "round": round_row(docket.round, desk.coder),
        "disagreements": [_told(one) for one in listed],
        "withheld": len(docket.listed) - len(listed),
        "refused": _why_not(desk),
    }


def dispute_note(desk: Desk, params: InRound) -> dict[str, Any]:
    """Return a note of a closed round, block by block, with what each of its coders put there."""
    docket = docket_of(desk, params.round)
    if params.source in sealed(desk) or params.source not in docket.codings.corpus:
        raise NotFound(_("This note is not among those that can be adjudicated now."))
    note = docket.codings.corpus[params.source]
    of = {key: one.id for one in docket.listed.values() for key in _keys(one)}
    here = docket.codings.columns.source.among((note.id,)).nonzero()[0].tolist()
    marks = [_mark(docket.codings.coding(row), of) for row in here]
    return {
        "source": note.id,
        "version": note.version,
        "path": note.path,
        "text": note.text,
        "rows": list(_rows(note)),
        "marks": sorted(marks, key=lambda one: (one["start"], -one["end"], one["id"])),
    }


def dispute_decide(desk: Desk, params: Decision) -> dict[str, Any]:
    """Decide of one disagreement.

    Raises
    ------
    Conflict
        If it was decided meanwhile.
    InvalidInput
        If the words of the passage are not those of the text.
    """
    refuse_in_lot(desk.study)
    docket = docket_of(desk, params.round)
    one = _one(docket, params.id, sealed(desk))
    if not one.is_open:
        last = one.decisions[-1]
        raise Conflict(
            _("{by} has decided of this passage already: “{why}”.").format(by=last.by, why=last.why)
        )
    made = decide(desk.study, docket.round, _verdicts(docket, one, params), coder=desk.coder)
    after = replace(one, decisions=(*one.decisions, *made))
    docket_after(desk, docket, after, made)
    return _told(after)


def dispute_undo(desk: Desk, params: Decided) -> dict[str, Any]:
    """Take back what was decided of one disagreement; the record keeps it."""
    study = desk.study
    refuse_in_lot(study)
    check_coder(study, desk.coder)
    docket = docket_of(desk, params.round)
    one = _one(docket, params.id, sealed(desk))
    taken = {decided.id for decided in one.decisions}
    with writing(study) as connection:
        standing = [kept for kept in stored_adjudications(connection) if kept.id in taken]
        undo_all(study, connection, standing, coder=desk.coder)
    after = replace(one, decisions=())
    docket_after(desk, docket, after, standing)
    return _told(after)


def decisions(desk: Desk, params: OnNote) -> list[dict[str, Any]]:
    """Return what was decided of the codings of the coder at work, the newest first."""
    study, apart = desk.study, sealed(desk)
    corpus, about = study.corpus, study.codings().judged
    hers = {coding.id: coding for coding in about.where(coder=desk.coder, decided=False)}
    names = {one.id: one.name for one in study.round_list()}
    return [
        {
            **_decided(one),
            "kept": str(one.kept) if one.kept in hers else None,
            "round": names.get(one.round, "") if one.round else "",
            "source": one.segment.source,
            "words": corpus.quote(one.segment),
            "hers": [_mark(hers[key], {}) for key in one.of if key in hers],
        }
        for one in reversed(study.shelf.decisions())
        if not hers.keys().isdisjoint(one.of)
        and one.segment.source not in apart
        and params.source in {None, one.segment.source}
    ]


def _one(docket: Docket, id: str, apart: frozenset[str]) -> Disagreement:
    one = docket.listed.get(id)
    if one is None or one.segment.source in apart:
        raise NotFound(
            _("This disagreement is no longer there: a coder changed what stood on the passage.")
        )
    return one


def _verdicts(docket: Docket, one: Disagreement, params: Decision) -> list[Verdict]:
    if params.keep is not None:
        return verdicts_keeping(one, params.keep, params.reason, params.why, docket.round.id)
    text = docket.codings.corpus[one.segment.source].text
    segment = None
    if params.code is not None and params.passage is not None:
        start, end = params.passage.start, params.passage.end
        if not 0 <= start < end <= len(text) or text[start:end] != params.passage.quote:
            raise InvalidInput(_("The words sent are not those of the text: open the note again."))
        segment = Segment(one.segment.source, start, end)
    why, of = params.why, docket.round.id
    return [Verdict(one.undecided, params.reason, why, params.code, segment, None, of)]


def _why_not(desk: Desk) -> str | None:
    """Return why the coder at work cannot decide, None when she can."""
    try:
        refuse_in_lot(desk.study)
        check_decider(desk.study, desk.coder)
    except CpitError as error:
        return error.what
    return None


def _keys(one: Disagreement) -> Iterator[UUID]:
    return (coding.id for marks in one.codings.values() for coding, _words in marks)


def _told(one: Disagreement) -> dict[str, Any]:
    return {
        "id": one.id,
        "source": one.segment.source,
        "start": one.segment.start,
        "end": one.segment.end,
        "place": shown_place(one.place),
        "words": one.quotation,
        "kind": one.kind,
        "code": one.code,
        "marks": {
            coder: [_mark(coding, {coding.id: one.id}) for coding, _words in marks]
            for coder, marks in one.codings.items()
        },
        "open": one.is_open,
        "decisions": [
            {**_decided(decided), "kept": _keeper(one, decided.kept)} for decided in one.decisions
        ],
    }


def _keeper(one: Disagreement, kept: UUID | None) -> str | None:
    """Return the coder whose coding a decision keeps."""
    return next(
        (
            coder
            for coder, marks in one.codings.items()
            for coding, _w in marks
            if coding.id == kept
        ),
        None,
    )


def _decided(one: Adjudication) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "by": one.by,
        "at": moment(one.at),
        "reason": one.reason,
        "why": one.why,
        "code": one.code,
        "start": one.segment.start,
        "end": one.segment.end,
    }


def _mark(coding: Coding, of: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "id": str(coding.id),
        "start": coding.segment.start,
        "end": coding.segment.end,
        "code": coding.code,
        "coder": coding.coder,
        "dispute": of.get(coding.id),
    }


def _rows(note: Source) -> Iterator[dict[str, Any]]:
    """Yield the blocks of a note; blank ones are left out."""
    for part in note.structure.parts:
        if part.kind in BLOCKS and note.text[part.start : part.end].strip():
            yield {"kind": part.kind, "start": part.start, "end": part.end}


CALLS: Final[Mapping[str, Call[Any]]] = {
    "disputes": Call(disputes, Named),
    "dispute.note": Call(dispute_note, InRound),
    "dispute.decide": Call(dispute_decide, Decision),
    "dispute.undo": Call(dispute_undo, Decided),
    "decisions": Call(decisions, OnNote),
}
