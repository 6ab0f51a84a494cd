"""The correspondence table: which opaque id stands for which names.

It lives encrypted outside the study; here it is only held, never written in clear.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from cpit_research.errors import FormatError
from cpit_research.wording import gettext as _

__all__ = ["CATEGORIES", "CORRESPONDENCE_FORMAT", "Category", "Correspondence", "Entry"]

Category = Literal["person", "territory", "place"]
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
CORRESPONDENCE_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One opaque id and every name that it stands for, the usual one first."""

    id: str
    category: Category
    names: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Every known name, by opaque id.

    Its ``repr`` shows ids, never names: a table that strays into a log says nothing.

    Examples
    --------
    >>> table = Correspondence((Entry("P03", "person", ("Maëlle Kerdoncuff", "Maëlle")),))
    >>> Correspondence.from_json(table.to_json()) == table
    True
    >>> table
    Correspondence(entries=(Entry(id='P03', category='person'),))
    """

    entries: tuple[Entry, ...] = ()

    def to_json(self) -> str:
        """Return the table as JSON, to be encrypted at once."""
        entries = [
            {"id": entry.id, "category": entry.category, "names": list(entry.names)}
            for entry in self.entries
        ]
        return json.dumps(
            {"format": CORRESPONDENCE_FORMAT, "entries": entries}, ensure_ascii=False, indent=1
        )

    @classmethod
    def from_json(cls, written: str) -> Correspondence:
        """Return the table that :meth:`to_json` wrote.

        Raises
        ------
        FormatError
            If it is not a correspondence table, or a newer program wrote it.
        """
        try:
            content = json.loads(written)
        except json.JSONDecodeError as error:
            raise _unreadable() from error
        if not isinstance(content, dict) or not isinstance(content.get("format"), int):
            raise _unreadable()
        if content["format"] > CORRESPONDENCE_FORMAT:
            raise FormatError(
                _(
                    "This correspondence table was written by a newer version of the program "
                    "(format {n})."
                ).format(n=content["format"]),
                remedy=_("Update cpit_research to open it."),
            )
        entries = content.get("entries")
        if not isinstance(entries, list):
            raise _unreadable()
        return cls(tuple(map(_entry, entries)))


def _entry(stated: Any) -> Entry:
    match stated:
        case {"id": str(key), "category": str(category), "names": [*names]} if (
            category in CATEGORIES and all(isinstance(name, str) for name in names)
        ):
            return Entry(key, category, tuple(names))
    raise _unreadable()


def _unreadable() -> FormatError:
    return FormatError(_("This is not a correspondence table."))
