"""Reading what comes back of a review copy: people add rows, merge cells, leave headers out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, NamedTuple

from cpit_research.errors import FormatError
from cpit_research.formats.review_copy import (
    CHOOSE,
    FACTS,
    FILLED,
    GENERAL,
    NEW,
    OPINION_WORDS,
    SUBMITTED,
    TEXT,
)
from cpit_research.formats.working.table import Column, Vocabulary, find_header
from cpit_research.formats.working.workbook import Sheet, header_key, plain
from cpit_research.wording import gettext as _

__all__ = ["ReviewFile", "ReviewRow", "read_review"]

#: Where a row stands in the file, for a person: title of its table, its number, a column.
Place = Callable[[str, int, int], str]

_COLUMNS: Final = (
    Column("code", "code", ("id", "identifiant")),
    *(Column(name, header) for name, header in SUBMITTED.items()),
    Column("text", TEXT),
    Column("opinion", FILLED["opinion"], ("avis du relecteur", "avis de la relectrice")),
    Column("proposal", FILLED["proposal"], ("propositions", "commentaire", "remarque")),
    Column("author", FILLED["author"], ("autrice", "auteurs", "relu par")),
    Column("organisation", FILLED["organisation"], ("organisation", "laboratoire")),
)
_OPINIONS: Final = Vocabulary(
    {value: word for value, word in OPINION_WORDS.items() if value},
    {
        "ok": "agree",
        "oui": "agree",
        "accord": "agree",
        "favorable": "agree",
        "en accord": "agree",
        "d'accord": "agree",
        "precision": "clarify",
        "preciser": "clarify",
        "revoir": "rework",
        "reformuler": "rework",
        "a reformuler": "rework",
        "pas d'accord": "rework",
        "non": "rework",
        "scinder": "divide",
        "a diviser": "divide",
        "fusionner": "merge",
        "a regrouper": "merge",
        "retirer": "retire",
        "a supprimer": "retire",
        "supprimer": "retire",
        "ajouter": "add",
        "ajout": "add",
    },
)
_NEW: Final = frozenset(map(header_key, (NEW, "nouvelle", "nouveau code", "ajout", "à ajouter")))
_GENERAL: Final = frozenset(map(header_key, (GENERAL, "générale", "grille", "tous", "toutes", "")))
#: A table with codes and one of these holds remarks.
_ASKED: Final = frozenset({"opinion", "proposal"})


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row that says something.

    `code` is the id as written, empty for a code to add (`is_new`) or for the grid as a whole.
    `opinion` is a value of the vocabulary; `written` is the word that is none. `texts` are the
    cells that were submitted to the reviewer, as they come back.
    """

    place: str
    code: str
    is_new: bool
    opinion: str
    written: str
    proposal: str
    author: str
    organisation: str
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """What comes back: the version reviewed, its fingerprint, the rows that say something.

    `silent` rows say nothing, unless what was submitted was written over; `beside` are the words
    of comments that stand in no row of remarks.
    """

    grid: str
    fingerprint: str
    rows: tuple[ReviewRow, ...]
    silent: tuple[ReviewRow, ...] = ()
    beside: tuple[str, ...] = ()


def read_review(
    tables: Sequence[Sheet],
    name: str,
    *,
    place: Place,
    comments: Mapping[tuple[str, int], Sequence[tuple[str, str]]] | None = None,
) -> ReviewFile:
    """Read the tables of a review copy, in Word or in a workbook.

    Parameters
    ----------
    tables : sequence of Sheet
        Every table of the file, in order.
    name : str
        Name of the file, for the sentences of errors.
    place : callable
        Says where a row stands.
    comments : mapping, optional
        Comments anchored in a row, by title of its table and number: author and words.

    Raises
    ------
    FormatError
        If no table holds remarks, or the file no longer says which version was reviewed.
    """
    asked, others = _sorted(tables)
    facts = _facts(others)
    if not asked:
        raise FormatError(
            _("{name} holds no table of remarks.").format(name=name),
            path=name,
            remedy=_("It must have the columns: {names}.").format(
                names=", ".join(("code", *FILLED.values()))
            ),
        )
    if not facts["grid"]:
        raise FormatError(
            _("{name} does not say which version of the grid was reviewed.").format(name=name),
            path=name,
            remedy=_("Write it beside “{fact}”, at the head of the file: v1.").format(
                fact=FACTS["grid"]
            ),
        )
    found = [row for one in asked for row in _rows(one, place, comments or {})]
    read = {(one.table.title, row) for one in asked for row in one.table.rows if row > one.header}
    beside = (said for key, several in (comments or {}).items() if key not in read
              for _author, said in several)  # fmt: skip
    author = facts["author"] or _alone(one.author for one in found)
    organisation = facts["organisation"] or _alone(one.organisation for one in found)
    return ReviewFile(
        facts["grid"],
        facts["fingerprint"],
        tuple(_signed(one, author, organisation) for one in found if _says(one)),
        tuple(_signed(one, author, organisation) for one in found if not _says(one)),
        tuple(beside),
    )


