"""What stands behind each finding: verbatims to print, references for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Final

from cpit_research.corpus.codings import Codings
from cpit_research.model.coding import Coding
from cpit_research.model.finding import Finding
from cpit_research.model.grid import Grid
from cpit_research.privacy.names import Names
from cpit_research.results.document import Block, Heading, Paragraph, Table, Verbatim
from cpit_research.study.rights import quotable
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.vocabulary import name_of

_PRINTED: Final = {False: 3, True: 2}
_LONGEST: Final = 700
_WIDTHS: Final = (7, 11, 32, 13, 20, 28, 13)


@dataclass(frozen=True, slots=True)
class Item:
    """One coding behind a finding."""

    reference: str
    coding: Coding
    qualifies: bool
    words: str
    attribution: str
    allowed: bool
    printed: bool


class Evidence:
    """The findings of a study with what supports and what qualifies them.

    Verbatims are printed when the right to quote was given, at most one a territory and a
    finding, three that support and two that qualify; every coding has its reference.
    """

    def __init__(self, findings: Iterable[Finding], codings: Codings, names: Names) -> None:
        self.findings = tuple(findings)
        self._codings = codings
        self._names = names
        self.items = {finding.reference: tuple(self._items(finding)) for finding in self.findings}

    @property
    def withheld(self) -> int:
        """Number of passages that may not be printed."""
        return sum(not item.allowed for items in self.items.values() for item in items)

    def blocks(self) -> Iterator[Block]:
        """Yield the chapter of the findings."""
        if not self.findings:
            return
        yield Heading(_("Findings"))
        for finding in self.findings:
            yield Heading(f"{finding.reference}. {finding.claim}", 2)
            if finding.scope:
                yield Paragraph(finding.scope, label=_("Scope"))
            items = self.items[finding.reference]
            yield Paragraph(_weight(items), tone="note")
            yield from (_verbatim(item) for item in items if item.printed and not item.qualifies)
            qualifying = [item for item in items if item.qualifies]
            if qualifying:
                yield Heading(_("What qualifies this finding"), 3)
                yield from (_verbatim(item) for item in qualifying if item.printed)
            else:
                yield Paragraph(
                    _("Nothing was found that qualifies it; was it looked for?"), tone="note"
                )

    def references(self) -> Table | None:
        """Return the table of every coding behind the findings, or None."""
        rows, anchors = [], []
        for items in self.items.values():
            for item in items:
                anchors.append(item.reference)
                rows.append(self._row(item))
        if not rows:
            return None
        return Table(
            _("The codings behind each finding"),
            (
                _("Ref."), _("Role"), _("Situation"), _("Coder, grid"), _("Visit"),
                _("Document, position"), _("Coding"),
            ),
            tuple(rows),
            name=_("References"),
            notes=(
                _(
                    "Position: first and last character in the canonical text. Document: first "
                    "characters of its id in the study; coding: the last ones of its own."
                ),
            ),
            widths=_WIDTHS,
            anchors=tuple(anchors),
        )  # fmt: skip

    def _row(self, item: Item) -> tuple[str, ...]:
        coding = item.coding
        source = self._codings.corpus[coding.segment.source]
        visit = self._codings.corpus.visit(source)
        return (
            item.reference,
            _("qualifies") if item.qualifies else _("supports"),
            _titled(coding.code, self._codings.grid),
            f"{coding.coder}, {coding.grid}",
            f"{visit.id}, {name_of(visit.kind).lower()}" if visit else _("unknown visit"),
            f"{source.id[:8]}, {coding.segment.start}–{coding.segment.end}",
            coding.id.hex[-8:],
        )

    def _items(self, finding: Finding) -> Iterator[Item]:
        rank = 0
        for qualifies, codings in ((False, finding.supports), (True, finding.qualifies)):
            seen: set[tuple[str, ...]] = set()
            for coding in codings:
                words = " ".join(self._codings.quote(coding).split())
                right = quotable(coding, self._codings, self._names)
                visit = self._codings.corpus.visit(self._codings.corpus[coding.segment.source])
                place = visit.territories if visit else ()
                printed = (
                    right.allowed
                    and place not in seen
                    and len(seen) < _PRINTED[qualifies]
                    and len(words) <= _LONGEST
                )
                if printed:
                    seen.add(place)
                yield Item(
                    reference=f"{finding.reference}-{letter(rank)}",
                    coding=coding,
                    qualifies=qualifies,
                    words=self._names.mask(words),
                    attribution=self._names.mask(right.attribution),
                    allowed=right.allowed,
                    printed=printed,
                )
                rank += 1


def letter(rank: int) -> str:
    """Return the letters of a rank: a to z, then aa, ab.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('a', 'z', 'aa')
    """
    letters = ""
    rank += 1
    while rank:
        rank, left = divmod(rank - 1, len(ascii_lowercase))
        letters = ascii_lowercase[left] + letters
    return letters


def _verbatim(item: Item) -> Verbatim:
    return Verbatim(item.words, item.attribution, item.reference, item.qualifies)


def _titled(key: str, grid: Grid) -> str:
    code = grid.get(key)
    return f"{key} – {code.name}" if code else key


def _weight(items: tuple[Item, ...]) -> str:
    supports = sum(not item.qualifies for item in items)
    sources = len({item.coding.segment.source for item in items})
    said = ngettext("{n} coding supports it", "{n} codings support it", supports).format(n=supports)
    against = ngettext("{n} qualifies it", "{n} qualify it", len(items) - supports).format(
        n=len(items) - supports
    )
    where = ngettext("in {n} document", "in {n} documents", sources).format(n=sources)
    return _("{said}, {against}, {where}.").format(said=said, against=against, where=where)
