"""Put an SVG inside an html page: no namespace, no address, ids of its own."""

from __future__ import annotations

import base64
import re
from typing import Final

from lxml import etree
from markupsafe import Markup

from cpit_research.formats.characters import printable
from cpit_research.results.document import Picture

__all__ = ["drawing"]

_POINTS_AT: Final = re.compile(r"#(?=[\w-])")
_LEFT_OUT: Final = ("metadata", "style")


def drawing(picture: Picture, rank: int) -> Markup:
    """Return the picture as markup for an html page.

    The title and the description come first, so that a screen reader says them; ids are prefixed,
    so that two drawings of one page never share one; what would style the rest of the page goes.

    Parameters
    ----------
    picture : Picture
        Drawn by the house (its SVG is trusted, and yet parsed without entities or network).
    rank : int
        Number of the figure in its document.
    """
    if not picture.svg:
        source = base64.b64encode(picture.png).decode()
        return Markup('<img src="data:image/png;base64,{}" alt="{}">').format(
            source, printable(picture.alternative)
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = _plain(etree.fromstring(picture.svg, parser), f"f{rank}-")
    for name in {"width", "height", "version"} & set(root.keys()):
        del root.attrib[name]
    root.attrib.update({"role": "img", "aria-labelledby": f"f{rank}-title f{rank}-desc"})
    for name, text in (("desc", picture.alternative), ("title", picture.caption)):
        said = etree.Element(name, id=f"f{rank}-{name}")
        said.text = printable(text)
        root.insert(0, said)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - serialised by lxml


def _plain(element: etree._Element, prefix: str) -> etree._Element:
    """Return a copy without namespaces, the ids and what points at them prefixed."""
    copy = etree.Element(etree.QName(element).localname)
    for key, value in element.attrib.items():
        name = etree.QName(key).localname
        if name == "id":
            copy.set(name, prefix + str(value))
        elif name == "href" or "url(" in str(value):
            copy.set(name, _POINTS_AT.sub(f"#{prefix}", str(value)))
        else:
            copy.set(name, str(value))
    copy.text, copy.tail = element.text, element.tail
    for child in element:
        if not str(child.tag).endswith(_LEFT_OUT):
            copy.append(_plain(child, prefix))
    return copy
