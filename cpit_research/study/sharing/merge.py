"""Merging: the union of what several copies of a study hold, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from cpit_research.errors import Conflict
from cpit_research.formats.working.grid_file import read_grid
from cpit_research.model.event import PROGRAM
from cpit_research.store.anchors import waiting
from cpit_research.store.event_lines import Row
from cpit_research.store.merging import Held, add_events, displace, forks, held
from cpit_research.store.parcel_events import taken_back
from cpit_research.store.rounds import stored_rounds
from cpit_research.store.sources import current_versions
from cpit_research.study.backups import keep_now
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.reanchor import carry
from cpit_research.study.sharing.incoming import Incoming, receive, told
from cpit_research.study.sharing.merge_checks import Expected, faults_of
from cpit_research.study.sharing.merge_texts import Union, differing_sheets, held_texts
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["MergeReport", "MergedCoder", "merge"]

Rows = dict[bytes, Row]
Links = dict[bytes, tuple[bytes, ...]]
#: Where each kind of event is counted; what only says what became of another is a change.
_COUNTED: Final = {
    "apply": "codings",
    "memo": "memos",
    "propose": "proposals",
    "episode": "episodes",
    "undone": "others",
    "conclude": "others",
    "remark": "others",
    "settle": "others",
    "decide": "decisions",
    "round": "others",
    "suggest": "others",
    "read": "others",
    "correct": "corrections",
}


#: What begins a thing, and otherwise writes it anew or brings it back.
_BEGUN: Final = frozenset({"apply", "memo", "propose", "correct"})


@dataclass(frozen=True, slots=True)
class MergedCoder:
    """What one person adds.

    Parameters
    ----------
    coder : str
        Who; ``"cpit"`` for the passages that the program carried.
    codings, changes, memos, proposals, episodes, decisions, corrections, others : int
        New codings; changes (recodings, retractions, passages moved); memos; passages proposed;
        states of episodes; decisions on codings and on remarks; corrections of texts; findings,
        remarks, rounds, suggestions, and what was done about a thing begun and taken back since.
    known : int
        Events that the study held already.
    """

    coder: str
    codings: int = 0
    changes: int = 0
    memos: int = 0
    proposals: int = 0
    episodes: int = 0
    decisions: int = 0
    corrections: int = 0
    others: int = 0
    known: int = 0

    @property
    def new(self) -> int:
        """How many events are new."""
        done = (self.codings, self.changes, self.memos, self.proposals, self.episodes)
        return sum(done) + self.decisions + self.corrections + self.others


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge brings, or would bring.

    Parameters
    ----------
    files : tuple of str
        What was given.
    coders : tuple of MergedCoder
        One row a person.
    documents, texts, grids, files_copied : int
        What whole studies add: documents, text versions, versions of the grid, files.
    exact, moved, to_confirm : int
        Passages that stood on an older text: carried in place, carried with a moved passage;
        and how many wait for a person, once it is merged.
    conflicts : int
        Conflicts that people must settle, once it is merged.
    notices : tuple of str
        What is not the same there and here, and stays as it is here.
    refused : tuple of str
        Why nothing can be merged; empty when all is well.
    written : bool
        Whether the study was changed.
    backup : Path or None
        The copy kept before it was.
    """

    files: tuple[str, ...]
    coders: tuple[MergedCoder, ...] = ()
    documents: int = 0
    texts: int = 0
    grids: int = 0
    files_copied: int = 0
    exact: int = 0
    moved: int = 0
    to_confirm: int = 0
    conflicts: int = 0
    notices: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    written: bool = False
    backup: Path | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the study holds all of it already."""
        rows = sum(row.new for row in self.coders)
        return not (rows or self.documents or self.texts or self.grids or self.files_copied)


def merge(study: Study, paths: Sequence[str | Path], *, dry_run: bool = False) -> MergeReport:
    """Bring in what other copies of the study hold (see :meth:`Study.merge`)."""
    refuse_in_lot(study)
    given: list[Incoming] = []
    refused: list[str] = []
    for path in map(Path, paths):
        with told(path, refused):
            given.append(receive(study, path))
    with study.shelf.database.writing() as connection:
        # A trial is the merge itself, undone: what is shown is what would be.
        report = _merge(study, connection, given, refused, dry_run=dry_run)
        if not report.written:
            connection.rollback()
    if report.refused and not dry_run:
        raise Conflict(
            "\n  - ".join((_("Nothing was merged:"), *report.refused)),
        )
    return report


def _merge(
    study: Study,
    connection: Connection,
    given: Sequence[Incoming],
    refused: list[str],
    *,
    dry_run: bool,
) -> MergeReport:
    known, union = held(connection), held_texts(study, connection)
    for one in given:
        refused += (_named(one, fault) for fault in union.take(one))
    union.grids = {
        version: path
        for version, path in union.grids.items()
        if version not in study.shelf.grid_versions()
    }
    refused += union.look(study)
    rows, links, twice = _together(given)
    if twice:
        refused.append(_("What is given holds the same events twice, with other contents."))
    expected = _expected(study, rows, known, union)
    for one in given:
        refused += (_named(one, fault) for fault in faults_of(study, connection, one, expected))
    report = MergeReport(
        tuple(one.name for one in given),
        _by_coder(rows, links, known),
        len(union.sources),
        len(union.versions),
        len(union.grids),
        len(union.files),
        notices=(*_registers(study, given), *union.notices),
        refused=tuple(dict.fromkeys(refused)),
    )
    if report.refused:
        return report
    if report.is_empty and union.is_empty:
        # What two copies share tells of moves alike, whichever of them had nothing to learn.
        return replace(report, written=displace(connection) > 0 and not dry_run)
    kept = None
    if not dry_run:
        kept = keep_now(study, "merge").path
        union.copy(study)
    fresh = {key: row for key, row in rows.items() if key not in known.seals}
    union.write(connection)
    add_events(connection, (fresh, {key: links[key] for key in fresh.keys() & links.keys()}))
    return replace(_settled(study, connection, report), written=not dry_run, backup=kept)


def _registers(study: Study, given: Iterable[Incoming]) -> Iterator[str]:
    """Yield whose register differs from the one here, which stays."""
    for one in given:
        sheets = differing_sheets(study.register, one.register)
        if sheets:
            yield _("{name}: its register differs ({sheets}); the one here stays.").format(
                name=one.name, sheets=", ".join(sheets)
            )


def _together(given: Iterable[Incoming]) -> tuple[Rows, Links, bool]:
    """Return all the events and links given, and whether some are given in two ways."""
    rows: Rows = {}
    links: Links = {}
    twice = False
    for one in given:
        twice |= any(rows.get(key, row) != row for key, row in one.events[0].items())
        rows |= one.events[0]
        for key, replaced in one.events[1].items():
            links[key] = tuple(sorted({*links.get(key, ()), *replaced}))
    return rows, links, twice


def _settled(study: Study, connection: Connection, report: MergeReport) -> MergeReport:
    """Carry to the newest texts what stands on older ones, and count what is left to people."""
    displace(connection)
    current = _newest(connection)
    carried = carry(study, connection, current, disputed=True).values()
    disputed = [one.name for one in stored_rounds(connection) if one.state == "disputed"]
    return replace(
        report,
        notices=(
            *report.notices,
            *(
                _(
                    "The round {name} was left in several states by copies of the study: close it "
                    "or cancel it again."
                ).format(name=name)
                for name in disputed
            ),
        ),
        exact=sum(one.exact for one in carried),
        moved=sum(one.moved for one in carried),
        to_confirm=sum(not one.is_suggestion for one in waiting(connection, current)),
        conflicts=len(forks(connection)),
    )


def _expected(study: Study, rows: Rows, known: Held, union: Union) -> Expected:
    """Return what the study will hold once everything given is in."""
    grids = {version: study.grid(version) for version in study.shelf.grid_versions()}
    grids |= {version: read_grid(path) for version, path in union.grids.items()}
    return Expected(
        known,
        union.texts,
        union.paths,
        grids,
        known.seals.keys() | rows.keys(),
        known.begun | {key for key, row in rows.items() if row[5] == key},
    )


def _by_coder(rows: Rows, links: Links, known: Held) -> tuple[MergedCoder, ...]:
    counts: dict[str, Counter[str]] = {}
    fresh = {key: row for key, row in rows.items() if key not in known.seals}
    undone = taken_back(fresh, links)
    met = Counter(
        (row[4], "undone" if row[5] in undone else row[1], key == row[5], key in known.seals)
        for key, row in rows.items()
    )
    for (coder, kind, begins, is_known), n in met.items():
        again = kind in _BEGUN and not begins
        counted = "known" if is_known else "changes" if again else _COUNTED.get(kind, "changes")
        counts.setdefault(coder, Counter())[counted] += n
    people = sorted(counts, key=lambda coder: (coder == PROGRAM, coder))
    return tuple(MergedCoder(coder, **counts[coder]) for coder in people)


def _newest(connection: Connection) -> dict[str, str]:
    return {source: version for source, (version, _n) in current_versions(connection).items()}


def _named(one: Incoming, sentence: str) -> str:
    return _("{name}: {sentence}").format(name=one.name, sentence=sentence)
