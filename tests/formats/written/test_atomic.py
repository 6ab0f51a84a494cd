"""A file is written whole or not at all."""

import os
import time

import pytest

from cpit_research.errors import FormatError
from cpit_research.formats.atomic import (
    make_folder,
    replace_file,
    replacing,
    sweep,
    take_place,
    unfinished,
)


def test_a_block_that_fails_leaves_the_former_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.txt"
    replace_file(path, b"avant")
    with pytest.raises(TypeError), replacing(path) as stream:
        stream.writelines([b"milieu", "un texte"])
    assert path.read_bytes() == b"avant"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_the_content_is_on_the_disk_before_the_name_changes(tmp_path, monkeypatch):
    done = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("fsync"), fsync(handle)))
    replace = type(tmp_path).replace
    monkeypatch.setattr(
        type(tmp_path), "replace", lambda self, to: (done.append("replace"), replace(self, to))
    )
    replace_file(tmp_path / "a.txt", b"x")
    assert done[:2] == ["fsync", "replace"]


def test_a_place_that_refuses_is_told_with_what_to_do(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(FormatError) as caught:
        replace_file(tmp_path / "folder", b"x")
    assert caught.value.remedy
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_what_a_killed_program_left_is_swept_later_and_nothing_else_is(tmp_path):
    left = [unfinished(tmp_path / "a.txt", "a.txt"), unfinished(tmp_path / "b", suffix=".docx")]
    kept = [tmp_path / name for name in (".a.tmp", "a.0123456789ab.tmp", ".a.0123456789ab.tmpx")]
    for path in (*left, *kept):
        path.write_bytes(b"x")
    sweep(tmp_path.iterdir())
    assert all(path.exists() for path in left)  # somebody may be writing them
    for path in (*left, *kept):
        os.utime(path, (time.time() - 7200,) * 2)
    sweep(tmp_path.iterdir())
    assert set(tmp_path.iterdir()) == set(kept)


def test_a_folder_or_a_name_that_is_taken_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FormatError, match="file/below"):
        make_folder(tmp_path / "file" / "below")
    with pytest.raises(FormatError, match="folder"):
        take_place(tmp_path / "file", tmp_path / "folder")
    with pytest.raises(FormatError, match=r"a\.txt"):
        replace_file(tmp_path / "file" / "a.txt", b"x")
    assert (tmp_path / "file").read_bytes() == b"x"
