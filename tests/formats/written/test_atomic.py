"""A file is written whole or not at all."""

import os

import pytest

from cpit_research.errors import FormatError
from cpit_research.formats.atomic import replace_file, replacing


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
