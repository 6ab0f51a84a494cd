"""Commands on the words that analysts ask to correct in texts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from cpit_research.cli.opening import opened
from cpit_research.cli.show import console, plain, print_json, say
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.model.correction import Correction

Coder = Annotated[str, typer.Option(help=_("Id of the coder who says so."))]
Id = Annotated[str, typer.Argument(help=_("Id of the correction, as the list shows it."))]
_LONGEST: Final = 400


def correction_list(
    json: Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))] = False,
) -> None:
    """List the corrections; the exit code is 1 while one waits."""
    corrections = opened().correction_list()
    if json:
        print_json([plain(asdict(one), reference=one.reference) for one in corrections])
    else:
        print_corrections(corrections)
    if any(one.state == "waiting" for one in corrections):
        raise typer.Exit(1)


def correction_accept(id: Id, coder: Coder) -> None:
    """Correct the text as it is asked."""
    made = opened().correction_accept(id, coder=coder)
    say(_("{path} now reads “{words}”.").format(path=made.path, words=shortened(made.words)))


def correction_decline(
    id: Id,
    reason: Annotated[str, typer.Argument(help=_("Why the text stays as it is."))],
    coder: Coder,
) -> None:
    """Leave the text as it is, with the reason."""
    opened().correction_decline(id, reason, coder=coder)
    say(_("The text stays as it is; the record keeps what was asked, with the reason."))


def correction_undo(id: Id, coder: Coder) -> None:
    """Take back a correction that waits; put back the text of before one that is made."""
    undone = opened().correction_undo(id, coder=coder)
    if undone.state == "withdrawn":
        say(_("This correction is no longer asked for."))
    else:
        say(
            _("{path} now reads “{words}”.").format(path=undone.path, words=shortened(undone.words))
        )


def print_corrections(corrections: tuple[Correction, ...]) -> None:
    """Print corrections, those that wait first: what the passage reads, then what it should."""
    out = console()
    for one in corrections:
        head = f"  {one.reference}  {one.path}, {one.coder} – {_became(one)}"
        out.print(head, markup=False, soft_wrap=True)
        out.print(Text(f"    − {shortened(one.before, _LONGEST)}", style="red"), soft_wrap=True)
        out.print(Text(f"    + {shortened(one.words, _LONGEST)}", style="green"), soft_wrap=True)
        for said in filter(None, (one.reason, one.why)):
            out.print(f"    {said}", markup=False, soft_wrap=True)
    n = sum(one.state == "waiting" for one in corrections)
    if not n:
        say(_("No correction waits."))
        return
    say(
        ngettext(
            "{n} correction waits. Make it (“cpit correction accept”) or decline it with the "
            "reason (“decline”).",
            "{n} corrections wait. Make them (“cpit correction accept”) or decline them with the "
            "reason (“decline”).",
            n,
        ).format(n=n)
    )


def _became(one: Correction) -> str:
    told = {
        "waiting": _("waits"),
        "made": _("made by {coder}"),
        "declined": _("declined by {coder}"),
        "withdrawn": _("withdrawn"),
    }
    return told[one.state].format(coder=one.by)
