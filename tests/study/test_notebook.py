"""What a notebook shows of a whole study names nobody whom the correspondence table knows."""

import re

import pytest

from cpit_research.analysis import coverage, crosstab
from cpit_research.store.vault import open_table
from cpit_research.study.opening import open_study
from cpit_research.wording import LANGUAGES, use_language


@pytest.fixture(scope="module")
def names(root):
    folder = root / "cpit_research" / "demonstration"
    table = open_table(folder / "correspondance.age", key=folder / "cle-de-demonstration.txt")
    return [form for entry in table.entries for form in entry.names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_known_name_is_shown_of_a_study_its_corpus_its_codings_and_their_counts(
    demonstration, names, language
):
    with use_language(language), open_study(demonstration) as study:
        codings = study.codings()
        shown = [
            one._repr_html_()
            for one in (study, study.corpus, codings, codings.where(settled=True), study.grid(),
                        study.grid_diff("v1", "v2"), crosstab(codings),
                        coverage(study.corpus, study.register, codings))
        ]  # fmt: skip
    assert len(names) > 20
    for page in shown:
        assert f'lang="{language}"' in page
        assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", page)] == []


def test_a_study_is_shown_without_its_database(study_folder_without_database):
    with open_study(study_folder_without_database) as study:
        shown = study._repr_html_()
        assert study.identity.author in shown
        assert "v1, v2" in shown
        assert not study.shelf.database_path.exists()


@pytest.fixture
def study_folder_without_database(root, tmp_path):
    (tmp_path / "grids").mkdir()
    (tmp_path / "study.toml").write_bytes((root / "study.toml").read_bytes())
    for name in ("v1.yaml", "v2.yaml"):
        (tmp_path / "grids" / name).write_bytes((root / "grids" / name).read_bytes())
    return tmp_path
