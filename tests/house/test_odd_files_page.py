"""The page of odd files is what its script writes."""

import importlib.util

import pytest

from cpit_research.formats.received.apart import Apart
from cpit_research.wording import use_language


@pytest.mark.slow
def test_the_page_of_odd_files_is_what_becomes_of_them(root):
    path = root / "tools" / "odd_files.py"
    spec = importlib.util.spec_from_file_location("odd_files_page", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    with use_language("en"), Apart() as apart:
        written = "".join(script.page(apart))
    assert script.PAGE.read_text("utf-8") == written, "run python tools/odd_files.py"
