"""A file read in a process apart: the same reading, or a sentence, and the next file is read."""

import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.formats.archive import announced
from cpit_research.formats.limits import LIGHT_BYTES, READING_BYTES
from cpit_research.formats.received import apart as door
from cpit_research.formats.received.apart import Apart, is_light
from cpit_research.formats.received.sources import SUFFIXES, read_source
from cpit_research.wording import use_language

pytestmark = pytest.mark.usefixtures("in_english")

#: A reader that does what the name of the file says, served as the real one is.
MISBEHAVING = """
import os, sys, time
from cpit_research.formats.received import serving
from cpit_research.formats.received.sources import read_source

def read(data, name, speakers):
    kept = {
        "slow.txt": lambda: time.sleep(60),
        "hungry.txt": lambda: bytearray(2**30),
        "broken.txt": os.abort,
        "leaving.txt": lambda: os._exit(0),
        "wrong.txt": lambda: 1 / 0,
        "noisy.txt": lambda: os.write(1, b"a warning of a native library"),
        "curious.txt": lambda: None,
    }[name]()
    said = " ".join(sorted(os.environ)) if name == "curious.txt" else "read"
    return read_source(said.encode(), "a.txt")

serving.READING_SECONDS = SECONDS
serving.read_source = read
serving._main()
"""


@pytest.fixture
def misbehaving(monkeypatch):
    """Put a reader that misbehaves in the process apart."""

    def put(seconds: float = 30) -> None:
        program = MISBEHAVING.replace("SECONDS", str(seconds))
        monkeypatch.setattr(door, "_PROGRAM", ("-P", "-c", program))

    put()
    return put


@pytest.fixture
def apart():
    with Apart() as opened:
        yield opened


@pytest.fixture(scope="module")
def lasting():
    with Apart() as opened:
        yield opened


def documents(root: Path) -> list[Path]:
    return [file for file in sorted((root / "data" / "raw").rglob("*")) if file.suffix in SUFFIXES]


def test_the_documents_of_the_demonstration_are_read_alike(root, apart):
    files = documents(root)
    assert len(files) > 5
    for file in files:
        data = file.read_bytes()
        assert apart.read_apart(data, file.name, ("maire",)) == read_source(
            data, file.name, ("maire",)
        )
    assert 0 < apart.peak < READING_BYTES


@given(st.text(max_size=200), st.sampled_from([".txt", ".md", ".vtt", ".srt", ".docx"]))
def test_any_text_is_read_or_refused_alike(lasting, text, suffix):
    data, name = text.encode("utf-8", "replace"), "note" + suffix
    assert outcome(lasting.read_apart, data, name) == outcome(read_source, data, name)


def outcome(read, data, name):
    try:
        return read(data, name, ("Claire",))
    except FormatError as error:
        return vars(error)


def test_an_error_comes_back_whole(apart, build_archive):
    data = build_archive({"_rels/.rels": "<x>"})
    with pytest.raises(FormatError, match="not well-formed") as here:
        read_source(data, "a.docx")
    with pytest.raises(FormatError) as there:
        apart.read_apart(data, "a.docx")
    assert vars(there.value) == vars(here.value)
    assert there.value.path == "a.docx"
    assert there.value.where
    assert there.value.remedy
    assert str(there.value) == str(here.value)


def test_sentences_are_in_the_language_of_whoever_asks(apart):
    data = "é".encode("cp1252")
    for language, said in (("fr", "Le texte est en"), ("en", "The text is in"), ("fr", "Le")):
        with use_language(language):
            assert apart.read_apart(data, "a.txt").notices[0].startswith(said)
            with pytest.raises(FormatError, match="vide" if language == "fr" else "empty"):
                apart.read_apart(b" ", "a.txt")


