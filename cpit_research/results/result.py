"""A table that says where it comes from."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Provenance:
    """On what a result was computed.

    Parameters
    ----------
    corpus : str
        Fingerprint of the texts (ids and versions).
    codings : str
        Fingerprint of the codings, empty when none were used.
    grid : str
        Version of the grid, empty when none was used.
    package : str
        Version of the library.
    """

    corpus: str = ""
    codings: str = ""
    grid: str = ""
    package: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A table with its title, its method and its provenance.

    Parameters
    ----------
    title : str
        What the table shows, in words.
    table : pandas.DataFrame
        One row an entry. Names for people are in `table`, ids in its index.
    counts : str
        What is counted: ``"episode"``, ``"segment"``, ``"source"``, ``"participant"``,
        ``"visit"``… or empty.
    method : str
        How, in one or two sentences.
    reference : str
        Where the method is published, empty for a plain count.
    settings : mapping of str to str
        Every parameter in force.
    notes : tuple of str
        What a reader must know: what was left out, what does not add up, and why.
    provenance : Provenance
        On what.
    names : mapping of str to str
        Names for people of the columns that only the grid names, such as the values of a facet.
    """

    title: str
    table: pd.DataFrame = field(repr=False)
    counts: str = ""
    method: str = ""
    reference: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.title:
            message = "Result: title"
            raise ValueError(message)

    def noting(self, *notes: str) -> Self:
        """Return the same result with further notes."""
        return replace(self, notes=(*self.notes, *notes))

    def column_name(self, column: str) -> str:
        """Return the name for people of a column."""
        return self.names.get(column) or name_of(column)

    def _repr_html_(self) -> str:
        notes = "".join(
            f"<p><em>{html.escape(note)}</em></p>" for note in (self.method, *self.notes) if note
        )
        table = self.table.rename(columns=self.column_name).to_html()
        return f"<h4>{html.escape(self.title)}</h4>{table}{notes}"
