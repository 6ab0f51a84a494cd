"""Files come in and go out by one person's hand, and by nobody else's."""

import io
import json
import shutil
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from keeping.small_studies import ROOT

import cpit_research as cpit
from cpit_research.formats.limits import ENTRY_BYTES
from cpit_research.study.study import Study
from cpit_research.workbench import recent
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server.guard import KEY_HEADER

BYTES = "application/octet-stream"


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch) -> Path:
    """The folders of somebody who never opened anything."""
    monkeypatch.setenv("CPIT_DATA", str(tmp_path / "own"))
    monkeypatch.setattr(recent, "documents", lambda: tmp_path / "Documents")
    (tmp_path / "Documents").mkdir()
    return tmp_path / "Documents"


@pytest.fixture
def lot(study, tmp_path) -> Path:
    return study.lot_export("claire", to=tmp_path / "lot-claire.zip").path


@pytest.fixture
def guest(browser_of):
    """A browser on the first page: no study is open."""
    return browser_of(Desk(abilities=("home", "lots")))


def test_a_study_that_is_left_is_let_go(study, desk, monkeypatch):
    closed = []

    def close(one: Study) -> None:
        closed.append(one)

    with monkeypatch.context() as patched:
        patched.setattr(type(study), "close", close)
        desk.handle("home.leave", {})
    assert closed == [study]
    assert not desk.has_study


def upload(browser, content, **headers):
    return browser.post("/upload", {"Content-Type": BYTES, **headers}, content=content)


def handed(browser, path) -> str:
    answer = upload(browser, Path(path).read_bytes())
    assert answer.status_code == 200, answer.text
    return answer.json()["file"]


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def held(desk) -> list[Path]:
    folder = desk.parcels._folder
    return list(folder.iterdir()) if folder else []


# ── Who may hand a file ──────────────────────────────────────────────────────────────────────────


def test_a_stranger_hands_nothing(stranger, lot):
    assert upload(stranger, lot.read_bytes()).status_code == 401
    assert held(stranger.desk) == []


@pytest.mark.parametrize(
    "headers",
    [
        {KEY_HEADER: None},
        {KEY_HEADER: "ask"},
        {"Origin": "http://evil.example"},
        {"Origin": None},
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "text/plain"},
        {"Content-Type": None},
    ],
)
def test_what_another_site_or_a_form_can_send_is_no_file(browser, lot, headers):
    assert upload(browser, lot.read_bytes(), **headers).status_code in {403, 415}
    assert held(browser.desk) == []


def test_a_file_too_heavy_is_refused_by_what_it_declares(browser):
    browser.desk.parcels.limit = 100
    answer = upload(browser, b"x" * 101)
    assert answer.status_code == 413
    assert "weighs more" in answer.json()["error"]
    assert held(browser.desk) == []


def test_a_file_that_declares_no_weight_is_counted_as_it_comes_and_leaves_nothing(browser):
    browser.desk.parcels.limit = 1000
    taken = []

    async def pieces():
        for piece in range(100):
            taken.append(piece)
            yield b"x" * 100

    assert upload(browser, pieces()).status_code == 413
    assert held(browser.desk) == []


def test_files_that_are_never_opened_do_not_pile_up(browser):
    keys = [upload(browser, b"x").json()["file"] for _ in range(9)]
    assert len(held(browser.desk)) == 4
    assert browser.call("lots.trial", file=keys[0]).status_code == 422
    browser.desk.close()
    assert held(browser.desk) == []


# ── What a lot may be ────────────────────────────────────────────────────────────────────────────


def test_a_lot_is_told_then_opened_where_it_is_asked(guest, lot, own):
    key = handed(guest, lot)
    told = guest.call("home.look", file=key).json()
    assert (told["coder"], told["documents"], told["already"]) == ("claire", 3, [])
    assert Path(told["folder"]).parent == own
    opened = guest.call("home.receive", file=key, folder=told["folder"]).json()
    assert opened["coder"] == opened["study"]["lot"] == "claire"
    assert cpit.open_study(told["folder"]).check().faults == ()
    assert held(guest.desk) == []


def test_a_second_lot_of_the_same_person_says_where_the_first_one_is(guest, lot, own):
    guest.call("home.receive", file=handed(guest, lot), folder="Mon lot")
    recent.remember(own / "Mon lot")
    told = guest.call("home.look", file=handed(guest, lot)).json()
    assert told["already"] == [str(own / "Mon lot")]


def test_the_work_of_somebody_is_no_lot_and_the_page_says_what_to_do(guest, study, tmp_path):
    bundle = study.bundle_export("claire", to=tmp_path / "envoi.zip").path
    told = guest.call("home.look", file=handed(guest, bundle)).json()
    assert "claire sends back" in told["error"]
    assert told["remedy"]


