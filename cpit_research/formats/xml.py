"""Parsing an XML part that someone sent.

A document type declaration is refused *before* parsing, in every encoding that is read, so that
no entity is ever defined, let alone expanded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from cpit_research.errors import FormatError
from cpit_research.formats.limits import XML_DEPTH
from cpit_research.wording import gettext as _

__all__ = ["parse"]

_UTF16: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF16_UNMARKED: Final = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARATION: Final = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
#: Encodings in which `<!` is always the two bytes `<!`.
_ASCII_BASED: Final = re.compile(rb"(?i)utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d")
_FORBIDDEN: Final = (b"<!DOCTYPE", b"<!ENTITY")


def parse(data: bytes, part: str) -> etree._Element:
    """Return the root of the XML part named `part`.

    Raises
    ------
    FormatError
        If the part declares a document type or an entity, nests too deeply, is not
        well formed, or is in an encoding that is not read.
    """
    data = _as_ascii_based(data, part)
    if any(mark in data for mark in _FORBIDDEN):
        raise FormatError(
            _("The part “{part}” declares a document type or entities: refused.").format(part=part)
        )
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        log: Any = error.error_log
        if [entry.type for entry in log][-1:] == [etree.ErrorTypes.ERR_NO_MEMORY]:
            raise MemoryError from error
        if "depth" in str(error).lower():
            raise FormatError(
                _("The part “{part}” nests more than {limit} elements.").format(
                    part=part, limit=XML_DEPTH
                )
            ) from error
        raise FormatError(
            _("The part “{part}” is not well-formed XML.").format(part=part),
            where=_("Line {line}.").format(line=error.lineno or 1),
            remedy=_("Open the file in its application and save it again."),
        ) from error


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )


def _as_ascii_based(data: bytes, part: str) -> bytes:
    """Return `data` in an encoding where markup is readable byte by byte."""
    for mark, encoding in (*_UTF16, *_UTF16_UNMARKED):
        if data.startswith(mark):
            try:
                text = data.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise _unread_encoding(part) from error
            if "\x00" in text:  # UTF-32, or worse
                raise _unread_encoding(part)
            return re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-8", "surrogatepass")
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = _DECLARATION.match(data)
    if not data.startswith(b"<") or (declared and not _ASCII_BASED.fullmatch(declared[1])):
        raise _unread_encoding(part)
    return data


def _unread_encoding(part: str) -> FormatError:
    return FormatError(
        _("The part “{part}” is not XML in an encoding that is read.").format(part=part),
        remedy=_("Open the file in its application and save it again."),
    )
