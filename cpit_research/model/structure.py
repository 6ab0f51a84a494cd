"""What a canonical text is made of: headings, paragraphs, speaker turns, cells, as ranges."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from operator import attrgetter
from typing import Any, Final, Literal

from cpit_research.text.editing import Edit, edge

PartKind = Literal[
    "heading", "paragraph", "list_item", "cell", "turn", "footnote", "header_field", "cue"
]

PART_KINDS: Final[tuple[PartKind, ...]] = (
    "heading",
    "paragraph",
    "list_item",
    "cell",
    "turn",
    "footnote",
    "header_field",
    "cue",
)
#: Parts that partition what was written; turns, cues and header fields lie over them.
BLOCKS: Final = frozenset({"heading", "paragraph", "list_item", "cell", "footnote"})
#: Parts whose place is as fine as the file received allows: a cue inside its paragraph.
_PLACED: Final = BLOCKS | {"cue"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a text.

    Parameters
    ----------
    kind : PartKind
        ``heading``, ``paragraph``, ``list_item``, ``cell`` and ``footnote`` never overlap one
        another; a ``turn`` (its label included) covers the paragraphs someone speaks;
        a ``header_field`` is a line such as « Visite : V03 »; a ``cue`` is what one cue of a
        subtitle file says, inside a paragraph.
    start, end : int
        Half-open range in code points. ``start <= end``: an empty cell is a part too.
    level : int
        Depth of a heading or of a list item, from 1.
    speaker : str
        Label of the speaker of a turn, misspellings corrected.
    speech_start : int
        Offset where the words of a turn start, after its label.
    begins, ends : float or None
        Time codes of a turn or of a cue, in seconds.
    place : str
        Place in the file received: ``"paragraph 12"``, ``"table 1, row 2, column 3"``, ``"cue 8"``.
    """

    kind: PartKind
    start: int
    end: int
    level: int = 0
    speaker: str = ""
    speech_start: int = -1
    begins: float | None = None
    ends: float | None = None
    place: str = ""


