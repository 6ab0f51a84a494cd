"""What a document of a word processor held besides its text, told in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["sentences"]


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
    for kind, sentence in _counted(met).items():
        if met[kind]:
            yield sentence.format(n=met[kind])


def _counted(met: Mapping[str, int]) -> dict[str, str]:
    return {
        "formatting": ngettext(
            "{n} tracked change of formatting accepted.",
            "{n} tracked changes of formatting accepted.",
            met["formatting"],
        ),
        "comment": ngettext("{n} comment set aside.", "{n} comments set aside.", met["comment"]),
        "note": ngettext(
            "{n} note written after the text.", "{n} notes written after the text.", met["note"]
        ),
        "header": ngettext(
            "{n} page header set aside.", "{n} page headers set aside.", met["header"]
        ),
        "footer": ngettext(
            "{n} page footer set aside.", "{n} page footers set aside.", met["footer"]
        ),
        "text box": ngettext(
            "{n} text box written after its paragraph.",
            "{n} text boxes written after their paragraph.",
            met["text box"],
        ),
        "picture": ngettext("{n} picture left out.", "{n} pictures left out.", met["picture"]),
        "drawing": ngettext(
            "{n} chart or diagram left out: its words are not read.",
            "{n} charts or diagrams left out: their words are not read.",
            met["drawing"],
        ),
        "object": ngettext(
            "{n} embedded object left out.", "{n} embedded objects left out.", met["object"]
        ),
        "embedded": ngettext(
            "{n} embedded document is not read: paste its text into the document.",
            "{n} embedded documents are not read: paste their text into the document.",
            met["embedded"],
        ),
        "number": ngettext(
            "{n} list number written before its paragraph.",
            "{n} list numbers written before their paragraphs.",
            met["number"],
        ),
        "symbol": ngettext(
            "{n} symbol of a special font converted.",
            "{n} symbols of special fonts converted.",
            met["symbol"],
        ),
        "unknown symbol": ngettext(
            "{n} symbol of a special font is not known: � stands in its place.",
            "{n} symbols of special fonts are not known: � stands in their place.",
            met["unknown symbol"],
        ),
        "hidden": ngettext(
            "{n} stretch of hidden text kept: check that it may be read.",
            "{n} stretches of hidden text kept: check that they may be read.",
            met["hidden"],
        ),
    }
