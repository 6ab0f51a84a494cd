"""Keeping findings, and reading them back with the codings behind them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid5

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.formats.working.findings_file import SupportRow, read_findings
from cpit_research.model.coding import Coding
from cpit_research.model.finding import Finding
from cpit_research.store import findings as store
from cpit_research.store.codings import heads_of
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.writing import writing
from cpit_research.text.quotation import locate
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

Found = TypeVar("Found")


def conclude(study: Study, finding: Finding, *, actor: str = "") -> Finding:
    """Keep a finding (see :meth:`Study.conclude`)."""
    return conclude_all(study, [finding], actor=actor)[0]


def conclude_all(study: Study, drawn: Iterable[Finding], *, actor: str = "") -> tuple[Finding, ...]:
    """Keep several findings in one transaction; those kept word for word already are left alone."""
    refuse_in_lot(study)
    kept: list[Finding] = []
    with writing(study) as connection:
        standing = {one.subject: dict(one.payload) for one in store.stored_findings(connection)}
        for finding in drawn:
            named, subject = _named(study, finding, standing)
            kept.append(named)
            payload = _payload(named)
            if standing.get(subject) == payload:
                continue
            standing[subject] = payload
            store.append_finding(
                connection,
                event=study.occasion.new_id(),
                subject=subject,
                actor=actor,
                at=study.occasion.milliseconds(),
                payload=payload,
                replaces=heads_of(connection, subject),
            )
    return tuple(kept)


def findings(study: Study) -> tuple[Finding, ...]:
    """Return the findings as they stand, with those of their codings that still stand."""
    with study.shelf.database.reading() as connection:
        stored = store.stored_findings(connection)
    if not stored:
        return ()
    codings = study.codings()
    rows = {key: row for row, key in enumerate(codings.columns.ids.tolist())}

    def among(ids: Iterable[str]) -> tuple[Coding, ...]:
        keys = [UUID(key).bytes for key in ids]
        return tuple(codings.coding(rows[key]) for key in keys if key in rows)

    return tuple(
        Finding(
            one.payload["claim"],
            among(one.payload["supports"]),
            among(one.payload["qualifies"]),
            one.payload.get("scope", ""),
            one.payload["reference"],
            UUID(bytes=one.subject),
        )
        for one in stored
    )


def lost_supports(study: Study) -> list[tuple[str, int]]:
    """Return each finding that rests on codings which no longer stand, with their number."""
    standing = set(study.codings().columns.ids.tolist())
    with study.shelf.database.reading() as connection:
        stored = store.stored_findings(connection)
    found = []
    for one in stored:
        keys = (*one.payload["supports"], *one.payload["qualifies"])
        lost = sum(UUID(key).bytes not in standing for key in keys)
        if lost:
            found.append((str(one.payload["reference"]), lost))
    return found


def finding_import(study: Study, path: str | Path) -> tuple[Finding, ...]:
    """Keep the findings of a workbook (see :meth:`Study.finding_import`)."""
    book = read_findings(Path(path))
    resolver = _Resolver(study)
    drawn = []
    for row in book.findings:
        supports = [s for s in book.supports if s.finding == row.number]
        drawn.append(
            Finding(
                row.claim,
                [c for s in supports if not s.qualifies for c in resolver.codings(s)],
                [c for s in supports if s.qualifies for c in resolver.codings(s)],
                row.scope,
                row.number,
            )
        )
    if resolver.faults:
        raise InvalidInput(
            _("The findings of {name} were not kept: codings are missing.").format(
                name=Path(path).name
            ),
            remedy=_("Correct the workbook, or import the coding sheets first."),
            faults=resolver.faults,
        )
    return conclude_all(study, drawn)


class _Resolver:
    """Finding the codings that a workbook points at by document, words, code and coder."""

    def __init__(self, study: Study) -> None:
        # A workbook written under an older version names codes as they were then.
        versions = reversed(study.shelf.grid_versions())
        self.codings_of = [study.codings(version) for version in versions]
        self.corpus = study.corpus
        self.faults: list[str] = []

    def codings(self, row: SupportRow) -> list[Coding]:
        """Return the codings that a row points at; none, and its faults noted, if it is wrong."""
        source = self._asked(row.document_cell, lambda: self.corpus.at(row.document))
        under = self._asked(row.code_cell, lambda: self._under(row))
        if source is None or under is None:
            return []
        places = locate(source.text, row.words)
        document = Corpus([source], self.corpus.register)
        found = next(filter(None, (_at(one.on(document), places) for one in under)), [])
        if not found:
            self.faults.append(
                _("{cell}: no coding {code} by {coder} on these words of {document}.").format(
                    cell=row.cell, code=row.code, coder=row.coder or "–", document=row.document
                )
            )
        return found

    def _under(self, row: SupportRow) -> list[Codings]:
        """Return the codings of a code and coder, under each version that has them, newest first.

        Raises
        ------
        NotFound
            If no version has the code, or nobody the name.
        """
        known = [one for one in self.codings_of if not row.code or row.code in one.grid]
        return [
            one.where(code=row.code or None, coder=row.coder or None)
            for one in known or self.codings_of[:1]
        ]

    def _asked(self, cell: str, ask: Callable[[], Found]) -> Found | None:
        """Return what is asked for, or None, noting in `cell` the name that is not known."""
        try:
            return ask()
        except NotFound as error:
            self.faults.append(_("{place}: {sentence}").format(place=cell, sentence=error))
            return None


def _at(codings: Codings, places: Iterable[tuple[int, int]]) -> list[Coding]:
    """Return the codings that hold one of some places, or that one of them holds."""
    return [
        coding
        for coding in codings
        if any(
            (coding.segment.start <= start and end <= coding.segment.end)
            or (start <= coding.segment.start and coding.segment.end <= end)
            for start, end in places
        )
    ]


def _named(
    study: Study, finding: Finding, standing: Mapping[bytes, Mapping[str, Any]]
) -> tuple[Finding, bytes]:
    """Return the finding under its reference, and the identity that it is kept under.

    The one that stands under its reference; else one that derives from it, or one of chance if
    that bears another name by now: a finding is never written over by another.
    """
    owners = {str(payload["reference"]): subject for subject, payload in standing.items()}
    reference = finding.reference or free_reference(owners)
    subject = finding.id.bytes if finding.id is not None else owners.get(reference)
    if subject is None:
        subject = uuid5(study.identity.id, f"finding:{reference}").bytes
        if subject in standing:
            subject = study.occasion.new_id()
    if owners.get(reference, subject) != subject:
        raise Conflict(
            _("The reference {reference} is that of another finding.").format(reference=reference),
            remedy=_("Give this one another reference, or none."),
        )
    return (
        Finding(
            finding.claim,
            finding.supports,
            finding.qualifies,
            finding.scope,
            reference,
            UUID(bytes=subject),
        ),
        subject,
    )


def free_reference(taken: Container[str]) -> str:
    """Return the first of E1, E2… that is not taken."""
    number = 1
    while f"E{number}" in taken:
        number += 1
    return f"E{number}"


def _payload(finding: Finding) -> dict[str, object]:
    return {
        "claim": finding.claim,
        "scope": finding.scope,
        "reference": finding.reference,
        "supports": [str(coding.id) for coding in finding.supports],
        "qualifies": [str(coding.id) for coding in finding.qualifies],
    }
