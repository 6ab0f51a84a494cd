"""What a notebook shows of grids, of what changes in them, and of findings."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final

from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext, notebook
from cpit_research.wording.figures import number
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.model.evolution import Change
    from cpit_research.model.finding import Finding
    from cpit_research.model.grid import Grid
    from cpit_research.model.grid_diff import CodeDifference, GridDiff

__all__ = ["change_html", "diff_html", "difference_html", "finding_html", "grid_html"]

_MARKS: Final = {"kept": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}


def grid_html(grid: Grid) -> str:
    """Return what a notebook shows of a grid: how many codes of each axis, its facets."""
    title = _("{title}, version {version} ({nature}, {status})").format(
        title=grid.title or grid.id,
        version=grid.version,
        nature=name_of(grid.nature),
        status=name_of(grid.status),
    )
    leaves = Counter(code.axis for code in grid.leaves())
    axes = [(axis.name, _codes(leaves[axis.id])) for axis in grid.axes]
    facets = (_("Facets"), ", ".join(facet.name for facet in grid.facets))
    return notebook.shown(title, notebook.facts([*axes, facets]), notes=(grid.warning,))


def diff_html(diff: GridDiff) -> str:
    """Return what a notebook shows of a difference: how many codes, and what no change says."""
    title = _("From {older} to {newer}").format(older=diff.older.version, newer=diff.newer.version)
    kinds = Counter(kind for one in diff for kind in one.kinds)
    facts = [(name_of(kind), _codes(n)) for kind, n in kinds.most_common()]
    unsaid = [one.code for one in diff.undeclared]
    said = _("Every difference is said by a change.")
    if unsaid:
        said = ngettext(
            "{n} difference is said by no change.",
            "{n} differences are said by no change.",
            len(unsaid),
        ).format(n=number(len(unsaid)))
    return notebook.shown(title, notebook.facts(facts), notes=(said, ", ".join(unsaid)))


def difference_html(difference: CodeDifference) -> str:
    """Return what a notebook shows of a code that differs, word by word."""
    code = difference.after or difference.before
    rows = "".join(
        f"<dt>{notebook.safe(name_of(field.field))}</dt><dd>"
        + "".join(_MARKS[one.kind].format(escape(one.words)) for one in field.stretches)
        + "</dd>"
        for field in difference.fields
    )
    title = f"{difference.code} · {code.name if code else ''}"
    return notebook.shown(title, f"<dl>{rows}</dl>")


def change_html(change: Change) -> str:
    """Return what a notebook shows of a change: which codes, why, who decided it."""
    codes = " → ".join(", ".join(ids) for ids in (change.before, change.after) if ids)
    facts = (
        (name_of("reason"), change.reason),
        (name_of("author"), change.author),
        (name_of("follows"), name_of("yes" if change.follows else "no")),
    )
    title = f"{codes} · {name_of(change.kind)}"
    return notebook.shown(title, notebook.facts(facts))


def finding_html(finding: Finding) -> str:
    """Return what a notebook shows of a finding: its claim, its scope, what it stands on."""
    supports, qualifies = len(tuple(finding.supports)), len(tuple(finding.qualifies))
    title = f"{finding.reference}. {finding.claim}" if finding.reference else finding.claim
    evidence = (
        ngettext("{n} coding supports it", "{n} codings support it", supports),
        ngettext("{n} qualifies it", "{n} qualify it", qualifies),
    )
    said = ", ".join(
        words.format(n=number(n)) for words, n in zip(evidence, (supports, qualifies), strict=True)
    )
    facts = ((_("Scope"), finding.scope), (_("Codings"), said))
    return notebook.shown(title, notebook.facts(facts))


def _codes(n: int) -> str:
    return ngettext("{n} code", "{n} codes", n).format(n=number(n))
