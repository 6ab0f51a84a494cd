"""Putting codes on segments, and taking them back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.coding import Coding
from cpit_research.model.event import EVENT_FORMAT, EventKind
from cpit_research.model.grid import Grid
from cpit_research.model.segment import Segment
from cpit_research.store import codings as store
from cpit_research.study.writing import writing
from cpit_research.text.closeness import nearest
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.study.study import Study


def code(
    study: Study,
    segment: Segment,
    code: str,
    *,
    coder: str,
    facets: Mapping[str, str] | None = None,
    grid: str | None = None,
) -> Coding:
    """Put one code on one segment (see :meth:`Study.code`)."""
    used = study.grid(grid)
    check_coder(study, coder)
    stated = dict(facets or {})
    check_facets(used, stated)
    (row,) = coding_rows(
        study, study.corpus, [(segment, code)], coder=coder, grid=used, facets=stated
    )
    with writing(study) as connection:
        store.append_rows(connection, [row])
    return Coding(UUID(bytes=row[0]), segment, row[6], code, coder, used.version, stated)


def code_all(
    study: Study, marks: Iterable[tuple[Segment, str]], *, coder: str, grid: str | None = None
) -> int:
    """Put many codes in one transaction (see :meth:`Study.code_all`)."""
    used = study.grid(grid)
    check_coder(study, coder)
    rows = list(coding_rows(study, study.corpus, marks, coder=coder, grid=used))
    with writing(study) as connection:
        store.append_rows(connection, rows)
    return len(rows)


def retract(study: Study, coding: Coding, *, coder: str) -> None:
    """Take a coding back (see :meth:`Study.retract`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        store.append(connection, [_next(study, connection, coding, "retract", coder)])


def retract_again(study: Study, connection: Connection, coding: UUID, *, coder: str) -> None:
    """Take a coding back, in a transaction, unless it was already."""
    standing = store.standing_events(connection, coding.bytes)
    if any(event.kind != "retract" for event in standing):
        store.append(connection, [_after(study, standing, "retract", coder)])


def recode(
    study: Study, codings: Iterable[Coding], code: str, *, coder: str, grid: str | None = None
) -> tuple[Coding, ...]:
    """Give codings another code, in one transaction (see :meth:`Study.recode`)."""
    used = study.grid(grid)
    check_coder(study, coder)
    check_code(code, used)
    listed = tuple(codings)
    with writing(study) as connection:
        events = [
            replace(_next(study, connection, coding, "recode", coder), code=code, grid=used.version)
            for coding in listed
        ]
        store.append(connection, events)
    return tuple(replace(coding, code=code, grid=used.version) for coding in listed)


def _next(
    study: Study, connection: Connection, coding: Coding, kind: EventKind, coder: str
) -> store.CodingEvent:
    """Return an event that follows what stands of a coding, in the state that it has.

    Raises
    ------
    NotFound
        If the study has no such coding.
    """
    standing = store.standing_events(connection, coding.id.bytes)
    if not standing:
        raise NotFound(_("The study has no coding {id}.").format(id=coding.id))
    return _after(study, standing, kind, coder)


def _after(
    study: Study, standing: tuple[store.CodingEvent, ...], kind: EventKind, coder: str
) -> store.CodingEvent:
    return replace(
        standing[0],
        id=study.occasion.new_id(),
        kind=kind,
        at=study.occasion.milliseconds(),
        actor=coder,
        replaces=tuple(event.id for event in standing),
    )


def check_coder(study: Study, coder: str) -> None:
    """Refuse a coder that the register does not name, when it names some."""
    known = [researcher.id for researcher in study.register.researchers]
    if not coder.strip():
        raise InvalidInput(_("A coding needs a coder."))
    lot = study.identity.lot
    if lot and coder != lot:
        raise NotFound(
            _("This folder is the lot of {coder}: nobody else codes in it.").format(coder=lot),
            remedy=_("“{coder}” works in a lot of their own: “cpit lot export”.").format(
                coder=coder
            ),
        )
    if known and coder not in known:
        close = nearest(coder, known)
        raise NotFound(
            _("“{coder}” is not a researcher of the register.").format(coder=coder),
            exists=_("The register names: {names}.").format(names=", ".join(known)),
            remedy=_("Did you mean “{close}”?").format(close=close) if close else "",
        )


def check_code(code: str, grid: Grid) -> None:
    """Refuse a code that cannot be put on a passage: unknown, a family, or one that is gone."""
    if code not in {known.id for known in grid.leaves()}:
        _refuse_code(code, grid)


def coding_rows(
    study: Study,
    corpus: Corpus,
    marks: Iterable[tuple[Segment, str]],
    *,
    coder: str,
    grid: Grid,
    facets: Mapping[str, str] | None = None,
    suggestion: UUID | None = None,
    ids: Callable[[], bytes] | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Yield the events that put codes on segments, as rows to be written.

    Each says which `suggestion` it comes from, if it does; `ids` gives their ids.

    Raises
    ------
    NotFound
        If the source or the code is unknown.
    InvalidInput
        If the segment leaves the text, or the code is a family.
    """
    key, new_id = study.identity.key, ids or study.occasion.new_id
    at = study.occasion.milliseconds()
    said = {
        **({"facets": dict(facets)} if facets else {}),
        **({"suggestion": str(suggestion)} if suggestion else {}),
    }
    payload = json.dumps(said, ensure_ascii=False)
    known = {source.id: (source.text, source.version) for source in corpus}
    codes = {known_code.id for known_code in grid.leaves()}
    for segment, code in marks:
        place = known.get(segment.source)
        if place is None or code not in codes or segment.end > len(place[0]):
            _refuse(segment, code, corpus, grid)
        text, version = place
        event = new_id()
        digest = passage_digest(text[segment.start : segment.end], key)
        yield (
            event, "apply", EVENT_FORMAT, at, coder, event, version, segment.start, segment.end,
            code, grid.version, digest, payload,
        )  # fmt: skip


def _refuse(segment: Segment, code: str, corpus: Corpus, grid: Grid) -> NoReturn:
    source = corpus[segment.source]
    if segment.end > len(source.text):
        raise InvalidInput(
            _("The segment {start}–{end} leaves the text of {path}.").format(
                start=segment.start, end=segment.end, path=source.path
            ),
            exists=_("It has {n} characters.").format(n=len(source.text)),
        )
    _refuse_code(code, grid)


def _refuse_code(code: str, grid: Grid) -> NoReturn:
    """Say why a code cannot be put on a passage under a version of the grid."""
    if code in grid and not grid[code].stands:
        raise InvalidInput(
            _("“{code}” no longer stands in the grid {version}: {status}.").format(
                code=code, version=grid.version, status=name_of(grid[code].status)
            ),
            exists=_("“cpit grid lineage {code}” says what became of it.").format(code=code),
        )
    if code in grid:
        raise InvalidInput(
            _("“{code}” is a family: a passage bears one of its codes.").format(code=code),
            exists=_("It holds: {codes}.").format(
                codes=", ".join(c.id for c in grid.children(code))
            ),
        )
    close = nearest(code, (known.id for known in grid))
    raise NotFound(
        _("The grid {version} has no code “{code}”.").format(version=grid.version, code=code),
        exists=_("The nearest is “{close}”.").format(close=close) if close else "",
    )


def check_facets(grid: Grid, facets: Mapping[str, str]) -> None:
    """Refuse a facet, or a value, that the grid has not."""
    known = {facet.id: [value for value, _name in facet.values] for facet in grid.facets}
    for facet, value in facets.items():
        if facet not in known:
            raise InvalidInput(
                _("The grid has no facet “{facet}”.").format(facet=facet),
                exists=_("It has: {facets}.").format(facets=", ".join(known)),
            )
        if value not in known[facet]:
            raise InvalidInput(
                _("“{value}” is not a value of {name}.").format(value=value, name=facet),
                exists=_("It can be: {values}.").format(values=", ".join(known[facet])),
            )
