"""What the documentation shows runs, what it points at exists, what is public is explained."""

import inspect
import re
import shutil
import subprocess
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

import cpit_research as cpit
from cpit_research.study import Study

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.MULTILINE | re.DOTALL
FENCE = re.compile(r"^```python run\n(.*?)^```$", flags=BLOCK)
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", flags=BLOCK)
LINK = re.compile(
    r"\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)|<(?:img|a)\s[^>]*(?:src|href)=\"([^\"]+)\""
)


def pages() -> list[Path]:
    """Every page of documentation; the notes of the study are not ours to correct."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.md"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = {name for name in listed.stdout.decode().split("\0") if name}
    return [ROOT / name for name in sorted(names) if not name.startswith(("data/", "tests/"))]


PAGES = [page for page in pages() if page.exists()]
RUNNABLE = [page for page in PAGES if FENCE.search(page.read_text(encoding="utf-8"))]


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The anchors that a forge makes of the headings."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=BLOCK)
    headings = re.findall(r"^#+ +(.+?) *#*$", text, flags=re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", one).lower()).replace(
            " ", "-"
        )
        for one in headings
    }


@pytest.mark.slow
@pytest.mark.parametrize("page", RUNNABLE, ids=named)
def test_the_examples_of_a_page_run_one_after_the_other(page, demonstration, tmp_path, monkeypatch):
    study = tmp_path / "study"
    shutil.copytree(demonstration, study)
    monkeypatch.chdir(study)
    words = {"__name__": "__main__"}
    for block in FENCE.findall(page.read_text(encoding="utf-8")):
        exec(compile(block, named(page), "exec"), words)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_relative_link_leads_somewhere(page):
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    lost = []
    for match in LINK.finditer(text):
        link = unquote(match[1] or match[2])
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in anchors(target)
        ):
            lost.append(link)
    assert lost == []


def test_the_files_and_names_that_contributing_points_at_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = text[text.index("## Which files a change touches") : text.index("## Style, in short")]
    words = set(re.findall(r"`([\w/.]+)`", told))
    tree = [f"/{named(path)}" for path in sources()]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    files = {word for word in words if re.search(r"\w\.(?:py|ts|js|yaml)$", word)}
    names = {word for word in words if re.fullmatch(r"_[a-z]+|_?[A-Z_]{4,}", word)}
    lost = {word for word in files if not any(path.endswith(f"/{word}") for path in tree)}
    lost |= {word for word in names if not re.search(rf"\b{word}\b", code)}
    assert lost == set()


def sources() -> Iterator[Path]:
    """Every file of code that is ours."""
    for folder in ("benchmarks", "cpit_research", "frontend/src", "grids", "tests", "tools"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".ts", ".tsx", ".js", ".yaml"} and "static" not in path.parts:
                yield path


def public() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every function that a guest can call through the front door, with its full name."""
    for name in cpit.__all__:
        thing = getattr(cpit, name)
        if isinstance(thing, types.ModuleType):
            for inner in getattr(thing, "__all__", ()):
                if inspect.isfunction(getattr(thing, inner)):
                    yield f"{name}.{inner}", getattr(thing, inner)
        elif inspect.isfunction(thing):
            yield name, thing


def methods() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every method and property of a study, those of its rooms of verbs too."""
    for name in dir(Study):
        if not name.startswith("_"):
            thing = inspect.getattr_static(Study, name)
            yield f"Study.{name}", inspect.unwrap(getattr(thing, "fget", None) or thing)


def parameters(function: Callable[..., object]) -> list[str]:
    return [name for name in inspect.signature(function).parameters if name != "self"]


def section(text: str, title: str) -> str | None:
    """What stands under one heading of a numpydoc docstring."""
    found = re.search(rf"^{title}\n-+\n(.*?)(?=^\S[^\n]*\n-{{3,}}$|\Z)", text, flags=BLOCK)
    return found[1] if found else None


FUNCTIONS = dict(public())
METHODS = dict(methods())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_says_what_it_takes_and_returns(name):
    function = FUNCTIONS[name]
    text = inspect.getdoc(function) or ""
    assert re.match(r"[A-Z«].*\.(\n\n|\Z)", text), f"{name}: one summary line, ended by a point"
    taken = section(text, "Parameters") or ""
    told = {
        word.strip(" *`")
        for line in re.findall(r"^(\S.*?)(?: :.*)?$", taken, flags=re.MULTILINE)
        for word in line.split(",")
    }
    assert set(parameters(function)) == told, name
    if inspect.signature(function).return_annotation not in (None, "None", inspect.Signature.empty):
        assert section(text, "Returns") or section(text, "Yields"), f"{name}: Returns"


@pytest.mark.parametrize("name", METHODS)
def test_every_method_of_a_study_names_its_parameters(name):
    method = METHODS[name]
    text = inspect.getdoc(method) or ""
    assert re.match(r"[A-Z«].*\.(\n|\Z)", text), f"{name}: a summary line, ended by a point"
    if inspect.isfunction(method):
        silent = [one for one in parameters(method) if not re.search(rf"\b{one}\b", text)]
        assert silent == [], name
