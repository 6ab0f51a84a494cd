"""The namespaces and attributes of OpenDocument."""

from __future__ import annotations

from typing import Final

from lxml import etree

__all__ = ["DRAW", "OFFICE", "STYLE", "SVG", "TABLE", "TEXT", "XML_ID", "count", "extended"]

_NAMESPACES: Final = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = f"{{{_NAMESPACES}office:1.0}}"
TEXT: Final = f"{{{_NAMESPACES}text:1.0}}"
TABLE: Final = f"{{{_NAMESPACES}table:1.0}}"
DRAW: Final = f"{{{_NAMESPACES}drawing:1.0}}"
STYLE: Final = f"{{{_NAMESPACES}style:1.0}}"
SVG: Final = f"{{{_NAMESPACES}svg-compatible:1.0}}"
XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_LIBREOFFICE: Final = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_DIGITS: Final = 6


def count(element: etree._Element, name: str, default: int, most: int) -> int:
    """Return the whole number of an attribute, at most `most`; `default` if it is none."""
    written = element.get(name, "")
    if written.isdecimal():
        return min(int(written[:_DIGITS]) if len(written) <= _DIGITS else most, most)
    return default


def extended(element: etree._Element, name: str) -> str:
    """Return an attribute that LibreOffice writes before the standard knows it."""
    return element.get(STYLE + name, element.get(_LIBREOFFICE + name, ""))
