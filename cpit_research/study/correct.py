"""Correcting a text: a new version of it, on which everything stands where it stood."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cpit_research.errors import InvalidInput
from cpit_research.model.event import PROGRAM
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.store import corrections as store
from cpit_research.store.sources import add_versions, known_versions, newest_source
from cpit_research.study.code import check_coder
from cpit_research.study.reanchor import carry
from cpit_research.text.canonical import canonical
from cpit_research.text.controls import blank_controls
from cpit_research.text.digest import passage_digest, version_id
from cpit_research.text.editing import Edit, edge, narrowed
from cpit_research.text.reanchoring import Reanchoring
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Redone", "correct_text", "edited", "keep_redone", "redo", "redone_id"]


@dataclass(frozen=True, slots=True)
class Redone:
    """A text received in which the corrections of the former one are made again.

    Parameters
    ----------
    received, corrected : Source
        The text as it was received, and the version that follows it; the same when no correction
        had to be made again.
    edits : tuple of Edit
        What differs between them.
    lost : tuple of (str, str)
        Corrections that no longer find their place: what stood there, and what it read.
    """

    received: Source
    corrected: Source
    edits: tuple[Edit, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()


def correct_text(
    study: Study,
    connection: Connection,
    segment: Segment,
    words: str,
    *,
    coder: str,
    reason: str = "",
    id: bytes | None = None,
    asked: store.StoredCorrection | None = None,
) -> bytes:
    """Correct a passage, or keep in a lot that it should be; return the id of the correction.

    Parameters
    ----------
    study, connection
        The study, and the transaction.
    segment, words, coder, reason
        As for :meth:`Study.correct`.
    id : bytes, optional
        Id of the event; a fresh one by default.
    asked : StoredCorrection, optional
        The correction asked for that this one makes.
    """
    check_coder(study, coder)
    source, ordinal = newest_source(connection, segment.source)
    if segment.end > len(source.text):
        raise InvalidInput(
            _("The segment {start}–{end} leaves the text of {path}.").format(
                start=segment.start, end=segment.end, path=source.path
            ),
            exists=_("It has {n} characters.").format(n=len(source.text)),
        )
    passage = source.text[segment.start : segment.end]
    words = canonical(words)
    event, at = id or study.occasion.new_id(), study.occasion.milliseconds()
    one = store.StoredCorrection(
        asked.subject if asked else event, coder, at, source.version, source.id, segment.start,
        segment.end, words, reason.strip(), "", "", (), coder, at, "", asked.heads if asked else (),
    )  # fmt: skip
    digest = passage_digest(passage, study.identity.key)
    if asked and words == passage:  # another correction has done it
        made = replace(one, into=source.version)
        store.append_made(connection, made, event=event, digest=digest)
        return one.subject
    known = known_versions(connection)
    corrected, edit = edited((source, ordinal), segment, words, study.identity.key, known)
    if study.identity.lot:
        store.append_asked(connection, one, digest=digest)
        return one.subject
    _add(study, connection, corrected, ordinal + 1)
    made = replace(one, into=corrected.version, edits=(edit,))
    store.append_made(connection, made, event=event, digest=digest)
    carry(study, connection, {source.id: corrected.version})
    return one.subject


def edited(
    newest: tuple[Source, int], segment: Segment, words: str, key: bytes, known: Collection[str]
) -> tuple[Source, Edit]:
    """Return the version of a text where a passage reads otherwise, and the edit that leads to it.

    Parameters
    ----------
    newest : (Source, int)
        The text, and its rank among the versions of its document.
    segment, words : Segment, str
        The passage, and what it reads.
    key, known : bytes, collection of str
        The key of the study, and the text versions that it has.

    Raises
    ------
    InvalidInput
        If the words are none, are those that are there, break a line, compose with what stands
        beside, or if the passage crosses the parts of the text.
    """
    source = newest[0]
    passage = source.text[segment.start : segment.end]
    if not words.strip() or words.splitlines() != [words] or blank_controls(words) != words:
        raise InvalidInput(
            _("A correction has words, on one line."),
            remedy=_("To remove a passage or to divide it, correct the file received."),
        )
    if words == passage:
        raise InvalidInput(_("The passage reads so already: “{words}”.").format(words=words))
    start, end, new = narrowed(passage, words)
    edit = Edit(segment.start + start, segment.start + end, len(new))
    found = _with(newest, [(edit, new)], key, known)
    if found is None:
        raise InvalidInput(
            _("This correction crosses the parts of the text, or the name of who speaks."),
            where=_("Document: {path}.").format(path=source.path),
            remedy=_("Correct inside one paragraph, after the name of who speaks."),
        )
    return found, edit


def redo(
    received: tuple[Source, int],
    chain: store.Chain,
    texts: tuple[str, str],
    key: bytes,
    known: Collection[str],
) -> Redone:
    """Return a text received anew with the corrections of the former one, where they still stand.

    A correction that was undone since, or that what was received has made as well, asks nothing.

    Parameters
    ----------
    received : (Source, int)
        What was received, and its rank among the versions of its document.
    chain : Chain
        The corrections.
    texts : (str, str)
        The text that they were made on, and the one that they led to.
    key, known : bytes, collection of str
        The key of the study, and the text versions that it has.
    """
    source, (base, corrected) = received[0], texts
    before, after = Reanchoring(base, source.text), Reanchoring(corrected, source.text)
    made: list[tuple[Edit, str]] = []
    lost = []
    for edit in chain.edits:
        start = edge(chain.edits, edit.start)
        old, new = base[edit.start : edit.end], corrected[start : start + edit.length]
        if old == new or after.place(start, start + edit.length).outcome == "exact":
            continue
        found = _again(before, edit)
        tried = sorted([*made, (found, new)]) if found is not None else []
        if tried and _with(received, tried, key, known) is not None:
            made = tried
        else:
            lost.append((old, new))
    whole = _with(received, made, key, known) if made else None
    return Redone(source, whole or source, tuple(edit for edit, _words in made), tuple(lost))


def _again(before: Reanchoring, edit: Edit) -> Edit | None:
    """Return an edit where what it changed stands in another text, if it stands there for sure."""
    found = before.place(edit.start, edit.end)
    if found.outcome == "to_confirm" or found.start is None or found.end is None:
        return None
    return Edit(found.start, found.end, edit.length)


def redone_id(one: Redone, chain: store.Chain) -> bytes:
    """Return the id of the event that makes corrections again.

    It derives from what is done: two copies of a study that receive one file after the same
    corrections write one event.
    """
    told = repr((chain.last, one.received.version, one.corrected.version, one.edits))
    key = bytearray(hashlib.blake2b(told.encode(), digest_size=16).digest())
    key[:6] = chain.last[:6]
    key[6], key[8] = key[6] & 0x0F | 0x80, key[8] & 0x3F | 0x80  # version 8 of RFC 9562
    return bytes(key)


def keep_redone(
    study: Study, connection: Connection, one: Redone, ordinal: int, chain: store.Chain
) -> None:
    """Write a text where corrections are made again, in the name of the program, at their time."""
    _add(study, connection, one.corrected, ordinal)
    first, last = one.edits[0].start, one.edits[-1].end
    made = store.StoredCorrection(
        redone_id(one, chain), PROGRAM, chain.at, one.received.version, one.received.id, first,
        last, "", "", "", one.corrected.version, one.edits, PROGRAM, chain.at, "", (),
    )  # fmt: skip
    digest = passage_digest(one.received.text[first:last], study.identity.key)
    store.append_made(connection, made, event=made.subject, digest=digest)


def _add(study: Study, connection: Connection, source: Source, ordinal: int) -> None:
    digest = passage_digest(source.text, study.identity.key)
    add_versions(connection, [(source, ordinal, digest)])


def _with(
    newest: tuple[Source, int],
    edits: Sequence[tuple[Edit, str]],
    key: bytes,
    known: Collection[str],
) -> Source | None:
    """Return the version that follows a text, edited; None when it would not be a sound one."""
    source, ordinal = newest
    text = _replaced(source.text, edits)
    apart = all(one.end <= other.start for (one, _w), (other, _x) in pairwise(edits))
    if not apart or canonical(text) != text:
        return None
    try:
        structure = source.structure.edited([edit for edit, _words in edits])
    except ValueError:
        return None
    version = version_id(source.id, text, key)
    if version == source.version or version in known:
        version = version_id(source.id, text, key, ordinal=ordinal + 1)
    return replace(source, version=version, text=text, structure=structure, words=len(text.split()))


def _replaced(text: str, edits: Iterable[tuple[Edit, str]]) -> str:
    pieces, reached = [], 0
    for edit, words in edits:
        pieces += [text[reached : edit.start], words]
        reached = edit.end
    return "".join((*pieces, text[reached:]))