class Structure:
    """The parts of one text, in order of their start; unpacked when first asked for."""

    __slots__ = ("_packed", "_parts", "_places")

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        self._parts: tuple[Part, ...] | None = tuple(
            # A turn of one paragraph stands before it, whoever gave them in which order.
            sorted(parts, key=lambda part: (part.start, -part.end, part.kind in BLOCKS))
        )
        self._packed: str | None = None
        self._places: tuple[Part, ...] | None = None

    @classmethod
    def unpack(cls, packed: str) -> Structure:
        """Return the structure that :meth:`pack` wrote."""
        structure = cls.__new__(cls)
        structure._parts, structure._packed = None, packed  # noqa: SLF001  its own
        structure._places = None  # noqa: SLF001  its own
        return structure

    def pack(self) -> str:
        """Return a compact JSON text."""
        if self._packed is None:
            rows = [_trimmed(part) for part in self.parts]
            self._packed = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        return self._packed

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part, in order."""
        if self._parts is None:
            self._parts = tuple(Part(*row) for row in json.loads(self._packed or "[]"))
        return self._parts

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Structure) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    def of(self, *kinds: PartKind) -> tuple[Part, ...]:
        """Return the parts of the given kinds, in order."""
        return tuple(part for part in self.parts if part.kind in kinds)

    def glance(self, *kinds: PartKind) -> tuple[Part, ...]:
        """Return the same as :meth:`of`, to be asked once: what is packed stays so."""
        if self._parts is not None or self._packed is None:
            return self.of(*kinds)
        # Quotes are escaped inside words: nothing else begins like the row of a part.
        rows = re.finditer(rf'\["(?:{"|".join(kinds)})",', self._packed)
        return tuple(Part(*_DECODER.raw_decode(self._packed, row.start())[0]) for row in rows)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Labels of the turns, each once, in the order of its first; what is packed stays so."""
        if self._parts is not None or self._packed is None:
            return tuple(dict.fromkeys(turn.speaker for turn in self.turns))
        said = dict.fromkeys(_SPEAKER.findall(self._packed))
        return tuple(dict.fromkeys(json.loads(label) if label else "" for label in said))

    def near(self, start: int, end: int) -> Structure:
        """Return the parts that lay out a passage, to be asked once: what is packed stays so.

        Places inside the passage, and the units that touch it, are those of the whole structure.
        """
        if self._parts is not None or self._packed is None:
            return self
        rows = json.loads(self._packed)
        first = min([start, *(row[1] for row in rows if row[1] < end and start < row[2])])
        placed = [row for row in rows if row[1] <= start and _is_placed(row)]
        kept = Structure()
        kept._parts = tuple(
            Part(*row)
            for row in rows
            if (row[1] < end and first < row[2])
            or row[0] == "header_field"
            or (placed and row is placed[-1])
        )
        return kept

    def edited(self, edits: Sequence[Edit]) -> Structure:
        """Return the same parts over the text that edits lead to.

        Raises
        ------
        ValueError
            If an edit crosses the edge of a part, or changes the label of a speaker.
        """
        edges = {edge for part in self.parts for edge in (part.start, part.end, part.speech_start)}
        labels = [(part.start, part.speech_start) for part in self.turns]
        for edit in edits:
            crossed = any(edit.start < edge < edit.end for edge in edges)
            if crossed or any(start < edit.end and edit.start < end for start, end in labels):
                raise ValueError(edit)
        return Structure(
            replace(
                part,
                start=edge(edits, part.start),
                end=edge(edits, part.end),
                speech_start=edge(edits, part.speech_start) if part.speech_start >= 0 else -1,
            )
            for part in self.parts
        )

    @property
    def places(self) -> tuple[Part, ...]:
        """The finest parts that know their place in the file received, in order of their start."""
        if self._places is None:
            parts = self.parts
            self._places = tuple(part for part in parts if part.place and part.kind in _PLACED)
        return self._places

    def place(self, offset: int) -> str:
        """Return the place, in the file received, of what stands at `offset`.

        Between two parts it is that of the one before; before the first, and in a text whose
        parts know no place, it is empty.

        Examples
        --------
        >>> parts = Part("heading", 0, 5, place="line 1"), Part("cue", 7, 9, place="cue 2")
        >>> Structure(parts).place(8)
        'cue 2'
        """
        places = self.places
        before = bisect_right(places, offset, key=attrgetter("start"))
        return places[before - 1].place if before else ""

    def stretch(self, start: int, end: int) -> str:
        """Return the place of a passage: that of its first and of its last word, when they differ.

        Examples
        --------
        >>> parts = Part("paragraph", 0, 5, place="line 4"), Part("paragraph", 7, 9, place="line 9")
        >>> Structure(parts).stretch(1, 4), Structure(parts).stretch(1, 8)
        ('line 4', 'line 4 – line 9')
        """
        first, last = self.place(start), self.place(end - 1)
        return first if first == last or not first else f"{first} – {last}"

    @property
    def turns(self) -> tuple[Part, ...]:
        """The speaker turns, in order."""
        return self.of("turn")

    @property
    def units(self) -> tuple[Part, ...]:
        """What an analyst reads one after the other: each turn, and each block outside turns.

        Header fields and empty blocks are left out.
        """
        units: list[Part] = []
        covered = -1
        headers = self.of("header_field")
        top = max((header.end for header in headers), default=0)
        for part in self.parts:
            if part.kind in {"header_field", "cue"} or part.start == part.end:
                continue
            if part.end <= top and any(
                header.start <= part.start and part.end <= header.end for header in headers
            ):
                continue
            if part.kind == "turn":
                units.append(part)
                covered = max(covered, part.end)
            elif part.start >= covered:
                units.append(part)
        return tuple(units)


_DECODER: Final = json.JSONDecoder()
#: The label of a turn, as it is written; nothing where what it would say by default is left out.
_SPEAKER: Final = re.compile(r'\["turn",\d+,\d+(?:,\d+,("(?:[^"\\]|\\.)*"))?')
_PLACE: Final = [field.name for field in fields(Part)].index("place")
_DEFAULTS: Final = astuple(Part("paragraph", 0, 0))
_row = attrgetter(*(field.name for field in fields(Part)))  # astuple copies deeply: 20 times slower


def _is_placed(row: Sequence[Any]) -> bool:
    """Tell whether the row of a part knows its place."""
    return len(row) > _PLACE and bool(row[_PLACE]) and row[0] in _PLACED


def _trimmed(part: Part) -> list[object]:
    row = list(_row(part))
    while len(row) > 3 and row[-1] == _DEFAULTS[len(row) - 1]:
        row.pop()
    return row
