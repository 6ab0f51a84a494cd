"""The grid leaves a study through the same gate as everything else."""

import pytest

from cpit_research.errors import Withheld
from cpit_research.formats.working.codebook_reading import read_qdc
from cpit_research.formats.written.inspection import texts_of
from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.model.grid import Code, Grid
from cpit_research.store.vault import make_key, seal_table
from cpit_research.study.grids.grid_interchange import codebook, printed

TABLE = Correspondence(
    (
        Entry("P01", "person", ("Maëlle Kerdoncuff",)),
        Entry("P02", "person", ("Ronan Le Goff",)),
        Entry("T01", "territory", ("Saint-Aubert",)),
        Entry("T02", "territory", ("Vaucelin",)),
    )
)
NAMING = Grid("g", "v1", codes=(Code("S1", "Relier", example="Elle va à SAINT AUBERT"),))
DOCUMENTS = [".docx", ".html", ".xlsx"]


@pytest.fixture
def study(new_study, tmp_path, monkeypatch):
    key, path = tmp_path / "key.txt", tmp_path / "names.age"
    make_key(key)
    seal_table(TABLE, path, key=key)
    monkeypatch.setenv("CPIT_TABLE", str(path))
    monkeypatch.setenv("CPIT_TABLE_KEY", str(key))
    return new_study({})


def test_a_codebook_that_left_reads_back_as_the_grid(study, tmp_path):
    grid = study.grid()
    path = codebook(study, grid, tmp_path / "sortie" / "grille.qdc")
    assert read_qdc(path) == (grid, ())


@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_the_printed_grid_holds_its_codes_and_who_signs(study, tmp_path, suffix):
    path = printed(study, study.grid(), tmp_path / f"grille{suffix}")
    said = "\n".join(text for _place, text in texts_of(path))
    for words in ("Grille d’essai", "Clarifier son mandat", "Se faire connaître", "Équipe"):
        assert words in said


@pytest.mark.parametrize("suffix", [".qdc", *DOCUMENTS])
def test_a_grid_that_names_somewhere_does_not_leave(study, tmp_path, suffix):
    folder = tmp_path / "sortie"
    folder.mkdir()
    leave = codebook if suffix == ".qdc" else printed
    with pytest.raises(Withheld):
        leave(study, NAMING, folder / f"grille{suffix}")
    assert not list(folder.iterdir())


def test_a_codebook_may_not_bear_a_name_either(study, tmp_path):
    with pytest.raises(Withheld):
        codebook(study, study.grid(), tmp_path / "vaucelin.qdc")
    assert not (tmp_path / "vaucelin.qdc").exists()
