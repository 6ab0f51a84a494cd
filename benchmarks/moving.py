"""Passages of corrected texts: how many move by themselves, wait, or are mistaken.

The corrections are drawn from a seed and every character is followed (`corrections.py`), so that
the truth of each passage is known without comparing texts. A passage is touched when its own
characters no longer stand whole: it should wait.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from corrections import correct, passages, with_templates
from french import Writer

from cpit_research.text.reanchoring import Reanchoring

_NOTES = 400
_PASSAGES = 100
_PARAGRAPHS = 22
#: Share of the words corrected, and sentences or paragraphs changed in a note.
_HANDS = {"light": (0.002, 3), "ordinary": (0.005, 6), "rewritten": (0.02, 10)}


def lines(notes: int = _NOTES) -> Iterator[str]:
    """Yield the table, a line for each way to correct, on so many notes."""
    yield "passages carried to corrected notes (a thousand words each, template sentences repeated)"
    yield (
        f"{'correction':12}{'passages':>10}{'touched':>10}{'exact':>9}{'moved':>8}"
        f"{'to confirm':>12}{'other words':>13}{'other place':>15}{'µs each':>9}"
    )
    for hand, (typos, changes) in _HANDS.items():
        yield _line(hand, *_counted(notes, typos, changes))


def _counted(notes: int, typos: float, changes: int) -> tuple[Counter[str], float]:
    counts: Counter[str] = Counter()
    seconds = 0.0
    for note in range(notes):
        draw = Random(f"moving {note}")
        write = Writer(draw, ["Ploubihan", "Kerdoncuff"])
        text = "\n".join(write.paragraph(draw.randrange(20, 70)) for _ in range(_PARAGRAPHS))
        old = with_templates(text, draw)
        fresh = [write.sentence() for _ in range(10)]
        made = correct(old, draw, typos=typos, changes=changes, fresh=fresh)
        new, truth = made.new, made.truth()
        asked = list(passages(old, draw, _PASSAGES))
        started = time.process_time()
        moving = Reanchoring(old, new)
        found = [moving.place(start, end) for start, end in asked]
        seconds += time.process_time() - started
        for (start, end), one in zip(asked, found, strict=True):
            places = truth.places(start, end)
            counts["passages"] += 1
            counts[one.outcome] += 1
            counts["touched"] += not places
            if one.outcome != "to_confirm":
                counts["words"] += new[one.start : one.end] != old[start:end]
                counts["place"] += one.start not in places
    return counts, seconds


def _line(hand: str, counts: Counter[str], seconds: float) -> str:
    n = counts["passages"]

    def share(name: str, figures: int = 1) -> str:
        return f"{100 * counts[name] / n:.{figures}f} %"

    place = f"{counts['place']} ({share('place', 3)})"
    return (
        f"{hand:12}{n:>10}{share('touched'):>10}{share('exact'):>9}{share('moved'):>8}"
        f"{share('to_confirm'):>12}{counts['words']:>13}{place:>15}{seconds / n * 1e6:>9.0f}"
    )
