"""A desk on a small study, and a browser that was let in."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from keeping.small_studies import make_study, marks

from cpit_research.study.study import Study
from cpit_research.wording import use_language
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server.app import build_app
from cpit_research.workbench.server.guard import KEY_HEADER
from cpit_research.workbench.server.sessions import Sessions
from cpit_research.workbench.server.streaming import Watch

PORT = 8123
Headers = dict[str, str | bytes | None] | None
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"


class Browser:
    """What a browser sends: a cookie once it was let in, where it comes from, the key it read."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.links: list[str] = []
        self.sessions = Sessions(b"s" * 32, PORT, self.links.append)
        self.watch = Watch(desk)
        self.app = build_app(desk, self.sessions, self.watch)
        self.headers = {"Host": HOST, "Sec-Fetch-Site": "same-origin"}
        self.key = "ask"

    def send(self, method: str, path: str, headers: Headers = None, **rest: Any) -> httpx.Response:
        """Send a request; a header given as None is left out."""
        stated = {**self.headers, **(headers or {})}
        kept = {name: value for name, value in stated.items() if value is not None}

        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
                return await client.request(method, path, headers=kept, **rest)

        return asyncio.run(sent())

    def get(self, path: str, headers: Headers = None) -> httpx.Response:
        return self.send("GET", path, headers)

    def post(self, path: str, headers: Headers = None, **rest: Any) -> httpx.Response:
        """Send a body as the page does."""
        stated = {"Origin": ORIGIN, KEY_HEADER: self.key, "Content-Type": "application/json"}
        return self.send("POST", path, {**stated, **(headers or {})}, **rest)

    def call(self, name: str, **params: Any) -> httpx.Response:
        return self.post(f"/api/{name}", json=params)

    def enter(self) -> str:
        """Exchange the link for a cookie, read the key; return the cookie."""
        answer = self.get(f"/?token={self.sessions.token}", {"Sec-Fetch-Site": "none"})
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"].partition(";")[0]
        self.headers["Cookie"] = cookie
        self.key = "ask"
        self.key = self.call("hello").headers[KEY_HEADER]
        return cookie


async def in_pieces(size: int, pieces: int, taken: list[int]) -> AsyncIterator[bytes]:
    """Yield a body whose length nothing declares, noting what was taken of it."""
    for _piece in range(pieces):
        taken.append(size)
        yield b" " * size


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with use_language("en"):
        yield


@contextmanager
def coded_study(folder: Path) -> Iterator[Study]:
    """Make a study of three notes, one of which two coders coded."""
    with make_study(folder) as made:
        made.code_all(marks(made, 12), coder="claire")
        made.code_all(marks(made, 30)[12:], coder="yann")
        yield made


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A study of three notes, one of which two coders coded."""
    with coded_study(tmp_path / "study") as made:
        yield made


@pytest.fixture
def desk(study: Study) -> Iterator[Desk]:
    """The desk of claire."""
    with closing(Desk(study, coder="claire", abilities=("audio",))) as made:
        yield made


@pytest.fixture
def stranger(desk: Desk) -> Browser:
    """A browser that nobody let in."""
    return Browser(desk)


@pytest.fixture
def browser(stranger: Browser) -> Browser:
    """A browser that was let in."""
    stranger.enter()
    return stranger


@pytest.fixture
def browser_of() -> Iterator[Callable[[Desk], Browser]]:
    """Let a browser in at a desk, which is closed at the end."""
    with ExitStack() as at_end:

        def made(desk: Desk) -> Browser:
            one = Browser(at_end.enter_context(closing(desk)))
            one.enter()
            return one

        yield made
