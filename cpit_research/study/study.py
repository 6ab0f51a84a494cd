"""A study folder, and everything that is done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.formats.study_file import read_study_file
from cpit_research.model.coding import Coding
from cpit_research.model.episode import Episode
from cpit_research.model.evolution import Change
from cpit_research.model.finding import Finding
from cpit_research.model.grid import Grid
from cpit_research.model.grid_diff import GridDiff
from cpit_research.model.memo import Memo
from cpit_research.model.proposal import Proposal, ProposedPassage
from cpit_research.model.register import Register
from cpit_research.model.remark import Remark
from cpit_research.model.segment import Segment
from cpit_research.store.memos import stored_memos
from cpit_research.study.occasion import Occasion
from cpit_research.study.progress import Progress, silent
from cpit_research.study.shelf import Shelf

if TYPE_CHECKING:
    from cpit_research.study.anchors import WaitingAnchor
    from cpit_research.study.backups import Backup, Restored
    from cpit_research.study.check import CheckReport
    from cpit_research.study.debt import Owed
    from cpit_research.study.grid_import import GridImport
    from cpit_research.study.ingest_report import IngestReport
    from cpit_research.study.release import Released
    from cpit_research.study.remarks import ReviewImport
    from cpit_research.study.sheets import SheetReport


class Study:
    """A study: its texts, its grids, what was said of them and what was concluded.

    Made by :func:`cpit_research.open_study`. Collections are read when first asked for, and
    again once the study has changed.

    Parameters
    ----------
    folder : Path
        The study folder.
    occasion : Occasion, optional
        Clock, ids and seed.
    progress : Progress, optional
        Shows the progress of long tasks.
    """

    def __init__(
        self, folder: str | Path, *, occasion: Occasion | None = None, progress: Progress = silent
    ) -> None:
        self.folder = Path(folder)
        self.identity = read_study_file(self.folder)
        self.occasion = occasion or Occasion()
        self.progress = progress
        self.shelf = Shelf(self.folder, self.identity.key, self._keep_before_migration)

    def __repr__(self) -> str:
        return f"<Study: {self.identity.title or self.folder.name}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def register(self) -> Register:
        """Territories, participants, visits: ``data/raw/registre.xlsx``."""
        return self.shelf.register()

    @property
    def corpus(self) -> Corpus:
        """Every document, in its newest text version."""
        return self.shelf.corpus()

    def grid(self, version: str | None = None) -> Grid:
        """Return one version of the grid, the newest by default.

        Raises
        ------
        NotFound
            If there is no such version.
        """
        return self.shelf.grid(version)

    def codings(self, grid: Grid | str | None = None) -> Codings:
        """Return the codings put under one version of the grid, the newest by default.

        Codings put under an older version bear the code that theirs became, and keep the version
        that they were put under. Those that a change leaves undecided (:meth:`grid_debt`), those
        on a text version since corrected and those in conflict are left out, and counted in
        ``codings.left_out``.
        """
        return self.shelf.codings(grid)

    @property
    def memos(self) -> tuple[Memo, ...]:
        """What was thought of passages, such as the remarks of coding sheets."""
        with self.shelf.database.reading() as connection:
            return tuple(stored_memos(connection))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was concluded, in the order it was drawn."""
        from cpit_research.study.conclude import findings

        return findings(self)

    def ingest(
        self, paths: Sequence[str | Path] | None = None, *, replaces: str | None = None
    ) -> IngestReport:
        """Read field documents into the study.

        Parameters
        ----------
        paths : sequence of paths, optional
            Files and folders; ``data/raw`` by default. Files from elsewhere are copied there.
        replaces : str, optional
            Path under ``data/raw`` of the document that the one file given is a new version of.

        Returns
        -------
        IngestReport
            One row a file. A refused file never stops the others.
        """
        from cpit_research.study.ingest import ingest

        return ingest(self, paths, replaces=replaces)

    def code(
        self,
        segment: Segment,
        code: str,
        *,
        coder: str,
        facets: Mapping[str, str] | None = None,
        grid: str | None = None,
    ) -> Coding:
        """Put one code on one segment, in the name of one coder.

        Parameters
        ----------
        segment : Segment
            Where, in the current text of its source.
        code : str
            Id of a code of the grid that has none under it.
        coder : str
            Id of the coder, one of the register's researchers when it names some.
        facets : mapping of str to str, optional
            Facet ids to value ids.
        grid : str, optional
            Version of the grid, the newest by default.

        Returns
        -------
        Coding

        Raises
        ------
        NotFound
            If the source, the code, the grid or the coder is unknown.
        InvalidInput
            If the segment leaves the text, or a facet is not of the grid.
        """
        from cpit_research.study.code import code as put

        return put(self, segment, code, coder=coder, facets=facets, grid=grid)

    def code_all(
        self, marks: Iterable[tuple[Segment, str]], *, coder: str, grid: str | None = None
    ) -> int:
        """Put many codes in one transaction.

        Parameters
        ----------
        marks : iterable of (Segment, str)
            Where, and which code.
        coder, grid : str
            As for :meth:`code`.

        Returns
        -------
        int
            How many were put.
        """
        from cpit_research.study.code import code_all

        return code_all(self, marks, coder=coder, grid=grid)

    def retract(self, coding: Coding, *, coder: str) -> None:
        """Take a coding back; the record keeps that it was there.

        Parameters
        ----------
        coding : Coding
            The coding.
        coder : str
            Who takes it back.
        """
        from cpit_research.study.code import retract

        retract(self, coding, coder=coder)

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Episodes in the order they were first made, with those of their codings that stand.

        One whose codings were all taken back no longer stands; those in conflict are left out,
        and told by :meth:`check`.
        """
        from cpit_research.study.episodes import episodes

        return episodes(self)

    def episode(
        self,
        codings: Iterable[Coding],
        *,
        coder: str,
        principal: Coding | None = None,
        actors: Iterable[str] = (),
        posture: str | None = None,
        facets: Mapping[str, str] | None = None,
        label: str = "",
        note: str = "",
        same_as: Iterable[Episode] = (),
        replaces: Episode | None = None,
        grid: str | None = None,
    ) -> Episode:
        """Group codings that tell one event, in the name of the coder who put them.

        A coding inside an episode reads the facets of the episode: its own are kept, and read
        again once it is out.

        Parameters
        ----------
        codings : iterable of Coding
            Codings of one coder in one document; each belongs to one episode at most.
        coder : str
            Id of the coder.
        principal : Coding, optional
            That of the principal situation, one of `codings`; by default that of the only
            situation, and not stated when there are several.
        actors : iterable of str
            Codes of the axis ``actors``.
        posture : str, optional
            Code of the axis ``postures``.
        facets : mapping of str to str, optional
            Facet ids to value ids. Who speaks follows from the visit and the speaker when it is
            not given; effectivity has to be.
        label, note : str
            Short name, and what the coder says of it.
        same_as : iterable of Episode
            Episodes that tell the same event elsewhere.
        replaces : Episode, optional
            The episode that this one takes the place of, under its id; also settles one in
            conflict.
        grid : str, optional
            Version of the grid whose facets and codes are used, the newest by default.

        Raises
        ------
        InvalidInput
            If the codings are of several coders or documents, or a code or a facet is not one of
            the grid.
        NotFound
            If a coding does not stand.
        Conflict
            If a coding is in another episode.
        """
        from cpit_research.study.episodes import episode

        return episode(
            self, codings, coder=coder, principal=principal, actors=actors, posture=posture,
            facets=facets, label=label, note=note, same_as=same_as, replaces=replaces, grid=grid,
        )  # fmt: skip

    def episode_link(self, one: Episode, other: Episode, *, coder: str) -> Episode:
        """Say that two episodes tell the same event, in other documents or by other coders.

        Parameters
        ----------
        one, other : Episode
            The episodes; whatever is linked to either is linked to both.
        coder : str
            Who says so.

        Returns
        -------
        Episode
            `one`, linked. A link is undone by replacing it.
        """
        from cpit_research.study.episodes import episode_link

        return episode_link(self, one, other, coder=coder)

    def episode_dissolve(self, episode: Episode, *, coder: str) -> None:
        """Take an episode back: its codings stay, each by itself; the record keeps the episode.

        Parameters
        ----------
        episode : Episode
            The episode.
        coder : str
            Who takes it back.
        """
        from cpit_research.study.episodes import episode_dissolve

        episode_dissolve(self, episode, coder=coder)

    def propose(
        self, segment: Segment, name: str, *, coder: str, words: str = ""
    ) -> ProposedPassage:
        """Mark a passage *hors grille*, under a provisional name.

        Parameters
        ----------
        segment : Segment
            Where, in the current text of its source.
        name : str
            Provisional name; accents, capitals and spaces make no other proposal.
        coder : str
            Who proposes it.
        words : str
            What the coder adds.

        Returns
        -------
        ProposedPassage
            The one that stands already, if this coder proposed it here under this name.
        """
        from cpit_research.study.proposals import propose

        return propose(self, segment, name, coder=coder, words=words)

    def grid_proposals(self) -> tuple[Proposal, ...]:
        """Return what was proposed from the field, name by name, with its passages.

        Each passage says its document, place, visit and date, and what became of it.
        """
        from cpit_research.study.proposals import grid_proposals

        return grid_proposals(self)

    def grid_settle(
        self, name: str, *, into: str | None = None, reason: str, coder: str
    ) -> Proposal:
        """Say what became of a proposal: its passages stay listed, no coding changes.

        Passages proposed later under the same name are open again.

        Parameters
        ----------
        name : str
            Its provisional name.
        into : str, optional
            Code of the newest grid that takes it over; declined by default.
        reason : str
            What the team decided, and why.
        coder : str
            Who says so.

        Raises
        ------
        NotFound
            If nothing was proposed under that name, or the grid has no such code.
        """
        from cpit_research.study.proposals import grid_settle

        return grid_settle(self, name, into=into, reason=reason, coder=coder)

    def grid_reopen(self, name: str, *, coder: str) -> Proposal:
        """Open again a proposal that was settled; the record keeps what had become of it.

        Parameters
        ----------
        name : str
            Its provisional name.
        coder : str
            Who says so.
        """
        from cpit_research.study.proposals import grid_reopen

        return grid_reopen(self, name, coder=coder)

    def grid_review_export(self, version: str | None = None, *, to: str | Path) -> Path:
        """Write a review copy of the grid for a partner, through the privacy gate.

        Parameters
        ----------
        version : str, optional
            Version to review, the newest by default.
        to : path
            ``.docx`` or ``.xlsx``.

        Raises
        ------
        Conflict
            If a file is there already: it may hold remarks that were not read.
        Withheld
            If a known name is left anywhere in the file, or the correspondence table is closed.
        """
        from cpit_research.study.review_copy import grid_review_export

        return grid_review_export(self, version, to=to)

    def grid_review_import(self, path: str | Path) -> ReviewImport:
        """Read a review copy that comes back; what the study holds already is not doubled.

        Parameters
        ----------
        path : path
            The copy, filled in: ``.docx``, ``.odt`` or ``.xlsx``, under whatever name.

        Returns
        -------
        ReviewImport
            Remarks added, and what was not read, with its place.

        Raises
        ------
        NotFound
            If the study has no such version of the grid.
        FormatError
            If the file holds no remarks, or does not say which version was reviewed.
        """
        from cpit_research.study.remarks import grid_review_import

        return grid_review_import(self, path)

    def grid_review_list(self, version: str | None = None) -> tuple[Remark, ...]:
        """Return the remarks of partners, in the order of the grid, with their answers.

        Parameters
        ----------
        version : str, optional
            Version reviewed; all of them by default.
        """
        from cpit_research.study.remarks import grid_review_list

        return grid_review_list(self, version)

    def grid_review_accept(self, id: str, *, reason: str, coder: str) -> Remark:
        """Accept one remark; a later answer takes the place of this one.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        reason : str
            Why; the release of the next version cites it.
        coder : str
            Who says so.
        """
        from cpit_research.study.remarks import grid_review_accept

        return grid_review_accept(self, id, reason=reason, coder=coder)

    def grid_review_decline(self, id: str, *, reason: str, coder: str) -> Remark:
        """Decline one remark; a later answer takes the place of this one.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        reason : str
            Why; the release of the next version cites it.
        coder : str
            Who says so.
        """
        from cpit_research.study.remarks import grid_review_decline

        return grid_review_decline(self, id, reason=reason, coder=coder)

    def grid_review_reopen(self, id: str, *, coder: str) -> Remark:
        """Open one remark again; the record keeps the answer that it had.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        coder : str
            Who says so.
        """
        from cpit_research.study.remarks import grid_review_reopen

        return grid_review_reopen(self, id, coder=coder)

    def recode(self, coding: Coding, code: str, *, coder: str, grid: str | None = None) -> Coding:
        """Give a coding another code, or the same one under a newer version of the grid.

        What it was stays in the record; its coder stays who put it.

        Parameters
        ----------
        coding : Coding
            As it stands.
        code : str
            Id of a code that stands in the grid.
        coder : str
            Who read it again.
        grid : str, optional
            Version of the grid, the newest by default.

        Raises
        ------
        NotFound
            If the coding or the code is unknown.
        InvalidInput
            If the code is a family, or no longer stands.
        """
        from cpit_research.study.code import recode

        return recode(self, [coding], code, coder=coder, grid=grid)[0]

    def grid_diff(self, older: str, newer: str) -> GridDiff:
        """Return what differs between two versions of the grid, word by word.

        Parameters
        ----------
        older, newer : str
            Two versions.
        """
        from cpit_research.study.release import grid_diff

        return grid_diff(self, older, newer)

    def grid_lineage(self, code: str, version: str | None = None) -> tuple[tuple[str, Change], ...]:
        """Return every change that led to a code, with its version, newest first.

        Parameters
        ----------
        code : str
            Id of a code.
        version : str, optional
            Version of the grid that one starts from, the newest by default.
        """
        from cpit_research.study.release import grid_lineage

        return grid_lineage(self, code, version)

    def grid_release(self, version: str | None = None) -> Released:
        """Release a draft of the grid: its file is marked, and never changes again.

        Parameters
        ----------
        version : str, optional
            Version, the newest by default.

        Returns
        -------
        Released
            The version, and the remarks that its file cites with their answers.

        Raises
        ------
        FormatError
            If it is released already, or fields that coders need are empty, each with its line.
        Conflict
            If the version that it comes from is still a draft.
        InvalidInput
            If something differs from that version and no change says so, or remarks of a review
            wait for an answer.
        """
        from cpit_research.study.release import grid_release

        return grid_release(self, version)

    def grid_debt(
        self, version: str | None = None, *, coder: str | None = None
    ) -> tuple[Owed, ...]:
        """Return the codings that changes of the grid leave to be read again, by coder and note.

        Parameters
        ----------
        version : str, optional
            Version of the grid, the newest by default.
        coder : str, optional
            One coder's alone.
        """
        from cpit_research.study.debt import grid_debt

        return grid_debt(self, version, coder=coder)

    def grid_recode(self, ids: Sequence[str], code: str, *, coder: str) -> int:
        """Give codings of the debt the code that they bear once read again.

        Parameters
        ----------
        ids : sequence of str
            Last characters of their ids, as :meth:`grid_debt` shows them.
        code : str
            Id of a code of the newest version.
        coder : str
            Who read them again.

        Returns
        -------
        int
            How many were read again.
        """
        from cpit_research.study.debt import grid_recode

        return grid_recode(self, ids, code, coder=coder)

    def anchors_list(self) -> tuple[WaitingAnchor, ...]:
        """Return the codings and memos that a corrected text left behind, with a proposed place."""
        from cpit_research.study.anchors import anchors_list

        return anchors_list(self)

    def anchors_accept(self, ids: Sequence[str] | None = None, *, coder: str) -> int:
        """Put passages that wait where it is proposed.

        Parameters
        ----------
        ids : sequence of str, optional
            Ids, or their last characters; all those that have a proposed place by default.
        coder : str
            Who says so.

        Returns
        -------
        int
            How many were put.

        Raises
        ------
        Conflict
            If no place is proposed for one of them: none is put.
        """
        from cpit_research.study.anchors import anchors_accept

        return anchors_accept(self, ids, coder=coder)

    def anchors_place(self, id: str, words: str, *, coder: str) -> Segment:
        """Put one passage that waits on words of the newest text.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        words : str
            Words that stand once in the newest text of the document.
        coder : str
            Who says so.

        Raises
        ------
        InvalidInput
            If the words are not there, or several times.
        """
        from cpit_research.study.anchors import anchors_place

        return anchors_place(self, id, words, coder=coder)

    def anchors_discard(self, id: str, reason: str, *, coder: str) -> None:
        """Take back one passage that waits; the record keeps it, with the reason.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        reason : str
            Why it no longer stands.
        coder : str
            Who says so.
        """
        from cpit_research.study.anchors import anchors_discard

        anchors_discard(self, id, reason, coder=coder)

    def anchors_undo(self, id: str, *, coder: str) -> None:
        """Bring a passage that was carried, placed or discarded back where it was.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        coder : str
            Who says so.
        """
        from cpit_research.study.anchors import anchors_undo

        anchors_undo(self, id, coder=coder)

    def sheet_export(self, coder: str, *, to: str | Path | None = None) -> Path:
        """Write the coding sheet of one coder, a working paper of the team.

        Parameters
        ----------
        coder : str
            Id of the coder; codings already hers are filled in.
        to : path, optional
            Where; ``data/processed/codage-CODER.xlsx`` by default.

        Raises
        ------
        Conflict
            If a file is there already: it may hold work that was not read back.
        """
        from cpit_research.study.sheets import sheet_export

        return sheet_export(self, coder, to=to)

    def sheet_import(self, paths: Sequence[str | Path]) -> SheetReport:
        """Read coding sheets back; what is already in the study is not doubled.

        Parameters
        ----------
        paths : sequence of paths
            The sheets, filled in.

        Notes
        -----
        A row whose text no longer matches is refused, and every problem is listed with its
        cell. Remarks become memos. Nothing is ever retracted by a sheet.
        """
        from cpit_research.study.sheets import sheet_import

        return sheet_import(self, paths)

    def grid_export(self, version: str | None = None, *, to: str | Path) -> Path:
        """Write a version of the grid for those who edit it elsewhere.

        Parameters
        ----------
        version : str, optional
            The newest by default.
        to : path
            ``.xlsx`` for a workbook, a sheet an axis and a row a code; ``.yaml`` for its file
            without comments.

        Raises
        ------
        Conflict
            If a file is there already: it may hold work that was not read back.
        """
        from cpit_research.study.grid_export import grid_export

        return grid_export(self, version, to=to)

    def grid_import(
        self, path: str | Path, *, version: str | None = None, write: bool = False
    ) -> GridImport:
        """Read a grid back from a spreadsheet: what would change, and nothing is written unasked.

        Parameters
        ----------
        path : path
            A workbook that :meth:`grid_export` wrote, edited; or one of its axes as ``.csv``.
        version : str, optional
            The version to change or to make; the one that the workbook names by default.
        write : bool
            Keep it: a draft is rewritten around its comments, and a version that is not there is
            made from the comments of the one before.

        Raises
        ------
        FormatError
            If the spreadsheet holds faults: all of them together, each with its sheet and cell.
        InvalidInput
            If the version is released: it never changes.
        """
        from cpit_research.study.grid_import import grid_import

        return grid_import(self, path, version=version, write=write)

    def conclude(self, finding: Finding, *, actor: str = "") -> Finding:
        """Keep a finding; one of the same reference is replaced by its new version.

        Parameters
        ----------
        finding : Finding
            The claim, what supports it and what qualifies it.
        actor : str
            Who concludes.

        Raises
        ------
        Conflict
            If it is kept already, and takes the reference of another one.
        """
        from cpit_research.study.conclude import conclude

        return conclude(self, finding, actor=actor)

    def finding_import(self, path: str | Path) -> tuple[Finding, ...]:
        """Keep the findings of a workbook such as ``data/raw/enseignements.xlsx``.

        Parameters
        ----------
        path : path
            Workbook with the sheets « Enseignements » and « Appuis ».

        Raises
        ------
        InvalidInput
            If a coding that it points at is not in the study: nothing is kept.
        """
        from cpit_research.study.conclude import finding_import

        return finding_import(self, path)

    def export(self, to: str | Path, content: Any = None) -> Path:
        """Write a document through the privacy gate; the suffix picks the writer.

        Parameters
        ----------
        to : path
            ``.docx``, ``.html`` or ``.xlsx``; ``.csv`` too for one table.
        content : Result, Finding, Document or a sequence of them, optional
            The standing summary of the study by default.

        Raises
        ------
        Withheld
            If a known name is left anywhere in the file, or the correspondence table is closed.
        """
        from cpit_research.study.export import export

        return export(self, to, content)

    def table_seal(self, names: str | Path, *, to: str | Path | None = None) -> Path:
        """Encrypt a workbook of names into the correspondence table, outside the study.

        Parameters
        ----------
        names : path
            Workbook with the sheet « Correspondance ».
        to : path, optional
            Age file to write; the place that ``CPIT_TABLE`` tells by default.
        """
        from cpit_research.study.correspondence import table_seal

        return table_seal(self, names, to=to)

    def backup(self) -> Backup:
        """Keep a copy of the study database now, in ``data/backups``.

        One is kept by itself before the first change of a day, before the database changes format
        and before another one is restored. Copies made by this method are never removed.

        Raises
        ------
        NotFound
            If the study has no database yet.
        """
        from cpit_research.study.backups import backup

        return backup(self)

    def backups(self) -> tuple[Backup, ...]:
        """Return the copies of the study database in ``data/backups``, newest first."""
        from cpit_research.study.backups import backups

        return backups(self)

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

        return restore(self, backup)

    def check(self) -> CheckReport:
        """Verify everything that the study holds, and tell whatever is wrong with its place.

        Pages, tables and guards of the database; the seal of every row, which one changed bit
        breaks; texts, parts, passages and links; the files received; grids and register.
        """
        from cpit_research.study.check import check

        return check(self)

    def close(self) -> None:
        """Let the database go."""
        self.shelf.close()

    def _keep_before_migration(self) -> None:
        from cpit_research.study.backups import keep_now

        keep_now(self, "migration")
