"""Files that a person hands over, and those that she takes away."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import quote, unquote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from cpit_research.errors import CpitError, InvalidInput
from cpit_research.wording import gettext as _
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server.bodies import Refused
from cpit_research.workbench.server.streaming import Watch
from cpit_research.workbench.trouble import trouble_of

__all__ = ["Downloads", "Uploads"]

NAME_HEADER: Final = "X-Cpit-Name"
_BYTES: Final = "application/octet-stream"
_LONGEST: Final = 1000


class Uploads:
    """Receives one file, and answers the id under which it is held."""

    def __init__(self, desk: Desk, watch: Watch) -> None:
        self._desk = desk
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Receive it."""
        with self._watch.answering():
            answer = await self._answer(Request(scope, receive))
            await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            _check(request, self._desk.parcels.limit)
            key = await self._desk.parcels.receive(request.stream(), _name(request))
        except Refused as error:
            return _json(trouble_of(error), error.status)
        except InvalidInput as error:
            return _json(trouble_of(error), 413)
        except ClientDisconnect:  # whoever sent it is gone, and what had come too
            return Response(status_code=400)
        return _json({"file": key})


class Downloads:
    """Sends a file that the desk wrote in this session."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        answer = self._answer(Request(scope).path_params["file"])
        await answer(scope, receive, send)

    def _answer(self, key: str) -> Response:
        try:
            path = self._desk.parcels.given(key)
        except CpitError:
            return Response(status_code=404)
        named = f"attachment; filename*=utf-8''{quote(path.name, safe='')}"
        headers = {"Content-Disposition": named, "Cache-Control": "private, no-store"}
        return FileResponse(path, media_type="application/zip", headers=headers)


def _name(request: Request) -> str:
    """Return what the person calls the file; a header holds no accent, hence the per cents."""
    return unquote(request.headers.get(NAME_HEADER, "")[:_LONGEST], errors="replace")


def _check(request: Request, limit: int) -> None:
    """Refuse, before it comes, what does not say that it is a file of a weight that is read."""
    if request.headers.getlist("content-type") != [_BYTES]:
        raise Refused(_("A file is sent as it is."), status=415)
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:15]) > limit:
        raise Refused(
            _("This file weighs more than {limit} MB.").format(limit=limit // 2**20), status=413
        )


def _json(value: object, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False)
    return Response(body, status, media_type="application/json")
