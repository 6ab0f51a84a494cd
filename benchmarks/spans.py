"""Free spans: unitizing alpha of a whole study, and gamma beside pygamma-agreement.

pygamma-agreement is not among our dependencies: where it is not installed, gamma stands beside the
plain set partition of the article only (every group that costs less than its units alone, given to
the same solver). Both peers align the same continua, drawn from the same seed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import combinations, product
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from cpit_research.agreement.alignment import least_disorder
from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.dissimilarity import Dissimilarity
from cpit_research.agreement.unitizing import pooled_unitizing_alpha

_LENGTH = 12_000
#: Units a coder, and coders.
_SHAPES = ((30, 2), (100, 2), (1_000, 2), (15, 3), (30, 3), (100, 3), (15, 4))
#: A peer that would build more groups than this is not asked.
_MOST = 400_000


def lines(notes: int = 500) -> Iterator[str]:
    """Yield both tables."""
    yield f"unitizing alpha, {notes} notes, 30 categories, 2 coders"
    texts = [_note(Random(number)) for number in range(notes)]
    gathered, seconds = _best(lambda: [_gathered(rows) for rows in texts])
    yield f"{'units gathered':22}{sum(map(len, texts)):>9,} units {seconds * 1_000:>9.1f} ms"
    alpha, seconds = _best(lambda: pooled_unitizing_alpha(gathered))
    yield f"{'alpha and categories':22}{alpha.alpha:>9.3f} alpha {seconds * 1_000:>9.1f} ms"
    yield ""
    peers: dict[str, Callable[[Continuum], float]] = {"plain": _plain}
    if find_spec("pygamma_agreement"):
        peers["pygamma"] = _pygamma
    yield "best alignment, ms a continuum (gamma aligns one, then 30 or more drawn at random)"
    yield f"{'units':>7}{'coders':>8}{'ours':>10}" + "".join(f"{name:>10}" for name in peers)
    for units, coders in _SHAPES:
        text = _continuum(Random(units), units, coders)
        disorder, seconds = _best(lambda t=text: least_disorder(t, Dissimilarity.of(t)))
        line = f"{units:>7,}{coders:>8}{seconds * 1_000:>10.1f}"
        for peer in peers.values():
            if (units + 1) ** coders > _MOST:
                line += f"{'–':>10}"
                continue
            theirs, seconds = _best(lambda t=text, p=peer: p(t))
            told = f"{seconds * 1_000:.1f}" if abs(theirs - disorder) < 1e-5 else "differs"
            line += f"{told:>10}"
        yield line


def _best[T](work: Callable[[], T]) -> tuple[T, float]:
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        done = work()
        best = min(best, time.process_time() - started)
    return done, best
