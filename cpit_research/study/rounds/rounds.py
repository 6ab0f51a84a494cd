"""Rounds of double coding: opened, gone through by each coder apart, closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.corpus.sampling import STRATA, Stratum, draw
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.grid import Grid
from cpit_research.model.round import INDICATIVE, NO_INTERVAL, Round
from cpit_research.model.unit import UNITS
from cpit_research.store import rounds as store
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.writing import writing
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = [
    "RoundOpened",
    "check_finished",
    "check_taking_part",
    "find_round",
    "frozen_grid",
    "round_cancel",
    "round_finish",
    "round_list",
    "round_open",
    "round_reopen",
    "round_resume",
    "step",
    "unsealed",
]


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
    if study.identity.no_agreement:
        raise Conflict(
            _("This study does not measure agreement: {reason}").format(
                reason=study.identity.no_agreement
            ),
            where=_("It is said in study.toml."),
            remedy=_("Take the line “agreement” away there to open a round."),
        )
    listed = _checked_coders(study, coders)
    if unit not in UNITS:
        raise InvalidInput(
            _("“{value}” is not a value of {name}.").format(value=unit, name="unit"),
            exists=_("It can be: {values}.").format(values=", ".join(UNITS)),
        )
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
            unit,
            listed,
            tuple((key, corpus[key].version) for key in drawn),
            seed,
            str(sample).strip(),
            coder,
            study.occasion.now(),
            tuple(dict.fromkeys(STRATA[one] for one in by)),
        )
        store.append_round(connection, opened)
        opened = _named(store.stored_rounds(connection), opened.id.hex)
    return RoundOpened(opened, strata, tuple(_remarks(study, opened, before)))


def round_finish(study: Study, round: str | Round, *, coder: str) -> Round:
    """Say that a coder has gone through every note (see :meth:`Study.round_finish`)."""
    return _own_step(study, round, "finished", coder)


def round_resume(study: Study, round: str | Round, *, coder: str) -> Round:
    """Say that a coder has not finished after all (see :meth:`Study.round_resume`)."""
    return _own_step(study, round, "resumed", coder)


def round_reopen(study: Study, round: str | Round, *, reason: str, coder: str) -> Round:
    """Open a round again (see :meth:`Study.round_reopen`)."""
    refuse_in_lot(study)
    found = find_round(study, round)
    if found.state == "open":
        raise Conflict(_("The round {name} is open already.").format(name=found.name))
    return step(study, found, "reopened", coder=coder, reason=reason)


def round_cancel(study: Study, round: str | Round, *, reason: str, coder: str) -> Round:
    """Give a round up (see :meth:`Study.round_cancel`)."""
    refuse_in_lot(study)
    found = find_round(study, round)
    if found.state == "cancelled":
        raise Conflict(_("The round {name} is cancelled already.").format(name=found.name))
    return step(study, found, "cancelled", coder=coder, reason=reason)


def round_list(study: Study) -> tuple[Round, ...]:
    """Return every round, in the order they were opened (see :meth:`Study.round_list`)."""
    with study.shelf.database.reading() as connection:
        return store.stored_rounds(connection)


def find_round(study: Study, round: str | Round) -> Round:
    """Return a round as it stands, by its name or the last characters of its id.

    Raises
    ------
    NotFound
        If there is none, or several.
    """
    wanted = round.id.hex if isinstance(round, Round) else round
    rounds = round_list(study)
    if not rounds and study.identity.lot:
        raise NotFound(
            _("This lot holds no round: a lot of a round holds all of its notes."),
            remedy=_(
                "Ask whoever holds the study for it: “cpit lot export --round {name}”."
            ).format(name=wanted),
        )
    return _named(rounds, wanted)


def step(
    study: Study,
    found: Round,
    what: store.Step,
    *,
    coder: str,
    reason: str,
    figures: Iterable[dict[str, object]] = (),
) -> Round:
    """Write what happens to a whole round, with its reason; return it as it stands.

    Raises
    ------
    InvalidInput
        If a reason is needed and there is none.
    """
    check_coder(study, coder)
    if what != "closed" and not reason.strip():
        raise InvalidInput(
            _("A round is reopened or cancelled with a reason."),
            remedy=_("Say in a few words what the team decided, and why."),
        )
    with writing(study) as connection:
        store.append_step(
            connection, found.id, what, event=study.occasion.new_id(),
            at=study.occasion.milliseconds(), actor=coder, reason=reason.strip(), figures=figures,
        )  # fmt: skip
        return _named(store.stored_rounds(connection), found.id.hex)


def frozen_grid(study: Study, found: Round) -> Grid:
    """Return the grid of a round, which must be as it was when the round was opened.

    Raises
    ------
    Conflict
        If it has changed: nothing of the round is computed until it is back.
    """
    used = study.grid(found.grid)
    # A draft that is released as it stands says the same: only its status is another.
    if found.fingerprint not in {used.fingerprint, replace(used, status="draft").fingerprint}:
        raise Conflict(
            _("The grid {version} has changed since the round {name} was opened.").format(
                version=found.grid, name=found.name
            ),
            where=_("It was {then}, it is {now}.").format(
                then=found.fingerprint[:12], now=used.fingerprint[:12]
            ),
            remedy=_(
                "Codings of one round are put under one grid: put the file back as it was and make "
                "a new version of the changes, or cancel the round."
            ),
        )
    return used


def unsealed(study: Study, codings: Codings) -> tuple[Codings, tuple[str, ...]]:
    """Leave out the notes that coders are still coding apart, and say so.

    Whoever compares coders sees what each of them put: on these notes nobody does before all of
    them have finished.

    Returns
    -------
    Codings
        Those on the other notes.
    tuple of str
        A sentence for each round that is sealed.
    """
    sealed: set[str] = set()
    told = []
    for found in round_list(study):
        here = {key for key, _version in found.sources if key in codings.corpus}
        if found.state == "open" and found.blind and found.waiting and here:
            sealed |= here
            told.append(
                ngettext(
                    "{n} note of the round {name}, still being coded apart, is left out.",
                    "{n} notes of the round {name}, still being coded apart, are left out.",
                    len(here),
                ).format(n=len(here), name=found.name)
            )
    if not sealed:
        return codings, ()
    corpus = codings.corpus
    left = Corpus((one for one in corpus if one.id not in sealed), corpus.register)
    return codings.on(left), tuple(told)


def _not_finished(found: Round) -> Conflict:
    return Conflict(
        _("The round {name} is still being coded by {coders}.").format(
            name=found.name, coders=", ".join(found.waiting)
        ),
        where=_("Coders see nothing of each other until all of them have finished."),
        remedy=_(
            "Each says it with “cpit round finish {name} --coder ID”; “cpit round close” closes it "
            "before, with --anyway and a reason."
        ).format(name=found.name),
    )


def check_finished(found: Round) -> None:
    """Refuse to read a round that some of its coders are still coding.

    Raises
    ------
    Conflict
        If somebody has not finished.
    """
    if found.waiting:
        raise _not_finished(found)


def check_taking_part(found: Round, coder: str) -> None:
    """Refuse somebody who does not take part in a round, or a round that is no longer open.

    Raises
    ------
    NotFound
        If she is no coder of it.
    Conflict
        If it is closed, cancelled or disputed.
    """
    if coder not in found.coders:
        raise NotFound(
            _("“{coder}” is not a coder of the round {name}.").format(coder=coder, name=found.name),
            exists=_("Its coders are: {coders}.").format(coders=", ".join(found.coders)),
        )
    if found.state != "open":
        raise Conflict(
            _("The round {name} is no longer open.").format(name=found.name),
            remedy=_("“cpit round reopen” opens it again, with a reason."),
        )


def _own_step(study: Study, asked: str | Round, what: store.Step, coder: str) -> Round:
    check_coder(study, coder)
    found = find_round(study, asked)
    check_taking_part(found, coder)
    with writing(study) as connection:
        store.append_step(
            connection, found.id, what, event=study.occasion.new_id(),
            at=study.occasion.milliseconds(), actor=coder,
        )  # fmt: skip
        return _named(store.stored_rounds(connection), found.id.hex)


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


def _named(rounds: tuple[Round, ...], wanted: str) -> Round:
    key = wanted.strip()
    exact = [one for one in rounds if key in {one.name, one.id.hex, str(one.id)}]
    found = exact or [one for one in rounds if key and one.id.hex.endswith(key.lower())]
    if len(found) == 1:
        return found[0]
    names = [one.name for one in rounds]
    close = nearest(key, names)
    shown = ", ".join(f"{one.name} ({one.reference})" for one in found or rounds)
    raise NotFound(
        _("Several rounds are named “{name}”.").format(name=key)
        if found
        else _("There is no round “{name}”.").format(name=key),
        exists=_("The study has: {rounds}.").format(rounds=shown) if shown else "",
        remedy=_("Did you mean “{close}”?").format(close=close) if close and not found else "",
    )


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
