"""Agreement between coders, seen: an interval a code, and a square a code and pair of coders.

No threshold is drawn and no colour says « good »: a coefficient is read beside the positive
agreement, how often the code was met, and how many notes carry it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle

from cpit_research.figures.style import (
    ACCENT,
    EDGE,
    GRID,
    INK,
    MUTED,
    PALE,
    PAPER,
    bare,
    draw,
    wrapped,
)
from cpit_research.results.document import Picture
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import number, percent
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cpit_research.results.result import Result

__all__ = ["agreement_heatmap", "agreement_intervals"]

# In centimetres, as on paper.
_WIDTH: Final = 16.0
_LEFT: Final = 6.4
_COUNTS: Final = 2.4
_ROW: Final = 0.64
_HEAD, _FOOT = 1.35, 1.2
#: Furthest below zero that is drawn: chance is at zero, and what is below it says no more.
_LOWEST: Final = -0.25
#: Rows that a page holds.
_MOST: Final = 28
_SHADES: Final = LinearSegmentedColormap.from_list("agreement", [PAPER, PALE, ACCENT])
#: Letters of a line under the figure.
_LINE: Final = 116
#: Letters of a line of a name, which takes two at most.
_NAME: Final = 46


def agreement_intervals(result: Result) -> Picture:
    """Draw the agreement on each code with its interval, the codes most often met first.

    Parameters
    ----------
    result : Result
        Of :func:`cpit_research.agreement.alpha` or of a sibling: one row a code. Rows that are
        not estimable are counted under the others, and no more than a page holds is drawn.

    Returns
    -------
    Picture
        Titled as the result is.
    """
    table = _most_met(result.table, str(result.settings.get("interval", "alpha")))
    coefficient = str(result.settings.get("interval", "alpha"))
    height = _HEAD + _FOOT + _ROW * max(1, len(table))
    return draw(
        lambda figure: _paint_intervals(figure, table, result, height),
        caption=result.title,
        alternative=_said_intervals(table, coefficient),
        width=_WIDTH,
        height=height,
    )


def agreement_heatmap(result: Result) -> Picture:
    """Draw the agreement on each code for each pair of coders, a square a pair.

    Parameters
    ----------
    result : Result
        Of :func:`cpit_research.agreement.pairs`: one row a code, a column ``name``, then one a
        pair of coders, NaN where nothing is estimable.

    Returns
    -------
    Picture
        Titled as the result is. Every square bears its number: its depth is no more than a help.
    """
    pairs = [column for column in result.table.columns if column != "name"]
    table = result.table[result.table[pairs].notna().any(axis=1)].head(_MOST)
    height = _HEAD + 0.1 + _ROW * max(1, len(table))
    return draw(
        lambda figure: _paint_squares(figure, table, result, height),
        caption=result.title,
        alternative=_said_squares(table, pairs),
        width=_WIDTH,
        height=height,
    )


def _most_met(table: pd.DataFrame, coefficient: str) -> pd.DataFrame:
    """Return the rows that tell something, the most often met first, all of them together last."""
    entries = table.drop(index="total", errors="ignore")
    told = entries[entries[coefficient].notna()]
    ordered = told.sort_values("prevalence", ascending=False, kind="stable").head(_MOST)
    return table.loc[[*ordered.index, *(["total"] if "total" in table.index else [])]]


def _undrawn(result: Result, drawn: int) -> str:
    """Say how many rows the figure does not show, and why."""
    entries = result.table.drop(index="total", errors="ignore")
    unsure = int((entries["status"] == "not_estimable").sum())
    said = []
    if unsure:
        said.append(
            ngettext(
                "{n} row is not estimable: fewer than five units were marked.",
                "{n} rows are not estimable: fewer than five units were marked.",
                unsure,
            ).format(n=unsure)
        )
    if owed := int((entries["status"] == "to_read_again").sum()):
        said.append(
            ngettext(
                "{n} row waits for codings to be read again.",
                "{n} rows wait for codings to be read again.",
                owed,
            ).format(n=owed)
        )
    if more := len(entries) - unsure - owed - drawn:
        said.append(
            ngettext(
                "{n} row less often met is not drawn.",
                "{n} rows less often met are not drawn.",
                more,
            ).format(n=more)
        )
    return " ".join(said)


def _axes(figure: Figure, across: tuple[float, float], rows: int, foot: float) -> Axes:
    """Return axes between two abscissas, one row an entry, the first on top."""
    left, right = across
    height = _HEAD + foot + _ROW * max(1, rows)
    box = (left / _WIDTH, foot / height, (right - left) / _WIDTH, (height - _HEAD - foot) / height)
    axes = figure.add_axes(box)
    bare(axes)
    axes.set_ylim(max(1, rows) - 0.5, -0.5)
    return axes


def _names(figure: Figure, table: pd.DataFrame, height: float) -> None:
    """Write on the left what each row is about."""
    for rank, (entry, name) in enumerate(table["name"].items()):
        level = 1 - (_HEAD + (rank + 0.5) * _ROW) / height
        whole = entry == "total"
        said = str(name) if whole or str(name) == str(entry) else f"{entry} {name}"
        figure.text(EDGE, level, wrapped(said, _NAME), va="center", fontsize=6.9, linespacing=1.2,
                    fontweight="bold" if whole else "normal")  # fmt: skip


def _paint_intervals(figure: Figure, table: pd.DataFrame, result: Result, height: float) -> None:
    coefficient = str(result.settings.get("interval", "alpha"))
    _names(figure, table, height)
    left = _undrawn(result, len(table) - ("total" in table.index))
    figure.text(EDGE, 0.05 / height, wrapped(left, _LINE), fontsize=6.3, color=MUTED, va="bottom",
                linespacing=1.25)  # fmt: skip
    axes = _axes(figure, (_LEFT + _COUNTS, _WIDTH - 0.2), len(table), _FOOT)
    axes.set_xlim(_LOWEST, 1.03)
    for at in (0.0, 0.25, 0.5, 0.75, 1.0):
        axes.axvline(at, color=MUTED if at == 0 else GRID, linewidth=0.8, zorder=0)
        axes.text(at, len(table) - 0.42, number(at, 2), ha="center", va="top", fontsize=6.5,
                  color=MUTED)  # fmt: skip
    for rank, (entry, row) in enumerate(table.iterrows()):
        _mark(axes, rank, row, coefficient, whole=entry == "total")
    _counts(figure, table, height)
    _keys(figure, coefficient, height)


def _mark(axes: Axes, rank: int, row: pd.Series[Any], coefficient: str, *, whole: bool) -> None:
    value, low, high = (float(row[name]) for name in (coefficient, "low", "high"))
    if not np.isnan(low):
        axes.hlines(rank, max(low, _LOWEST), high, color=ACCENT, linewidth=2.4 if whole else 1.5)
        if low < _LOWEST:  # it goes on beyond the edge
            axes.plot([_LOWEST], [rank], marker="<", markersize=4.5, color=ACCENT, clip_on=False)
    positive = float(row["positive"])
    if not np.isnan(positive):
        axes.plot([positive], [rank], marker="|", markersize=9.5, color=MUTED,
                  markeredgewidth=1.1, zorder=2)  # fmt: skip
    sure = row["status"] == ""
    axes.plot([max(value, _LOWEST)], [rank], marker="o", markersize=5.2, color=ACCENT,
              markerfacecolor=ACCENT if sure else PAPER, markeredgewidth=1.1, zorder=3)  # fmt: skip


def _counts(figure: Figure, table: pd.DataFrame, height: float) -> None:
    told = zip(table["prevalence"].astype(float), table["n_notes"].astype(float), strict=True)
    for rank, (share, notes) in enumerate(told):
        level = 1 - (_HEAD + (rank + 0.5) * _ROW) / height
        said = percent(share, 1)
        figure.text((_LEFT + 1.15) / _WIDTH, level, said, ha="right", va="center", fontsize=6.9)
        figure.text((_LEFT + 2.0) / _WIDTH, level, number(notes), ha="right",
                    va="center", fontsize=6.9, color=MUTED)  # fmt: skip
    top = 1 - (_HEAD - 0.22) / height
    for at, words in ((1.15, _("Share of units")), (2.0, _("Notes"))):
        figure.text((_LEFT + at) / _WIDTH, top, wrapped(words, 9), ha="right", va="bottom",
                    fontsize=6.3, color=MUTED, linespacing=1.2)  # fmt: skip


def _keys(figure: Figure, coefficient: str, height: float) -> None:
    """Say what each mark is, above them."""
    left, top = (_LEFT + _COUNTS) / _WIDTH, 1 - (_HEAD - 0.22) / height
    words = (
        ("●", name_of(coefficient), ACCENT),
        ("○", name_of("indicative"), ACCENT),
        ("—", _("95 % interval"), ACCENT),
        ("|", _("positive agreement"), MUTED),
    )
    for rank, (mark, said, colour) in enumerate(words):
        column, line = rank % 2, rank // 2
        at = left + column * 3.6 / _WIDTH
        level = top + (0.36 if line == 0 else 0.0) / height
        figure.text(at, level, mark, color=colour, fontsize=7.5, va="bottom")
        figure.text(at + 0.38 / _WIDTH, level, said, color=MUTED, fontsize=6.5, va="bottom")


def _paint_squares(figure: Figure, table: pd.DataFrame, result: Result, height: float) -> None:
    _names(figure, table, height)
    pairs = [column for column in table.columns if column != "name"]
    step = min(2.4, (_WIDTH - _LEFT - 0.2) / max(1, len(pairs)))
    axes = _axes(figure, (_LEFT, _LEFT + step * max(1, len(pairs))), len(table), 0.1)
    axes.set_xlim(-0.5, max(1, len(pairs)) - 0.5)
    size = max(4.6, min(7.0, step * 3.6))
    for across, pair in enumerate(pairs):
        axes.text(across, -0.62, wrapped(result.column_name(pair), 12), ha="center", va="bottom",
                  fontsize=size, color=MUTED, linespacing=1.2)  # fmt: skip
        for rank, value in enumerate(table[pair].astype(float)):
            _square(axes, (across, rank), value, size)


def _square(axes: Axes, place: tuple[int, int], value: float, size: float) -> None:
    across, rank = place
    if np.isnan(value):
        axes.text(across, rank, "·", ha="center", va="center", fontsize=size, color=MUTED)
        return
    depth = float(np.clip(value, 0, 1))
    axes.add_patch(
        Rectangle((across - 0.47, rank - 0.44), 0.94, 0.88, facecolor=to_hex(_SHADES(depth)),
                  edgecolor=GRID, linewidth=0.6)
    )  # fmt: skip
    axes.text(across, rank, number(value, 2), ha="center", va="center", fontsize=size,
              color=PAPER if depth > 0.84 else INK)  # fmt: skip


def _said_intervals(table: pd.DataFrame, coefficient: str) -> str:
    told = table[table[coefficient].notna()]
    rows = [
        _("{name}: {count}").format(name=name, count=number(float(value), 2))
        for name, value in zip(told["name"], told[coefficient], strict=True)
    ]
    opening = ngettext(
        "{name} on {n} row, the most often met first.",
        "{name} on {n} rows, the most often met first.",
        len(table),
    ).format(name=name_of(coefficient), n=len(table))
    return f"{opening} {_('; ').join(rows)}."


def _said_squares(table: pd.DataFrame, pairs: list[str]) -> str:
    told = table[pairs].astype(float)
    return ngettext(
        "Squares of agreement: {n} row, {pairs} pairs of coders, from {low} to {high}.",
        "Squares of agreement: {n} rows, {pairs} pairs of coders, from {low} to {high}.",
        len(table),
    ).format(
        n=len(table),
        pairs=len(pairs),
        low=number(float(np.nanmin(told)), 2) if told.notna().any(axis=None) else "·",
        high=number(float(np.nanmax(told)), 2) if told.notna().any(axis=None) else "·",
    )
