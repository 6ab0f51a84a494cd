"""The server as it runs, on this machine: what happens is told, what was killed is found again."""

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from keeping.small_studies import NOTE, marks
from workbench.test_desk import act, passage

from cpit_research.errors import Conflict, InvalidInput
from cpit_research.study.study import Study
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server import streaming
from cpit_research.workbench.server.guard import KEY_HEADER
from cpit_research.workbench.server.kept import keep, kept
from cpit_research.workbench.server.running import Running, listen

SECONDS = 10.0


class Page:
    """A browser that was let in, and listens."""

    def __init__(self, link: str) -> None:
        self.origin = link.partition("/?")[0]
        self.client = httpx.Client(base_url=self.origin, timeout=SECONDS)
        assert self.client.get(link).status_code == 303
        self.headers = {"Origin": self.origin, KEY_HEADER: "ask"}
        self.headers[KEY_HEADER] = self.post("hello").headers[KEY_HEADER]

    def post(self, name: str, **params: Any) -> httpx.Response:
        return self.client.post(f"/api/{name}", json=params, headers=self.headers)

    @contextmanager
    def listening(self, **headers: str) -> Iterator[Iterator[dict[str, Any]]]:
        with self.client.stream("GET", "/api/changes", headers=headers) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            yield _events(answer.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Read server-sent events: their id, and the datum that they carry."""
    held: dict[str, str] = {}
    for line in lines:
        name, _colon, value = line.partition(": ")
        if line:
            held[name] = value
        elif "data" in held:
            yield {"id": held["id"], **json.loads(held["data"])}
            held = {}


@contextmanager
def running(desk: Desk, **options: Any) -> Iterator[Running]:
    server = Running(desk, **options)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        limit = time.monotonic() + SECONDS
        while not server.started and time.monotonic() < limit:
            time.sleep(0.01)
        yield server
    finally:
        server.stop()
        thread.join(SECONDS)
        assert not thread.is_alive()


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    with running(desk) as server:
        opened = Page(server.link)
        yield opened
        opened.client.close()


def test_what_another_process_does_is_told_to_the_page(page, desk):
    with page.listening() as events:
        first = next(events)
        assert first["reset"]
        with Study(desk.study.folder) as other:  # as “cpit merge” in a terminal would
            source = other.corpus.at(NOTE)
            coding = next(iter(other.codings().where(coder="claire")))
            other.retract(coding, coder="claire")
        told = next(events)
    assert told["notes"] == [source.id]
    assert [event["subject"] for event in told["events"]] == [str(coding.id)]
    assert told["id"] == told["mark"] != first["mark"]


def test_what_was_missed_is_told_again_from_the_last_event_heard(page, desk):
    with page.listening() as events:
        mark = next(events)["id"]
    sent = [act(desk, "apply", code="S11", **passage(desk, at, at + 9)) for at in (40, 60)]
    for one in sent:
        page.post("perform", acts=[one])
    with page.listening(**{"Last-Event-ID": mark}) as events:
        told = next(events)
    assert {event["id"] for event in told["events"]} == {one["id"] for one in sent}


def test_an_answer_leaves_before_what_it_changed_is_told(page, desk, monkeypatch):
    order: list[str] = []
    handle = Desk.handle

    def slow(self, name, params):
        answer = handle(self, name, params)
        order.append(name)
        if name == "perform":
            time.sleep(4 * streaming.LOOK)
            order.append("answered")
        return answer

    monkeypatch.setattr(Desk, "handle", slow)
    with page.listening() as events:
        next(events)
        order.clear()
        page.post("perform", acts=[act(desk, "apply", code="S11", **passage(desk, 40, 60))])
        next(events)
    assert order == ["perform", "answered", "changes"]


def test_a_page_that_listens_hears_that_the_server_lives(page, monkeypatch):
    monkeypatch.setattr(streaming, "BEAT", 0.1)
    with page.client.stream("GET", "/api/changes") as answer:
        assert any(line.startswith(": ") for line in answer.iter_lines())


def test_nothing_is_told_as_long_as_nobody_said_who_codes(study):
    with running(Desk(study)) as server:
        page = Page(server.link)
        with page.listening() as events:
            page.post("identify", coder="yann")
            assert next(events)["reset"]
        page.client.close()


def test_a_page_goes_on_when_the_server_was_stopped_and_started_anew(study):
    with running(Desk(study, coder="claire")) as server:
        page = Page(server.link)
        port = server.sessions.port
    with pytest.raises(httpx.TransportError):
        page.post("notes")
    with running(Desk(study, coder="claire")) as server:
        assert server.sessions.port == port
        assert page.post("notes").status_code == 200
        page.client.close()


@pytest.mark.skipif(os.name == "nt", reason="rights are said otherwise there")
def test_the_secret_of_a_study_is_for_its_owner_alone(study):
    with running(Desk(study, coder="claire")):
        place = study.folder / "data" / "workbench.json"
        assert place.stat().st_mode & 0o077 == 0
        secret = json.loads(place.read_text())["secret"]
    assert len(bytes.fromhex(secret)) == 32


@pytest.mark.skipif(os.name == "nt", reason="rights are said otherwise there")
def test_a_secret_is_nobody_elses_at_any_moment(tmp_path, monkeypatch):
    met = []
    synced = os.fsync

    def looked(file: int) -> None:
        met.append(os.fstat(file).st_mode & 0o077)
        synced(file)

    monkeypatch.setattr(os, "fsync", looked)
    before = os.umask(0)
    try:
        keep(tmp_path / "kept.json", 8123, b"s" * 32)
    finally:
        os.umask(before)
    assert met[0] == 0
    assert kept(tmp_path / "kept.json") == (8123, b"s" * 32)


def test_a_study_that_is_kept_for_a_moment_is_looked_at_again(desk, monkeypatch):
    def kept_elsewhere(*_stated: object) -> object:
        raise Conflict("Another process keeps it.")

    watch = streaming.Watch(desk)
    with monkeypatch.context() as patched:
        patched.setattr(desk, "handle", kept_elsewhere)
        assert watch._look(None, None, ()) == (None, None)
    assert watch._look(None, None, ())[1]["reset"]


def test_a_page_that_listens_outlives_the_study_that_leaves_the_desk(desk, study):
    watch = streaming.Watch(desk)
    counter, found = watch._look(None, None, ())
    assert found["reset"]
    desk.leave()
    assert watch._look(counter, found["mark"], ()) == (counter, None)
    desk.take(study, "claire")
    study.code_all(marks(study, 1), coder="claire")
    assert watch._look(counter, found["mark"], ())[1]["notes"]


@pytest.mark.parametrize("words", ["", "{", "[]", '{"port": 1}', '{"port": 1, "secret": "ab"}'])
def test_a_place_that_cannot_be_read_is_made_anew(study, words):
    place = study.folder / "data" / "workbench.json"
    place.write_text(words)
    with running(Desk(study, coder="claire")) as server:
        assert json.loads(place.read_text())["port"] == server.sessions.port


def test_a_port_that_another_program_has_is_told(desk):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Conflict, match=f"The port {port} is taken"):
            Running(desk, port=port)


def test_the_port_of_last_time_is_left_to_who_has_taken_it():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with listen(0, port) as found:
            assert found.getsockname()[1] not in {0, port}
            assert found.getsockname()[0] == "127.0.0.1"


def test_a_second_workbench_of_a_study_takes_another_port_for_this_time_alone(study):
    with running(Desk(study, coder="claire")) as one:
        with running(Desk(study, coder="yann")) as other:
            assert (one.moved, other.moved) == (False, True)
            assert other.sessions.port != one.sessions.port
        usual = one.sessions.port
    with running(Desk(study, coder="yann")) as again:
        assert again.sessions.port == usual


def test_the_work_shown_beside_is_told_too(page, desk):
    with page.client.stream("GET", "/api/changes?coders=yann") as answer:
        events = _events(answer.iter_lines())
        next(events)
        coding = next(iter(desk.study.codings().where(coder="yann")))
        desk.study.retract(coding, coder="yann")
        assert [event["coder"] for event in next(events)["events"]] == ["yann"]


def test_a_number_that_is_no_port_is_told():
    for port in (-1, 65_536):
        with pytest.raises(InvalidInput, match="is not a port"):
            listen(port)


def test_many_calls_at_once_are_answered_one_at_a_time(page, desk):
    answers: list[int] = []

    def ask(at: int) -> None:
        stated = act(desk, "apply", code="S11", **passage(desk, at, at + 5))
        answers.append(page.post("perform", acts=[stated]).status_code)
        answers.append(page.post("notes").status_code)

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(0, 80, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 16
    assert len(desk.study.codings().where(coder="claire")) == 12 + 8
