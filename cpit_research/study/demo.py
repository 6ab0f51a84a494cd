"""The whole way on the demonstration study, from what was received to what can be read."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from cpit_research.errors import Conflict, CpitError, NotFound
from cpit_research.formats.atomic import make_folder
from cpit_research.formats.study_file import NAME, read_study_file
from cpit_research.study.check import CheckReport
from cpit_research.study.ingest_report import IngestReport
from cpit_research.study.progress import Progress, silent
from cpit_research.study.sharing.merge import MergeReport
from cpit_research.study.study import Study
from cpit_research.wording import gettext as _

COPY: Final = "demonstration-cpit"
DOCUMENTS: Final = ("synthese.docx", "synthese.html", "synthese.xlsx")
#: The annex on agreement between coders.
ANNEX: Final = "accord.docx"
_PARTS: Final = (
    "data/raw", "data/LISEZMOI.md", "data/NOTE-D-INTENTION.md", "grids", "notebooks", NAME,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demonstration did, and the files to open."""

    folder: Path
    ingest: IngestReport
    merged: MergeReport
    findings: int
    check: CheckReport
    documents: tuple[Path, ...]


def demo(path: str | Path | None = None, *, progress: Progress = silent) -> DemoReport:
    """Run the demonstration study from ``data/raw`` to the exports.

    Parameters
    ----------
    path : path, optional
        Where. By default the current folder when it is the demonstration itself, else a new
        copy, ``./demonstration-cpit`` (a copy made before is used again as it is).
    progress : Progress, optional
        Shows the progress of long tasks.

    Returns
    -------
    DemoReport
    """
    folder = _folder(Path(path) if path is not None else None)
    with Study(folder, progress=progress) as study:
        taken, merged, findings = _taken_in(study)
        steps = progress((*DOCUMENTS, ANNEX), _("Writing documents"), len(DOCUMENTS) + 1)
        documents = tuple(_written(study, name) for name in steps)
        return DemoReport(folder, taken, merged, findings, study.check(), documents)


def demonstration(folder: Path, *, progress: Progress = silent) -> Study:
    """Make a new copy of the demonstration study, with all that its coders did.

    Parameters
    ----------
    folder : Path
        Where; nothing is there yet.
    progress : Progress, optional
        Shows the progress of long tasks.

    Returns
    -------
    Study
        The copy, open.
    """
    _copy(folder)
    study = Study(folder, progress=progress)
    _taken_in(study)
    return study


def _taken_in(study: Study) -> tuple[IngestReport, MergeReport, int]:
    """Take in what the demonstration received: notes, the work of coders, findings."""
    taken = study.ingest()
    merged = study.merge(sorted((study.shelf.raw / "codages").glob("*.zip")))
    return taken, merged, len(study.finding_import(study.shelf.raw / "enseignements.xlsx"))


def _written(study: Study, name: str) -> Path:
    target = study.shelf.processed / name
    return study.agreement_annex(target) if name == ANNEX else study.export(target)


def _folder(asked: Path | None) -> Path:
    here = asked or Path()
    if _is_demonstration(here):
        return here
    target = asked or Path(COPY)
    if _is_demonstration(target):
        return target
    if target.exists() and any(target.iterdir()):
        raise Conflict(
            _("{folder} is not empty and is not the demonstration.").format(folder=target),
            remedy=_("Choose another folder."),
        )
    _copy(target)
    return target


def _is_demonstration(folder: Path) -> bool:
    try:
        return read_study_file(folder).demonstration
    except CpitError:
        return False


def _copy(target: Path) -> None:
    origin = _origin()
    for part in _PARTS:
        source = origin / part
        if source.is_dir():
            shutil.copytree(source, target / part, dirs_exist_ok=True)
        elif source.is_file():
            (target / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / part)
    make_folder(target / "data" / "processed")


def _origin() -> Path:
    """Return the demonstration inside the installed package, or the clone it is installed from."""
    package = Path(str(files("cpit_research")))
    for candidate in (package / "demonstration" / "study", package.parent):
        if _is_demonstration(candidate):
            return candidate
    raise NotFound(
        _("The demonstration study is not installed with this package."),
        remedy=_("Install cpit_research again."),
    )
