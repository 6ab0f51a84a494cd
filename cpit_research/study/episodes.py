"""Grouping codings that tell one event, linking those that tell the same one elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.coding import Coding
from cpit_research.model.episode import ACTORS, POSTURES, SITUATIONS, Episode
from cpit_research.model.grid import Grid
from cpit_research.model.segment import Segment
from cpit_research.store import episodes as store
from cpit_research.store.codings import heads_of
from cpit_research.study.code import check_coder, check_facets
from cpit_research.study.prefill import prefilled
from cpit_research.study.writing import writing
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

#: Last characters of an id in a sentence.
SHOWN_ID = 8


def episode(
    study: Study,
    codings: Iterable[Coding],
    *,
    coder: str,
    principal: Coding | None = None,
    actors: Iterable[str] = (),
    posture: str | None = None,
    facets: Mapping[str, str] | None = None,
    label: str = "",
    note: str = "",
    same_as: Iterable[Episode] = (),
    replaces: Episode | None = None,
    grid: str | None = None,
) -> Episode:
    """Group codings of one coder in one source (see :meth:`Study.episode`)."""
    check_coder(study, coder)
    used, corpus = study.grid(grid), study.corpus
    grouped, linked = tuple(codings), tuple(same_as)
    with writing(study) as connection:
        draft = Draft(study, connection, corpus, used, coder)
        if replaces is not None:
            _only_hers(draft.known(replaces.id), coder)
        return draft.put(
            [coding.id for coding in grouped],
            principal=principal.id if principal else None,
            actors=tuple(dict.fromkeys(actors)),
            posture=posture or "",
            facets=dict(facets or {}),
            label=label.strip(),
            note=note.strip(),
            same_as=tuple(draft.known(one.id).id for one in linked),
            subject=replaces.id if replaces else None,
        )


def episodes(study: Study) -> tuple[Episode, ...]:
    """Return the episodes as they stand (see :attr:`Study.episodes`)."""
    with study.shelf.database.reading() as connection:
        stored = store.stored_episodes(connection).episodes
        there = store.standing_codings(connection) if stored else set()
    return _standing(stored, there)


def episode_link(study: Study, one: Episode, other: Episode, *, coder: str) -> Episode:
    """Say that two episodes tell the same event (see :meth:`Study.episode_link`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        record = store.stored_episodes(connection)
        first, second = _known(record, one.id), _known(record, other.id)
        if second.id in first.same_as:
            return first
        _check_link(first, second)
        linked = replace(first, same_as=(*first.same_as, second.id, *second.same_as))
        _append(study, connection, linked, actor=coder)
        return next(
            known for known in store.stored_episodes(connection).episodes if known.id == first.id
        )


def episode_dissolve(study: Study, episode: Episode, *, coder: str) -> None:
    """Take an episode back; its codings stay (see :meth:`Study.episode_dissolve`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        found = _known(store.stored_episodes(connection), episode.id)
        store.append_dissolution(
            connection,
            found.id,
            event=study.occasion.new_id(),
            actor=coder,
            at=study.occasion.milliseconds(),
            replaces=heads_of(connection, found.id.bytes),
        )


def disputed_episodes(study: Study) -> tuple[tuple[UUID, ...], ...]:
    """Return the episodes that people must settle, those that contend with one another together."""
    with study.shelf.database.reading() as connection:
        return store.stored_episodes(connection).conflicts


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
        return _known(self._record, key)

    @property
    def hers(self) -> tuple[Episode, ...]:
        """Episodes of the coder that nobody disputes, with those of their codings that stand."""
        mine = [one for one in self._record.episodes if one.coder == self._coder]
        return _standing(mine, self._there)

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
            _check_link(made, self.known(other))
        _append(self._study, self._connection, made, actor=self._coder, event=event)
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
                    .format(id=_shown(one.id), other=one.coder),
                )  # fmt: skip
            if one.source != members[0].source:
                raise InvalidInput(
                    _("An episode stands in one document; these codings are in several."),
                    remedy=_("Make an episode in each, and link them as the same event."),
                )
        _refuse_taken(self._record, set(keys), subject)
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
        if alike and (found := _standing(alike, self._there)):
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


def _standing(stored: Iterable[Episode], there: set[bytes]) -> tuple[Episode, ...]:
    """Return the episodes that hold some of the codings that are `there`, with those only."""
    kept = [(one, tuple(key for key in one.codings if key.bytes in there)) for one in stored]
    return tuple(one.keeping(codings) for one, codings in kept if codings)


def _known(record: store.Record, key: UUID) -> Episode:
    for one in (*record.episodes, *record.disputed):
        if one.id == key:
            return one
    raise no_episode(key)


def restore(
    study: Study, connection: Connection, key: UUID, *, coder: str, event: bytes | None = None
) -> Episode:
    """Bring back an episode that was dissolved, as it was last said, in a transaction.

    Raises
    ------
    NotFound
        If there never was one.
    Conflict
        If one of its codings is in another episode since.
    """
    record = store.stored_episodes(connection)
    standing = [one for one in (*record.episodes, *record.disputed) if one.id == key]
    last = standing[0] if standing else store.last_state(connection, key)
    if last is None:
        raise no_episode(key)
    _refuse_taken(record, set(last.codings), key)
    _append(study, connection, last, actor=coder, event=event)
    return last


def _refuse_taken(record: store.Record, keys: set[UUID], subject: UUID | None) -> None:
    """Refuse codings that another episode holds."""
    for other in (*record.episodes, *record.disputed):
        taken = keys & set(other.codings)
        if other.id != subject and taken:
            raise Conflict(
                _("Coding {id} is already in episode {episode}.").format(
                    id=_shown(min(taken)), episode=other.label or _shown(other.id)
                ),
                remedy=_("Change that episode, or dissolve it, before making another."),
            )


def no_coding(key: UUID) -> NotFound:
    """Return the refusal of a coding that is not there to be grouped."""
    return NotFound(
        _("The study has no coding {id} that stands: none, taken back, or in conflict.").format(
            id=_shown(key)
        ),
    )


def no_episode(key: UUID) -> NotFound:
    """Return the refusal of an episode that is not there."""
    return NotFound(
        _("The study has no episode {id}.").format(id=_shown(key)),
        remedy=_("Take the episodes anew from the study."),
    )


def _only_hers(episode: Episode, coder: str) -> None:
    if episode.coder != coder:
        raise InvalidInput(
            _("Episode {id} is that of {other}.").format(
                id=episode.label or _shown(episode.id), other=episode.coder
            ),
            remedy=_("Each coder groups her own codings; episodes can be linked."),
        )


def _check_link(one: Episode, other: Episode) -> None:
    if one.source == other.source and one.coder == other.coder:
        raise InvalidInput(
            _("What one coder groups of one event in one document is one episode, not two linked."),
            remedy=_("Put the codings of both in one episode."),
        )


def _append(
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


def _shown(key: UUID) -> str:
    return key.hex[-SHOWN_ID:]
