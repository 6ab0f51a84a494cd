"""Every call, by name.

To add some: write ``calls/<theme>.py`` with one function a call, ``def f(desk, params)``, where
`params` is a frozen dataclass that says what the call takes (``Nothing`` if it takes none); end
it with a table ``CALLS = {"theme.verb": Call(f, Params)}``; add that table below.
Answers are made of JSON's types. Errors of the library are for the reader: let them rise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cpit_research.workbench.calls import (
    changes,
    codebook,
    conflicts,
    corrections,
    debt,
    disputes,
    hello,
    home,
    lots,
    note,
    notes,
    passages,
    perform,
    rounds,
    search,
    suggestions,
)
from cpit_research.workbench.params import Call

__all__ = ["CALLS"]

CALLS: Final[Mapping[str, Call[Any]]] = {
    **hello.CALLS,
    **notes.CALLS,
    **note.CALLS,
    **codebook.CALLS,
    **perform.CALLS,
    **search.CALLS,
    **passages.CALLS,
    **changes.CALLS,
    **home.CALLS,
    **lots.CALLS,
    **corrections.CALLS,
    **rounds.CALLS,
    **disputes.CALLS,
    **debt.CALLS,
    **suggestions.CALLS,
    **conflicts.CALLS,
}
