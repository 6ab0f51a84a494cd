"""The commands, each named as the public function that it calls."""

from __future__ import annotations

import sys

import typer

from cpit_research.cli import analysis, study
from cpit_research.cli.show import error_console
from cpit_research.errors import CpitError
from cpit_research.wording import gettext as _

_CONTEXT = {"help_option_names": ["-h", "--help"]}


def build_app() -> typer.Typer:
    """Return the command line in the language in force."""
    app = typer.Typer(
        name="cpit",
        help=_("From field notes to findings: a study of those who carry local projects."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings=_CONTEXT,
        callback=study.every_command,
    )
    app.command("create", help=_("Make an empty study in a new folder."))(study.create)
    app.command("ingest", help=_("Read notes and transcripts into the study."))(study.ingest)
    app.command("check", help=_("Verify everything that the study holds."))(study.check)
    app.command("export", help=_("Write a document, through the privacy gate."))(study.export)
    app.command("demo", help=_("Run the demonstration, from field notes to documents."))(study.demo)
    sheet = _group(app, "sheet", _("Coding sheets, to code in Excel."))
    sheet.command("export", help=_("Write the coding sheet of one coder (internal)."))(
        study.sheet_export
    )
    sheet.command("import", help=_("Read coding sheets back into the study."))(study.sheet_import)
    finding = _group(app, "finding", _("Findings, with what supports and qualifies them."))
    finding.command("import", help=_("Keep the findings of a workbook."))(study.finding_import)
    table = _group(app, "table", _("The correspondence table, which alone knows the names."))
    table.command("seal", help=_("Encrypt a workbook of names, outside the study."))(
        study.table_seal
    )
    counts = _group(app, "analysis", _("Count, cross, search."))
    counts.command("crosstab", help=_("Cross situations with an attribute of their sources."))(
        analysis.crosstab
    )
    counts.command("coverage", help=_("Hold the panel planned against what was done."))(
        analysis.coverage
    )
    counts.command("inventory", help=_("List the documents received."))(analysis.inventory)
    counts.command("search", help=_("Find words, whatever their accents and case."))(
        analysis.search
    )
    counts.command("quotations", help=_("List the codings, one row a quotation."))(
        analysis.quotations
    )
    return app


def run() -> None:
    """Run the command line; a deliberate error is a sentence, not a trace."""
    try:
        build_app()()
    except CpitError as error:
        error_console().print(str(error), style="bold red", markup=False, highlight=False)
        sys.exit(1)


def _group(app: typer.Typer, name: str, help_text: str) -> typer.Typer:
    group = typer.Typer(help=help_text, no_args_is_help=True, context_settings=_CONTEXT)
    app.add_typer(group, name=name)
    return group
