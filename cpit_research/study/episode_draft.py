"""An episode of one coder being made: what it must hold to, before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.episode import ACTORS, POSTURES, SITUATIONS, Episode
from cpit_research.model.grid import Grid
from cpit_research.model.segment import Segment
from cpit_research.store import episodes as store
from cpit_research.store.codings import heads_of
from cpit_research.study.code import check_facets
from cpit_research.study.prefill import prefilled
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

#: Last characters of an id in a sentence.
_SHOWN = 8


class Draft:
    """Episodes of one coder being made, in one transaction."""

    def __init__(
        self, study: Study, connection: Connection, corpus: Corpus, grid: Grid, coder: str
    ) -> None:
        self._study = study
        self._connection = connection
        self._corpus = corpus
        self._grid = grid
        self._coder = coder
        self._record = store.stored_episodes(connection)

    def known(self, key: UUID) -> Episode:
        """Return the episode of an id, disputed or not."""
        return known_episode(self._record, key)

    @property
    def hers(self) -> tuple[Episode, ...]:
        """Episodes of the coder that nobody disputes, with those of their codings that stand."""
        mine = [one for one in self._record.episodes if one.coder == self._coder]
        return standing_episodes(mine, self._there)

    @cached_property
    def _there(self) -> set[bytes]:
        return store.standing_codings(self._connection)

    def put(
        self,
        codings: Sequence[UUID],
        *,
        principal: UUID | None = None,
        actors: tuple[str, ...] = (),
        posture: str = "",
        facets: Mapping[str, str] | None = None,
        label: str = "",
        note: str = "",
        same_as: tuple[UUID, ...] = (),
        subject: UUID | None = None,
        event: bytes | None = None,
        prefills: bool = True,
    ) -> Episode:
        """Check an episode and keep it, in the place of `subject` when there is one.

        It takes the id of the `event`, if that is given, and is prefilled if it `prefills`.
        """
        members = self._members(codings, subject)
        source = self._corpus[members[0].source]
        self._refuse_label(label, source.id, subject)
        stated = {**(self._prefilled(members) if prefills else {}), **(facets or {})}
        check_facets(self._grid, stated)
        self._check_codes(ACTORS, actors)
        self._check_codes(POSTURES, (posture,) if posture else ())
        key = subject or UUID(bytes=self._study.occasion.new_id())
        made = Episode(
            key, source.id, self._coder, self._grid.version, tuple(one.id for one in members),
            self._principal(members, principal), actors, posture, stated, label, note, same_as,
        )  # fmt: skip
        for other in same_as:
            check_link(made, self.known(other))
        keep_episode(self._study, self._connection, made, actor=self._coder, event=event)
        self._record = store.stored_episodes(self._connection)
        return next((one for one in self._record.episodes if one.id == key), made)

    def _members(self, codings: Sequence[UUID], subject: UUID | None) -> list[store.Member]:
        keys = list(dict.fromkeys(codings))
        if not keys:
            raise InvalidInput(_("An episode groups at least one coding."))
        found = store.members(self._connection, keys)
        for key in keys:
            if key not in found:
                raise no_coding(key)
        members = sorted(found.values(), key=lambda one: (one.start, one.id))
        for one in members:
            if one.coder != self._coder:
                raise InvalidInput(
                    _("Coding {id} was put by {other}: an episode groups the codings of one coder.")
                    .format(id=shown_id(one.id), other=one.coder),
                )  # fmt: skip
            if one.source != members[0].source:
                raise InvalidInput(
                    _("An episode stands in one document; these codings are in several."),
                    remedy=_("Make an episode in each, and link them as the same event."),
                )
        refuse_taken(self._record, set(keys), subject)
        return members

    def _refuse_label(self, label: str, source: str, subject: UUID | None) -> None:
        """Refuse the label of another episode of the document: sheets tell episodes by it."""
        alike = [
            one
            for one in (self._record.episodes if label else ())
            if (one.coder, one.source, fold(one.label)) == (self._coder, source, fold(label))
            and one.id != subject
        ]
        # What stands in a whole study is long to tell, and rarely asked.
        if alike and (found := standing_episodes(alike, self._there)):
            raise Conflict(
                _("There is already an episode “{label}” in this document.").format(
                    label=found[0].label
                ),
                remedy=_("Give another label, or change that episode."),
            )

    def _prefilled(self, members: Sequence[store.Member]) -> dict[str, str]:
        """Return what follows from the passages, those on the newest text."""
        source = self._corpus[members[0].source]
        places = [
            Segment(one.source, one.start, one.end)
            for one in members
            if one.version == source.version
        ]
        return prefilled(self._grid, source, places, self._corpus.register)

    def _principal(self, members: Sequence[store.Member], stated: UUID | None) -> UUID | None:
        """Return the principal coding: the one stated, else that of the only situation."""
        situations = [one for one in members if self._axis(one) == SITUATIONS]
        if stated is None:
            only = {one.code for one in situations}
            return situations[0].id if len(only) == 1 else None
        if stated not in {one.id for one in members}:
            raise InvalidInput(_("The principal situation is one of the codings of the episode."))
        if stated not in {one.id for one in situations}:
            raise InvalidInput(_("The principal coding of an episode bears a situation."))
        return stated

    def _axis(self, member: store.Member) -> str:
        grid = self._grid
        if member.grid != grid.version and member.grid in self._study.shelf.grid_versions():
            grid = self._study.grid(member.grid)
        code = grid.get(member.code)
        return code.axis if code else ""

    def _check_codes(self, axis: str, codes: Iterable[str]) -> None:
        known = [code.id for code in self._grid.leaves(axis)]
        for code in codes:
            if code not in known:
                raise InvalidInput(
                    _("“{code}” is not a code of the axis “{axis}” of the grid {version}.").format(
                        code=code, axis=axis, version=self._grid.version
                    ),
                    exists=_("It has: {codes}.").format(codes=", ".join(known) or "–"),
                )


def standing_episodes(stored: Iterable[Episode], there: set[bytes]) -> tuple[Episode, ...]:
    """Return the episodes that hold some of the codings that are `there`, with those only."""
    kept = [(one, tuple(key for key in one.codings if key.bytes in there)) for one in stored]
    return tuple(one.keeping(codings) for one, codings in kept if codings)


def known_episode(record: store.Record, key: UUID) -> Episode:
    """Return the episode of an id, disputed or not.

    Raises
    ------
    NotFound
        If there is none.
    """
    for one in (*record.episodes, *record.disputed):
        if one.id == key:
            return one
    raise no_episode(key)


def refuse_taken(record: store.Record, keys: set[UUID], subject: UUID | None) -> None:
    """Refuse codings that another episode holds."""
    for other in (*record.episodes, *record.disputed):
        taken = keys & set(other.codings)
        if other.id != subject and taken:
            raise Conflict(
                _("Coding {id} is already in episode {episode}.").format(
                    id=shown_id(min(taken)), episode=other.label or shown_id(other.id)
                ),
                remedy=_("Change that episode, or dissolve it, before making another."),
            )


def no_coding(key: UUID) -> NotFound:
    """Return the refusal of a coding that is not there to be grouped."""
    return NotFound(
        _("The study has no coding {id} that stands: none, taken back, or in conflict.").format(
            id=shown_id(key)
        ),
    )


def no_episode(key: UUID) -> NotFound:
    """Return the refusal of an episode that is not there."""
    return NotFound(
        _("The study has no episode {id}.").format(id=shown_id(key)),
        remedy=_("Take the episodes anew from the study."),
    )


def check_link(one: Episode, other: Episode) -> None:
    """Refuse to link two episodes of one coder in one document."""
    if one.source == other.source and one.coder == other.coder:
        raise InvalidInput(
            _("What one coder groups of one event in one document is one episode, not two linked."),
            remedy=_("Put the codings of both in one episode."),
        )


def keep_episode(
    study: Study,
    connection: Connection,
    episode: Episode,
    *,
    actor: str,
    event: bytes | None = None,
) -> None:
    """Keep the state of an episode, in the place of its last one or ones."""
    replaced = heads_of(connection, episode.id.bytes)
    store.append_episode(
        connection,
        episode,
        event=event or (study.occasion.new_id() if replaced else episode.id.bytes),
        actor=actor,
        at=study.occasion.milliseconds(),
        replaces=replaced,
    )


def shown_id(key: UUID) -> str:
    """Return the last characters of an id, as sentences show it."""
    return key.hex[-_SHOWN:]
