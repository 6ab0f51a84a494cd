"""What coders think of passages, and remark in their sheets, as memos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.corpus.corpus import Corpus
from cpit_research.corpus.placing import Problem
from cpit_research.errors import InvalidInput
from cpit_research.model.coding_sheet import CodingSheet
from cpit_research.model.memo import MEMO_KINDS, Memo, MemoKind
from cpit_research.model.segment import Segment
from cpit_research.store.memos import append_memos
from cpit_research.study.code import check_coder
from cpit_research.study.writing import writing
from cpit_research.text.closeness import nearest
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study


def memo(
    study: Study, segment: Segment, words: str, *, coder: str, kind: MemoKind | None = None
) -> Memo:
    """Keep a thought about a passage (see :meth:`Study.memo`)."""
    check_coder(study, coder)
    check_memo(words, kind)
    corpus = study.corpus
    source = corpus[segment.source]
    if segment.end > len(source.text):
        raise InvalidInput(
            _("The segment {start}–{end} leaves the text of {path}.").format(
                start=segment.start, end=segment.end, path=source.path
            ),
            exists=_("It has {n} characters.").format(n=len(source.text)),
        )
    key, now = UUID(bytes=study.occasion.new_id()), study.occasion.now()
    kept = Memo(key, segment, source.version, words, coder, now, kind)
    digest = passage_digest(corpus.quote(segment), study.identity.key)
    with writing(study) as connection:
        append_memos(connection, [(kept, digest)])
    return kept


def check_memo(words: str, kind: str | None) -> None:
    """Refuse a memo without words, or of no known kind."""
    if kind is not None and kind not in MEMO_KINDS:
        close = nearest(kind, MEMO_KINDS)
        raise InvalidInput(
            _("“{value}” is not a value of {name}.").format(value=kind, name="kind"),
            exists=_("It can be: {values}.").format(values=", ".join(MEMO_KINDS)),
            remedy=_("Did you mean “{close}”?").format(close=close) if close else "",
        )
    if not words.strip():
        raise InvalidInput(_("A memo needs words."))


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
