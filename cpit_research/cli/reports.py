"""What is printed of what became of files, sheets and copies, and of what a check found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.markup import escape
from rich.table import Table as RichTable

from cpit_research.cli.show import console, say, state_style
from cpit_research.model.event import PROGRAM
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import number
from cpit_research.wording.places import about

if TYPE_CHECKING:
    from cpit_research.study.check import CheckReport
    from cpit_research.study.ingest_report import IngestReport
    from cpit_research.study.sharing.merge import MergeReport
    from cpit_research.study.sheets import SheetImport, SheetReport

#: Beyond this many files already known, they are counted and no longer listed.
_MANY: Final = 20


def print_ingest(report: IngestReport) -> None:
    """Print what became of each file."""
    table, out = _files(report), console()
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


def _files(report: IngestReport) -> RichTable:
    """Return the table of the files, without those already known when they are many."""
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
    return table


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
        for sentence in _read(row):
            out.print(sentence, markup=False)
    for problem in report.problems:
        out.print(f"  {problem}", style="red", markup=False, soft_wrap=True)


def _read(row: SheetImport) -> Iterator[str]:
    """Yield what became of one coding sheet."""
    yield _("{path}, by {coder} (codings added: {added}, already known: {known}).").format(
        path=row.path, added=number(row.added), known=number(row.known), coder=row.coder
    )
    if row.proposed:
        yield ngettext(
            "  {n} passage proposed: “cpit grid proposals”.",
            "  {n} passages proposed: “cpit grid proposals”.",
            row.proposed,
        ).format(n=number(row.proposed))
    if row.episodes:
        said = ngettext(
            "{n} episode made or completed.", "{n} episodes made or completed.", row.episodes
        )
        yield "  " + said.format(n=number(row.episodes))


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


def print_merge(report: MergeReport) -> None:
    """Print what a merge brings, and why it is refused."""
    out = console()
    if report.coders:
        out.print(_by_coder(report))
    for sentence in _brought(report):
        say(sentence)
    for notice in report.notices:
        out.print(f"  {notice}", style="yellow", markup=False, soft_wrap=True)
    if report.refused:
        out.print(_("Refused: nothing can be merged."), style="bold red", markup=False)
    for reason in report.refused:
        out.print(f"  {reason}", style="red", markup=False, soft_wrap=True)


def _by_coder(report: MergeReport) -> RichTable:
    """Return the table of what each coder brings."""
    title = _("What came") if report.written else _("What would come")
    table = RichTable(title=title, title_justify="left", title_style="bold")
    table.add_column(_("Coder"))
    fields = {
        "codings": _("New codings"),
        "changes": _("Changes"),
        "memos": _("Memos"),
        "proposals": _("Proposals"),
        "episodes": _("Episodes"),
        "decisions": _("Decisions"),
        "corrections": _("Corrections"),
        "others": _("Others"),
        "known": _("Known"),
    }
    used = [n for n in fields if n == "known" or any(getattr(row, n) for row in report.coders)]
    for name in used:
        table.add_column(fields[name], justify="right")
    for row in report.coders:
        counts = (getattr(row, name) for name in used)
        who = _("the program") if row.coder == PROGRAM else escape(row.coder or "–")
        table.add_row(who, *(number(n) if n else "–" for n in counts))
    return table


def _brought(report: MergeReport) -> list[str]:
    told = []
    if report.documents or report.texts:
        told.append(
            _("New documents: {documents}; new texts: {texts}; files and grids: {files}.").format(
                documents=number(report.documents), texts=number(report.texts),
                files=number(report.files_copied + report.grids),
            )
        )  # fmt: skip
    if report.exact or report.moved:
        told.append(
            _(
                "Carried to the newest texts: {exact} in place, {moved} with a moved passage."
            ).format(exact=number(report.exact), moved=number(report.moved))
        )
    if report.to_confirm:
        told.append(
            _("Passages that wait for someone once merged: {n} (“cpit anchors list”).").format(
                n=number(report.to_confirm)
            )
        )
    if report.conflicts:
        told.append(
            _("Conflicts to settle once merged: {n} (“cpit conflict list”).").format(
                n=number(report.conflicts)
            )
        )
    if report.is_empty and not report.refused:
        told.append(_("The study holds all of it already."))
    return told
