"""Sentences about a place: a file, a cell."""

from __future__ import annotations

from cpit_research.wording import gettext as _

__all__ = ["about"]


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
