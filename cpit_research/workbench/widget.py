"""The door of notebooks: the same page in a cell, through messages that nothing keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final
from weakref import ref

from anywidget import AnyWidget
from traitlets import Unicode

from cpit_research.errors import CpitError
from cpit_research.study.study import Study
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.page import BUNDLE, STYLE
from cpit_research.workbench.trouble import trouble_of, unexpected

__all__ = ["Workbench"]

#: Seconds between two looks at what others did.
LOOK: Final = 1.0


class Workbench(AnyWidget):
    """The workbench in a cell of JupyterLab.

    A traitlet that the page shares would be saved in the notebook: the front end itself is one,
    what the study holds never is. It travels in messages: ``{id, call, params}`` is answered by
    ``{id, result}`` or ``{id, trouble}``; ``{changes}`` comes by itself, with the work of the
    coders whom ``{listen}`` names.

    Parameters
    ----------
    study : Study
        The study.
    coder : str, optional
        Whose work it is; else she says so on the page.
    """

    _esm = Unicode().tag(sync=True)
    _css = Unicode().tag(sync=True)

    def __init__(self, study: Study, *, coder: str | None = None) -> None:
        super().__init__(
            _esm=BUNDLE.read_text(encoding="utf-8"), _css=STYLE.read_text(encoding="utf-8")
        )
        self._desk = Desk(study, coder=coder)
        self._mark: str | None = None
        self._coders: tuple[str, ...] = ()
        self._counter: int | None = None
        self._looking: asyncio.Task[None] | None = None
        self.on_msg(_answer)

    def __repr__(self) -> str:
        return "<Workbench>"

    def answer(self, content: Mapping[str, Any]) -> None:
        """Answer one message of the page."""
        if isinstance(content.get("listen"), list):
            self._coders = tuple(map(str, content["listen"]))
        if not isinstance(content.get("call"), str) or "id" not in content:
            return
        reply = {"id": content["id"], "trouble": unexpected()}
        try:
            result = self._desk.handle(content["call"], content.get("params", {}))
            reply = {"id": content["id"], "result": result}
        except CpitError as error:
            reply["trouble"] = trouble_of(error)
        finally:
            self.send(reply)
        self._look_on()

    def look(self) -> None:
        """Tell the page what happened since the last time, if anything did."""
        if self._desk.who is None:
            return
        counter = self._desk.counter()
        if counter == self._counter:
            return
        changes: Any = self._desk.handle(
            "changes", {"since": self._mark, "coders": list(self._coders)}
        )
        if changes["mark"] != self._mark or changes["notes"] or changes["reset"]:
            self.send({"changes": changes})
        self._counter, self._mark = counter, changes["mark"]

    def close(self) -> None:
        """Take the cell away."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        super().close()

    def _look_on(self) -> None:
        """Look at the study from time to time, from the first message on, where the kernel can."""
        if self._looking is None:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:  # no kernel: a script, a test
                return
            self._looking = loop.create_task(_look_from_time_to_time(ref(self)))


def _answer(widget: Workbench, content: Mapping[str, Any], _buffers: object) -> None:
    widget.answer(content)


async def _look_from_time_to_time(held: ref[Workbench]) -> None:
    """Let a cell look as long as it is there; this alone never keeps it."""
    while (widget := held()) is not None:
        with suppress(CpitError):  # another process keeps the study for a moment
            widget.look()
        del widget
        await asyncio.sleep(LOOK)
