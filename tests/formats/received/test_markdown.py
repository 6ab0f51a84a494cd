"""Markdown: the source as written, its blocks recognised."""

import pytest

from cpit_research.formats.received.markdown import from_markdown


def parts(text: str) -> list[tuple[str, int, str]]:
    reading = from_markdown(text.encode())
    assert reading.text == text
    return [
        (part.kind, part.level, reading.text[part.start : part.end]) for part in reading.structure
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Un", [("heading", 1, "Un")]),
        ("### Deux ##  ", [("heading", 3, "Deux")]),
        ("####### Sept", [("paragraph", 0, "####### Sept")]),
        ("#mot", [("paragraph", 0, "#mot")]),
        ("#", []),
        ("Un\n==", [("heading", 1, "Un")]),
        ("Un\nDeux\n---", [("heading", 2, "Un\nDeux")]),
        ("a\n\n---\n\nb", [("paragraph", 0, "a"), ("paragraph", 0, "b")]),
        ("a\nb\n\nc", [("paragraph", 0, "a\nb"), ("paragraph", 0, "c")]),
        ("> a\n> b\nc", [("paragraph", 0, "a\n> b"), ("paragraph", 0, "c")]),
        (">\n", []),
        ("- a\n  suite\n- b", [("list_item", 1, "a\n  suite"), ("list_item", 1, "b")]),
        (
            "- a\n  - b\n    - c\n- d",
            [("list_item", n, x) for n, x in ((1, "a"), (2, "b"), (3, "c"), (1, "d"))],
        ),
        ("1. a\n2) b", [("list_item", 1, "a"), ("list_item", 1, "b")]),
        ("*gras* et -1", [("paragraph", 0, "*gras* et -1")]),
        (
            "```\n# non\n\n- non\n```\na",
            [("paragraph", 0, "```\n# non\n\n- non\n```"), ("paragraph", 0, "a")],
        ),
        ("~~~\nouvert", [("paragraph", 0, "~~~\nouvert")]),
        (
            "|a|b\\|c|\n|-|:-:|\n| d ||\ne",
            [("cell", 0, x) for x in ("a", "b\\|c", "d", "")] + [("paragraph", 0, "e")],
        ),
        ("a | b\n- c", [("paragraph", 0, "a | b"), ("list_item", 1, "c")]),
        ("---\na: b\n---\nc", [("paragraph", 0, "a: b"), ("paragraph", 0, "c")]),
        ("---\na: b", [("paragraph", 0, "a: b")]),
        ("", []),
    ],
)
def test_blocks_are_recognised(text, expected):
    assert parts(text) == expected


def test_cells_know_their_place():
    reading = from_markdown(b"|a|b|\n|-|-|\n|c|d|\n\n|e|f|\n|-|-|\n")
    assert [part.place for part in reading.structure] == [
        "table 1, row 1, column 1",
        "table 1, row 1, column 2",
        "table 1, row 2, column 1",
        "table 1, row 2, column 2",
        "table 2, row 1, column 1",
        "table 2, row 1, column 2",
    ]


def test_turns_of_consecutive_lines_cut_their_paragraph():
    reading = from_markdown(b"On entre.\n**Maire** : Oui.\net encore.\n**Chercheur :** Bien.")
    assert [
        (turn.speaker, reading.text[turn.speech_start : turn.end])
        for turn in reading.structure.turns
    ] == [
        ("Maire", "Oui.\net encore."),
        ("Chercheur", "Bien."),
    ]
    assert [part.place for part in reading.structure.units] == ["line 1"] * 3
