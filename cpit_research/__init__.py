"""Qualitative research on the people who carry local projects.

The front door: open a study, select, count, conclude, export.

>>> import cpit_research as cpit
>>> sorted(name for name in cpit.__all__ if name[0].isupper())
['Coding', 'Finding', 'Segment', 'Suggested']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cpit_research import agreement, analysis, errors, figures, language
    from cpit_research.model.coding import Coding
    from cpit_research.model.finding import Finding
    from cpit_research.model.segment import Segment
    from cpit_research.model.suggestion import Suggested
    from cpit_research.study.demo import demo
    from cpit_research.study.opening import create_study, open_study
    from cpit_research.study.sharing.lot_folder import open_lot
    from cpit_research.wording import set_language
    from cpit_research.workbench.opening import open_workbench

__all__ = [
    "Coding",
    "Finding",
    "Segment",
    "Suggested",
    "agreement",
    "analysis",
    "create_study",
    "demo",
    "errors",
    "figures",
    "language",
    "open_lot",
    "open_study",
    "open_workbench",
    "set_language",
]

_PLACES = {
    "Coding": "model.coding",
    "Finding": "model.finding",
    "Segment": "model.segment",
    "Suggested": "model.suggestion",
    "create_study": "study.opening",
    "demo": "study.demo",
    "open_lot": "study.sharing.lot_folder",
    "open_study": "study.opening",
    "open_workbench": "workbench.opening",
    "set_language": "wording",
}
_ROOMS = frozenset({"agreement", "analysis", "errors", "figures", "language"})


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"{__name__}.{name}")
    if name in _PLACES:
        value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
        globals()[name] = value
        return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return __all__
