"""Speaker turns over a text laid out, whatever the reader.

Two layouts are known. In the *colon* layout (« Nom : », « **Nom** : », « Nom (0:04) : »), a turn
is its paragraph, or its lines up to the next label in that paragraph: what a field note tells
between two turns is nobody's speech. In the *bracket* layout (« [Nom] (0:04 - 0:08) » on its own
line), and where most colon labels stand alone on their line, a turn goes on until the next label.
A turn always ends at a heading, a table, a note, or a line that repeats the title of the
document.

:mod:`.labels` says which labels name a speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cpit_research.formats.received.labels import Labelled, Speakers, fold, recognise
from cpit_research.formats.received.timecodes import TIME, span
from cpit_research.language.roles import NOT_SPEAKERS
from cpit_research.model.structure import Part
from cpit_research.text.closeness import within_one_edit
from cpit_research.wording import ngettext

__all__ = ["find_turns", "labelled_lines"]

_INCLUSIVE: Final = r"\((?:e|se|fe|ne|ve|ère|trice|rice|euse)s?\)"
_LABEL: Final = rf"(?P<label>[^\W_](?:[^\[\]():*,;!?«»\"\n]|{_INCLUSIVE}){{0,48}}?)"
_MARKS: Final = r"(?:\*\*|__|\*)?"
_TIMES: Final = (
    rf"(?P<times>\(\s*\d[\d\s:hHm.,;–—‐‑→>à?x/-]{{0,40}}\)?|{TIME}(?:\s*[-–—‐‑→>à/]+\s*{TIME})?)"
)
_BRACKETED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # [Label] (0:04 - 0:08), and [Label (0:04 - 0:08)
        rf"{_MARKS}\[\s*{_LABEL}\s*(?:\]|(?=\())\s*{_MARKS}\s*:?\s*{_TIMES}?\s*\]?{_MARKS}\s*:?{_MARKS}[^\S\n]*",
        # Label] (0:04 - 0:08)
        rf"{_LABEL}\s*\]\s*:?\s*{_TIMES}\s*:?[^\S\n]*",
        # Label (0:04 - 0:08), on its own line
        rf"{_MARKS}{_LABEL}\s*{_MARKS}\s*(?=\(){_TIMES}{_MARKS}[^\S\n]*$",
    )
)
_COLON: Final = re.compile(
    rf"(?:[\[(]?(?P<before>{TIME})[\])]?\s*[-–—]?\s*)?{_MARKS}\[?{_LABEL}\]?\s*{_MARKS}\s*"
    rf"(?:\((?P<aside>[^()\n]{{1,40}})\)\s*)?{_MARKS}:{_MARKS}(?=\s|«|$)[^\S\n]*"
)
_SPOKEN: Final = frozenset({"paragraph", "list_item"})
_HINTS: Final = re.compile(r"[:\[\](]")
_LONGEST_LABEL: Final = 100
_SHORTEST_TITLE: Final = 8


def find_turns(
    text: str,
    parts: Sequence[Part],
    speakers: Collection[str] = (),
    *,
    after: Iterable[Part] = (),
    voices: Sequence[Labelled] = (),
) -> tuple[list[Part], list[str]]:
    """Return the speaker turns of a text, and sentences for the report.

    Parameters
    ----------
    text : str
        Canonical text.
    parts : sequence of Part
        Its blocks, in order.
    speakers : collection of str
        Names, ids and roles that the caller knows.
    after : iterable of Part
        Header fields: their lines are not turns.
    voices : sequence of Labelled
        Labels that the format itself declares.

    Returns
    -------
    turns : list of Part
        In order; none overlaps another.
    sentences : list of str
        Labels corrected, time codes that could not be read, labels left out.
    """
    taken = {part.start for part in after} | {voice.start for voice in voices}
    lines = sorted((*voices, *labelled_lines(text, parts, taken)), key=lambda line: line.start)
    if not lines:
        return [], []
    found = recognise(lines, speakers)
    spoken = _spoken(lines, found, speakers)
    turns = list(_turns(text, parts, spoken, found))
    return turns, list(_sentences(lines, spoken, found))


def labelled_lines(
    text: str, parts: Sequence[Part], taken: Collection[int] = ()
) -> Iterator[Labelled]:
    """Yield the lines of paragraphs and list items that start with something like a label."""
    section = 0
    for block, part in enumerate(parts):
        if part.kind == "heading":
            section += 1
        if part.kind not in _SPOKEN:
            continue
        start = part.start
        while start < part.end:
            end = text.find("\n", start, part.end)
            end = part.end if end < 0 else end
            if start not in taken and _HINTS.search(text, start, min(end, start + _LONGEST_LABEL)):
                line = _labelled(text, start, end, part, block=block, section=section)
                if line is not None:
                    yield line
            start = end + 1


def _labelled(
    text: str, start: int, end: int, part: Part, *, block: int, section: int
) -> Labelled | None:
    words = text[start:end]
    indent = len(words) - len(words.lstrip())
    head = words.strip()[: 2 * _LONGEST_LABEL]  # a label is short: a hostile line costs no more
    listed = part.kind == "list_item"
    for pattern in _BRACKETED:
        match = pattern.match(head)
        if match:
            begins, ends = span(match["times"] or "")
            return Labelled(
                start + indent,
                start + indent + match.end(),
                end,
                match["label"].strip(),
                block,
                section,
                bracketed=True,
                certain=begins is not None,
                listed=listed,
                begins=begins,
                ends=ends,
                unreadable=bool(match["times"]) and (begins is None or ends is None),
            )
    match = _COLON.match(head)
    if not match or not (start == part.start or match["label"][0].isupper()):
        return None
    begins, ends = span(match["before"] or match["aside"] or "")
    return Labelled(
        start + indent,
        start + indent + match.end(),
        end,
        match["label"].strip(),
        block,
        section,
        listed=listed,
        bold="**" in head[: match.end()],
        begins=begins,
        ends=ends,
    )


def _spoken(lines: Iterable[Labelled], found: Speakers, known: Collection[str]) -> list[Labelled]:
    """Return the lines that start a turn."""
    spoken = [line for line in lines if fold(line.label) in found.names]
    bracketed = {found.names[fold(line.label)] for line in spoken if line.bracketed}
    if sum(line.bracketed for line in spoken) < 2:
        return spoken
    # Between brackets people quote one another: « Maire : … » in a speech is not a turn.
    allowed = bracketed | set(known)
    return [
        line
        for line in spoken
        if line.bracketed or line.certain or found.names[fold(line.label)] in allowed
    ]


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Where blocks start, and where speech stops whatever comes next."""

    starts: list[int]
    stops: list[int]

    @classmethod
    def of(cls, text: str, parts: Sequence[Part]) -> _Blocks:
        title = next((text[part.start : part.end] for part in parts if part.start < part.end), "")
        stops = [
            part.start
            for part in parts[1:]
            if part.kind not in _SPOKEN or _repeats(title, text, part)
        ]
        return cls([part.start for part in parts], stops)


