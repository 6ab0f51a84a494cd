"""What the page is made of, and recordings: files chosen here, never by a path that is asked."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from cpit_research.formats.received.recording import MEDIA
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.page import STATIC
from cpit_research.workbench.recordings import recording_of

__all__ = ["PAGES", "page", "recording"]

#: Every file that is served, with its type.
PAGES: Final = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/workbench.js": ("workbench.js", "text/javascript; charset=utf-8"),
    "/workbench.css": ("workbench.css", "text/css; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}


async def page(request: Request) -> Response:
    """Send a file of the front end, if the browser has not the same already."""
    name, kind = PAGES[request.url.path]
    found = STATIC / name
    if not found.is_file():
        return Response(status_code=404)
    content = found.read_bytes()
    tag = f'"{_digest(content)}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers={**headers, "Content-Type": kind})


@lru_cache(maxsize=8)
def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


async def recording(desk: Desk, key: str) -> Response:
    """Send the recording of a note, or the part of it that is asked."""

    def found() -> tuple[str, str] | None:
        with desk.lock:
            source = desk.study.corpus.get(key) if desk.has_study else None
            path = recording_of(desk.study, source) if source else None
        return (str(path), MEDIA[path.suffix.lower()]) if path else None

    held = await to_thread.run_sync(found)
    if held is None:
        return Response(status_code=404)
    path, kind = held
    return FileResponse(path, media_type=kind, headers={"Cache-Control": "private, no-store"})
