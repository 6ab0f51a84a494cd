"""What a PDF held besides its text, and what was done to it, told in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cpit_research.wording import ngettext

__all__ = ["pages", "sentences"]


def pages(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them.

    Examples
    --------
    >>> pages([1, 2, 3, 7])
    '1–3, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def sentences(met: Mapping[str, int], where: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Yield a sentence for each thing met that a reader of the report should know.

    Parameters
    ----------
    met : mapping of str to int
        How many of each thing: ``"symbol"``, ``"comment"``…
    where : mapping of str to sequence of int
        The pages concerned: ``"without text"``, ``"invisible"``, ``"uncertain"``.
    """
    for kind, sentence in _by_page(where).items():
        if where.get(kind):
            yield sentence.format(pages=pages(where[kind]), n=len(where[kind]))
    for kind, sentence in _counted(met).items():
        if met[kind]:
            yield sentence.format(n=met[kind])


def _by_page(where: Mapping[str, Sequence[int]]) -> dict[str, str]:
    def n(kind: str) -> int:
        return len(where.get(kind, ()))

    return {
        "without text": ngettext(
            "{n} page holds pictures and no text (page {pages}): it is not read.",
            "{n} pages hold pictures and no text (pages {pages}): they are not read.",
            n("without text"),
        ),
        "invisible": ngettext(
            "The text of {n} page is that of a character recognition (page {pages}): check it "
            "against the picture.",
            "The text of {n} pages is that of a character recognition (pages {pages}): check it "
            "against the pictures.",
            n("invisible"),
        ),
        "uncertain": ngettext(
            "The order of {n} page with words side by side is uncertain (page {pages}): it is "
            "read from top to bottom.",
            "The order of {n} pages with words side by side is uncertain (pages {pages}): they "
            "are read from top to bottom.",
            n("uncertain"),
        ),
    }


def _counted(met: Mapping[str, int]) -> dict[str, str]:
    return {
        "joined": ngettext(
            "{n} word cut at the end of a line joined again.",
            "{n} words cut at the end of a line joined again.",
            met["joined"],
        ),
        "kept": ngettext(
            "{n} hyphen at the end of a line kept: it may cut a word.",
            "{n} hyphens at the end of a line kept: they may cut words.",
            met["kept"],
        ),
        "symbol": ngettext(
            "{n} symbol of a special font converted.",
            "{n} symbols of special fonts converted.",
            met["symbol"],
        ),
        "unreadable": ngettext(
            "{n} character is not readable: � stands in its place.",
            "{n} characters are not readable: � stands in their place.",
            met["unreadable"],
        ),
        "unread": ngettext(
            "{n} character is of a font that does not say what it draws: check it.",
            "{n} characters are of fonts that do not say what they draw: check them.",
            met["unread"],
        ),
        "header": ngettext(
            "{n} page header set aside.", "{n} page headers set aside.", met["header"]
        ),
        "footer": ngettext(
            "{n} page footer set aside.", "{n} page footers set aside.", met["footer"]
        ),
        "page_number": ngettext(
            "{n} page number set aside.", "{n} page numbers set aside.", met["page_number"]
        ),
        "askew": ngettext(
            "{n} stretch of words written in another direction set aside.",
            "{n} stretches of words written in another direction set aside.",
            met["askew"],
        ),
        "comment": ngettext("{n} comment set aside.", "{n} comments set aside.", met["comment"]),
        "highlight": ngettext(
            "{n} highlighted passage set aside.",
            "{n} highlighted passages set aside.",
            met["highlight"],
        ),
        "field": ngettext(
            "{n} form field written in its place.",
            "{n} form fields written in their place.",
            met["field"],
        ),
        "attachment": ngettext(
            "{n} attached file is not read.", "{n} attached files are not read.", met["attachment"]
        ),
        "row": ngettext(
            "{n} row of words side by side, cells separated by tabs.",
            "{n} rows of words side by side, cells separated by tabs.",
            met["row"],
        ),
    }
