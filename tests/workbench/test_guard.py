"""Each way in that the server closes, tried."""

import asyncio
import http.cookies
import logging
import time

import pytest
from workbench.conftest import HOST, ORIGIN, PORT, coded_study, in_pieces

from cpit_research.wording import use_language
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server.bodies import BODY_BYTES
from cpit_research.workbench.server.guard import KEY_HEADER
from cpit_research.workbench.server.running import _Places
from cpit_research.workbench.server.sessions import Sessions

PLACES = ("/", "/workbench.js", "/api/changes", "/audio/x")
ELSEWHERE = (
    "evil.example",
    f"evil.example:{PORT}",  # DNS rebinding: a name that was made to lead here
    "127.0.0.1",
    "127.0.0.1:80",
    f"127.0.0.1:{PORT}0",
    "localhost:9999",
    f"127.0.0.1.evil.example:{PORT}",
    f"evil@127.0.0.1:{PORT}",
    f"[::1]:{PORT}",
    f"0.0.0.0:{PORT}",
    f"2130706433:{PORT}",
    "",
)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """One study for them all: nobody comes so far as to change it."""
    with use_language("en"), coded_study(tmp_path_factory.mktemp("study") / "study") as made:
        yield made


@pytest.fixture(scope="module")
def desk(study):
    with use_language("en"):
        return Desk(study, coder="claire", abilities=("audio",))


@pytest.mark.parametrize("host", ELSEWHERE)
def test_a_request_that_names_another_host_or_port_is_refused_even_with_the_cookie(browser, host):
    assert browser.get("/", {"Host": host}).status_code == 403
    origin = f"http://{host}"
    assert browser.post("/api/notes", {"Host": host, "Origin": origin}, json={}).status_code == 403


def test_a_request_that_names_two_hosts_is_refused(browser):
    async def answered() -> list[dict]:
        sent = []

        async def send(message):
            sent.append(message)

        headers = [(b"host", HOST.encode()), (b"host", b"evil.example")]
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"",
                 "headers": headers}  # fmt: skip
        await browser.app(scope, None, send)
        return sent

    assert asyncio.run(answered())[0]["status"] == 403


@pytest.mark.parametrize(
    "origin",
    [None, "null", "http://evil.example", "http://127.0.0.1:9999", f"https://{HOST}",
     f"http://localhost:{PORT}", f"{ORIGIN}.evil.example"],
)  # fmt: skip
def test_a_call_from_another_origin_or_from_none_is_refused(browser, origin):
    assert browser.post("/api/notes", {"Origin": origin}, json={}).status_code == 403


def test_what_is_read_by_another_origin_is_refused(browser):
    for place in PLACES:
        assert browser.get(place, {"Origin": "http://evil.example"}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("place", PLACES)
def test_another_site_reaches_nothing_with_the_cookie_of_the_coder(browser, place, site):
    assert browser.get(place, {"Sec-Fetch-Site": site}).status_code == 403
    assert browser.post("/api/notes", {"Sec-Fetch-Site": site}, json={}).status_code == 403


def test_an_address_that_is_typed_opens_the_page_and_no_call(browser):
    assert browser.get("/", {"Sec-Fetch-Site": "none"}).status_code == 200
    assert browser.post("/api/notes", {"Sec-Fetch-Site": "none"}, json={}).status_code == 403


def test_nothing_is_changed_by_a_request_that_only_reads(browser):
    answer = browser.get("/api/perform?acts=[]")
    assert (answer.status_code, answer.text) == (405, "Method Not Allowed")
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"):
        assert browser.send(method, "/api/perform").status_code == 405


@pytest.mark.parametrize(
    "kind",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain",
     "text/json", "application/jsonp", "", None],
)  # fmt: skip
def test_what_a_form_can_send_is_no_call(browser, kind):
    answer = browser.post("/api/notes", {"Content-Type": kind}, content=b"{}")
    assert answer.status_code == 415


@pytest.mark.parametrize("key", [None, "", "ask", "0" * 64])
def test_a_call_without_the_key_of_its_page_is_refused(browser, key):
    assert browser.post("/api/notes", {KEY_HEADER: key}, json={}).status_code == 403


def test_the_key_of_another_session_is_not_the_key(browser):
    key = browser.key
    browser.enter()
    assert browser.key != key
    assert browser.post("/api/notes", {KEY_HEADER: key}, json={}).status_code == 403


def test_the_key_is_told_to_who_has_the_cookie_alone(stranger):
    answer = stranger.post("/api/hello", json={})
    assert answer.status_code == 401
    assert KEY_HEADER.lower() not in answer.headers


