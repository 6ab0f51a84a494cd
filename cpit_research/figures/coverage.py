"""How far the field work and its coding have come: one square a visit, one line a kind.

Squares rather than bars: a panel counts a few dozen visits, and « two of the seven are coded » is
seen before it is read. The four steps (planned ⊇ made ⊇ ingested ⊇ coded) go from an empty dashed
square to a full dark one, so that a greyscale print loses nothing; the numbers stand beside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.patches import Rectangle

from cpit_research.figures.style import ACCENT, INK, MUTED, PALE, PAPER, bare, draw, wrapped
from cpit_research.results.document import Picture
from cpit_research.wording import gettext as _
from cpit_research.wording import pgettext
from cpit_research.wording.figures import number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cpit_research.results.result import Result

__all__ = ["coverage_bars"]

# Everything below is in centimetres: the figure is drawn as on paper.
_WIDTH: Final = 16.0
_ROW, _HEAD, _FOOT = 0.95, 1.5, 0.15
_LEFT, _RIGHT = 4.1, 11.4
_NUMBERS: Final = (12.3, 13.45, 14.6, 15.75)
_LARGEST: Final = 0.56
_STEPS: Final = ("planned", "made", "ingested", "coded")
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "planned": {"facecolor": PAPER, "edgecolor": MUTED, "linewidth": 0.7, "linestyle": (0, (2, 2))},
    "made": {"facecolor": PAPER, "edgecolor": INK, "linewidth": 0.9},
    "ingested": {"facecolor": PALE, "edgecolor": ACCENT, "linewidth": 0.9},
    "coded": {"facecolor": ACCENT, "edgecolor": ACCENT, "linewidth": 0.9},
}


def coverage_bars(result: Result) -> Picture:
    """Draw the visits planned, made, ingested and coded, by kind of visit.

    Parameters
    ----------
    result : Result
        A coverage: one row a kind, columns ``name``, ``planned``, ``made``, ``ingested``,
        ``coded``. A row ``total`` is left out: kinds do not share one aim.

    Returns
    -------
    Picture
        Titled as the result is.
    """
    table = result.table.drop(index="total", errors="ignore")
    return draw(
        lambda figure: _paint(figure, table),
        caption=result.title,
        alternative=_described(table),
        width=_WIDTH,
        height=_HEAD + _FOOT + _ROW * max(1, len(table)),
    )


def _names() -> dict[str, str]:
    return {
        "planned": pgettext("visits", "planned"),
        "made": pgettext("visits", "made"),
        "ingested": pgettext("visits", "ingested"),
        "coded": pgettext("visits", "coded"),
    }


def _paint(figure: Figure, table: pd.DataFrame) -> None:
    height = _HEAD + _FOOT + _ROW * max(1, len(table))
    axes = figure.add_axes((0, 0, 1, 1))
    bare(axes)
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(height, 0)
    _head(axes)
    longest = max([1, *(int(row[step]) for _id, row in table.iterrows() for step in _STEPS)])
    pitch = min(_LARGEST, (_RIGHT - _LEFT) / longest)
    for rank, (_id, row) in enumerate(table.iterrows()):
        _line(axes, row, _HEAD + (rank + 0.5) * _ROW, pitch)


def _head(axes: Axes) -> None:
    """Draw the key, and the titles of the numbers."""
    left, side = _LEFT, 0.3
    axes.text(0, 0.4, _("One square, one visit"), va="center", color=MUTED, fontsize=7.2)
    for step, name in _names().items():
        axes.add_patch(Rectangle((left, 0.4 - side / 2), side, side, **_LOOKS[step]))
        axes.text(left + side + 0.12, 0.4, name, va="center", color=MUTED, fontsize=7.2)
        left += side + 0.55 + 0.145 * len(name)
    for right, name in zip(_NUMBERS, _names().values(), strict=True):
        axes.text(right, _HEAD - 0.25, name, ha="right", va="center", color=MUTED, fontsize=6.6)


def _line(axes: Axes, row: pd.Series, level: float, pitch: float) -> None:
    name = wrapped(str(row["name"]), 24)
    axes.text(0, level, name, va="center", fontsize=8, linespacing=1.25)
    side = pitch * 0.78
    for unit in range(int(max(row[step] for step in _STEPS))):
        step = next(step for step in reversed(_STEPS) if unit < row[step])
        corner = (_LEFT + unit * pitch, level - side / 2)
        axes.add_patch(Rectangle(corner, side, side, **_LOOKS[step]))
    for right, step in zip(_NUMBERS, _STEPS, strict=True):
        axes.text(
            right,
            level,
            number(float(row[step])),
            ha="right",
            va="center",
            fontsize=8,
            color=INK if row[step] else MUTED,
            fontweight="bold" if step == "coded" else "normal",
        )


def _described(table: pd.DataFrame) -> str:
    lines = []
    for _id, row in table.iterrows():
        steps = ", ".join(
            _("{count} {name}").format(count=number(float(row[step])), name=name)
            for step, name in _names().items()
        )
        lines.append(f"{row['name']} ({steps})")
    return _("Visits by kind: {lines}.").format(lines=_("; ").join(lines))
