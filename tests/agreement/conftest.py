"""Ratings drawn by hypothesis, and the data of the references."""

import csv

import numpy as np
import pytest


@pytest.fixture
def reference(root):
    """Return the rows of a file of tests/reference/agreement, without its head."""

    def read(name):
        path = root / "tests" / "reference" / "agreement" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def ratings_of(reference):
    """Return the ratings of a reference, shape (n_coders, n_units): numbers, else words."""

    def read(name):
        if name == "cac.ben.gerry[Ben,Gerry]":
            return [list("aabbdcccedda"), [*"babbbccce", None, *"dd"]]
        name, _, only_raters = name.partition("[")
        rows = [
            [
                cell.strip() or None
                for column, cell in row.items()
                if column not in ("Group", "Units")
            ]
            for row in reference(name)
        ]
        if not only_raters:
            return np.array(rows, float).T
        return [list(coder) for coder in zip(*rows, strict=True)]

    return read
