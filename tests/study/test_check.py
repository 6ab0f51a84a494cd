"""A text, a coded passage or a file received that changed is found by `check`."""

import sqlite3
from random import Random

import pytest

from cpit_research.model.segment import Segment
from cpit_research.store.schema import GUARDS

NOTE = "Visite : V01\n\n" + "\n\n".join(
    f"Paragraphe {n} : l’école, le cœur, 🌾 !" for n in range(6)
)


@pytest.fixture
def study(new_study):
    study = new_study({"V01.md": NOTE, "V02.md": NOTE[::-1]})
    source = study.corpus.at("V01.md")
    study.code(Segment(source.id, 20, 40), "S1", coder="claire")
    return study


def tamper(study, statement: str, *values) -> None:
    """Change a row as no door of the study allows, and put the guards back."""
    connection = sqlite3.connect(study.folder / "data" / "study.sqlite")
    for guard in GUARDS:
        connection.execute(f"DROP TRIGGER {guard}")
    assert connection.execute(statement, values).rowcount
    for sql in GUARDS.values():
        connection.execute(sql)
    connection.commit()
    connection.close()


def found_when_flipped(study, bits) -> list[bool]:
    """Flip bits of a stored text one after the other; say which flips a check sees."""
    version = study.corpus.at("V01.md").version
    whole = study.corpus.at("V01.md").text.encode()
    seen = []
    for bit in bits:
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        write = "UPDATE text_version SET text = CAST(? AS TEXT) WHERE id = ?"
        tamper(study, write, bytes(flipped), version)
        seen.append(not study.check().sound)
        tamper(study, write, whole, version)
    assert study.check().faults == ()
    return seen


def test_a_study_that_nothing_has_touched_is_sound_and_says_what_was_verified(study):
    report = study.check()
    assert (report.faults, report.sound) == ((), True)
    assert sorted(n for _what, n in report.verified) == [1, 2, 2, 3, 3]


def test_a_flipped_bit_in_a_stored_text_is_found(study):
    bits = Random(3).sample(range(len(NOTE.encode()) * 8), 12)
    assert all(found_when_flipped(study, bits))


@pytest.mark.exhaustive
def test_every_flipped_bit_of_a_stored_text_is_found(new_study):
    study = new_study({"V01.md": "Visite : V01\n\nL’école, le cœur, 🌾 !"})
    size = len(study.corpus.at("V01.md").text.encode())
    assert all(found_when_flipped(study, range(size * 8)))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE text_version SET digest = zeroblob(16)",
        "UPDATE text_version SET ordinal = rowid, source = (SELECT max(id) FROM source)",
        "UPDATE text_version SET text = text || ' '",
        "UPDATE event SET start = start + 1",
        'UPDATE event SET "end" = "end" - 1',
        'UPDATE event SET "end" = 100000',
        "UPDATE event SET start = -1",
        'UPDATE event SET start = "end"',
        "UPDATE event SET digest = zeroblob(16)",
        "UPDATE event SET version = 'nowhere'",
        "UPDATE event SET version = (SELECT id FROM text_version WHERE id <> event.version)",
        "UPDATE event SET grid = 'v9'",
        "DELETE FROM text_version",
        "UPDATE reading SET sha256 = 'x' || substr(sha256, 2)",
        "UPDATE reading SET path = 'ailleurs.md'",
    ],
)
def test_a_row_changed_behind_the_guards_is_found(study, statement):
    tamper(study, statement)
    report = study.check()
    assert report.faults
    assert all(report.faults)


def test_a_file_received_that_changed_or_went_away_is_found(study):
    path = study.shelf.raw / "V01.md"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    (fault,) = study.check().faults
    assert "V01.md" in fault
    path.unlink()
    (fault,) = study.check().faults
    assert "V01.md" in fault
    path.write_bytes(whole)
    assert study.check().sound


def test_a_grid_or_a_register_that_cannot_be_read_is_a_fault_among_others(study):
    (study.folder / "grids" / "v1.yaml").write_text("version: [", encoding="utf-8")
    (study.shelf.raw / "registre.xlsx").write_bytes(b"not a workbook")
    (study.shelf.raw / "V02.md").unlink()
    assert len(study.check().faults) >= 3


def test_a_grid_that_went_away_leaves_its_codings_with_a_fault(study):
    (study.folder / "grids" / "v1.yaml").unlink()
    assert any("v1" in fault for fault in study.check().faults)


def test_a_database_whose_pages_are_spoilt_is_told_and_nothing_is_raised(study):
    path = study.folder / "data" / "study.sqlite"
    study.corpus  # noqa: B018  read and kept before the disk fails
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)
    assert not study.check().sound


def test_what_is_not_wrong_is_a_remark(new_study):
    study = new_study({"sans visite.md": NOTE.replace("Visite : V01", "Bonjour")})
    source = study.corpus.at("sans visite.md")
    study.code(Segment(source.id, 0, 7), "S1", coder="claire")
    corrected = source.text.replace("Bonjour", "Bonsoir")
    (study.shelf.raw / "sans visite.md").write_text(corrected, encoding="utf-8")
    study.ingest()
    report = study.check()
    assert report.sound
    assert len(report.remarks) == 2
    assert "sans visite.md" in report.remarks[0]
