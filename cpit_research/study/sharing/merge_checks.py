"""Whether what another copy of a study sends may enter this one: every reason to refuse, told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cpit_research.model.event import EVENT_FORMAT, EVENT_KINDS, PROGRAM, UNBEGUN_KINDS
from cpit_research.model.grid import Grid
from cpit_research.model.suggestion import is_machine
from cpit_research.store.event_lines import Row
from cpit_research.store.merging import Held, unlike
from cpit_research.study.sharing.incoming import Incoming
from cpit_research.study.sharing.payloads import payload_fault, things_told
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Expected", "faults_of"]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the study will hold once everything given is in.

    Parameters
    ----------
    held : Held
        What it holds already.
    texts : mapping of str to str
        New text versions, each with its text.
    paths : mapping of str to str
        Documents, each with its path.
    grids : mapping of str to Grid
        Versions of the grid.
    ids, begun : collection of bytes
        Events, and those that begin something.
    """

    held: Held
    texts: Mapping[str, str]
    paths: Mapping[str, str]
    grids: Mapping[str, Grid]
    ids: Collection[bytes]
    begun: Collection[bytes]


def faults_of(
    study: Study, connection: Connection, one: Incoming, expected: Expected
) -> Iterator[str]:
    """Yield the reasons to refuse what one file or folder brings, each once."""
    rows, links = one.events
    held = expected.held
    fresh = [row for key, row in rows.items() if key not in held.seals]
    yield from _altered(connection, one, held)
    yield from _strangers(study, one, fresh)
    yield from _grids(one, expected)
    yield from _texts(one, fresh, expected)
    yield from _of_events(study, connection, fresh, expected)
    absent = sum(
        replaced not in expected.ids for row in fresh for replaced in links.get(row[0], ())
    )
    if absent:
        yield ngettext(
            "{n} event follows one that is not here: merge first, or together, where it comes "
            "from.",
            "{n} events follow others that are not here: merge first, or together, where they "
            "come from.",
            absent,
        ).format(n=absent)


def _altered(connection: Connection, one: Incoming, held: Held) -> Iterator[str]:
    rows, links = one.events
    changed = sum(1 for _row in unlike(connection, held, rows.values()))
    for key, replaced in links.items():
        known = held.links.get(key, frozenset())
        if key in held.seals and not known.issuperset(replaced):
            # A lot leaves out what others did: its links may reach over it.
            changed += not held.ancestors(key).issuperset(set(replaced) - _moves(one, replaced))
    if changed:
        yield ngettext(
            "{n} event is known here with another content: the file, or this study, was changed.",
            "{n} events are known here with another content: the file, or this study, was changed.",
            changed,
        ).format(n=changed)


def _moves(one: Incoming, replaced: Sequence[bytes]) -> set[bytes]:
    """Return the moves of the program among what an event replaces: a merge adds such links."""
    rows = one.events[0]
    return {key for key in replaced if key in rows and rows[key][4] == PROGRAM}


def _strangers(study: Study, one: Incoming, fresh: Sequence[Row]) -> Iterator[str]:
    """Yield who may not write here."""
    fresh = [row for row in fresh if not _by_machine(row)]
    actors = {row[4] for row in fresh if row[6] is not None or row[1] in {"episode", "read"}}
    actors.discard(PROGRAM)
    if one.coder:
        # A lot brings back the rounds and the suggestions that it went out with.
        own = [
            row
            for row in one.events[0].values()
            if not _by_machine(row) and (row[1] not in {"round", "suggest"} or row in fresh)
        ]
        others = sorted({row[4] for row in own} - {PROGRAM, one.coder})
        if others:
            yield _("It says that it is of {coder}, and holds what {others} did.").format(
                coder=one.coder, others=", ".join(others)
            )
            return
    known = {researcher.id for researcher in study.register.researchers}
    for actor in sorted(actors - known if known else ()):
        yield _("“{coder}” is not a researcher of the register: add them there first.").format(
            coder=actor
        )


def _by_machine(row: Row) -> bool:
    """Tell whether an event is a suggestion of a machine, which no register names."""
    return row[1] == "suggest" and is_machine(row[4])


def _grids(one: Incoming, expected: Expected) -> Iterator[str]:
    for version, (status, fingerprint) in sorted(one.grids.items()):
        ours = expected.grids.get(version)
        if ours is None:
            yield _("There is no grid {version} in this study.").format(version=version)
        elif fingerprint == ours.fingerprint:
            continue
        elif (status, ours.status) == ("released", "released"):
            yield _("The released grid {version} is not the same there and here.").format(
                version=version
            )
        elif one.folder is not None:
            yield _("The drafts of the grid {version} differ there and here.").format(
                version=version
            )


