"""The front door: complete, sorted, and quick to open."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "docx",
    "lxml",
    "matplotlib",
    "numpy",
    "openpyxl",
    "pandas",
    "scipy",
    "spacy",
    "sqlalchemy",
}
CPU_SECONDS = 0.3


def tell(expression: str) -> object:
    """Evaluate an expression in an interpreter that has only just imported the package."""
    program = f"import sys, time, json, cpit_research as cpit; print(json.dumps({expression}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return json.loads(done.stdout)


def shelf(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest: the order that ruff keeps."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def test_its_names_are_sorted_and_said_once():
    names = tell("cpit.__all__")
    assert names == sorted(set(names), key=shelf)


def test_it_shows_what_it_names_and_nothing_else():
    shown = {name for name in tell("dir(cpit)") if not name.startswith("_")}
    named = {name for name in tell("cpit.__all__") if not name.startswith("_")}
    assert shown - {"annotations"} == named


def test_every_name_opens():
    assert tell("[name for name in cpit.__all__ if getattr(cpit, name) is None]") == []


def test_a_name_that_is_not_there_is_an_attribute_error():
    import cpit_research as cpit

    with pytest.raises(AttributeError, match="no_such_name"):
        _ = cpit.no_such_name


def test_it_opens_within_its_time():
    best = min(tell("time.process_time()") for _ in range(3))
    assert best < CPU_SECONDS


def test_it_loads_no_table_no_model_and_no_database_driver():
    assert HEAVY & set(tell("sorted(sys.modules)")) == set()
