"""Put the repository's own study inside the wheel.

A hook, not ``force-include`` in pyproject.toml: an editable install reads the study where it is in
the clone, and a second copy in site-packages would grow stale.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STUDY = "cpit_research/demonstration/study"
CARRIED = (
    "data/raw", "data/LISEZMOI.md", "data/NOTE-D-INTENTION.md", "grids", "notebooks", "study.toml",
)  # fmt: skip


class DemonstrationHook(BuildHookInterface):
    """Carry the demonstration study in every wheel but the editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name what is carried and where it goes; refuse a wheel without its study."""
        if version == "editable":
            return
        missing = [path for path in CARRIED if not (Path(self.root) / path).exists()]
        if missing:
            raise FileNotFoundError(f"The demonstration study lacks {', '.join(missing)}.")
        build_data["force_include"].update({path: f"{STUDY}/{path}" for path in CARRIED})
