"""What is committed of the front end is what its sources build."""

import importlib.util
import os
import re
import shutil
import subprocess

import pytest

MOST = 250_000
node = pytest.mark.skipif(
    not (shutil.which("node") and shutil.which("npm")),
    reason="Node and npm are not installed: the front end is not built again here",
)


@pytest.fixture(scope="module")
def frontend(root):
    """The script behind `make frontend`."""
    spec = importlib.util.spec_from_file_location("frontend", root / "tools" / "frontend.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(frontend, tmp_path):
    """A front end of two lines, and what was built from it."""
    sources, static = tmp_path / "frontend", tmp_path / "static"
    (sources / "src" / "state").mkdir(parents=True)
    static.mkdir()
    (sources / "src" / "main.tsx").write_text("export {};\n", encoding="utf-8")
    (sources / "src" / "state" / "fold.ts").write_text("export {};\n", encoding="utf-8")
    for name in frontend.CONFIGURED:
        (sources / name).write_text("{}\n", encoding="utf-8")
    for name in frontend.BUILT:
        (static / name).write_text(f"/* {name} */\n", encoding="utf-8")
    written = frontend.digests(sources, static)
    (static / frontend.DIGESTS).write_text(written, encoding="utf-8")
    return sources, static


def test_what_is_committed_was_built_from_these_sources(frontend):
    assert frontend.faults() == [], (
        "run `make frontend`, which needs Node, and commit what it writes"
    )


def test_the_module_is_one_file_of_less_than_250_kb(frontend):
    module = frontend.STATIC / "workbench.js"
    assert module.stat().st_size < MOST
    assert not re.search(rb"(?:^|[;}\n])import\b|\bimport\(", module.read_bytes())


def test_what_is_built_says_neither_where_nor_when(frontend, root):
    for name in frontend.BUILT:
        words = (frontend.STATIC / name).read_text(encoding="utf-8")
        assert str(root) not in words
        assert "sourceMappingURL" not in words
        assert not re.search(r"(?<![\w.])/(?:home|root|tmp|Users)/|\b20\d\d-\d\d-\d\dT", words)


def test_the_page_runs_no_words_as_a_program_nor_as_html(frontend):
    written = (path for path in frontend.sources() if path.suffix in {".ts", ".tsx"})
    for path in written:
        words = path.read_text(encoding="utf-8")
        found = re.search(
            r"dangerouslySetInnerHTML|(?:inner|outer)HTML|insertAdjacentHTML|document\.write"
            r"|\beval\(|new Function\(",
            words,
        )
        assert found is None, path


def test_a_source_changed_added_or_renamed_is_seen(frontend, copy):
    sources, static = copy
    assert frontend.faults(sources, static) == []
    for change in (
        lambda: (sources / "src" / "main.tsx").write_text("export { };\n", encoding="utf-8"),
        lambda: (sources / "src" / "new.css").write_text("", encoding="utf-8"),
        lambda: (sources / "src" / "state" / "fold.ts").rename(sources / "src" / "fold.ts"),
        lambda: (sources / "package-lock.json").write_text("{ }\n", encoding="utf-8"),
    ):
        change()
        assert frontend.faults(sources, static) == ["not what was built: frontend"]
        written = frontend.digests(sources, static)
        (static / frontend.DIGESTS).write_text(written, encoding="utf-8")


def test_a_built_file_edited_or_lost_is_seen(frontend, copy):
    sources, static = copy
    (static / "workbench.js").write_text("/* by hand */\n", encoding="utf-8")
    assert frontend.faults(sources, static) == ["not what was built: workbench.js"]
    (static / "workbench.css").unlink()
    assert frontend.faults(sources, static) == ["not built: workbench.css"]


def test_line_ends_of_another_system_change_nothing(frontend, copy):
    sources, static = copy
    (sources / "src" / "main.tsx").write_bytes(b"export {};\r\n")
    assert frontend.faults(sources, static) == []


@pytest.fixture
def packages(frontend):
    """The packages of the lock, fetched where they are not there yet."""
    try:
        frontend.install()
    except subprocess.CalledProcessError:
        pytest.skip("npm cannot fetch the packages of the front end from here")


# One test, so that one worker alone fetches the packages and reads them.
@pytest.mark.exhaustive
@node
@pytest.mark.usefixtures("packages")
def test_it_is_built_again_byte_for_byte_and_its_types_hold(frontend):
    assert frontend.different() == []
    checked = subprocess.run(
        [shutil.which("npx"), "--no-install", "tsc", "--noEmit"],
        cwd=frontend.FRONTEND,
        env={**os.environ, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, f"\n{checked.stdout}"
