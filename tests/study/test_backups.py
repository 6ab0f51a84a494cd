"""Backups: made by themselves, tested by restoring, never lost to one another."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpit_research.errors import FormatError, NotFound
from cpit_research.model.segment import Segment
from cpit_research.study import backups as module
from cpit_research.study.backups import KEPT, Backup, _too_many
from cpit_research.study.study import Study

NOTE = "Visite : V01\n\nL’école ferme à midi.\n\nLe maire arrive en retard.\n"


def dump(study: Study) -> list[str]:
    connection = sqlite3.connect(study.shelf.database_path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def code(study: Study, start: int = 14) -> None:
    study.code(Segment(study.corpus.at("V01.md").id, start, start + 8), "S1", coder="claire")


@pytest.fixture
def study(new_study):
    return new_study({"V01.md": NOTE})


def at(study: Study, moment: datetime) -> Study:
    """The same study, opened at another moment."""
    return Study(study.folder, occasion=replace(study.occasion, now=lambda: moment))


def test_a_copy_is_kept_before_the_first_change_of_each_day(study):
    start = datetime(2023, 6, 1, 9, tzinfo=UTC)
    for day in range(3):
        for hour in range(3):
            code(at(study, start + timedelta(days=day, hours=hour)))
    daily = [one.at.date() for one in study.backups() if one.at >= start]
    assert daily == [start.date() + timedelta(days=day) for day in (2, 1, 0)]
    assert {one.why for one in study.backups()} == {"daily"}


def test_the_copy_of_a_day_holds_what_was_there_before(study):
    before = dump(study)
    later = at(study, datetime(2023, 6, 1, tzinfo=UTC))
    code(later)
    assert dump(study) != before
    later.restore()
    assert dump(study) == before


def test_an_empty_study_has_nothing_to_back_up(new_study):
    study = new_study()
    with pytest.raises(NotFound):
        study.backup()
    assert study.backups() == ()


def test_restoring_gives_back_exactly_what_was_backed_up_and_can_be_undone(study):
    code(study)
    saved = study.backup()
    before = dump(study)
    code(study, 16)
    after = dump(study)
    done = study.restore(saved.path)
    assert dump(study) == before
    assert len(study.codings()) == 1
    assert study.check().sound
    assert done.kept is not None
    study.restore(done.kept.name)
    assert dump(study) == after
    assert study.check().sound
    code(study, 18)
    assert len(study.codings()) == 3


def test_the_newest_copy_is_restored_by_default_not_what_a_restoration_put_aside(study):
    study.backup()
    before = dump(study)
    code(study)
    study.restore()
    study.restore()
    assert dump(study) == before


def test_a_copy_is_found_by_its_day(study):
    study.backup()
    assert study.restore("2023-05-04").backup.at.date() == datetime(2023, 5, 4, tzinfo=UTC).date()


@pytest.mark.parametrize("spoil", ["cut", "zeros", "rubbish", "gone"])
def test_a_database_that_cannot_be_read_is_set_aside_and_the_study_goes_on(study, spoil):
    code(study)
    study.backup()
    before = dump(study)
    path = study.shelf.database_path
    content = path.read_bytes()
    study.close()
    spoilt = {
        "cut": content[: len(content) // 2],
        "zeros": content[:4096] + bytes(len(content) - 4096),
        "rubbish": b"far from a database" * 900,
    }.get(spoil)
    path.unlink()
    if spoilt is not None:
        path.write_bytes(spoilt)
    path.with_name("study.sqlite-journal").write_bytes(b"a journal of another life")
    again = Study(study.folder, occasion=study.occasion)
    done = again.restore()
    assert dump(again) == before
    assert again.check().sound
    code(again, 16)
    if spoilt is not None:
        assert done.kept is not None
        assert done.kept.read_bytes() == spoilt
    again.close()


def test_a_change_interrupted_is_undone_before_the_database_is_kept_aside(study):
    """A hot journal belongs to the file beside it, not to what is restored."""
    code(study)
    study.backup()
    saved = dump(study)
    path = study.shelf.database_path
    journal = path.with_name("study.sqlite-journal")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA cache_size=2")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("CREATE TABLE spill (x)")
    for _ in range(50):
        writer.execute("INSERT INTO spill VALUES (zeroblob(4000))")
    halfway, torn = path.read_bytes(), journal.read_bytes()
    writer.execute("ROLLBACK")
    writer.close()
    study.close()
    path.write_bytes(halfway)
    journal.write_bytes(torn)
    done = Study(study.folder, occasion=study.occasion).restore()
    assert dump(study) == saved
    assert not journal.exists()
    assert done.kept is not None
    kept = sqlite3.connect(done.kept)
    assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    kept.close()


@pytest.mark.usefixtures("in_english")
def test_a_damaged_backup_or_one_of_another_study_changes_nothing(study, new_study, tmp_path):
    saved = study.backup()
    before = dump(study)
    saved.path.write_bytes(saved.path.read_bytes()[:-4096])
    with pytest.raises(FormatError, match=r"damaged|cannot be used"):
        study.restore(saved.path)
    other = new_study({"V01.md": NOTE})
    other_toml = (other.folder / "study.toml").read_text(encoding="utf-8")
    key = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="
    lines = [
        f'key = "{key}"' if line.startswith("key") else line for line in other_toml.split("\n")
    ]
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "study.toml").write_text("\n".join(lines), encoding="utf-8")
    (foreign / "data").mkdir()
    with pytest.raises(FormatError, match="another study"):
        Study(foreign).restore(other.backup().path)
    assert dump(study) == before


@pytest.mark.usefixtures("in_english")
def test_an_unknown_backup_is_told_with_those_that_exist(study):
    saved = study.backup()
    with pytest.raises(NotFound, match=saved.path.name):
        study.restore("2001-01-01")


def test_the_key_of_the_study_is_kept_beside_the_copies(study):
    study.backup()
    kept = (study.shelf.backups / "study.toml").read_bytes()
    assert kept == (study.folder / "study.toml").read_bytes()


def test_a_disk_without_room_for_a_copy_does_not_stop_people_and_is_told(study, monkeypatch):
    monkeypatch.setattr(module, "copy_database", lambda *_: refuse())
    later = at(study, datetime(2023, 6, 9, tzinfo=UTC))
    code(later)
    assert len(later.codings()) == 1
    assert any("cpit backup" in remark for remark in later.check().remarks)


def refuse() -> None:
    raise FormatError("no room")


MOMENTS = st.lists(
    st.datetimes(datetime(2022, 1, 1), datetime(2024, 12, 31)),  # noqa: DTZ001  drawn, then set in UTC
    unique_by=lambda moment: moment.date(),
    max_size=120,
)


@settings(deadline=None)
@given(MOMENTS)
def test_the_newest_copies_and_the_last_of_each_month_stay(moments):
    known = [
        Backup(Path(f"{n}"), moment.replace(tzinfo=UTC), "daily", 1)
        for n, moment in enumerate(sorted(moments, reverse=True))
    ]
    gone = set(_too_many(known))
    stay = [one for one in known if one not in gone]
    assert not gone & set(known[:KEPT])
    assert len(stay) <= KEPT + module.KEPT_MONTHS
    months = list(dict.fromkeys((one.at.year, one.at.month) for one in known))
    newest = {month: next(b for b in known if (b.at.year, b.at.month) == month) for month in months}
    assert {newest[month] for month in months[: module.KEPT_MONTHS]} <= set(stay)


def test_copies_asked_for_are_never_removed(study):
    asked = [study.backup().path for _ in range(KEPT + 5)]
    for day in range(KEPT + 5):
        code(at(study, datetime(2023, 7, 1, tzinfo=UTC) + timedelta(days=day)))
    assert all(path.exists() for path in asked)
    assert sum(one.why == "daily" for one in study.backups()) <= KEPT + 2
