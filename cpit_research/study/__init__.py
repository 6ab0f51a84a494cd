"""The use cases, one a module; :class:`Study`'s methods delegate to them in a line."""

from cpit_research.study.study import Study

__all__ = ["Study"]
