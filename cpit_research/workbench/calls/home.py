"""The first page: which study, which lot, where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cpit_research.errors import Conflict, InvalidInput
from cpit_research.formats.parcel import Parcel, read_parcel
from cpit_research.formats.study_file import NAME, from_study_file
from cpit_research.formats.written.launcher_file import file_name
from cpit_research.study.launcher import launcher
from cpit_research.study.opening import open_study
from cpit_research.study.sharing.lot_folder import open_lot
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.workbench import recent
from cpit_research.workbench.calls.hello import Greeting, hello
from cpit_research.workbench.params import Call, Nothing
from cpit_research.workbench.passing import passing_folder

if TYPE_CHECKING:
    from cpit_research.study.study import Study
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS", "sit_down"]


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of this machine."""

    folder: str


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was received by the door, by its id."""

    file: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A lot received, and the folder where it shall be."""

    file: str
    folder: str


@dataclass(frozen=True, slots=True)
class Launching:
    """Whether the launcher opens the first page rather than this study."""

    home: bool = False


def home(desk: Desk, _params: Nothing) -> dict[str, Any]:
    """Return what the first page shows: studies opened before, where new ones go."""
    return {
        "recent": [_recent(one) for one in recent.known()],
        "documents": str(recent.documents()),
        "said": desk.said,
        "kept": str(recent.data_folder()),
    }


def open_(desk: Desk, params: Place) -> dict[str, Any]:
    """Put the study of a folder on the desk."""
    folder = _written(params.folder)
    if not folder.is_absolute():
        raise InvalidInput(
            _("“{name}” is not the whole place of a folder.").format(name=params.folder),
            remedy=_("Write it from its disk on, such as {folder}.").format(
                folder=recent.documents() / _("My study")
            ),
        )
    return sit_down(desk, open_study(folder))


def forget(desk: Desk, params: Place) -> dict[str, Any]:
    """Take a study out of the list; its folder stays."""
    recent.forget(Path(params.folder))
    return home(desk, Nothing())


def leave(desk: Desk, _params: Nothing) -> dict[str, Any]:
    """Go back to the first page; the file of the study is let go."""
    before = desk.study if desk.has_study else None
    desk.leave()
    if before is not None:
        before.close()
    return hello(desk, Greeting())


def look(desk: Desk, params: Received) -> dict[str, Any]:
    """Tell what a file received is, and where it would be opened."""
    with desk.parcels.received(params.file) as file:
        parcel = read_parcel(file)
    if parcel.kind != "lot":
        raise Conflict(
            _("This file is the work that {coder} sends back, not a lot.").format(
                coder=parcel.manifest["coder"]
            ),
            remedy=_("Whoever holds the study opens it there, under “Receive work”."),
        )
    title, coder = _title(parcel), str(parcel.manifest["coder"])
    stated = parcel.manifest.get("documents")
    return {
        "title": title,
        "coder": coder,
        "documents": stated if isinstance(stated, int) else None,
        "folder": str(_free(recent.documents(), _("{title} – lot of {coder}"), title, coder)),
        "already": [
            str(one.folder)
            for one in recent.known()
            if one.identity is not None
            and str(one.identity.id) == parcel.manifest["study"]
            and one.identity.lot == coder
        ],
    }


def receive(desk: Desk, params: Opening) -> dict[str, Any]:
    """Open a lot received in a folder, and put it on the desk."""
    folder = _written(params.folder.strip())
    if not params.folder.strip() or ".." in folder.parts:
        raise _no_folder(params.folder)
    with desk.parcels.received(params.file) as file:
        study = open_lot(file, recent.documents() / folder)
    desk.parcels.discard(params.file)
    return sit_down(desk, study)


def demo(desk: Desk, _params: Nothing) -> dict[str, Any]:
    """Put a copy of the demonstration on the desk, deleted when the door closes."""
    from cpit_research.study.demo import demonstration

    folder = desk.at_end.enter_context(passing_folder())
    study = desk.at_end.enter_context(demonstration(folder / "demonstration"))
    desk.passing = study.folder
    return sit_down(desk, study)


def close(desk: Desk, _params: Nothing) -> dict[str, Any]:
    """Close the door: the program ends."""
    if desk.quit is None:
        raise Conflict(_("This workbench is closed where it was opened."))
    desk.quit()
    return {}


def write_launcher(desk: Desk, params: Launching) -> dict[str, str]:
    """Write a launcher on the desktop."""
    path = launcher(desk.study if desk.has_study and not params.home else None)
    return {"name": path.stem, "path": str(path), "system": path.suffix}


def _written(words: str) -> Path:
    """Return the folder that somebody writes, such as ``~/Documents/étude``."""
    try:
        folder = Path(words).expanduser()
        folder.is_dir()
    except (OSError, RuntimeError) as error:  # too long for a name; a person who is not here
        raise _no_folder(words) from error
    return folder


def _no_folder(words: str) -> InvalidInput:
    return InvalidInput(
        _("“{name}” does not name a folder.").format(name=shortened(words)),
        remedy=_("Choose a new folder."),
    )


def sit_down(desk: Desk, study: Study) -> dict[str, Any]:
    """Put a study on the desk, in the place of the one before."""
    before = desk.study if desk.has_study else None
    desk.take(study)
    if before is not None:
        before.close()
    return hello(desk, Greeting())


def _recent(one: recent.Recent) -> dict[str, Any]:
    identity = one.identity
    return {
        "folder": str(one.folder),
        "title": (identity.title if identity else "") or one.folder.name,
        "lot": (identity.lot if identity else "") or None,
        "demonstration": bool(identity and identity.demonstration),
        "there": identity is not None,
    }


def _title(parcel: Parcel) -> str:
    identity = parcel.read(lambda: from_study_file(parcel.parts[NAME], parcel.path))
    return identity.title or _("Study")


def _free(folder: Path, name: str, title: str, coder: str) -> Path:
    """Return the first place of that name where nothing is."""
    wanted = file_name(name.format(title=title, coder=coder))
    places = (folder / (wanted if n == 1 else f"{wanted} {n}") for n in range(1, 1000))
    return next((place for place in places if not place.exists()), folder / wanted)


CALLS: Final[Mapping[str, Call[Any]]] = {
    "home": Call(home, Nothing),
    "home.open": Call(open_, Place),
    "home.forget": Call(forget, Place),
    "home.leave": Call(leave, Nothing),
    "home.demo": Call(demo, Nothing),
    "home.close": Call(close, Nothing),
    "home.look": Call(look, Received),
    "home.receive": Call(receive, Opening),
    "home.launcher": Call(write_launcher, Launching),
}
