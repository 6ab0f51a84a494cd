"""Recordings: what a transcript was made from, listened to beside it and never read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.wording import gettext as _

__all__ = ["MEDIA", "no_words"]

#: What can be listened to, by suffix.
MEDIA: Final[Mapping[str, str]] = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
}


def no_words() -> FormatError:
    """Return why a recording named among documents is not taken in."""
    return FormatError(
        _("This is a recording: there is nothing to read in it, and nothing is wrong."),
        remedy=_(
            "Put it in data/raw beside its transcript, under the same name: the workbench plays it."
        ),
    )
