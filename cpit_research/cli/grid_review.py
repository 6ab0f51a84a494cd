"""Commands on what partners and the field say of the grid."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from cpit_research.cli.opening import opened
from cpit_research.cli.show import console, plain, print_json, say
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import long_date
from cpit_research.wording.places import shown_place
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.model.proposal import Proposal, ProposedPassage
    from cpit_research.model.remark import Remark

Coder = Annotated[str, typer.Option(help=_("Id of the coder who says so."))]
Id = Annotated[str, typer.Argument(help=_("Id of the remark, as the list shows it."))]
Name = Annotated[str, typer.Argument(help=_("Provisional name, as the list shows it."))]
Reason = Annotated[str, typer.Option(help=_("Why: the next version cites it."))]
Json = Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))]
_LONGEST: Final = 400
_STYLES: Final = {"accepted": "green", "declined": "yellow", "disputed": "bold red"}


def grid_review_export(
    to: Annotated[Path, typer.Option(help=_("File to write: .docx or .xlsx."))],
    version: Annotated[
        str | None, typer.Argument(help=_("Version to review; the newest by default."))
    ] = None,
) -> None:
    """Write a review copy for a partner."""
    written = opened().grid_review_export(version, to=to)
    say(_("Written: {path}").format(path=written))


def grid_review_import(
    path: Annotated[Path, typer.Argument(help=_("The copy, filled in: .docx, .odt or .xlsx."))],
) -> None:
    """Read a review copy that comes back; the exit code is 1 if anything was not read."""
    report = opened().grid_review_import(path)
    say(
        ngettext(
            "{path} (grid {version}): {n} remark added, {known} known already.",
            "{path} (grid {version}): {n} remarks added, {known} known already.",
            report.added,
        ).format(path=report.path, version=report.grid, n=report.added, known=report.known)
    )
    out = console()
    for problem in report.problems:
        out.print(f"  {problem}", style="yellow", markup=False, soft_wrap=True)
    if report.problems:
        raise typer.Exit(1)


def grid_review_list(
    version: Annotated[
        str | None, typer.Argument(help=_("Version reviewed; all of them by default."))
    ] = None,
    json: Json = False,
) -> None:
    """List the remarks of partners, with their answers."""
    remarks = opened().grid_review_list(version)
    if json:
        print_json([plain(asdict(one), reference=one.reference, state=one.state)
                    for one in remarks])  # fmt: skip
    else:
        print_remarks(remarks)


def grid_review_accept(id: Id, reason: Reason, coder: Coder) -> None:
    """Accept one remark."""
    remark = opened().grid_review_accept(id, reason=reason, coder=coder)
    say(_("Remark {id} accepted.").format(id=remark.reference))


def grid_review_decline(id: Id, reason: Reason, coder: Coder) -> None:
    """Decline one remark."""
    remark = opened().grid_review_decline(id, reason=reason, coder=coder)
    say(_("Remark {id} declined; it stays listed, with the reason.").format(id=remark.reference))


def grid_review_reopen(id: Id, coder: Coder) -> None:
    """Open one remark again."""
    remark = opened().grid_review_reopen(id, coder=coder)
    say(_("Remark {id} is open again.").format(id=remark.reference))


def grid_proposals(json: Json = False) -> None:
    """List what was proposed from the field, with its passages."""
    proposals = opened().grid_proposals()
    if json:
        print_json([plain(asdict(one)) for one in proposals])
    else:
        print_proposals(proposals)


def grid_settle(
    name: Name,
    reason: Reason,
    coder: Coder,
    into: Annotated[
        str | None, typer.Option(help=_("Code that takes it over; declined by default."))
    ] = None,
) -> None:
    """Say what became of a proposal."""
    proposal = opened().grid_settle(name, into=into, reason=reason, coder=coder)
    say(
        _("“{name}” is taken over by {code}; its passages stay listed.").format(
            name=proposal.name, code=into
        )
        if into
        else _("“{name}” is declined; its passages stay listed.").format(name=proposal.name)
    )


def grid_reopen(name: Name, coder: Coder) -> None:
    """Open a proposal again."""
    proposal = opened().grid_reopen(name, coder=coder)
    say(_("“{name}” is open again.").format(name=proposal.name))


def print_remarks(remarks: tuple[Remark, ...]) -> None:
    """Print remarks, version by version and code by code; agreements are counted."""
    out = console()
    heading = ""
    asking = [one for one in remarks if one.state != "agreed"]
    for one in asking:
        about = one.code or (_("to add: {name}").format(name=one.name) if one.name else _("grid"))
        title = f"{one.grid}  {about}"
        if title != heading:
            heading = title
            out.print(Text(title, style="bold cyan"))
        who = ", ".join(part for part in (one.author, one.organisation) if part)
        head = Text(f"  {one.reference}  ").append(name_of(one.state), _STYLES.get(one.state, ""))
        opinion = f" – {name_of(one.opinion)}" if one.opinion else ""
        out.print(head.append(f"{opinion} – {who}"), soft_wrap=True)
        if one.proposal:
            out.print(f"    {shortened(one.proposal, _LONGEST)}", markup=False, soft_wrap=True)
        if one.decision is not None:
            said = _("{place}: {sentence}").format(
                place=one.decision.coder, sentence=one.decision.reason
            )
            out.print(f"    → {said}", markup=False, soft_wrap=True)
    _count(remarks)


def _count(remarks: tuple[Remark, ...]) -> None:
    waiting = sum(one.state in {"open", "disputed"} for one in remarks)
    agreed = sum(one.state == "agreed" for one in remarks)
    if agreed:
        say(
            ngettext(
                "{n} agreement that asks for nothing.", "{n} agreements that ask for nothing.",
                agreed,
            ).format(n=agreed)
        )  # fmt: skip
    say(
        ngettext("{n} remark waits for an answer.", "{n} remarks wait for an answer.",
                 waiting).format(n=waiting)
        if waiting
        else _("No remark waits for an answer.")
    )  # fmt: skip


def print_proposals(proposals: tuple[Proposal, ...]) -> None:
    """Print proposals, name by name, each passage with its place and what became of it."""
    out = console()
    for proposal in proposals:
        n = len(proposal.passages)
        counted = ngettext("{n} passage", "{n} passages", n).format(n=n)
        state = name_of("disputed") if proposal.disputed else ""
        told = " – ".join(part for part in (proposal.name, counted, state) if part)
        out.print(Text(told, style="bold cyan" if proposal.is_open else "cyan"))
        for passage in proposal.passages:
            out.print(f"  {_where(passage)}", markup=False, soft_wrap=True)
            words = shortened(passage.quotation, _LONGEST)
            out.print(f"    {_('“{words}”').format(words=words)}", markup=False, soft_wrap=True)
            if passage.words:
                out.print(f"    {passage.words}", markup=False, soft_wrap=True)
            if passage.settled is not None:
                out.print(f"    → {_became(passage)}", markup=False, soft_wrap=True)
    waiting = sum(one.is_open for one in proposals)
    say(
        ngettext("{n} proposal is open.", "{n} proposals are open.", waiting).format(n=waiting)
        if waiting
        else _("No proposal is open.")
    )


def _where(passage: ProposedPassage) -> str:
    place = shown_place(passage.place) if passage.is_current else _("in a text since corrected")
    when = long_date(passage.at.date())
    return ", ".join(part for part in (passage.path, place, passage.coder, when) if part)


def _became(passage: ProposedPassage) -> str:
    settled = passage.settled
    if settled is None:
        return ""
    became = (
        _("taken over by {code} ({version})").format(code=settled.into, version=settled.grid)
        if settled.into
        else _("declined")
    )
    return f"{became} – " + _("{place}: {sentence}").format(
        place=settled.coder, sentence=settled.reason
    )
