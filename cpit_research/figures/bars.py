"""Counts by family and kind of visit: one column of bars a kind, all on one scale.

Small multiples rather than grouped bars: with eight families and six kinds, a reader compares down
a column without hunting in a legend, and each number stands beside its bar, as in a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.lines import Line2D

from cpit_research.figures.style import ACCENT, EDGE, GRID, INK, MUTED, PALE, bare, draw, wrapped
from cpit_research.results.document import Picture
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import number
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cpit_research.results.result import Result

__all__ = ["family_bars"]

# In centimetres, as on paper.
_WIDTH: Final = 16.0
_LEFT: Final = 4.75
_ROW: Final = 0.86
_HEAD, _FOOT = 1.3, 0.1


def family_bars(result: Result) -> Picture:
    """Draw how many times each family was met, by kind of visit.

    Parameters
    ----------
    result : Result
        A crosstab: one row a family, with a column ``name``, a column for each kind of visit
        (its id, or its name) and, if it has one, a last column ``total``. A row ``total``
        is drawn apart, under a rule.

    Returns
    -------
    Picture
        Titled as the result is.
    """
    table = result.table
    kinds = [column for column in table.columns if column not in ("name", "total")]
    height = _HEAD + _FOOT + _ROW * max(1, len(table))
    return draw(
        lambda figure: _paint(figure, table, kinds, _counted(result.counts)),
        caption=result.title,
        alternative=_described(result, kinds),
        width=_WIDTH,
        height=height,
    )


def _counted(counts: str) -> str:
    """Say in words what a result counts."""
    known = {
        "segment": _("Number of segments coded"),
        "source": _("Number of notes"),
        "participant": _("Number of participants"),
        "visit": _("Number of visits"),
        "episode": _("Number of episodes"),
    }
    return known.get(counts, counts)


def _paint(figure: Figure, table: pd.DataFrame, kinds: list[str], counted: str) -> None:
    height = _HEAD + _FOOT + _ROW * max(1, len(table))
    columns = [*kinds, *(["total"] if "total" in table.columns else [])]
    step = (_WIDTH - _LEFT) / max(1, len(columns))
    families = table.drop(index="total", errors="ignore")
    size = _title_size(columns, step)
    for rank, column in enumerate(columns):
        box = (_LEFT + rank * step, _FOOT, step * 0.94, height - _HEAD - _FOOT)
        axes = figure.add_axes((box[0] / _WIDTH, box[1] / height, box[2] / _WIDTH, box[3] / height))
        _column(
            axes, table[column], _highest(families, ["total"] if column == "total" else kinds), size
        )
    _names(figure, table, height)
    head = f"{wrapped(counted, 24)}\n{_('(· none)')}"
    figure.text(EDGE, 1 - (_HEAD - 0.2) / height, head, color=MUTED, fontsize=6.8, va="bottom",
                linespacing=1.3)  # fmt: skip


def _highest(families: pd.DataFrame, columns: list[str]) -> float:
    """Return the longest bar of the columns that share a scale, at least 1."""
    return max([1.0, *(float(count) for column in columns for count in families[column])])


def _title_size(columns: list[str], step: float) -> float:
    """Return the size at which the longest word of the titles fits its column, in points."""
    longest = max((len(word) for name in columns for word in name_of(name).split()), default=1)
    return max(5.0, min(7.0, step * 0.95 / (longest * 0.0215)))


def _column(axes: Axes, counts: pd.Series, scale: float, size: float) -> None:
    bare(axes)
    whole = counts.name == "total"
    title = _("Total") if whole else wrapped(name_of(str(counts.name)), 13)
    axes.set_title(title, fontsize=size, loc="left", color=INK if whole else MUTED, pad=6,
                   linespacing=1.3, fontweight="bold" if whole else "normal")  # fmt: skip
    axes.set_xlim(0, scale * 1.5)
    axes.set_ylim(max(1, len(counts)) - 0.5, -0.5)
    for row, (entry, count) in enumerate(counts.items()):
        summed = entry == "total"
        if not summed:
            axes.vlines(0, row - 0.36, row + 0.36, color=GRID, linewidth=0.9)
            axes.barh(row, count, height=0.52, color=PALE if whole else ACCENT)
        axes.text(
            0 if summed else float(count) + scale * 0.06,
            row,
            number(float(count)) if count else "·",
            va="center",
            fontsize=7.6,
            color=INK if count else MUTED,
            fontweight="bold" if whole or summed else "normal",
        )


def _names(figure: Figure, table: pd.DataFrame, height: float) -> None:
    """Write the families on the left, and a rule above their sum."""
    for row, (entry, name) in enumerate(table["name"].items()):
        level = 1 - (_HEAD + (row + 0.5) * _ROW) / height
        summed = entry == "total"
        figure.text(EDGE, level, wrapped(str(name), 30), va="center", fontsize=7.6,
                    linespacing=1.25, fontweight="bold" if summed else "normal")  # fmt: skip
        if summed:
            above = 1 - (_HEAD + row * _ROW) / height
            figure.add_artist(Line2D((0, 1), (above, above), color=GRID, linewidth=0.9))


def _described(result: Result, kinds: list[str]) -> str:
    families = result.table.drop(index="total", errors="ignore")
    sums = families[kinds].sum(axis=1)
    rows = [
        _("{name}: {count}").format(name=name, count=number(float(count)))
        for name, count in zip(families["name"], sums, strict=True)
    ]
    opening = ngettext(
        "Bars by family, one column for {n} kind of visit.",
        "Bars by family, one column for each of {n} kinds of visit.",
        len(kinds),
    ).format(n=len(kinds))
    return f"{opening} {_counted(result.counts)}. {_('All kinds together:')} {_('; ').join(rows)}."
