"""Finding the encoding of a French text, the same way on every machine.

The choice depends on the bytes alone, not on the version of a detection library: the same bytes
must give the same text for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.archive import OLE_MAGIC, ZIP_MAGIC
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["Decoded", "decode", "french_share", "refuse_binary"]

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: In order of preference; windows-1252 wins when nothing tells them apart.
_CANDIDATES: Final = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_SHOWN: Final = {
    "cp1252": "windows-1252",
    "iso8859_15": "iso-8859-15",
    "mac_roman": "mac-roman",
    "cp850": "cp850",
}
#: What French notes write beyond ASCII.
_FRENCH: Final = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ’‘“”«»–—…€°²³·•\u00a0")
#: Share of broken bytes under which a text is still UTF-8, cut or damaged.
_DAMAGED: Final = 0.05
_BINARY: Final = (b"%PDF-", ZIP_MAGIC, OLE_MAGIC, b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with its encoding, and a sentence when it is not plain UTF-8."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of a plain text file.

    A byte-order mark decides; else UTF-8 if every byte agrees; else, among Windows, ISO, Mac and
    DOS encodings of western Europe, the one in which most of the accented characters are French.

    Parameters
    ----------
    data : bytes
        The whole file.

    Raises
    ------
    FormatError
        If the file is not text.

    Examples
    --------
    >>> decode("l’été à Cœur-en-Bourg".encode("cp1252")).encoding
    'windows-1252'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data.removeprefix(mark), encoding)
    refuse_binary(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    if broken <= _DAMAGED * (len(damaged) - len(damaged.encode("ascii", "ignore"))):
        sentence = ngettext(
            "The text is UTF-8 with {n} unreadable byte, shown as �.",
            "The text is UTF-8 with {n} unreadable bytes, shown as �.",
            broken,
        ).format(n=broken)
        return Decoded(damaged, "utf-8", (sentence,))
    encoding = max(_CANDIDATES, key=lambda candidate: french_share(data, candidate))
    shown = _SHOWN[encoding]
    sentence = _("The text is in {encoding}, not in UTF-8: check its accents.").format(
        encoding=shown
    )
    return Decoded(data.decode(encoding, "replace"), shown, (sentence,))


def refuse_binary(data: bytes) -> None:
    """Refuse bytes that are no text.

    Raises
    ------
    FormatError
        If the bytes start as a known binary format does, or hold a zero.
    """
    if data.startswith(_BINARY) or b"\x00" in data:
        raise FormatError(
            _("This is not a text: the file holds binary content."),
            remedy=_("Check its suffix, or save it as UTF-8 text."),
        )


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormatError(
            _("The text announces {encoding}, but is truncated or damaged.").format(
                encoding=encoding
            ),
            remedy=_("Save it again as UTF-8."),
        ) from error
    if "\x00" in text:
        raise FormatError(
            _("This is not a text: the file holds binary content."),
            remedy=_("Check its suffix, or save it as UTF-8 text."),
        )
    if encoding == "utf-8":
        return Decoded(text, encoding)
    sentence = _("The text is in {encoding}, not in UTF-8: check its accents.").format(
        encoding=encoding
    )
    return Decoded(text, encoding, (sentence,))


def french_share(data: bytes, encoding: str) -> float:
    """Return the share of French characters among those beyond ASCII, in that encoding."""
    counts = {bytes([value]): data.count(value) for value in range(0x80, 0x100)}
    french = sum(n for byte, n in counts.items() if byte.decode(encoding, "replace") in _FRENCH)
    return french / max(1, sum(counts.values()))
