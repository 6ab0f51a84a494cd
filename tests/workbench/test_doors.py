"""A study launched twice is opened once, and only by the door that is truly its own."""

import http.server
import os
import stat
import threading
import time

import pytest

from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server import doors
from cpit_research.workbench.server.doors import Door, link_of
from cpit_research.workbench.server.running import Running


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("CPIT_DATA", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture
def running(desk):
    """A server that answers, known to whoever launches its study."""
    one = Running(desk)
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    until(lambda: one.started)
    one.door.keep(desk.study.folder)
    yield one
    one.stop()
    thread.join(10)
    one.door.forget()


def until(true, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def token(link: str) -> str:
    return link.partition("token=")[2]


def test_a_study_launched_again_gives_a_link_that_opens_its_door_once(running, study):
    link = link_of(study.folder)
    assert link.startswith(f"http://127.0.0.1:{running.door.port}/?token=")
    assert running.sessions.exchange(token(link)) is not None
    assert running.sessions.exchange(token(link)) is None


def test_the_link_of_the_terminal_still_opens_after_a_second_launch(running, study):
    first = running.sessions.token
    running.sessions.exchange(token(link_of(study.folder)))
    assert running.sessions.exchange(first) is not None


def test_a_door_where_another_study_is_on_the_desk_is_not_the_one(running, study, desk, tmp_path):
    running.door.keep(tmp_path)
    assert link_of(tmp_path) is None
    desk.leave()
    assert link_of(study.folder) is None


def test_a_door_that_is_closed_is_not_found(running, study):
    running.door.forget()
    assert link_of(study.folder) is None


def test_a_server_that_was_killed_leaves_nothing_that_misleads(study):
    Door(9).keep(study.folder)
    assert link_of(study.folder) is None


def test_an_impostor_on_the_port_is_never_given_a_link(study):
    heard = []

    class Impostor(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"0" * 64)

        def log_message(self, *_words):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Impostor)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    door = Door(server.server_address[1])
    door.keep(study.folder)
    assert link_of(study.folder) is None
    server.shutdown()
    server.server_close()
    assert len(heard) == 1
    assert door.secret.hex() not in heard[0]


def test_the_proof_asked_for_one_moment_or_one_study_proves_no_other(tmp_path):
    door = Door(1)
    proofs = {door.proof(place, nonce) for place in (None, tmp_path) for nonce in ("a", "b")}
    assert len(proofs) == 4
    assert Door(2, door.secret).proof(None, "a") not in proofs


def test_a_link_opens_nothing_after_a_minute(monkeypatch):
    door = Door(1)
    made = token(door.link())
    later = time.time() + 61
    monkeypatch.setattr(doors.time, "time", lambda: later)
    assert not door.opens(made)


@pytest.mark.parametrize("made", ["", ".", "0.0.0", "é.é.é", "zz..", "ffffffffffff.a.b"])
def test_what_is_no_link_opens_nothing(made):
    assert not Door(1).opens(made)


def test_what_a_stranger_asks_of_the_door_is_answered_by_nothing_but_a_proof(running):
    from http.client import HTTPConnection

    answers = {}
    for asked in ("/here", "/here?nonce=", "/here?nonce=../x", f"/here?nonce={'0' * 32}"):
        connection = HTTPConnection("127.0.0.1", running.door.port, timeout=5)
        connection.request("GET", asked)
        answer = connection.getresponse()
        answers[asked] = (answer.status, len(answer.read()))
        connection.close()
    assert list(answers.values()) == [(400, 0), (400, 0), (400, 0), (200, 64)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_what_is_kept_of_a_door_is_read_by_its_owner_alone(study, own):
    Door(1).keep(study.folder)
    (kept,) = (own / "open").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_workbench_closes_by_itself_once_no_page_has_been_open_for_a_while(desk):
    one = Running(desk, idle=0.3)
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_a_workbench_stays_open_as_long_as_a_page_is(desk, browser):
    watch = browser.watch
    pages = watch.told(None)

    async def listening():
        await anext(pages)
        assert watch.alone == 0
        await pages.aclose()
        assert watch.alone >= 0
        assert watch._listening == 0

    import asyncio

    asyncio.run(listening())


def test_a_workbench_without_a_study_is_found_as_the_first_page(own):
    one = Running(Desk())
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    until(lambda: one.started)
    one.door.keep(None)
    assert link_of(None) is not None
    one.stop()
    thread.join(10)
    assert link_of(None) is None
