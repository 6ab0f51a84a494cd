"""The one form in which a text is kept, counted and quoted."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def canonical(raw: str) -> str:
    r"""Return `raw` without byte-order mark, with LF line ends, in NFC.

    The function is idempotent, and the same note saved by Windows, macOS or an old
    text editor gives the same text, hence the same offsets.

    Parameters
    ----------
    raw : str
        Decoded text. Lone surrogates, which no encoding can store, become U+FFFD.

    Returns
    -------
    str
        Canonical text. Offsets into it count Unicode code points.

    Examples
    --------
    >>> canonical("\ufeffre\u0301union\r\nde 9 h\rfin")
    'réunion\nde 9 h\nfin'
    """
    text = raw.lstrip("\ufeff")
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _LONE_SURROGATES.sub("\ufffd", text))
    return text
