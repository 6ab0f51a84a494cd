"""Sentences of French, by rules: where each starts and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from cpit_research.language.boundaries import abbreviates, ends, following
from cpit_research.language.openings import after_opening, between
from cpit_research.model.structure import BLOCKS, Structure

__all__ = ["sentences"]

_EMOJI: Final = "\u2600-\u2604\u260e-\u2610\u2614-\u27bf\U0001f000-\U0001faff\ufe0f\u200d"
#: A run of final marks, or what opens an aside.
_MARK: Final = re.compile(r"(?:\.(?: \.)+|[.?!…]+)(?:[ \u00a0\u202f][?!]+)*|[(\[]")
#: What closes after a mark: quotes, brackets, emphasis, the call of a note, an emoji.
_CLOSERS: Final = re.compile(
    rf"(?:[ \u00a0\u202f]?[»”›]|[\"”’)\]}}*_]|[¹²³⁰⁴-⁹]|\[\d{{1,3}}\])*(?:\s?[{_EMOJI}]+)*"
)
_CLOSING_QUOTE: Final = re.compile(r"[»”›\"]")
_BRACKET: Final = re.compile(r"[()\[\]]")
_OMITTED: Final = re.compile(r"[\[(]\s*(?:…|\.{3,})\s*[\])]")
_STAMP: Final = re.compile(r"[\[(]\s*\d{1,3}\s?:\s?\d{2}")
_MARKS_AFTER: Final = re.compile(r"\s?([.?!…]+)")
_FINAL: Final = re.compile(r"[.?!…](?:[ \u00a0\u202f]?[»”\"])*(?:\s+|$)")
_SAID: Final = re.compile(r"[^\W_]")
#: Code points beyond which brackets hold no aside: one of them is a slip.
_LONGEST_ASIDE: Final = 400


def sentences(text: str, structure: Structure | None = None) -> list[tuple[int, int]]:
    r"""Return the half-open ranges of the sentences of a text, in order.

    A sentence is the smallest stretch of one line that a coder would code alone: a line feed
    always ends it, and so do the marks « . ? ! … » where no abbreviation, number, name, quotation
    or aside explains them. Bullets and numbers that open a line, time codes, labels of speakers
    and dashes of dialogues belong to no sentence. No dictionary nor model is loaded.

    Parameters
    ----------
    text : str
        Canonical text.
    structure : Structure, optional
        Its parts: a sentence never crosses a block, nor the start of a turn; labels are then those
        of its turns, and its header fields hold no sentence. Without it, labels are recognised
        line by line: a role, a name with « Mme », initials, a name before words with a capital.

    Returns
    -------
    list of (int, int)
        Offsets in code points. Ranges are never empty, never overlap, and start and end on
        something else than a space.

    See Also
    --------
    cpit_research.language.tokens : words, numbers and marks.

    Examples
    --------
    >>> text = "- M. Garrigue hésite, cf. p. 12. On verra !\nQ : Et après ? R : Rien."
    >>> [text[start:end] for start, end in sentences(text)]
    ['M. Garrigue hésite, cf. p. 12.', 'On verra !', 'Et après ?', 'Rien.']
    """
    found: list[tuple[int, int]] = []
    labels = structure is None or not len(structure)
    for start, stop in _lines(text) if structure is None else _regions(text, structure):
        _read(text, start, stop, found, labels=labels)
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (stop := text.find("\n", start)) >= 0:
        yield start, stop
        start = stop + 1
    yield start, len(text)


def _regions(text: str, structure: Structure) -> Iterator[tuple[int, int]]:
    """Yield the stretches of one line, one block and one turn, without labels and header fields."""
    cuts = {0, len(text)}
    silent: list[tuple[int, int]] = []
    for part in structure:
        if part.kind == "header_field":
            silent.append((part.start, part.end))
        elif part.kind == "turn" and part.speech_start > part.start:
            silent.append((part.start, part.speech_start))
        elif part.kind not in BLOCKS and part.kind != "turn":
            continue
        cuts |= {part.start, part.end}
    cuts |= {stop for _start, stop in silent}
    quiet = 0
    for first, last in pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(text))):
        while quiet < len(silent) and silent[quiet][1] <= first:
            quiet += 1
        if quiet < len(silent) and silent[quiet][0] <= first:
            continue
        start = first
        while (stop := text.find("\n", start, last)) >= 0:
            yield start, stop
            start = stop + 1
        yield start, last


def _read(text: str, start: int, stop: int, found: list[tuple[int, int]], *, labels: bool) -> None:
    """Append the sentences of one line, or of a part of it."""
    begin = after_opening(text, start, stop, labels=labels)
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    said = _SAID.search(text, begin, stop)
    if said is None:
        return
    asides = _asides(text, begin, stop)
    while (end := _next_end(text, begin, stop, asides, said.start())) is not None:
        last, resumed = end
        said = _SAID.search(text, resumed, stop)
        if said is None:  # « Oui. […] » or « Oui. ** »: what is left says nothing
            break
        found.append((begin, last))
        begin = resumed
    found.append((begin, stop))


def _next_end(
    text: str, begin: int, stop: int, asides: dict[int, int], said: int
) -> tuple[int, int] | None:
    """Return where the sentence that starts at `begin` ends and where the next one starts.

    None when the line ends it. `said` is the place of its first letter or digit.
    """
    at = begin
    while (match := _MARK.search(text, at, stop)) is not None:
        mark, at = match.span(), match.end()
        if text[mark[0]] in "([":
            close = asides.get(mark[0])
            if close and (mark[0] > begin or not _is_sentence(text, mark[0], close)):
                at = close
            continue
        closing, closed = _closed(text, at, stop)
        at, after = _with_asides(text, closing, stop, asides)
        resumed = between(text, at, stop)
        if after:  # « « On a tout fait. » (entretien 3). »
            ended = ends(text, after, resumed, stop, begin=after[0], closed=False, gap=True)
        else:
            gap = resumed > closing
            ended = ends(text, mark, resumed, stop, begin=begin, closed=closed, gap=gap)
        if ended and said < at:
            return at, resumed
    return None


def _closed(text: str, at: int, stop: int) -> tuple[int, bool]:
    """Return where what closes after a mark ends, and whether a quotation closes there."""
    match = _CLOSERS.match(text, at, stop)
    if match is None or match.end() == at:
        return at, False
    return match.end(), _CLOSING_QUOTE.search(text, at, match.end()) is not None


def _with_asides(
    text: str, last: int, stop: int, asides: dict[int, int]
) -> tuple[int, tuple[int, int] | None]:
    """Pass the asides that stay with the sentence before, « (rires) »; return the mark after."""
    mark = None
    while asides:
        opening = last
        while opening < stop and text[opening].isspace():
            opening += 1
        close = asides.get(opening)
        if (
            close is None
            or _OMITTED.match(text, opening, close)
            or _STAMP.match(text, opening, close)
            or _is_sentence(text, opening, close)
        ):
            break
        last, match = close, _MARKS_AFTER.match(text, close, stop)
        mark = match.span(1) if match else None
        if mark:
            last = _closed(text, mark[1], stop)[0]
    return last, mark


def _asides(text: str, start: int, stop: int) -> dict[int, int]:
    """Return, for each bracket that is closed on the line, where what it holds ends."""
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {"(": [], "[": []}
    for match in _BRACKET.finditer(text, start, stop):
        bracket, at = match[0], match.start()
        if bracket in waiting:
            waiting[bracket].append(at)
        elif opened := waiting["(" if bracket == ")" else "["]:
            opening = opened.pop()
            if at - opening <= _LONGEST_ASIDE:
                found[opening] = at + 1
    return found


def _is_sentence(text: str, opening: int, close: int) -> bool:
    """Tell whether an aside holds a final mark of its own, « (Il manque les clés.) »."""
    said = text[opening + 1 : close - 1].rstrip(' \u00a0\u202f»”"')
    if not _SAID.search(said):
        return False
    for match in _FINAL.finditer(said):
        mark, at = match.start(), match.end()
        after = following(said, at, len(said))
        if said[mark] != ".":
            ended = after in {"nothing", "capital", "opening"}
        else:
            ended = after != "inside" and not abbreviates(
                said, mark, at, len(said), begin=0, after="lower" if after == "nothing" else after
            )
        if ended:
            return True
    return False
