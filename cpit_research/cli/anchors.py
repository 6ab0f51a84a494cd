"""Commands on the passages that a corrected text left behind."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from cpit_research.cli.opening import opened
from cpit_research.cli.show import console, print_json, say
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.study.anchors import WaitingAnchor

Coder = Annotated[str, typer.Option(help=_("Id of the coder who says so."))]
Id = Annotated[str, typer.Argument(help=_("Id of the passage, as the list shows it."))]
_LONGEST: Final = 400


def anchors_list(
    json: Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))] = False,
) -> None:
    """List what waits; the exit code is 1 while anything does."""
    waiting = opened().anchors_list()
    if json:
        print_json([asdict(one) for one in waiting])
    else:
        print_anchors(waiting)
    if waiting:
        raise typer.Exit(1)


def anchors_accept(
    coder: Coder,
    ids: Annotated[
        list[str] | None,
        typer.Argument(help=_("Ids of passages; all those that have a proposed place by default.")),
    ] = None,
) -> None:
    """Put passages where it is proposed."""
    n = opened().anchors_accept(ids, coder=coder)
    say(
        ngettext("{n} passage put in its place.", "{n} passages put in their places.", n).format(
            n=n
        )
    )


def anchors_place(
    id: Id,
    words: Annotated[
        str, typer.Argument(help=_("Words of the newest text, where they stand once."))
    ],
    coder: Coder,
) -> None:
    """Put one passage by hand."""
    opened().anchors_place(id, words, coder=coder)
    say(
        ngettext("{n} passage put in its place.", "{n} passages put in their places.", 1).format(
            n=1
        )
    )


def anchors_discard(
    id: Id,
    reason: Annotated[str, typer.Argument(help=_("Why it no longer stands."))],
    coder: Coder,
) -> None:
    """Take one passage back, with the reason."""
    opened().anchors_discard(id, reason, coder=coder)
    say(_("Discarded; the record keeps it, with the reason."))


def anchors_undo(id: Id, coder: Coder) -> None:
    """Bring one passage back where it was."""
    opened().anchors_undo(id, coder=coder)
    say(_("Brought back; it waits again in “cpit anchors list”."))


def print_anchors(waiting: tuple[WaitingAnchor, ...]) -> None:
    """Print what waits, by document: the passage as it was coded, then the proposed words."""
    out = console()
    reasons = {
        "changed": _("its words have changed"),
        "ambiguous": _("several places are alike"),
        "surroundings": _("its words are there, what stood around them is not"),
        "gone": _("it is not in the new text"),
        "": _("it was brought back"),
    }
    document = ""
    for one in waiting:
        if one.path != document:
            document = one.path
            out.print(Text(document, style="bold cyan"))
        what = one.code or one.name or _("memo")
        out.print(
            f"  {one.id}  {what}, {one.coder} – {reasons[one.reason]}", markup=False, soft_wrap=True
        )
        out.print(Text(f"    − {shortened(one.words, _LONGEST)}", style="red"), soft_wrap=True)
        if one.proposed is not None:
            out.print(
                Text(f"    + {shortened(one.proposed_words, _LONGEST)}", style="green"),
                soft_wrap=True,
            )
    n = len(waiting)
    if not n:
        say(_("Nothing waits: every passage stands on the newest text."))
        return
    say(
        ngettext(
            "{n} passage waits. Accept the proposed place (“cpit anchors accept”), place it by "
            "hand (“place”) or discard it with the reason (“discard”).",
            "{n} passages wait. Accept the proposed places (“cpit anchors accept”), place them by "
            "hand (“place”) or discard them with the reason (“discard”).",
            n,
        ).format(n=n)
    )
