"""How coders were compared, in the words of the annex: which notes, drawn how, in what terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from cpit_research.figures import agreement_history
from cpit_research.results.document import Block, Paragraph
from cpit_research.results.presentation import present
from cpit_research.results.result import Result
from cpit_research.study.rounds.history import closed_early
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import long_date, number, percent
from cpit_research.wording.vocabulary import name_of, round_state

if TYPE_CHECKING:
    from cpit_research.corpus.codings import Codings
    from cpit_research.model.round import Round
    from cpit_research.study.study import Study

__all__ = ["REFERENCES", "Shared", "coders_of", "method", "sampling"]

#: Notes that several coders read, each with them.
Shared = Sequence[tuple[str, tuple[str, ...]]]
REFERENCES: Final = (
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


def coders_of(shared: Shared) -> list[str]:
    """Return the ids of the coders who are compared, sorted."""
    return sorted({coder for _source, several in shared for coder in several})


def method(study: Study, codings: Codings, by_code: Result, shared: Shared) -> Iterator[Block]:
    """Yield what was compared, by whom, and how to read what came out of it."""
    n_units = int(by_code.table["n_units"].max())
    yield Paragraph(_compared(study, codings, n_units, len(shared)))
    roles = {one.id: one.role for one in codings.corpus.register.researchers}
    coders = coders_of(shared)
    named = [f"{who} ({roles[who]})" if roles.get(who) else who for who in coders]
    yield Paragraph(_("; ").join(named), label=_("Coders"))
    yield Paragraph(by_code.method, label=_("Units and computation"))
    yield from _terms()
    for note in by_code.notes:
        yield Paragraph(note, tone="note")


def _compared(study: Study, codings: Codings, n_units: int, n_notes: int) -> str:
    """Say how much of the corpus several coders read."""
    return ngettext(
        "{notes} of the {all} notes of the corpus ({share}) was read by several coders, each "
        "apart, under version {grid} of the grid: {units} units in all.",
        "{notes} of the {all} notes of the corpus ({share}) were read by several coders, each "
        "apart, under version {grid} of the grid: {units} units in all.",
        n_notes,
    ).format(
        notes=number(n_notes),
        all=number(len(study.corpus)),
        share=percent(n_notes / len(study.corpus)),
        grid=codings.grid.version,
        units=number(n_units),
    )


def _terms() -> Iterator[Block]:
    """Yield what counts as missing or rare, and why coefficients stand side by side."""
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


def sampling(study: Study) -> Iterator[Block]:
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
