"""What a document of a word processor held besides its text, told in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["sentences"]

#: How many of a thing there are, told. A sentence is looked for when it is needed.
_COUNTED: Final[Mapping[str, Callable[[int], str]]] = {
    "formatting": lambda n: ngettext(
        "{n} tracked change of formatting accepted.",
        "{n} tracked changes of formatting accepted.",
        n,
    ),
    "comment": lambda n: ngettext("{n} comment set aside.", "{n} comments set aside.", n),
    "note": lambda n: ngettext(
        "{n} note written after the text.", "{n} notes written after the text.", n
    ),
    "header": lambda n: ngettext("{n} page header set aside.", "{n} page headers set aside.", n),
    "footer": lambda n: ngettext("{n} page footer set aside.", "{n} page footers set aside.", n),
    "text box": lambda n: ngettext(
        "{n} text box written after its paragraph.",
        "{n} text boxes written after their paragraph.",
        n,
    ),
    "picture": lambda n: ngettext("{n} picture left out.", "{n} pictures left out.", n),
    "drawing": lambda n: ngettext(
        "{n} chart or diagram left out: its words are not read.",
        "{n} charts or diagrams left out: their words are not read.",
        n,
    ),
    "object": lambda n: ngettext(
        "{n} embedded object left out.", "{n} embedded objects left out.", n
    ),
    "embedded": lambda n: ngettext(
        "{n} embedded document is not read: paste its text into the document.",
        "{n} embedded documents are not read: paste their text into the document.",
        n,
    ),
    "number": lambda n: ngettext(
        "{n} list number written before its paragraph.",
        "{n} list numbers written before their paragraphs.",
        n,
    ),
    "unnumbered": lambda n: ngettext(
        "{n} paragraph has a number that is not in the text: its list is not described.",
        "{n} paragraphs have numbers that are not in the text: their lists are not described.",
        n,
    ),
    "symbol": lambda n: ngettext(
        "{n} symbol of a special font converted.",
        "{n} symbols of special fonts converted.",
        n,
    ),
    "unknown symbol": lambda n: ngettext(
        "{n} symbol of a special font is not known: � stands in its place.",
        "{n} symbols of special fonts are not known: � stands in their place.",
        n,
    ),
    "hidden": lambda n: ngettext(
        "{n} stretch of hidden text kept: check that it may be read.",
        "{n} stretches of hidden text kept: check that they may be read.",
        n,
    ),
}


def sentences(met: Mapping[str, int]) -> Iterator[str]:
    """Yield a sentence for each thing met that a reader of the report should know.

    Parameters
    ----------
    met : mapping of str to int
        How many of each thing: ``"insertion"``, ``"comment"``, ``"picture"``…
    """
    insertions, deletions = met["insertion"], met["deletion"]
    if insertions or deletions:
        yield _(
            "Tracked changes accepted (insertions kept: {insertions}, "
            "deletions set aside: {deletions})."
        ).format(insertions=insertions, deletions=deletions)
    for kind, sentence in _COUNTED.items():
        if met[kind]:
            yield sentence(met[kind]).format(n=met[kind])
