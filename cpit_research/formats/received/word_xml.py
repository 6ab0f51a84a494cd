"""Reading the elements of WordprocessingML: values, switches, whole parts."""

from __future__ import annotations

from typing import Final

from lxml import etree

from cpit_research.formats.archive import Entry
from cpit_research.formats.package import transitional
from cpit_research.formats.xml import parse

__all__ = ["W", "part_root", "switched_on", "value"]

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL: Final = W + "val"
_OFF: Final = frozenset({"0", "false", "off"})


def value(element: etree._Element, path: str) -> str | None:
    """Return the value of the element at `path`, such as ``"pPr/numPr/numId"``; None without."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(_VAL, "")


def switched_on(element: etree._Element | None) -> bool:
    """Tell whether an element that is a switch is there, and not off."""
    return element is not None and element.get(_VAL, "1") not in _OFF


def part_root(part: Entry) -> etree._Element:
    """Return the root element of a part as it is packed."""
    return parse(transitional(part.inflate()), part.name)