class _Asked(NamedTuple):
    """A table of remarks, the row of its header (0 if it has none) and its columns."""

    table: Sheet
    header: int
    columns: Mapping[str, int]


def _sorted(tables: Iterable[Sheet]) -> tuple[list[_Asked], list[Sheet]]:
    """Return the tables of remarks, then the others."""
    asked: list[_Asked] = []
    others: list[Sheet] = []
    width = 0
    for table in tables:
        number, columns = find_header(table, _COLUMNS)
        wide = max(map(len, table.rows.values()), default=0)
        if "code" in columns and _ASKED & columns.keys():
            width = wide
            asked.append(_Asked(table, number, columns))
        elif asked and wide == width and len(columns) <= 1:
            # One table cut in two: its end has no header.
            asked.append(_Asked(table, 0, asked[-1].columns))
        else:
            others.append(table)
    return asked, others


def _facts(tables: Iterable[Sheet]) -> dict[str, str]:
    """Return what stands beside each label of the head of the file."""
    labels = {header_key(label): name for name, label in FACTS.items()}
    facts = dict.fromkeys(FACTS, "")
    for table in tables:
        for values in table.rows.values():
            for label, value in pairwise(values):
                name = labels.get(header_key(plain(label)))
                if name and not facts[name]:
                    facts[name] = " ".join(plain(value).split())
    return facts


def _rows(
    asked: _Asked, place: Place, comments: Mapping[tuple[str, int], Sequence[tuple[str, str]]]
) -> Iterator[ReviewRow]:
    table, header, columns = asked
    for number, values in table.rows.items():
        if number <= header:
            continue
        cells = {
            name: plain(values[at]) if at < len(values) else "" for name, at in columns.items()
        }
        where = place(table.title, number, columns["code"] + 1)
        row = _row(cells, where)
        yield row
        for author, words in comments.get((table.title, number), ()):
            yield ReviewRow(where, row.code, row.is_new, "", "", words, author, row.organisation)


def _row(cells: Mapping[str, str], where: str) -> ReviewRow:
    code = cells["code"]
    key = header_key(code)
    chosen = cells.get("opinion", "")
    if header_key(chosen) == header_key(CHOOSE):
        chosen = ""
    opinion = _OPINIONS.value(chosen) or "" if chosen else ""
    texts = {name: cells[name] for name in (*SUBMITTED, "text") if cells.get(name)}
    is_new = key in _NEW or (key in _GENERAL and (bool(texts) or opinion == "add"))
    if is_new and not opinion and not chosen:
        opinion = "add"
    return ReviewRow(
        where,
        "" if key in _NEW | _GENERAL else code,
        is_new,
        opinion,
        "" if opinion else chosen,
        cells.get("proposal", ""),
        cells.get("author", ""),
        cells.get("organisation", ""),
        texts,
    )


def _says(row: ReviewRow) -> bool:
    """Tell whether a row says something: a name alone, or « nouveau », does not."""
    if row.is_new:
        return bool(row.proposal or row.texts or row.written)
    return bool(row.proposal or row.opinion or row.written)


def _signed(row: ReviewRow, author: str, organisation: str) -> ReviewRow:
    """Return a row with who says so when it names nobody itself."""
    return replace(row, author=row.author or author, organisation=row.organisation or organisation)


def _alone(named: Iterable[str]) -> str:
    """Return the one name that is given, empty when there are none or several."""
    names = {name for name in named if name}
    return names.pop() if len(names) == 1 else ""
