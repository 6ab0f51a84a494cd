"""Reading WebVTT subtitles (.vtt)."""

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

__all__ = ["READER", "from_vtt"]

READER: Final = "vtt/2"


def from_vtt(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read WebVTT subtitles.

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
        If the file is not text, or holds neither the word WEBVTT nor time codes.
    """
    decoded = decode(data)
    text = canonical(decoded.text)
    if not text.startswith("WEBVTT") and ARROW not in text:
        raise FormatError(
            _("This is not a WebVTT file: it holds neither the word WEBVTT nor time codes."),
            remedy=_("Check its suffix, or export the subtitles again."),
        )
    draft = Draft()
    draft.notice(*decoded.notices)
    if not text.startswith("WEBVTT"):
        draft.notice(_("The file does not start with WEBVTT; its cues are read all the same."))
    Subtitles(draft).read(text)
    return draft.reading(READER, speakers, encoding=decoded.encoding)
