"""A study takes the odd files that are accepted; those that it refuses leave no trace."""

import re
from pathlib import Path

import pytest
from odd_files.gathered import families

from cpit_research.formats.limits import FILE_BYTES
from cpit_research.wording import use_language

FILES = [file for _family, files in families() for file in files]


@pytest.mark.slow
def test_refused_files_leave_the_database_and_the_folder_as_they_were(new_study, tmp_path):
    study = new_study()
    outbox = {state: tmp_path / state for state in ("accepted", "refused")}
    for folder in outbox.values():
        folder.mkdir()
    for odd in FILES:
        (outbox["refused" if odd.refused else "accepted"] / odd.name).write_bytes(odd.build())
    given = {state: sorted(folder.iterdir()) for state, folder in outbox.items()}

    taken = study.ingest(given["accepted"])
    assert [(row.path, row.reason) for row in taken.rows if row.state != "accepted"] == []
    assert len(taken.rows) == len(given["accepted"])

    before = on_disk(study.folder)
    with use_language("en"):
        refused = study.ingest(given["refused"])
    assert {row.state for row in refused.rows} == {"refused"}
    sentences = {row.path: row.reason for row in refused.rows}
    for odd in FILES:
        if odd.refused:
            assert re.search(odd.refused, sentences[str(outbox["refused"] / odd.name)])
    assert on_disk(study.folder) == before


def test_a_file_that_is_too_large_is_refused_before_it_is_in_memory(
    new_study, tmp_path, monkeypatch
):
    study = new_study()
    film = tmp_path / "film.txt"
    with film.open("wb") as written:
        written.truncate(FILE_BYTES + 1)
    read_bytes = Path.read_bytes

    def read(path):
        assert path != film
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    with use_language("en"):
        (row,) = study.ingest([film]).rows
    assert (row.state, row.reason.partition(".")[0]) == (
        "refused",
        "The file is larger than 200 MB",
    )


def on_disk(folder) -> dict[str, bytes]:
    """Every file of a study, its database included."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
