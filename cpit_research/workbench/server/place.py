"""Where a study is opened: the same address each day, the same browsers let in."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cpit_research.formats.atomic import make_folder, replace_file
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.recent import data_folder

__all__ = ["Place"]

_NAME: Final = "workbench.json"
_BYTES: Final = 32


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
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(_BYTES), repr=False)
    port: int = 0

    @classmethod
    def of(cls, desk: Desk) -> Place:
        """Return the place of the study of a desk, a new one if it has none that can be read."""
        path = (desk.study.folder / "data" if desk.has_study else data_folder()) / _NAME
        try:
            stated = json.loads(path.read_text(encoding="utf-8"))
            secret, port = bytes.fromhex(stated["secret"]), int(stated["port"])
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path)
        known = len(secret) == _BYTES and 0 < port < 65_536
        return cls(path, secret, port) if known else cls(path)

    def at(self, port: int) -> None:
        """Keep where the study is open, the first time: a second workbench moves nothing."""
        if self.path is not None and not self.port:
            make_folder(self.path.parent)
            stated = {"port": port, "secret": self.secret.hex()}
            replace_file(self.path, json.dumps(stated).encode())
            self.path.chmod(0o600)
            self.port = port
