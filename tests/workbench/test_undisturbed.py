"""The collector sleeps for a block, and is left as it was found."""

import gc

import pytest

from cpit_research.workbench.undisturbed import undisturbed


@pytest.fixture(params=[True, False])
def awake(request):
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_the_collector_sleeps_for_the_block_alone(awake):
    with undisturbed(), undisturbed():
        assert not gc.isenabled()
    assert gc.isenabled() == awake


def test_the_collector_is_as_it_was_after_a_failure_too(awake):
    with pytest.raises(ValueError, match="no"), undisturbed():
        raise ValueError("no")
    assert gc.isenabled() == awake
