"""Bodies of calls: small, JSON, shallow."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from starlette.requests import Request

from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

__all__ = ["BODY_BYTES", "Refused", "read_body"]

#: The most bytes that a call may have.
BODY_BYTES: Final = 65_536
_DEPTH: Final = 12
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


class Refused(InvalidInput):
    """A body that is not read; `status` says why to the browser."""

    def __init__(self, what: str, *, status: int) -> None:
        super().__init__(what)
        self.status = status


async def read_body(request: Request) -> object:
    """Return what a body states.

    Raises
    ------
    Refused
        If it is not declared as JSON, too long, too deep, or no JSON.
    """
    declared = request.headers.getlist("content-type")
    if len(declared) != 1 or declared[0].partition(";")[0].strip().lower() != "application/json":
        raise Refused(_("A call is written in JSON."), status=415)
    return _parsed(await _bytes(request))


async def _bytes(request: Request) -> bytes:
    """Return the body, counted as it comes: a declared length may lie, or miss."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:12]) > BODY_BYTES:
        raise _too_long()
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > BODY_BYTES:
            raise _too_long()
    return bytes(held)


def _parsed(body: bytes) -> object:
    try:
        words = body.decode("utf-8")
        if _depth(words) > _DEPTH:
            raise Refused(_("This call cannot be read."), status=400)
        return json.loads(words, parse_constant=_refuse, object_pairs_hook=_pairs)
    except ValueError as error:
        raise Refused(_("This call cannot be read."), status=400) from error


def _depth(words: str) -> int:
    """Return how deep the brackets go, those inside strings apart."""
    deepest = depth = 0
    for sign in re.findall(r"[\[\]{}]", _STRING.sub("", words)):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refuse(_constant: str) -> NoReturn:
    raise ValueError


def _too_long() -> Refused:
    return Refused(
        _("This is too long to be sent at once (the limit is {n} kB).").format(
            n=BODY_BYTES // 1024
        ),
        status=413,
    )
