"""Commands on lots, bundles and other copies of a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table as RichTable

from cpit_research.cli.disputes import quoted
from cpit_research.cli.opening import opened
from cpit_research.cli.reports import print_merge
from cpit_research.cli.rounds import all_finished
from cpit_research.cli.show import console, say
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext, pgettext
from cpit_research.wording.figures import long_date, number

if TYPE_CHECKING:
    from datetime import datetime

    from cpit_research.study.sharing.conflicts import Conflict


def lot_export(
    coder: Annotated[str, typer.Option(help=_("Id of the coder."))],
    to: Annotated[Path | None, typer.Option(help=_("File to write (.zip)."))] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option(help=_("Path of one of her documents, once for each; all by default.")),
    ] = None,
    round: Annotated[
        str | None, typer.Option(help=_("A round of double coding: its notes alone."))
    ] = None,
) -> None:
    """Write the lot of one coder."""
    lot = opened().lot_export(coder, to=to, sources=sources, round=round)
    say(_("Lot written: {path}").format(path=lot.path))
    say(
        _(
            "Documents: {n}; events of {coder}: {events}. Internal: hand it to {coder} alone."
        ).format(n=number(len(lot.sources)), events=number(lot.events), coder=coder)
    )
    say(_("There: “cpit lot open {name} FOLDER”.").format(name=lot.path.name))
    if lot.left_behind:
        say(
            ngettext(
                "{n} event stays here: what others did to her codings.",
                "{n} events stay here: what others did to her codings.",
                lot.left_behind,
            ).format(n=number(lot.left_behind))
        )


def lot_open(
    file: Annotated[Path, typer.Argument(help=_("Lot received (.zip)."))],
    folder: Annotated[Path, typer.Argument(help=_("Folder to make, new or empty."))],
) -> None:
    """Make the study folder of a lot."""
    from cpit_research.study.sharing.lot_folder import open_lot

    with open_lot(file, folder) as study:
        say(
            _("The lot of {coder} is in {folder}: go there, and code.").format(
                coder=study.identity.lot, folder=folder
            )
        )


def bundle_export(
    coder: Annotated[str, typer.Option(help=_("Id of the coder."))],
    to: Annotated[Path | None, typer.Option(help=_("File to write (.zip)."))] = None,
) -> None:
    """Write what one coder did."""
    bundle = opened().bundle_export(coder, to=to)
    n = sum(bundle.events.values())
    say(_("Bundle written: {path}").format(path=bundle.path))
    say(
        ngettext(
            "{n} event of {coder}, without a word of the notes.",
            "{n} events of {coder}, without a word of the notes.",
            n,
        ).format(n=number(n), coder=coder)
    )
    if bundle.quoting:
        say(
            ngettext(
                "But {n} memo or remark quotes them, in her own words: it travels as she wrote it.",
                "But {n} memos or remarks quote them, in her own words: they travel as she wrote "
                "them.",
                bundle.quoting,
            ).format(n=number(bundle.quoting))
        )


def merge(
    paths: Annotated[
        list[Path], typer.Argument(help=_("Bundles, lots, or folders of copies of this study."))
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show what it would bring, and stop."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Merge without asking."))] = False,
) -> None:
    """Show what it would bring, ask, and merge; the exit code is 1 if anything is refused."""
    study = opened()
    report = study.merge(paths, dry_run=True)
    print_merge(report)
    if report.refused:
        raise typer.Exit(1)
    if dry_run or report.is_empty:
        return
    if not yes and not _agreed():
        say(_("Nothing was merged."))
        return
    done = study.merge(paths)
    say(_("Merged. The study as it was before is kept: {path}").format(path=done.backup))
    if done.conflicts:
        say(_("“cpit conflict list” shows what is to be settled."))
    for one in study.round_list():
        if one.state == "open" and not one.waiting:
            say(all_finished(one))


def conflict_list() -> None:
    """List what several people changed at once."""
    found = opened().conflict_list()
    if not found:
        say(_("Nothing is in conflict."))
    for one in found:
        console().print(_conflict(one))
    if found:
        say(
            _("To keep one: “cpit conflict settle {id} --keep {state} --coder ID”.").format(
                id=found[0].id, state=found[0].states[0].id
            )
        )


def conflict_settle(
    id: Annotated[str, typer.Argument(help=_("Its id, or the last characters."))],
    keep: Annotated[str, typer.Option(help=_("Id of the state to keep."))],
    coder: Annotated[str, typer.Option(help=_("Who settles it."))],
) -> None:
    """Keep one of the states in conflict."""
    kept = opened().conflict_settle(id, keep=keep, coder=coder)
    kind = "apply" if kept.code and kept.kind != "retract" else kept.kind
    done = f"{kept.code} {quoted(kept.words)}" if kind == "apply" else _done(kind, kept.code)
    say(_("Settled: {what}.").format(what=done))


def _agreed() -> bool:
    """Ask whether to merge."""
    answer = typer.prompt(_("Merge? (y/n)"), default="", show_default=False)
    yes = {"y", pgettext("first letter of yes", "y")}
    return answer.strip().lower()[:1] in yes


def _conflict(one: Conflict) -> RichTable:
    title = _("{id} – {path}").format(id=one.id, path=one.path or "–")
    table = RichTable(title=escape(title), title_justify="left", title_style="bold")
    table.add_column("", style="dim")
    for state in one.states:
        table.add_column(state.id, overflow="fold", ratio=1)
    table.add_row(_("Who"), *(escape(state.coder) for state in one.states))
    table.add_row(_("When"), *(_moment(state.at) for state in one.states))
    table.add_row(
        _("What was done"), *(escape(_done(state.kind, state.code)) for state in one.states)
    )
    table.add_row(_("Words"), *(escape(shortened(state.words)) for state in one.states))
    return table


def _moment(at: datetime) -> str:
    """Return a day and an hour, where the reader is: several states may be of one day."""
    here = at.astimezone()
    return f"{long_date(here.date())}, {here:%H:%M}"


def _done(kind: str, code: str | None) -> str:
    names = {
        "recode": _("code given again"),
        "resize": _("passage cut otherwise"),
        "facet": _("facets said otherwise"),
        "retract": _("taken back"),
        "reanchor": _("carried by the program"),
        "confirm": _("placed or kept by a person"),
        "episode": _("episode changed"),
    }
    said = names.get(kind, kind)
    return f"{said} – {code}" if code and kind != "retract" else said
