"""What the style written on an element changes of its words: nothing else of it is read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

__all__ = ["Style", "style_of"]

_HIDDEN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_BLOCK: Final = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item)", re.IGNORECASE)
_KEPT: Final = re.compile(
    r"white-space(?:-collapse)?\s*:\s*(?:pre\b|break-spaces|preserve)", re.IGNORECASE
)
_LONGEST: Final = 2_000


class Style(NamedTuple):
    """Whether an element is hidden, is a block, keeps its blanks."""

    hidden: bool = False
    block: bool = False
    kept: bool = False


_PLAIN: Final = Style()


def style_of(element: etree._Element) -> Style:
    """Return what the style of an element says."""
    written = element.get("style")
    return _read(written[:_LONGEST]) if written else _PLAIN


@lru_cache(maxsize=512)
def _read(written: str) -> Style:
    """Read a style once: pages repeat a few of them a thousand times.

    Examples
    --------
    >>> _read("color: red; DISPLAY : none")
    Style(hidden=True, block=False, kept=False)
    """
    return Style(*(found.search(written) is not None for found in (_HIDDEN, _BLOCK, _KEPT)))
