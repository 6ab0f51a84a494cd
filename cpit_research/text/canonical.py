"""The one form in which a text is kept, counted and quoted."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_LINE_ENDS = re.compile("\r\n?")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
#: Long stretches where marks may follow one another: `normalize` orders them pair by pair.
_MAY_BE_MARKS = re.compile("[^\x00-\u02ff]{1000,}")


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
        text = _MAY_BE_MARKS.sub(_marks_in_order, _LONE_SURROGATES.sub("\ufffd", text))
        text = unicodedata.normalize("NFC", text)
    return text


def _marks_in_order(stretch: re.Match[str]) -> str:
    """Return the combining marks after each letter in their canonical order."""
    return "".join(
        "".join(sorted(run, key=unicodedata.combining) if is_mark else run)
        for is_mark, run in groupby(stretch[0], key=lambda sign: unicodedata.combining(sign) > 0)
    )
