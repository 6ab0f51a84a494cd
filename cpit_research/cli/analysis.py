"""Commands that count and find."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpit_research.cli.opening import opened
from cpit_research.cli.show import print_concordance, print_table, say
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.results.result import Result
    from cpit_research.study.study import Study

To = Annotated[
    Path | None, typer.Option(help=_("Write the table instead of showing it (.csv, .xlsx)."))
]


def crosstab(
    columns: Annotated[
        str,
        typer.Option(
            help=_(
                "visit_kind, territory, setting, visit, source, coder, or a facet such as "
                "facet:effectivity."
            )
        ),
    ] = "visit_kind",
    rows: Annotated[str, typer.Option(help=_("code or family."))] = "code",
    count: Annotated[
        str, typer.Option(help=_("episode, segment, source or participant."))
    ] = "episode",
    to: To = None,
) -> None:
    """Cross situations with an attribute."""
    from cpit_research.analysis import crosstab as cross

    study = opened()
    options: dict[str, Any] = {"columns": columns, "rows": rows, "count": count}
    hand_over(study, cross(study.codings(), **options), to)


def coverage(to: To = None) -> None:
    """Hold the panel planned against what was done."""
    from cpit_research.analysis import coverage as cover

    study = opened()
    codings = study.codings() if study.shelf.grid_versions() else None
    hand_over(study, cover(study.corpus, study.register, codings), to, index=False)


def inventory(to: To = None) -> None:
    """List the documents."""
    from cpit_research.analysis import inventory as list_documents

    study = opened()
    hand_over(study, list_documents(study.corpus), to, index=False)


def search(
    words: Annotated[str, typer.Argument(help=_("What to look for."))],
    whole_words: Annotated[
        bool, typer.Option(help=_("Leave out matches inside longer words."))
    ] = False,
    around: Annotated[int, typer.Option(help=_("Characters of context shown."), min=0)] = 60,
    to: To = None,
) -> None:
    """Find words in every text."""
    from cpit_research.analysis import search as find

    study = opened()
    found = find(study.corpus, words, whole_words=whole_words, around=around)
    if to is None:
        print_concordance(found)
    else:
        hand_over(study, found, to)


def quotations(to: To = None) -> None:
    """List the codings."""
    from cpit_research.analysis import quotations as quote

    study = opened()
    hand_over(study, quote(study.codings()), to)


def hand_over(study: Study, result: Result, to: Path | None, *, index: bool = True) -> None:
    """Show a result, or write it where it is asked."""
    from cpit_research.results.presentation import present

    if to is None:
        print_table(present(result, index=index))
    else:
        say(_("Written: {path}").format(path=study.export(to, result)))
