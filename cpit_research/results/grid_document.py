"""The grid as coders keep it on the desk: how to use it, then each code on a card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Final

from cpit_research.model.grid import Axis, Code, Grid
from cpit_research.results.document import (
    Block,
    Card,
    Document,
    Heading,
    Index,
    Listing,
    Paragraph,
    Table,
)
from cpit_research.text.folding import fold
from cpit_research.wording import LANGUAGES, language, use_language
from cpit_research.wording import gettext as _
from cpit_research.wording.figures import long_date, number
from cpit_research.wording.vocabulary import name_of

__all__ = ["grid_document"]

_DEEPEST: Final = 3  # level of headings


def grid_document(grid: Grid, *, made: datetime, author: str = "", banner: str = "") -> Document:
    """Return the printable grid: the rules, every code at a glance, the cards, an index of names.

    It speaks the language of the grid.

    Parameters
    ----------
    grid : Grid
        Any version, whole or hardly begun.
    made : datetime
        When, in UTC.
    author : str
        Who signs.
    banner : str
        What every page says besides the version, and that the grid is illustrative.
    """
    with use_language(grid.language if grid.language in LANGUAGES else language()):
        return Document(
            title=grid.title or grid.id,
            subtitle=_("The grid to keep at hand when coding"),
            made=made,
            language=language(),
            author=author,
            banner=" · ".join(filter(None, (_version(grid), _illustrative(grid), banner))),
            facts=tuple(_facts(grid)),
            blocks=(
                *_use(grid),
                *_glance(grid),
                *(block for axis in grid.axes for block in _axis(grid, axis)),
                *_gone(grid),
                *_references(grid),
                *_names(grid),
            ),
            contents=False,
        )


# ── First pages ─────────────────────────────────────────────────────────────────────────────────


def _version(grid: Grid) -> str:
    return _("Grid {version}, {status}").format(version=grid.version, status=name_of(grid.status))


def _illustrative(grid: Grid) -> str:
    return _("Illustrative grid: publish nothing from it") if grid.nature == "illustrative" else ""


def _facts(grid: Grid) -> Iterator[tuple[str, str]]:
    yield _("Version"), grid.version + (f" ({long_date(grid.day)})" if grid.day else "")
    yield _("Nature"), name_of(grid.nature)
    yield _("Status"), name_of(grid.status)
    counts = [(axis.name, len(grid.leaves(axis.id))) for axis in grid.axes]
    if counts:
        yield (
            _("Codes"),
            _("; ").join(f"{name} ({number(n)})" for name, n in counts),
        )
    yield _("Fingerprint"), grid.fingerprint[:16]


def _use(grid: Grid) -> Iterator[Block]:
    if grid.nature == "illustrative":
        default = _(
            "This grid is illustrative: it comes neither from the research team nor from its "
            "partners. No result drawn with it may be published."
        )
        yield Paragraph(grid.warning or default, tone="warning")
    elif grid.warning:
        yield Paragraph(grid.warning, tone="warning")
    yield Heading(_("How to use it"))
    yield Listing(
        (
            _("Look for the code at a glance over the next pages, or by its name in the index."),
            _("Read “Include” and “Exclude” before choosing; “Rather” names the codes next to it."),
            _("Clues help to notice; a clue alone is never enough to code."),
            _("Between two codes, read the borderline case; if you still hesitate, say why."),
        )
    )
    for rule, text in grid.rules.items():
        yield Paragraph(_sentence(text), label=name_of(rule))
    if grid.facets:
        yield Table(
            _("What is said once of each episode"),
            (_("Facet"), _("Values")),
            tuple((f.name, ", ".join(name for _id, name in f.values)) for f in grid.facets),
            name=_("Facets"),
            widths=(1, 3),
        )


def _glance(grid: Grid) -> Iterator[Block]:
    groups = [group for axis in grid.axes for group in _glance_groups(grid, axis)]
    if groups:
        yield Heading(_("Every code at a glance"))
        yield Index(tuple(groups))


def _glance_groups(grid: Grid, axis: Axis) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield the codes of an axis under their families; those without one under the axis."""
    found = [(_family(grid, code), code) for code in grid.leaves(axis.id)]
    for family, codes in groupby(found, key=lambda pair: pair[0]):
        head = f"{family.id} · {family.name}" if family else axis.name
        yield head, tuple((code.id, code.name) for _family_of, code in codes)


def _family(grid: Grid, code: Code) -> Code | None:
    family = grid.family(code.id)
    return None if family is code else family


# ── Cards ───────────────────────────────────────────────────────────────────────────────────────


