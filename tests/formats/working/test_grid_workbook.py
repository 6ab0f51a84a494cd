"""Grids as workbooks that people edit: lossless both ways, every fault with its cell."""

from dataclasses import fields, replace

import openpyxl
import pytest
from any_grid import grids
from hypothesis import given

from cpit_research.errors import FormatError, InvalidInput
from cpit_research.formats.working.grid_file import read_grid
from cpit_research.formats.working.grid_workbook import read_grid_workbook
from cpit_research.formats.working.grid_workbook_columns import CODE, cell_of, items_of
from cpit_research.formats.working.grid_workbook_writing import write_grid_workbook
from cpit_research.formats.working.grid_writing import write_grid
from cpit_research.model.grid import Axis, Code, Grid

pytestmark = pytest.mark.usefixtures("in_english")


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────


@given(grids())
def test_any_grid_goes_from_yaml_to_a_workbook_and_back(tmp_path_factory, grid):
    folder = tmp_path_factory.mktemp("grids")
    write_grid(grid, folder / "one.yaml")
    write_grid_workbook(read_grid(folder / "one.yaml"), folder / "grid.xlsx")
    read = read_grid_workbook(folder / "grid.xlsx").grid
    write_grid(read, folder / "two.yaml")
    assert read == grid
    assert (folder / "two.yaml").read_bytes() == (folder / "one.yaml").read_bytes()
