"""Commands on a whole study."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cpit_research.cli.opening import not_among, opened
from cpit_research.cli.reports import print_check, print_ingest, print_merge, print_sheets
from cpit_research.cli.show import bar, console, print_json, say
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext


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
        raise not_among(choices, "--content")
    written = study.export(to, choices[content or "summary"]())
    say(_("Written: {path}").format(path=written))


def demo(
    path: Annotated[Path | None, typer.Argument(help=_("Where to copy the demonstration."))] = None,
) -> None:
    """Run the demonstration study."""
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