def test_a_small_file_starts_no_process_and_a_large_one_does(apart, build_docx):
    small = b"Bonjour"
    assert is_light(small, "a.txt")
    assert apart.read(small, "a.txt").text == "Bonjour"
    assert apart.read(build_docx("<w:p/>"), "a.docx").reader.startswith("docx/")
    with pytest.raises(FormatError, match="not read"):
        apart.read(b"x" * (LIGHT_BYTES + 1), "film.xyz")
    assert apart.peak == 0
    large = b"Bonjour. " * (LIGHT_BYTES // 9 + 1)
    assert apart.read(large, "a.txt") == read_source(large, "a.txt")
    assert apart.peak > 0


def test_an_archive_that_inflates_much_is_read_apart(apart, build_docx):
    bomb = build_docx(f"<w:p><w:r><w:t>{'a' * 5_000_000}</w:t></w:r></w:p>")
    assert len(bomb) < LIGHT_BYTES
    assert not is_light(bomb, "a.docx")
    assert len(apart.read(bomb, "a.docx").text) == 5_000_000
    assert apart.peak > 0


@given(st.lists(st.binary(max_size=3_000), max_size=5))
def test_an_archive_never_announces_less_than_it_holds(entries):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as opened:
        for number, content in enumerate(entries):
            opened.writestr(f"{number}.xml", content)
    with ZipFile(buffer) as opened:
        assert announced(buffer.getvalue()) >= sum(one.file_size for one in opened.infolist())


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_read(
    apart, misbehaving, monkeypatch
):
    monkeypatch.setattr(door, "READING_SECONDS", 1)
    started = time.monotonic()
    with pytest.raises(FormatError, match=r"takes more than 1 seconds\. .*split it") as caught:
        apart.read_apart(b"x", "slow.txt")
    assert time.monotonic() - started < 10
    assert caught.value.path == "slow.txt"
    assert apart.read_apart(b"x", "curious.txt").reader.startswith("txt/")


@pytest.mark.skipif(sys.platform != "linux", reason="no bound of memory elsewhere")
def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_one_read(apart, misbehaving):
    with pytest.raises(FormatError, match=r"more than 512 MB of memory\. .*split it") as caught:
        apart.read_apart(b"x", "hungry.txt")
    assert caught.value.path == "hungry.txt"
    assert apart.read_apart(b"x", "curious.txt").text


def test_memory_that_lacks_in_this_process_is_told_by_the_same_sentence(apart, monkeypatch):
    def lacking(*_arguments):
        raise MemoryError

    monkeypatch.setattr(door, "read_source", lacking)
    with pytest.raises(FormatError, match="more than 512 MB of memory"):
        apart.read(b"x", "a.txt")


@pytest.mark.parametrize("name", ["broken.txt", "leaving.txt", "wrong.txt"])
def test_a_file_that_stops_the_reader_is_refused_and_the_next_one_read(apart, misbehaving, name):
    with pytest.raises(FormatError, match="stops the program that reads it") as caught:
        apart.read_apart(b"x", name)
    assert (caught.value.path, bool(caught.value.remedy)) == (name, True)
    assert apart.read_apart(b"x", "curious.txt").text


def test_a_process_that_cannot_start_refuses_its_files(apart, monkeypatch):
    monkeypatch.setattr(door, "_PROGRAM", ("-c", "raise SystemExit(3)"))
    with pytest.raises(FormatError, match="stops the program"):
        apart.read_apart(b"x", "a.txt")


def test_a_process_ended_between_two_files_is_started_again(apart):
    apart.read_apart(b"un", "a.txt")
    apart._child._process.kill()
    apart._child._process.wait()
    assert apart.read_apart(b"deux", "a.txt").text == "deux"


def test_what_a_library_prints_does_not_mix_with_answers(apart, misbehaving):
    assert apart.read_apart(b"x", "noisy.txt").text == "read"


def test_what_opens_the_table_of_names_is_not_told_to_the_process(apart, misbehaving, monkeypatch):
    monkeypatch.setenv("CPIT_TABLE", "table.age")
    monkeypatch.setenv("CPIT_TABLE_KEY", "key.txt")
    told = apart.read_apart(b"x", "curious.txt").text.split()
    assert "PYTHONPATH" in told
    assert not [name for name in told if name.startswith("CPIT_TABLE")]


def test_a_reader_that_is_stuck_ends_by_itself_when_nobody_is_left_to_stop_it(apart, misbehaving):
    misbehaving(0.3)
    started = time.monotonic()
    with pytest.raises(FormatError, match="stops the program"):
        apart.read_apart(b"x", "slow.txt")
    assert time.monotonic() - started < 9


PARENT = """
import time
from cpit_research.formats.received.apart import Apart
apart = Apart()
apart.read_apart(b"x", "a.txt")
print(apart._child._process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_no_process_is_left_when_its_parent_is_killed(root):
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as parent:
        child = int(parent.stdout.readline())
        assert running(child)
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while running(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not running(child)


def running(process: int) -> bool:
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


def test_closing_ends_the_process(misbehaving):
    with Apart() as apart:
        apart.read_apart(b"x", "curious.txt")
        process = apart._child._process
    assert process.returncode is not None
    apart.close()
