"""What the partner laboratory wrote in a review copy, read back as remarks on a version."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from cpit_research.formats.review_copy import SUBMITTED, submitted
from cpit_research.formats.working.review_file import ReviewRow
from cpit_research.formats.working.workbook import header_key
from cpit_research.model.grid import Code, Grid
from cpit_research.model.remark import Opinion, Remark
from cpit_research.store import remarks as store
from cpit_research.study.grids.review_copy import read_copy
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.writing import writing
from cpit_research.text.closeness import nearest
from cpit_research.text.digest import passage_digest
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _
from cpit_research.wording.places import about

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["ReviewImport", "grid_review_import"]

_LABELLED: Final = re.compile(r"(\S+)\s*(?:[–—:-]\s|$)")


@dataclass(frozen=True, slots=True)
class ReviewImport:
    """What became of one review copy.

    Parameters
    ----------
    path : str
        Name of the file.
    grid : str
        Version that was reviewed.
    added, known : int
        Remarks that are new, and that the study held already.
    problems : tuple of str
        What was not read, or not as written, with its place.
    """

    path: str
    grid: str
    added: int = 0
    known: int = 0
    problems: tuple[str, ...] = ()


def grid_review_import(study: Study, path: str | Path) -> ReviewImport:
    """Read a review copy back (see :meth:`Study.grid_review_import`)."""
    refuse_in_lot(study)
    path = Path(path)
    copy, problems = read_copy(path)
    grid = study.grid(copy.grid)
    fingerprint = copy.fingerprint.lower()
    same = fingerprint == grid.fingerprint
    if not same:
        problems.append(
            _("The grid {version} has changed since this copy was written: read its remarks with "
              "the text that was reviewed at hand.").format(version=grid.version)
        )  # fmt: skip
    reader = _Reader(study, grid, fingerprint, same=same)
    drawn = [one for row in (*copy.rows, *copy.silent) if (one := reader.remark(row)) is not None]
    with writing(study) as connection:
        held = {one.id for one in store.stored_remarks(connection)}
        found = {one.id: one for one in drawn}
        fresh = [one for key, one in found.items() if key not in held]
        store.append_remarks(connection, fresh)
    problems += reader.problems
    return ReviewImport(
        path.name, grid.version, len(fresh), len(found) - len(fresh), tuple(problems)
    )


class _Reader:
    """From the rows of a review copy to remarks on a version of the grid."""

    def __init__(self, study: Study, grid: Grid, fingerprint: str, *, same: bool) -> None:
        self._study = study
        self._grid = grid
        self._fingerprint = fingerprint
        self._same = same
        self._at = study.occasion.now()
        self._ids = {fold(code.id): code.id for code in grid}
        self.problems: list[str] = []

    def remark(self, row: ReviewRow) -> Remark | None:
        """Return what a row says, None when it says nothing or cannot be read."""
        code = self._code(row.code)
        is_new = row.is_new or (row.opinion == "add" and code is None)
        rewritten = "" if is_new or code is None else self._rewritten(row, self._grid[code])
        said = row.proposal or row.written or (row.texts if is_new else row.opinion or rewritten)
        if not said:
            return None
        if row.code and code is None and not is_new:
            self._tell_unknown(row)
            return None
        if not (row.author or row.organisation):
            self._tell(
                row,
                _("nobody signs this remark: write who, at the head of the file or in the row; "
                  "it was not kept."),
            )  # fmt: skip
            return None
        if row.written:
            self._tell(
                row,
                _("“{words}” is no opinion of the list; it was kept in the proposal.").format(
                    words=row.written
                ),
            )
        name, added = _addition(row) if is_new else ("", "")
        parts = (row.written, row.proposal, added, rewritten)
        return self._made(
            row,
            code="" if is_new or code is None else code,
            proposal="\n".join(words for words in parts if words),
            name=name,
        )

    def _made(self, row: ReviewRow, *, code: str, proposal: str, name: str) -> Remark:
        remark = Remark(
            UUID(int=0), self._grid.version, self._fingerprint, code,
            cast("Opinion", row.opinion), proposal, row.author, row.organisation, self._at, name,
        )  # fmt: skip
        content = json.dumps(store.said(remark), ensure_ascii=False, sort_keys=True)
        digest = passage_digest(f"remark\0{content}", self._study.identity.key)
        return replace(remark, id=UUID(bytes=digest))

    def _code(self, written: str) -> str | None:
        """Return the id of a code from « S11 », « s11 » or « S11 – Faire clarifier… »."""
        match = _LABELLED.match(written)
        return self._ids.get(fold(written)) or (self._ids.get(fold(match[1])) if match else None)

    def _rewritten(self, row: ReviewRow, code: Code) -> str:
        """Return what a reviewer wrote over the text submitted, and tell it."""
        if not self._same:
            return ""
        submitted_texts = _submitted_texts(code)
        changed = {
            field: words
            for field, words in row.texts.items()
            if header_key(words) != header_key(submitted_texts[field])
        }
        if not changed:
            return ""
        self._tell(
            row,
            _("the text submitted was written over; the new text was kept as a proposal."),
        )
        return "\n".join(
            _("{place}: {sentence}").format(place=SUBMITTED[field], sentence=words)
            if field in SUBMITTED
            else words
            for field, words in changed.items()
        )

    def _tell_unknown(self, row: ReviewRow) -> None:
        close = nearest(row.code, self._ids.values())
        sentence = _("the grid {version} has no code “{code}”; the remark was not kept.").format(
            version=self._grid.version, code=row.code
        )
        hint = f" {_('Did you mean “{name}”?').format(name=close)}" if close else ""
        self._tell(row, sentence + hint)

    def _tell(self, row: ReviewRow, sentence: str) -> None:
        self.problems.append(about(row.place, sentence))


def _submitted_texts(code: Code) -> Mapping[str, str]:
    fields = {field: str(getattr(code, field)) for field in SUBMITTED}
    whole = "\n".join(f"{label} {words}" for label, words in submitted(code))
    return {**fields, "text": whole}


def _addition(row: ReviewRow) -> tuple[str, str]:
    """Return the name of a code to add, and what else the row says of it."""
    first, _break, rest = row.texts.get("text", "").partition("\n")
    named = row.texts.get("name", "") or first.strip() or row.code
    others = [
        _("{place}: {sentence}").format(place=header, sentence=row.texts[field])
        for field, header in SUBMITTED.items()
        if field != "name" and row.texts.get(field)
    ]
    return " ".join(named.split()), "\n".join(part for part in (rest.strip(), *others) if part)
