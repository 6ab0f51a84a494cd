"""Commands on rounds of double coding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.text import Text

from cpit_research.cli.analysis import To, hand_over
from cpit_research.cli.opening import opened
from cpit_research.cli.show import console, print_json, say
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import long_date
from cpit_research.wording.vocabulary import name_of, round_state

if TYPE_CHECKING:
    from cpit_research.corpus.sampling import Stratum
    from cpit_research.model.round import Round

Coder = Annotated[str, typer.Option(help=_("Id of the coder who says so."))]
RoundName = Annotated[str, typer.Argument(help=_("Its name, or the end of its id."))]
Why = Annotated[str, typer.Option(help=_("Why, in a few words; the record keeps it."))]
Json = Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))]
#: What a terminal shows of the figures of a round: the others are in `cpit agreement alpha`.
_SHOWN: Final = (
    "name", "both", "first_only", "second_only", "positive", "alpha", "low", "high", "status",
)  # fmt: skip


def round_open(
    *,
    coders: Annotated[str, typer.Option(help=_("Ids of the coders, with commas between them."))],
    coder: Coder,
    sample: Annotated[str, typer.Option(help=_("A share, 20%, or a number of notes."))] = "20%",
    stratify: Annotated[
        str, typer.Option(help=_("By what to stratify: territory,visit; none for nothing."))
    ] = "territory,visit",
    name: Annotated[str | None, typer.Option(help=_("Short name; round-1… by default."))] = None,
    grid: Annotated[
        str | None, typer.Option(help=_("Version of the grid; the newest by default."))
    ] = None,
    unit: Annotated[str, typer.Option(help=_("sentence, turn, paragraph or span."))] = "sentence",
) -> None:
    """Draw notes for several coders and open a round."""
    study = opened()
    done = study.round_open(
        _listed(coders), coder=coder, sample=sample, name=name,
        stratify=[] if stratify.strip().lower() == "none" else _listed(stratify),
        grid=grid, unit=unit,
    )  # fmt: skip
    found = done.round
    n = len(found.sources)
    say(
        ngettext(
            "Round {name} opened: {n} note, {coders}, grid {grid}.",
            "Round {name} opened: {n} notes, {coders}, grid {grid}.",
            n,
        ).format(name=found.name, n=n, coders=", ".join(found.coders), grid=found.grid)
    )
    out = console()
    for stratum in done.strata:
        paths = ", ".join(study.corpus[key].path for key in stratum.drawn)
        out.print(f"  {_stratum(stratum)}  {paths}".rstrip(), markup=False, soft_wrap=True)
    for remark in done.remarks:
        out.print(f"  {remark}", style="yellow", markup=False, soft_wrap=True)
    say(
        _(
            "Next, for each of them: “cpit sheet export --coder ID --round {name}”, or "
            "“cpit lot export --coder ID --round {name}” for a laptop."
        ).format(name=found.name)
    )


def round_list(json: Json = False) -> None:
    """List the rounds."""
    study = opened()
    rounds = study.round_list()
    if json:
        print_json([_plain_round(one) for one in rounds])
        return
    out = console()
    for one in rounds:
        out.print(Text(f"{one.name}  ", style="bold cyan").append(_stated(one)),
                  soft_wrap=True)  # fmt: skip
        out.print(f"  {_told(one)}", markup=False, soft_wrap=True)
    if not rounds:
        say(
            _("This lot holds no round: a lot of a round holds all of its notes.")
            if study.identity.lot
            else _("No round was opened: “cpit round open” opens one.")
        )


def round_finish(
    round: RoundName,
    coder: Annotated[str, typer.Option(help=_("Id of the coder who has finished."))],
) -> None:
    """Say that a coder has gone through every note."""
    found = opened().round_finish(round, coder=coder)
    say(
        _("Round {name}: still coding, {coders}.").format(
            name=found.name, coders=", ".join(found.waiting)
        )
        if found.waiting
        else all_finished(found)
    )


def all_finished(found: Round) -> str:
    """Say that a round can be closed."""
    return _("Round {name}: all have finished; “cpit round close” closes it.").format(
        name=found.name
    )


def round_resume(
    round: RoundName,
    coder: Annotated[str, typer.Option(help=_("Id of the coder who has not finished."))],
) -> None:
    """Say that a coder has not finished after all."""
    found = opened().round_resume(round, coder=coder)
    say(
        _("Round {name}: still coding, {coders}.").format(
            name=found.name, coders=", ".join(found.waiting)
        )
    )


def round_close(
    round: RoundName,
    coder: Coder,
    anyway: Annotated[
        str | None, typer.Option(help=_("Why, when a coder has not finished."))
    ] = None,
) -> None:
    """Close a round, compute its agreement and count disagreements."""
    study = opened()
    closed = study.round_close(round, coder=coder, anyway=anyway)
    shown = closed.agreement.table[[*_SHOWN]]
    hand_over(study, replace(closed.agreement, table=shown), None)
    say(
        _("Round {name} closed. Disagreements: {kinds}.").format(
            name=closed.round.name,
            kinds=", ".join(f"{name_of(kind)} {n}" for kind, n in closed.kinds.items()),
        )
    )
    if closed.disagreements:
        say(
            _("“cpit round disputes {name}” lists them; “cpit round export {name} --to FILE.xlsx” "
              "writes them in a workbook.").format(name=closed.round.name)
        )  # fmt: skip


def round_reopen(round: RoundName, reason: Why, coder: Coder) -> None:
    """Open a round again."""
    found = opened().round_reopen(round, reason=reason, coder=coder)
    say(_("Round {name} is open again.").format(name=found.name))


def round_cancel(round: RoundName, reason: Why, coder: Coder) -> None:
    """Give a round up."""
    found = opened().round_cancel(round, reason=reason, coder=coder)
    say(_("Round {name} is cancelled; its codings stay.").format(name=found.name))


def round_history(to: To = None) -> None:
    """Show agreement round after round."""
    study = opened()
    hand_over(study, study.round_history(), to)


def _plain_round(one: Round) -> dict[str, Any]:
    """Return a round in JSON's types."""
    return {
        "id": str(one.id), "name": one.name, "state": one.state, "grid": one.grid,
        "fingerprint": one.fingerprint, "unit": one.unit, "coders": list(one.coders),
        "sources": [source for source, _version in one.sources], "seed": one.seed,
        "share": one.share, "strata": list(one.strata), "blind": one.blind, "by": one.by,
        "at": one.at.isoformat(), "state_by": one.state_by, "reason": one.reason,
        "state_at": one.state_at.isoformat() if one.state_at else "",
        "finished": {coder: when.isoformat() for coder, when in one.finished.items()},
        "figures": [dict(row) for row in one.figures],
    }  # fmt: skip


