"""Commands as they are run: each in a process that has not chosen a study yet."""

import pytest

from cpit_research.cli import opening


@pytest.fixture(autouse=True)
def no_study_chosen(monkeypatch):
    monkeypatch.setattr(opening, "_FOLDER", {})
