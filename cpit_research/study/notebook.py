"""What a notebook shows of a study: what it says of itself, without opening its database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpit_research.study.summary import banner
from cpit_research.wording import gettext as _
from cpit_research.wording import notebook
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["study_html"]


def study_html(study: Study) -> str:
    """Return what a notebook shows of a study: its title, its author, its grids."""
    identity = study.identity
    facts = (
        (name_of("author"), identity.author),
        (_("Versions of the grid"), ", ".join(study.shelf.grid_versions())),
        (_("Lot of"), identity.lot),
    )
    title = identity.title or study.folder.name
    return notebook.shown(title, notebook.facts(facts), notes=(banner(study),))
