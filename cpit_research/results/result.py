"""A table that says where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from cpit_research.errors import NotFound
from cpit_research.results.notebook import result_html
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import number
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

    def __repr__(self) -> str:
        return f"<Result: {self.title}, {len(self.table)} rows>"

    def _repr_html_(self) -> str:
        return result_html(self)

    def only(self, *columns: str) -> Self:
        """Return the same result with these columns alone, in this order.

        Raises
        ------
        NotFound
            If the table has no such column.

        Examples
        --------
        >>> import pandas as pd
        >>> Result("Notes", pd.DataFrame({"a": [1], "b": [2]})).only("b").table.columns.tolist()
        ['b']
        """
        known = [str(name) for name in self.table.columns]
        for name in columns:
            if name not in known:
                close = nearest(name, known)
                raise NotFound(
                    _("The table has no column “{name}”.").format(name=name),
                    exists=_("It has: {columns}.").format(columns=", ".join(known)),
                    remedy=_("Did you mean “{close}”?").format(close=close) if close else "",
                )
        return replace(self, table=self.table[list(columns)])

    def first(self, n: int) -> Self:
        """Return the same result with its `n` first rows alone, which it says."""
        whole = len(self.table)
        if whole <= n:
            return self
        said = ngettext("The first {n} row of {all}.", "The first {n} rows of {all}.", n).format(
            n=number(n), all=number(whole)
        )
        return replace(self, table=self.table.head(n), notes=(*self.notes, said))

    def tally(self, *columns: str) -> Self:
        """Return how many rows have each value of a column, or of several together.

        Raises
        ------
        NotFound
            If the table has no such column.

        Examples
        --------
        >>> import pandas as pd
        >>> Result("Notes", pd.DataFrame({"who": ["a", "b", "a"]})).tally("who").table
          who  n_rows
        0   a       2
        1   b       1
        """
        counts = self.only(*columns).table.groupby(list(columns)).size()
        method = _("How many rows of the table have these values.")
        return replace(self, table=counts.reset_index(name="n_rows"), method=method)
