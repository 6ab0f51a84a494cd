"""Words, numbers and marks of French: where each starts and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["KINDS", "Tokens", "tokens"]

TokenKind = Literal["word", "number", "address", "punctuation", "symbol"]
KINDS: Final[tuple[TokenKind, ...]] = ("word", "number", "address", "punctuation", "symbol")

_LETTER: Final = r"[^\W\d_][\u0300-\u036f\u00ad]*"
_RUN: Final = r"(?:[^\W_][\u0300-\u036f\u00ad]*)+"
_HYPHEN: Final = "[-‐‑]"
_SPACE: Final = "[ \u00a0\u202f\u2009]"
_TOP: Final = (
    r"(?:fr|com|org|net|eu|info|io|be|ch|ca|lu|re|edu|gouv|coop|asso"
    r"|docx?|xlsx?|pptx?|pdf|od[tsp]|csv|txt|md|html?|jpe?g|png|gif|svg|mp[34]|wav|zip|vtt|srt)"
)
#: « -t-il », « -elle », « -ce », « -le-moi »: what a verb carries after it.
_PRONOUN: Final = (
    r"(?:t[-‐‑](?=[ieo]))?(?:je|tu|ils?|elles?|on|nous|vous|ce|moi|toi|lui|leur|les?|la|y|en)"
)
#: Words whose hyphen joins, though what follows looks like a pronoun.
_JOINED: Final = (
    rf"(?:(?:moi|toi|soi|lui|elles?|eux|nous|vous){_HYPHEN}m[êe]mes?|rendez{_HYPHEN}vous"
    rf"|sot{_HYPHEN}l['’]y{_HYPHEN}laisse|vous{_HYPHEN}savez{_HYPHEN}qui|quant{_HYPHEN}à{_HYPHEN}soi"
    rf"|garde{_HYPHEN}à{_HYPHEN}vous|tête{_HYPHEN}à{_HYPHEN}tête|on{_HYPHEN}dit"
    rf"|c['’]est{_HYPHEN}à{_HYPHEN}dire)"
)
_WHOLE: Final = r"(?:aujourd['’]hui|presqu['’][îi]les?|quelqu['’]une?s?|prud['’]hom\w+)"
_ELIDED: Final = r"(?:[cçdjlmnsty]|(?:jus|lors|puis|quoi|pres|quel)?qu)['’ʼ]"
_INCLUSIVE: Final = (
    r"(?:[.(·•](?:e|se|ne|le|ve|fe|te|ère|ice|rice|trice|euse|teuse|ienne)"
    r"(?:[.·•]?s)?\)?(?:s(?![^\W\d_]))?(?![^\W\d_]))"
)
_CLOCK: Final = rf"\d{{1,2}}{_SPACE}?h(?:{_SPACE}?\d{{2}}(?!\d))?(?![^\W\d_]|\d)"
_NUMBER: Final = (
    rf"0\d(?:[ \u00a0\u202f.]\d\d){{4}}(?!\d)|{_CLOCK}"
    rf"|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,:/’-]\d+)*(?:ers?|res?|ères?|es?|èmes?|nde?s?|[°º])?(?![^\W_])"
)
_TOKEN: Final = re.compile(
    rf"""\s*(?:
      (?P<address>(?:https?://|www\.)[^\s«»"<>]*[^\s«»"<>.,;:!?…)\]}}'’]
        | [\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+
        | [^\W_][\w-]*(?:\.[\w-]+){{0,4}}\.{_TOP}(?![\w-]|\.\w) )
    | (?:{_LETTER}\.{_HYPHEN}?){{2,}}(?:{_LETTER}(?![^\W_]))?
    | {_NUMBER}
    | {_WHOLE}(?![^\W_]) | {_JOINED}(?![^\W_])
    | {_ELIDED}(?=\S)
    | {_HYPHEN}{_PRONOUN}(?![^\W_])
    | {_RUN}
        (?: (?!{_HYPHEN}(?:{_PRONOUN})(?:{_HYPHEN}{_PRONOUN})*(?![^\W_]|{_HYPHEN}[^\W_])) {_HYPHEN}(?:[dlDL]['’])?{_RUN}
          | ['’ʼ·•]{_RUN} )*
        {_INCLUSIVE}?
    | \.{{2,}} | …+ | [?!]+ | \*+ | \#+ | =+ | _+ | -{{2,}}
    | \S[\ufe0f\u200d\U0001f3fb-\U0001f3ff\u0300-\u036f]* (?:(?<=\u200d)\S\ufe0f?)*
    )""",
    re.VERBOSE | re.IGNORECASE,
)
