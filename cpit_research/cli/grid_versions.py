"""Commands on the versions of the grid."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from cpit_research.cli.opening import opened
from cpit_research.cli.show import console, print_json, say
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.model.evolution import Change
    from cpit_research.model.grid_diff import CodeDifference, GridDiff
    from cpit_research.study.grids.debt import Owed

Json = Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))]
Version = Annotated[
    str | None, typer.Argument(help=_("Version of the grid; the newest by default."))
]
_STYLES: Final = {"kept": "dim", "removed": "red strike", "added": "green"}
#: Colours are never alone: what went and came is marked too.
_MARKS: Final = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_LONGEST: Final = 300
#: Words kept on either side of what changed.
_AROUND: Final = 40


def grid_diff(
    older: Annotated[str, typer.Argument(help=_("A version of the grid."))],
    newer: Annotated[str, typer.Argument(help=_("A later version."))],
    json: Json = False,
) -> None:
    """Show what differs between two versions."""
    diff = opened().grid_diff(older, newer)
    if json:
        print_json([asdict(one) for one in diff])
    else:
        _print_diff(diff)


def grid_lineage(
    code: Annotated[str, typer.Argument(help=_("Id of a code."))], version: Version = None
) -> None:
    """Show what happened to a code, newest first."""
    told = opened().grid_lineage(code, version)
    for told_in, change in told:
        console().print(Text(f"{told_in}  ", style="bold").append_text(_of_change(change)))
    if not told:
        say(_("{code} has not changed.").format(code=code))


def grid_release(version: Version = None) -> None:
    """Release a draft."""
    released = opened().grid_release(version)
    say(
        _("{version} is released: its file never changes again. Fingerprint: {fingerprint}").format(
            version=released.grid.version, fingerprint=released.grid.released_as[:16]
        )
    )
    n = len(released.remarks)
    if n:
        said = ngettext("Its file cites {n} remark.", "Its file cites {n} remarks.", n)
        say(said.format(n=n))


def grid_debt(
    version: Version = None,
    coder: Annotated[str | None, typer.Option(help=_("One coder's alone."))] = None,
    json: Json = False,
) -> None:
    """List what must be read again; the exit code is 1 while anything must."""
    owed = opened().grid_debt(version, coder=coder)
    if json:
        print_json([asdict(one) for one in owed])
    else:
        _print_debt(owed)
    if owed:
        raise typer.Exit(1)


def grid_recode(
    code: Annotated[str, typer.Argument(help=_("Id of the code that they bear."))],
    ids: Annotated[list[str], typer.Argument(help=_("Ids, as “cpit grid debt” shows them."))],
    coder: Annotated[str, typer.Option(help=_("Id of the coder who read them again."))],
) -> None:
    """Give codings of the debt their code."""
    n = opened().grid_recode(ids, code, coder=coder)
    say(ngettext("{n} coding read again.", "{n} codings read again.", n).format(n=n))


def _print_diff(diff: GridDiff) -> None:
    out = console()
    if not len(diff):
        say(_("The two versions say the same."))
    for difference in diff:
        out.print(_of_code(difference))
        for field in difference.fields:
            if field.field in {"parent", "axis", "redirects"}:
                line = Text(f"{field.before or '–'} → {field.after or '–'}".replace("\n", ", "))
            else:
                line = Text()
                for stretch in field.stretches:
                    words = stretch.words.replace("\n", " · ")
                    before, after = _MARKS[stretch.kind]
                    shown = _abridged(words) if stretch.kind == "kept" else words
                    line.append(f"{before}{shown}{after}", style=_STYLES[stretch.kind])
            out.print(Text(f"    {name_of(field.field)}  ", style="dim").append_text(line))
        for change in difference.declared:
            out.print(Text("    ").append_text(_of_change(change)))
    if diff.undeclared and diff.newer.previous:
        n = len(diff.undeclared)
        said = ngettext(
            "{n} difference is said by no change.", "{n} differences are said by no change.", n
        )
        out.print(said.format(n=n), style="yellow")


def _of_code(difference: CodeDifference) -> Text:
    code = difference.after or difference.before
    kinds = ", ".join(map(name_of, difference.kinds)) or "–"
    name = code.name if code is not None else ""
    return Text.assemble((difference.code, "bold cyan"), f"  {name}  ", (kinds, "yellow"))


def _of_change(change: Change) -> Text:
    codes = " → ".join(", ".join(ids) for ids in (change.before, change.after) if ids)
    signed = f" ({change.author})" if change.author else ""
    return Text.assemble((f"{name_of(change.kind)} {codes}{signed}. ", "bold"), change.reason)


def _abridged(words: str) -> str:
    if len(words) <= 2 * _AROUND:
        return words
    return f"{words[:_AROUND].rstrip()} […] {words[-_AROUND:].lstrip()}"


def _print_debt(owed: tuple[Owed, ...]) -> None:
    out = console()
    if not owed:
        say(_("Nothing has to be read again."))
        return
    by_coder = Counter(one.coding.coder for one in owed)
    told = ", ".join(f"{coder} {n}" for coder, n in sorted(by_coder.items()))
    n = len(owed)
    said = ngettext(
        "{n} coding to be read again: {told}.", "{n} codings to be read again: {told}.", n
    )
    out.print(said.format(n=n, told=told), style="bold")
    place = ("", "")
    for one in owed:
        if place != (one.coding.coder, one.path):
            place = (one.coding.coder, one.path)
            out.print(Text(f"{one.coding.coder} · {one.path}", style="bold"))
        went = ", ".join(name_of(change.kind) for change in one.changes)
        choice = f" → {', '.join(one.candidates)} ?" if one.candidates else ""
        out.print(
            Text.assemble(
                (f"  {one.id}  ", "cyan"),
                (f"{one.coding.code} ({went}){choice}  ", "yellow"),
                shortened(" ".join(one.words.split()), _LONGEST),
            )
        )
