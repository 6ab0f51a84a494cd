"""The texts of a study, read with its register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from cpit_research.corpus.notebook import corpus_html
from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.register import VISIT_KINDS, Register, Visit, VisitKind
from cpit_research.model.segment import Segment
from cpit_research.model.source import SOURCE_KINDS, Source, SourceKind
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _

_VOCABULARIES: Final = {"visit_kind": VISIT_KINDS, "kind": SOURCE_KINDS}


class Corpus:
    """An immutable, ordered collection of sources.

    Parameters
    ----------
    sources : iterable of Source
        One version of each document.
    register : Register
        Where, with whom and when.

    Examples
    --------
    >>> from cpit_research.model.structure import Structure
    >>> note = Source("s1", "v1", "note.md", "field_note", "Il pleut.", Structure(), "", "md/1")
    >>> corpus = Corpus([note])
    >>> len(corpus), corpus["s1"].text, corpus.quote(Segment("s1", 3, 8))
    (1, 'Il pleut.', 'pleut')
    """

    def __init__(self, sources: Iterable[Source] = (), register: Register | None = None) -> None:
        self.sources = tuple(sources)
        self.register = register or Register()
        self._by_id = {source.id: source for source in self.sources}

    def __len__(self) -> int:
        return len(self.sources)

    def __iter__(self) -> Iterator[Source]:
        return iter(self.sources)

    def __contains__(self, source: object) -> bool:
        return source in self._by_id

    def __getitem__(self, source: str) -> Source:
        try:
            return self._by_id[source]
        except KeyError:
            raise NotFound(
                _("No source has the id “{id}”.").format(id=source),
                exists=_("The corpus holds {n} sources.").format(n=len(self)),
            ) from None

    def get(self, source: str) -> Source | None:
        """Return the source of that id, or None."""
        return self._by_id.get(source)

    def __repr__(self) -> str:
        return f"<Corpus: {len(self)} sources, {self.words} words>"

    def _repr_html_(self) -> str:
        return corpus_html(self)

    @property
    def words(self) -> int:
        """Number of words of all the sources."""
        return sum(source.words for source in self.sources)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the ids and text versions, whatever their order."""
        lines = sorted(f"{source.id} {source.version}" for source in self.sources)
        return hashlib.blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()

    @cached_property
    def _visits(self) -> dict[str, Visit]:
        return {visit.id: visit for visit in self.register.visits}

    def visit(self, source: Source) -> Visit | None:
        """Return the visit a source comes from, or None when it is unknown."""
        return self._visits.get(source.visit or "")

    def at(self, path: str) -> Source:
        """Return the source received at `path` (under ``data/raw/``; the file name alone will do).

        Raises
        ------
        NotFound
            If no source, or more than one, came from there.
        """
        exact = [source for source in self.sources if source.path == path]
        found = exact or [s for s in self.sources if s.path.rsplit("/", 1)[-1] == path]
        if len(found) == 1:
            return found[0]
        paths = [source.path for source in self.sources]
        close = nearest(path, paths) or next(
            (one for one in paths if path and path.lower() in one.lower()), ""
        )
        raise NotFound(
            _("Several sources are named “{path}”.").format(path=path)
            if found
            else _("No source comes from “{path}”.").format(path=path),
            exists=_("The nearest name is “{name}”.").format(name=close) if close else "",
        )

    def quote(self, segment: Segment) -> str:
        """Return the words of a segment."""
        return self[segment.source].text[segment.start : segment.end]

    def place(self, segment: Segment) -> str:
        """Return where a segment stands in the file received: ``"page 3, paragraph 2"``.

        A segment that ends elsewhere than it starts names both places, ``"line 4 – line 9"``. The
        words are those of the structure; ``wording.places.shown_place`` says them to a reader.
        """
        return self[segment.source].structure.stretch(segment.start, segment.end)

    def where(
        self,
        *,
        visit_kind: VisitKind | None = None,
        territory: str | None = None,
        visit: str | None = None,
        participant: str | None = None,
        researcher: str | None = None,
        kind: SourceKind | None = None,
    ) -> Corpus:
        """Return the sources that fit every condition given.

        Parameters
        ----------
        visit_kind : str, optional
            ``"exploratory"``, ``"observation"``, ``"mirror"``, ``"collective_session"``,
            ``"workshop"``, ``"meeting"`` or ``"interview"``.
        territory, visit, participant, researcher : str, optional
            Ids of the register.
        kind : str, optional
            ``"field_note"``, ``"transcript"`` or ``"exercise_sheet"``.

        Raises
        ------
        InvalidInput
            If a kind is not one of the vocabulary.
        """
        check_word("visit_kind", visit_kind)
        check_word("kind", kind)
        told = (visit_kind, territory, visit, participant, researcher)
        return Corpus(
            (
                source
                for source in self.sources
                if kind in {None, source.kind} and _fits(self.visit(source), told)
            ),
            self.register,
        )


def _fits(met: Visit | None, told: tuple[str | None, ...]) -> bool:
    """Tell whether a visit is of the kind, territory, id, participant and researcher told."""
    if met is None:
        return all(one is None for one in told)
    holders = ((met.kind,), met.territories, (met.id,), met.participants, met.researchers)
    return all(one is None or one in held for one, held in zip(told, holders, strict=True))


def check_word(name: str, value: str | None) -> None:
    """Refuse a `value` that the closed vocabulary of `name` does not hold."""
    known = _VOCABULARIES.get(name, ())
    if value is not None and known and value not in known:
        close = nearest(value, known)
        raise InvalidInput(
            _("“{value}” is not a value of {name}.").format(value=value, name=name),
            exists=_("It can be: {values}.").format(values=", ".join(known)),
            remedy=_("Did you mean “{close}”?").format(close=close) if close else "",
        )
