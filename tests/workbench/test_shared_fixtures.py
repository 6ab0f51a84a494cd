"""The fixtures that the browser is held to are what Python says today."""

import importlib.util
import json

import pytest

from cpit_research.store.fold import heads


@pytest.fixture(scope="module")
def written(root):
    """The program that writes the fixtures."""
    place = root / "tools" / "workbench_fixtures.py"
    spec = importlib.util.spec_from_file_location("workbench_fixtures", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["fold.json", "offsets.json"])
def test_the_fixture_is_up_to_date(written, root, name):
    place = root / "tests" / "workbench" / name
    assert place.read_text("ascii") == written.fixtures()[name], (
        "python tools/workbench_fixtures.py"
    )


def test_things_stand_the_same_in_every_order_of_the_fixture(written):
    for case in written.fold_cases():
        for order in case["orders"]:
            assert sorted(order) == list(range(len(case["events"])))
            found = written.folded([case["events"][at] for at in order])
            assert found == {name: case[name] for name in found}, case["name"]


def test_the_fixture_holds_what_is_hard(root):
    cases = json.loads((root / "tests" / "workbench" / "fold.json").read_text("ascii"))["cases"]
    assert any(case["conflicts"] for case in cases)
    assert any(case["gone"] for case in cases)
    forked = [
        case
        for case in cases
        if not case["conflicts"]
        and heads(
            [(one["id"], one["subject"]) for one in case["events"]],
            [id for one in case["events"] for id in one["replaces"]],
        ).conflicts
    ]
    assert len(forked) >= 3  # several heads that say the same
    texts = json.loads((root / "tests" / "workbench" / "offsets.json").read_text("ascii"))["texts"]
    assert any(one["units"][-1] > one["points"] for one in texts)
    assert not any("\r" in one["text"] for one in texts)


def test_each_slice_of_the_fixture_is_cut_alike_in_both_counts(root):
    texts = json.loads((root / "tests" / "workbench" / "offsets.json").read_text("ascii"))["texts"]
    for one in texts:
        encoded = one["text"].encode("utf-16-le")
        for start, end, first, last, words in one["slices"]:
            assert one["text"][start:end] == words
            assert encoded[2 * first : 2 * last].decode("utf-16-le") == words
