"""Drawing notes by strata: the same seed draws the same notes, whatever their order."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import InvalidInput
from cpit_research.model.source import Source
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _

__all__ = ["STRATA", "Stratum", "allocated", "draw", "sample_size"]

#: What notes may be stratified by, as people write it.
STRATA: Final[Mapping[str, str]] = {
    "territory": "territory",
    "visit_kind": "visit_kind",
    "visit": "visit_kind",
}
#: Characters of a sample; beyond, no number of notes.
_LONGEST: Final = 20
_SHARE: Final = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*%\s*")


@dataclass(frozen=True, slots=True)
class Stratum:
    """The notes that share a territory, a kind of visit…, and those drawn among them.

    Parameters
    ----------
    values : tuple of str
        What they share, in the order asked for; empty where the register does not say, and
        ``"several"`` for the meetings of several territories.
    available : int
        How many notes there are.
    drawn : tuple of str
        Ids of those drawn.
    """

    values: tuple[str, ...]
    available: int
    drawn: tuple[str, ...]


def sample_size(sample: str | int, available: int) -> int:
    """Return how many notes ``"20%"`` or a number ask for; a share is rounded up.

    Raises
    ------
    InvalidInput
        If it is neither, or asks for none or for more than there are.

    Examples
    --------
    >>> sample_size("20%", 12), sample_size("4", 12)
    (3, 4)
    """
    said = str(sample).strip()
    share = _SHARE.fullmatch(said) if len(said) <= _LONGEST else None
    if share is not None:
        n = math.ceil(Fraction(share[1].replace(",", ".")) * available / 100)
    elif said.isdecimal() and len(said) <= _LONGEST:
        n = int(said)
    else:
        raise InvalidInput(
            _("“{sample}” is no sample.").format(sample=sample),
            remedy=_("Write a share, such as 20%, or a number of notes."),
        )
    if not 1 <= n <= available:
        raise InvalidInput(
            _("A sample of {sample} cannot be drawn.").format(sample=sample),
            exists=_("The study holds {n} notes.").format(n=available),
        )
    return n


def allocated(sizes: Sequence[int], n: int) -> list[int]:
    """Return how many to draw in each stratum: in proportion, by largest remainder.

    When `n` allows it, no stratum is left without one.

    Parameters
    ----------
    sizes : sequence of int
        Sizes of the strata, each at least 1.
    n : int
        From 0 to their sum. Between equal remainders, the first stratum is served.

    Examples
    --------
    >>> allocated([6, 3, 1], 5), allocated([10, 1, 1], 3)
    ([3, 1, 1], [1, 1, 1])
    """
    total = sum(sizes)
    least = 1 if n >= len(sizes) else 0
    given = [max(least, n * size // total) for size in sizes]

    def owed(at: int) -> int:  # exact: remainders in `total`-ths
        return n * sizes[at] - given[at] * total

    while sum(given) < n:
        given[max((at for at in range(len(sizes)) if given[at] < sizes[at]), key=owed)] += 1
    while sum(given) > n:
        given[min((at for at in range(len(sizes)) if given[at] > least), key=owed)] -= 1
    return given


def draw(
    corpus: Corpus, sample: str | int, *, stratify: Iterable[str], seed: int
) -> tuple[Stratum, ...]:
    """Draw notes at random, in proportion to strata.

    Every note has a number drawn from the seed and its own id, and those of smallest number are
    taken in each stratum [1]_: the draw depends on no order and on no generator.

    Parameters
    ----------
    corpus : Corpus
        The notes to draw from.
    sample : str or int
        ``"20%"``, or a number of notes.
    stratify : iterable of str
        ``"territory"``, ``"visit_kind"`` (or ``"visit"``); nothing for one stratum.
    seed : int
        The seed.

    Returns
    -------
    tuple of Stratum
        In the order of their values.

    Raises
    ------
    InvalidInput
        If the sample or what it is stratified by cannot be understood.

    References
    ----------
    .. [1] Ohlsson, E. (1995). Coordination of samples using permanent random numbers. In B. G. Cox
       et al. (eds), *Business Survey Methods*, 153-169. Wiley. doi:10.1002/9781118150504.ch9
    """
    by = [_known(one) for one in stratify]
    grouped: dict[tuple[str, ...], list[Source]] = {}
    for source in corpus:
        grouped.setdefault(tuple(_value(corpus, source, one) for one in by), []).append(source)
    n = sample_size(sample, len(corpus))
    # Between equal remainders chance decides, not the alphabet.
    order = sorted(grouped, key=lambda values: _number(seed, *values))
    shares = allocated([len(grouped[values]) for values in order], n)
    drawn = {
        values: sorted((source.id for source in grouped[values]), key=lambda k: _number(seed, k))
        for values in order
    }
    return tuple(
        Stratum(values, len(drawn[values]), tuple(sorted(drawn[values][:share])))
        for values, share in sorted(zip(order, shares, strict=True))
    )


def _known(name: str) -> str:
    if name not in STRATA:
        close = nearest(name, STRATA)
        raise InvalidInput(
            _("Notes cannot be stratified by “{name}”.").format(name=name),
            exists=_("It can be: {values}.").format(values=", ".join(STRATA)),
            remedy=_("Did you mean “{close}”?").format(close=close) if close else "",
        )
    return STRATA[name]


def _value(corpus: Corpus, source: Source, by: str) -> str:
    visit = corpus.visit(source)
    if visit is None:
        return ""
    if by == "visit_kind":
        return visit.kind
    return visit.territories[0] if len(visit.territories) == 1 else _several(visit.territories)


def _several(territories: tuple[str, ...]) -> str:
    """Return the value of meetings that gather territories: one stratum, whoever came."""
    return "several" if territories else ""


def _number(seed: int, *words: str) -> bytes:
    said = "\0".join((str(seed), *words))
    return hashlib.blake2b(said.encode(), digest_size=8).digest()
