"""Notes of several lines, some read by two coders or more, coded by chance."""

from collections.abc import Callable
from random import Random
from uuid import NAMESPACE_OID, UUID, uuid5

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.coding import Coding
from cpit_research.model.grid import Code, Grid
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure

GRID = Grid(
    "g",
    "v1",
    codes=tuple(
        Code(key, f"Nom {key}", parent=up)
        for key, up in (("F1", ""), ("S1", "F1"), ("S2", "F1"), ("F2", ""), ("S3", "F2"))
    ),
)
SENTENCES = ("Il pleut.", "Le maire arrive tard.", "Oui.", "On verra demain avec les élus.")


def note(at: int, text: str, structure: Structure | None = None) -> Source:
    """Return a note of some text."""
    return Source(
        f"s{at}", f"v{at}", f"n{at}.md", "field_note", text, structure or Structure(), "", "md/1"
    )


def put(at: int, coder: str, code: str, start: int, end: int, *, grid: str = "v1") -> Coding:
    """Return a coding; its id is that of what it says."""
    key = uuid5(NAMESPACE_OID, f"{at} {coder} {code} {start} {end} {grid}")
    return Coding(key, Segment(f"s{at}", start, end), f"v{at}", code, coder, grid)


def by_chance(codings_of: Callable[..., Codings], seed: int, coders: str, notes: int) -> Codings:
    """Draw notes and codings: segments of any length, some repeated, some on blanks."""
    chance = Random(seed)
    texts = [
        "\n".join(
            " ".join(chance.choices(SENTENCES, k=chance.randint(0, 4)))
            for _line in range(chance.randint(1, 4))
        )
        for _note in range(notes)
    ]
    listed = []
    for at, text in enumerate(texts):
        for coder in chance.sample(coders, chance.randint(0, len(coders))):
            for n in range(chance.randint(1, 6)):
                start = chance.randint(0, max(0, len(text) - 1))
                end = min(len(text), start + chance.randint(1, 60))
                if start < end:
                    code, grid = chance.choice(["S1", "S2", "S3"]), chance.choice(["v0", "v1"])
                    key = UUID(int=chance.getrandbits(120) + n)
                    listed.append(
                        Coding(key, Segment(f"s{at}", start, end), f"v{at}", code, coder, grid)
                    )
    return codings_of(listed, Corpus([note(at, text) for at, text in enumerate(texts)]), GRID)