@pytest.mark.parametrize("name", ["../dehors", "", "   ", "a/../../dehors", ".."])
def test_a_lot_is_never_opened_above_the_folder_that_is_named(guest, lot, own, name):
    answer = guest.call("home.receive", file=handed(guest, lot), folder=name)
    assert answer.status_code == 422
    assert list(own.iterdir()) == []
    assert not (own.parent / "dehors").exists()


def test_a_folder_that_holds_something_is_left_as_it_is(guest, lot, own):
    (own / "plein").mkdir()
    (own / "plein" / "mien.txt").write_text("à moi", encoding="utf-8")
    answer = guest.call("home.receive", file=handed(guest, lot), folder="plein")
    assert "not empty" in answer.json()["error"]
    assert [path.name for path in own.rglob("*")] == ["plein", "mien.txt"]
    assert not guest.desk.has_study


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not an archive",
        b"PK\x03\x04 truncated",
        zipped({"manifest.json": b"{}"}),
        zipped({"manifest.json": b"[" * 100_000}),
        zipped({"../../dehors.txt": b"out", "manifest.json": b"{}"}),
        zipped({"manifest.json": b" " * (ENTRY_BYTES + 1)}),
    ],
    ids=["empty", "text", "truncated", "bare", "deep", "traversal", "bomb"],
)
def test_what_is_no_lot_is_refused_in_a_sentence_and_nothing_is_made(guest, content, own):
    key = upload(guest, content).json()["file"]
    for call, params in (("home.look", {}), ("home.receive", {"folder": "lot"})):
        answer = guest.call(call, file=key, **params)
        assert answer.status_code == 422
        assert answer.json()["error"]
        assert key not in answer.text
    assert list(own.iterdir()) == []
    assert not list(own.parent.rglob("dehors*"))


@pytest.mark.parametrize("name", ["../../dehors.zip", "C:\\dehors.zip", "", "%00", "é" * 300])
def test_the_name_of_a_file_leads_nowhere(guest, own, name):
    upload(guest, b"x", **{"X-Cpit-Name": quote(name)})
    (place,) = held(guest.desk)
    (file,) = place.iterdir()
    assert file.read_bytes() == b"x"
    assert not list(own.parent.rglob("dehors*"))


def test_a_lot_of_which_one_byte_has_changed_is_refused(guest, lot, own):
    content = bytearray(lot.read_bytes())
    content[-1] ^= 1
    key = upload(guest, bytes(content)).json()["file"]
    assert guest.call("home.receive", file=key, folder="lot").status_code == 422
    assert list(own.iterdir()) == []


def test_an_id_that_was_not_given_names_no_file(guest):
    for name in ("../../etc/passwd", "", "x" * 40):
        assert guest.call("home.look", file=name).status_code == 422
        assert guest.get(f"/download/{name}").status_code == 404


# ── What is sent, and merged ─────────────────────────────────────────────────────────────────────


def test_what_would_be_sent_is_what_is_sent_and_the_next_one_tells_what_is_new(browser, study):
    before = browser.call("lots.sending").json()
    assert before["events"] == before["fresh"] == {"apply": 12}
    assert before["last"] is None
    sent = browser.call("lots.send").json()
    assert sent["events"] == 12
    after = browser.call("lots.sending").json()
    assert after["fresh"] == {}
    assert after["last"]["name"] == "envoi-claire.zip"
    source = next(iter(study.corpus))
    study.code(cpit.Segment(source.id, 0, 9), study.grid().leaves()[0].id, coder="claire")
    assert browser.call("lots.sending").json()["fresh"] == {"apply": 1}


def test_what_was_written_is_downloaded_under_its_name(browser, study):
    sent = browser.call("lots.send").json()
    answer = browser.get(f"/download/{sent['file']}")
    assert answer.content == (study.shelf.processed / "envoi-claire.zip").read_bytes()
    assert "attachment" in answer.headers["content-disposition"]
    assert "envoi-claire.zip" in answer.headers["content-disposition"]
    assert "no-store" in answer.headers["cache-control"]


def test_a_stranger_downloads_nothing(browser, browser_of, desk):
    sent = browser.call("lots.send").json()
    browser.headers.pop("Cookie")
    assert browser.get(f"/download/{sent['file']}").status_code == 401


def test_work_received_is_tried_then_merged_and_a_trial_changes_nothing(
    study, lot, guest, browser, tmp_path
):
    guest.call("home.receive", file=handed(guest, lot), folder="lot")
    hers = guest.desk.study
    source = next(iter(hers.corpus))
    hers.code(cpit.Segment(source.id, 3, 40), hers.grid().leaves()[0].id, coder="claire")
    sent = Path(guest.call("lots.send").json()["folder"]) / "envoi-claire.zip"
    before = len(list(study.codings()))
    key = handed(browser, sent)
    told = browser.call("lots.trial", file=key).json()
    assert [row["codings"] for row in told["coders"]] == [1]
    assert len(list(study.codings())) == before
    done = browser.call("lots.merge", file=key).json()
    assert (done["refused"], done["conflicts"]) == ([], 0)
    assert Path(done["backup"]).is_file()
    assert len(list(study.codings())) == before + 1
    assert browser.call("lots.trial", file=handed(browser, sent)).json()["nothing"]