def _repeats(title: str, text: str, part: Part) -> bool:
    return (
        len(title) >= _SHORTEST_TITLE
        and abs(part.end - part.start - len(title)) <= 1
        and "\n" not in title
        and within_one_edit(title, text[part.start : part.end])
    )


def _turns(
    text: str, parts: Sequence[Part], spoken: Sequence[Labelled], found: Speakers
) -> Iterator[Part]:
    blocks = _Blocks.of(text, parts)
    colons = [line for line in spoken if not line.bracketed]
    standing_alone = 2 * sum(line.speech >= line.end for line in colons) >= max(1, len(colons))
    for rank, line in enumerate(spoken):
        after = spoken[rank + 1].start if rank + 1 < len(spoken) else len(text)
        stop = bisect_left(blocks.stops, line.start + 1)
        bound = min([after, *blocks.stops[stop : stop + 1]])
        last = line.block
        if line.bracketed or (standing_alone and not line.certain):
            last = bisect_left(blocks.starts, bound) - 1
        elif line.speech >= line.end and parts[line.block].end <= line.end:
            last = min(line.block + 1, bisect_left(blocks.starts, bound) - 1)
        end = min(max(line.end if last == line.block else 0, parts[last].end), bound)
        end = line.start + len(text[line.start : end].rstrip())
        speech = min(line.speech, end)
        speech += len(text[speech:end]) - len(text[speech:end].lstrip())
        yield Part(
            "turn",
            line.start,
            end,
            speaker=found.names[fold(line.label)],
            speech_start=speech,
            begins=line.begins,
            ends=line.ends,
            place=parts[line.block].place,
        )


def _sentences(
    lines: Iterable[Labelled], spoken: Sequence[Labelled], found: Speakers
) -> Iterator[str]:
    """Yield what is to be said of labels and time codes."""
    used = Counter(fold(line.label) for line in spoken)
    for written, speaker, _n in found.corrected:
        n = used[fold(written)]
        if n:
            yield ngettext(
                "The label “{written}” is read as “{speaker}” ({n} turn).",
                "The label “{written}” is read as “{speaker}” ({n} turns).",
                n,
            ).format(written=written, speaker=speaker, n=n)
    yield from _doubtful_times(spoken)
    yield from _left_labels(lines, spoken)


def _doubtful_times(spoken: Sequence[Labelled]) -> Iterator[str]:
    unreadable = sum(line.unreadable for line in spoken)
    if unreadable:
        yield ngettext(
            "{n} turn has a time code that cannot be read.",
            "{n} turns have a time code that cannot be read.",
            unreadable,
        ).format(n=unreadable)
    backwards = sum(
        line.begins is not None and line.ends is not None and line.ends < line.begins
        for line in spoken
    )
    if backwards:
        yield ngettext(
            "{n} turn ends before it begins, by its time codes.",
            "{n} turns end before they begin, by their time codes.",
            backwards,
        ).format(n=backwards)


def _left_labels(lines: Iterable[Labelled], spoken: Iterable[Labelled]) -> Iterator[str]:
    starts = {line.start for line in spoken}
    left = [
        line
        for line in lines
        if line.bracketed and line.start not in starts and fold(line.label) not in NOT_SPEAKERS
    ]
    if left:
        yield ngettext(
            "{n} bracketed label is not taken for a speaker: “{label}”.",
            "{n} bracketed labels are not taken for speakers, the first being “{label}”.",
            len(left),
        ).format(n=len(left), label=left[0].label)
