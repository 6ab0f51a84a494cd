"""What the repository may hold: nothing of one machine, nothing of real people."""

import json
import re
import subprocess
import tomllib
import unicodedata
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
DEMONSTRATION = "cpit_research/demonstration/"
# Written in pieces, so that this page passes its own test.
REGISTRIES = re.compile(
    "|".join(("py" + r"pi\.org", "python" + "hosted", r"registry\." + "npm", "index" + "-url"))
)
MACHINE = re.compile(
    r"(?<![\w./:~$}])/(?:home|root|work|Users|opt)/\w|\b[A-Z]:\\+Users\\", flags=re.ASCII
)
FICTITIOUS = re.compile(r"\bficti(?:f|fs|ve|ves|tious)\b", flags=re.IGNORECASE)
ENCODINGS = ("utf-8", "utf-16", "cp1252")


def held() -> list[str]:
    """Every file that is, or would be, tracked."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = {name for name in done.stdout.decode().split("\0") if name}
    return sorted(name for name in names if (ROOT / name).is_file())


HELD = held()
RAW = [
    name for name in HELD if name.startswith("data/raw/") and not Path(name).name.startswith(".")
]
NOTEBOOKS = [name for name in HELD if name.endswith(".ipynb")]


def texts(content: bytes) -> list[str]:
    """Read bytes in every encoding they allow, composed."""
    read = []
    for encoding in ENCODINGS:
        try:
            read.append(unicodedata.normalize("NFC", content.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return read


def words(path: Path) -> list[str]:
    """The words of a file as received, whatever its format."""
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        return [page.get_textpage().get_text_range() for page in document]
    if not zipfile.is_zipfile(path):
        return texts(path.read_bytes())
    told = (".xml", "manifest.json")
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(told)]
    return [re.sub(r"<[^>]*>", "", part.decode("utf-8")) for part in parts]


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands, in all that is text."""
    found = []
    for name in HELD:
        content = (ROOT / name).read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), start=1):
            if pattern.search(line):
                found.append(f"{name}:{number}")
    return found


def test_no_file_names_a_package_registry():
    assert lines_matching(REGISTRIES) == []


def test_no_file_names_a_folder_of_someones_machine():
    assert lines_matching(MACHINE) == []


def test_the_pins_are_nothing_but_versions():
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [pin for pin in pins if not re.fullmatch(r"#.*|[a-z0-9-]+==[\w.]+", pin)] == []
    assert "uv.lock" not in HELD


def test_the_notices_name_every_direct_dependency_at_its_pin():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    direct = {canonicalize_name(Requirement(one).name) for one in asked}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w.\- ]+?) \| (\d[\w.]*) \|", notices, flags=re.MULTILINE)
    noticed = {canonicalize_name(name.replace(" ", "-")): version for name, version in rows}
    assert noticed == {name: pins[name] for name in direct}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_kept_without_what_it_printed(name):
    cells = json.loads((ROOT / name).read_bytes())["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in code if cell["outputs"]] == []
    assert [cell["execution_count"] for cell in code if cell["execution_count"]] == []


@pytest.mark.parametrize("name", RAW)
def test_every_note_says_that_it_is_fictitious(name):
    assert any(FICTITIOUS.search(text) for text in words(ROOT / name))


@given(st.booleans())
def test_a_law_bears_the_mark_by_which_the_exhaustive_part_finds_it(request, drawn):
    assert request.node.get_closest_marker("hypothesis")


def test_no_study_but_the_demonstration_leaves_its_names_or_its_truth():
    private = re.compile(r"\.(?:age|agekey)$|(?:^|/)study\.sqlite|^data/(?:backups|processed)/[^.]")
    assert [one for one in HELD if private.search(one) and not one.startswith(DEMONSTRATION)] == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("data/study.sqlite", False),
        ("data/study.sqlite-journal", False),
        ("data/backups/one.sqlite", False),
        ("data/processed/synthese.docx", False),
        ("demonstration-cpit/study.toml", False),
        ("names.age", False),
        ("table-correspondance.xlsx", False),
        ("cpit_research/demonstration/table.age", True),
        ("data/raw/note.docx", True),
    ],
)
def test_git_would_keep_only_what_it_may(name, kept):
    done = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=ROOT, check=False)
    assert (done.returncode == 1) is kept
