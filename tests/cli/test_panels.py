"""How a table is laid out for the width of a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.cli.panels import panels

_WORDS = st.text("abcdé", min_size=1, max_size=12)
_CELLS = st.lists(_WORDS, max_size=8).map(" ".join)


@st.composite
def _tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    header = draw(st.lists(_WORDS, min_size=1, max_size=9))
    row = st.lists(_CELLS, min_size=len(header), max_size=len(header))
    return header, draw(st.lists(row, max_size=4))


@given(_tables(), st.integers(40, 160))
def test_every_column_stands_in_one_panel_in_order_and_the_first_heads_them_all(table, width):
    header, rows = table
    found = panels(header, rows, width)
    assert found[0].columns[0] == 0
    beyond = [at for panel in found for at in panel.columns[1:]]
    assert beyond == list(range(1, len(header)))
    assert all(panel.columns[0] == 0 for panel in found)


@given(_tables(), st.integers(40, 160))
def test_no_panel_is_wider_than_the_terminal_and_no_word_is_cut(table, width):
    header, rows = table
    for panel in panels(header, rows, width):
        assert sum(panel.widths) + len(panel.columns) - 1 <= width
        for at, given_width in zip(panel.columns, panel.widths, strict=True):
            words = [w for cell in (header[at], *(r[at] for r in rows)) for w in cell.split(" ")]
            assert max(map(len, words)) <= given_width


@given(_tables())
def test_with_room_for_all_nothing_folds(table):
    header, rows = table
    (panel,) = panels(header, rows, 10_000)
    for at, given_width in zip(panel.columns, panel.widths, strict=True):
        assert given_width == max(len(cell) for cell in (header[at], *(r[at] for r in rows)))


def test_a_word_longer_than_any_line_does_not_take_the_table_with_it():
    (panel,) = panels(["id"], [["x" * 500]], 80)
    assert sum(panel.widths) <= 80
