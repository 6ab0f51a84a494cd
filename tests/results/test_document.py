"""Whoever must read every word of a document can."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

from cpit_research.results.document import (
    Card,
    Document,
    Heading,
    Index,
    KeyFigures,
    Listing,
    Paragraph,
    Picture,
    Table,
    Verbatim,
)

BLOCKS = (
    Heading("w1"),
    Paragraph("w2", label="w3"),
    KeyFigures((("w4", "w5"),)),
    Listing(("w6", "w7")),
    Verbatim("w8", "w9", "w10"),
    Table("w11", ("w12",), (("w13", 1, None), ("w14", 2.5, None)), "w15", ("w16",)),
    Picture("w17", "w18", b"png", b"svg", words=("w19",)),
    Card("w20", "w21", "w22", (("w23", "w24"),), (("w25", "w26"),)),
    Index((("w27", (("w28", "w29"),)),)),
)
#: Words of the code, which nobody reads.
TECHNICAL = {"tone", "anchor", "anchors", "png", "svg"}


def held(value) -> set[str]:
    """Every text inside a block, found without knowing what it is."""
    if isinstance(value, str):
        return {value} - {""}
    if is_dataclass(value):
        return set().union(
            *(held(getattr(value, f.name)) for f in fields(value) if f.name not in TECHNICAL)
        )
    return set().union(*map(held, value)) if isinstance(value, tuple) else set()


def test_the_words_of_a_document_are_all_those_that_it_holds():
    document = Document(
        "t1", datetime(2023, 5, 4, tzinfo=UTC), "t2", author="t3", banner="t4",
        facts=(("t5", "t6"),), blocks=BLOCKS,
    )  # fmt: skip
    said = set(document.words()) - {""}
    assert said == held(BLOCKS) | {f"t{n}" for n in range(1, 7)}
    assert {f"w{n}" for n in range(1, 30)} <= said
