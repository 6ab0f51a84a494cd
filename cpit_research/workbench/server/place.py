"""Where a study is opened: the same address each day, the same browsers let in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cpit_research.workbench.desk import Desk
from cpit_research.workbench.recent import data_folder
from cpit_research.workbench.server.kept import SECRET_BYTES, keep, kept

__all__ = ["Place"]

_NAME: Final = "workbench.json"


@dataclass(slots=True)
class Place:
    """What is kept beside a study, for its server alone.

    What a browser keeps for a coder, pinned codes and acts not yet saved, it keeps for one
    address: at another port all of it would be lost. Whoever reads this file reads the study.

    Parameters
    ----------
    path : Path or None
        File in the folder of the study.
    secret : bytes
        Signs cookies.
    port : int
        Where the study was first opened; 0 when it never was.
    """

    path: Path | None = None
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(SECRET_BYTES), repr=False)
    port: int = 0

    @classmethod
    def of(cls, desk: Desk) -> Place:
        """Return the place of the study of a desk, a new one if it has none that can be read."""
        path = (desk.study.folder / "data" if desk.has_study else data_folder()) / _NAME
        known = kept(path)
        return cls(path) if known is None else cls(path, port=known[0], secret=known[1])

    def at(self, port: int) -> None:
        """Keep where the study is open, the first time: a second workbench moves nothing."""
        if self.path is not None and not self.port:
            keep(self.path, port, self.secret)
            self.port = port
