"""Everything that people ask of a study, each once: what answers, and what is told."""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from cpit_research.analysis.inventory import inventory
from cpit_research.errors import CpitError
from cpit_research.model.finding import Finding
from cpit_research.study.opening import create_study
from cpit_research.study.study import Study
from keeping.small_studies import NOTE, ROOT, marks

Probe = Callable[[Study, Path], object]
#: What a probe answered: nothing, a sentence, or a traceback.
DONE, TOLD, CRASHED = "done", "told", "crashed"


def _check(study: Study, _aside: Path) -> object:
    report = study.check()
    if not report.sound:
        raise CpitError("\n".join(report.faults))
    return report


def _quotes(study: Study, _aside: Path) -> object:
    codings = study.codings()
    return [codings.quote(coding) for coding in codings]


def _ingest(study: Study, aside: Path) -> object:
    report = study.ingest([aside / NOTE])
    for row in report.refused:
        raise CpitError(row.reason)
    return report


def _code(study: Study, _aside: Path) -> object:
    (mark,) = marks(study, 1)
    return study.code(*mark, coder="claire")


def _sheet_import(study: Study, aside: Path) -> object:
    report = study.sheet_import([aside / "feuille.xlsx"])
    for problem in report.problems:
        raise CpitError(problem)
    return report


def _conclude(study: Study, _aside: Path) -> object:
    return study.conclude(Finding("Une chose tenue pour vraie", study.codings()))


def _export(name: str) -> Probe:
    def probe(study: Study, _aside: Path) -> object:
        alone = inventory(study.corpus) if name.startswith("table") else None
        return study.export(study.shelf.processed / name, alone)

    return probe


READING: dict[str, Probe] = {
    "check": _check,
    "register": lambda study, _aside: study.register,
    "corpus": lambda study, _aside: study.corpus,
    "codings": lambda study, _aside: study.codings(),
    "quotations": _quotes,
    "memos": lambda study, _aside: study.memos,
    "findings": lambda study, _aside: study.findings,
    "anchors list": lambda study, _aside: study.anchors_list(),
}
WRITING: dict[str, Probe] = {
    "ingest": _ingest,
    "code": _code,
    "sheet import": _sheet_import,
    "conclude": _conclude,
    "sheet export": lambda study, _aside: study.sheet_export("yann"),
    "export docx": _export("synthese.docx"),
    "export html": _export("synthese.html"),
    "export xlsx": _export("synthese.xlsx"),
    "export table": _export("table.xlsx"),
    "export csv": _export("table.csv"),
    "create": lambda study, _aside: create_study(study.folder / "autre").close(),
}
PROBES = READING | WRITING


def answers(folder: Path, aside: Path, asked: Mapping[str, Probe]) -> dict[str, tuple[str, str]]:
    """Ask each thing of the study, opened anew each time; return what came of it."""
    return {name: _answer(folder, aside, probe) for name, probe in asked.items()}


def _answer(folder: Path, aside: Path, probe: Probe) -> tuple[str, str]:
    try:
        with Study(folder) as study:
            probe(study, aside)
    except CpitError as error:
        return TOLD, str(error)
    except Exception:  # noqa: BLE001  what no test may find
        return CRASHED, traceback.format_exc()
    return DONE, ""


def answers_without_rights(folder: Path, aside: Path) -> dict[str, tuple[str, str]]:
    """Ask everything in a process that the permissions of files bind, whoever runs the tests."""
    paths = os.pathsep.join((str(ROOT / "tests"), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "-m", "keeping.probes", str(folder), str(aside)],
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: tuple(answer) for name, answer in json.loads(done.stdout).items()}


def _bind() -> None:
    """Give up, when root, the right to pass over the permissions of files (Linux)."""
    if sys.platform != "linux" or os.geteuid():
        return
    import ctypes

    overriding = 0b1111  # chown, dac_override, dac_read_search, fowner
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    assert not libc.capget(header, sets)
    for at in range(2):
        sets[at] &= ~overriding
    assert not libc.capset(header, sets), os.strerror(ctypes.get_errno())


if __name__ == "__main__":
    _bind()
    sys.stdout.write(json.dumps(answers(Path(sys.argv[1]), Path(sys.argv[2]), PROBES)))
