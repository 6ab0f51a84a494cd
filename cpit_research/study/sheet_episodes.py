"""Episodes in coding sheets: the same label in one document is one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.placing import Placed, Problem
from cpit_research.errors import CpitError
from cpit_research.model.coding_sheet import CodingSheet, SheetRow
from cpit_research.model.episode import EFFECTIVITY, Episode
from cpit_research.model.grid import Grid
from cpit_research.study.episode_draft import Draft
from cpit_research.text.closeness import nearest
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _

__all__ = ["ShownEpisodes", "group", "shown_episodes"]

Marks = Sequence[tuple[Placed, UUID]]


class ShownEpisodes:
    """What the rows of a sheet show of the episodes of its coder."""

    def __init__(self, labels: dict[UUID, tuple[Episode, str]], names: dict[str, str]) -> None:
        self._labels = labels
        self._names = names

    def of(self, codings: Iterable[UUID]) -> tuple[str, str]:
        """Return the label and the effectivity of a row that bears some codings.

        Both are empty unless all of them are in one episode: the row could not say the rest.
        """
        found = {self._labels.get(key) and self._labels[key][0].id: key for key in codings}
        if len(found) != 1:
            return "", ""
        ((episode, key),) = found.items()
        if episode is None:
            return "", ""
        told, label = self._labels[key]
        return label, self._names.get(told.facets.get(EFFECTIVITY, ""), "")


def shown_episodes(codings: Codings) -> ShownEpisodes:
    """Return what a sheet shows of episodes; those without a label get a number for the sheet."""
    labels: dict[UUID, tuple[Episode, str]] = {}
    taken: dict[str, set[str]] = {}
    for episode in codings.episodes:
        taken.setdefault(episode.source, set()).add(fold(episode.label))
    for episode in codings.episodes:
        label = episode.label
        if not label and len(episode.codings) > 1:
            label = _free(taken[episode.source])
        labels |= dict.fromkeys(episode.codings, (episode, label))
    return ShownEpisodes(labels, _effectivities(codings.grid))


def group(draft: Draft, sheet: CodingSheet, marks: Marks, grid: Grid) -> tuple[int, list[Problem]]:
    """Make the episodes that a sheet tells, and give those that are there what it adds.

    Nothing is ever taken out of an episode, nor told otherwise than it was: what a sheet would
    change is a problem.

    Returns
    -------
    told : int
        How many episodes were made or added to.
    problems : list of Problem
        What was not kept.
    """
    problems = [
        Problem(
            row.episode_cell or row.effectivity_cell or row.cell,
            _("An episode without a code: choose a code in this row, or empty the cell."),
        )
        for row in sheet.rows
        if (row.episode or row.effectivity) and not row.marks
    ]
    told = 0
    for rows, ids in _events(marks):
        try:
            told += _tell(draft, rows, ids, _effectivity(rows, grid))
        except _Refused as refused:
            problems.append(refused.problem)
        except CpitError as error:
            problems.append(Problem(rows[0].episode_cell or rows[0].cell, str(error)))
    return told, problems


class _Refused(Exception):  # never seen outside this module
    """Why rows cannot become an episode."""

    def __init__(self, cell: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = Problem(cell, sentence)


def _events(marks: Marks) -> list[tuple[list[SheetRow], list[UUID]]]:
    """Return the rows and the codings of each event: one a label, one a row without label."""
    events: dict[tuple[str, ...], tuple[list[SheetRow], list[UUID]]] = {}
    for placed, key in marks:
        row = placed.row
        if row is None or not (row.episode or row.effectivity):
            continue
        own = (row.source, fold(row.episode)) if row.episode else (row.source, "", row.cell)
        rows, ids = events.setdefault(own, ([], []))
        ids.append(key)
        if row not in rows:
            rows.append(row)
    return list(events.values())


def _effectivity(rows: Sequence[SheetRow], grid: Grid) -> str:
    """Return the one value that the rows of an event state, or nothing."""
    names = _effectivities(grid)
    known = {fold(said): value for value, name in names.items() for said in (value, name)}
    stated: dict[str, SheetRow] = {}
    for row in rows:
        if not row.effectivity:
            continue
        value = known.get(fold(row.effectivity))
        if value is None:
            close = nearest(row.effectivity, names.values())
            raise _Refused(
                row.effectivity_cell,
                _("“{value}” is not an effectivity of the grid.").format(value=row.effectivity)
                + (f" {_('Did you mean “{name}”?').format(name=close)}" if close else ""),
            )
        stated.setdefault(value, row)
    if len(stated) > 1:
        last = list(stated.values())[-1]
        raise _Refused(
            last.effectivity_cell,
            _("The rows of the episode “{label}” state several effectivities: {values}.").format(
                label=last.episode, values=", ".join(names[value] for value in stated)
            ),
        )
    return next(iter(stated), "")


def _tell(draft: Draft, rows: Sequence[SheetRow], ids: list[UUID], effectivity: str) -> bool:
    """Make an episode, or add to the one that is there; return whether there was something new."""
    label = rows[0].episode
    cell = rows[0].episode_cell or rows[0].effectivity_cell
    targets = [one for one in draft.hers if _is_it(one, ids, rows[0].source, label)]
    facets = {EFFECTIVITY: effectivity} if effectivity else {}
    if not targets:
        draft.put(ids, facets=facets, label=label)
        return True
    there = targets[0]
    if len(targets) > 1 or (label and there.label and fold(label) != fold(there.label)):
        raise _Refused(
            cell,
            _("These codings are already in another episode ({labels}); a sheet never moves them.")
            .format(labels=", ".join(one.label or "–" for one in targets)),
        )  # fmt: skip
    if effectivity and there.facets.get(EFFECTIVITY, effectivity) != effectivity:
        raise _Refused(
            rows[0].effectivity_cell or cell,
            _("The study has another effectivity for this episode; a sheet never changes it."),
        )
    if set(ids) <= set(there.codings) and (not effectivity or EFFECTIVITY in there.facets):
        return False
    draft.put(
        [*there.codings, *ids], principal=there.principal, actors=there.actors,
        posture=there.posture, facets={**there.facets, **facets}, label=there.label or label,
        note=there.note, same_as=there.same_as, subject=there.id,
    )  # fmt: skip
    return True


def _is_it(episode: Episode, ids: Sequence[UUID], source: str, label: str) -> bool:
    named = bool(label) and episode.source == source and fold(episode.label) == fold(label)
    return named or any(key in episode.codings for key in ids)


def _effectivities(grid: Grid) -> dict[str, str]:
    return next((dict(facet.values) for facet in grid.facets if facet.id == EFFECTIVITY), {})


def _free(taken: set[str]) -> str:
    number = 1
    while fold(f"épisode {number}") in taken:
        number += 1
    taken.add(fold(f"épisode {number}"))
    return f"épisode {number}"
