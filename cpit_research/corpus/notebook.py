"""What a notebook shows of a corpus and of codings: counts, never a word of the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from cpit_research.corpus.left_out import left_out, settled_shares
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext, notebook
from cpit_research.wording.figures import long_date, number
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.corpus.codings import Codings
    from cpit_research.corpus.corpus import Corpus

__all__ = ["codings_html", "corpus_html"]

#: Names that a line counts one by one: the others are counted together.
_NAMED: Final = 12


def corpus_html(corpus: Corpus) -> str:
    """Return what a notebook shows of a corpus."""
    visits = [corpus.visit(source) for source in corpus]
    days = sorted(visit.day for visit in visits if visit and visit.day)
    kinds = Counter(source.kind for source in corpus)
    met = Counter(visit.kind if visit else "unknown" for visit in visits)
    said = ngettext("{n} word", "{n} words", corpus.words).format(n=number(corpus.words))
    title = _("{documents}, {words}").format(documents=_documents(len(corpus)), words=said)
    facts = (
        (name_of("kind"), _counted((name_of(kind), n) for kind, n in kinds.most_common())),
        (name_of("visit_kind"), _counted((name_of(kind), n) for kind, n in met.most_common())),
        (_("Visits documented"), _period(long_date(days[0]), long_date(days[-1])) if days else ""),
    )
    return notebook.shown(title, notebook.facts(facts))


def codings_html(codings: Codings) -> str:
    """Return what a notebook shows of codings: who put them, where, and what is left out."""
    columns = codings.columns
    met, coders = columns.source.counts(), columns.coder.counts()
    shared = sum(len(codings.readers.get(source, ())) > 1 for source in met)
    title = ngettext(
        "{n} coding under grid {version}", "{n} codings under grid {version}", len(codings)
    ).format(n=number(len(codings)), version=codings.grid.version)
    facts = (
        (_("Documents coded"), _of(len(met), len(codings.corpus))),
        (_("Read by several coders"), number(shared)),
        (_("Codes used"), number(len(columns.code.counts()))),
        (_("Coded by"), _counted(coders.items())),
    )
    whole = codings.whole is codings  # what a study leaves out is not of one selection of it
    notes = left_out(codings) if whole else settled_shares(codings)
    return notebook.shown(title, notebook.facts(facts), notes=notes)


def _documents(n: int) -> str:
    return ngettext("{n} document", "{n} documents", n).format(n=number(n))


def _of(n: int, whole: int) -> str:
    return _("{n} of {all}").format(n=number(n), all=number(whole))


def _period(first: str, last: str) -> str:
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _counted(named: Iterable[tuple[str, int]]) -> str:
    """Return names with their counts, on one line."""
    return ", ".join(_each(list(named)))


def _each(named: list[tuple[str, int]]) -> Iterator[str]:
    yield from (f"{name} ({number(n)})" for name, n in named[:_NAMED])
    if others := named[_NAMED:]:
        yield _("others ({n})").format(n=number(sum(n for _name, n in others)))
