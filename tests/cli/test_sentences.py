"""What the shell says when something is mistyped, refused or stopped: sentences, never a trace."""

import re
import sqlite3
from contextlib import closing

import pytest
import typer
from openpyxl import Workbook
from typer.testing import CliRunner

from cpit_research.cli import app as module
from cpit_research.cli.reports import print_ingest
from cpit_research.cli.usage import said
from cpit_research.store import database
from cpit_research.study.ingest_report import IngestReport, IngestRow
from cpit_research.study.opening import create_study
from cpit_research.wording import use_language

pytestmark = pytest.mark.slow

ENGLISH = re.compile(
    r"\b(Usage: |Error|Arguments?\b(?!s)|Commands|Missing|Invalid|Try|Show this|required|default:|"
    r"No such|Got unexpected|unable|denied|directory)"
)


@pytest.fixture
def cpit(monkeypatch, capsys):
    """Run a command in this process; give its exit code and all that it printed."""

    def run(*words, lang="fr"):
        monkeypatch.setattr("sys.argv", ["cpit", *map(str, words)])
        with use_language(lang), pytest.raises(SystemExit) as stopped:
            module.run()
        printed = capsys.readouterr()
        return stopped.value.code or 0, printed.out + printed.err

    return run


@pytest.fixture
def study(tmp_path):
    made = create_study(tmp_path / "etude")
    made.close()
    return made.folder


MISTYPED = [
    ["export"],
    ["finding", "import"],
    ["bogus"],
    ["chek"],
    ["ingest", "--replcaes", "x"],
    ["ingest", "-z"],
    ["analysis", "search", "--around", "-4", "x"],
    ["analysis", "search", "--around", "a", "x"],
    ["create", "a", "b"],
    ["sheet", "export", "--coder"],
    ["ingest", "--json=3"],
    ["--lang", "de", "check"],
]


@pytest.mark.parametrize("words", MISTYPED, ids=" ".join)
def test_a_word_mistyped_is_told_in_french_with_exit_code_2(cpit, words):
    code, printed = cpit(*words)
    assert code == 2
    assert not ENGLISH.search(printed), printed
    assert "--help" in printed


@pytest.mark.parametrize("words", [[], ["ingest"], ["sheet", "export"], ["analysis", "crosstab"]])
def test_help_is_in_french_throughout(cpit, words):
    code, printed = cpit(*words, "--help")
    assert code == 0
    assert "Afficher cette aide." in printed
    assert not ENGLISH.search(printed.replace("Arguments", "")), printed


def test_english_is_kept_for_those_who_ask_for_it(cpit):
    _code, printed = cpit("export", lang="en")
    assert "The option --to is missing." in printed
    assert "Show this message and exit." in cpit("export", "--help", lang="en")[1]


def test_a_sentence_of_typer_that_nobody_knows_is_left_as_it_is():
    assert said("Something new.") == "Something new."


def test_what_the_system_refuses_is_a_sentence(cpit, study):
    (study / "fichier").write_text("ici", encoding="utf-8")
    code, printed = cpit("--study", study, "export", "--to", study / "fichier" / "x.html")
    assert code == 1
    assert "un fichier occupe la place d’un dossier" in printed.replace("\n", " ")
    (study / "dossier.xlsx").mkdir()
    code, printed = cpit("--study", study, "analysis", "inventory", "--to", study / "dossier.xlsx")
    assert code == 1
    told = "dossier.xlsx ne peut pas être écrit\u00a0: c’est un dossier."
    assert told in printed.replace("\n", " ")


def test_a_command_stopped_from_the_keyboard_says_so(cpit, monkeypatch):
    def stop():
        raise KeyboardInterrupt

    app = typer.Typer(callback=lambda: None)
    app.command("check")(stop)
    monkeypatch.setattr(module, "build_app", lambda: app)
    code, printed = cpit("check")
    assert code == 130
    assert "Arrêté." in printed


def test_a_study_that_another_program_keeps_is_told(cpit, study, monkeypatch):
    cpit("--study", study, "check")
    monkeypatch.setattr(
        database, "_PRAGMAS", [one for one in database._PRAGMAS if "busy" not in one]
    )
    monkeypatch.setattr(database, "_BUSY_MS", 0)
    with closing(sqlite3.connect(study / "data" / "study.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        code, printed = cpit("--study", study, "check")
    assert code == 1
    assert "Un autre programme occupe la base" in printed


def test_a_damaged_database_is_to_be_kept_aside(cpit, study):
    (study / "data" / "study.sqlite").write_bytes(b"bonjour " * 200)
    code, printed = cpit("--study", study, "check")
    assert code == 1
    assert "ne le supprimez jamais" in printed


def test_a_file_is_named_once_when_it_is_refused(cpit, study, tmp_path):
    Workbook().save(tmp_path / "autre.xlsx")
    code, printed = cpit("--study", study, "sheet", "import", tmp_path / "autre.xlsx")
    assert code == 1
    assert printed.count("autre.xlsx") == 1
    assert all(len(line) > 80 or "\u00a0" not in line for line in printed.splitlines() if line)


@pytest.mark.parametrize(
    ("states", "summary"),
    [
        (["accepted"], "1 fichier\u00a0: 1 accepté."),
        (
            ["accepted", "accepted", "known", "new_version", "refused"],
            "5 fichiers\u00a0: 2 acceptés, 1 nouvelle version, 1 déjà connu, 1 refusé.",
        ),
        (["known"] * 30, "30 fichiers\u00a0: 30 déjà connus."),
    ],
)
def test_an_ingest_ends_with_its_counts(capsys, states, summary):
    rows = [IngestRow(f"{n}.md", state, "V01") for n, state in enumerate(states)]
    print_ingest(IngestReport(tuple(rows)))
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == summary
    assert ("│" in printed) == (len(states) < 30)


def test_an_ingest_says_how_many_have_no_visit(capsys):
    print_ingest(IngestReport((IngestRow("a.md", "accepted", words=1),)))
    assert capsys.readouterr().out.endswith("1 accepté, 1 sans visite connue.\n")


def test_importing_the_command_line_changes_nothing_of_typer():
    other = typer.Typer()
    other.command()(lambda: None)
    assert "Show this message and exit." in CliRunner().invoke(other, ["--help"]).output
