"""A place in a file received, and sentences about a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from cpit_research.wording import LANGUAGES, language
from cpit_research.wording import gettext as _

__all__ = ["about", "shown_place"]

_STEP: Final = re.compile(r"(?P<name>[a-z]+(?: [a-z]+)*) (?P<n>\d+(?:–\d+)?)")


def shown_place(place: str) -> str:
    """Return a place of a structure, ``"table 1, row 2, column 3"``, in the reader's language.

    Examples
    --------
    >>> shown_place("table 1, row 2, column 3"), shown_place("cues 3–5"), shown_place("")
    ('tableau 1, ligne 2, colonne 3', 'sous-titres 3–5', '')
    """
    return _STEP.sub(_step, place)


def _step(match: re.Match[str]) -> str:
    written = _steps(language()).get(match["name"])
    return match[0] if written is None else written.format(n=match["n"])


@lru_cache(maxsize=len(LANGUAGES))
def _steps(_language: str) -> Mapping[str, str]:
    """Return how each step is said, in the language in force."""
    return {
        "paragraph": _("paragraph {n}"),
        "table": _("table {n}"),
        "row": _("row {n}"),
        "column": _("column {n}"),
        "text box": _("text box {n}"),
        "footnote": _("footnote {n}"),
        "endnote": _("endnote {n}"),
        "line": _("line {n}"),
        "cue": _("cue {n}"),
        "cues": _("cues {n}"),
        "page": _("page {n}"),
    }


def about(place: str, sentence: object) -> str:
    r"""Return a sentence with its place before it; a sentence that begins with it is kept as is.

    Examples
    --------
    >>> about("terrain/note.md", "note.md est vide."), about("note.md", "Fichier vide.")
    ('terrain/note.md est vide.', 'note.md\xa0: Fichier vide.')
    """
    words = str(sentence)
    name = place.rsplit("/", 1)[-1]
    if name and words.startswith(f"{name} "):
        return place + words.removeprefix(name)
    return _("{place}: {sentence}").format(place=place, sentence=words)
