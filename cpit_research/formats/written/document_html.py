"""Write a document as one html file that asks nothing of anybody: no script, no outside address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cpit_research.formats.atomic import replace_file
from cpit_research.formats.characters import printable
from cpit_research.formats.written.cells import figures_only, fitted_widths, quoted, run_in, shown
from cpit_research.formats.written.drawing import drawing
from cpit_research.formats.written.outline import Outline, outline
from cpit_research.results.document import (
    Block,
    Card,
    Document,
    Index,
    Paragraph,
    Picture,
    Table,
    Verbatim,
)
from cpit_research.wording import gettext as _
from cpit_research.wording import use_language
from cpit_research.wording.figures import long_date

__all__ = ["write_html"]

_TEMPLATES: Final = Path(__file__).parent / "templates"


def write_html(document: Document, path: str | Path) -> None:
    """Write `document` as one html file, whole or not at all.

    Styles and drawings are inside; the same document gives the same bytes.

    Parameters
    ----------
    document : Document
        What to write.
    path : str or Path
        File to write or replace.

    Raises
    ------
    FormatError
        If the file cannot be written.
    """
    skeleton = outline(document)
    with use_language(document.language):
        page = _template().render(
            document=document,
            entries=list(skeleton.entries.values()),
            parts=[
                {"kind": type(block).__name__, "block": block, **_part(skeleton, position, block)}
                for position, block in enumerate(document.blocks)
            ],
            made=f"{document.made:%Y-%m-%d}",
            day=long_date(document.made.date()),
            style=Markup((_TEMPLATES / "document.css").read_text("utf-8")),  # noqa: S704 - ours
            _=_,
        )
    replace_file(path, page.encode())


def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: printable(value) if type(value) is str else value,
        keep_trailing_newline=True,
    )
    return environment.get_template("document.html.jinja")


def _part(skeleton: Outline, position: int, block: Block) -> dict[str, Any]:
    """Return what the template needs beside the block itself."""
    rank = skeleton.numbers.get(position)
    if position in skeleton.entries:
        return {"rank": skeleton.entries[position].rank}
    match block:
        case Paragraph():
            return {"label": run_in(block.label)}
        case Verbatim():
            target = skeleton.targets.get(block.reference)
            first = target is not None and skeleton.citing.get(target) == position
            words = quoted(block.words)
            return {"words": words, "target": target, "cite": target if first else None}
        case Table():
            return {
                "rank": rank,
                "right": figures_only(block),
                "widths": [round(100 * share, 1) for share in fitted_widths(block)],
                "rows": list(_rows(skeleton, position, block)),
            }
        case Card():
            first = skeleton.cards[block.key] == position
            more = [(run_in(label), text) for label, text in block.more]
            return {"rank": position if first else None, "more": more}
        case Index():
            return {"cards": skeleton.cards}
        case Picture():
            return {"rank": rank, "drawing": drawing(block, rank or 0)}
        case _:
            return {}


def _rows(skeleton: Outline, position: int, table: Table) -> Iterator[dict[str, Any]]:
    decimals = table.decimals
    for rank, row in enumerate(table.rows):
        target = skeleton.rows.get((position, rank))
        yield {
            "cells": [
                shown(cell, share=i in table.percent, decimals=decimals[i])
                for i, cell in enumerate(row)
            ],
            "target": target,
            "cited": target in skeleton.citing,
        }
