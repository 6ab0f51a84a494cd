"""Finding words in the texts, whatever their accents and case."""

from __future__ import annotations

from typing import Final

import pandas as pd

from cpit_research.corpus.corpus import Corpus
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.text.folding import fold_pattern
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

_COLUMNS: Final = ["source", "start", "end", "before", "quotation", "after"]


def search(corpus: Corpus, words: str, *, whole_words: bool = False, around: int = 60) -> Result:
    """Find `words` in every text: « secheresse » finds « Sécheresse », « coeur » finds « cœur ».

    Parameters
    ----------
    corpus : Corpus
        Where to look.
    words : str
        What to look for; any run of spaces stands for any other.
    whole_words : bool
        Leave out matches inside longer words.
    around : int
        Characters of context shown on each side.

    Returns
    -------
    Result
        One row an occurrence, by source and place: ``source`` (path), ``start``, ``end`` (code
        points of the canonical text), ``before``, ``quotation``, ``after``; indexed by source id.
    """
    rows: list[tuple[object, ...]] = []
    ids: list[str] = []
    if words.strip():
        pattern = fold_pattern(words, whole_words=whole_words)
        for source in corpus:
            text = source.text
            for match in pattern.finditer(text):
                start, end = match.span()
                before = text[max(0, start - around) : start]
                after = text[end : end + around]
                rows.append((source.path, start, end, before, match.group(), after))
                ids.append(source.id)
    table = pd.DataFrame(rows, columns=_COLUMNS, index=pd.Index(ids, name="id"))
    return Result(
        title=ngettext(
            "“{words}”: {n} occurrence", "“{words}”: {n} occurrences", len(table)
        ).format(words=words, n=len(table)),
        table=table,
        counts="segment",
        method=_("Search of the canonical texts, without regard to accents or case."),
        settings={"words": words, "whole_words": str(whole_words)},
        provenance=provenance(corpus),
    )
