"""Agreement round after round: one small chart a code, all on one scale.

Small multiples rather than one chart with thirty lines: a code is found by its place and its
name, each value stands beside its point, and nothing is told by colour alone.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from matplotlib.lines import Line2D

from cpit_research.figures.style import ACCENT, EDGE, GRID, INK, MUTED, PALE, bare, draw, wrapped
from cpit_research.results.document import Picture
from cpit_research.wording import gettext as _
from cpit_research.wording.figures import number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cpit_research.results.result import Result

__all__ = ["agreement_history"]

# In centimetres, as on paper.
_WIDTH: Final = 16.0
_ACROSS: Final = 4
_PANEL: Final = 2.35
_TITLE: Final = 1.35
_LEFT: Final = 0.75
_HEAD, _FOOT = 0.95, 0.1
#: Lower values are drawn at the edge, their number beside.
_LOW, _HIGH = -0.1, 1.0
_LEVELS: Final = (0.0, 0.5, 1.0)


def agreement_history(result: Result) -> Picture:
    """Draw the agreement of each code, round after round.

    Parameters
    ----------
    result : Result
        From ``study.round_history``: one row a code, with ``name`` and, for each round, ``rN``
        (alpha, NaN when it was not estimable). A row ``total`` is drawn last, its line pale.

    Returns
    -------
    Picture
        Titled as the result is. Codes that no round could estimate are not drawn, and counted.
    """
    table = result.table
    rounds = [column for column in table.columns if column.startswith("r") and column[1:].isdigit()]
    shown = table[table[rounds].notna().any(axis=1)] if rounds else table.iloc[:0]
    lines = max(1, math.ceil(len(shown) / _ACROSS))
    height = _HEAD + _FOOT + lines * (_PANEL + _TITLE)
    return draw(
        lambda figure: _paint(figure, result, shown, rounds, height),
        caption=result.title,
        alternative=_described(result, shown, rounds),
        width=_WIDTH,
        height=height,
    )


def _paint(
    figure: Figure, result: Result, shown: pd.DataFrame, rounds: list[str], height: float
) -> None:
    figure.text(EDGE, 1 - 0.12 / height, _head(result, shown, rounds), color=MUTED, fontsize=6.8,
                va="top", linespacing=1.35)  # fmt: skip
    step = _WIDTH / _ACROSS
    for at, (code, row) in enumerate(shown.iterrows()):
        line, place = divmod(at, _ACROSS)
        bottom = height - _HEAD - line * (_PANEL + _TITLE) - _TITLE - _PANEL
        box = (place * step + _LEFT, bottom + 0.55, step - _LEFT - 0.35, _PANEL - 0.55)
        axes = figure.add_axes((box[0] / _WIDTH, box[1] / height, box[2] / _WIDTH, box[3] / height))
        _panel(axes, str(code), row, rounds, first=place == 0)


def _head(result: Result, shown: pd.DataFrame, rounds: list[str]) -> str:
    told = [_("Krippendorff's alpha; 0 is chance, 1 is perfect agreement.")]
    unseen = len(result.table) - len(shown)
    if unseen:
        told.append(_("Not drawn, estimable in no round: {n}.").format(n=unseen))
    names = (_("{rank} = {name}").format(rank=at, name=result.column_name(column))
             for at, column in enumerate(rounds, start=1))  # fmt: skip
    return "\n".join((" ".join(told), wrapped(_("; ").join(names), 150)))


def _panel(axes: Axes, code: str, row: pd.Series, rounds: list[str], *, first: bool) -> None:
    bare(axes)
    whole = code == "total"
    title = str(row["name"]) if whole else f"{code}  {row['name']}"
    axes.set_title(wrapped(title, 27), fontsize=6.6, loc="left", color=INK, pad=7, x=-0.02,
                   linespacing=1.2, fontweight="bold" if whole else "normal")  # fmt: skip
    axes.set_xlim(0.6, max(len(rounds), 2) + 0.4)
    axes.set_ylim(_LOW - 0.04, _HIGH + 0.12)
    for level in _LEVELS:
        axes.axhline(level, color=GRID, linewidth=0.9 if level else 1.3, zorder=0)
        if first:
            axes.text(0.5, level, number(level, 1 if level % 1 else 0), ha="right", va="center",
                      fontsize=6.2, color=MUTED)  # fmt: skip
    _values(axes, [float(row[column]) for column in rounds], whole=whole)
    for at in range(1, len(rounds) + 1):
        axes.text(at, _LOW - 0.1, str(at), ha="center", va="top", fontsize=6.2, color=MUTED)


def _values(axes: Axes, values: list[float], *, whole: bool) -> None:
    """Draw the points of a code; a line joins rounds that follow each other, both estimable."""
    drawn = [min(_HIGH, max(_LOW, value)) for value in values]
    for at in range(1, len(values)):
        if not (math.isnan(values[at - 1]) or math.isnan(values[at])):
            axes.add_line(Line2D((at, at + 1), drawn[at - 1 : at + 1],
                                 color=PALE if whole else ACCENT, linewidth=1.6))  # fmt: skip
    for at, value in enumerate(values, start=1):
        if math.isnan(value):
            axes.text(at, 0.08, "·", ha="center", va="center", fontsize=8, color=MUTED)
            continue
        axes.plot([at], [drawn[at - 1]], marker="o", markersize=4.2, color=ACCENT, zorder=3,
                  linestyle="none")  # fmt: skip
        above = drawn[at - 1] < 0.8
        axes.text(at, drawn[at - 1] + (0.11 if above else -0.11), number(value, 2), ha="center",
                  va="bottom" if above else "top", fontsize=6.6, color=INK)  # fmt: skip


def _described(result: Result, shown: pd.DataFrame, rounds: list[str]) -> str:
    rows = []
    for code, row in shown.iterrows():
        told = ", ".join(
            _("{name}: {count}").format(
                name=result.column_name(column), count=number(float(row[column]), 2)
            )
            for column in rounds
            if not math.isnan(float(row[column]))
        )
        rows.append(f"{row['name'] if code == 'total' else code} – {told}")
    return f"{_('One small chart a code, a point a round.')} {_('; ').join(rows)}."
