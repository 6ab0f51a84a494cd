"""Rounds of double coding as they stand: found, gone through by each coder, taken further."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.grid import Grid
from cpit_research.model.round import Round
from cpit_research.store import rounds as store
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.writing import writing
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = [
    "check_finished",
    "check_taking_part",
    "find_round",
    "frozen_grid",
    "named",
    "round_cancel",
    "round_finish",
    "round_list",
    "round_reopen",
    "round_resume",
    "step",
]


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
    return named(rounds, wanted)


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
        return named(store.stored_rounds(connection), found.id.hex)


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
        return named(store.stored_rounds(connection), found.id.hex)


def named(rounds: tuple[Round, ...], wanted: str) -> Round:
    """Return the one of that name, or whose id ends so.

    Raises
    ------
    NotFound
        If there is none, or several.
    """
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
