"""The agreement annex: how coders were compared, what came out of it, what it cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.agreement import DISPUTE_KINDS, Dispute, alpha, disputes, pairs
from cpit_research.figures import (
    agreement_heatmap,
    agreement_history,
    agreement_intervals,
)
from cpit_research.model.adjudication import DISAGREEMENT_REASONS, repeated
from cpit_research.model.round import INDICATIVE, NO_INTERVAL
from cpit_research.results.document import Block, Document, Heading, Listing, Paragraph, Table
from cpit_research.results.left_out import settled_shares
from cpit_research.results.presentation import present
from cpit_research.results.result import Result
from cpit_research.study.export import export
from cpit_research.study.rounds.history import closed_early
from cpit_research.study.rounds.rounds import unsealed
from cpit_research.study.summary import banner
from cpit_research.wording import gettext as _
from cpit_research.wording import language, ngettext
from cpit_research.wording.figures import long_date, number, percent
from cpit_research.wording.vocabulary import name_of, round_state

if TYPE_CHECKING:
    from cpit_research.agreement import Unit
    from cpit_research.corpus.codings import Codings
    from cpit_research.model.round import Round
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
_REFERENCES: Final = (
    (
        "Krippendorff, K. (2019). Content Analysis: An Introduction to Its Methodology (4th ed.). "
        "Sage."
    ),
    (
        "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and "
        "Psychological Measurement, 20(1), 37-46. doi:10.1177/001316446002000104"
    ),
    (
        "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of "
        "high agreement. British Journal of Mathematical and Statistical Psychology, 61(1), 29-48. "
        "doi:10.1348/000711006X126600"
    ),
    (
        "Cicchetti, D. V. & Feinstein, A. R. (1990). High agreement but low kappa: II. Resolving "
        "the paradoxes. Journal of Clinical Epidemiology, 43(6), 551-558. "
        "doi:10.1016/0895-4356(90)90159-M"
    ),
    (
        "MacQueen, K. M., McLellan, E., Kay, K. & Milstein, B. (1998). Codebook development for "
        "team-based qualitative analysis. Cultural Anthropology Methods, 10(2), 31-36. "
        "doi:10.1177/1525822X980100020301"
    ),
    (
        "O'Connor, C. & Joffe, H. (2020). Intercoder reliability in qualitative research: debates "
        "and practical guidelines. International Journal of Qualitative Methods, 19, 1-13. "
        "doi:10.1177/1609406919899220"
    ),
)


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


def _shared(codings: Codings) -> list[tuple[str, tuple[str, ...]]]:
    """Return the notes that several coders read, each with them."""
    read = codings.readers
    return [(one.id, read[one.id]) for one in codings.corpus if len(read.get(one.id, ())) > 1]


def _facts(study: Study, codings: Codings) -> Iterator[tuple[str, str]]:
    shared = _shared(codings)
    coders = sorted({coder for _source, several in shared for coder in several})
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
    if study.identity.no_agreement:
        yield Paragraph(
            _("This study does not measure agreement: {reason}").format(
                reason=study.identity.no_agreement
            ),
            tone="warning",
        )
        return
    for said in sealed:
        yield Paragraph(said, tone="warning")
    if not shared:
        yield Paragraph(
            _("None of the other notes was read by two coders: there is no agreement to compute.")
            if sealed
            else _("No note was read by two coders: there is no agreement to compute."),
            tone="warning",
        )
        return
    by_code = alpha(codings, unit=unit)
    told = disputes(codings, unit=unit)
    yield Heading(_("In short"))
    yield from _short(by_code, shared)
    yield Heading(_("Method"))
    yield from _method(study, codings, by_code, shared)
    yield from _rounds(study)
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
    yield Listing(_REFERENCES)


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


def _short(by_code: Result, shared: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Block]:
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


def _method(
    study: Study, codings: Codings, by_code: Result, shared: Sequence[tuple[str, tuple[str, ...]]]
) -> Iterator[Block]:
    coders = sorted({coder for _source, several in shared for coder in several})
    n_units = int(by_code.table["n_units"].max())
    roles = {one.id: one.role for one in codings.corpus.register.researchers}
    yield Paragraph(
        ngettext(
            "{notes} of the {all} notes of the corpus ({share}) was read by several coders, each "
            "apart, under version {grid} of the grid: {units} units in all.",
            "{notes} of the {all} notes of the corpus ({share}) were read by several coders, each "
            "apart, under version {grid} of the grid: {units} units in all.",
            len(shared),
        ).format(
            notes=number(len(shared)),
            all=number(len(study.corpus)),
            share=percent(len(shared) / len(study.corpus)),
            grid=codings.grid.version,
            units=number(n_units),
        )
    )
    named = [f"{who} ({roles[who]})" if roles.get(who) else who for who in coders]
    yield Paragraph(_("; ").join(named), label=_("Coders"))
    yield Paragraph(by_code.method, label=_("Units and computation"))
    yield Paragraph(
        _(
            "A unit that nobody marked counts as much as another: it was read. A note that a coder "
            "did not read is missing for her, never an absence. Under 5 units that somebody "
            "marked, nothing is told of a code; under 10 notes, figures are indicative; under 5 "
            "notes, no interval is given."
        ),
        label=_("Missing and rare"),
    )
    yield Paragraph(
        _(
            "Kappa and alpha fall when a code is rare, even where coders hardly differ; AC1 stays "
            "high, even where they never agree that it is present. This is why they stand side by "
            "side with the positive agreement: of the marks of two coders, the share that both "
            "put. No threshold is applied."
        ),
        label=_("How to read"),
    )
    for note in by_code.notes:
        yield Paragraph(note, tone="note")


def _rounds(study: Study) -> Iterator[Block]:
    """Yield how the notes of each round were drawn and read, and what came out of it."""
    rounds = study.round_list()
    if not rounds:
        yield Paragraph(
            _(
                "The notes compared were not drawn by a round of double coding: they are those "
                "that several coders happen to have read, and may not be like the others."
            ),
            label=_("Sample"),
        )
        return
    for one in rounds:
        yield Paragraph(_drawn(one), label=one.name)
    history = study.round_history()
    if len(history.table):
        yield present(history, name=_("Rounds"))
        yield agreement_history(history)


def _drawn(one: Round) -> str:
    """Say how the notes of a round were drawn, by whom they were read, and where it stands."""
    drawn = ngettext(
        "{n} note drawn at random ({share}; strata: {strata}; seed {seed}), given to {coders} "
        "under version {grid} of the grid; opened on {opened}, {state}.",
        "{n} notes drawn at random ({share}; strata: {strata}; seed {seed}), given to {coders} "
        "under version {grid} of the grid; opened on {opened}, {state}.",
        len(one.sources),
    ).format(
        n=number(len(one.sources)),
        share=one.share,
        strata=", ".join(map(name_of, one.strata)) or _("none"),
        seed=one.seed,
        coders=", ".join(one.coders),
        grid=one.grid,
        opened=long_date(one.at.date()),
        state=round_state(one.state),
    )
    if one.state == "cancelled" and one.reason:
        return f"{drawn} {one.reason}"
    if one.blind and not one.unfinished:
        drawn = f"{drawn} {_('No coder saw what the others put before all had finished.')}"
    return " ".join((drawn, *closed_early(one)))


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


def _limits(by_code: Result, shared: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
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
    coders = {coder for _source, several in shared for coder in several}
    if len(coders) == 2:
        yield _(
            "Two coders were compared: what they share may be theirs, and not that of the grid."
        )
