"""One event told in several passages: what a coder groups, and what she says of it once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Final
from uuid import UUID

__all__ = ["ACTORS", "EFFECTIVITY", "POSTURES", "SITUATIONS", "Episode"]

#: Axes whose codes an episode names.
SITUATIONS: Final = "situations"
ACTORS: Final = "actors"
POSTURES: Final = "postures"
#: The one facet that is asked; the others follow from the visit and the speaker, or are left open.
EFFECTIVITY: Final = "effectivity"


@dataclass(frozen=True, slots=True)
class Episode:
    """One coder's grouping of her codings in one source that tell one event.

    A coding inside an episode reads the facets of the episode; its own are not read as long as it
    is there. Situations other than the principal one are secondary.

    Parameters
    ----------
    id : UUID
        Identity of the episode, kept through its changes.
    source : str
        Id of the document.
    coder : str
        Id of the coder, whose codings these are.
    grid : str
        Version of the grid whose words it uses.
    codings : tuple of UUID
        Ids of the codings, each once; kept sorted.
    principal : UUID or None
        Coding of the principal situation; None when it is not stated.
    actors : tuple of str
        Codes of the axis ``actors``.
    posture : str
        Code of the axis ``postures``, or empty.
    facets : mapping of str to str
        Facet ids to value ids, said once for all.
    label : str
        Short name that the coder gives it.
    note : str
        What the coder says of it.
    same_as : tuple of UUID
        Episodes that tell the same event, in other sources or by other coders.

    Raises
    ------
    ValueError
        If it has no coding, holds one twice, has no source or no coder, names the same actor
        twice, is linked to itself, or its principal coding is not among its own.

    Examples
    --------
    >>> first, second = UUID(int=1), UUID(int=2)
    >>> told = Episode(first, "note", "claire", "v1", (second, first), principal=second,
    ...                facets={"effectivity": "prevented"})
    >>> told.codings == (first, second), told.facets["effectivity"]
    (True, 'prevented')
    """

    id: UUID
    source: str
    coder: str
    grid: str
    codings: tuple[UUID, ...]
    principal: UUID | None = None
    actors: tuple[str, ...] = ()
    posture: str = ""
    facets: Mapping[str, str] = field(default_factory=dict, hash=False)
    label: str = ""
    note: str = ""
    same_as: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        for name, wrong in (
            ("source", not self.source),
            ("coder", not self.coder.strip()),
            ("codings", not self.codings or _repeats(self.codings)),
            ("principal", self.principal is not None and self.principal not in self.codings),
            ("actors", _repeats(self.actors)),
            ("same_as", self.id in self.same_as),
        ):
            if wrong:
                message = f"Episode: {name}"
                raise ValueError(message)
        object.__setattr__(self, "codings", tuple(sorted(self.codings, key=attrgetter("int"))))
        object.__setattr__(self, "same_as", tuple(sorted(set(self.same_as), key=attrgetter("int"))))
        object.__setattr__(self, "facets", dict(self.facets))

    def keeping(self, codings: tuple[UUID, ...]) -> Episode:
        """Return the same episode with some of its codings; the principal one may be gone."""
        if codings == self.codings:
            return self
        principal = self.principal if self.principal in codings else None
        return replace(self, codings=codings, principal=principal)

    def __contains__(self, coding: object) -> bool:
        return coding in self.codings


def _repeats(values: tuple[object, ...]) -> bool:
    return len(set(values)) < len(values)