def _listed(words: str) -> list[str]:
    return [part.strip() for part in words.split(",") if part.strip()]


def _stratum(stratum: Stratum) -> str:
    said = " – ".join(name_of(value) if value else name_of("unknown") for value in stratum.values)
    told = _("{drawn} of {available}").format(drawn=len(stratum.drawn), available=stratum.available)
    return _("{place}: {sentence}").format(place=said, sentence=told) if said else told


def _stated(one: Round) -> str:
    state = round_state(one.state)
    if one.state_at is None or one.state == "disputed":
        return state
    told = _("{state} on {date} by {by}").format(
        state=state, date=long_date(one.state_at.date()), by=one.state_by
    )
    return _("{place}: {sentence}").format(place=told, sentence=one.reason) if one.reason else told


def _told(one: Round) -> str:
    n = len(one.sources)
    told = ngettext(
        "{n} note, {coders}, grid {grid}, opened on {date} by {by}",
        "{n} notes, {coders}, grid {grid}, opened on {date} by {by}",
        n,
    ).format(
        n=n, coders=", ".join(one.coders), grid=one.grid, date=long_date(one.at.date()), by=one.by
    )
    if one.state == "open" and one.waiting:
        return _("; ").join(
            (told, _("still coding: {coders}").format(coders=", ".join(one.waiting)))
        )
    if one.state == "open":
        return _("; ").join((told, _("all have finished: “cpit round close” closes it")))
    return told
