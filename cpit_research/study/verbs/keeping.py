"""Keeping a study safe, and making sure that it is sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.model.system import System
    from cpit_research.study.backups import Backup, Restored
    from cpit_research.study.check import CheckReport


class KeepingVerbs(Verbs):
    """Keeping a study safe, and making sure that it is sound."""

    def backup(self) -> Backup:
        """Keep a copy of the study database now, in ``data/backups``.

        One is kept by itself before the first change of a day, before the database changes
        format, before a merge and before another one is restored. Copies made by this method are
        never removed.

        Raises
        ------
        NotFound
            If the study has no database yet.
        """
        from cpit_research.study.backups import backup

        return backup(self._study)

    def backups(self) -> tuple[Backup, ...]:
        """Return the copies of the study database in ``data/backups``, newest first."""
        from cpit_research.study.backups import backups

        return backups(self._study)

    def restore(self, backup: str | Path | None = None) -> Restored:
        """Put back the study database as a backup holds it; the present one is kept aside.

        Parameters
        ----------
        backup : str or path, optional
            Its file, its name or its day (``"2024-05-17"``); the newest one by default, those
            made by a restoration left out.

        Returns
        -------
        Restored
            What was restored, and where the database that it took the place of is kept.

        Raises
        ------
        NotFound
            If there is no such backup.
        FormatError
            If it is damaged, or is one of another study: nothing is changed.
        """
        from cpit_research.study.backups import restore

        return restore(self._study, backup)

    def check(self) -> CheckReport:
        """Verify everything that the study holds, and tell whatever is wrong with its place.

        Pages, tables and guards of the database; the seal of every row, which one changed bit
        breaks; texts, parts, passages and links; the files received; grids and register.
        """
        from cpit_research.study.check import check

        return check(self._study)

    def launcher(
        self,
        *,
        to: str | Path | None = None,
        system: System | None = None,
        home: bool = False,
    ) -> Path:
        """Write a file to double-click, which opens the workbench on this study.

        Parameters
        ----------
        to : path, optional
            Folder that receives it; the desktop of the person at work by default.
        system : str, optional
            ``"windows"`` (``.cmd``), ``"macos"`` (``.app``) or ``"linux"`` (``.desktop``); the one
            at work by default.
        home : bool
            Whether it opens the first page, where a study is chosen, instead of this study.

        Returns
        -------
        Path
            The file; on macOS, the folder that is an application.

        Notes
        -----
        It starts the Python that writes it, and no other program.

        Raises
        ------
        InvalidInput
            If launchers are not written for that system.
        """
        from cpit_research.study.launcher import launcher

        return launcher(self._study, to=to, system=system, home=home)
