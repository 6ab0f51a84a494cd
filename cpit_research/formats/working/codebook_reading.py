"""A codebook as a draft of the grid: ours comes back as it left, another's gets ids and an axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cpit_research.formats.working.codebook_naming import Ids, Names, folded, slug
from cpit_research.formats.working.codebook_text import STATUSES, read_axis, read_code, read_header
from cpit_research.formats.working.codebook_tree import Codebook, CodebookCode, read_codebook
from cpit_research.formats.working.grid_rules import is_ascii_id
from cpit_research.model.grid import GRID_NATURES, GRID_STATUSES, Axis, Code, Grid
from cpit_research.wording import gettext as _
from cpit_research.wording import language, ngettext

__all__ = ["read_qdc"]

_AXIS: Final = Axis("situations", "Situations")


def read_qdc(path: str | Path) -> tuple[Grid, tuple[str, ...]]:
    """Read a codebook, leniently, as a grid that is valid here.

    Returns
    -------
    grid : Grid
        Exactly the one that was written, for a file of ours; a draft otherwise.
    report : tuple of str
        What was invented, changed or left out, in sentences.

    Raises
    ------
    FormatError
        If the file cannot be read or is no codebook.
    """
    path = Path(path)
    book = read_codebook(path)
    headers = [read_header(description) for _name, description in book.sets]
    header = next((found for found in headers if found), None)
    gathering = _Gathering(book)
    grid = replace(
        _headed(header, path, book),
        axes=gathering.axes,
        codes=tuple(gathering.codes),
    )
    grid, said = _settled(grid, header)
    foreign = [name for (name, _text), ours in zip(book.sets, headers, strict=True) if not ours]
    return grid, (
        *_said_of_header(header, grid),
        *gathering.report(),
        *said,
        *_said_of_rest(book, foreign),
    )


class _Gathering:
    """The codes of one codebook as codes of a grid, and what had to be invented for them."""

    def __init__(self, book: Codebook) -> None:
        self.invented: list[Code] = []
        self.renamed: list[Code] = []
        self.unnamed = self.unclear = self.open_above = 0
        self.cut: list[str] = []
        tops = {
            position: Axis(said, code.name)
            for position, code in enumerate(book.codes)
            if code.above < 0 and (said := read_axis(code.description))
        }
        kept = {axis.id: axis for axis in reversed(tops.values()) if is_ascii_id(axis.id)}
        self.axes = tuple(axis for axis in tops.values() if kept.get(axis.id) is axis)
        tops = {position: axis for position, axis in tops.items() if axis in self.axes}
        default = next((a for a in self.axes if a.id == _AXIS.id), (*self.axes, _AXIS)[0])
        self.codes = self._codes(book, tops, default)
        if any(code.axis == default.id for code in self.codes) or not self.axes:
            self.axes = self.axes if default in self.axes else (*self.axes, default)

    def _codes(self, book: Codebook, tops: dict[int, Axis], default: Axis) -> list[Code]:
        said = [
            None if position in tops else read_code(code.description)
            for position, code in enumerate(book.codes)
        ]
        ids = Ids(said)
        names = Names()
        placed: dict[int, Code] = {}
        for position, met in enumerate(book.codes):
            if position in tops:
                continue
            above = placed.get(met.above)
            axis = above.axis if above else tops.get(met.above, default).id
            code = self._code(met, said[position], ids, position)
            code = replace(code, axis=axis, parent=above.id if above else "")
            name = names.told_apart(code, above)
            if name != code.name:
                code = replace(code, name=name)
                self.renamed.append(code)
            placed[position] = code
        over = {met.above for met in book.codes}
        self.open_above = sum(
            met.codable and position in over and said[position] is None
            for position, met in enumerate(book.codes)
        )
        return self._linked(list(placed.values()))

    def _code(
        self, met: CodebookCode, said: dict[str, Any] | None, ids: Ids, position: int
    ) -> Code:
        name = " ".join(met.name.split()) if said is None else met.name
        if not folded(name or met.name) and not (said is not None and name):
            self.unnamed += 1
            name = _("Code {n}").format(n=position + 1)
        values = dict(said) if said is not None else {"definition": met.description.strip()}
        if values.get("status", "proposed") not in STATUSES:
            self.unclear += 1
            del values["status"]
        identifier = ids.stated(position)
        if not identifier:
            identifier = ids.invented(name)
        code = Code(**(values | {"id": identifier, "name": name}))
        if said is None or said["id"] != identifier:
            self.invented.append(code)
        return code

    def _linked(self, codes: list[Code]) -> list[Code]:
        """Return the codes without the redirects that lead nowhere any more."""
        known = {code.id for code in codes}
        linked = []
        for code in codes:
            kept = tuple(one for one in code.redirects if one in known and one != code.id)
            self.cut += [f"{code.id} → {one}" for one in code.redirects if one not in kept]
            linked.append(code if kept == code.redirects else replace(code, redirects=kept))
        return linked

    def report(self) -> Iterator[str]:
        """Yield what was invented or changed."""
        if self.invented:
            yield ngettext(
                "{n} code had no id of ours; one was made from its name: {ids}.",
                "{n} codes had no ids of ours; they were made from their names: {ids}.",
                len(self.invented),
            ).format(n=len(self.invented), ids=_some([code.id for code in self.invented]))
        if self.unnamed:
            yield ngettext(
                "{n} code had no name; it bears a number.",
                "{n} codes had no name; they bear numbers.",
                self.unnamed,
            ).format(n=self.unnamed)
        if self.renamed:
            yield ngettext(
                "{n} name was borne twice; it was told apart: {names}.",
                "{n} names were borne twice; they were told apart: {names}.",
                len(self.renamed),
            ).format(n=len(self.renamed), names=_some([code.name for code in self.renamed]))
        if self.open_above:
            yield ngettext(
                "{n} code that has others under it could be put on passages; here only the last "
                "ones of the tree can.",
                "{n} codes that have others under them could be put on passages; here only the "
                "last ones of the tree can.",
                self.open_above,
            ).format(n=self.open_above)
        if self.unclear:
            yield ngettext(
                "{n} status was not understood; the code is “proposed”.",
                "{n} statuses were not understood; the codes are “proposed”.",
                self.unclear,
            ).format(n=self.unclear)
        if self.cut:
            yield ngettext(
                "{n} redirect led to a code that is no longer there, and was left out: {links}.",
                "{n} redirects led to codes that are no longer there, and were left out: {links}.",
                len(self.cut),
            ).format(n=len(self.cut), links=_some(self.cut))


# ── The grid itself ─────────────────────────────────────────────────────────────────────────────


def _headed(header: dict[str, Any] | None, path: Path, book: Codebook) -> Grid:
    if header is None:
        origin = (
            _("codebook “{name}”, made by {program}").format(name=path.name, program=book.origin)
            if book.origin
            else _("codebook “{name}”").format(name=path.name)
        )
        return Grid(slug(path.stem), "v1", title=path.stem, language=language(), provenance=origin)
    stated = {name: value for name, value in header.items() if name != "fingerprint"}
    if stated["nature"] not in GRID_NATURES:
        stated["nature"] = "illustrative"
    if stated["status"] not in GRID_STATUSES:
        stated["status"] = "draft"
    return Grid(**stated)


def _settled(grid: Grid, header: dict[str, Any] | None) -> tuple[Grid, list[str]]:
    """Return the grid as it may be kept: a release that is no longer itself is a draft."""
    if header is None:
        return grid, []
    if grid.fingerprint == header["fingerprint"]:
        released = grid.status == "released"
        return (replace(grid, released_as=header["fingerprint"]) if released else grid), []
    said = [_("The codebook was changed since it was written here.")]
    known = {code.id for code in grid}
    kept = tuple(change for change in grid.changes if known.issuperset(change.after))
    if kept != grid.changes:
        lost = len(grid.changes) - len(kept)
        said.append(
            ngettext(
                "{n} change led to codes that are no longer there, and was left out.",
                "{n} changes led to codes that are no longer there, and were left out.",
                lost,
            ).format(n=lost)
        )
    if grid.status == "released":
        said.append(_("It was that of a released version; it is read as a draft."))
    return replace(grid, changes=kept, status="draft"), said


def _said_of_header(header: dict[str, Any] | None, grid: Grid) -> Iterator[str]:
    if header is None:
        yield _(
            "The codebook says nothing of a grid of ours: it is read as a draft, “{title}”, "
            "{version}; check its title, nature, coding rules and facets."
        ).format(title=grid.title, version=grid.version)


def _said_of_rest(book: Codebook, foreign: list[str]) -> Iterator[str]:
    if foreign:
        yield ngettext(
            "{n} set of codes is left out: {names}.",
            "{n} sets of codes are left out: {names}.",
            len(foreign),
        ).format(n=len(foreign), names=_some(foreign))
    colored = sum(code.has_color for code in book.codes)
    if colored:
        yield ngettext(
            "The colour of {n} code is left out.", "The colours of {n} codes are left out.", colored
        ).format(n=colored)
    if book.unknown:
        yield _("What the format does not know is left out: {names}.").format(
            names=_some(sorted(book.unknown))
        )


def _some(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown}…"
