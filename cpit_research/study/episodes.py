"""Grouping codings that tell one event, linking those that tell the same one elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.errors import InvalidInput
from cpit_research.model.coding import Coding
from cpit_research.model.episode import Episode
from cpit_research.store import episodes as store
from cpit_research.store.codings import heads_of
from cpit_research.study.code import check_coder
from cpit_research.study.episode_draft import (
    Draft,
    check_link,
    keep_episode,
    known_episode,
    no_episode,
    refuse_taken,
    shown_id,
    standing_episodes,
)
from cpit_research.study.writing import writing
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study


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
    return standing_episodes(stored, there)


def episode_link(study: Study, one: Episode, other: Episode, *, coder: str) -> Episode:
    """Say that two episodes tell the same event (see :meth:`Study.episode_link`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        record = store.stored_episodes(connection)
        first, second = known_episode(record, one.id), known_episode(record, other.id)
        if second.id in first.same_as:
            return first
        check_link(first, second)
        linked = replace(first, same_as=(*first.same_as, second.id, *second.same_as))
        keep_episode(study, connection, linked, actor=coder)
        return next(
            known for known in store.stored_episodes(connection).episodes if known.id == first.id
        )


def episode_dissolve(study: Study, episode: Episode, *, coder: str) -> None:
    """Take an episode back; its codings stay (see :meth:`Study.episode_dissolve`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        found = known_episode(store.stored_episodes(connection), episode.id)
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
    refuse_taken(record, set(last.codings), key)
    keep_episode(study, connection, last, actor=coder, event=event)
    return last


def _only_hers(episode: Episode, coder: str) -> None:
    if episode.coder != coder:
        raise InvalidInput(
            _("Episode {id} is that of {other}.").format(
                id=episode.label or shown_id(episode.id), other=episode.coder
            ),
            remedy=_("Each coder groups her own codings; episodes can be linked."),
        )
