"""What coders remark in their sheets, as memos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.corpus.corpus import Corpus
from cpit_research.corpus.placing import Problem
from cpit_research.model.coding_sheet import CodingSheet
from cpit_research.model.memo import Memo
from cpit_research.model.segment import Segment
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study


def fresh_remarks(
    study: Study, corpus: Corpus, sheet: CodingSheet, kept: Iterable[Memo]
) -> tuple[list[tuple[Memo, bytes]], list[Problem]]:
    """Return the remarks of a sheet that are not `kept` yet, and those that cannot be.

    Each is a memo on its row, with the digest of the passage.

    A row that no longer stands on the current text keeps its remark out: the sheet still holds
    the words, and whoever brings it back is told, unless an earlier import had kept them.
    """
    held = {
        (memo.version, memo.segment.start, memo.segment.end, memo.author, memo.words)
        for memo in kept
    }
    fresh: list[tuple[Memo, bytes]] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        said = (row.version, row.start, row.end, sheet.coder, row.remark)
        if not row.remark or said in held:
            continue
        source = corpus.get(row.source)
        if (
            source is None
            or row.version != source.version
            or not 0 <= row.start < row.end <= len(source.text)  # hidden columns were changed
        ):
            problems.append(
                Problem(
                    row.cell,
                    _(
                        "The remark of this row was not kept: the document has changed since the "
                        "sheet was written; write the sheet anew and copy it."
                    ),
                )
            )
            continue
        held.add(said)
        segment = Segment(row.source, row.start, row.end)
        key = UUID(bytes=study.occasion.new_id())
        now = study.occasion.now()
        memo = Memo(key, segment, row.version, row.remark, sheet.coder, now)
        fresh.append((memo, passage_digest(corpus.quote(segment), study.identity.key)))
    return fresh, problems
