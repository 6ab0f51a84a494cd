"""Which of the labels found at the start of lines name a speaker, and how they are spelt.

A label is accepted when it is

1. one of the names, ids or roles that the caller knows;
2. a role (« Chercheur·se 2 », « Le maire », « Cheffe de projet PVD »: see
   :mod:`cpit_research.language.roles`);
   in a bulleted list only if it comes back, since « - Maire : Mme X » lists who was there;
3. certain: the voice of a subtitle, or a bracketed label with time codes;
4. within one edit of a label that is known, or frequent in the document (three times, and three
   times as often as itself), or of a long role: then it is that one, misspelt;
5. a plausible name (« Claire », « Mme Petit », « CM », « R1 ») in a *dialogue*: it starts at least
   two lines and takes turns with another label, A–B–A, without a heading between them; then, once
   a dialogue is established, a plausible name that speaks only once in the middle of it: right
   between two turns, or in bold beside one where labels are in bold.

Words that open the lines of notes and sheets (« Objectif », « Date », « À noter »…) never name a
speaker unless the caller says so; nor do labels that come back in a fixed order of three or more,
as the fields of a form do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from cpit_research.formats.received.misspellings import Near
from cpit_research.language.roles import NOT_SPEAKERS, ROLES, is_role
from cpit_research.text.folding import fold as _fold

__all__ = ["Labelled", "Speakers", "fold", "recognise"]

fold = lru_cache(maxsize=4096)(_fold)  # the same few labels come back on every line

FREQUENT: Final = 3
_SHORTEST_ROLE_CORRECTED: Final = 7
#: How many blocks may part two labels of one exchange.
_NEAR: Final = 3
#: How many turns make a dialogue in which a name may speak only once.
_ESTABLISHED: Final = 4

_HONORIFICS: Final = frozenset(
    {"m.", "m", "mr", "mr.", "mme", "mme.", "mlle", "dr", "dr.", "madame", "monsieur"}
)
_PARTICLES: Final = frozenset(
    {"de", "du", "des", "la", "le", "les", "van", "von", "ben", "el", "da", "dos"}
)
_CAPITALISED: Final = re.compile(
    r"(?:d'|d’|l'|l’)?[^\W\d_a-zà-ÿ][^\W\d_]*\.?(?:[-'’·.][^\W\d_]+\.?)*"
)
_SIGLE: Final = re.compile(r"[A-Z]{1,4}\d{0,3}")
_LONGEST_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that starts with something like a label.

    Parameters
    ----------
    start, speech, end : int
        Offsets of the label, of what follows it, and of the end of the line.
    label : str
        As written, without brackets, asterisks and time codes.
    block, section : int
        Rank of the block it stands in, and how many headings come before.
    bracketed, certain, listed, bold : bool
        ``[Label]``; a voice, or a bracketed label with time codes; in a list item; ``**Label**``.
    begins, ends : float or None
        Time codes, in seconds.
    unreadable : bool
        Time codes are written, and some of them cannot be read.
    """

    start: int
    speech: int
    end: int
    label: str
    block: int = 0
    section: int = 0
    bracketed: bool = False
    certain: bool = False
    listed: bool = False
    bold: bool = False
    begins: float | None = None
    ends: float | None = None
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Speakers:
    """The speakers recognised: how each folded label is spelt, and what was corrected."""

    names: Mapping[str, str]
    corrected: tuple[tuple[str, str, int], ...]


