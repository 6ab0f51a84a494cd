"""Whether a final mark ends a sentence, by what stands on both sides of it."""

from __future__ import annotations

import re
from typing import Final, Literal

from cpit_research.language.abbreviations import (
    ARTICLES,
    CLOSING,
    CLOSING_PAIRS,
    COMPLETE,
    HONORIFICS,
    LETTERED,
    MONTHS,
    MONTHS_TOO,
    NUMBERED,
    OPENERS,
    PAIRS,
    SHORTENED,
    TAKING,
    UNITS,
    WAITING,
    WELDED,
)
from cpit_research.language.openings import CAPITAL

__all__ = ["Next", "abbreviates", "ends", "following"]

#: What comes after a mark.
Next = Literal["nothing", "capital", "digit", "lower", "opening", "symbol", "inside"]

_OPENING: Final = '«“"„‹([{*_‘'
_LETTER_INSIDE: Final = re.compile(rf"[«“\"„‹(\[{{*_‘'’\s]*({CAPITAL})?")
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_ELISION: Final = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
_ACRONYM: Final = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]{1,2}|[^\W\d_]-[^\W\d_]")
_ORDINAL: Final = re.compile(r"\d+(?:ers?|res?|ères?|es?|è|èmes?|ndes?|nds?|°)")
_MEASURE: Final = re.compile(r"\d[\d\s.,]*(?P<unit>[^\W\d_][\w²³/]*|°c)")
_DATE: Final = re.compile(r"\d{1,2}\s?\.\s?\d{2,4}\b")
_MINUTES: Final = re.compile(r"\d{2}(?!\d)")
_CENTURY: Final = re.compile(r"[ivx]+(?:e|è|ème|er)s?")
_FOLLOWS: Final = frozenset({"lower", "digit", "symbol"})
_YEAR: Final = re.compile(r"\d{4}\b")
_ROMAN: Final = re.compile(r"(?:[IVX]+|[LC][IVXLC]+)(?![\w'’])|[ALRD]\.\s?\*?\s?\d")
_NAMED: Final = re.compile(
    rf"(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Pr|Me|Madame|Monsieur)\s+(?:l[ae]s?\s)?[\w'’-]+\.?"
    rf"(?:\s+{CAPITAL}[\w'’-]*)?\s?[.?!…,;)]"
)
_SUFFIX: Final = re.compile(
    r"(?:[\w-]{1,60}\.){0,4}(?:docx?|xlsx?|pptx?|pdf|odt|ods|odp|csv|txt|md|html?|jpe?g|png|gif|svg|mp[34]|wav|zip|vtt|srt"
    r"|rtf|json|xml|py|fr|com|org|net|eu|gouv|info|io)\b",
    re.IGNORECASE,
)
#: What most words are not.
_KNOWN: Final = frozenset.union(
    WELDED, CLOSING, COMPLETE, TAKING, NUMBERED, MONTHS, UNITS, {"me", "op", "loc", "et", "jc"}
)
_ALL_PAIRS: Final = PAIRS | CLOSING_PAIRS
#: How far back a word is looked for: no French abbreviation and its neighbour is longer.
_REACH: Final = 48
_ADDRESS_REACH: Final = 240


def following(text: str, at: int, stop: int) -> Next:
    """Return what stands at `at`, the first character after a mark that is not a space."""
    if at >= stop:
        return "nothing"
    first = text[at]
    if first.isupper() or first.istitle():
        return "capital"
    if first.isdecimal():
        return "digit"
    if first.isalpha():
        return "lower" if first.islower() else "capital"
    if first in _OPENING:
        return "opening"
    if first in "'’" and text[at + 1 : at + 2].isalpha():
        return "lower" if text[at + 1].islower() else "opening"
    if first in "-–−" and text[at + 1 : at + 2].isdecimal():
        return "digit"
    return "inside" if first in ",;:.?!…)]}»”'’-–—/%" else "symbol"


def ends(
    text: str, mark: tuple[int, int], at: int, stop: int, *, begin: int, closed: bool, gap: bool
) -> bool:
    """Tell whether a run of marks ends the sentence that started at `begin`.

    Parameters
    ----------
    mark : tuple of int
        Offsets of the run: « . », « ?! », « … ».
    at, stop : int
        Where what follows starts (closing quotes, notes and asides passed), and the line ends.
    closed : bool
        A quotation closes right after the mark.
    gap : bool
        Something stands between the mark and `at`.
    """
    after = following(text, at, stop)
    if after in {"nothing", "inside"}:
        return after == "nothing"
    run = text[mark[0] : mark[1]]
    asks = "?" in run or "!" in run
    if not gap and not closed and after in {"capital", "digit", "lower"}:
        return after == "capital" and _unspaced(text, mark, at, stop, begin, point=run == ".")
    if asks:
        return after != "lower"
    if run != ".":
        return _suspended_ends(text, mark[0], at, stop, begin=begin, after=after, closed=closed)
    if closed and after == "lower":
        return False
    return not abbreviates(text, mark[0], at, stop, begin=begin, after=after)


def _unspaced(
    text: str, mark: tuple[int, int], at: int, stop: int, begin: int, *, point: bool
) -> bool:
    """Tell whether a mark ends a sentence without a space after it: « C'est acté.On signe. »."""
    since = max(begin, mark[0] - _ADDRESS_REACH)
    before = text[since : mark[0]]
    chunk = (before.split() or [""])[-1]
    if "://" in chunk or "@" in chunk or chunk.lower().startswith("www."):
        return False
    if not point:
        return True
    last = chunk[-1:]
    if _SUFFIX.match(text, at, stop) or not (last.islower() or last in ')»”"' or last.isdecimal()):
        return False
    word = _WORD.match(text, at, stop)
    if word is None or (len(word[0]) > 1 and word[0].isupper()):
        return False
    if len(word[0]) == 1 and text[word.end() : word.end() + 1] not in " \u00a0\u202f":
        return False
    return not abbreviates(text, mark[0], at, stop, begin=begin, after="capital")


