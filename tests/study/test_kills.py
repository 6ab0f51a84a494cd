"""A program killed at any moment leaves what was there, or what it was doing, whole."""

import os
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import pytest
from keeping.killing import Aim, Death, Job, Killer, killer
from keeping.small_studies import occasion
from keeping.states import held_by, state_of
from keeping.work import WORKS, run

from cpit_research.formats.atomic import is_unfinished
from cpit_research.study.study import Study

pytestmark = pytest.mark.skipif(
    not (hasattr(os, "fork") and hasattr(signal, "SIGKILL")), reason="no fork or no kill -9 here"
)
LATER = 1 << 64  # ids of whoever begins again


@dataclass(frozen=True)
class Course:
    """One work done without accident: the study before, its state after each step, and the end."""

    before: Path
    states: tuple[str, ...]
    held: dict[str, object]
    lasts: float


@pytest.fixture(scope="module")
def kill():
    with killer() as one:
        yield one


@pytest.fixture(scope="module")
def course_of(disk, kill) -> Callable[[str], Course]:
    """Do a work without accident, once, when it is asked for."""
    return cache(lambda name: course(disk / "courses" / name, name, kill))


def course(folder: Path, name: str, kill: Killer) -> Course:
    work = WORKS[name]
    before, done, alone = folder / "before", folder / "done", folder / "alone"
    work.prepare(before)
    shutil.copytree(before, done)
    shutil.copytree(before, alone)
    states = [state_of(done)]
    with Study(done, occasion=occasion()) as study:
        run(work, study, 0, lambda _rank: states.append(state_of(done)))
        assert study.check().faults == ()
        held = held_by(study)
    death = kill(Job(name, str(alone), "never"))
    assert (death.killed, death.acknowledged, death.said) == (False, len(work.steps), "")
    assert state_of(alone) == states[-1]  # the same work makes the same rows, or nothing is proved
    assert len(set(states)) == len(states)
    return Course(before, tuple(states), held, death.lasted)


def killed_once(known: Course, kill: Killer, folder: Path, job: Job) -> tuple[Death, Counter[str]]:
    """Kill one worker; find the old state or the new, and that the work can begin again."""
    shutil.copytree(known.before, folder)
    death = kill(job)
    assert death.said == ""
    with Study(folder, occasion=occasion(LATER)) as study:
        report = study.check()
        assert report.faults == ()
    state = known.states.index(state_of(folder))  # a state that no step makes is not in the list
    assert state in {death.acknowledged, death.acknowledged + 1}
    for left in folder.rglob("*.tmp"):
        os.utime(left, (time.time() - 86_400,) * 2)  # by the next day…
    work = WORKS[job.work]
    with Study(folder, occasion=occasion(LATER)) as study:
        run(work, study, 0 if work.again else state, lambda _rank: None)
        assert study.check().faults == ()
        assert held_by(study) == known.held
    assert not list(folder.rglob("*.tmp"))  # … nothing of it is left
    left = [path for path in folder.rglob("*-journal") if not is_unfinished(path)]
    assert not left  # that of a copy under way is hidden, and swept an hour later
    shutil.rmtree(folder)
    return death, Counter(
        {
            "killed": death.killed,
            "journal left": death.killed and death.journal,
            "file half-copied": death.killed and death.copy,
            "kept though not told": death.killed and state > death.acknowledged,
        }
    )


def kills(known: Course, kill: Killer, folder: Path, name: str, number: int) -> Counter[str]:
    aims: tuple[Aim, ...] = ("any", "transaction", "copy" if name == "outside" else "transaction")
    chance = Random(name)
    found = Counter[str]()
    lasts = known.lasts
    for rank in range(number):
        job = Job(
            name, str(folder / f"{name} {rank}"), aims[rank % len(aims)],
            chance.getrandbits(32), lasts,
        )  # fmt: skip
        death, became = killed_once(known, kill, Path(job.folder), job)
        found += became
        if not death.killed:  # it ended before: the machine is faster than it was
            lasts = min(lasts, death.lasted)
    sys.stdout.write(f"\n{name}, {number} workers of {lasts:.2f} s: {dict(found)}\n")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", WORKS)
def test_a_study_killed_at_work_holds_the_old_state_or_the_new(course_of, kill, disk, name):
    assert kills(course_of(name), kill, disk / "three", name, 3)["killed"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", WORKS)
def test_a_hundred_kills_of_one_work_leave_only_whole_states(course_of, kill, disk, name):
    found = kills(course_of(name), kill, disk / "a hundred", name, 100)
    assert found["killed"] > 40
    assert found["journal left"] > 10
