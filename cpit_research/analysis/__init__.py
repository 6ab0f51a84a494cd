"""Counting and finding: pure functions of codings, texts and register."""

from cpit_research.analysis.coverage import coverage
from cpit_research.analysis.crosstab import crosstab
from cpit_research.analysis.evolution import grid_changes, recoding_debt
from cpit_research.analysis.inventory import inventory
from cpit_research.analysis.quotations import quotations
from cpit_research.analysis.search import search

__all__ = [
    "coverage",
    "crosstab",
    "grid_changes",
    "inventory",
    "quotations",
    "recoding_debt",
    "search",
]