def _texts(one: Incoming, fresh: Sequence[Row], expected: Expected) -> Iterator[str]:
    needed = {row[6] for row in fresh if row[6] is not None}
    known = expected.held.versions.keys() | expected.texts.keys()
    for version in sorted(needed - known):
        source, path = one.texts.get(version, ("", version[:12]))
        if source in expected.paths:
            yield _("Document {path}: its text is not one that this study has received.").format(
                path=path
            )
        else:
            yield _("Document {path} is not in this study.").format(path=path)


def _of_events(
    study: Study, connection: Connection, fresh: Sequence[Row], expected: Expected
) -> Iterator[str]:
    """Yield what is wrong in events one by one, told by document or by grid."""
    needed = {row[6] for row in fresh}
    rows = connection.exec_driver_sql("SELECT id, text FROM text_version")
    texts = {version: text for version, text in rows if version in needed} | {**expected.texts}
    judge = _Judge(expected, texts, study.identity.key)
    told = study.progress(fresh, _("Verifying events"), len(fresh))
    verdicts = Counter(filter(None, map(judge.verdict, told)))
    for (kind, about), n in sorted(verdicts.items()):
        yield _said(kind, expected.paths.get(about, about), n)


class _Judge:
    """Looks at events one by one; what is common to many is looked at once."""

    def __init__(self, expected: Expected, texts: Mapping[str, str], key: bytes) -> None:
        self._expected = expected
        self._texts = texts
        self._key = key
        self._usual: dict[tuple[object, ...], tuple[str, str] | None] = {}

    def verdict(self, row: Row) -> tuple[str, str] | None:
        """Return what is wrong in an event and what it is about; None when it is sound."""
        _id, kind, number, _at, _actor, subject, version, start, end, code, grid, digest, more = row
        usual = (kind, number, code, grid)
        if usual not in self._usual:
            self._usual[usual] = self._of_kind(kind, number, code, grid)
        if self._usual[usual] is not None:
            return self._usual[usual]
        if subject not in self._expected.begun and kind not in UNBEGUN_KINDS:
            return "unbegun", ""
        if payload_fault(kind, more, placed=version is not None):
            return "unread", ""
        if any(one not in self._expected.begun for one in things_told(kind, more)):
            return "unbegun", ""
        if kind == "read" and self._is_elsewhere(more):
            return "unbegun", ""
        if kind == "correct" and self._is_unmade(more):
            return "passage", self._expected.held.versions.get(version or "", "")
        if kind == "suggest" and (fault := self._of_suggestion(row)):
            return fault
        if version is None:
            return None
        words = self._texts.get(version)
        if words is None:
            return None  # told once, by document
        inside = 0 <= start < end <= len(words)
        if inside and passage_digest(words[start:end], self._key) == digest:
            return None
        return "passage", self._expected.held.versions.get(version, version)

    def _is_elsewhere(self, payload: str) -> bool:
        """Tell whether a reading is of a note, or of a text, that will not be here."""
        said = json.loads(payload)
        known = self._expected.held.versions.keys() | self._expected.texts.keys()
        return said["source"] not in self._expected.paths or said["version"] not in known

    def _is_unmade(self, payload: str) -> bool:
        """Tell whether a correction leads to a text that will not be here."""
        into = json.loads(payload).get("into")
        known = self._expected.held.versions.keys() | self._expected.texts.keys()
        return into is not None and into not in known

    def _of_suggestion(self, row: Row) -> tuple[str, str] | None:
        """Return what is wrong in a suggestion: the grid must have its code, as for a coding."""
        code = json.loads(row[12])["suggested"]
        known = self._expected.grids.get(row[10] or "")
        return None if known is not None and code in known else ("no_code", f"{row[10]} – {code}")

    def _of_kind(
        self, kind: str, number: int, code: str | None, grid: str | None
    ) -> tuple[str, str] | None:
        if kind not in EVENT_KINDS or number > EVENT_FORMAT:
            return "newer", ""
        if grid is None:
            return None if code is None else ("no_grid", "–")
        known = self._expected.grids.get(grid)
        if known is None:
            return "no_grid", grid
        return None if code is None or code in known else ("no_code", f"{grid} – {code}")


def _said(kind: str, about: str, n: int) -> str:
    if kind == "passage":
        return ngettext(
            "Document {path}: {n} passage is not one of our text.",
            "Document {path}: {n} passages are not those of our text.",
            n,
        ).format(path=about, n=n)
    sentences = {
        "newer": _("It holds events of a newer version of the program: update cpit_research."),
        "unbegun": _("Some events are about codings that are not here: merge together, or first, "
                     "where they come from."),
        "unread": _("Some events say things that cannot be read."),
        "no_grid": _("There is no grid {version} in this study."),
        "no_code": _("The grid has no such code: {version}."),
    }  # fmt: skip
    return sentences[kind].format(version=about)
