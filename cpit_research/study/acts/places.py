"""Where passages stand on the current texts, once their words are proved to be those that stand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.act import Passage
from cpit_research.model.segment import Segment
from cpit_research.store.versions import VersionOf, newest_of, version_of
from cpit_research.text.digest import passage_digest
from cpit_research.text.reanchoring import Reanchoring
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _

__all__ = ["Place", "Places"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands on the current text; `carried` when it was seen on a former one."""

    version: str
    source: str
    start: int
    end: int
    digest: bytes
    carried: bool = False


class Places:
    """Passages of one state of the study, each text read once.

    Parameters
    ----------
    connection : Connection
        The transaction.
    key : bytes
        The study's key, for the digests of passages.
    """

    def __init__(self, connection: Connection, key: bytes) -> None:
        self._connection = connection
        self._key = key
        self._versions: dict[str, VersionOf | None] = {}

    def of(self, passage: Passage) -> Place:
        """Return where a passage stands on the current text, once its words are those that stand.

        Raises
        ------
        NotFound
            If the study has no such text.
        InvalidInput
            If the passage leaves the text, or its words are others.
        Conflict
            If the text was corrected meanwhile, and nothing proves where the passage stands.
        """
        there = self._version(passage.version)
        if there is None or there.source != passage.source:
            raise NotFound(
                _("The study has no such text of this note."), remedy=_("Read the note again.")
            )
        start, end = passage.start, passage.end
        words = _words(there, start, end)
        if words != passage.quote:
            raise InvalidInput(
                _("The words sent are not those of the text at {start}–{end}.").format(
                    start=start, end=end
                ),
                where=_("Document: {path}.").format(path=there.path),
                exists=_("There stands: “{words}”.").format(words=shortened(words)),
                remedy=_("Read the note again, and select the passage anew."),
            )
        moved = there.newest != passage.version
        if moved:
            start, end = self._carried(there, passage)
        digest = passage_digest(words, self._key)
        return Place(there.newest, there.source, start, end, digest, moved)

    def stretch(self, segment: Segment) -> Place:
        """Return where a segment of the current text stands.

        Raises
        ------
        NotFound
            If there is no such document.
        InvalidInput
            If it leaves the text.
        """
        there = self.text_now(segment.source)
        words = _words(there, segment.start, segment.end)
        digest = passage_digest(words, self._key)
        return Place(there.id, there.source, segment.start, segment.end, digest)

    def _carried(self, former: VersionOf, passage: Passage) -> tuple[int, int]:
        """Return where a passage of a former text stands on the newest one, by proof alone."""
        newest = self._version(former.newest)
        new = newest.text if newest is not None else ""
        found = Reanchoring(former.text, new).place(passage.start, passage.end)
        if found.outcome != "exact" or found.start is None or found.end is None:
            raise Conflict(
                _("The text was corrected meanwhile, and this passage with it: “{words}”.").format(
                    words=shortened(passage.quote)
                ),
                where=_("Document: {path}.").format(path=former.path),
                remedy=_("Read the note again, and select the passage anew."),
            )
        return found.start, found.end

    def _version(self, key: str) -> VersionOf | None:
        if key not in self._versions:
            self._versions[key] = version_of(self._connection, key)
        return self._versions[key]

    def text_now(self, source: str) -> VersionOf:
        """Return the current text of a note.

        Raises
        ------
        NotFound
            If there is no such note.
        """
        newest = newest_of(self._connection, source)
        found = self._version(newest) if newest else None
        if found is None:
            raise NotFound(
                _("The study has no such note."), remedy=_("Read the list of notes again.")
            )
        return found


def _words(there: VersionOf, start: int, end: int) -> str:
    if not 0 <= start < end <= len(there.text):
        raise InvalidInput(
            _("The segment {start}–{end} leaves the text of {path}.").format(
                start=start, end=end, path=there.path
            ),
            exists=_("It has {n} characters.").format(n=len(there.text)),
        )
    return there.text[start:end]
