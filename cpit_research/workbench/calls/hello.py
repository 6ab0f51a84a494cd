"""Who is there: the study, its coders, the words of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, Literal

from cpit_research.study.study import Study
from cpit_research.wording import language
from cpit_research.workbench.page import words_of_the_page
from cpit_research.workbench.params import Call

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


@dataclass(frozen=True, slots=True)
class Greeting:
    """In which language the page is to be answered from now on; the same as before by default."""

    language: Literal["fr", "en"] | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """Whose work it is."""

    coder: str


def hello(desk: Desk, params: Greeting) -> dict[str, Any]:
    """Return what the page must know before anything else."""
    if params.language is not None:
        desk.speak(params.language)
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
    return hello(desk, Greeting())


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
    "hello": Call(hello, Greeting),
    "identify": Call(identify, Who),
}
