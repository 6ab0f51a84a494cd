"""The standing summary: what a programme lead reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cpit_research.analysis.coverage import coverage
from cpit_research.analysis.crosstab import crosstab
from cpit_research.corpus.codings import Codings
from cpit_research.figures.bars import family_bars
from cpit_research.figures.coverage import coverage_bars
from cpit_research.privacy.names import Names
from cpit_research.results.document import (
    Block,
    Document,
    Heading,
    KeyFigures,
    Listing,
    Paragraph,
    Table,
)
from cpit_research.results.presentation import present
from cpit_research.results.result import Result
from cpit_research.study.evidence import Evidence
from cpit_research.study.summary_method import method, settled_note
from cpit_research.wording import gettext as _
from cpit_research.wording import language, ngettext
from cpit_research.wording.figures import long_date, number
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.study.study import Study

_MOST_MET = 10
_SITUATIONS = "situations"
#: Axes of what visits listen for: stakes, needs.
_HEARD = ("stakes", "needs")


def summary(study: Study, names: Names) -> Document:
    """Return the standing summary of a study, names masked in verbatims."""
    codings = study.codings()
    settled = codings.where(settled=True)
    covered = coverage(study.corpus, study.register, codings)
    evidence = Evidence(study.findings, codings, names)
    blocks = (
        *_essentials(study, codings, evidence),
        *_context(study),
        *_coverage(covered),
        *_situations(*(_on_axis(some, _SITUATIONS) for some in (settled, codings))),
        *(block for axis in _HEARD for block in _heard(settled, axis)),
        *evidence.blocks(),
        *method(study, codings, settled, evidence),
        *_references(evidence),
    )
    return Document(
        title=study.identity.title,
        subtitle=study.identity.subtitle or _("Standing summary"),
        made=study.occasion.now(),
        language=language(),
        author=study.identity.author,
        banner=banner(study),
        facts=_facts(study, codings),
        blocks=blocks,
    )


def banner(study: Study) -> str:
    """Return what every page of a document of this study says."""
    return (
        _("Fictitious demonstration study: nothing here is real")
        if study.identity.demonstration
        else ""
    )


def _facts(study: Study, codings: Codings) -> tuple[tuple[str, str], ...]:
    days = sorted(
        visit.day for source in study.corpus if (visit := study.corpus.visit(source)) and visit.day
    )
    grid = codings.grid
    period = (
        _("{first} to {last}").format(first=long_date(days[0]), last=long_date(days[-1]))
        if days
        else "–"
    )
    return (
        (_("Visits documented"), period),
        (
            _("Texts"),
            _("{documents}, {words}").format(
                documents=ngettext("{n} document", "{n} documents", len(study.corpus)).format(
                    n=number(len(study.corpus))
                ),
                words=ngettext("{n} word", "{n} words", study.corpus.words).format(
                    n=number(study.corpus.words)
                ),
            ),
        ),
        (
            _("Codings"),
            _("{n}, by {coders}").format(n=number(len(codings)), coders=_people(codings.coders)),
        ),
        (
            _("Grid"),
            _("{title}, version {version} ({nature}, {status})").format(
                title=grid.title,
                version=grid.version,
                nature=name_of(grid.nature),
                status=name_of(grid.status),
            ),
        ),
        (_("Made on"), long_date(study.occasion.now().date())),
    )


def _people(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names) or "–"
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def _essentials(study: Study, codings: Codings, evidence: Evidence) -> Iterator[Block]:
    yield Heading(_("What to remember"))
    if evidence.findings:
        yield Listing(tuple(f"{one.reference}. {one.claim}" for one in evidence.findings))
    else:
        yield Paragraph(_("No finding has been drawn yet."), tone="lead")
    territories = {t for s in study.corpus if (v := study.corpus.visit(s)) for t in v.territories}
    yield KeyFigures(
        (
            (number(len(study.corpus)), ngettext("document", "documents", len(study.corpus))),
            (
                number(len(territories)),
                ngettext("territory met", "territories met", len(territories)),
            ),
            (number(len(codings)), ngettext("coding", "codings", len(codings))),
            (
                number(len(evidence.findings)),
                ngettext("finding", "findings", len(evidence.findings)),
            ),
        )
    )
    if codings.grid.nature == "illustrative":
        yield Paragraph(
            _(
                "The grid used is illustrative: it comes neither from the research team nor from "
                "its partners. No result drawn with it may be published."
            ),
            tone="warning",
        )


def _context(study: Study) -> Iterator[Block]:
    if study.identity.context:
        yield Heading(_("Context"))
        for paragraph in study.identity.context.split("\n\n"):
            yield Paragraph(" ".join(paragraph.split()))


def _progress(planned: int, made: int, ingested: int, coded: int) -> str:
    """Return how far the visits are, each count in the number it asks for."""
    return _("{planned}: {made}, {ingested}, {coded}.").format(
        planned=ngettext("{n} visit planned", "{n} visits planned", planned).format(n=planned),
        made=ngettext("{n} made", "{n} made", made).format(n=made),
        ingested=ngettext(
            "{n} with its notes in the study", "{n} with their notes in the study", ingested
        ).format(n=ingested),
        coded=ngettext("{n} coded", "{n} coded", coded).format(n=coded),
    )


def _coverage(covered: Result) -> Iterator[Block]:
    yield Heading(_("Where the campaign stands"))
    total: Any = covered.table.loc["total"]
    yield Paragraph(
        _progress(*(int(total[name]) for name in ("planned", "made", "ingested", "coded"))),
        tone="lead",
    )
    yield coverage_bars(covered)
    yield present(covered, name=_("Coverage"), index=False)


def _on_axis(codings: Codings, axis: str) -> Codings:
    """Return the codings on one axis of the grid, all of them when it has none of that name."""
    known = {one.id for one in codings.grid.axes}
    return codings.where(axis=axis) if axis in known else codings


def _heard(settled: Codings, axis: str) -> Iterator[Block]:
    """Yield what was heard of stakes or needs, the most often first."""
    named = {one.id: one.name for one in settled.grid.axes}
    chosen = settled.where(axis=axis) if axis in named else None
    if not chosen:
        return
    yield Heading(named[axis], 2)
    counted = crosstab(chosen, columns="visit_kind", rows="code", count="episode")
    yield from _most_met(counted, named[axis], named[axis])


def _most_met(counted: Result, title: str, sheet: str) -> Iterator[Table]:
    """Yield the codes most often met, and on which visits in words: names need the room."""
    table = counted.table.drop(index="total")
    met = table[table["total"] > 0].sort_values("total", ascending=False, kind="stable")
    if not len(met):
        return
    most = _in_words(replace(counted, title=title, table=met.head(_MOST_MET)))
    yield replace(present(most, name=sheet), widths=(0.8, 4.0, 0.8, 4.0))


def _in_words(counted: Result) -> Result:
    """Say the counts by kind of visit in one cell: a page has no room for names and seven kinds."""
    table = counted.table
    kinds = [column for column in table.columns if column not in {"name", "total"}]
    said = [
        _("; ").join(
            f"{name_of(kind)} ({number(n)})" for kind, n in zip(kinds, row, strict=True) if n
        )
        for row in table[kinds].itertuples(index=False)
    ]
    return replace(counted, table=table[["name", "total"]].assign(where=said))


def _situations(settled: Codings, codings: Codings) -> Iterator[Block]:
    yield Heading(_("The situations met"))
    families = crosstab(settled, columns="visit_kind", rows="family", count="episode")
    codes = crosstab(settled, columns="visit_kind", rows="code", count="episode")
    counted = codes.table.drop(index="total")
    met = counted[counted["total"] > 0].sort_values("total", ascending=False, kind="stable")
    yield Paragraph(
        ngettext(
            "{met} of the {all} situations of the grid were met at least once, in {codings} "
            "settled coding.",
            "{met} of the {all} situations of the grid were met at least once, in {codings} "
            "settled codings.",
            len(settled),
        ).format(met=len(met), all=len(counted), codings=number(len(settled))),
        tone="lead",
    )
    note = settled_note(settled, codings)
    yield family_bars(families)
    shown = present(_in_words(families.noting(note)), name=_("Families"), index=False)
    yield replace(shown, widths=(3.6, 0.8, 5.0))
    yield from _most_met(codes, _("The situations most often met"), _("Situations"))
    missing = [codings.grid[str(key)].name for key in counted.index[counted["total"] == 0]]
    if missing:
        yield Paragraph(
            _("Not met in settled codings, which does not mean absent: {names}.").format(
                names=_("; ").join(missing)
            ),
            tone="note",
        )


def _references(evidence: Evidence) -> Iterator[Block]:
    table = evidence.references()
    if table is not None:
        yield Heading(_("References"))
        yield table
