"""The modules of the front end import one another only downwards: no circle, types apart."""

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

#: An import or an export from a module of ours, and what it names of it.
FROM_OURS = re.compile(
    r'^(?:import|export)\s+(?:(?P<named>[^;"]*?)\sfrom\s+)?"(?P<path>\.[^"]*)"', re.MULTILINE
)


def only_types(named: str | None) -> bool:
    """Whether nothing of what is named is left once the types are checked."""
    if named is None:
        return False
    inside = re.fullmatch(r"\{(.*)\}", named.strip(), re.DOTALL)
    if inside is None:
        return named.startswith("type ")
    names = [one.strip() for one in inside[1].split(",")]
    return all(one.startswith("type ") for one in names if one)


def imported(module: Path) -> Iterator[Path]:
    """Yield the modules that one needs when it runs."""
    for found in FROM_OURS.finditer(module.read_text(encoding="utf-8")):
        path = (module.parent / found["path"]).resolve()
        if path.suffix == ".css" or only_types(found["named"]):
            continue
        (there,) = (one for one in (Path(f"{path}.ts"), Path(f"{path}.tsx")) if one.is_file())
        yield there


def circle(sources: Path) -> list[str]:
    """Return the modules of a circle, in its order; none if there is none."""
    modules = (path.resolve() for path in sources.rglob("*.ts*"))
    try:
        TopologicalSorter({one: set(imported(one)) for one in modules}).prepare()
    except CycleError as error:
        return [one.relative_to(sources.resolve()).as_posix() for one in error.args[1]]
    return []


def test_no_module_needs_what_needs_it(root):
    assert circle(root / "frontend" / "src") == []


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ('import { one } from "../one";', True),
        ('import {\n  type Two,\n  one,\n} from "../one";', True),
        ('import One from "../one";', True),
        ('import "../one";', True),
        ('export * from "../one";', True),
        ('export { one as other } from "../one";', True),
        ('import type { One } from "../one";', False),
        ('import { type One, type Two } from "../one";', False),
        ('export type { One } from "../one";', False),
        ('import "../one.css";', False),
        ('import { one } from "one";', False),
    ],
)
def test_a_circle_is_seen_and_types_make_none(tmp_path, line, seen):
    (tmp_path / "inner").mkdir()
    (tmp_path / "one.tsx").write_text('import { two } from "./inner/two";\n', encoding="utf-8")
    (tmp_path / "inner" / "two.ts").write_text(f"{line}\n", encoding="utf-8")
    assert set(circle(tmp_path)) == ({"one.tsx", "inner/two.ts"} if seen else set())
