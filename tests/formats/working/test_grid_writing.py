"""Grids written as YAML, and drafts rewritten around their comments."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from any_grid import TRAPS, grids, words
from hypothesis import assume, given
from hypothesis import strategies as st

from cpit_research.errors import FormatError, InvalidInput
from cpit_research.formats.working.grid_document import grid_document
from cpit_research.formats.working.grid_file import parse_grid, read_grid
from cpit_research.formats.working.grid_writing import rewrite_grid, write_grid
from cpit_research.model.evolution import Change
from cpit_research.model.grid import Code, Grid

pytestmark = pytest.mark.usefixtures("in_english")


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────


@given(grids())
def test_any_grid_written_reads_back(tmp_path_factory, grid):
    path = tmp_path_factory.mktemp("grids") / f"{grid.version}.yaml"
    write_grid(grid, path)
    assert read_grid(path) == grid


@given(grids())
def test_other_programs_read_the_words_of_a_grid_as_words(tmp_path_factory, grid):
    path = tmp_path_factory.mktemp("grids") / "any.yaml"
    write_grid(grid, path)
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert told["title"] == grid.title
    assert [facet["values"] for facet in told.get("facets", [])] == [
        dict(facet.values) for facet in grid.facets
    ]
    codes = [code for axis in told["axes"] for code in axis.get("codes", [])]
    tops = [code for code in grid.codes if not code.parent]
    assert [code["name"] for code in codes] == [code.name for code in tops]
    assert [code.get("acts", []) for code in codes] == [list(code.acts) for code in tops]


def laid_out(written: str, data: st.DataObject) -> str:
    """The same YAML as people may lay it out: comments, empty lines, Windows line ends."""
    if "|-" in written or "  \n" in written:  # a comment there would be a word
        return f"# en tête\n\n{written}# à la fin\n"
    lines, folded = [], -1
    for line in written.split("\n")[:-1]:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent <= folded:
            folded = -1
        if folded < 0 and line.strip() and data.draw(st.integers(0, 5)) == 0:
            above = [["# note"], [""], ["", " " * indent + "# à revoir"]]
            lines += data.draw(st.sampled_from(above))
        if line.endswith(" >-"):
            folded = indent + (line.lstrip().startswith("- ") and 1)
        lines.append(line)
    return "\n".join([*lines, ""])


@given(grids(), st.data())
def test_a_draft_rewritten_with_its_own_grid_is_the_same_to_the_byte(tmp_path_factory, grid, data):
    path = tmp_path_factory.mktemp("grids") / "draft.yaml"
    write_grid(grid, path)
    written = laid_out(path.read_text(encoding="utf-8"), data).encode()
    path.write_bytes(written)
    rewrite_grid(path, grid)
    assert path.read_bytes() == written


@given(grids(), grids(), st.data())
def test_a_draft_rewritten_says_the_other_grid_and_comes_back(tmp_path_factory, one, other, data):
    path = tmp_path_factory.mktemp("grids") / "draft.yaml"
    write_grid(one, path)
    path.write_text(laid_out(path.read_text(encoding="utf-8"), data), encoding="utf-8")
    rewrite_grid(path, other)
    assert read_grid(path) == other
    rewrite_grid(path, one)
    assert read_grid(path) == one


@given(grids(), st.data())
def test_a_change_of_one_field_leaves_every_other_line(tmp_path_factory, grid, data):
    path = tmp_path_factory.mktemp("grids") / "draft.yaml"
    codes = (*grid.codes, Code("Z9", "zzz — le dernier code", grid.axes[-1].id))
    grid = replace(grid, codes=codes)
    write_grid(grid, path)
    before = laid_out(path.read_text(encoding="utf-8"), data)
    path.write_text(before, encoding="utf-8")
    changed = replace(codes[-1], definition=data.draw(words))
    rewrite_grid(path, replace(grid, codes=(*codes[:-1], changed)))
    after = path.read_text(encoding="utf-8")
    start = before.index("zzz — le dernier code") + len("zzz — le dernier code\n")
    assert after.startswith(before[:start])
    assert after.endswith(before[start:])


@given(grids(), grids(), st.data())
def test_files_of_any_block_layout_are_rewritten(tmp_path_factory, one, other, data):
    path = tmp_path_factory.mktemp("grids") / "draft.yaml"
    written = yaml.safe_dump(
        plain_types(grid_document(one)),
        allow_unicode=data.draw(st.booleans()),
        sort_keys=data.draw(st.booleans()),
        default_flow_style=data.draw(st.sampled_from([False, None])),
        default_style=data.draw(st.sampled_from([None, '"', "'", "|", ">"])),
        indent=data.draw(st.sampled_from([2, 4, 7])),
        width=data.draw(st.sampled_from([40, 80, 1000])),
    )
    path.write_text(written, encoding="utf-8")
    assume(read_grid(path) == one)  # PyYAML folds some escaped words wrong
    rewrite_grid(path, one)
    assert path.read_text(encoding="utf-8") == written
    rewrite_grid(path, other)
    assert read_grid(path) == other


def plain_types(said):
    """The same words in the types that PyYAML writes, without anchors."""
    if isinstance(said, str):
        return said
    if isinstance(said, dict):
        return {key: plain_types(value) for key, value in said.items()}
    return [plain_types(value) for value in said]


# ── Examples ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def shipped(tmp_path, draft_grid):
    path = tmp_path / "v1.yaml"
    path.write_bytes(draft_grid)
    return path


def edit(path: Path, code: str, **changes: object) -> list[tuple[str, str]]:
    """Rewrite the file with one code changed; return the lines removed and added."""
    before, grid = path.read_text(encoding="utf-8"), read_grid(path)
    codes = tuple(replace(one, **changes) if one.id == code else one for one in grid)
    rewrite_grid(path, replace(grid, codes=codes))
    assert read_grid(path).codes == codes
    after = path.read_text(encoding="utf-8")
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_the_shipped_grid_rewritten_with_itself_is_the_same_to_the_byte(shipped):
    before = shipped.read_bytes()
    rewrite_grid(shipped, read_grid(shipped))
    assert shipped.read_bytes() == before


def test_the_shipped_grid_written_anew_reads_back(shipped, tmp_path):
    grid = read_grid(shipped)
    write_grid(grid, tmp_path / "new.yaml")
    assert read_grid(tmp_path / "new.yaml") == grid
    written = (tmp_path / "new.yaml").read_text(encoding="utf-8")
    kept = [line for line in shipped.read_text(encoding="utf-8").split("\n")[55:] if line.strip()]
    assert sum(line in written for line in kept) > 0.97 * len(kept)


def test_one_name_changed_changes_one_line(shipped):
    removed, added = edit(shipped, "S11", name="Faire préciser son mandat")
    assert removed == ["            name: Faire clarifier son mandat"]
    assert added == ["            name: Faire préciser son mandat"]


def test_a_list_that_grows_gains_one_line(shipped):
    grid = read_grid(shipped)
    removed, added = edit(shipped, "S11", acts=(*grid["S11"].acts, "redire non"))
    assert (removed, added) == ([], ["              - redire non"])


def test_a_code_that_moves_keeps_its_comment(tmp_path):
    path = tmp_path / "v1.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    grid = read_grid(path)
    by_id = {code.id: code for code in grid}
    codes = (by_id["F1"], by_id["F2"], replace(by_id["S11"], parent="F2"), by_id["S21"])
    rewrite_grid(path, replace(grid, codes=codes))
    assert path.read_text(encoding="utf-8") == MOVED


def test_the_comment_at_the_end_of_a_line_stays_there(tmp_path):
    path = tmp_path / "v1.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    rewrite_grid(path, replace(read_grid(path), nature="illustrative"))
    assert "nature: illustrative        # illustrative | team\n" in path.read_text(encoding="utf-8")


def test_the_next_version_starts_with_the_comments_of_the_one_before(shipped, tmp_path):
    grid = read_grid(shipped)
    target = tmp_path / "v2.yaml"
    change = Change("renamed", ("S11",), ("S11",), "Le mot ne se dit pas.", "claire", follows=True)
    rewrite_grid(shipped, replace(grid, version="v2", previous="v1", changes=(change,)), to=target)
    assert read_grid(target).changes == (change,)
    head = shipped.read_text(encoding="utf-8").partition("format: 1")[0]
    assert target.read_text(encoding="utf-8").startswith(head)
    assert "# illustrative | team" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_line_ends_and_mark_are_kept(tmp_path, mark):
    path = tmp_path / "v1.yaml"
    path.write_bytes(mark + DRAFT.replace("\n", "\r\n").encode())
    rewrite_grid(path, replace(read_grid(path), title="Une autre : grille"))
    written = path.read_bytes()
    assert written.startswith(mark + b"# Notre")
    assert written.count(b"\r\n") == written.count(b"\n")


def test_codes_that_name_their_parent_still_do(tmp_path):
    path = tmp_path / "v1.yaml"
    flat = DRAFT.partition("axes:")[0] + FLAT
    path.write_text(flat, encoding="utf-8")
    grid = read_grid(path)
    new = Code("S12", "Se faire connaître", parent="F1")
    rewrite_grid(path, replace(grid, codes=(*grid.codes, new)))
    assert read_grid(path).codes == (*grid.codes, new)
    assert "      - id: S11\n        parent: F1  # oui\n" in path.read_text(encoding="utf-8")


def test_a_released_version_is_never_rewritten(tmp_path):
    grid = Grid("g", "v1", title="Grille", status="released", codes=(Code("A", "Aller"),))
    path = tmp_path / "v1.yaml"
    write_grid(replace(grid, released_as=grid.fingerprint), path)
    before = path.read_bytes()
    with pytest.raises(InvalidInput, match="released version, which never changes"):
        rewrite_grid(path, replace(grid, status="draft"))
    assert path.read_bytes() == before


def test_a_grid_with_faults_is_not_written(tmp_path):
    grid = Grid("g", "v1", title="Grille", codes=(Code("A", "Aller"), Code("A", "Venir")))
    with pytest.raises(FormatError) as caught:
        write_grid(grid, tmp_path / "v1.yaml")
    assert "already that of" in caught.value.faults[0]
    assert not (tmp_path / "v1.yaml").exists()


def test_spaces_around_words_are_refused_rather_than_lost(tmp_path):
    grid = Grid("g", "v1", title="Grille", codes=(Code("A", "Aller "),))
    with pytest.raises(InvalidInput, match="would not say the same grid"):
        write_grid(grid, tmp_path / "v1.yaml")


@pytest.mark.parametrize("trap", TRAPS)
def test_each_trap_is_written_as_words(tmp_path, trap):
    grid = Grid("g", "v1", title=trap, codes=(Code("A", trap, definition=trap, acts=(trap, trap)),))
    write_grid(grid, tmp_path / "g.yaml")
    assert read_grid(tmp_path / "g.yaml") == grid


def test_an_empty_word_is_empty_whatever_reads_it(tmp_path):
    grid = parse_grid(DRAFT.replace("title: Grille", "title: Grille\nwarning: ~"), tmp_path / "d")
    assert grid.warning == ""


DRAFT = """\
# Notre grille, en chantier.