def recognise(lines: Sequence[Labelled], known: Collection[str]) -> Speakers:
    """Return the speakers among the labels of `lines`.

    Parameters
    ----------
    lines : sequence of Labelled
        In the order of the text.
    known : collection of str
        Names, ids and roles that the caller knows.
    """
    written: dict[str, Counter[str]] = {}
    for line in lines:
        written.setdefault(fold(line.label), Counter())[line.label] += 1
    counts = {label: forms.total() for label, forms in written.items()}
    familiar, near_known = _known(tuple(known))
    sure = _sure(lines, counts, familiar)
    speakers = sure | _talking(lines, counts, sure)
    speakers |= _passing(lines, speakers)
    shown = {
        label: familiar.get(label) or written[label].most_common(1)[0][0] for label in speakers
    }
    often = sorted(speakers, key=lambda label: (-counts[label], label))
    near_frequent = Near(
        {label: shown[label] for label in often if counts[label] >= FREQUENT},
        weights={label: counts[label] // FREQUENT for label in often},
    )
    corrected = []
    for label, forms in written.items():
        if label in familiar or _field(label) or is_role(label):
            continue
        spelling = (
            near_known.spelling(label)
            or near_frequent.spelling(label, times=counts[label])
            or _near_roles().spelling(label)
        )
        if spelling:
            shown[label] = spelling
            corrected.append((forms.most_common(1)[0][0], spelling, counts[label]))
    return Speakers(shown, tuple(corrected))


def _sure(
    lines: Iterable[Labelled], counts: Mapping[str, int], familiar: Mapping[str, str]
) -> set[str]:
    sure = set()
    for line in lines:
        label = fold(line.label)
        doubtful = line.listed or (line.label[0].islower() and label not in familiar)
        if label in familiar or is_role(line.label):
            accepted = counts[label] > 1 or not doubtful
        else:
            accepted = line.certain and not _field(label)
        if accepted:
            sure.add(label)
    return sure


def _talking(lines: Sequence[Labelled], counts: Mapping[str, int], sure: set[str]) -> set[str]:
    """Return the plausible names that take turns with another label."""
    sequence = [
        (line, label)
        for line in lines
        if (label := fold(line.label)) in sure or (counts[label] > 1 and plausible(line.label))
    ]
    if _is_form([label for _line, label in sequence if label not in sure]):
        return set()
    near = [
        first != second and one.section == other.section and _near(one, other)
        for (one, first), (other, second) in pairwise(sequence)
    ]
    talking: set[str] = set()
    for at, (before, after) in enumerate(pairwise(near)):
        if before and after and sequence[at][1] == sequence[at + 2][1]:
            talking |= {sequence[at][1], sequence[at + 1][1]}
    exchanges: Counter[str] = Counter()
    for exchanged, ((_one, first), (_other, second)) in zip(near, pairwise(sequence), strict=True):
        if exchanged and (first in talking or first in sure):
            exchanges[second] += 1
        if exchanged and (second in talking or second in sure):
            exchanges[first] += 1
    return talking | {label for label, times in exchanges.items() if times > 1}


def _passing(lines: Iterable[Labelled], speakers: Collection[str]) -> set[str]:
    """Return the plausible names that speak once in the middle of an established dialogue."""
    sequence = [line for line in lines if fold(line.label) in speakers or plausible(line.label)]
    spoken = [line for line in sequence if fold(line.label) in speakers and not line.bracketed]
    if len(spoken) < _ESTABLISHED:
        return set()
    bold = 2 * sum(line.bold for line in spoken) > len(spoken)
    passing: set[str] = set()
    for at, line in enumerate(sequence):
        if fold(line.label) in speakers or line.bracketed:
            continue
        beside = [
            abs(other.block - line.block)
            for other in (*sequence[max(at - 1, 0) : at], *sequence[at + 1 : at + 2])
            if fold(other.label) in speakers and other.section == line.section
        ]
        if (line.bold and min(beside, default=_NEAR + 1) <= _NEAR) if bold else beside == [1, 1]:
            passing.add(fold(line.label))
    return passing


def _near(one: Labelled, other: Labelled) -> bool:
    alone = one.bracketed or one.speech >= one.end
    return alone or other.block - one.block <= _NEAR


def _is_form(labels: Sequence[str]) -> bool:
    """Tell whether labels come back in one fixed order of three or more, as fields of a form."""
    period = len(set(labels))
    return period >= 3 and all(label == labels[at % period] for at, label in enumerate(labels))


def plausible(label: str) -> bool:
    """Tell whether a label can be a name: capitalised words, particles, or a short sigle.

    Examples
    --------
    >>> plausible("Mme Petit"), plausible("Q1"), plausible("Objectif 2"), plausible("La suite")
    (True, True, False, False)
    """
    if _field(fold(label)):
        return False
    words = label.split()
    if len(words) > 1 and words[-1].isdecimal():
        words = words[:-1]
    if len(words) == 1 and _SIGLE.fullmatch(words[0]):
        return True
    names = [word for word in words if fold(word) not in _HONORIFICS]
    if not 1 <= len(names) <= _LONGEST_NAME or names[-1].lower() in _PARTICLES:
        return False
    return all(word in _PARTICLES or _CAPITALISED.fullmatch(word) for word in names)


def _field(label: str) -> bool:
    """Tell whether a folded label opens a line that names nobody."""
    return label in NOT_SPEAKERS or label.partition(" ")[0] in NOT_SPEAKERS


@lru_cache(maxsize=4)
def _known(names: tuple[str, ...]) -> tuple[Mapping[str, str], Near]:
    """Return the names that a study knows, by folded name: the same for all its documents."""
    familiar = {fold(name): name for name in names}
    return familiar, Near(familiar)


@lru_cache(maxsize=1)
def _near_roles() -> Near:
    return Near(ROLES, shortest=_SHORTEST_ROLE_CORRECTED)
