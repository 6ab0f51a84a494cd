"""The shell, as a person types it."""

import json
import os
import shutil
import subprocess
import sys
from functools import partial

import pytest

from cpit_research.cli.show import print_table
from cpit_research.results.document import Table

pytestmark = pytest.mark.slow

NOTE = "Visite : V01\n\n# Une visite\n\nLe maire attend devant la halle. Il pleut.\n"


def run(*words, folder, lang="fr"):
    """Run the command line, with no home and no table."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "nowhere"),
        "PYTHONUTF8": "1",
        "CPIT_LANG": lang,
    }
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "cpit_research", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def cpit(tmp_path):
    """Run the command line, in an empty folder unless another is named."""
    return partial(run, folder=tmp_path)


@pytest.fixture(scope="module")
def created(tmp_path_factory):
    """A study just created from the command line, that each test copies."""
    place = tmp_path_factory.mktemp("created")
    made = run("create", "etude", folder=place)
    assert made.returncode == 0, made.stderr
    return place / "etude"


@pytest.fixture
def study(created, tmp_path):
    folder = shutil.copytree(created, tmp_path / "etude")
    (folder / "data" / "raw" / "V01.md").write_text(NOTE, encoding="utf-8")
    return folder


def test_a_note_goes_from_the_folder_to_a_search(cpit, study):
    taken = cpit("ingest", folder=study)
    assert taken.returncode == 0, taken.stderr
    found = cpit("analysis", "search", "HALLE", folder=study)
    assert "devant la halle" in found.stdout


def test_a_refused_file_gives_exit_code_1_and_stops_no_other(cpit, study):
    (study / "data" / "raw" / "vieux.doc").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    )
    taken = cpit("ingest", "--json", folder=study)
    assert taken.returncode == 1
    states = {row["path"]: row["state"] for row in json.loads(taken.stdout)}
    assert states == {"V01.md": "accepted", "vieux.doc": "refused"}


def test_the_language_is_french_unless_english_is_asked_for(cpit, study):
    french = cpit("check", folder=study)
    english = cpit("--lang", "en", "check", folder=study)
    assert "vérifi" in french.stdout.lower()
    assert "sound" in english.stdout
    assert "sound" in cpit("check", lang="en", folder=study).stdout
    assert french.returncode == english.returncode == 0


def test_help_speaks_the_language_asked_for(cpit):
    assert cpit("--help").stdout != cpit("--lang", "en", "--help").stdout


def test_a_folder_without_study_gets_a_sentence_and_no_trace(cpit, tmp_path):
    asked = cpit("check", folder=tmp_path)
    assert asked.returncode == 1
    assert "cpit create" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_create_refuses_a_folder_that_holds_something(cpit, study, tmp_path):
    assert cpit("create", "etude").returncode == 1
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "note.txt").write_text("ici", encoding="utf-8")
    assert cpit("create", "plein").returncode == 1
    assert (tmp_path / "plein" / "note.txt").read_text(encoding="utf-8") == "ici"


def test_the_study_can_be_named_from_elsewhere(cpit, study, tmp_path):
    assert cpit("--study", "etude", "ingest").returncode == 0
    assert cpit("--study", str(study), "check", folder=tmp_path).returncode == 0


def test_a_study_with_participants_exports_nothing_without_its_table(cpit, study, root):
    register = root / "data" / "raw" / "registre.xlsx"
    (study / "data" / "raw" / "registre.xlsx").write_bytes(register.read_bytes())
    (study / "grids" / "v1.yaml").write_bytes((root / "grids" / "v1.yaml").read_bytes())
    cpit("ingest", folder=study)
    asked = cpit("export", "--to", "synthese.html", folder=study)
    assert asked.returncode == 1
    assert "CPIT_TABLE" in asked.stderr
    assert not (study / "synthese.html").exists()


def test_a_folder_that_is_not_there_is_no_study_even_inside_one(cpit, study):
    asked = cpit("--study", "rien", "check", folder=study)
    assert asked.returncode == 1
    assert "rien" in asked.stderr


def test_a_bracket_in_the_name_of_a_document_is_shown(capsys):
    print_table(Table("Notes [a]", ("note [v2].md",), (("[/oui]",),)))
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("Notes [a]", "note [v2].md", "[/oui]"))