def test_work_of_another_study_is_refused_in_a_sentence_that_names_no_temporary_file(
    browser, tmp_path
):
    other = cpit.create_study(tmp_path / "autre")
    shutil.copytree(ROOT / "grids", other.folder / "grids", dirs_exist_ok=True)
    (other.folder / "data" / "raw" / "note.md").write_text("Le maire attend.\n", encoding="utf-8")
    other.ingest()
    source = next(iter(other.corpus))
    other.code(cpit.Segment(source.id, 0, 8), other.grid().leaves()[0].id, coder="claire")
    sent = other.bundle_export("claire", to=tmp_path / "envoi.zip").path
    key = handed(browser, sent)
    told = browser.call("lots.trial", file=key).json()
    assert "another study" in told["refused"][0]
    assert str(browser.desk.parcels._folder) not in json.dumps(told)
    assert key not in json.dumps(told)
    assert browser.call("lots.merge", file=key).status_code == 422


def test_nothing_is_merged_nor_prepared_before_somebody_says_whose_work_it_is(study, browser_of):
    nobody = browser_of(Desk(study))
    key = upload(nobody, b"x").json()["file"]
    for name, params in (
        ("lots.trial", {"file": key}), ("lots.merge", {"file": key}), ("lots.send", {}),
        ("lots.prepare", {"coder": "claire"}), ("lots.choices", {}), ("lots.sending", {}),
    ):  # fmt: skip
        assert nobody.call(name, **params).status_code == 422, name


def test_a_lot_is_prepared_for_one_person_and_holds_her_notes(browser, study):
    path = next(iter(study.corpus)).path
    made = browser.call("lots.prepare", coder="yann", sources=[path]).json()
    assert (made["coder"], made["documents"], made["name"]) == ("yann", 1, "lot-yann.zip")


# ── The list of studies ──────────────────────────────────────────────────────────────────────────


def test_a_study_opened_is_remembered_by_its_place_alone_and_forgotten_when_asked(guest, study):
    guest.call("home.open", folder=str(study.folder))
    recent.remember(study.folder)
    (kept,) = Path(guest.call("home").json()["kept"]).glob("*.json")
    assert json.loads(kept.read_text(encoding="utf-8")) == {
        "format": 1, "folders": [str(study.folder.resolve())],
    }  # fmt: skip
    told = guest.call("home.forget", folder=str(study.folder.resolve())).json()
    assert told["recent"] == []
    assert study.check().faults == ()


def test_a_study_that_was_moved_is_shown_as_gone(guest, tmp_path):
    recent.remember(tmp_path / "partie")
    (one,) = guest.call("home").json()["recent"]
    assert (one["title"], one["there"]) == ("partie", False)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"folders": [1, null]}', b"\xff"])
def test_a_list_that_cannot_be_read_is_begun_again(own, content):
    recent.data_folder().mkdir()
    (recent.data_folder() / "recent.json").write_bytes(content)
    assert recent.known() == ()
    recent.remember(own)
    assert [one.folder for one in recent.known()] == [own.resolve()]


@pytest.mark.parametrize("folder", ["lot", "./lot", ""])
def test_a_study_is_opened_by_its_whole_place(guest, folder):
    answer = guest.call("home.open", folder=folder)
    assert "whole place" in answer.json()["error"]


def test_the_desk_changes_study_and_keeps_nothing_of_the_one_before(browser, lot, own):
    before = browser.call("note", source=browser.call("notes").json()[0]["source"]).json()
    browser.call("home.receive", file=handed(browser, lot), folder="lot")
    assert browser.call("hello").json()["study"]["lot"] == "claire"
    left = browser.call("home.leave").json()
    assert (left["study"], left["coder"]) == (None, None)
    assert browser.call("note", source=before["source"]).status_code == 422


def test_the_demonstration_is_opened_in_a_copy_that_ends_with_the_session(guest):
    told = guest.call("home.demo").json()
    folder = Path(told["study"]["folder"])
    assert told["study"]["demonstration"]
    assert folder.is_dir()
    guest.desk.close()
    assert not folder.exists()


def test_the_page_closes_the_workbench_where_the_door_can(browser):
    assert browser.call("home.close").status_code == 422
    closed = []
    browser.desk.quit = lambda: closed.append(True)
    assert browser.call("home.close").json() == {}
    assert closed == [True]