format: 1
id: g
version: v1
nature: team                # illustrative | team
status: draft
title: Grille

# Les axes.
axes:
  - id: situations
    name: Situations
    codes:

      # La première famille.
      - id: F1
        name: Prendre place
        codes:
          # À revoir avec Yann.
          - id: S11
            name: Faire clarifier son mandat   # pas « mission »
            acts:
              - relire   # la fiche de poste
              - écrire

      - id: F2
        name: Tenir bon
        codes:
          - id: S21
            name: Dire non
# Fin.
"""
MOVED = """\
# Notre grille, en chantier.

format: 1
id: g
version: v1
nature: team                # illustrative | team
status: draft
title: Grille

# Les axes.
axes:
  - id: situations
    name: Situations
    codes:

      # La première famille.
      - id: F1
        name: Prendre place

      - id: F2
        name: Tenir bon
        codes:
          # À revoir avec Yann.
          - id: S11
            name: Faire clarifier son mandat   # pas « mission »
            acts:
              - relire   # la fiche de poste
              - écrire
          - id: S21
            name: Dire non
# Fin.
"""
FLAT = """\
axes:
  - id: situations
    name: Situations
    codes:
      - id: F1
        name: Prendre place
      - id: S11
        parent: F1  # oui
        name: Faire clarifier son mandat
"""
