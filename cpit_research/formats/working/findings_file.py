"""Findings as the team writes them: ``enseignements.xlsx``, claims and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cpit_research.formats.working.table import (
    Column,
    Faults,
    Row,
    Vocabulary,
    find_sheet,
    holds,
    read_table,
)
from cpit_research.formats.working.workbook import read_workbook
from cpit_research.text.closeness import nearest
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _

__all__ = ["FindingRow", "FindingsBook", "SupportRow", "read_findings"]

_FINDINGS: Final = "Enseignements"
_SUPPORTS: Final = "Appuis"
_NUMBER: Final = Column("number", "n°", ("no", "numéro", "enseignement"))
_CLAIM_COLUMNS: Final = (
    _NUMBER,
    Column("claim", "énoncé"),
    Column("scope", "portée", required=False),
)
_SUPPORT_COLUMNS: Final = (
    _NUMBER,
    Column("role", "rôle"),
    Column("document", "document", ("source",)),
    Column("words", "mots exacts", ("citation", "verbatim")),
    Column("code", "code"),
    Column("coder", "codeur", ("codeuse", "codé par"), required=False),
)
_ROLES: Final = Vocabulary(
    {"supports": "appuie", "qualifies": "nuance"},
    {"appui": "supports", "support": "supports", "contredit": "qualifies", "qualify": "qualifies"},
)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A claim: its number (``"E1"``), its sentence, where and for whom it holds."""

    number: str
    claim: str
    scope: str
    cell: str


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A coding that supports or qualifies a finding, as the team points at it.

    `document` is a path under ``data/raw/`` or the name of a file; `coder` is empty when any
    coder's coding will do; `cell` is that of the words.
    """

    finding: str
    qualifies: bool
    document: str
    words: str
    code: str
    coder: str
    cell: str
    document_cell: str = ""
    code_cell: str = ""


@dataclass(frozen=True, slots=True)
class FindingsBook:
    """Findings and what they rest on, in the order of the file."""

    findings: tuple[FindingRow, ...]
    supports: tuple[SupportRow, ...]


def read_findings(path: str | Path) -> FindingsBook:
    """Read the findings of a workbook: sheets « Enseignements » and « Appuis ».

    Raises
    ------
    FormatError
        If the file cannot be read, or holds faults: all of them together in ``faults``, each
        with its cell.
    """
    path = Path(path)
    sheets = read_workbook(path)
    faults = Faults(path)
    claims, rests = (find_sheet(sheets, title, faults) for title in (_FINDINGS, _SUPPORTS))
    findings = _findings(list(read_table(claims, _CLAIM_COLUMNS, faults)) if claims else [])
    numbered = findings if holds(claims, _CLAIM_COLUMNS, _NUMBER.field) else None
    supports = tuple(
        _support(row, numbered)
        for row in (read_table(rests, _SUPPORT_COLUMNS, faults) if rests else ())
    )
    faults.refuse()
    return FindingsBook(tuple(findings.values()), supports)


def _number(row: Row) -> str:
    """Return the number of a finding: 1 is E1."""
    written = row.text("number", required=True)
    return f"E{written}" if written.isdecimal() else written


def _findings(rows: list[Row]) -> dict[str, FindingRow]:
    found: dict[str, FindingRow] = {}
    for row in rows:
        number = _number(row)
        finding = FindingRow(
            number, row.text("claim", required=True), row.text("scope"), row.cell("claim")
        )
        first = found.setdefault(fold(number), finding)
        if number and first is not finding:
            row.fault(
                "number",
                _("the number {n} is that of another finding; give another.").format(n=number),
            )
    return found


def _support(row: Row, findings: Mapping[str, FindingRow] | None) -> SupportRow:
    """Return what a row points at; `findings` is None when their numbers cannot be read."""
    number = _number(row)
    known = (findings or {}).get(fold(number))
    if number and known is None and findings is not None:
        close = nearest(number, [finding.number for finding in findings.values()])
        proposal = f" {_('Did you mean “{name}”?').format(name=close)}" if close else ""
        row.fault(
            "number",
            _("no finding bears the number {n} in the sheet “{title}”.").format(
                n=number, title=_FINDINGS
            )
            + proposal,
        )
    return SupportRow(
        finding=known.number if known else number,
        qualifies=row.choice("role", _ROLES) == "qualifies",
        document=row.text("document", required=True),
        words=row.text("words", required=True),
        code=row.text("code", required=True),
        coder=row.text("coder"),
        cell=row.cell("words"),
        document_cell=row.cell("document"),
        code_cell=row.cell("code"),
    )
