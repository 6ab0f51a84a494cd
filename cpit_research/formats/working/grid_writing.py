"""Grids written as YAML, and drafts rewritten with the comments that people put in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from cpit_research.errors import FormatError, InvalidInput
from cpit_research.formats.atomic import replace_file
from cpit_research.formats.working.grid_document import grid_document
from cpit_research.formats.working.grid_file import parse_grid
from cpit_research.formats.working.yaml_file import Items, Node, Pairs, Text, decoded, parse_yaml
from cpit_research.formats.working.yaml_rewriting import OddLayout, rewritten
from cpit_research.formats.working.yaml_text import entry_lines
from cpit_research.model.grid import Grid
from cpit_research.wording import gettext as _

__all__ = ["rewrite_grid", "write_grid"]

_BOM: Final = "\ufeff"


def write_grid(grid: Grid, path: str | Path) -> None:
    """Write a grid as YAML, so that it reads back equal.

    Paragraphs are folded, keys come in the order of ``grids/v1.yaml``, and there is no comment.

    Raises
    ------
    FormatError
        If what would be written holds faults (an id taken twice, a name missing…), all of them
        together; or if the file cannot be written.
    InvalidInput
        If the grid holds what its file cannot say, such as spaces around words.
    """
    path = Path(path)
    lines: list[str] = []
    for key, value in grid_document(grid).items():
        apart = not isinstance(value, str) or key == "previous"
        if apart and not (lines and key == "changes" and grid.previous):
            lines.append("")
        lines += entry_lines(key, value, 0)
    written = "\n".join([*lines, ""])
    _check(written, grid, path)
    replace_file(path, written.encode())


def rewrite_grid(path: str | Path, grid: Grid, *, to: str | Path | None = None) -> None:
    """Make the file of a draft say `grid`, with its comments, order and layout where it can.

    A file that says it already is left as it is.

    Parameters
    ----------
    path : str or Path
        File of a draft.
    grid : Grid
        What it must say.
    to : str or Path, optional
        Another file to write, the first one being left alone: the next version, from the comments
        of the one before, which may then be released.

    Raises
    ------
    FormatError
        If the file holds faults, or would; if it cannot be written; or if it is laid out in such
        a way that its comments would be lost.
    InvalidInput
        If the file is a released version, or the grid holds what its file cannot say.
    """
    path = Path(path)
    target = Path(to) if to is not None else path
    held = decoded(path)
    before = parse_grid(held, path)
    if "released" in {before.status if to is None else "", grid.status}:
        raise InvalidInput(
            _("{name} is a released version, which never changes.").format(name=path.name),
            remedy=_("Write what is new in the next version."),
        )
    if before == grid:
        written = held
    else:
        written = _rewritten(held, before, grid, path)
        _check(written, grid, target)
    mark = _BOM if path.read_bytes().startswith(_BOM.encode()) else ""
    if (mark + written).encode() != (target.read_bytes() if target.exists() else None):
        replace_file(target, (mark + written).encode())


def _rewritten(held: str, before: Grid, grid: Grid, path: Path) -> str:
    named = set(_flat(parse_yaml(held, path)))
    nested = {code.parent for code in grid if code.id in before and code.id not in named}
    apart = {code.parent for code in grid if code.id in named} - nested
    flat = {code.id for code in grid if code.parent in apart and code.parent}
    crlf = held.count("\r\n")
    crlf = crlf if crlf == held.count("\n") else 0
    try:
        written = rewritten(
            held.replace("\r\n", "\n") if crlf else held,
            grid_document(grid, flat),
            moving="codes",
        )
    except OddLayout as error:
        raise _odd(path) from error
    return written.replace("\n", "\r\n") if crlf else written


def _flat(node: Node) -> Iterator[str]:
    """Yield the ids of the codes that name their parent."""
    if isinstance(node, Items):
        for item in node.items:
            yield from _flat(item)
    elif isinstance(node, Pairs):
        said: Mapping[str, Node] = {key.value: value for key, value in node.pairs}
        named, parent = said.get("id"), said.get("parent")
        if isinstance(named, Text) and isinstance(parent, Text) and parent.value.strip():
            yield named.value.strip()
        for key in ("axes", "codes"):
            yield from _flat(said.get(key, Items(0)))


def _check(written: str, grid: Grid, path: Path) -> None:
    if parse_grid(written, path) != grid:
        raise InvalidInput(
            _("{name} would not say the same grid once read back.").format(name=path.name),
            remedy=_(
                "Remove the spaces around its words, put codes after their parents, and each axis "
                "in one piece."
            ),
        )


def _odd(path: Path) -> FormatError:
    return FormatError(
        _("{name} is laid out in a way that would lose its comments.").format(name=path.name),
        path=str(path),
        remedy=_("Write its fields one “key: value” a line, as grids/v1.yaml does."),
    )
