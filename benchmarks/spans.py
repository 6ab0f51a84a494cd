"""Free spans: unitizing alpha of a whole study, and gamma beside pygamma-agreement.

pygamma-agreement is not among our dependencies: where it is not installed, gamma stands beside the
plain set partition of the article only (every group that costs less than its units alone, given to
the same solver). Both peers align the same continua, drawn from the same seed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations, product
from random import Random
from typing import TypeVar

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array
from stopwatch import PATIENCE

from cpit_research.agreement.alignment import least_disorder
from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.dissimilarity import Dissimilarity
from cpit_research.agreement.unitizing import pooled_unitizing_alpha

Done = TypeVar("Done")

_LENGTH = 12_000
#: Units a coder, and coders.
_SHAPES = ((30, 2), (100, 2), (1_000, 2), (15, 3), (30, 3), (100, 3), (15, 4))
#: A peer that would build more groups than this is not asked.
_MOST = 400_000
#: pygamma-agreement computes in single precision.
_SINGLE = 1e-5


def lines(notes: int = 500) -> Iterator[str]:
    """Yield both tables: unitizing alpha of so many notes, then alignments."""
    yield f"unitizing alpha, {notes:,} notes, 30 categories, 2 coders (CPU)"
    texts = [_note(Random(number)) for number in range(notes)]
    gathered, seconds = _best(lambda: [_gathered(rows) for rows in texts])
    yield f"{'units gathered':24}{sum(map(len, texts)):>9,}{seconds * 1_000:>9.1f} ms"
    alpha, seconds = _best(lambda: pooled_unitizing_alpha(gathered))
    yield f"{'alpha, each category':24}{alpha.alpha:>9.3f}{seconds * 1_000:>9.1f} ms"
    yield ""
    yield from _alignments()


def _alignments() -> Iterator[str]:
    peers = {"plain": _plain, **({"pygamma": _pygamma} if find_spec("pygamma_agreement") else {})}
    yield "best alignment, ms of CPU (gamma aligns the coders, then 30 continua or more)"
    yield f"{'units':>7}{'coders':>8}{'ours':>10}" + "".join(f"{name:>10}" for name in peers)
    for units, coders in _SHAPES:
        text = _continuum(Random(units), units, coders)
        disorder, seconds = _best(_ours(text))
        asked = [None if (units + 1) ** coders > _MOST else peer(text) for peer in peers.values()]
        told = [f"{seconds * 1_000:.1f}", *(_beside(peer, disorder) for peer in asked)]
        yield f"{units:>7,}{coders:>8}" + "".join(f"{one:>10}" for one in told)


def _beside(peer: Callable[[], float] | None, disorder: float) -> str:
    if peer is None:
        return "–"
    theirs, seconds = _best(peer)
    return f"{seconds * 1_000:.1f}" if abs(theirs - disorder) < _SINGLE else "differs"


def _ours(text: Continuum) -> Callable[[], float]:
    return lambda: least_disorder(text, Dissimilarity.of(text))


def _plain(text: Continuum) -> Callable[[], float]:
    return lambda: _set_partition(text)


def _set_partition(text: Continuum) -> float:
    """Give the solver every group that costs no more than the article's bound."""
    n, count, by_coder = len(text.coders), len(text), text.by_coder()
    every = np.arange(count)
    apart = np.ones((count + 1, count + 1))  # the last place is no unit
    apart[:count, :count] = Dissimilarity.of(text).between(text, every[:, None], every[None, :])
    choices = [np.append(places, count) for places in by_coder]
    groups = np.stack(np.meshgrid(*choices, indexing="ij"), axis=-1).reshape(-1, n)
    pairs = list(combinations(range(n), 2))
    costs = sum(apart[groups[:, one], groups[:, two]] for one, two in pairs) / len(pairs)
    kept = (costs <= n) & (groups < count).any(axis=1)
    groups, costs = groups[kept], costs[kept]
    group, coder = np.nonzero(groups < count)
    once = csc_array(
        (np.ones(len(group)), (groups[group, coder], group)), shape=(count, len(groups))
    )
    solved = milp(
        costs,
        constraints=LinearConstraint(once, lb=1, ub=1),
        integrality=np.ones(len(groups)),
        bounds=Bounds(0, 1),
    )
    return float(solved.fun) * n / count


def _pygamma(text: Continuum) -> Callable[[], float]:
    """Prepare its continuum and compile its dissimilarity, out of the count."""
    gathered = import_module("pygamma_agreement")
    segment = import_module("pyannote.core").Segment
    theirs = gathered.Continuum()
    for unit in text:
        theirs.add(unit.coder, segment(unit.start, unit.end), unit.category)
    weights = gathered.CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    return lambda: float(theirs.get_best_alignment(weights).disorder)


def _best(work: Callable[[], Done]) -> tuple[Done, float]:
    """Return what is made and the least CPU of three runs."""
    best, runs = float("inf"), min(3, PATIENCE.runs)
    while runs:
        started = time.process_time()
        done = work()
        best, runs = min(best, time.process_time() - started), runs - 1
    return done, best


def _gathered(rows: list[tuple[str, int, int, str]]) -> Continuum:
    return Continuum.of(rows, coders=("1", "2"), start=0, length=_LENGTH)


def _note(draw: Random) -> list[tuple[str, int, int, str]]:
    """Return the units of two coders, about one and a half a category."""
    rows = []
    for coder, category in product(("1", "2"), range(30)):
        at = 0
        while draw.random() < 0.6 and at < _LENGTH - 2_000:
            start = at + draw.randint(1, 1_500)
            at = start + draw.randint(20, 400)
            rows.append((coder, start, at, f"S{category:02}"))
    return rows


def _continuum(draw: Random, units: int, coders: int) -> Continuum:
    """Return coders who mark nine in ten of the same passages, a little aside, coded at random."""
    places = np.cumsum([draw.randint(60, 300) for _ in range(units)])
    rows = []
    for coder, place in product(range(coders), places):
        if draw.random() < 0.9:
            start = int(place) + draw.randint(-20, 20)
            rows.append((str(coder), start, start + draw.randint(30, 120), f"S{draw.randrange(4)}"))
    return Continuum.of(rows)
