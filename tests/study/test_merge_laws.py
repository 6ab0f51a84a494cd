"""Merging is a union: commutative, associative, idempotent, on real studies that lived apart."""

from pathlib import Path
from random import Random

import pytest
from keeping.replicas import ancestor, copy_of, folded, live, merged, record_of

from cpit_research.study.study import Study

PAIRS = 1_000


def family(folder: Path, seed: int, number: int) -> list[Path]:
    """Copies of one study that lived apart; the first one may have received a corrected note."""
    chance = Random(seed)
    origin = ancestor(folder / "origin", seed)
    copies = []
    for rank in range(number):
        copy = copy_of(origin, folder / f"copy {rank}")
        live(copy, rank + 1, chance.getrandbits(32), chance.randint(2, 10),
             corrects=rank == 0 and chance.random() < 0.4)  # fmt: skip
        copies.append(copy)
    return copies


def pair_holds(folder: Path, seed: int) -> tuple[bool, bool]:
    """Check the laws on one pair; say whether it had a conflict, and a correction."""
    one, other = family(folder, seed, 2)
    before = record_of(one), record_of(other)
    left = merged(copy_of(one, folder / "left"), [other], 91)
    right = merged(copy_of(other, folder / "right"), [one], 92)
    assert record_of(left) == record_of(right), seed
    assert folded(left) == folded(right), seed
    for events, links in before:
        assert events <= record_of(left)[0]
        assert links <= record_of(left)[1]
    for again in (one, other, right):
        with Study(left) as study:
            assert study.merge([again]).is_empty, seed
    assert record_of(left) == record_of(right), seed
    with Study(left) as study:
        assert study.check().faults == ()
        return bool(study.conflict_list()), any(len(s.path) and s.text.startswith("Relu")
                                                for s in study.corpus)  # fmt: skip


def three_hold(folder: Path, seed: int) -> None:
    one, two, three = family(folder, seed, 3)
    left = merged(copy_of(one, folder / "left"), [two, three], 91)
    inner = merged(copy_of(two, folder / "inner"), [three], 92)
    right = merged(copy_of(one, folder / "right"), [inner], 93)
    together = copy_of(three, folder / "together")
    with Study(together) as study:
        study.merge([two, one])
    assert record_of(left) == record_of(right) == record_of(together), seed
    assert folded(left) == folded(right) == folded(together), seed


@pytest.mark.slow
def test_pairs_of_studies_merge_the_same_way_from_either_side(tmp_path):
    found = [pair_holds(tmp_path / str(rank), rank) for rank in range(30)]
    conflicts, corrections = (sum(column) for column in zip(*found, strict=True))
    assert conflicts > 2  # else the pairs never met
    assert corrections > 5


@pytest.mark.parametrize("seed", [108_024, 114_048])
def test_a_copy_that_learns_nothing_tells_of_moves_as_the_other_does(tmp_path, seed):
    pair_holds(tmp_path, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_three_studies_merge_in_any_grouping(tmp_path, seed):
    for rank in range(3):
        three_hold(tmp_path / str(rank), 7_000 + 10 * seed + rank)


@pytest.mark.exhaustive
@pytest.mark.parametrize("part", range(20))
def test_a_thousand_pairs_of_studies_merge_the_same_way(tmp_path, part):
    for rank in range(PAIRS // 20):
        pair_holds(tmp_path / str(rank), 100_000 + 1_000 * part + rank)


@pytest.mark.exhaustive
@pytest.mark.parametrize("part", range(10))
def test_hundreds_of_triples_merge_in_any_grouping(tmp_path, part):
    for rank in range(30):
        three_hold(tmp_path / str(rank), 900_000 + 1_000 * part + rank)
