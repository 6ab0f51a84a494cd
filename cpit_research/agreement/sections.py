"""Units and the gaps between them, laid end to end so that numpy counts every text at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cpit_research.agreement.continuum import NO_CATEGORY, Continuum, Numbers, Ranks


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """The units of several texts, sorted by group, coder and start.

    A group is one category in one text, where at least one unit bears it. What happens in one
    group never touches another.

    Parameters
    ----------
    categories : tuple of str
        Of all the texts; the empty name stands for none.
    n_texts : int
        How many texts.
    text, place, group, coder : ndarray of intp, shape (n_units,)
        The unit's text, its place there, its group, its coder's rank in the text.
    starts, lengths : ndarray of float64, shape (n_units,)
        Starts count from the beginning of the text.
    group_text, group_category : ndarray of intp, shape (n_groups,)
        The text and the category of each group.
    group_coders, group_length : ndarray, shape (n_groups,)
        How many coders read its text, and its length.
    """

    categories: tuple[str, ...]
    n_texts: int
    text: Ranks
    place: Ranks
    group: Ranks
    coder: Ranks
    starts: Numbers
    lengths: Numbers
    group_text: Ranks
    group_category: Ranks
    group_coders: Ranks
    group_length: Numbers

    def by_group(self, values: Numbers, group: Ranks) -> Numbers:
        """Sum values over their groups."""
        return np.bincount(group, values, minlength=len(self.group_text)).astype(np.float64)

    def units_by_group(self) -> Numbers:
        """Return how many units each group has."""
        return self.by_group(np.ones(len(self.group)), self.group)

    def table(self, values: Numbers) -> Numbers:
        """Spread values, one a group, over texts (rows) and categories (columns)."""
        table = np.zeros((self.n_texts, len(self.categories)))
        table[self.group_text, self.group_category] = values
        return table

    def overlapping(self) -> NDArray[np.bool_]:
        """Tell which units overlap the next one of the same coder and group."""
        ends = self.starts + self.lengths
        found: NDArray[np.bool_] = self.starts[1:] < ends[:-1]
        found &= (np.diff(self.group) == 0) & (np.diff(self.coder) == 0)
        return found


def sections(texts: Sequence[Continuum]) -> Sections:
    """Lay the units of texts end to end."""
    bare = any(np.any(text.category == NO_CATEGORY) for text in texts)
    named = {name for text in texts for name in text.categories}
    categories = tuple(sorted(named | ({""} if bare else set())))
    rank = {name: place for place, name in enumerate(categories)}
    sizes = np.array([len(text) for text in texts], dtype=np.intp)
    text = np.repeat(np.arange(len(texts)), sizes)
    category = _joined(
        # The last place answers for -1, no category.
        [
            np.array([*map(rank.get, t.categories), rank.get("", 0)], np.intp)[t.category]
            for t in texts
        ]
    )
    starts = np.concatenate([np.empty(0), *(t.starts - t.start for t in texts)])
    lengths = np.concatenate([np.empty(0), *(t.ends - t.starts for t in texts)])
    coder = _joined([t.coder for t in texts])
    keys, group = np.unique(text * max(len(categories), 1) + category, return_inverse=True)
    order = np.lexsort((starts, coder, group))
    group_text = keys // max(len(categories), 1)
    coders = np.array([len(t.coders) for t in texts], dtype=np.intp)
    whole = np.array([t.length for t in texts], dtype=np.float64)
    return Sections(
        categories,
        len(texts),
        text[order],
        _joined([np.arange(size) for size in sizes])[order],
        group[order],
        coder[order],
        starts[order],
        lengths[order],
        group_text,
        keys % max(len(categories), 1),
        coders[group_text],
        whole[group_text],
    )


def _joined(parts: Sequence[Ranks]) -> Ranks:
    return np.concatenate([np.empty(0, dtype=np.intp), *parts])


def observed_disagreement(cut: Sections) -> Numbers:
    """Return the mean over pairs of coders of the squared differences, shape (n_groups,).

    Pairs are ordered: two units that overlap are met from both sides, a unit in a gap from one.
    """
    # Each group gets a stretch of its own, so that one sorted search serves all of them.
    origin = np.concatenate([[0.0], np.cumsum(cut.group_length + 1)[:-1]])[cut.group]
    starts, ends = cut.starts + origin, cut.starts + cut.lengths + origin
    total = np.zeros(len(cut.group_text))
    for other in range(int(cut.group_coders.max(initial=0))):
        theirs = np.flatnonzero(cut.coder == other)
        mine = np.flatnonzero((cut.coder != other) & (cut.group_coders[cut.group] > other))
        low = np.searchsorted(ends[theirs], starts[mine], side="right")
        high = np.searchsorted(starts[theirs], ends[mine], side="left")
        met = high - low
        inside = mine[met == 0]
        unit = np.repeat(mine, met)
        steps = np.arange(len(unit)) - np.repeat(np.cumsum(met) - met, met)
        facing = theirs[np.repeat(low, met) + steps]
        squares = (starts[unit] - starts[facing]) ** 2 + (ends[unit] - ends[facing]) ** 2
        total += cut.by_group(squares, cut.group[unit])
        total += 2 * cut.by_group(cut.lengths[inside] ** 2, cut.group[inside])
    total /= np.maximum(cut.group_coders * (cut.group_coders - 1), 1)
    return total


def expected_disagreement(cut: Sections) -> Numbers:
    r"""Return the same over all the places that units and gaps could take, shape (n_groups,)."""
    b, group = cut.lengths, cut.group
    n_units = cut.units_by_group()
    coders, whole = cut.group_coders.astype(np.float64), cut.group_length
    among_units = (n_units[group] - 1) * (2 * b**3 - 3 * b**2 + b) / 3
    places = cut.by_group(among_units + b**2 * _places_in_gaps(cut), group)
    pairs = coders * whole * (coders * whole - 1) - cut.by_group(b * (b - 1), group)
    return 2 * whole * np.divide(places, pairs, out=np.zeros_like(places), where=pairs > 0)


def _places_in_gaps(cut: Sections) -> Numbers:
    """Return, for each unit of length b, the sum of h - b + 1 over its group's gaps h >= b."""
    gaps, owner = _gaps(cut)
    stretch = cut.group_length.max(initial=0.0) + 1
    order = np.lexsort((gaps, owner))
    gaps, owner = gaps[order], owner[order]
    low = np.searchsorted(owner * stretch + gaps, cut.group * stretch + cut.lengths, side="left")
    high = np.searchsorted(owner, cut.group, side="right")
    running = np.concatenate([[0.0], np.cumsum(gaps)])
    places: Numbers = running[high] - running[low] - (high - low) * (cut.lengths - 1)
    return places


def _gaps(cut: Sections) -> tuple[Numbers, Ranks]:
    """Return the lengths of the gaps between units, and their groups.

    A coder who used the category nowhere in the text has one gap: the whole text.
    """
    ends = cut.starts + cut.lengths
    new = np.ones(len(ends), dtype=bool)
    new[1:] = (np.diff(cut.group) != 0) | (np.diff(cut.coder) != 0)
    before = np.where(new, cut.starts, cut.starts - np.roll(ends, 1))
    last = np.roll(new, -1)
    after = cut.group_length[cut.group[last]] - ends[last]
    users = np.bincount(cut.group[new], minlength=len(cut.group_text))
    empty = np.repeat(np.arange(len(cut.group_text)), cut.group_coders - users)
    lengths = np.concatenate([before, after, cut.group_length[empty]])
    owner = np.concatenate([cut.group, cut.group[last], empty])
    return lengths[lengths > 0], owner[lengths > 0]
