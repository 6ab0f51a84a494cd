"""Showing known names as ids wherever the words of a source are quoted."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cpit_research.privacy.names import Names
from cpit_research.results.document import Block, Verbatim
from cpit_research.results.result import Result

#: Columns of results that hold words of a source, or a name it was received under; so do those
#: whose name begins with one of these and a colon, ``quotation:claire``.
QUOTED: Final = frozenset({"quotation", "before", "after", "speaker", "source"})


def mask_result(result: Result, names: Names) -> Result:
    """Return the result with the names of its quotations shown as ids."""
    quoted = [name for name in result.table.columns if name.partition(":")[0] in QUOTED]
    if not quoted or not names:
        return result
    masked = {}
    for column in quoted:
        said = result.table[column].tolist()
        shown = {words: names.mask(words) for words in set(said)}
        masked[column] = [shown[words] for words in said]
    return replace(result, table=result.table.assign(**masked))


def mask_block(block: Block, names: Names) -> Block:
    """Return the block with the names of a verbatim shown as ids; others are left as they are."""
    if isinstance(block, Verbatim):
        return replace(
            block, words=names.mask(block.words), attribution=names.mask(block.attribution)
        )
    return block
