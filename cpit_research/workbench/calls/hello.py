"""Who is there: the study, its coders, the words of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from cpit_research.study.study import Study
from cpit_research.wording import language
from cpit_research.workbench.page import words_of_the_page
from cpit_research.workbench.params import Call, Nothing

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


@dataclass(frozen=True, slots=True)
class Who:
    """Whose work it is."""

    coder: str


def hello(desk: Desk, _params: Nothing) -> dict[str, Any]:
    """Return what the page must know before anything else."""
    study = desk.study if desk.has_study else None
    return {
        "language": language(),
        "words": words_of_the_page(),
        "version": version("cpit-research"),
        "study": _study(study) if study else None,
        "coder": desk.who,
        "coders": _coders(study) if study else [],
        "grids": _grids(study) if study else [],
        "abilities": list(desk.abilities),
    }


def identify(desk: Desk, params: Who) -> dict[str, Any]:
    """Say whose work it is."""
    desk.identify(params.coder)
    return hello(desk, Nothing())


def _study(study: Study) -> dict[str, Any]:
    identity = study.identity
    return {
        "id": str(identity.id),
        "title": identity.title or study.folder.resolve().name,
        "folder": str(study.folder.resolve()),
        "lot": identity.lot or None,
        "demonstration": identity.demonstration,
    }


def _coders(study: Study) -> list[dict[str, str]]:
    return [
        {"id": one.id, "role": one.role, "standing": one.standing}
        for one in study.register.researchers
    ]


def _grids(study: Study) -> list[dict[str, str]]:
    return [
        {"version": one, "status": study.grid(one).status} for one in study.shelf.grid_versions()
    ]


CALLS: Final[Mapping[str, Call[Any]]] = {
    "hello": Call(hello, Nothing),
    "identify": Call(identify, Who),
}
