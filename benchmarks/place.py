"""Where a size is measured: what was received, the study, its table of names."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cpit_research as cpit
from cpit_research.study.study import Study

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Place:
    """The folder of one size.

    Parameters
    ----------
    folder : Path
        Holds ``received`` (notes and register), ``study`` once ingested, and the sealed names.
    size : int
        Number of notes.
    """

    folder: Path
    size: int

    @property
    def received(self) -> Path:
        """What people sent."""
        return self.folder / "received"

    @property
    def study(self) -> Path:
        """The study that the measures share."""
        return self.folder / "study"

    @cached_property
    def notes(self) -> list[Path]:
        """Files of the notes, in order."""
        return sorted(self.received.rglob("*.docx"))

    def prepare(self) -> None:
        """Draw the campaign, write it and seal its names."""
        from field import Campaign

        from cpit_research.model.correspondence import Correspondence, Entry
        from cpit_research.store.vault import make_key, seal_table

        campaign = Campaign(self.size)
        campaign.write(self.received)
        make_key(self.folder / "key.txt")
        entries = tuple(Entry(key, kind, names) for key, kind, names in campaign.names())
        table = Correspondence(entries)
        seal_table(table, self.folder / "names.age", key=self.folder / "key.txt")

    def unlock(self) -> None:
        """Say where the table of names is, as its holder would."""
        os.environ["CPIT_TABLE"] = str(self.folder / "names.age")
        os.environ["CPIT_TABLE_KEY"] = str(self.folder / "key.txt")

    def new_study(self, name: str, *, with_notes: bool) -> Study:
        """Make a study that holds the grid and the register, and the notes if asked."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        study = cpit.create_study(self.folder / name)
        shutil.copy(ROOT / "grids" / "v1.yaml", study.folder / "grids")
        raw = study.folder / "data" / "raw"
        if with_notes:
            shutil.copytree(self.received, raw, dirs_exist_ok=True)
        else:
            shutil.copy(self.received / "registre.xlsx", raw)
        return study
