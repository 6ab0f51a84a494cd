"""Reading field documents into the study: one row a file, one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.errors import CpitError, InvalidInput
from cpit_research.formats import raw
from cpit_research.formats.received.apart import Apart
from cpit_research.formats.received.sources import find_sources, refuse_size
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.ingest_report import IngestReport, IngestRow
from cpit_research.study.intake import Intake
from cpit_research.study.reanchor import Carried
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study


def ingest(
    study: Study, paths: Sequence[str | Path] | None = None, *, replaces: str | None = None
) -> IngestReport:
    """Read field documents into the study (see :meth:`Study.ingest`)."""
    refuse_in_lot(study)
    raw.clear(study.shelf.raw)
    files = sorted(
        find_sources([Path(p) for p in paths or [study.shelf.raw]]), key=raw.version_order
    )
    if replaces is not None and len(files) != 1:
        raise InvalidInput(
            _("“replaces” goes with one file, {n} were given.").format(n=len(files)),
            remedy=_("Give the corrected document alone."),
        )
    corrected = study.corpus.at(replaces).path if replaces is not None else None
    with Apart() as apart:
        intake = Intake(study, apart.read, corrected)
        rows = [
            _one(intake, file) for file in study.progress(files, _("Reading documents"), len(files))
        ]
    carried = intake.write()
    # Of several versions of one document, the last one is where its codings went.
    told = [_told(row, carried) for row in reversed(rows)]
    return IngestReport(tuple(reversed(told)))


def _told(row: IngestRow, carried: dict[str, Carried]) -> IngestRow:
    """Return the row of a new version with what became of its codings and memos."""
    known = carried.pop(row.source, None) if row.state == "new_version" else None
    if known is None:
        return row
    return replace(row, exact=known.exact, moved=known.moved, to_confirm=known.to_confirm)


def _one(intake: Intake, file: Path) -> IngestRow:
    try:
        refuse_size(raw.size(file))
        data = raw.read(file)
        return intake.take(file, data, hashlib.sha256(data).hexdigest())
    except CpitError as error:
        return IngestRow(intake.shown(file), "refused", reason=str(error))