def _axis(grid: Grid, axis: Axis) -> Iterator[Block]:
    """Yield the codes of an axis, each family before its own, whatever the depth."""
    used = {code.id for code in grid.leaves(axis.id)}
    families = {above for code in used for above in _above(grid, code)}
    if used:
        yield Heading(axis.name)
    for code in grid:
        if code.id in used:
            yield _card(grid, code)
        elif code.axis == axis.id and code.id in families:
            yield from _family_head(grid, code)


def _above(grid: Grid, code: str) -> Iterator[str]:
    """Yield the ids of the codes above one, nearest first."""
    above = grid[code].parent
    while above:
        yield above
        above = grid[above].parent


def _family_head(grid: Grid, code: Code) -> Iterator[Block]:
    depth = 2 + sum(1 for _id in _above(grid, code.id))
    yield Heading(f"{code.id} · {code.name}", level=min(depth, _DEEPEST))
    if code.definition:
        yield Paragraph(code.definition)
    for label, text in _frontiers(grid, code):
        yield Paragraph(_sentence(text), tone="note", label=label)


def _card(grid: Grid, code: Code) -> Card:
    return Card(
        code.id,
        code.name,
        code.definition,
        fields=tuple((label, text) for label, text in _read_while_coding(grid, code) if text),
        more=tuple((label, _sentence(text)) for label, text in _read_once(code) if text),
    )


def _read_while_coding(grid: Grid, code: Code) -> Iterator[tuple[str, str]]:
    yield from _frontiers(grid, code)
    yield _("Clues"), _several(code.indicators)
    yield _("Example"), code.example
    yield _("Borderline"), code.borderline
    yield _("Publication"), code.publication


def _frontiers(grid: Grid, code: Code) -> Iterator[tuple[str, str]]:
    """Yield when to put a code, when not to, and the codes to put rather, by their names."""
    if code.include:
        yield _("Include"), code.include
    if code.exclude:
        yield _("Exclude"), code.exclude
    named = [(one, grid.get(one)) for one in code.redirects]
    if named:
        yield (
            _("Rather"),
            _several(tuple(f"{one} {known.name}" if known else one for one, known in named)),
        )


def _read_once(code: Code) -> Iterator[tuple[str, str]]:
    yield _("In full"), code.long_definition
    yield _("Goal"), code.goal
    yield _("Trigger"), code.trigger
    yield _("Acts"), _several(code.acts)
    yield _("Actors"), _several(code.actors)
    yield _("Context"), code.context
    yield _("Resources"), _several(code.resources)
    yield _("Constraints"), _several(code.constraints)
    yield _("Tensions"), _several(code.tensions)
    yield _("Strategies"), _several(code.strategies)
    yield _("What the practitioner watches"), _several(code.professional_indicators)
    yield _("Competences"), _several(code.competences)
    yield _("Provenance"), code.provenance


def _several(words: tuple[str, ...]) -> str:
    return _("; ").join(words)


def _sentence(text: str) -> str:
    """Return the words with a capital and a stop, as a sentence that others follow."""
    capital = text[:1].upper()
    if capital.lower() == text[:1]:  # some letters (ı, ﬁ) have a capital that is another's
        text = capital + text[1:]
    return text if text[-1:] in ".!?…»" else f"{text}."


# ── Last pages ──────────────────────────────────────────────────────────────────────────────────


def _gone(grid: Grid) -> Iterator[Block]:
    """Yield the codes that may not be put any more, and those that take their place."""
    gone = [code for code in grid if not code.stands]
    if gone:
        yield Heading(_("Codes no longer used"))
        yield Listing(tuple(_said_gone(grid, code) for code in gone))


def _said_gone(grid: Grid, code: Code) -> str:
    said = f"{code.id} {code.name}"
    after = [one for change in grid.changes if code.id in change.before for one in change.after]
    kept = [one for one in dict.fromkeys(after) if one != code.id]
    if not kept:
        return said
    return _("{code}: see {others}").format(code=said, others=", ".join(kept))


def _references(grid: Grid) -> Iterator[Block]:
    if grid.references:
        yield Heading(_("Sources of the grid"))
        yield Listing(
            tuple(" – ".join(filter(None, (one.text, one.url))) for one in grid.references)
        )


def _names(grid: Grid) -> Iterator[Block]:
    """Yield every name in the order of the alphabet, whatever its accents."""
    named = sorted(grid.leaves(), key=lambda code: (_sorted_as(code.name), code.id))
    groups = groupby(named, key=lambda code: _sorted_as(code.name)[:1].upper() or "–")
    if named:
        yield Heading(_("Index of names"))
        yield Index(
            tuple(
                (letter, tuple((code.id, code.name) for code in codes)) for letter, codes in groups
            )
        )


def _sorted_as(name: str) -> str:
    """Return a name from its first letter or digit on."""
    return re.sub(r"^\W+", "", fold(name))
