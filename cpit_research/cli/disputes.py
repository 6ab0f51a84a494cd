"""Commands on what the coders of a round do not code alike, and what is decided of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.text import Text

from cpit_research.cli.opening import opened
from cpit_research.cli.rounds import Coder, Json, RoundName
from cpit_research.cli.show import console, print_json, say
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.places import shown_place
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.model.adjudication import Adjudication
    from cpit_research.model.disagreement import Disagreement
    from cpit_research.study.study import Study

Id = Annotated[str, typer.Argument(help=_("Id of the disagreement, as the list shows it."))]
_LONGEST: Final = 400
_SHORT: Final = 60


def round_disputes(round: RoundName, json: Json = False) -> None:
    """List where the coders of a round differ."""
    study = opened()
    listed = study.round_disputes(round)
    if json:
        print_json([_plain_dispute(one) for one in listed])
        return
    names = _names_of(study, round) if listed else {}
    for one in listed:
        _print_dispute(study, one, names)
    left = sum(one.is_open for one in listed)
    say(
        ngettext(
            "{n} disagreement is left to decide.", "{n} disagreements are left to decide.", left
        ).format(n=left)
        if left
        else _("No disagreement is left to decide.")
    )


def round_decide(
    *,
    id: Id,
    reason: Annotated[
        str, typer.Option(help=_("Why they differ: definition, boundary, omission or slip."))
    ],
    why: Annotated[str, typer.Option(help=_("Why it is decided so."))],
    coder: Coder,
    keep: Annotated[
        str | None, typer.Option(help=_("Coder whose codings are kept as they are."))
    ] = None,
    code: Annotated[str | None, typer.Option(help=_("Code that stands there."))] = None,
    words: Annotated[
        str | None, typer.Option(help=_("With --code, the words that it stands on."))
    ] = None,
    none: Annotated[bool, typer.Option("--none", help=_("No code stands there."))] = False,
) -> None:
    """Decide of one disagreement."""
    study = opened()
    made = study.round_decide(
        id, keep=keep, code=code, words=words, none=none, reason=reason, why=why, coder=coder
    )
    codes = ", ".join(
        dict.fromkeys(
            f"{one.code} {quoted(study.corpus.quote(one.segment), _SHORT)}"
            for one in made
            if one.code
        )
    )
    say(_("Decided: {codes}.").format(codes=codes) if codes else _("Decided: no code stands."))


def round_undo(id: Id, coder: Coder) -> None:
    """Take back what was decided of one disagreement."""
    opened().round_undo(id, coder=coder)
    say(_("The disagreement {id} is open again; the record keeps what was decided.").format(id=id))


def round_export(
    round: RoundName, to: Annotated[Path, typer.Option(help=_("File to write (.xlsx)."))]
) -> None:
    """Write what is left to decide as a workbook."""
    written = opened().round_export(round, to=to)
    say(_("Written, for the team only: {path}").format(path=written))


def round_import(
    path: Annotated[Path, typer.Argument(help=_("The workbook, filled in."))], coder: Coder
) -> None:
    """Read the decisions of a workbook, all of them or none."""
    done = opened().round_import(path, coder=coder)
    say(
        _("{path}: decided now {added}, known already {known}, left for later {left}.").format(
            path=done.path, added=done.added, known=done.known, left=done.left
        )
    )


def _names_of(study: Study, round: str) -> Mapping[str, str]:
    """Return the names of the codes of the grid of a round."""
    from cpit_research.study.rounds.rounds import find_round

    return {code.id: code.name for code in study.grid(find_round(study, round).grid).leaves()}


def _print_dispute(study: Study, one: Disagreement, names: Mapping[str, str]) -> None:
    out = console()
    style = "bold cyan" if one.is_open else "dim"
    place = ", ".join(part for part in (one.path, shown_place(one.place)) if part)
    named = " ".join(filter(None, (one.code, names.get(one.code))))
    head = Text(f"{one.id}  {named}", style)
    out.print(head.append(f" – {name_of(one.kind)} – {place}"), soft_wrap=True)
    for coder, marks in one.codings.items():
        said = " / ".join(f"{coding.code} {quoted(words)}" for coding, words in marks)
        out.print(f"  {coder}  {said or '–'}", markup=False, soft_wrap=True)
    for decided in one.decisions:
        out.print(f"  → {_decided(study, decided)}", markup=False, soft_wrap=True)


def _decided(study: Study, decided: Adjudication) -> str:
    """Return what was decided, by whom and why; words are shown when no coder had put them."""
    stands = decided.code or _("no code")
    if decided.code and decided.kept is None:
        stands += f" {quoted(study.corpus.quote(decided.segment))}"
    return f"{stands} – {decided.by} – {decided.why}"


def quoted(words: str, most: int = _LONGEST) -> str:
    """Return words between quotation marks, which those of the document already are."""
    words = shortened(words, most)
    return words if words.startswith(("«", "“")) else _("“{words}”").format(words=words)


def _plain_dispute(one: Disagreement) -> dict[str, Any]:
    return {
        "id": one.id, "round": one.round, "kind": one.kind, "code": one.code, "path": one.path,
        "place": one.place, "start": one.segment.start, "end": one.segment.end,
        "codings": {
            coder: [
                {"id": str(coding.id), "code": coding.code, "start": coding.segment.start,
                 "end": coding.segment.end, "words": words}
                for coding, words in marks
            ]
            for coder, marks in one.codings.items()
        },
        "open": one.is_open,
        "decisions": [
            {"id": str(decided.id), "code": decided.code, "reason": decided.reason,
             "why": decided.why, "by": decided.by, "at": decided.at.isoformat()}
            for decided in one.decisions
        ],
    }  # fmt: skip
