"""Saying what a count leaves out."""

from __future__ import annotations

from cpit_research.corpus.codings import Codings
from cpit_research.wording import ngettext


def left_out(codings: Codings) -> tuple[str, ...]:
    """Return a sentence for each kind of codings of the study that a selection cannot hold."""
    sentences = {
        "other_grid": lambda n: ngettext(
            "{n} coding put under another version of the grid is left out.",
            "{n} codings put under another version of the grid are left out.",
            n,
        ),
        "other_version": lambda n: ngettext(
            "{n} coding put on a text since corrected is left out, until anchored again.",
            "{n} codings put on a text since corrected are left out, until anchored again.",
            n,
        ),
        "conflict": lambda n: ngettext(
            "{n} coding in conflict is left out.", "{n} codings in conflict are left out.", n
        ),
    }
    return tuple(
        sentence(n).format(n=n)
        for reason, sentence in sentences.items()
        if (n := codings.left_out.get(reason, 0))
    )
