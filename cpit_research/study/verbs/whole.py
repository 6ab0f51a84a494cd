"""What every room of verbs is a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Verbs"]


class Verbs:
    """A part of :class:`~cpit_research.study.study.Study`, never used alone."""

    @property
    def _study(self) -> Study:
        return cast("Study", self)
