"""What the codes of a grid must hold to, whatever the file they come from.

A YAML file gives its faults by line, a workbook by cell; the rules and the sentences are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cpit_research.model.grid import CODE_STATUSES, Code
from cpit_research.text.closeness import nearest
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _

__all__ = [
    "GATE",
    "CodeFault",
    "code_faults",
    "did_you_mean",
    "gate_faults",
    "is_ascii_id",
    "parents_first",
]

#: The axis whose codes coders tell apart two by two.
SITUATIONS: Final = "situations"
#: What a code must say before two people code with it.
GATE: Final = ("name", "definition", "long_definition", "include", "exclude", "example")
#: Beyond this many, the words that could be are not all named.
_MANY: Final = 30
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class CodeFault:
    """A fault of the code at `position`, in one of its fields."""

    position: int
    field: str
    sentence: str


def is_ascii_id(word: str) -> bool:
    """Tell whether `word` can be an id: unaccented letters, digits, ``.``, ``-`` and ``_``.

    Examples
    --------
    >>> is_ascii_id("S11"), is_ascii_id("qualité"), is_ascii_id("")
    (True, False, False)
    """
    return _ID.fullmatch(word) is not None


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return a sentence proposing the one of `known` most like `word`, else naming all of a few."""
    close = nearest(word, known)
    if close is not None:
        return _("Did you mean “{name}”?").format(name=close)
    if not 0 < len(known) <= _MANY:
        return ""
    return _("Known: {names}.").format(names=", ".join(known))


def code_faults(codes: Sequence[Code]) -> list[CodeFault]:
    """Return every fault of `codes`, in their order."""
    first: dict[str, int] = {}
    for position, code in enumerate(codes):
        first.setdefault(fold(code.id), position)
    found = [
        CodeFault(position, field, sentence)
        for position, code in enumerate(codes)
        for field, sentence in (
            *_own_faults(code),
            *_id_faults(code, position, codes[first[fold(code.id)]], first),
            *_link_faults(code, codes),
        )
    ]
    found += _same_names(codes)
    return sorted(found, key=lambda fault: fault.position)


def gate_faults(codes: Sequence[Code]) -> list[CodeFault]:
    """Return the fields that a released situation must have, and lacks.

    References
    ----------
    MacQueen, K. M., McLellan, E., Kay, K., & Milstein, B. (1998). Codebook development for
    team-based qualitative analysis. *CAM Journal*, 10(2), 31–36.
    """
    above = {code.parent for code in codes}
    return [
        CodeFault(
            position,
            field,
            _("“{field}” is empty: coders need it before a release.").format(field=field),
        )
        for position, code in enumerate(codes)
        if code.axis == SITUATIONS and code.stands and code.id not in above
        for field in GATE
        if not getattr(code, field)
    ]


def parents_first(codes: Sequence[Code]) -> list[Code]:
    """Return the codes that hang from a top, parents before children, else in the same order."""
    under: dict[str, list[Code]] = {}
    for code in codes:
        under.setdefault(code.parent, []).append(code)
    ordered: list[Code] = []
    waiting = under.pop("", [])[::-1]
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting += under.pop(code.id, [])[::-1]
    return ordered


def _own_faults(code: Code) -> Iterator[tuple[str, str]]:
    if not code.name:
        yield "name", _("The name is missing; add “name:” (a verb and its object).")
    if code.status not in CODE_STATUSES:
        yield (
            "status",
            _("Unknown status “{status}”.").format(status=code.status)
            + " "
            + did_you_mean(code.status, CODE_STATUSES),
        )


def _id_faults(
    code: Code, position: int, holder: Code, first: dict[str, int]
) -> Iterator[tuple[str, str]]:
    if not code.id:
        yield "id", _("The id is missing; add “id:” with an id never used before.")
    elif not is_ascii_id(code.id):
        yield (
            "id",
            _("“{id}” cannot be an id: use unaccented letters, digits, “-” and “_”.").format(
                id=code.id
            ),
        )
    elif first[fold(code.id)] != position:
        yield (
            "id",
            _("The id is already that of “{name}”; give another, never used before.").format(
                name=holder.name
            ),
        )


def _link_faults(code: Code, codes: Sequence[Code]) -> Iterator[tuple[str, str]]:
    axes = {known.id: known.axis for known in codes}
    for target in code.redirects:
        if target == code.id:
            yield "redirects", _("The code redirects to itself; remove it from “redirects:”.")
        elif target not in axes:
            yield "redirects", _dangling(target, _("It redirects to"), list(axes))
    if code.parent and code.parent not in axes:
        yield "parent", _dangling(code.parent, _("Its parent is"), list(axes))
    elif code.parent and axes[code.parent] != code.axis:
        yield "parent", _("Its parent “{id}” is on another axis.").format(id=code.parent)
    elif code.id and code.parent and _turns(code, codes):
        yield "parent", _("Its parents turn in a circle; give one of them no parent.")


def _dangling(target: str, link: str, known: list[str]) -> str:
    close = nearest(target, known)
    proposal = _("Did you mean “{name}”?").format(name=close) if close else _("Correct it.")
    return (
        _("{link} “{id}”, which is not in the grid.").format(link=link, id=target) + f" {proposal}"
    )


def _turns(code: Code, codes: Sequence[Code]) -> bool:
    parents = {known.id: known.parent for known in codes}
    seen = {code.id}
    above = code.parent
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return above == code.id


def _same_names(codes: Sequence[Code]) -> Iterator[CodeFault]:
    holders: dict[tuple[str, str], Code] = {}
    for position, code in enumerate(codes):
        if not code.name:
            continue
        holder = holders.setdefault((code.axis, " ".join(fold(code.name).split())), code)
        if holder is not code:
            yield CodeFault(
                position,
                "name",
                _("The name is already that of {id} (accents and capitals apart).").format(
                    id=holder.id
                ),
            )
