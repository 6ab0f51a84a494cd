"""Ids that a browser makes: UUIDs of version 7, whose time is near, under which nothing is yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import RFC_4122, UUID

from sqlalchemy import Connection

from cpit_research.errors import Conflict, InvalidInput
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["check_fresh", "check_time", "taken"]

_YEAR_MS: Final = 366 * 86_400_000


def check_time(study: Study, id: UUID) -> None:
    """Refuse an id that is no UUIDv7, or whose time lies more than a year away.

    Raises
    ------
    InvalidInput
        If it is such an id.
    """
    if id.version != 7 or id.variant != RFC_4122:
        raise InvalidInput(
            _("{id} is not an id that a new thing can bear.").format(id=id),
            exists=_("An act bears a UUID of version 7."),
        )
    if abs((id.int >> 80) - study.occasion.milliseconds()) > _YEAR_MS:
        raise InvalidInput(
            _("The id {id} tells a time more than a year away.").format(id=id),
            remedy=_("Set the clock of this computer."),
        )


def check_fresh(study: Study, connection: Connection, id: UUID) -> None:
    """Refuse an id that cannot be that of a new thing.

    Raises
    ------
    InvalidInput
        If it is no UUIDv7 of these years.
    Conflict
        If an event bears it.
    """
    check_time(study, id)
    known = connection.exec_driver_sql("SELECT 1 FROM event WHERE id = ?", (id.bytes,)).first()
    if known is not None:
        raise taken(id)


def taken(id: UUID) -> Conflict:
    """Return the refusal of an id under which something else was done."""
    return Conflict(
        _("Something else was done under the id {id}.").format(id=id),
        remedy=_("Do it again: it will bear another id."),
    )
