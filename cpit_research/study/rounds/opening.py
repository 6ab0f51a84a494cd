"""Opening a round of double coding: who takes part, which notes are drawn, what must be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.corpus.sampling import STRATA, Stratum, draw
from cpit_research.errors import Conflict, InvalidInput
from cpit_research.model.round import INDICATIVE, NO_INTERVAL, Round
from cpit_research.model.unit import UNITS, Unit
from cpit_research.store import rounds as store
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.rounds.rounds import named
from cpit_research.study.writing import writing
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["RoundOpened", "round_open"]


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A round, what was drawn in each stratum, and what must be known of it."""

    round: Round
    strata: tuple[Stratum, ...]
    remarks: tuple[str, ...] = ()


def round_open(
    study: Study,
    coders: Iterable[str],
    *,
    coder: str,
    sample: str | int = "20%",
    stratify: Iterable[str] = ("territory", "visit_kind"),
    name: str | None = None,
    grid: str | None = None,
    unit: str = "sentence",
) -> RoundOpened:
    """Draw notes and open a round on them (see :meth:`Study.round_open`)."""
    refuse_in_lot(study)
    check_coder(study, coder)
    _check_measured(study)
    listed = _checked_coders(study, coders)
    counted = _checked_unit(unit)
    used, corpus, by = study.grid(grid), study.corpus, tuple(stratify)
    with writing(study) as connection:
        before = store.stored_rounds(connection)
        rank = len(before) + 1
        seed = study.occasion.seed + rank
        strata = draw(corpus, sample, stratify=by, seed=seed)
        drawn = sorted(key for stratum in strata for key in stratum.drawn)
        opened = Round(
            UUID(bytes=study.occasion.new_id()),
            _free_name(name, rank, before),
            used.version,
            used.fingerprint,
            counted,
            listed,
            tuple((key, corpus[key].version) for key in drawn),
            seed,
            str(sample).strip(),
            coder,
            study.occasion.now(),
            tuple(dict.fromkeys(STRATA[one] for one in by)),
        )
        store.append_round(connection, opened)
        opened = named(store.stored_rounds(connection), opened.id.hex)
    return RoundOpened(opened, strata, tuple(_remarks(study, opened, before)))


def _check_measured(study: Study) -> None:
    if study.identity.no_agreement:
        raise Conflict(
            _("This study does not measure agreement: {reason}").format(
                reason=study.identity.no_agreement
            ),
            where=_("It is said in study.toml."),
            remedy=_("Take the line “agreement” away there to open a round."),
        )


def _checked_unit(unit: str) -> Unit:
    if unit not in UNITS:
        raise InvalidInput(
            _("“{value}” is not a value of {name}.").format(value=unit, name="unit"),
            exists=_("It can be: {values}.").format(values=", ".join(UNITS)),
        )
    return unit


def _checked_coders(study: Study, coders: Iterable[str]) -> tuple[str, ...]:
    listed = tuple(sorted(set(coders)))
    for one in listed:
        check_coder(study, one)
    if len(listed) < 2:
        raise InvalidInput(
            _("A round of double coding needs two coders or more."),
            exists=_("Named: {names}.").format(names=", ".join(listed)) if listed else "",
            remedy=_('Name them with --coders "claire,yann".'),
        )
    return listed


def _free_name(name: str | None, rank: int, before: tuple[Round, ...]) -> str:
    known = {one.name for one in before}
    if name is None:
        ranks = range(rank, rank + len(before) + 1)
        names = (_("round-{n}").format(n=number) for number in ranks)
        return next(made for made in names if made not in known)
    name = " ".join(name.split())
    if not name:
        raise InvalidInput(_("A round needs a name."))
    if name in known:
        raise Conflict(
            _("There is a round named {name} already.").format(name=name),
            remedy=_("Give another name, or none: one is made."),
        )
    return name


def _remarks(study: Study, opened: Round, before: tuple[Round, ...]) -> Iterable[str]:
    """Yield what those who open a round should know."""
    n = len(opened.sources)
    if n < NO_INTERVAL:
        yield ngettext(
            "{n} note: under {least}, no interval will be given.",
            "{n} notes: under {least}, no interval will be given.",
            n,
        ).format(n=n, least=NO_INTERVAL)
    elif n < INDICATIVE:
        yield _("{n} notes: under {least}, agreement is indicative.").format(n=n, least=INDICATIVE)
    for person in study.register.researchers:
        if person.id in opened.coders and person.standing == "trainee":
            yield _("{coder} is in training: her codings count in the round, and settle "
                    "nothing.").format(coder=person.id)  # fmt: skip
        if person.id in opened.coders and person.standing == "machine":
            yield _("{coder} is a machine: its codings count in the round, and settle "
                    "nothing.").format(coder=person.id)  # fmt: skip
    drawn = {key for key, _version in opened.sources}
    again = drawn & {key for one in before for key, _v in one.sources if one.state != "cancelled"}
    if again:
        yield ngettext(
            "{n} of them was in an earlier round.", "{n} of them were in earlier rounds.",
            len(again),
        ).format(n=len(again))  # fmt: skip
    codings = study.codings(opened.grid)
    for coder in opened.coders:
        own = codings.where(coder=coder, decided=False).columns.source
        held = {own.names[row] for row in own.rows.tolist()} & drawn
        if held:
            yield _("{coder} has already coded {n} of them: these codings count.").format(
                coder=coder, n=len(held)
            )
