"""The study that a command works on, and the options that every command shares."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpit_research import wording
from cpit_research.cli.show import bar
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

_FOLDER: dict[str, Path] = {}


def every_command(
    study: Annotated[Path, typer.Option(help=_("Study folder."), show_default=True)] = Path(),
    lang: Annotated[str, typer.Option(help=_("Language: fr or en."), show_default=False)] = "",
) -> None:
    """Take the options that every command shares."""
    if lang and lang not in wording.LANGUAGES:
        raise not_among(wording.LANGUAGES, "--lang")
    _FOLDER["study"] = study


def not_among(choices: Iterable[str], option: str) -> typer.BadParameter:
    """Return what is said of an option that is none of its values."""
    said = _("It can be: {values}.").format(values=", ".join(choices))
    return typer.BadParameter(said, param_hint=option)


def opened() -> Study:
    """Return the study of the command, with a progress bar."""
    from cpit_research.study.opening import open_study

    study = open_study(_FOLDER.get("study", Path()))
    study.progress = bar
    return study


def named() -> Path | None:
    """Return the folder that was named; None when it is the one where the command is typed."""
    folder = _FOLDER.get("study", Path())
    return None if folder == Path() else folder
