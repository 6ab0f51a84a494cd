"""Commands that tell how far coders agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cpit_research.cli.analysis import To, hand_over
from cpit_research.cli.opening import opened
from cpit_research.cli.show import say
from cpit_research.wording import gettext as _

UnitOption = Annotated[str, typer.Option(help=_("sentence, turn, paragraph or span."))]
By = Annotated[str, typer.Option(help=_("code, family, grid_version or coder_pair."))]
Code = Annotated[str | None, typer.Option(help=_("A code, or a family, alone."))]
GridOption = Annotated[
    str | None, typer.Option(help=_("Version of the grid to read the codings under; the newest."))
]


def alpha(
    unit: UnitOption = "sentence",
    by: By = "code",
    code: Code = None,
    grid: GridOption = None,
    to: To = None,
) -> None:
    """Tell agreement, with the interval of alpha."""
    _tell("alpha", grid, to, unit=unit, by=by, code=code)


def kappa(
    unit: UnitOption = "sentence",
    by: By = "code",
    code: Code = None,
    grid: GridOption = None,
    to: To = None,
) -> None:
    """Tell agreement, with the interval of kappa."""
    _tell("kappa", grid, to, unit=unit, by=by, code=code)


def ac1(
    unit: UnitOption = "sentence",
    by: By = "code",
    code: Code = None,
    grid: GridOption = None,
    to: To = None,
) -> None:
    """Tell agreement, with the interval of AC1."""
    _tell("ac1", grid, to, unit=unit, by=by, code=code)


def pairs(
    unit: UnitOption = "sentence",
    coefficient: Annotated[str, typer.Option(help=_("alpha, kappa or ac1."))] = "alpha",
    code: Code = None,
    grid: GridOption = None,
    to: To = None,
) -> None:
    """Tell agreement on each code, between each two coders."""
    _tell("pairs", grid, to, unit=unit, coefficient=coefficient, code=code)


def annex(
    to: Annotated[Path, typer.Option(help=_("File to write: .docx, .html or .xlsx."))],
    unit: UnitOption = "sentence",
    grid: GridOption = None,
) -> None:
    """Write the annex on agreement: method, tables, figures, disagreements, limits."""
    options: dict[str, Any] = {"unit": unit, "grid": grid}
    say(_("Written: {path}").format(path=opened().agreement_annex(to, **options)))


def spans(code: Code = None, grid: GridOption = None, to: To = None) -> None:
    """Tell agreement on segments, note by note."""
    _tell("spans", grid, to, code=code)


def disputed(
    unit: UnitOption = "sentence", code: Code = None, grid: GridOption = None, to: To = None
) -> None:
    """List what coders did not code alike."""
    _tell("disputed", grid, to, unit=unit, code=code)


def _tell(name: str, grid: str | None, to: Any, **options: Any) -> None:
    from cpit_research import agreement
    from cpit_research.study.rounds.blind import unsealed

    study = opened()
    codings, left_out = unsealed(study, study.codings(grid))
    result = getattr(agreement, name)(codings, **options)
    hand_over(study, result.noting(*left_out), to)
