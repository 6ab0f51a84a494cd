"""What the summary says of its method: what is counted, what is withheld, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.left_out import left_out
from cpit_research.results.document import Block, Heading, Paragraph, Table
from cpit_research.results.provenance import provenance
from cpit_research.study.evidence import Evidence
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import number, percent
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["method", "settled_note"]


def settled_note(settled: Codings, codings: Codings) -> str:
    """Say which codings are settled, and how many of all they are."""
    share = len(settled) / len(codings) if len(codings) else 0.0
    return _(
        "Settled codings only ({n} of {all}, {share}): those decided by adjudication, the same "
        "code put on overlapping segments by every coder of the note, counted once, and notes "
        "coded by one person alone."
    ).format(n=number(len(settled)), all=number(len(codings)), share=percent(share))


def method(study: Study, codings: Codings, settled: Codings, evidence: Evidence) -> Iterator[Block]:
    """Yield how the study was coded, what is counted, and what the document keeps to itself."""
    yield Heading(_("Method and provenance"))
    yield Paragraph(
        _(
            "Notes and transcripts are coded against the grid by people, segment by segment; "
            "each coding keeps its coder, its grid version and the text version it was put on."
        )
    )
    for said in left_out(codings):
        yield Paragraph(said, tone="warning")
    for name, rule in codings.grid.rules.items():
        yield Paragraph(rule[:1].upper() + rule[1:].rstrip(".") + ".", label=name_of(name))
    yield Paragraph(settled_note(settled, codings), label=_("What is counted"))
    yield Paragraph(
        _("Agreement between coders is not computed in this document. Saturation is not claimed."),
        label=_("Limits"),
    )
    yield from _confidentiality(evidence)
    yield _provenance(study, codings)


def _confidentiality(evidence: Evidence) -> Iterator[Block]:
    yield Paragraph(
        _(
            "Names known to the study are shown as opaque ids; a passage is printed only if "
            "every person concerned gave the right to quote. Pseudonymised is not anonymous: do "
            "not pass this document on."
        ),
        label=_("Confidentiality"),
    )
    if evidence.withheld:
        yield Paragraph(
            ngettext(
                "{n} passage behind the findings is not printed: its quoting right was not given.",
                "{n} passages behind the findings are not printed: their quoting right was not "
                "given.",
                evidence.withheld,
            ).format(n=evidence.withheld),
            tone="note",
        )


def _provenance(study: Study, codings: Codings) -> Table:
    grid = codings.grid
    origin = provenance(study.corpus, codings)
    return Table(
        _("Provenance"),
        (_("What"), _("Value")),
        (
            (_("Grid"), f"{grid.id} {grid.version}"),
            (_("Fingerprint of the grid"), grid.fingerprint[:16]),
            (_("Fingerprint of the texts"), origin.corpus),
            (_("Fingerprint of the codings"), origin.codings),
            (_("Version of cpit_research"), origin.package),
        ),
        name=_("Provenance"),
        widths=(1, 2),
    )
