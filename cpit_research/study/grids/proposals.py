"""Passages *hors grille*: proposed from the field, listed, settled by the next version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.coding_sheet import CodingSheet
from cpit_research.model.proposal import Proposal, ProposedPassage, Settlement, name_key
from cpit_research.model.segment import Segment
from cpit_research.store import proposals as store
from cpit_research.store.codings import heads_of
from cpit_research.store.sources import text_of
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.writing import writing
from cpit_research.text.closeness import nearest
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = [
    "checked_name",
    "grid_proposals",
    "grid_reopen",
    "grid_settle",
    "propose",
    "put_all",
    "said_in_sheet",
]

#: How a remark of a coding sheet proposes a code.
_IN_SHEET: Final = re.compile(r"\s*hors[\s-]+grille\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_SHOWN: Final = 12


def propose(
    study: Study, segment: Segment, name: str, *, coder: str, words: str = ""
) -> ProposedPassage:
    """Mark a passage *hors grille* (see :meth:`Study.propose`)."""
    check_coder(study, coder)
    name = checked_name(name)
    corpus = study.corpus
    source = corpus[segment.source]
    if segment.end > len(source.text):
        raise InvalidInput(
            _("The segment {start}–{end} leaves the text of {path}.").format(
                start=segment.start, end=segment.end, path=source.path
            ),
            exists=_("It has {n} characters.").format(n=len(source.text)),
        )
    grid = study.grid().version
    with writing(study) as connection:
        put_all(study, connection, corpus, [(segment, name, words)], coder=coder, grid=grid)
        wanted = (segment, coder, name_key(name))
        (found,) = (
            one
            for one in _proposals(study, connection, corpus)[name_key(name)].passages
            if one.is_current and (one.segment, one.coder, name_key(one.name)) == wanted
        )
        return found


def checked_name(name: str) -> str:
    """Return a provisional name, its spaces single; refuse an empty one."""
    name = " ".join(name.split())
    if not name_key(name):
        raise InvalidInput(
            _("A passage is proposed under a provisional name."),
            remedy=_("Name the situation as a code would: a verb and its object."),
        )
    return name


def put_all(
    study: Study,
    connection: Connection,
    corpus: Corpus,
    marks: Iterable[tuple[Segment, str, str]],
    *,
    coder: str,
    grid: str,
) -> int:
    """Write passages *hors grille* that are not there yet, and return how many.

    Parameters
    ----------
    study : Study
        For its key, its clock and its ids.
    connection : Connection
        The transaction.
    corpus : Corpus
        The texts that the segments count.
    marks : iterable of (Segment, str, str)
        Where, under which provisional name, and what the coder adds.
    coder, grid : str
        Who proposes them, under which version of the grid.
    """
    held = {
        (one.version, one.start, one.end, one.coder, name_key(one.name))
        for one in store.stored_passages(connection)
    }
    before = len(held)
    for segment, name, words in marks:
        version = corpus[segment.source].version
        place = (version, segment.start, segment.end, coder, name_key(name))
        if place in held:
            continue
        held.add(place)
        passage = store.StoredPassage(
            study.occasion.new_id(), version, segment.source, segment.start, segment.end, coder,
            study.occasion.milliseconds(), grid, name, words.strip(),
        )  # fmt: skip
        digest = passage_digest(corpus.quote(segment), study.identity.key)
        store.append_passage(connection, passage, digest=digest)
    return len(held) - before


def said_in_sheet(sheet: CodingSheet, corpus: Corpus) -> Iterator[tuple[Segment, str, str]]:
    """Yield what the remarks of a coding sheet propose: « hors grille : nom », then any words.

    Rows that no longer stand on the current text are left out: their remarks are told.
    """
    for row in sheet.rows:
        match = _IN_SHEET.match(row.remark)
        source = corpus.get(row.source)
        if match is None or source is None or row.version != source.version:
            continue
        name, _break, words = match[1].partition("\n")
        if name_key(name) and 0 <= row.start < row.end <= len(source.text):
            yield Segment(row.source, row.start, row.end), " ".join(name.split()), words


def grid_proposals(study: Study) -> tuple[Proposal, ...]:
    """Return what was proposed, name by name (see :meth:`Study.grid_proposals`)."""
    corpus = study.corpus
    with study.shelf.database.reading() as connection:
        return tuple(_proposals(study, connection, corpus).values())


def grid_settle(
    study: Study, name: str, *, into: str | None = None, reason: str, coder: str
) -> Proposal:
    """Say what became of a proposal (see :meth:`Study.grid_settle`)."""
    if not reason.strip():
        raise InvalidInput(
            _("A proposal is settled with a reason."),
            remedy=_("Say in a few words what the team decided, and why."),
        )
    grid = study.grid()
    if into and into not in grid:
        close = nearest(into, (known.id for known in grid))
        raise NotFound(
            _("The grid {version} has no code “{code}”.").format(version=grid.version, code=into),
            exists=_("The nearest is “{close}”.").format(close=close) if close else "",
        )
    return _settle(
        study,
        name,
        coder,
        {"into": into or "", "grid": grid.version if into else "", "reason": reason.strip()},
    )


def grid_reopen(study: Study, name: str, *, coder: str) -> Proposal:
    """Open a proposal again (see :meth:`Study.grid_reopen`)."""
    return _settle(study, name, coder, None)


def _settle(study: Study, name: str, coder: str, answer: Mapping[str, str] | None) -> Proposal:
    """Write what became of every passage of a name, None for nothing yet; return it as it is."""
    refuse_in_lot(study)
    check_coder(study, coder)
    corpus = study.corpus
    with writing(study) as connection:
        found = _named(_proposals(study, connection, corpus), name)
        closed = [] if answer is None else [str(one.id) for one in found.passages]
        subject = _subject(study, name)
        store.append_settlement(
            connection,
            event=study.occasion.new_id(),
            subject=subject,
            at=study.occasion.milliseconds(),
            coder=coder,
            payload={**(answer or {}), "name": found.name, "passages": closed},
            replaces=heads_of(connection, subject),
        )
        return _named(_proposals(study, connection, corpus), name)


def _proposals(study: Study, connection: Connection, corpus: Corpus) -> dict[str, Proposal]:
    """Return every proposal by the key of its name, in the order they were first made."""
    settled = store.stored_settlements(connection)
    grouped: dict[str, list[store.StoredPassage]] = {}
    for one in store.stored_passages(connection):
        grouped.setdefault(name_key(one.name), []).append(one)
    current = {source.version for source in corpus}
    left = {one.version for group in grouped.values() for one in group} - current
    texts = {version: text_of(connection, version) for version in left}
    found = {}
    for key, passages in grouped.items():
        answer = settled.get(_subject(study, key))
        disputed = answer is not None and answer.disputed
        found[key] = Proposal(
            passages[0].name,
            tuple(_passage(corpus, texts, one, None if disputed else answer) for one in passages),
            disputed,
        )
    return found


def _passage(
    corpus: Corpus,
    texts: Mapping[str, str],
    stored: store.StoredPassage,
    answer: store.StoredSettlement | None,
) -> ProposedPassage:
    source = corpus[stored.source]
    segment = Segment(stored.source, stored.start, stored.end)
    is_current = source.version == stored.version
    text = source.text if is_current else texts[stored.version]
    met = corpus.visit(source)
    return ProposedPassage(
        id=UUID(bytes=stored.subject),
        segment=segment,
        version=stored.version,
        name=stored.name,
        words=stored.words,
        coder=stored.coder,
        grid=stored.grid,
        at=_moment(stored.at),
        path=source.path,
        place=corpus.place(segment) if is_current else "",
        quotation=text[stored.start : stored.end],
        visit=source.visit,
        day=met.day if met is not None else None,
        is_current=is_current,
        settled=_settlement(stored.subject, answer),
    )


def _settlement(subject: bytes, answer: store.StoredSettlement | None) -> Settlement | None:
    """Return what became of one passage; None when its name was settled before it, or not yet."""
    if answer is None or str(UUID(bytes=subject)) not in answer.payload["passages"]:
        return None
    said = answer.payload
    return Settlement(said["into"], said["grid"], said["reason"], answer.coder, _moment(answer.at))


def _named(found: Mapping[str, Proposal], name: str) -> Proposal:
    key = name_key(name)
    if key in found:
        return found[key]
    names = [one.name for one in found.values()]
    close = nearest(name, names)
    raise NotFound(
        _("Nothing was proposed under the name “{name}”.").format(name=name),
        exists=_("Names proposed: {names}.").format(names=_shown(names)) if names else "",
        remedy=_("Did you mean “{close}”?").format(close=close) if close else "",
    )


def _shown(names: Iterable[str]) -> str:
    listed = list(names)
    return "; ".join(listed[:_SHOWN]) + ("…" if len(listed) > _SHOWN else "")


def _subject(study: Study, name: str) -> bytes:
    """Return the identity of a name: the same in every copy of the study."""
    return passage_digest(f"proposal\0{name_key(name)}", study.identity.key)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
