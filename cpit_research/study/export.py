"""Every byte that leaves a study goes through here, and through one gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cpit_research.errors import InvalidInput
from cpit_research.formats.written.document_docx import write_docx
from cpit_research.formats.written.document_html import write_html
from cpit_research.formats.written.document_xlsx import write_xlsx
from cpit_research.formats.written.table_csv import write_table_csv
from cpit_research.formats.written.table_xlsx import write_table_xlsx
from cpit_research.model.finding import Finding
from cpit_research.privacy.names import Names
from cpit_research.results.document import Block, Document, Heading, Picture, Table
from cpit_research.results.presentation import present
from cpit_research.results.result import Result
from cpit_research.study.conclude import free_reference
from cpit_research.study.evidence import Evidence
from cpit_research.study.gate import leave
from cpit_research.study.masking import mask_block, mask_result
from cpit_research.study.summary import banner, summary
from cpit_research.wording import gettext as _
from cpit_research.wording import language

if TYPE_CHECKING:
    from cpit_research.study.study import Study

_DOCUMENTS: Final[dict[str, Callable[[Document, Path], None]]] = {
    ".docx": write_docx,
    ".html": write_html,
    ".xlsx": write_xlsx,
}
_TABLES: Final[dict[str, Callable[[Table, Path], object]]] = {
    ".csv": write_table_csv,
    ".xlsx": write_table_xlsx,
}


def export(study: Study, to: str | Path, content: Any = None) -> Path:
    """Write a document through the privacy gate (see :meth:`Study.export`)."""
    target = Path(to)
    table_alone = isinstance(content, Result | Table) and target.suffix.lower() in _TABLES
    known = sorted(_TABLES if table_alone else _DOCUMENTS)
    if target.suffix.lower() not in known:
        raise InvalidInput(
            _("No writer makes “{suffix}” files of this content.").format(
                suffix=target.suffix or target.name
            ),
            exists=_("It can be: {values}.").format(values=", ".join(known)),
            remedy=_("Change the end of the file name."),
        )

    def write(waiting: Path, names: Names) -> None:
        if table_alone:
            _TABLES[target.suffix.lower()](_table(content, names), waiting)
        else:
            _DOCUMENTS[target.suffix.lower()](_document(study, content, names), waiting)

    return leave(study, target, write)


def _table(content: Result | Table, names: Names) -> Table:
    return content if isinstance(content, Table) else present(mask_result(content, names))


def _document(study: Study, content: Any, names: Names) -> Document:
    if content is None:
        return summary(study, names)
    if isinstance(content, Document):
        blocks = tuple(mask_block(block, names) for block in content.blocks)
        return replace(content, banner=content.banner or banner(study), blocks=blocks)
    parts = content if isinstance(content, Sequence) and not isinstance(content, str) else [content]
    return Document(
        title=study.identity.title,
        subtitle=study.identity.subtitle,
        made=study.occasion.now(),
        language=language(),
        author=study.identity.author,
        banner=banner(study),
        blocks=tuple(_blocks(study, parts, names)),
    )


def _blocks(study: Study, parts: Sequence[Any], names: Names) -> Iterable[Block]:
    drawn = [part for part in parts if isinstance(part, Finding)]
    evidence = Evidence(_referenced(drawn), study.codings(), names) if drawn else None
    for part in parts:
        if isinstance(part, Result):
            yield Heading(part.title)
            yield present(mask_result(part, names))
        elif isinstance(part, Table | Picture | Heading):
            yield part
        elif not isinstance(part, Finding):
            raise InvalidInput(
                _("{kind} cannot be exported.").format(kind=type(part).__name__),
                exists=_("It can be: {values}.").format(
                    values="Result, Finding, Document, Table, Picture"
                ),
            )
    if evidence is not None:
        yield from evidence.blocks()
        references = evidence.references()
        if references is not None:
            yield Heading(_("References"))
            yield references


def _referenced(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings, each under a reference of its own: what stands behind it is found so."""
    borne = {finding.reference: finding for finding in reversed(findings) if finding.reference}
    given: list[Finding] = []
    for finding in findings:
        if not finding.reference:
            named = replace(finding, reference=free_reference(borne))
            borne[named.reference] = named
            given.append(named)
        elif borne[finding.reference] != finding:
            raise InvalidInput(
                _("The reference {reference} is that of another finding.").format(
                    reference=finding.reference
                ),
                remedy=_("Give this one another reference, or none."),
            )
        else:
            given.append(finding)
    return given
