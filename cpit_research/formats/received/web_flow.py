"""Inline content of a web page, its blanks collapsed as browsers do."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from cpit_research.formats.received.stretch import Stretch

__all__ = ["BLANKS", "Flow", "inside", "on_a_line"]

#: What HTML collapses; a non-breaking space is none of them.
BLANKS: Final = " \t\n\r\f"
_RUN: Final = re.compile(f"[{BLANKS}]+")


class Flow(Stretch):
    r"""Words as a browser shows them: one space for any run of blanks, none at an edge of a line.

    Examples
    --------
    >>> flow = Flow()
    >>> for piece in ("\n  Un ", " café\n"):
    ...     flow.collapse(piece)
    >>> flow.break_line()
    >>> flow.keep("  à  9 h")
    >>> flow.text
    'Un café\n  à  9 h'
    """

    __slots__ = ("_blank", "_fresh")

    def __init__(self) -> None:
        super().__init__()
        self._blank = False
        self._fresh = True

    def collapse(self, raw: str) -> None:
        """Add text whose blanks collapse."""
        words = raw.strip(BLANKS)
        if not words:
            self._blank = self._blank or bool(raw)
            return
        if (self._blank or raw[0] in BLANKS) and not self._fresh:
            self.add(" ")
        self.add(_RUN.sub(" ", words))
        self._blank = raw[-1] in BLANKS
        self._fresh = False

    def keep(self, raw: str) -> None:
        """Add text whose blanks stay."""
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        if not raw:
            return
        if self._blank and not self._fresh:
            self.add(" ")
        self.add(raw)
        self._blank, self._fresh = False, raw.endswith("\n")

    def break_line(self) -> None:
        """End a line."""
        self.add("\n")
        self._blank, self._fresh = False, True


def inside(element: etree._Element) -> str:
    """Return all the text of an element, as it is."""
    return "".join(str(piece) for piece in element.itertext())


def on_a_line(element: etree._Element) -> str:
    """Return all the text of an element, its blanks collapsed."""
    return _RUN.sub(" ", inside(element)).strip(BLANKS)
