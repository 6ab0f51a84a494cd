"""The application: calls, changes, recordings, and the files of the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from cpit_research.errors import CpitError
from cpit_research.workbench.calls import CALLS
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server.bodies import Refused, read_body
from cpit_research.workbench.server.files import PAGES, page, recording
from cpit_research.workbench.server.guard import KEY_HEADER, Guard
from cpit_research.workbench.server.parcels import Downloads, Uploads
from cpit_research.workbench.server.sessions import Sessions
from cpit_research.workbench.server.streaming import Watch
from cpit_research.workbench.trouble import trouble_of, unexpected

__all__ = ["build_app"]


def build_app(desk: Desk, sessions: Sessions, watch: Watch) -> ASGIApp:
    """Return the application behind its guard."""
    routes = [
        Route("/api/changes", _Changes(watch), methods=["GET"]),
        Route("/api/{name}", _Calls(desk, watch), methods=["POST"]),
        Route("/upload", Uploads(desk, watch), methods=["POST"]),
        Route("/download/{file}", Downloads(desk), methods=["GET"]),
        Route("/audio/{source}", _Recordings(desk), methods=["GET"]),
        *(Route(path, page, methods=["GET"]) for path in PAGES),
    ]
    app = Starlette(routes=routes, exception_handlers={Exception: _failed})
    app.router.redirect_slashes = False
    return Guard(app, sessions, _here(desk, sessions))


def _here(desk: Desk, sessions: Sessions) -> Callable[[str], str] | None:
    """Return what proves which study is open here."""
    door = sessions.door
    if door is None:
        return None
    return lambda nonce: door.proof(desk.study.folder if desk.has_study else None, nonce)


class _Calls:
    """Answers calls, one at a time; those that hold nobody up, beside the others."""

    def __init__(self, desk: Desk, watch: Watch) -> None:
        self._desk = desk
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        call = CALLS.get(request.path_params["name"])
        with nullcontext() if call and call.aside else self._watch.answering():
            answer = await self._answer(request)
            if request.path_params["name"] == "hello":
                answer.headers[KEY_HEADER] = scope["key"]
            await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in CALLS:
            return Response(status_code=404)
        try:
            params = await read_body(request)
            return _json(await to_thread.run_sync(self._desk.handle, name, params))
        except Refused as error:
            return _json(trouble_of(error), error.status)
        except CpitError as error:
            return _json(trouble_of(error), 422)


class _Changes:
    """Tells what happens, as long as the page listens."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        mark = request.headers.get("last-event-id") or request.query_params.get("since")
        told = self._watch.told(mark, request.query_params.getlist("coders"))
        answer = StreamingResponse(told, media_type="text/event-stream")
        await answer(scope, receive, send)


class _Recordings:
    """Sends recordings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await recording(self._desk, Request(scope).path_params["source"])
        await answer(scope, receive, send)


async def _failed(_request: Request, _error: Exception) -> Response:
    """Answer what nobody expected; the terminal says where it happened."""
    return _json(unexpected(), 500)


def _json(value: object, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(body, status, media_type="application/json")
