"""What every test may count on: no window, no language or table of the person who runs them."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

os.environ["MPLBACKEND"] = "Agg"
for variable in ("CPIT_LANG", "CPIT_TABLE", "CPIT_TABLE_KEY", "CPIT_TABLE_FD"):
    os.environ.pop(variable, None)

settings.register_profile("default", max_examples=50, deadline=None, derandomize="CI" in os.environ)
settings.register_profile(
    "exhaustive",
    max_examples=1_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration, run from the files received to the exports: never change it."""
    from cpit_research.study.demo import demo

    return demo(tmp_path_factory.mktemp("demonstration") / "study").folder
