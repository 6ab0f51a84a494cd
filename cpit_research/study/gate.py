"""The one way for a file to leave a study."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.errors import FormatError
from cpit_research.formats.atomic import discard, make_folder, sweep, take_place, unfinished
from cpit_research.formats.written.inspection import texts_of
from cpit_research.privacy.gate import refuse_gaps, refuse_names
from cpit_research.privacy.names import Names
from cpit_research.study.correspondence import correspondence
from cpit_research.study.holder import refuse_in_lot
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["leave"]


def leave(study: Study, target: Path, write: Callable[[Path, Names], object]) -> Path:
    """Write a file with `write`, and give it its name only if it names nobody.

    Parameters
    ----------
    study : Study
        Whose register and table of names are asked.
    target : Path
        Where it goes; its folder is made.
    write : function
        From a temporary path and the names known to the study, writes the file.

    Raises
    ------
    Withheld
        If a name is found in the file or in its own name, or the table of names is not at hand.
    FormatError
        If the file cannot be written.
    """
    refuse_in_lot(study)
    table = correspondence(study)
    refuse_gaps(study.register, table)
    names = Names(table)
    make_folder(target.parent)
    sweep(target.parent.glob(".*"))
    # A name of chance, so that a document that the gate refuses never stands under its own name.
    waiting = unfinished(target, suffix=target.suffix.lower())
    try:
        write(waiting, names)
        refuse_names([(_("file name"), target.name)], names, target.name)
        texts = (
            (place.replace(waiting.name, target.name), text) for place, text in texts_of(waiting)
        )
        refuse_names(texts, names, target.name)
        take_place(waiting, target)
    except FormatError as error:  # told under the name that was asked for
        if waiting.name not in error.what:
            raise
        said = error.what.replace(waiting.name, target.name)
        raise FormatError(said, path=str(target), remedy=error.remedy) from error
    finally:
        discard(waiting)
    return target
