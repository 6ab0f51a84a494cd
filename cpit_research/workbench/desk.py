"""What answers: one study, one coder, one call at a time, and one search beside."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from contextlib import ExitStack, nullcontext
from pathlib import Path
from threading import Lock, RLock
from typing import Any, TypeVar

from cpit_research.errors import Conflict, NotFound
from cpit_research.study.code import check_coder
from cpit_research.study.study import Study
from cpit_research.wording import gettext as _
from cpit_research.wording import language, set_language, use_language
from cpit_research.workbench.calls import CALLS
from cpit_research.workbench.parcels import Parcels

__all__ = ["Desk"]

T = TypeVar("T")


class Desk:
    """The work of one coder in one study, whatever the door that calls come through.

    Whose work it is, the desk says, never a call: in a lot it is its coder, in a study whose
    register names one researcher it is she, else who is said here or by the call ``identify``;
    then it does not change any more.

    Parameters
    ----------
    study : Study, optional
        The study; none as long as nobody chose one (:meth:`take`).
    coder : str, optional
        Id of the coder.
    abilities : iterable of str
        What the door can do besides calls, such as ``"audio"``.

    Raises
    ------
    NotFound
        If the study knows no such coder.
    """

    def __init__(
        self,
        study: Study | None = None,
        *,
        coder: str | None = None,
        abilities: Iterable[str] = (),
    ) -> None:
        self.abilities = tuple(abilities)
        self.lock = RLock()
        #: Held by the one search under way, which the desk does not wait for.
        self.seeking = Lock()
        #: Files handed over in this session.
        self.parcels = Parcels()
        #: What is let go when the door closes.
        self.at_end = ExitStack()
        self.at_end.callback(self.parcels.close)
        #: How the door is closed from inside, when it can be.
        self.quit: Callable[[], object] | None = None
        #: Told when another study is on the desk, or none.
        self.moved: Callable[[], object] = lambda: None
        #: Folder of a copy of the demonstration, deleted at the end: nobody comes back to it.
        self.passing: Path | None = None
        #: What was to be said to whoever opens the first page.
        self.said = ""
        self._language = language()
        self._study: Study | None = None
        self._coder: str | None = None
        self._kept: dict[Hashable, Any] = {}
        if study is not None:
            self.take(study, coder)

    @property
    def study(self) -> Study:
        """The study at work.

        Raises
        ------
        Conflict
            If none was chosen yet.
        """
        if self._study is None:
            raise Conflict(_("No study is open here."), remedy=_("Open one first."))
        return self._study

    @property
    def has_study(self) -> bool:
        """Whether a study was chosen."""
        return self._study is not None

    @property
    def coder(self) -> str:
        """Whose work it is.

        Raises
        ------
        Conflict
            If nobody said so yet.
        """
        if self._coder is None:
            raise Conflict(
                _("Nobody has said whose work this is."), remedy=_("Choose who codes first.")
            )
        return self._coder

    @property
    def who(self) -> str | None:
        """Whose work it is, None as long as nobody said so."""
        return self._coder

    def take(self, study: Study, coder: str | None = None) -> None:
        """Put a study on the desk, in the place of the one before."""
        with self.lock:
            whose = coder or study.identity.lot or _only_one(study)
            if whose:
                check_coder(study, whose)
            self._study, self._coder = study, whose or None
            self.said = ""
            self._kept.clear()
        self.moved()

    def leave(self) -> None:
        """Take the study off the desk."""
        with self.lock:
            self._study, self._coder = None, None
            self._kept.clear()
        self.moved()

    def identify(self, coder: str) -> None:
        """Say whose work it is, once.

        Raises
        ------
        NotFound
            If the study knows no such coder.
        Conflict
            If it is the work of somebody else already.
        """
        check_coder(self.study, coder)
        if self._coder not in {None, coder}:
            raise Conflict(
                _("This workbench is that of {coder}.").format(coder=self._coder),
                remedy=_("Close it, then open it again for “{coder}”.").format(coder=coder),
            )
        self._coder = coder
        self._kept.clear()

    def close(self) -> None:
        """Let go of what this session held."""
        self.at_end.close()

    def speak(self, wanted: str) -> None:
        """Answer in this language from now on, the call under way included."""
        self._language = wanted
        set_language(wanted)

    def handle(self, name: str, params: object) -> object:
        """Answer one call.

        Parameters
        ----------
        name : str
            Name of the call.
        params : object
            A JSON object, read.

        Returns
        -------
        object
            The answer, in JSON's types.

        Raises
        ------
        NotFound
            If there is no such call.
        CpitError
            If it cannot be done.
        """
        call = CALLS.get(name)
        if call is None:
            raise NotFound(_("There is no call “{name}”.").format(name=name))
        with nullcontext() if call.aside else self.lock, use_language(self._language):
            return call(self, params)

    def counter(self) -> int:
        """Return a number that changes whenever anybody changes the study."""
        with self.lock:
            return self.study.shelf.database.change_counter() if self.has_study else 0

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` made first under this key, for this study and coder."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept


def _only_one(study: Study) -> str:
    known = study.register.researchers
    return known[0].id if len(known) == 1 else ""
