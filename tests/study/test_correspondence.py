"""The table of names opens by key or by passphrase, and never lies in the study."""

import os
from io import StringIO

import pytest
from openpyxl import Workbook

from cpit_research.errors import InvalidInput, Withheld
from cpit_research.model.correspondence import Correspondence
from cpit_research.study.correspondence import correspondence

ROWS = (["id", "catégorie", "nom", "alias"], ["P01", "personne", "Maëlle Kerdoncuff", "Maëlle"])


@pytest.fixture
def workbook(tmp_path):
    book = Workbook()
    book.active.title = "Correspondance"
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "noms.xlsx")
    return tmp_path / "noms.xlsx"


@pytest.fixture
def descriptor(monkeypatch):
    """Say a passphrase through a file descriptor, as a keyring would."""

    def say(words: str) -> None:
        reading, writing = os.pipe()
        os.write(writing, f"{words}\nsuite".encode())
        os.close(writing)
        monkeypatch.setenv("CPIT_TABLE_FD", str(reading))

    return say


def test_a_table_sealed_for_a_new_key_opens_with_it(new_study, workbook, tmp_path, monkeypatch):
    study = new_study()
    monkeypatch.setenv("CPIT_TABLE_KEY", str(tmp_path / "cle" / "cle.txt"))
    monkeypatch.setenv("CPIT_TABLE", str(tmp_path / "noms.age"))
    assert study.table_seal(workbook) == tmp_path / "noms.age"
    (entry,) = correspondence(study).entries
    assert entry.names == ("Maëlle Kerdoncuff", "Maëlle")


@pytest.mark.slow
def test_a_table_sealed_with_a_passphrase_opens_with_it(
    new_study, workbook, tmp_path, monkeypatch, descriptor
):
    study = new_study()
    descriptor("l’été")
    path = study.table_seal(workbook, to=tmp_path / "noms.age")
    monkeypatch.setenv("CPIT_TABLE", str(path))
    descriptor("l’été")
    assert correspondence(study).entries[0].id == "P01"


def test_an_empty_passphrase_seals_nothing(new_study, workbook, tmp_path, descriptor):
    descriptor("")
    with pytest.raises(InvalidInput):
        new_study().table_seal(workbook, to=tmp_path / "noms.age")
    assert not (tmp_path / "noms.age").exists()


def test_where_nobody_can_be_asked_the_table_stays_closed(
    new_study, workbook, tmp_path, monkeypatch
):
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(Withheld, match="CPIT_TABLE_FD"):
        new_study().table_seal(workbook, to=tmp_path / "noms.age")


def test_the_table_is_never_written_inside_the_study(new_study, workbook, monkeypatch):
    study = new_study()
    monkeypatch.chdir(study.folder)
    for place in (
        study.folder / "noms.age",
        study.folder / "data" / "x" / ".." / "noms.age",
        "noms.age",
    ):
        with pytest.raises(InvalidInput):
            study.table_seal(workbook, to=place)
    assert not list(study.folder.rglob("*.age"))


def test_without_a_place_for_the_table_one_is_asked(new_study, workbook):
    with pytest.raises(InvalidInput, match="CPIT_TABLE"):
        new_study().table_seal(workbook)


def test_a_study_whose_register_names_nobody_has_an_empty_table(new_study):
    assert correspondence(new_study(register=False)) == Correspondence(())


def test_what_is_no_file_descriptor_is_told(new_study, workbook, tmp_path, monkeypatch):
    monkeypatch.setenv("CPIT_TABLE_FD", "abc")
    with pytest.raises(InvalidInput, match="CPIT_TABLE_FD"):
        new_study().table_seal(workbook, to=tmp_path / "table.age")
