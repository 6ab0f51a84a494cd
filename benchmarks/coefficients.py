"""Coefficients of agreement: 100,000 units of 2 and of 5 coders, beside other libraries.

`krippendorff` is measured if somebody installed it: its licence (GPL) keeps it out of our
dependencies. "numpy" is the fewest
lines that give the same number when codes are known to run from 0 to 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec

import numpy as np
from stopwatch import compare

from cpit_research.agreement.ac1 import brennan_prediger, gwet_ac1
from cpit_research.agreement.alpha import METRICS, krippendorff_alpha
from cpit_research.agreement.kappa import cohen_kappa, conger_kappa, fleiss_kappa
from cpit_research.agreement.precision import linearized
from cpit_research.agreement.ratings import counts_per_unit
from cpit_research.agreement.shares import specific_agreement

_UNITS = 100_000
_CATEGORIES = 5
_Peers = Mapping[str, Callable[[], object]]


def lines(notes: int = 5_000) -> Iterator[str]:
    """Yield the table: milliseconds of CPU, best of the runs; fewer units for few notes."""
    n_units = min(_UNITS, 20 * notes)
    yield f"agreement, {n_units:,} units, ms of CPU (ours / theirs)".replace(",", " ")
    for n_coders in (2, 5):
        whole, holes = _drawn(n_coders, n_units)
        for what, ours, peers in _measures(whole, holes):
            row = compare(what, n_units, "units", ours, peers)
            beside = "  ".join(
                f"{name} {peer.cpu * 1_000:.1f} ({row.ours.cpu / peer.cpu:.2f})"
                for name, peer in row.limits.items()
                if peer.cpu
            )
            yield f"{n_coders} coders  {what:<36}{row.ours.cpu * 1_000:>8.1f}   {beside}"


def _drawn(n_coders: int, n_units: int) -> tuple[np.ndarray, np.ndarray]:
    """Return ratings in five categories, as whole numbers and, with a tenth missing, as floats."""
    random = np.random.default_rng(1)
    truth = random.integers(0, _CATEGORIES, n_units)
    whole = random.integers(0, _CATEGORIES, (n_coders, n_units))
    whole = np.where(random.random(whole.shape) < 0.7, truth, whole)
    holes = whole.astype(float)
    holes[random.random(whole.shape) < 0.1] = np.nan
    return whole, holes


def _measures(
    whole: np.ndarray, holes: np.ndarray
) -> Iterator[tuple[str, Callable[[], object], _Peers]]:
    measures = whole + np.random.default_rng(2).random(whole.shape)
    for metric in METRICS:
        for what, data in (("", whole), (", missing", holes)):
            bare = _numpy(data, metric)
            yield (
                f"krippendorff_alpha, {metric}{what}",
                lambda data=data, metric=metric: krippendorff_alpha(data, metric),
                {**_krippendorff(data, metric), **({"numpy": bare} if bare else {})},
            )
    yield "alpha, interval, distinct measures", lambda: krippendorff_alpha(measures, "interval"), {}
    if len(whole) == 2:
        yield from _two(*whole)
    table = counts_per_unit(whole)
    yield "fleiss_kappa of a table", lambda: fleiss_kappa(table), {"numpy": lambda: _fleiss(table)}
    for one in (gwet_ac1, brennan_prediger, conger_kappa, specific_agreement):
        bare = {"numpy": lambda: _ac1(whole)} if one is gwet_ac1 else {}
        yield one.__name__, lambda one=one: one(whole), bare
    yield "linearized, gwet_ac1", lambda: linearized(whole, coefficient="gwet_ac1"), {}


def _two(
    first: np.ndarray, second: np.ndarray
) -> Iterator[tuple[str, Callable[[], object], _Peers]]:
    from sklearn.metrics import cohen_kappa_score

    for weights in (None, "quadratic"):
        yield (
            f"cohen_kappa, {weights or 'no weights'}",
            lambda weights=weights: cohen_kappa(first, second, weights),
            {
                "scikit-learn": lambda weights=weights: cohen_kappa_score(
                    first, second, weights=weights
                ),
                "numpy": lambda weights=weights: _cohen(first, second, weights),
            },
        )


def _krippendorff(data: np.ndarray, metric: str) -> _Peers:
    if not find_spec("krippendorff"):
        return {}
    import krippendorff

    return {"krippendorff": lambda: krippendorff.alpha(data, level_of_measurement=metric)}


def _numpy(data: np.ndarray, metric: str) -> Callable[[], float] | None:
    """Return alpha by a table of counts, for codes known to run from 0 to 4."""
    if metric not in {"nominal", "interval"}:
        return None

    def alpha() -> float:
        codes, at = data, np.broadcast_to(np.arange(data.shape[1]), data.shape)
        if data.dtype.kind == "f":
            present = ~np.isnan(data)
            codes, at = data[present].astype(np.intp), at[present]
        cells = np.bincount((at * _CATEGORIES + codes).ravel(), minlength=5 * data.shape[1])
        counts = cells.reshape(-1, _CATEGORIES).astype(float)
        m = counts.sum(axis=1)
        counts, m = counts[m > 1], m[m > 1]
        coincidences = counts.T @ (counts / (m - 1)[:, None])
        coincidences -= np.diag((counts / (m - 1)[:, None]).sum(axis=0))
        n_of = coincidences.sum(axis=0)
        apart = np.subtract.outer(np.arange(5.0), np.arange(5.0)) ** 2
        apart = apart if metric == "interval" else (apart > 0).astype(float)
        return 1 - (n_of.sum() - 1) * (coincidences * apart).sum() / (n_of @ apart @ n_of)

    return alpha


def _cohen(first: np.ndarray, second: np.ndarray, weights: str | None) -> float:
    table = np.bincount(first * 5 + second, minlength=25).reshape(5, 5) / len(first)
    apart = np.subtract.outer(np.arange(5.0), np.arange(5.0)) ** 2
    apart = apart if weights else (apart > 0).astype(float)
    chance = np.outer(table.sum(axis=1), table.sum(axis=0))
    return 1 - (table * apart).sum() / (chance * apart).sum()


def _fleiss(table: np.ndarray) -> float:
    n = table.sum(axis=1)[0]
    observed = ((table * table).sum(axis=1) - n).mean() / (n * (n - 1))
    shares = table.mean(axis=0) / n
    return (observed - shares @ shares) / (1 - shares @ shares)


def _ac1(whole: np.ndarray) -> float:
    n, n_units = whole.shape
    cells = np.bincount((np.arange(n_units) * 5 + whole).ravel(), minlength=5 * n_units)
    table = cells.reshape(n_units, 5)
    observed = ((table * table).sum(axis=1) - n).mean() / (n * (n - 1))
    shares = table.mean(axis=0) / n
    chance = shares @ (1 - shares) / 4
    return (observed - chance) / (1 - chance)
