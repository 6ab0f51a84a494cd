"""The commands, each named as the public function that it calls."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final

import typer

from cpit_research.cli import (
    agreement,
    analysis,
    anchors,
    corrections,
    disputes,
    grid_files,
    grid_review,
    grid_versions,
    keeping,
    launching,
    merging,
    opening,
    rounds,
    study,
    workbench,
)
from cpit_research.cli.show import say_error
from cpit_research.cli.usage import Command, Group, UsageError, said
from cpit_research.errors import CpitError
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

_CONTEXT = {"help_option_names": ["-h", "--help"]}
#: Exit code of a command that was stopped from the keyboard.
_STOPPED: Final = 130


def build_app() -> typer.Typer:
    """Return the command line in the language in force."""
    app = typer.Typer(
        name="cpit",
        cls=Group,
        help=_("From field notes to findings: a study of those who carry local projects."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings=_CONTEXT,
        callback=opening.every_command,
    )
    _add(app, "create", _("Make an empty study in a new folder."), study.create)
    _add(app, "ingest", _("Read notes and transcripts into the study."), study.ingest)
    _add(app, "check", _("Verify everything that the study holds."), study.check)
    _add(app, "backup", _("Keep a copy of the study database now."), keeping.backup)
    _add(app, "backups", _("List the copies of the study database."), keeping.backups)
    _add(app, "restore", _("Put a copy of the study database back."), keeping.restore)
    _add(app, "export", _("Write a document, through the privacy gate."), study.export)
    _add(app, "launcher", _("Write a file that opens the workbench."), launching.launcher)
    _add(app, "demo", _("Run the demonstration, from field notes to documents."), study.demo)
    _add(app, "workbench", _("Code in the browser."), workbench.workbench)
    _add(app, "merge", _("Bring in bundles, lots or copies of the study."), merging.merge)
    lot = _group(app, "lot", _("Lots: what one analyst needs on her own machine (internal)."))
    _add(lot, "export", _("Write the lot of one coder."), merging.lot_export)
    _add(lot, "open", _("Make the study folder of a lot received."), merging.lot_open)
    bundle = _group(app, "bundle", _("Bundles: what one coder did, without the notes."))
    _add(bundle, "export", _("Write the bundle of one coder."), merging.bundle_export)
    conflict = _group(app, "conflict", _("What several people changed at once."))
    _add(
        conflict, "list", _("List the conflicts, their states side by side."), merging.conflict_list
    )
    _add(conflict, "settle", _("Keep one of the states."), merging.conflict_settle)
    sheet = _group(app, "sheet", _("Coding sheets, to code in Excel."))
    _add(sheet, "export", _("Write the coding sheet of one coder (internal)."), study.sheet_export)
    _add(sheet, "import", _("Read coding sheets back into the study."), study.sheet_import)
    queue = _group(app, "anchors", _("Passages that a corrected text left behind."))
    _add(queue, "list", _("List the passages that wait for someone."), anchors.anchors_list)
    _add(queue, "accept", _("Put passages where it is proposed."), anchors.anchors_accept)
    _add(queue, "place", _("Put one passage by hand."), anchors.anchors_place)
    _add(queue, "discard", _("Take one passage back, with the reason."), anchors.anchors_discard)
    _add(queue, "undo", _("Bring one passage back where it was."), anchors.anchors_undo)
    mending = _group(app, "correction", _("Words that analysts ask to correct in texts."))
    _add(mending, "list", _("List the corrections."), corrections.correction_list)
    _add(mending, "accept", _("Correct a text as it is asked."), corrections.correction_accept)
    _add(
        mending, "decline", _("Leave a text as it is, with the reason."),
        corrections.correction_decline,
    )  # fmt: skip
    _add(mending, "undo", _("Undo a correction asked for or made."), corrections.correction_undo)
    grid = _group(app, "grid", _("The grid: its versions, and what they say."))
    _add(grid, "export", _("Write a version, to edit or print it."), grid_files.grid_export)
    _add(grid, "import", _("Show what an edited grid changes."), grid_files.grid_import)
    _add(grid, "diff", _("Show what differs between two versions."), grid_versions.grid_diff)
    _add(grid, "lineage", _("Show what happened to a code."), grid_versions.grid_lineage)
    _add(grid, "release", _("Release a draft, for good."), grid_versions.grid_release)
    _add(grid, "debt", _("List the codings to be read again."), grid_versions.grid_debt)
    _add(grid, "recode", _("Give codings read again their code."), grid_versions.grid_recode)
    _add(grid, "proposals", _("List what the field proposes."), grid_review.grid_proposals)
    _add(grid, "settle", _("Say what became of a proposal."), grid_review.grid_settle)
    _add(grid, "reopen", _("Open a proposal again."), grid_review.grid_reopen)
    review = _group(grid, "review", _("Review copies, for a partner to comment on the grid."))
    _add(review, "export", _("Write a review copy."), grid_review.grid_review_export)
    _add(review, "import", _("Read a review copy that comes back."), grid_review.grid_review_import)
    _add(review, "list", _("List the remarks, with their answers."), grid_review.grid_review_list)
    _add(review, "accept", _("Accept one remark."), grid_review.grid_review_accept)
    _add(review, "decline", _("Decline one remark."), grid_review.grid_review_decline)
    _add(review, "reopen", _("Open one remark again."), grid_review.grid_review_reopen)
    finding = _group(app, "finding", _("Findings, with what supports and qualifies them."))
    _add(finding, "import", _("Keep the findings of a workbook."), study.finding_import)
    double = _group(app, "round", _("Rounds of double coding, and what is decided of them."))
    _add(double, "open", _("Draw notes and open a round."), rounds.round_open)
    _add(double, "list", _("List the rounds."), rounds.round_list)
    _add(double, "finish", _("Say that one has finished."), rounds.round_finish)
    _add(double, "resume", _("Say that one has not finished after all."), rounds.round_resume)
    _add(double, "close", _("Close a round and compute its agreement."), rounds.round_close)
    _add(double, "reopen", _("Open a round again."), rounds.round_reopen)
    _add(double, "cancel", _("Give a round up."), rounds.round_cancel)
    _add(double, "disputes", _("List where coders differ."), disputes.round_disputes)
    _add(double, "decide", _("Decide of one disagreement."), disputes.round_decide)
    _add(double, "undo", _("Take a decision back."), disputes.round_undo)
    _add(double, "export", _("Write what is left to decide (internal)."), disputes.round_export)
    _add(double, "import", _("Read the decisions of a workbook."), disputes.round_import)
    _add(double, "history", _("Show agreement round after round."), rounds.round_history)
    table = _group(app, "table", _("The correspondence table, which alone knows the names."))
    _add(table, "seal", _("Encrypt a workbook of names, outside the study."), study.table_seal)
    accord = _group(app, "agreement", _("How far coders agree, and on what they do not."))
    _add(accord, "alpha", _("Tell agreement, with the interval of alpha."), agreement.alpha)
    _add(accord, "kappa", _("Tell agreement, with the interval of kappa."), agreement.kappa)
    _add(accord, "ac1", _("Tell agreement, with the interval of AC1."), agreement.ac1)
    _add(accord, "pairs", _("Tell agreement between each two coders."), agreement.pairs)
    _add(accord, "spans", _("Tell agreement on segments, note by note."), agreement.spans)
    _add(accord, "annex", _("Write the annex on agreement."), agreement.annex)
    _add(accord, "disputed", _("List what coders did not code alike."), agreement.disputed)
    counts = _group(app, "analysis", _("Count, cross, search."))
    _add(
        counts,
        "crosstab",
        _("Cross situations with an attribute of their sources."),
        analysis.crosstab,
    )
    _add(counts, "coverage", _("Hold the panel planned against what was done."), analysis.coverage)
    _add(counts, "inventory", _("List the documents received."), analysis.inventory)
    _add(counts, "search", _("Find words, whatever their accents and case."), analysis.search)
    _add(counts, "quotations", _("List the codings, one row a quotation."), analysis.quotations)
    return app


def run() -> None:
    """Run the command line; what goes wrong is a sentence, not a trace.

    The exit code is 1 for what the study or the system refuses, 2 for a word mistyped.
    """
    try:
        code = build_app()(standalone_mode=False) or 0
    except UsageError as error:
        code = _mistyped(error)
    except CpitError as error:
        say_error(str(error))
        code = 1
    except OSError as error:
        place = error.filename2 or error.filename
        reason = _("{reason}.").format(reason=reason_of(error))
        say_error(
            _("{place}: {sentence}").format(place=place, sentence=reason)
            if place
            else _("The system refuses: {reason}").format(reason=reason)
        )
        code = 1
    except (KeyboardInterrupt, typer.Abort):
        code = _STOPPED
    if code == _STOPPED:
        say_error(_("Stopped. What was being written was left as it was before."))
    sys.exit(code)


def _mistyped(error: Any) -> int:
    """Say what cannot be understood in a command, how it is written and who tells more."""
    message = said(error.format_message())
    if message:  # else the help, already shown
        usage = f"{error.ctx.get_usage()}\n" if error.ctx else ""
        command = f"{error.ctx.command_path if error.ctx else 'cpit'} --help"
        more = _("“{command}” tells more.").format(command=command)
        say_error(message, after=f"{usage}{more}")
    return int(error.exit_code)


def _add(app: typer.Typer, name: str, help_text: str, function: Callable[..., None]) -> None:
    app.command(name, cls=Command, help=help_text)(function)


def _group(app: typer.Typer, name: str, help_text: str) -> typer.Typer:
    group = typer.Typer(cls=Group, help=help_text, no_args_is_help=True, context_settings=_CONTEXT)
    app.add_typer(group, name=name)
    return group
