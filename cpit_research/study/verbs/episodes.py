"""Episodes: what codings tell together, and the same events told elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cpit_research.model.coding import Coding
from cpit_research.model.episode import Episode
from cpit_research.study.verbs.whole import Verbs


class EpisodeVerbs(Verbs):
    """Episodes: what codings tell together, and the same events told elsewhere."""

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Episodes in the order they were first made, with those of their codings that stand.

        One whose codings were all taken back no longer stands; those in conflict are left out,
        and told by :meth:`check`.
        """
        from cpit_research.study.episodes import episodes

        return episodes(self._study)

    def episode(
        self,
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
        """Group codings that tell one event, in the name of the coder who put them.

        A coding inside an episode reads the facets of the episode: its own are kept, and read
        again once it is out.

        Parameters
        ----------
        codings : iterable of Coding
            Codings of one coder in one document; each belongs to one episode at most.
        coder : str
            Id of the coder.
        principal : Coding, optional
            That of the principal situation, one of `codings`; by default that of the only
            situation, and not stated when there are several.
        actors : iterable of str
            Codes of the axis ``actors``.
        posture : str, optional
            Code of the axis ``postures``.
        facets : mapping of str to str, optional
            Facet ids to value ids. Who speaks follows from the visit and the speaker when it is
            not given; effectivity has to be.
        label, note : str
            Short name, and what the coder says of it.
        same_as : iterable of Episode
            Episodes that tell the same event elsewhere.
        replaces : Episode, optional
            The episode that this one takes the place of, under its id; also settles one in
            conflict.
        grid : str, optional
            Version of the grid whose facets and codes are used, the newest by default.

        Raises
        ------
        InvalidInput
            If the codings are of several coders or documents, or a code or a facet is not one of
            the grid.
        NotFound
            If a coding does not stand.
        Conflict
            If a coding is in another episode.
        """
        from cpit_research.study.episodes import episode

        return episode(
            self._study, codings, coder=coder, principal=principal, actors=actors, posture=posture,
            facets=facets, label=label, note=note, same_as=same_as, replaces=replaces, grid=grid,
        )  # fmt: skip

    def episode_link(self, one: Episode, other: Episode, *, coder: str) -> Episode:
        """Say that two episodes tell the same event, in other documents or by other coders.

        Parameters
        ----------
        one, other : Episode
            The episodes; whatever is linked to either is linked to both.
        coder : str
            Who says so.

        Returns
        -------
        Episode
            `one`, linked. A link is undone by replacing it.
        """
        from cpit_research.study.episodes import episode_link

        return episode_link(self._study, one, other, coder=coder)

    def episode_dissolve(self, episode: Episode, *, coder: str) -> None:
        """Take an episode back: its codings stay, each by itself; the record keeps the episode.

        Parameters
        ----------
        episode : Episode
            The episode.
        coder : str
            Who takes it back.
        """
        from cpit_research.study.episodes import episode_dissolve

        episode_dissolve(self._study, episode, coder=coder)
