"""What only the holder of the whole study does, and the lot of a coder refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpit_research.errors import Conflict
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["refuse_in_lot"]


def refuse_in_lot(study: Study) -> None:
    """Refuse, in the lot of a coder, what is done in the whole study alone.

    Raises
    ------
    Conflict
        If the folder is a lot.
    """
    if study.identity.lot:
        raise Conflict(
            _(
                "This folder is the lot of {coder}, internal: texts, grids, rounds, findings and "
                "documents are made in the whole study, by whoever holds it."
            ).format(coder=study.identity.lot),
            where=_("Folder: {path}.").format(path=study.folder.resolve()),
            remedy=_("Send your work: “cpit bundle export --coder {coder}”.").format(
                coder=study.identity.lot
            ),
        )
