"""Commands on a whole study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.markup import escape
from rich.table import Table as RichTable

from cpit_research import wording
from cpit_research.cli.show import bar, console, print_json, say, state_style
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import number
from cpit_research.wording.places import about

if TYPE_CHECKING:
    from cpit_research.study.check import CheckReport
    from cpit_research.study.ingest_report import IngestReport
    from cpit_research.study.sheets import SheetReport
    from cpit_research.study.study import Study

_FOLDER: dict[str, Path] = {}
#: Beyond this many files already known, they are counted and no longer listed.
_MANY: Final = 20


def every_command(
    study: Annotated[Path, typer.Option(help=_("Study folder."), show_default=True)] = Path(),
    lang: Annotated[str, typer.Option(help=_("Language: fr or en."), show_default=False)] = "",
) -> None:
    """Take the options that every command shares."""
    if lang and lang not in wording.LANGUAGES:
        raise _not_among(wording.LANGUAGES, "--lang")
    _FOLDER["study"] = study


def _not_among(choices: Iterable[str], option: str) -> typer.BadParameter:
    said = _("It can be: {values}.").format(values=", ".join(choices))
    return typer.BadParameter(said, param_hint=option)


def opened() -> Study:
    """Return the study of the command, with a progress bar."""
    from cpit_research.study.opening import open_study

    study = open_study(_FOLDER.get("study", Path()))
    study.progress = bar
    return study


def named() -> Path | None:
    """Return the folder that was named; None when it is the one where the command is typed."""
    folder = _FOLDER.get("study", Path())
    return None if folder == Path() else folder


def create(
    path: Annotated[Path, typer.Argument(help=_("Folder to make."))],
    title: Annotated[str, typer.Option(help=_("Title printed in documents."))] = "",
) -> None:
    """Make an empty study."""
    from cpit_research.study.opening import create_study

    study = create_study(path, title=title)
    say(_("Study made in {folder}.").format(folder=study.folder))
    say(
        _("Next: put registre.xlsx and the notes in data/raw, a grid in grids, then “cpit ingest”.")
    )


def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help=_("Files and folders; data/raw by default."))
    ] = None,
    replaces: Annotated[
        str | None, typer.Option(help=_("Document that the one file given is a new version of."))
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))] = False,
) -> None:
    """Read documents; the exit code is 1 if any was refused."""
    report = opened().ingest(paths, replaces=replaces)
    if json:
        print_json([asdict(row) for row in report.rows])
    else:
        print_ingest(report)
    if report.refused:
        raise typer.Exit(1)


def check(
    json: Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))] = False,
) -> None:
    """Verify the study; the exit code is 1 if anything is wrong."""
    report = opened().check()
    if json:
        print_json(asdict(report))
    else:
        print_check(report)
    if not report.sound:
        raise typer.Exit(1)


def export(
    to: Annotated[
        Path, typer.Option(help=_("File to write: .docx, .html, .xlsx (.csv for one table)."))
    ],
    content: Annotated[str | None, typer.Option(help=_("summary (default) or quotations."))] = None,
) -> None:
    """Write a document through the privacy gate."""
    from cpit_research.analysis import quotations

    study = opened()
    choices: dict[str, Any] = {
        "summary": lambda: None,
        "quotations": lambda: quotations(study.codings()),
    }
    if content is not None and content not in choices:
        raise _not_among(choices, "--content")
    written = study.export(to, choices[content or "summary"]())
    say(_("Written: {path}").format(path=written))


def demo(
    path: Annotated[Path | None, typer.Argument(help=_("Where to copy the demonstration."))] = None,
) -> None:
    """Run the demonstration study."""
    from cpit_research.cli.merging import print_merge
    from cpit_research.study.demo import demo as run

    out = console()
    out.print(_("Fictitious demonstration study: nothing here is real"), style="bold")
    report = run(path, progress=bar)
    print_ingest(report.ingest)
    print_merge(report.merged)
    out.print(
        ngettext("{n} finding kept.", "{n} findings kept.", report.findings).format(
            n=report.findings
        )
    )
    print_check(report.check)
    out.print()
    out.print(_("Open these files:"), style="bold green")
    for document in report.documents:
        out.print(f"  {document}", markup=False, soft_wrap=True)


def sheet_export(
    coder: Annotated[str, typer.Option(help=_("Id of the coder."))],
    to: Annotated[Path | None, typer.Option(help=_("File to write (.xlsx)."))] = None,
    round: Annotated[str | None, typer.Option(help=_("Round whose notes alone it holds."))] = None,
) -> None:
    """Write a coding sheet."""
    written = opened().sheet_export(coder, to=to, round=round)
    say(_("Written, for the team only: {path}").format(path=written))


def sheet_import(
    paths: Annotated[list[Path], typer.Argument(help=_("Coding sheets (.xlsx)."))],
) -> None:
    """Read coding sheets; the exit code is 1 if a row was refused."""
    report = opened().sheet_import(paths)
    print_sheets(report)
    if report.problems:
        raise typer.Exit(1)


def finding_import(
    path: Annotated[Path, typer.Argument(help=_("Workbook of findings (.xlsx)."))],
) -> None:
    """Keep the findings of a workbook."""
    kept = opened().finding_import(path)
    console().print(
        ngettext("{n} finding kept.", "{n} findings kept.", len(kept)).format(n=len(kept))
    )


def table_seal(
    names: Annotated[Path, typer.Argument(help=_("Workbook of names (.xlsx)."))],
    to: Annotated[
        Path | None, typer.Option(help=_("Age file to write, outside the study."))
    ] = None,
) -> None:
    """Encrypt the correspondence table."""
    written = opened().table_seal(names, to=to)
    say(_("Correspondence table sealed: {path}").format(path=written))
    say(_("Now delete the workbook of names, or lock it away."))


def print_ingest(report: IngestReport) -> None:
    """Print what became of each file."""
    states = {
        "accepted": _("accepted"),
        "known": _("already known"),
        "new_version": _("new version"),
        "refused": _("refused"),
    }
    table = RichTable(title=_("Documents"), title_justify="left", title_style="bold")
    table.add_column(_("File"), overflow="fold", max_width=48)
    for name in (_("State"), _("Visit")):
        table.add_column(name)
    for name in (_("Words"), _("Turns")):
        table.add_column(name, justify="right")
    known = sum(row.state == "known" for row in report.rows)
    for row in report.rows:
        if row.state == "known" and row.visit and known > _MANY:
            continue
        sizes = (number(row.words), number(row.turns)) if row.words else ("", "")
        state = f"[{state_style(row.state)}]{states[row.state]}[/]"
        table.add_row(escape(row.path), state, row.visit or "–", *sizes)
    out = console()
    if table.rows:
        out.print(table)
    for row in report.rows:
        for said in (*row.notices, *((row.reason,) if row.reason else ())):
            style = "red" if said is row.reason else "dim"
            line = about(row.path, said).replace("\n", "\n  ")
            out.print(f"  {line}", style=style, markup=False, soft_wrap=True)
    say(_summary(report))
    for sentence in _carried(report):
        say(sentence)


def _carried(report: IngestReport) -> Iterator[str]:
    """Yield what became of the codings and memos of documents that have a new version."""
    exact, moved = (sum(getattr(row, name) for row in report.rows) for name in ("exact", "moved"))
    if exact or moved:
        yield _(
            "Codings carried to the new texts: {exact} in place, {moved} with a moved passage."
        ).format(exact=number(exact), moved=number(moved))
    n = report.to_confirm
    if n:
        yield ngettext(
            "{n} coding or memo waits for you: “cpit anchors list”.",
            "{n} codings or memos wait for you: “cpit anchors list”.",
            n,
        ).format(n=number(n))


def _summary(report: IngestReport) -> str:
    """Return how many files became what, and how many have no visit."""
    counts = Counter(row.state for row in report.rows)
    accepted, newer = counts["accepted"], counts["new_version"]
    known, refused = counts["known"], counts["refused"]
    parts = (
        (accepted, ngettext("{n} accepted", "{n} accepted", accepted)),
        (newer, ngettext("{n} new version", "{n} new versions", newer)),
        (known, ngettext("{n} already known", "{n} already known", known)),
        (refused, ngettext("{n} refused", "{n} refused", refused)),
    )
    said = [words.format(n=number(count)) for count, words in parts if count]
    unknown = len(report.unknown_visit)
    if unknown:
        words = ngettext("{n} without a known visit", "{n} without a known visit", unknown)
        said.append(words.format(n=number(unknown)))
    n = len(report.rows)
    total = ngettext("{n} file", "{n} files", n).format(n=number(n))
    return _("{total}: {said}.").format(total=total, said=", ".join(said) or "–")


def print_sheets(report: SheetReport) -> None:
    """Print what became of each coding sheet."""
    out = console()
    for row in report.rows:
        out.print(
            _("{path}, by {coder} (codings added: {added}, already known: {known}).").format(
                path=row.path, added=number(row.added), known=number(row.known), coder=row.coder
            ),
            markup=False,
        )
        if row.proposed:
            out.print(
                ngettext(
                    "  {n} passage proposed: “cpit grid proposals”.",
                    "  {n} passages proposed: “cpit grid proposals”.",
                    row.proposed,
                ).format(n=number(row.proposed)),
                markup=False,
            )
        if row.episodes:
            said = ngettext(
                "{n} episode made or completed.", "{n} episodes made or completed.", row.episodes
            )
            out.print("  " + said.format(n=number(row.episodes)), markup=False)
    for problem in report.problems:
        out.print(f"  {problem}", style="red", markup=False, soft_wrap=True)


def print_check(report: CheckReport) -> None:
    """Print what a check verified and found."""
    out = console()
    said = ", ".join(f"{name} ({number(n)})" for name, n in report.verified)
    if report.sound:
        out.print(
            _("The study is sound. Verified: {said}.").format(said=said),
            style="green",
            markup=False,
            soft_wrap=True,
        )
    else:
        n = len(report.faults)
        out.print(ngettext("{n} fault.", "{n} faults.", n).format(n=n), style="bold red")
        for fault in report.faults:
            out.print(f"  {fault}", markup=False, soft_wrap=True)
    for remark in report.remarks:
        out.print(f"  {remark}", style="yellow", markup=False, soft_wrap=True)