def test_a_stranger_reads_nothing(stranger):
    for place in PLACES:
        answer = stranger.get(place)
        assert answer.status_code == 401
        assert answer.headers["content-type"].startswith("text/plain")
    assert stranger.post("/api/notes", json={}).status_code == 401


def test_a_link_opens_once(stranger):
    token = stranger.sessions.token
    stranger.enter()
    del stranger.headers["Cookie"]
    again = stranger.get(f"/?token={token}", {"Sec-Fetch-Site": "none"})
    assert again.status_code == 401
    assert "set-cookie" not in again.headers
    assert stranger.get("/").status_code == 401


def test_who_is_in_may_follow_the_link_again(browser):
    answer = browser.get("/?token=used", {"Sec-Fetch-Site": "none"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get("/").status_code == 200


def test_each_browser_let_in_leaves_a_new_link_for_another(stranger):
    first = stranger.sessions.link
    stranger.enter()
    (told,) = stranger.links
    assert told == stranger.sessions.link != first
    other = stranger.get(told.removeprefix(ORIGIN), {"Cookie": None, "Sec-Fetch-Site": "none"})
    assert other.status_code == 303


def test_a_link_followed_from_another_site_lets_in_by_a_page_that_asks_again(stranger):
    token = stranger.sessions.token
    answer = stranger.get(f"/?token={token}", {"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert "url=/" in answer.text
    assert token not in answer.text


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(stranger):
    answer = stranger.get(f"/?token={stranger.sessions.token}")
    (cookie,) = http.cookies.SimpleCookie(answer.headers["set-cookie"]).values()
    assert cookie["httponly"] is True
    assert cookie["samesite"].lower() == "strict"
    assert (cookie["domain"], cookie["path"], cookie["max-age"]) == ("", "/", "")
    assert cookie.key == f"cpit-{PORT}"


@pytest.mark.parametrize(
    "change",
    [
        lambda cookie: cookie[:-1] + ("0" if cookie[-1] != "0" else "1"),
        lambda cookie: "f" + cookie[1:],
        lambda cookie: cookie.rpartition(".")[0],
        lambda _cookie: "",
        lambda _cookie: ".",
        lambda cookie: cookie + "é",
        lambda _cookie: Sessions(b"o" * 32, PORT).exchange,
    ],
)
def test_a_cookie_that_was_not_given_here_opens_nothing(browser, change):
    name, _sign, value = browser.headers["Cookie"].partition("=")
    changed = change(value)
    if callable(changed):  # one that another server gave
        other = changed.__self__
        changed = changed(other.token)
    assert browser.get("/", {"Cookie": f"{name}={changed}".encode()}).status_code == 401


def test_a_cookie_of_another_port_opens_nothing(browser):
    other = Sessions(b"s" * 32, PORT + 1)
    cookie = other.exchange(other.token)
    for name in (browser.sessions.cookie, other.cookie):
        assert browser.get("/", {"Cookie": f"{name}={cookie}"}).status_code == 401


def test_a_cookie_opens_nothing_after_a_month(browser, monkeypatch):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 29 * 86_400)
    assert browser.get("/").status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 31 * 86_400)
    assert browser.get("/").status_code == 401


def test_every_answer_confines_the_page_and_leaves_nothing_in_caches(browser, stranger, desk):
    huge = browser.post("/api/notes", content=b" " * (BODY_BYTES + 1))
    answers = [
        browser.get("/"),
        browser.get("/", {"Host": "evil.example"}),
        browser.get("/nowhere"),
        browser.get("/api/notes"),
        browser.call("notes"),
        browser.call("note", source="nowhere"),
        browser.send("GET", "/", {"Cookie": None}),
        huge,
    ]
    assert [one.status_code for one in answers] == [200, 403, 404, 405, 200, 422, 401, 413]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        for rule in ("base-uri", "form-action", "frame-ancestors"):
            assert f"{rule} 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cache-control"] in {"no-store", "no-cache"}
        assert "access-control-allow-origin" not in answer.headers
        assert "server" not in answer.headers
    assert all(one.headers["cache-control"] == "no-store" for one in answers[1:])


def test_the_page_is_a_file_and_never_made_of_the_study(browser, study):
    said = browser.get("/").text
    assert study.identity.title not in said
    assert '<script type="module" src="/workbench.js"></script>' in said
    assert "style=" not in said
    assert said.count("<script") == 1


def test_a_file_that_the_browser_has_is_not_sent_again(browser):
    first = browser.get("/")
    again = browser.get("/", {"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert browser.get("/icon.svg").headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "path",
    ["/../pyproject.toml", "/%2e%2e/%2e%2e/pyproject.toml", "/..%2f..%2fpyproject.toml",
     "/static/index.html", "/workbench.js/../../desk.py", "//etc/passwd", "/index.html",
     "/workbench.js%00.css", "/audio/../study.toml", "/audio/..%2f..%2fstudy.toml",
     "/audio/%2fetc%2fpasswd", "/audio/", "/audio/x/y", "/api/", "/api"],
)  # fmt: skip
def test_no_path_leads_to_another_file(browser, path):
    answer = browser.get(path)
    assert answer.status_code in {404, 405}
    assert answer.text in {"", "Not Found", "Method Not Allowed"}


def test_a_body_too_long_is_refused_by_what_it_declares(browser):
    answer = browser.post("/api/notes", content=b"{}" + b" " * BODY_BYTES)
    assert answer.status_code == 413
    assert "64 kB" in answer.json()["error"]


def test_a_body_that_declares_no_length_is_counted_as_it_comes(browser):
    taken: list[int] = []
    answer = browser.post("/api/notes", content=in_pieces(1024, 10_000, taken))
    assert answer.status_code == 413
    assert sum(taken) < 2 * BODY_BYTES


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999999999", "x"])
def test_a_length_that_is_none_is_refused(browser, length):
    assert browser.post("/api/notes", {"Content-Length": length}, content=b"{}").status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 60_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b"{" + b"[" * 13 + b"]" * 13 + b"}",
        b'{"acts": [' + b"9" * 60_000 + b"]}",
        b'{"words": NaN}',
        b'{"words": -Infinity}',
        b'{"words": "a", "words": "b"}',
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b"{'a': 1}",
        b"",
        b"{",
    ],
)
def test_a_body_that_is_no_plain_json_is_refused(browser, body):
    answer = browser.post("/api/search", content=body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


@pytest.mark.parametrize(
    ("call", "params"),
    [
        ("search", {"words": "a" * 60_000}),  # a pattern that would take half a minute to make
        ("home.open", {"folder": "~nobody-of-this-machine/étude"}),
        ("home.open", {"folder": "/" + "a" * 5000}),
        ("home.open", {"folder": "/\0"}),
        ("round.open", {"coders": ["claire", "yann"], "sample": "9" * 5000}),
        ("round.open", {"coders": ["claire", "yann"], "sample": "9" * 5000 + "%"}),
    ],
)
def test_what_nobody_writes_is_refused_in_a_sentence(browser, call, params):
    answer = browser.call(call, **params)
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_brackets_inside_words_are_words(browser):
    answer = browser.call("search", words="[" * 500)
    assert answer.json() == {"hits": [], "total": 0}


@pytest.mark.parametrize("name", ["X-Remote-User", "X-Forwarded-User", "Remote-User", "X-Coder",
                                  "Authorization"])  # fmt: skip
def test_no_header_says_whose_work_it_is(browser, name):
    answer = browser.post("/api/hello", {name: "yann"}, json={})
    assert answer.json()["coder"] == "claire"


def test_a_call_that_does_not_exist_is_refused_without_detail(browser):
    for name in ("nothing", "__class__", "notes.list", "%2e%2e"):
        answer = browser.call(name)
        assert (answer.status_code, answer.content) == (404, b"")


def test_nothing_is_said_of_what_went_wrong_inside(browser, study, monkeypatch, caplog):
    secret = study.corpus.sources[0].text[:200]

    def broken(_desk, _params):
        raise RuntimeError(secret)

    from cpit_research.workbench.calls import CALLS
    from cpit_research.workbench.params import Call, Nothing

    monkeypatch.setitem(CALLS, "notes", Call(broken, Nothing))
    answer = browser.call("notes")
    assert answer.status_code == 500
    assert secret not in answer.text
    assert answer.json()["error"] == "Something unexpected happened: nothing was changed."


def test_what_the_terminal_says_of_a_fault_is_where_never_which_words():
    secret = "Le maire ne viendra plus."
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError(secret)
    record = logging.LogRecord(
        "uvicorn.error", logging.ERROR, "x", 1, "Exception in ASGI application", (),
        (caught.type, caught.value, caught.tb),
    )  # fmt: skip
    said = _Places("%(message)s").format(record)
    assert secret not in said
    assert "RuntimeError" in said
    assert "test_what_the_terminal_says" in said


def test_a_socket_of_another_kind_is_closed(browser):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(browser.app({"type": "websocket", "path": "/", "headers": []}, None, send))
    assert sent == [{"type": "websocket.close"}]


def test_whose_desk_it_is_no_call_says(browser, desk):
    answer = browser.call("identify", coder="yann")
    assert answer.status_code == 422
    assert "that of claire" in answer.json()["error"]
    assert desk.coder == "claire"
