"""Words, numbers and marks of French: where each starts and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["TOKEN_KINDS", "TokenKind", "Tokens", "tokens"]

TokenKind = Literal["word", "number", "address", "punctuation", "symbol"]
TOKEN_KINDS: Final[tuple[TokenKind, ...]] = ("word", "number", "address", "punctuation", "symbol")

_MARKS: Final = "[\u0300-\u036f\u00ad]*"
_LETTER: Final = rf"[^\W\d_]{_MARKS}"
_RUN: Final = rf"(?:[^\W_]{_MARKS})+"
_SPACE: Final = "[ \u00a0\u202f\u2009]"
_END: Final = r"(?![^\W_])"
#: Clocks, telephones and thousands hold spaces; nothing else does.
_CLOCK: Final = rf"\d{{1,2}}{_SPACE}?h(?:{_SPACE}?\d{{2}}(?!\d))?{_END}"
_SPACED: Final = (
    rf"{_CLOCK}|0\d(?:{_SPACE}\d\d){{4}}(?!\d)|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?"
)
#: What a token cannot leave: a stretch without spaces, or with a number that holds some.
_STRETCH: Final = re.compile(rf"\s*(?:[^\s\d]*(?<!\d)(?:{_SPACED})\S*|\S+)")
_SUFFIX: Final = (
    r"(?:fr|com|org|net|eu|info|docx?|xlsx?|pptx?|pdf|od[tsp]|csv|txt|md|html?|jpe?g|png|gif|svg"
    r"|mp[34]|wav|zip|vtt|srt)"
)
#: What a verb carries after it: « -t-il », « -elle », « -ce », « -le », « -moi ».
_PRONOUN: Final = (
    r"[-‐‑](?:t[-‐‑'’](?=[eio]))?"
    r"(?:je|tu|ils?|elles?|on|nous|vous|ce|moi|toi|lui|leur|les?|la|y|en)"
)
_PRONOUNS: Final = rf"(?:{_PRONOUN})+(?![^\W_]|[-‐‑][^\W_])"
#: Words that an apostrophe or a pronoun would cut.
_WHOLE: Final = (
    (
        r"aujourd'hui|presqu'[iî]les?|quelqu'une?s?|prud'hom\w+|c'est-à-dire|qu'en-dira-t-on"
        r"|rendez-vous|garde-à-vous|chez-(?:moi|toi|lui|elle|nous|vous)|sot-l'y-laisse|on-dit"
    )
    .replace("'", "['’ʼ]")
    .replace("-", "[-‐‑]")
)
_ELIDED: Final = r"(?:[cçdjlmnsty]|(?:jus|lors|puis|quoi|pres|quel)?qu)['’ʼ]"
#: « élu.e.s », « élu(e)s »: with a middle dot, nothing is needed.
_INCLUSIVE: Final = (
    r"(?-i:[.(](?:e|se|ne|le|ve|fe|te|ère|ice|rice|trice|euse|ienne)(?:\.?s)?\)?s?)(?![^\W_])"
)
_TOKEN: Final = re.compile(
    rf"""
      (?P<address>
          (?:https?://|www\.)[^\s«»"<>]*[^\s«»"<>.,;:!?…)\]}}'’]
        | (?=[\w.+-]{{1,64}}@)[\w.+-]+@[\w-]+(?:\.[\w-]+)+
        | (?=[^\W_][\w-]*\.)[^\W_][\w-]*(?:\.[\w-]+){{0,4}}\.(?-i:{_SUFFIX})(?![\w-]|\.\w) )
    | (?P<acronym> (?:{_LETTER}\.[-‐‑]?){{2,}}(?:{_LETTER}{_END})? )
    | (?P<number> {_SPACED}
        | \d+(?:[.,:/-]\d+)*(?:ers?|res?|ères?|es?|èmes?|nde?s?|[°º])?{_END} )
    | (?P<word> (?:{_WHOLE}){_END} | {_ELIDED} | n[°º] | {_PRONOUN}(?![^\W_])
        | {_RUN} (?: (?!{_PRONOUNS})[-‐‑](?:[dl]['’])?{_RUN} | ['’ʼ·•]{_RUN} )* (?:{_INCLUSIVE})? )
    | \.{{2,}} | …+ | [?!]+ | \*+ | \#+ | =+ | _+ | -{{2,}}
    | \S (?: [\ufe0f\U0001f3fb-\U0001f3ff\u0300-\u036f] | \u200d\S )*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_KIND: Final = {"address": 2, "acronym": 0, "number": 1, "word": 0}
_PUNCTUATION: Final = frozenset(".,;:!?…'’‘\"«»“”„‹›()[]{}-‐‑–—/·¿¡")
#: Stretches kept in memory: those of ordinary texts come back, Zipf's law.
_KEPT: Final = 1 << 16
_LONGEST_KEPT: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of one text, in order, as columns.

    Parameters
    ----------
    starts, ends : NDArray[np.int64]
        Of shape (n_tokens,): half-open ranges, in code points.
    kinds : NDArray[np.uint8]
        Of shape (n_tokens,): ranks in :data:`TOKEN_KINDS`.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    kinds: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[tuple[int, int, TokenKind]]:
        """Yield each token: start, end, kind."""
        kinds = (TOKEN_KINDS[kind] for kind in self.kinds.tolist())
        return zip(self.starts.tolist(), self.ends.tolist(), kinds, strict=True)

    def of(self, *kinds: TokenKind) -> Tokens:
        """Return the tokens of the given kinds only."""
        kept = np.isin(self.kinds, [TOKEN_KINDS.index(kind) for kind in kinds])
        return Tokens(self.starts[kept], self.ends[kept], self.kinds[kept])


def tokens(text: str) -> Tokens:
    r"""Return the tokens of a text: every character that is no space belongs to exactly one.

    - **word**: letters and digits. Elided words are words of their own (« l' », « qu' »,
      « jusqu' »), *aujourd'hui*, *presqu'île*, *quelqu'un*, *main-d'œuvre* are one. Hyphenated
      compounds are one word; the pronouns that a verb carries are words of their own, with their
      hyphen (« a | -t-il », « dit | -elle », « est | -ce », « donne | -le | -moi »). Inclusive
      endings (« élu·e·s », « élu.e.s », « élu(e)s ») stay; acronyms keep their points.
    - **number**: « 1 500,50 », « 3,2 », « 12.05.2023 », « 14 h 30 », « 1er », « 04 00 00 00 00 »;
      a unit or a percent sign is apart.
    - **address**: URL, e-mail address, name of a file.
    - **punctuation**: marks, a run of « ... » or « ?! » as one.
    - **symbol**: the rest, « € », « % », emoji.

    An ordinary, a non-breaking and a thin space are the same.

    Parameters
    ----------
    text : str
        Canonical text.

    Returns
    -------
    Tokens

    See Also
    --------
    cpit_research.language.sentences : where sentences start and end.

    Examples
    --------
    >>> text = "L'eau, a-t-il dit, coûte 1 500 € !"
    >>> [text[start:end] for start, end, kind in tokens(text)]
    ["L'", 'eau', ',', 'a', '-t-il', 'dit', ',', 'coûte', '1 500', '€', '!']
    >>> len(tokens(text).of("word", "number"))
    7
    """
    stretches = _STRETCH.findall(text)
    cuts = [_cut(one) if len(one) <= _LONGEST_KEPT else _read(one) for one in stretches]
    counts = np.fromiter(map(len, cuts), np.int64, len(cuts)) // 3
    flat = np.fromiter(chain.from_iterable(cuts), np.int64, int(counts.sum()) * 3).reshape(-1, 3)
    since = np.fromiter(accumulate(map(len, stretches), initial=0), np.int64, len(cuts) + 1)
    offsets = np.repeat(since[:-1], counts)
    return Tokens(flat[:, 0] + offsets, flat[:, 1] + offsets, flat[:, 2].astype(np.uint8))


def _read(stretch: str) -> tuple[int, ...]:
    """Return, one after the other, the start, the end and the kind of each token."""
    found: list[int] = []
    for match in _TOKEN.finditer(stretch):
        start, end = match.span()
        if match.lastgroup is None:
            kind = 3 if stretch[start] in _PUNCTUATION else 4
        else:
            kind = _KIND[match.lastgroup]
            # « m² » is a word, the call of a note is not.
            if kind == 0 and not any(map(str.isalpha, stretch[start:end])):
                kind = 1
        found += (start, end, kind)
    return tuple(found)


_cut = lru_cache(maxsize=_KEPT)(_read)
