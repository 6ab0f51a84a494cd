"""What is refused before anything is looked at: other hosts, other origins, strangers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cpit_research.wording import gettext as _
from cpit_research.workbench.server.doors import HERE
from cpit_research.workbench.server.sessions import Sessions

__all__ = ["KEY_HEADER", "Guard"]

#: The header that no form and no other site can send.
KEY_HEADER: Final = "X-Cpit-Key"
#: What the first call of a page says, which has no key yet and receives it.
NO_KEY: Final = "ask"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FIRST_CALL: Final = "/api/hello"
_NONCE: Final = re.compile(r"[0-9a-f]{32}")


class Guard:
    """An application behind a door.

    A request must name this host and this port, come from this page or from nowhere, and bear
    the cookie that the link of the terminal was exchanged for; what changes anything must also
    bear the key of the page. Every answer bears the headers that confine a page.
    """

    def __init__(
        self, app: ASGIApp, sessions: Sessions, here: Callable[[str], str] | None = None
    ) -> None:
        self._app = app
        self._here = here
        self._sessions = sessions
        self._hosts = {f"{name}:{sessions.port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close"})
            return
        answer = self._refusal(scope) or self._proof(scope) or self._entrance(scope)
        answer = answer or self._stranger(scope)
        await (answer or self._app)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        """Refuse what comes from elsewhere."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return _refused(403)
        if scope["method"] not in {"GET", "POST"}:
            return _refused(405)
        if any(origin != f"http://{hosts[0]}" for origin in origins):
            return _refused(403)
        site = headers.get("sec-fetch-site", "same-origin")
        if scope["method"] == "POST":
            return None if len(origins) == 1 and site == "same-origin" else _refused(403)
        enters = scope["path"] == "/" and "token" in Request(scope).query_params
        return None if enters or site in {"same-origin", "none"} else _refused(403)

    def _proof(self, scope: Scope) -> Response | None:
        """Prove to a second launch that this is the door it looks for: nothing else is said."""
        if self._here is None or scope["method"] != "GET" or scope["path"] != HERE:
            return None
        nonce = Request(scope).query_params.get("nonce", "")
        if _NONCE.fullmatch(nonce) is None:
            return _refused(400)
        return PlainTextResponse(self._here(nonce))

    def _entrance(self, scope: Scope) -> Response | None:
        """Exchange the token of the link for a cookie."""
        request = Request(scope)
        token = request.query_params.get("token")
        if scope["method"] != "GET" or scope["path"] != "/" or token is None:
            return None
        cookie = self._sessions.exchange(token)
        if cookie is None:
            # The link again, by whoever is already in: a page reloaded, a bookmark.
            return RedirectResponse("/", 303) if self._cookie(scope) else _stranger()
        answer = _inside(request.headers.get("sec-fetch-site", "none"))
        answer.set_cookie(self._sessions.cookie, cookie, httponly=True, samesite="strict", path="/")
        return answer

    def _stranger(self, scope: Scope) -> Response | None:
        """Refuse who has no cookie, and calls without the key of their page."""
        cookie = self._cookie(scope)
        if cookie is None:
            return _stranger()
        if scope["method"] != "POST":
            return None
        key, right = Headers(scope=scope).getlist(KEY_HEADER), self._sessions.key(cookie)
        scope["key"] = right
        first = scope["path"] == _FIRST_CALL and key == [NO_KEY]
        return None if first or key == [right] else _refused(403)

    def _cookie(self, scope: Scope) -> str | None:
        """Return the cookie of a request, if it was given here."""
        for header in Headers(scope=scope).getlist("cookie"):
            try:
                held = SimpleCookie(header).get(self._sessions.cookie)
            except CookieError:
                continue
            if held is not None and self._sessions.knows(held.value):
                return held.value
        return None


def _inside(site: str) -> Response:
    """Send a browser that was let in to the page."""
    if site != "cross-site":
        return RedirectResponse("/", 303)
    # Followed from another site, a redirection would not bear the cookie: the page asks again.
    return Response(
        '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>CPIT</title>',
        media_type="text/html",
    )


def _stranger() -> Response:
    return PlainTextResponse(
        _("Open the workbench by the link that “cpit workbench” has just printed."), 401
    )


def _refused(status: int) -> Response:
    return Response(status_code=status)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sent
