"""What subtitle files share: cues become speaker turns.

Consecutive cues of one voice are one line, « Nom : … », their words joined by a space, so that a
sentence cut between two cues is whole again. Voiceless cues go on the same line until a sentence
ends, a pause of two seconds, or a label such as « Nom : » in the words. Each cue keeps its range,
its time codes and its number. Notes that come before the first cue are lines at the top; later
ones are set aside.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.labels import Labelled
from cpit_research.formats.received.timecodes import seconds
from cpit_research.model.structure import Part
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["ARROW", "Subtitles"]

ARROW: Final = "-->"
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t](?P<voice>[^<>]*))?>|</v>")
#: Tags of both formats, and the positions that SubRip writes between braces.
_TAG: Final = re.compile(r"</?(?:[a-z][^<>]*|\d[\d:.]*)?>|\{\\[^{}]*\}", re.IGNORECASE)
_LABEL: Final = re.compile(r"\[?[^\W\d_][^:\n.,;!?]{0,40}\]?\s?:\s")
_ENDED: Final = re.compile(r"[.?!…][\s»\"’)]*$")
#: Numbered characters beyond Unicode, and zeros before a number: they may be of any length.
_NUMBERED: Final = re.compile(r"&#(?:0*(?P<low>\d{1,7})(?!\d)|\d+);?")
_PAUSE: Final = 2.0
_LONGEST_VOICE: Final = 48


@dataclass(frozen=True, slots=True)
class _Cue:
    """What one voice says in one cue."""

    number: int
    voice: str
    words: str
    begins: float | None
    ends: float | None


class Subtitles:
    """Writes the blocks of a subtitle file into a draft."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._cues = 0
        self._unreadable: list[int] = []
        self._unmarked: list[int] = []
        self._notes = 0
        self._line: list[_Cue] = []

    def read(self, text: str) -> None:
        """Write every block, then say what was odd."""
        for first, block in _blocks(text):
            self._block(first, block)
        self._close()
        self._report()

    def _block(self, first: int, block: list[str]) -> None:
        opening = block[0].split(maxsplit=1)[0]
        arrow = next((at for at, line in enumerate(block[:2]) if ARROW in line), None)
        if arrow is not None:
            self._cue(first + arrow, block[arrow], block[arrow + 1 :])
        elif opening == "WEBVTT":
            self._note(first, [block[0].removeprefix("WEBVTT").strip(" \t-:"), *block[1:]])
        elif opening == "NOTE":
            self._note(first, [block[0].removeprefix("NOTE").strip(), *block[1:]])
        elif opening not in {"STYLE", "REGION"}:
            self._unmarked.append(first)
            self._cue(first, "", block)

    def _note(self, first: int, lines: list[str]) -> None:
        numbered = [(at, line) for at, line in enumerate(lines, start=first) if line.strip()]
        if not self._cues:
            for at, line in numbered:
                self._draft.block("paragraph", line, f"line {at}")
        elif numbered:
            self._notes += 1
            words = "\n".join(line for _at, line in numbered)
            self._draft.aside("note", words, at=self._draft.end)

    def _cue(self, at: int, timing: str, lines: list[str]) -> None:
        if not self._cues and self._draft.parts:
            self._draft.line("")
        self._cues += 1
        left, _arrow, right = timing.partition(ARROW)
        begins, ends = seconds(left), seconds((right.split() or [""])[0])
        if timing and (begins is None or ends is None):
            self._unreadable.append(at)
        for voice, words in _voices(" ".join(lines)):
            said = _Cue(self._cues, voice, words, begins, ends)
            if self._line and not _follows(self._line, said):
                self._close()
            self._line.append(said)

    def _close(self) -> None:
        """Write the line that the waiting cues make."""
        cues, self._line = self._line, []
        if not cues:
            return
        draft, voice = self._draft, cues[0].voice
        place = f"cue {cues[0].number}"
        if cues[-1].number > cues[0].number:
            place = f"cues {cues[0].number}–{cues[-1].number}"
        start = draft.line(f"{voice} :" if voice else "")[0]
        ranges = [
            draft.join(" " if voice or rank else "", cue.words) for rank, cue in enumerate(cues)
        ]
        end = ranges[-1][1]
        if voice:
            draft.voices.append(
                Labelled(
                    start,
                    ranges[0][0],
                    end,
                    voice,
                    block=len(draft.parts),
                    certain=True,
                    begins=cues[0].begins,
                    ends=cues[-1].ends,
                )
            )
        draft.parts.append(Part("paragraph", start, end, place=place))
        draft.over += (
            Part("cue", *stretch, begins=cue.begins, ends=cue.ends, place=f"cue {cue.number}")
            for stretch, cue in zip(ranges, cues, strict=True)
        )

    def _report(self) -> None:
        notice = self._draft.notice
        if self._unreadable:
            n = len(self._unreadable)
            notice(
                ngettext(
                    "{n} cue has a time code that cannot be read, line {line}: its words are kept.",
                    "{n} cues have a time code that cannot be read, the first on line {line}: "
                    "their words are kept.",
                    n,
                ).format(n=n, line=self._unreadable[0])
            )
        if self._unmarked:
            n = len(self._unmarked)
            notice(
                ngettext(
                    "{n} block has no time code, line {line}: its words are kept.",
                    "{n} blocks have no time code, the first on line {line}: their words are kept.",
                    n,
                ).format(n=n, line=self._unmarked[0])
            )
        if self._notes:
            notice(
                ngettext("{n} note set aside.", "{n} notes set aside.", self._notes).format(
                    n=self._notes
                )
            )
        if not self._cues:
            notice(_("The file holds no cue."))


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the runs of lines that are not blank, with the number of their first line."""
    run: list[str] = []
    number = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            # A cue that starts without a blank line before it.
            if run and ARROW in line and any(ARROW in before for before in run):
                own = 1 if run[-1].strip().isdecimal() else 0  # the number of the cue
                yield number - len(run), run[: len(run) - own]
                run = run[len(run) - own :]
            run.append(line)
        elif run:
            yield number - len(run), run
            run = []
    if run:
        yield number + 1 - len(run), run


def _voices(words: str) -> Iterator[tuple[str, str]]:
    """Yield each voice of a cue with what it says."""
    voice, at = "", 0
    for found in [*_VOICE.finditer(words), None]:
        said = _plain(words[at : found.start() if found else len(words)])
        if said:
            yield voice, said
        if found:
            voice, at = _name(found["voice"] or ""), found.end()


def _name(voice: str) -> str:
    """Return the name of a voice as a label can hold it."""
    name = " ".join(_unescaped(voice).replace(":", " ").split())
    return name[:_LONGEST_VOICE].strip()


def _plain(words: str) -> str:
    """Return words without tags, entities decoded, blanks made one space each."""
    return " ".join(_unescaped(_TAG.sub("", words)).split(" ")).strip()


def _unescaped(words: str) -> str:
    """Return words with their entities decoded, however long the number of a character is."""
    if "&" not in words:
        return words
    return html.unescape(_NUMBERED.sub(_numbered, words))


def _numbered(found: re.Match[str]) -> str:
    return "\N{REPLACEMENT CHARACTER}" if found["low"] is None else f"&#{found['low']};"


def _follows(line: list[_Cue], cue: _Cue) -> bool:
    """Tell whether a cue goes on the line of the cues before it."""
    before = line[-1]
    if cue.voice or before.voice:
        return cue.voice == before.voice
    if _ENDED.search(before.words) or _LABEL.match(cue.words):
        return False
    return before.ends is None or cue.begins is None or cue.begins - before.ends < _PAUSE
