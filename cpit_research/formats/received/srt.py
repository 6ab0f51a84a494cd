"""Reading SubRip subtitles (.srt)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.received.cues import ARROW, Subtitles
from cpit_research.formats.received.decoding import decode
from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.reading import Reading
from cpit_research.text.canonical import canonical
from cpit_research.wording import gettext as _

__all__ = ["READER", "from_srt"]

READER: Final = "srt/1"


def from_srt(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read SubRip subtitles.

    Parameters
    ----------
    data : bytes
        The whole file.
    speakers : collection of str
        Names, ids and roles that the study knows, to recognise who speaks.

    Returns
    -------
    Reading

    Raises
    ------
    FormatError
        If the file is not text, or holds no time code.
    """
    decoded = decode(data)
    text = canonical(decoded.text)
    if ARROW not in text:
        raise FormatError(
            _("This is not a subtitle file: it holds no time code."),
            remedy=_("Check its suffix, or export the subtitles again."),
        )
    draft = Draft()
    draft.notice(*decoded.notices)
    Subtitles(draft).read(text)
    return draft.reading(READER, speakers, encoding=decoded.encoding)
