"""The agreement annex: how coders were compared, what came out of it, what it cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.agreement import DISPUTE_KINDS, Dispute, alpha, disputes, pairs
from cpit_research.corpus.left_out import settled_shares
from cpit_research.figures import (
    agreement_heatmap,
    agreement_intervals,
)
from cpit_research.model.adjudication import DISAGREEMENT_REASONS, repeated
from cpit_research.model.round import INDICATIVE, NO_INTERVAL
from cpit_research.results.document import Block, Document, Heading, Listing, Paragraph, Table
from cpit_research.results.presentation import present
from cpit_research.results.result import Result
from cpit_research.study.agreement_method import (
    REFERENCES,
    Shared,
    coders_of,
    method,
    sampling,
)
from cpit_research.study.export import export
from cpit_research.study.rounds.blind import unsealed
from cpit_research.study.summary import banner
from cpit_research.wording import gettext as _
from cpit_research.wording import language, ngettext
from cpit_research.wording.figures import number
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.agreement import Unit
    from cpit_research.corpus.codings import Codings
    from cpit_research.study.study import Study

__all__ = ["agreement_annex"]

_COUNTS: Final = (
    "name", "both", "first_only", "second_only", "neither", "n_units", "n_notes", "prevalence",
)  # fmt: skip
_COEFFICIENTS: Final = (
    "name", "observed", "positive", "negative", "kappa", "alpha", "ac1", "interval", "status",
)  # fmt: skip
#: How much wider the names are than the numbers.
_NAME: Final = 5.0


def agreement_annex(
    study: Study, to: str | Path, *, unit: Unit = "sentence", grid: str | None = None
) -> Path:
    """Write the agreement annex (see :meth:`Study.agreement_annex`)."""
    codings, sealed = unsealed(study, study.codings(grid))
    document = Document(
        title=_("Agreement between coders"),
        subtitle=study.identity.title,
        made=study.occasion.now(),
        language=language(),
        author=study.identity.author,
        banner=banner(study),
        facts=tuple(_facts(study, codings)),
        blocks=tuple(_blocks(study, codings, unit, sealed)),
    )
    return export(study, to, document)


def _shared(codings: Codings) -> Shared:
    """Return the notes that several coders read, each with them."""
    read = codings.readers
    return [(one.id, read[one.id]) for one in codings.corpus if len(read.get(one.id, ())) > 1]


def _facts(study: Study, codings: Codings) -> Iterator[tuple[str, str]]:
    shared = _shared(codings)
    coders = coders_of(shared)
    grid = codings.grid
    yield (
        _("Notes read by several coders"),
        _("{n} of {all}").format(n=number(len(shared)), all=number(len(study.corpus))),
    )
    yield _("Coders compared"), ", ".join(coders) or "–"
    yield _("Grid"), f"{grid.version} ({name_of(grid.status)}, {grid.fingerprint[:16]})"
    yield _("Fingerprint of the codings"), codings.fingerprint


def _blocks(study: Study, codings: Codings, unit: Unit, sealed: tuple[str, ...]) -> Iterator[Block]:
    shared = _shared(codings)
    if study.identity.no_agreement or not shared:
        yield from _nothing(study, sealed)
        return
    for said in sealed:
        yield Paragraph(said, tone="warning")
    by_code = alpha(codings, unit=unit)
    told = disputes(codings, unit=unit)
    yield Heading(_("In short"))
    yield from _short(by_code, shared)
    yield Heading(_("Method"))
    yield from method(study, codings, by_code, shared)
    yield from sampling(study)
    yield Heading(_("Results, code by code"))
    yield agreement_intervals(by_code)
    yield from _tables(by_code, _("Codes"))
    yield from _tables(_of_families(alpha(codings, unit=unit, by="family"), codings), _("Families"))
    between = pairs(codings, unit=unit)
    if len(between.table.columns) > 2:  # more than the names and one pair
        yield Heading(_("Pairs of coders"))
        yield agreement_heatmap(between)
        yield present(between, name=_("Pairs of coders"))
    yield Heading(_("Disagreements, and what became of them"))
    yield from _disagreements(study, codings, told)
    yield Heading(_("What these figures cannot say"))
    yield Listing(tuple(_limits(by_code, shared)))
    yield Heading(_("References"))
    yield Listing(REFERENCES)


def _nothing(study: Study, sealed: tuple[str, ...]) -> Iterator[Block]:
    """Yield why there is no agreement to compute."""
    if study.identity.no_agreement:
        said = _("This study does not measure agreement: {reason}")
        yield Paragraph(said.format(reason=study.identity.no_agreement), tone="warning")
        return
    for said in sealed:
        yield Paragraph(said, tone="warning")
    yield Paragraph(
        _("None of the other notes was read by two coders: there is no agreement to compute.")
        if sealed
        else _("No note was read by two coders: there is no agreement to compute."),
        tone="warning",
    )


def _tables(result: Result, name: str) -> Iterator[Block]:
    """Yield the counts of a table of agreement, then its coefficients: a page holds no more."""
    for caption, columns, notes in (
        (_("{title}: counts"), _COUNTS, ()),
        (_("{title}: coefficients"), _COEFFICIENTS, (result.method,)),
    ):
        table = result.table.assign(interval=_interval(result))
        if columns is _COEFFICIENTS:
            table = table[table["alpha"].notna()]
        shown = [name for name in columns if name != "status" or table["status"].any()]
        table = table[shown].rename_axis(index="code")
        part = replace(result, title=caption.format(title=result.title), table=table)
        sheet = _("{name}, counts").format(name=name) if columns is _COUNTS else name
        cells = present(part, name=sheet, notes=notes)
        yield replace(cells, widths=(1.2, _NAME, *[1.0] * (len(table.columns) - 1)))


def _of_families(by_family: Result, codings: Codings) -> Result:
    """Return the rows of families that hold codes: those that stand alone are told code by code."""
    grid = codings.grid
    table = by_family.table
    kept = [key for key in table.index if key in grid and grid.children(key)]
    return replace(by_family, table=table.loc[kept])


def _interval(result: Result) -> list[str]:
    """Return the bounds of each row in one cell, empty where there are none."""
    bounds = zip(result.table["low"].astype(float), result.table["high"].astype(float), strict=True)
    return [
        "" if low != low else f"{number(low, 2)} – {number(high, 2)}"  # noqa: PLR0124  NaN
        for low, high in bounds
    ]


def _short(by_code: Result, shared: Shared) -> Iterator[Block]:
    entries = by_code.table.drop(index="total", errors="ignore")
    told = entries[entries["alpha"].notna()]
    yield Paragraph(
        ngettext(
            "{n} code was put by somebody on the notes compared; {told} of them on enough units "
            "for an agreement to be told.",
            "{n} codes were put by somebody on the notes compared; {told} of them on enough units "
            "for an agreement to be told.",
            len(entries),
        ).format(n=number(len(entries)), told=number(len(told))),
        tone="lead",
    )
    if len(told):
        yield Paragraph(
            _(
                "Krippendorff's alpha goes from {low} to {high} over these codes (median {median})."
            ).format(
                low=number(float(told["alpha"].min()), 2),
                high=number(float(told["alpha"].max()), 2),
                median=number(float(told["alpha"].median()), 2),
            )
        )
    if len(shared) < INDICATIVE:
        yield Paragraph(_few(len(shared)), tone="warning")


def _few(n: int) -> str:
    if n < NO_INTERVAL:
        return ngettext(
            "{n} note only was read by several coders: no interval is given, every figure is "
            "indicative.",
            "{n} notes only were read by several coders: no interval is given, every figure is "
            "indicative.",
            n,
        ).format(n=n)
    return ngettext(
        "{n} note was read by several coders, fewer than ten: every figure is indicative.",
        "{n} notes were read by several coders, fewer than ten: every figure is indicative.",
        n,
    ).format(n=n)


def _disagreements(study: Study, codings: Codings, told: tuple[Dispute, ...]) -> Iterator[Block]:
    yield Paragraph(
        ngettext(
            "{n} passage is not coded alike by those who read it.",
            "{n} passages are not coded alike by those who read them.",
            len(told),
        ).format(n=number(len(told)))
    )
    if told:
        counts = Counter((one.code, one.kind) for one in told)
        met = {code for code, _kind in counts}
        listed = [code for code in codings.grid if code.id in met]
        yield Table(
            caption=_("Disagreements by code and by kind, as a machine can tell them"),
            header=(_("Code"), _("Name"), *map(name_of, DISPUTE_KINDS)),
            rows=tuple(
                (code.id, code.name, *(counts[code.id, kind] for kind in DISPUTE_KINDS))
                for code in listed
            ),
            name=_("Disagreements"),
        )
    decisions = study.adjudications
    if decisions:
        again = repeated(decisions)
        reasons = Counter(one.reason for one in decisions if one.id not in again)
        yield Table(
            caption=_("Decisions, by the reason that coders differed"),
            header=(_("Reason"), _("Decisions")),
            rows=tuple((name_of(why), reasons[why]) for why in DISAGREEMENT_REASONS),
            name=_("Decisions"),
        )
    else:
        yield Paragraph(_("No disagreement was adjudicated yet."), tone="note")
    for said in settled_shares(codings.where(settled=True)):
        yield Paragraph(said)


def _limits(by_code: Result, shared: Shared) -> Iterator[str]:
    yield _(
        "Agreement tells that a grid is shared by those who used it, not that what they say is "
        "true: two coders may be wrong together."
    )
    yield _(
        "Sentences of one note resemble each other: intervals are drawn from notes, and stay wide "
        "as long as notes are few."
    )
    unsure = int((by_code.table["status"] == "not_estimable").sum())
    if unsure:
        yield ngettext(
            "{n} code is too rare on these notes for anything to be said of it.",
            "{n} codes are too rare on these notes for anything to be said of them.",
            unsure,
        ).format(n=number(unsure))
    if len(coders_of(shared)) == 2:
        yield _(
            "Two coders were compared: what they share may be theirs, and not that of the grid."
        )
