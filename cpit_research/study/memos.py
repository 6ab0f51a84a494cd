"""Keeping what coders remark in their sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.model.coding_sheet import CodingSheet
from cpit_research.model.memo import Memo
from cpit_research.model.segment import Segment
from cpit_research.store.memos import append_memos
from cpit_research.text.digest import passage_digest

if TYPE_CHECKING:
    from cpit_research.study.study import Study


def keep_remarks(study: Study, sheet: CodingSheet) -> int:
    """Keep the remarks of a sheet as memos on their rows; return how many were new.

    A row that no longer stands on the current text keeps its remark out: its text is refused
    with its codes, and the sheet still holds the words.
    """
    held = {(memo.segment, memo.author, memo.words) for memo in study.memos}
    fresh = []
    for row in sheet.rows:
        source = study.corpus.get(row.source)
        if not row.remark or source is None or row.version != source.version:
            continue
        if not 0 <= row.start < row.end <= len(source.text):  # its hidden columns were changed
            continue
        segment = Segment(row.source, row.start, row.end)
        if (segment, sheet.coder, row.remark) in held:
            continue
        key = UUID(bytes=study.occasion.new_id())
        now = study.occasion.now()
        memo = Memo(key, segment, row.version, row.remark, sheet.coder, now)
        fresh.append((memo, passage_digest(study.corpus.quote(segment), study.identity.key)))
    if fresh:
        with study.shelf.database.writing() as connection:
            append_memos(connection, fresh)
    return len(fresh)
