"""What opens a line, or stands between two sentences, without belonging to any.

Bullets and numbers of lists, time codes of recordings, labels of speakers, dashes of dialogues.
One line is enough to tell, so that the sentences of two texts put end to end are theirs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cpit_research.language.abbreviations import HONORIFICS, OPENERS
from cpit_research.language.roles import NOT_SPEAKERS, is_role, named_role
from cpit_research.text.folding import fold

__all__ = ["CAPITAL", "after_opening", "between"]

_CAPITALS: Final = "".join(letter for letter in map(chr, range(0x41, 0x250)) if letter.isupper())
#: One capital letter.
CAPITAL: Final = f"[{_CAPITALS}]"
_TIME: Final = r"\d{1,3}\s?:\s?\d{2}(?:\s?:\s?\d{2})?(?:[.,]\d{1,3})?"
_TIMES: Final = rf"{_TIME}(?:\s*(?:-->|[-–—→>à/])\s*{_TIME})?"
_STAMP: Final = rf"(?:[\[(]\s*{_TIMES}\s*[\])]|{_TIMES}(?=\s|$))"
_LETTER: Final = rf"{CAPITAL}\d{{0,2}}\s?:(?=\s)"

_MARKER: Final = re.compile(
    rf"""(?:
      [-–—•*→➔➢▶►▪■◦‣·●○>☐☑☒✓✔✗]+ (?=\s|$)
    | [-–—] (?={CAPITAL})
    | \#{{1,6}} (?=\s)
    | \[[ xX✓]?\] (?=\s)
    | \(\d{{1,2}}\) (?=\s) | \([a-z]\) (?=\s)
    | \d{{1,2}} (?:\)|/|°|\.\)|\.?-) (?=\s)
    | \d{{1,2}} \. (?=\s) (?!\s?\d{{1,3}}\.)
    | \d{{1,2}} (?: \s?[-–—](?=\s*{CAPITAL}[\w'’]*[a-zà-ÿ'’\s]) | \s[-–—](?=\s[^\W\d])
        | \s?:(?=\s{CAPITAL}) )
    | \d{{1,2}} (?:\.\d{{1,2}}){{1,4}} (?: [.)] (?=\s) | (?=\s+["«“]?\s?{CAPITAL}))
    | [A-Za-z] \) (?=\s)
    | (?:[IVX]{{2,5}}) (?:\.|\)) (?=\s)
    )\s*""",
    re.VERBOSE,
)
_LETTERED: Final = re.compile(rf"(?P<letter>[A-HIVX])\.\s+(?=(?P<word>{CAPITAL}[\w'’-]*))")
_STAMPED: Final = re.compile(rf"{_STAMP}\s*:?\s*")
_LABEL: Final = re.compile(
    rf"""[*_]{{0,2}}
    (?P<bracket>\[)? (?P<label>[^\W\d_](?:[^\[\]():;,!?«»"\n]){{0,48}}?) (?(bracket)\])
    [*_]{{0,2}} \s* (?P<aside>\([^()\n]{{1,40}}\)\s*)??
    (?P<times>{_STAMP}\s*)? [*_]{{0,2}}
    (?: (?P<colon>:)[*_]{{0,2}} (?=\s|«|$) | (?=$) ) \s*""",
    re.VERBOSE,
)
_NUMBERED: Final = re.compile(r"\s(?:n°\s?)?\d{1,2}$")
_SIGLE: Final = re.compile(rf"{CAPITAL}{{1,2}}\d{{0,2}}")
_NAME: Final = re.compile(
    rf"(?:[dDlL]['’])?(?:{CAPITAL}\.)*{CAPITAL}[^\W\d_]*\.?(?:[-'’]{CAPITAL}?[^\W\d_]*\.?)*"
)
_SOMEBODY: Final = frozenset({"homme", "femme"})
_PARTICLES: Final = frozenset({"de", "du", "des", "la", "le", "van", "von", "ben", "el", "da"})
_NO_NAMES: Final = re.compile(r"(?:tion|sion|ite|age|isme|ification|ees?|ements?)s?$")
_SIGLES_OF_NOTES: Final = frozenset({"NB", "PS", "CR", "OK", "RV", "RQ", "TD", "RH", "ZA", "HT"})
_BETWEEN: Final = re.compile(
    rf"""\s*(?:
      (?:[\[(]\s*{_TIMES}\s*[\])] | {_TIMES}(?=\s+["«“(\[]?\s?{CAPITAL})) \s*
    | (?: (?<=\s)-\s* | [–—]\s* ) (?=["«“(]?\s?{CAPITAL})
    | {_LETTER} \s*
    )*""",
    re.VERBOSE,
)
_HINTS: Final = re.compile(r"[:\])]|\d\s*$")
_LONGEST_OPENING: Final = 160


def after_opening(text: str, start: int, stop: int, *, labels: bool = True) -> int:
    """Return where the words of the line ``text[start:stop]`` start.

    Parameters
    ----------
    labels : bool
        Look for labels of speakers as well: not where the structure of the text says them.

    Examples
    --------
    >>> line = "- [12:31] Mme Roux (adjointe) : Oui."
    >>> line[after_opening(line, 0, len(line)):]
    'Oui.'
    >>> after_opening("2 agents à mi-temps", 0, 19), after_opening("J. Dupont préside.", 0, 18)
    (0, 0)
    """
    listed = False
    while start < stop:
        first = text[start]
        if first.isspace():
            start += 1
            continue
        # A letter can only open a letter of a list (« a) », « A. ») or a label.
        match = None if first.isalpha() else _STAMPED.match(text, start, stop)
        if match is None and (not first.isalpha() or text[start + 1 : start + 2] in ").IVX"):
            match = _MARKER.match(text, start, stop) or _section(text, start, stop)
            listed = listed or match is not None
        if match is not None:
            start = match.end()
            continue
        if not labels:
            break
        speech = _after_label(text, start, stop, listed=listed)
        if speech == start:
            break
        start = speech
    return start


def between(text: str, start: int, stop: int) -> int:
    """Return where the next sentence starts: after spaces, time codes, a dialogue dash, « R : ».

    Examples
    --------
    >>> line = "Tu viens ? – Oui. (00:25) La suite."
    >>> between(line, 10, len(line)), between(line, 17, len(line))
    (13, 26)
    """
    match = _BETWEEN.match(text, start, stop)
    return match.end() if match else start


def _section(text: str, start: int, stop: int) -> re.Match[str] | None:
    """Match the letter of a section, « A. Ce qui marche », which is no initial."""
    match = _LETTERED.match(text, start, stop)
    if match is None:
        return None
    if match["word"].lower().replace("’", "'") in OPENERS or _elided(match["word"]):
        return match
    named = text.startswith(",", match.end() + len(match["word"]))
    return None if named or text[start:stop].rstrip()[-1:] in ".?!…" else match


def _elided(word: str) -> bool:
    return word[1:2] in "'’" and word[2:3].islower()


def _after_label(text: str, start: int, stop: int, *, listed: bool) -> int:
    window = min(stop, start + _LONGEST_OPENING)
    if not _HINTS.search(text, start, window):
        return start
    match = _LABEL.match(text, start, stop)
    if match is None:
        return start
    label = match["label"].strip(" \u00a0\u202f*_")
    if match["bracket"]:
        spoken = bool(match["times"] or match["colon"] or is_role(label)) and not _field(label)
    elif match["colon"]:
        speech = text[match.end() : min(stop, match.end() + 1)]
        spoken = _speaks(label, speech, listed=listed, timed=bool(match["times"]))
    else:
        spoken = bool(match["times"] or _NUMBERED.search(label)) and is_role(label)
    return match.end() if spoken else start


def _speaks(label: str, speech: str, *, listed: bool, timed: bool) -> bool:
    """Tell whether a label before a colon names who speaks."""
    words = label.split()
    if not words or len(words) > 8:
        return False
    if _SIGLE.fullmatch(label):
        return label not in _SIGLES_OF_NOTES
    if words[0].rstrip(".").lower() in HONORIFICS | {"madame", "monsieur"} and len(words) > 1:
        return is_role(" ".join(words[1:])) or all(
            _NAME.fullmatch(word) or word in _PARTICLES for word in words[1:]
        )
    if is_role(label) or words[0].lower() in _SOMEBODY:
        return not listed and (label[0].isupper() or named_role(label) != label)
    if not _plain_name(tuple(words)):
        return False
    # « Parking : complet » is a heading, « Élise : Merci. » somebody.
    return timed or (not listed and (not speech or speech.isupper() or speech in '«“"…'))


@lru_cache(maxsize=4096)
def _plain_name(words: tuple[str, ...]) -> bool:
    if len(words) > 4 or _field(" ".join(words)):
        return False
    if words[0].lower() in OPENERS or _NO_NAMES.search(fold(words[-1])):
        return False
    return all(_NAME.fullmatch(word) or word in _PARTICLES for word in words) and (
        words[-1] not in _PARTICLES
    )


def _field(label: str) -> bool:
    """Tell whether a label opens a line that names nobody, whatever its gender and number."""
    folded = fold(label)
    if folded in NOT_SPEAKERS:
        return True
    first = folded.partition(" ")[0]
    return any(
        first.removesuffix(ending) + kept in NOT_SPEAKERS
        for ending in ("", "s", "e", "es")
        for kept in ("", "s")
    )
