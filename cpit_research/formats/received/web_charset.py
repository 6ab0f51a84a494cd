"""The encoding of a web page: what it declares, checked against its bytes."""

from __future__ import annotations

import re
from typing import Final

from cpit_research.formats.received.decoding import Decoded, decode, french_share, refuse_binary
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["decode_page"]

#: Bytes in which a declaration is looked for: browsers stop at 1,024, some editors write it later.
_HEAD: Final = 4_096
_COMMENT: Final = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARED: Final = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
#: Codecs by label, as browsers understand them: a page that says latin-1 is in Windows-1252.
_CODECS: Final[dict[str, str]] = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii"),
        "cp1252",
    ),
    **{f"windows-{page}": f"cp{page}" for page in (874, *range(1250, 1259))},
    **{f"cp{page}": f"cp{page}" for page in range(1250, 1259)},
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in (*range(2, 9), 10, 13, 14, 15, 16)},
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso8859-15", "latin9", "latin-9", "l9"), "iso8859_15"),
    **dict.fromkeys(("macintosh", "mac", "x-mac-roman"), "mac_roman"),
    **dict.fromkeys(("ibm850", "cp850"), "cp850"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "big5": "big5hkscs",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
}
_BYTES_ALONE: Final = frozenset({"cp1252", "iso8859_15", "mac_roman", "cp850"})
_DOUBTFUL: Final = 0.5
_SURE: Final = 0.9


def decode_page(data: bytes) -> Decoded:
    r"""Return the text of a web page.

    A byte-order mark decides; else UTF-8, if every byte agrees, whatever the page declares; else
    the encoding that it declares, unless its accents are plainly of another one; else what the
    bytes alone tell, as for a plain text.

    Raises
    ------
    FormatError
        If the file is not text.

    Examples
    --------
    >>> page = '<meta charset="iso-8859-1"><p>été'
    >>> decode_page(page.encode()).text == decode_page(page.encode("cp1252")).text == page
    True
    """
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return decode(data)
    refuse_binary(data)
    label = _declared(data)
    codec = _CODECS.get(label.lower(), "")
    if codec == "iso2022_jp" and b"\x1b" in data:
        return _decoded(data, codec, label)
    alone = decode(data)
    if alone.encoding == "utf-8" and not alone.notices:
        if codec in {"", "utf-8"} or data.isascii():
            return alone
        sentence = _(
            "The page declares {declared}, but its bytes are UTF-8: it is read as UTF-8."
        ).format(declared=label)
        return Decoded(alone.text, "utf-8", (sentence,))
    if codec in {"", "utf-8"}:
        return alone
    if (
        codec in _BYTES_ALONE
        and french_share(data, codec) < _DOUBTFUL
        and alone.encoding != "utf-8"
        and french_share(data, alone.encoding) > _SURE
    ):
        sentence = _(
            "The page declares {declared}, but its accents are those of {encoding}: check them."
        ).format(declared=label, encoding=alone.encoding)
        return Decoded(alone.text, alone.encoding, (sentence,))
    return _decoded(data, codec, label)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(_COMMENT.sub(b"", data[:_HEAD]))
    return found[1].decode("ascii", "replace") if found else ""


def _decoded(data: bytes, codec: str, label: str) -> Decoded:
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    if not broken:
        return Decoded(text, label.lower())
    sentence = ngettext(
        "The page declares {declared}, with {n} unreadable byte, shown as �.",
        "The page declares {declared}, with {n} unreadable bytes, shown as �.",
        broken,
    ).format(declared=label, n=broken)
    return Decoded(text, label.lower(), (sentence,))
