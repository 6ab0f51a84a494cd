"""What a cell of a notebook shows: a title, facts, a table, sentences; in the reader's language.

A text is data: it is never markup, nor a formula (JupyterLab reads one between two dollars).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from cpit_research.wording import language

__all__ = ["facts", "row", "safe", "shown", "table"]

#: Characters of a text that are shown: more of it is read in its document.
_LONGEST: Final = 600
_IGNORED: Final = "tex2jax_ignore mathjax_ignore"
#: JupyterLab sets tables on the right and floats lists: written twice, ours is the stronger.
_OURS: Final = ".cpit-shown.cpit-shown "
_STYLE: Final = "".join(
    f"{_OURS}{rule}"
    for rule in (
        "table{margin-left:0}",
        ":is(th,td){text-align:left;vertical-align:top}",
        ":is(td,dd){white-space:pre-line;overflow-wrap:break-word}",
        ":is(.n,.b){text-align:right}",
        "td.n{white-space:nowrap;font-variant-numeric:tabular-nums}",
        ".t td{font-weight:bold;border-top:1px solid}",
        "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1.5em;margin:0 0 .8em}",
        ":is(dt,dd){float:none;width:auto;margin:0}",
    )
)


def safe(text: str) -> str:
    """Return a text as it may stand in a page, cut where it is very long.

    Examples
    --------
    >>> safe("Élus & <habitants>")
    'Élus &amp; &lt;habitants&gt;'
    """
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return escape(cut.encode("utf-8", "replace").decode())


def shown(title: str, *parts: str, notes: Iterable[str] = ()) -> str:
    """Return a whole output: its title, its parts already made here, and sentences under them."""
    said = "".join(f"<p><em>{safe(note)}</em></p>" for note in notes if note)
    return (
        f'<div class="cpit-shown {_IGNORED}" lang="{language()}"><style>{_STYLE}</style>'
        f"<h4>{safe(title)}</h4>{''.join(parts)}{said}</div>"
    )


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and what is said under each; nothing where nothing is said."""
    rows = "".join(f"<dt>{safe(name)}</dt><dd>{safe(said)}</dd>" for name, said in pairs if said)
    return f"<dl>{rows}</dl>" if rows else ""


def row(cells: Sequence[str], sides: Sequence[str], *, total: bool = False) -> str:
    """Return a row of a table; `sides` has an ``"n"`` a column of numbers, ``"b"`` on the right."""
    opened = '<tr class="t">' if total else "<tr>"
    return f"{opened}{_cells('td', cells, sides)}</tr>"


def table(header: Sequence[str], rows: Iterable[str], sides: Sequence[str]) -> str:
    """Return a table whose rows were made by :func:`row`."""
    head = _cells('th scope="col"', header, sides)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _cells(tag: str, cells: Sequence[str], sides: Sequence[str]) -> str:
    return "".join(
        f'<{tag} class="{side}">{safe(cell)}</{tag[:2]}>'
        if side
        else f"<{tag}>{safe(cell)}</{tag[:2]}>"
        for cell, side in zip(cells, sides, strict=True)
    )