def _suspended_ends(
    text: str, mark: int, at: int, stop: int, *, begin: int, after: Next, closed: bool
) -> bool:
    """Tell whether suspension points end: a name may complete the clause, « c'est… Mme Tissot »."""
    inner = _LETTER_INSIDE.match(text, at, stop)
    if after in {"digit", "lower"} or inner is None or inner[1] is None:
        return after == "symbol"
    if closed:
        return True
    if _NAMED.match(text, at, stop):
        return False
    words = text[max(begin, mark - _REACH) : mark].split()
    last = _bare(words[-1]) if words else ""
    return last not in WAITING or _opens_clause(text, inner.start(1), stop)


def abbreviates(text: str, point: int, at: int, stop: int, *, begin: int, after: Next) -> bool:
    """Tell whether the point at `point` belongs to what it follows, and ends nothing.

    Examples
    --------
    >>> line = "Mme T. Elle connaît le dép. et le S.I.V.U."
    >>> [abbreviates(line, at, at + 2, len(line), begin=0, after=after)
    ...  for at, after in ((5, "capital"), (26, "lower"))]
    [False, True]
    """
    words = text[max(begin, point - _REACH) : point].split()
    if not words or text[point - 1].isspace():
        return False
    written = _ELISION.sub("", words[-1].lstrip(_OPENING + "'’-–—"), count=1)
    word = written.lower().replace("’", "'")
    if len(word) > 1 and word.isalpha() and word not in _KNOWN and written not in SHORTENED:
        return False
    before = _bare(words[-2]) if len(words) > 1 else ""
    follows = after in _FOLLOWS
    measure = _MEASURE.fullmatch(word)
    unit = measure["unit"] if measure else word if before[-1:].isdecimal() else ""
    if unit in UNITS and not written.endswith("M"):  # « les 2 M. » are no metres
        return follows and (after != "digit" or _has_parts(unit, text, at, stop))
    if word == "s" and _CENTURY.fullmatch(before):
        return follows
    if word in WELDED or written == "Me" or (before, word) in PAIRS:
        return True
    if (word, _next_short(text, at, stop)) in _ALL_PAIRS:
        return True
    if word in NUMBERED and (after == "digit" or _ROMAN.match(text, at, stop)):
        return True
    if word in MONTHS:
        known = word != "sept" or before[-1:].isdecimal() or before in MONTHS_TOO
        return follows and (known or after == "digit")
    if word in COMPLETE:
        return follows and after != "digit"
    if word in CLOSING or (before, word) in CLOSING_PAIRS or _ORDINAL.fullmatch(word):
        return follows
    if len(word) == 1 and word.isalpha():
        return written.isupper() and before not in LETTERED and _goes_on(text, at, stop, after)
    if word in {"j.-c", "j-c", "jc"} and before in {"av", "apr", "ap", "avant", "après"}:
        return follows
    if _ACRONYM.fullmatch(written) or word in TAKING or written in SHORTENED:
        return _goes_on(text, at, stop, after)
    if word.isdecimal() and len(word) <= 2:
        return _is_counted(text, at, stop, words, after)
    return False


def _has_parts(unit: str, text: str, at: int, stop: int) -> bool:
    """Tell whether a number completes a measure: « 14 h. 30 », « 3 m. 50 »."""
    return unit in {"h", "m"} and _MINUTES.match(text, at, stop) is not None


def _next_short(text: str, at: int, stop: int) -> str:
    """Return the next word when a point or a comma follows it."""
    further = _WORD.match(text, at, stop)
    if further is None or text[further.end() : further.end() + 1] not in {".", ","}:
        return ""
    return further[0].lower()


def _is_counted(text: str, at: int, stop: int, words: list[str], after: Next) -> bool:
    """Tell whether a number opens an item, « : 1. le bâti », or is part of « 12. 05. 2023 »."""
    before = words[-2] if len(words) > 1 else ""
    if after == "lower":
        return before[-1:] in {":", ";"}
    return bool(
        _DATE.match(text, at, stop) or (before[:-1].isdecimal() and _YEAR.match(text, at, stop))
    )


def _goes_on(text: str, at: int, stop: int, after: Next) -> bool:
    """Tell whether what follows completes an initial, an acronym or a title."""
    return after in _FOLLOWS or (after == "capital" and not _opens_clause(text, at, stop))


def _opens_clause(text: str, at: int, stop: int) -> bool:
    """Tell whether the capitalised word at `at` opens a clause, rather than being a name."""
    match = _WORD.match(text, at, stop)
    if match is None:
        return False
    word = match[0].lower().replace("’", "'")
    if len(word) == 1 and text[match.end() : match.end() + 1] == ".":
        return False
    elision = _ELISION.match(word)
    if elision and word not in OPENERS:
        inside = text[at + elision.end() : at + elision.end() + 1]
        return elision[0] not in {"l'", "d'"} or not inside.isupper()
    if word in HONORIFICS:
        return True
    if word in ARTICLES:  # « Le maire » or « Le Goff »
        rest = text[match.end() : match.end() + 2].lstrip()
        return not rest[:1].isupper()
    return word in OPENERS or word.partition("-")[0] in OPENERS


def _bare(word: str) -> str:
    """Return a word in lower case without what surrounds it, nor what is elided before it."""
    plain = word.strip(_OPENING + ".,;:!?…»”)]}").lower().replace("’", "'")
    return _ELISION.sub("", plain, count=1) or plain
