"""Boundaries found against boundaries written by hand: precision, recall and their mean, F1.

A reference file holds items: a text, and its sentences as exact substrings in order. Counts are
pooled over items, so that a long item weighs what it holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

Spans = Sequence[tuple[int, int]]

REFERENCES = Path(__file__).parents[1] / "tests" / "reference" / "sentences"


@dataclass(frozen=True)
class Item:
    """One text and its sentences."""

    id: str
    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Score:
    """What was found, expected and common, of ends, of starts and of whole spans."""

    ends: tuple[int, int, int]
    starts: tuple[int, int, int]
    whole: tuple[int, int, int]

    def f1(self, what: str = "ends") -> float:
        """Return 2·common / (found + expected)."""
        found, expected, common = getattr(self, what)
        return 2 * common / (found + expected) if found + expected else 1.0

    def precision(self, what: str = "ends") -> float:
        """Return common / found."""
        found, _expected, common = getattr(self, what)
        return common / found if found else 1.0

    def recall(self, what: str = "ends") -> float:
        """Return common / expected."""
        _found, expected, common = getattr(self, what)
        return common / expected if expected else 1.0


def read(path: Path) -> list[Item]:
    """Return the items of a reference file."""
    return [
        Item(one["id"], one["kind"], one["text"], placed(one["text"], one["sentences"]))
        for one in json.loads(path.read_text(encoding="utf-8"))
    ]


def placed(text: str, sentences: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return where sentences written in order stand in their text."""
    spans, at = [], 0
    for sentence in sentences:
        start = text.index(sentence, at)
        at = start + len(sentence)
        spans.append((start, at))
    return tuple(spans)


def score(items: Iterable[Item], find: Callable[[str], Spans]) -> Score:
    """Return the score of what `find` says of each text."""
    counts = {what: [0, 0, 0] for what in ("ends", "starts", "whole")}
    for item in items:
        found = [(start, end) for start, end in find(item.text)]
        for what, pick in (
            ("ends", lambda span: span[1]),
            ("starts", lambda span: span[0]),
            ("whole", lambda span: span),
        ):
            ours, theirs = set(map(pick, found)), set(map(pick, item.spans))
            for at, n in enumerate((len(ours), len(theirs), len(ours & theirs))):
                counts[what][at] += n
    return Score(*(tuple(counts[what]) for what in ("ends", "starts", "whole")))
