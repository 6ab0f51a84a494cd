"""Reading rich text (.rtf), as Word, WordPad, TextEdit, LibreOffice and others write it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.office_report import sentences
from cpit_research.formats.received.reading import Reading
from cpit_research.formats.received.rich_body import Body
from cpit_research.formats.received.rich_reader import RichReader
from cpit_research.wording import gettext as _

__all__ = ["READER", "RICH_MAGIC", "from_rtf"]

READER: Final = "rtf/1"
RICH_MAGIC: Final = b"{\\rtf"


def from_rtf(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read a rich text.

    Tracked changes are accepted; comments, deleted words, page headers and footers, and the
    alternative texts of pictures are set aside. ``docs/canonical-text.md`` says how each
    construct is laid out.

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
        If the file is not rich text, is truncated, or nests too deeply.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not data.startswith(RICH_MAGIC):
        raise FormatError(
            _("This is not a rich text: it does not start as one."),
            remedy=_("Check its suffix, or open it in its application and save it again."),
        )
    draft = Draft()
    body = Body(draft)
    reader = RichReader(data, body)
    reader.read()
    met = reader.met
    met["note"] = body.write_notes()
    met["comment"] = body.set_comments_aside()
    for kind, texts in reader.edges.items():
        met[kind] = body.set_edges_aside(kind, texts)
    met["text box"] += body.boxes
    for sentence in sentences(met):
        draft.notice(sentence)
    if met["after the end"]:
        draft.notice(_("Something stands after the end of the rich text: it is left out."))
    return draft.reading(READER, speakers)
