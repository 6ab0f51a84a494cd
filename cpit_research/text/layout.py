"""Laying out a canonical text while noting where its parts stand."""

from __future__ import annotations

from cpit_research.text.canonical import canonical


class Layout:
    r"""A canonical text being written, piece by piece.

    Every piece goes through :func:`canonical`; the separators are line feeds or tabs, which
    compose with nothing, so the whole is canonical and the offsets already given stay right.

    Examples
    --------
    >>> layout = Layout()
    >>> layout.line("Réunion du 5 mai")
    (0, 16)
    >>> layout.line("Absents : deux")
    (17, 31)
    >>> layout.text
    'Réunion du 5 mai\nAbsents : deux'
    """

    __slots__ = ("_length", "_pieces")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def line(self, raw: str) -> tuple[int, int]:
        """Start a new line, write `raw` and return its half-open range."""
        return self.join("\n", raw)

    def join(self, separator: str, raw: str) -> tuple[int, int]:
        """Write `separator` (nothing at the very start), then `raw`; return the range of `raw`."""
        piece = canonical(raw)
        if self._pieces:
            self._pieces.append(separator)
            self._length += len(separator)
        start = self._length
        self._pieces.append(piece)
        self._length += len(piece)
        return start, self._length

    @property
    def end(self) -> int:
        """Offset where the next piece would start, separator apart."""
        return self._length

    @property
    def text(self) -> str:
        """The text written so far."""
        return "".join(self._pieces)
