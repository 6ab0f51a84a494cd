"""A study takes the odd files that are accepted; those that it refuses leave no trace."""

import re

import pytest
from odd_files.gathered import families

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


def on_disk(folder) -> dict[str, bytes]:
    """Every file of a study, its database included."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
