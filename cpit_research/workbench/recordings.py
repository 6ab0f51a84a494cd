"""The recording that a transcript was made from: a file of the same name beside it."""

from __future__ import annotations

from pathlib import Path

from cpit_research.formats.received.recording import MEDIA
from cpit_research.model.source import Source
from cpit_research.study.study import Study

__all__ = ["recording_of"]


def recording_of(study: Study, source: Source) -> Path | None:
    """Return the recording kept beside the file that a source was received as, if there is one.

    It is inside ``data/raw``: a link that leads elsewhere is none.
    """
    raw = study.shelf.raw.resolve()
    document = raw / source.path
    try:
        beside = sorted(document.parent.iterdir())
    except OSError:  # the file received is not kept on this machine, as in a lot
        return None
    for path in beside:
        if path.stem == document.stem and path.suffix.lower() in MEDIA:
            found = path.resolve()
            if found.is_file() and found.is_relative_to(raw):
                return found
    return None
