"""Figures: functions of a result, drawn in one house style."""

from cpit_research.figures.agreement import agreement_heatmap, agreement_intervals
from cpit_research.figures.bars import family_bars
from cpit_research.figures.coverage import coverage_bars
from cpit_research.figures.history import agreement_history

__all__ = [
    "agreement_heatmap",
    "agreement_history",
    "agreement_intervals",
    "coverage_bars",
    "family_bars",
]
