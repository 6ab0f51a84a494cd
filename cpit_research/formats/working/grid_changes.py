"""The changes from one version of the grid to the next, as its file states them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, cast

from cpit_research.formats.working.grid_rules import did_you_mean
from cpit_research.formats.working.yaml_fields import Fields, Reading
from cpit_research.formats.working.yaml_file import Node
from cpit_research.model.evolution import CHANGE_KINDS, Change, ChangeKind
from cpit_research.model.grid import Code
from cpit_research.wording import gettext as _

__all__ = ["CHANGE_KEYS", "change_faults", "day_of", "read_change"]

CHANGE_KEYS: Final = ("kind", "from", "into", "reason", "author", "date", "follows", "remarks")
_FOLLOWS: Final = {"true": True, "yes": True, "false": False, "no": False, "": False}
#: How many codes each kind takes from the version before, and gives to this one.
_SIZES: Final[dict[ChangeKind, tuple[range, range]]] = {
    "added": (range(1), range(1, 100)),
    "retired": (range(1, 100), range(2)),
    "renamed": (range(1, 2), range(1, 2)),
    "moved": (range(1, 100), range(1, 100)),
    "redefined": (range(1, 2), range(1, 2)),
    "split": (range(1, 2), range(2, 100)),
    "merged": (range(2, 100), range(1, 2)),
}


def read_change(reading: Reading, node: Node, codes: Sequence[Code]) -> Change:
    """Return the change of a mapping; every fault is noted."""
    stated = reading.fields(node, CHANGE_KEYS)
    kind = cast("ChangeKind", stated.choice("kind", CHANGE_KINDS))
    change = Change(
        kind,
        before=stated.texts("from"),
        after=stated.texts("into"),
        reason=stated.text("reason", required=True),
        author=stated.text("author"),
        day=day_of(stated, "date"),
        follows=_follows(stated),
        remarks=stated.texts("remarks"),
    )
    for key, sentence in change_faults(change, codes):
        stated.fault(key, sentence)
    return change


def day_of(stated: Fields, key: str) -> date | None:
    """Return the date of a field, None when it has none or is no date."""
    words = stated.text(key)
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        stated.fault(key, _("“{date}” is not a date; write it as 2026-11-22.").format(date=words))
        return None


def _follows(stated: Fields) -> bool:
    words = stated.text("follows").casefold()
    if words not in _FOLLOWS:
        stated.fault("follows", _("“follows” takes true or false."))
    return _FOLLOWS.get(words, False)


def change_faults(change: Change, codes: Sequence[Code]) -> Iterator[tuple[str, str]]:
    """Yield every fault of a change to `codes`: the key, and the sentence."""
    if change.kind not in _SIZES:
        return
    taken, given = _SIZES[change.kind]
    if len(change.before) not in taken:
        yield "from", _said(change, "from", taken)
    if len(change.after) not in given:
        yield "into", _said(change, "into", given)
    known = [code.id for code in codes]
    for code in change.after:
        if code not in known:
            sentence = _("“{id}” is not a code of this version.").format(id=code)
            yield "into", f"{sentence} {did_you_mean(code, known)}"
    if change.follows and change.kind in {"split", "added"}:
        yield "follows", _("Its codings are read again by people: write “follows: false”.")
    if change.follows and change.kind == "retired" and not change.after:
        yield "follows", _("Nothing takes its place: write “follows: false” or “into:”.")


def _said(change: Change, key: str, sizes: range) -> str:
    least = sizes.start
    if least == 0 and len(sizes) == 1:
        return _("“{key}” must be empty for “{kind}”.").format(key=key, kind=change.kind)
    if len(sizes) == 1:
        return _("“{key}” takes one code for “{kind}”.").format(key=key, kind=change.kind)
    if least == 0:
        return _("“{key}” takes one code at most for “{kind}”.").format(key=key, kind=change.kind)
    return _("“{key}” takes {n} codes or more for “{kind}”.").format(
        key=key, n=least, kind=change.kind
    )
