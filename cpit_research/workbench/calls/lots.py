"""What leaves and what comes back: the work of a coder, the lot that she receives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from cpit_research.study.rounds.blind import hidden
from cpit_research.study.sharing.outgoing import outgoing
from cpit_research.wording import gettext as _
from cpit_research.workbench.params import Call, Nothing
from cpit_research.workbench.revealing import reveal

if TYPE_CHECKING:
    from pathlib import Path

    from cpit_research.study.sharing.lots import Lot
    from cpit_research.study.sharing.merge import MergeReport
    from cpit_research.study.study import Study
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


@dataclass(frozen=True, slots=True)
class File:
    """A file received or handed over, by its id."""

    file: str


@dataclass(frozen=True, slots=True)
class Preparing:
    """Whose lot, and of which notes: those named, those of a round, or all."""

    coder: str
    sources: tuple[str, ...] | None = None
    round: str | None = None


def sending(desk: Desk, _params: Nothing) -> dict[str, Any]:
    """Tell what would be sent now, and when work was last sent."""
    told = outgoing(desk.study, desk.coder)
    return {
        "events": dict(told.events),
        "fresh": dict(told.fresh),
        "quoting": told.quoting,
        "last": _handed(desk, told.last) if told.last else None,
        "sent": int(told.sent.timestamp() * 1000) if told.sent else None,
    }


def send(desk: Desk, _params: Nothing) -> dict[str, Any]:
    """Write the bundle of the coder."""
    bundle = desk.study.bundle_export(desk.coder)
    return {
        **_handed(desk, bundle.path),
        "events": sum(bundle.events.values()),
        "documents": bundle.documents,
        "quoting": bundle.quoting,
    }


def choices(desk: Desk, _params: Nothing) -> dict[str, Any]:
    """Return for whom and of what a lot can be prepared."""
    study = _whole(desk)
    return {
        "coders": [one.id for one in study.register.researchers if one.standing != "machine"],
        "rounds": [
            {"name": one.name, "coders": list(one.coders), "notes": len(one.sources)}
            for one in study.round_list()
            if one.state == "open"
        ],
    }


def prepare(desk: Desk, params: Preparing) -> dict[str, Any]:
    """Write the lot of one coder."""
    lot = _whole(desk).lot_export(params.coder, sources=params.sources, round=params.round)
    return {
        **_handed(desk, lot.path),
        "coder": lot.coder,
        "documents": len(lot.sources),
        **_counted(desk, lot),
    }


def _counted(desk: Desk, lot: Lot) -> dict[str, int]:
    """Return how much work goes and stays, unless a round under way hides it from who prepares."""
    apart = hidden(desk.study.shelf.rounds(), desk.coder).values()
    if any(lot.coder in others for others in apart):
        return {}
    return {"events": lot.events, "left_behind": lot.left_behind}


def trial(desk: Desk, params: File) -> dict[str, Any]:
    """Tell what work received would bring, and change nothing."""
    with desk.parcels.received(params.file) as file:
        return _report(_whole(desk).merge([file], dry_run=True), file)


def merge(desk: Desk, params: File) -> dict[str, Any]:
    """Bring work received into the study."""
    with desk.parcels.received(params.file) as file:
        told = _report(_whole(desk).merge([file]), file)
    desk.parcels.discard(params.file)
    return told


def show(desk: Desk, params: File) -> dict[str, Any]:
    """Open the folder of a file that was written, on this machine."""
    reveal(desk.parcels.given(params.file))
    return {}


def _whole(desk: Desk) -> Study:
    """Return the study, once somebody has said whose work this is."""
    _who = desk.coder
    return desk.study


def _handed(desk: Desk, path: Path) -> dict[str, str]:
    place = path.resolve()
    return {"file": desk.parcels.give(place), "name": place.name, "folder": str(place.parent)}


def _report(report: MergeReport, file: Path) -> dict[str, Any]:
    return {
        "coders": [{**asdict(row), "new": row.new} for row in report.coders],
        "moved": report.moved,
        "to_confirm": report.to_confirm,
        "conflicts": report.conflicts,
        "notices": [_plain(one, file) for one in report.notices],
        "refused": [_plain(one, file) for one in report.refused],
        "nothing": report.is_empty,
        "backup": str(report.backup) if report.backup else None,
    }


def _plain(sentence: str, file: Path) -> str:
    """Return a sentence that does not say where the file received lies meanwhile."""
    place = _("File: {path}.").format(path=file)
    named = _("{name}: {sentence}").format(name=file.name, sentence="")
    return sentence.removeprefix(named).replace(place, "").strip()


CALLS: Final[Mapping[str, Call[Any]]] = {
    "lots.sending": Call(sending, Nothing),
    "lots.send": Call(send, Nothing),
    "lots.choices": Call(choices, Nothing),
    "lots.prepare": Call(prepare, Preparing),
    "lots.trial": Call(trial, File),
    "lots.merge": Call(merge, File),
    "lots.show": Call(show, File),
}
