"""Grids written by hand in YAML."""

from dataclasses import fields, replace
from time import process_time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.formats.working.grid_file import find_grids, read_grid
from cpit_research.model.grid import Axis, Code, Facet, Grid, Reference
from cpit_research.text.folding import fold

HEAD = """\
format: 1
id: demo
version: v1
nature: illustrative
status: draft
title: Grille
axes:
  - id: situations
    name: Situations
    codes:
"""


@pytest.fixture(autouse=True, scope="module")
def english():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPIT_LANG", "en")
        yield


@pytest.fixture
def faults(tmp_path):
    """Return the sentences that reading these words gives."""

    def read(words, name="v1.yaml"):
        path = tmp_path / name
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        with pytest.raises(FormatError) as caught:
            read_grid(path)
        return caught.value.faults or (str(caught.value),)

    return read


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────

words = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n'\"#:-«»é🌾"))
    .map(str.strip)
    .filter(bool)
)
texts = words | st.just("")
lists = st.lists(words, max_size=3).map(tuple)


@st.composite
def grids(draw):
    names = draw(
        st.lists(words, min_size=1, max_size=9, unique_by=lambda n: " ".join(fold(n).split()))
    )
    names = [name for name in names if fold(name).split()] or ["x"]
    codes = []
    for rank, name in enumerate(names):
        last = codes[-1] if codes else None
        line = [last.id, last.parent, ""] if last else [""]
        free = {
            f.name: draw(lists if f.default == () else texts)
            for f in fields(Code)
            if f.name not in {"id", "name", "axis", "parent", "status", "redirects"}
        }
        before = (
            draw(st.lists(st.sampled_from([c.id for c in codes]), unique=True, max_size=2))
            if codes
            else ()
        )
        parent = draw(st.sampled_from(line))
        codes.append(Code(f"S{rank}", name, parent=parent, redirects=tuple(before), **free))
    return Grid(
        "demo",
        "v7",
        nature=draw(st.sampled_from(["illustrative", "team"])),
        title=draw(words),
        warning=draw(texts),
        day=draw(st.none() | st.dates()),
        rules={"unit": draw(words)},
        references=(Reference("r1", draw(words)),),
        axes=(Axis("situations", draw(words)),),
        facets=(Facet("phase", draw(words), (("a", draw(words)), ("b", draw(words)))),),
        codes=tuple(codes),
    )


def nested(grid, parent=""):
    return [
        {
            "id": code.id,
            **{
                f.name: list(value) if isinstance(value, tuple) else value
                for f in fields(Code)
                if f.name not in {"id", "axis", "parent"} and (value := getattr(code, f.name))
            },
            "codes": nested(grid, code.id),
        }
        for code in grid.children(parent)
    ]


def as_written(grid):
    content = {
        "format": 1,
        "id": grid.id,
        "version": grid.version,
        "nature": grid.nature,
        "status": grid.status,
        "title": grid.title,
        "warning": grid.warning,
        "coding_rules": dict(grid.rules),
        "references": [{"id": r.id, "text": r.text} for r in grid.references],
        "facets": [{"id": f.id, "name": f.name, "values": dict(f.values)} for f in grid.facets],
        "axes": [{"id": "situations", "name": grid.axes[0].name, "codes": nested(grid)}],
    }
    return content | ({"date": grid.day} if grid.day else {})


@given(grids(), st.booleans())
def test_any_grid_written_as_yaml_reads_back(tmp_path_factory, grid, plain):
    path = tmp_path_factory.mktemp("grids") / "v7.yaml"
    written = yaml.safe_dump(as_written(grid), allow_unicode=plain, sort_keys=False)
    path.write_text(written, encoding="utf-8")
    read = read_grid(path)
    assert read == grid
    assert read.fingerprint == grid.fingerprint


@given(grids(), st.data())
def test_a_changed_word_changes_the_fingerprint(grid, data):
    code = data.draw(st.sampled_from(grid.codes))
    changed = replace(code, definition=code.definition + "!")
    codes = tuple(changed if known is code else known for known in grid.codes)
    assert replace(grid, codes=codes).fingerprint != grid.fingerprint


def test_comments_and_layout_leave_the_fingerprint_alone(tmp_path):
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(HEAD + "      - {id: S1, name: Un mot, acts: [a, b]}\n", encoding="utf-8")
    second.write_text(
        "# une remarque\n" + HEAD + "      - acts:\n        - a\n        - 'b'\n"
        "        name: >-\n          Un\n          mot\n        id: S1\n",
        encoding="utf-8",
    )
    assert read_grid(first).fingerprint == read_grid(second).fingerprint


def test_versions_are_ordered_by_number(tmp_path):
    for name in ("v10.yaml", "v2.yml", "v1.yaml", "v2.1.yaml", "notes.txt", ".v3.yaml"):
        (tmp_path / name).touch()
    assert list(find_grids(tmp_path)) == ["v1", "v2", "v2.1", "v10"]


# ── Faults ──────────────────────────────────────────────────────────────────────────────────────


def test_every_fault_is_given_at_once_with_its_line_and_code(faults):
    found = faults(
        HEAD.replace("draft", "final").replace("title:", "titel:")
        + "      - id: F1\n        name: Prendre place\n        codes:\n"
        "          - {id: S11, name: Clarté, redirects: [S99], actes: [a]}\n"
        "          - {id: s11, name: CLARTE}\n"
        "      - {id: S12, name: x, parent: F9, status: stabel}\n"
    )
    assert found == (
        "Line 1: “title” is missing; add “title: …”.",
        "Line 5: Unknown status “final”. Known: draft, released.",
        "Line 6: Unknown key “titel”. Did you mean “title”?",
        "Line 14, code S11: Unknown key “actes”. Did you mean “acts”?",
        "Line 14, code S11: It redirects to “S99”, which is not in the grid. Correct it.",
        "Line 15, code s11: The id is already that of “Clarté”; give another, never used before.",
        "Line 15, code s11: The name is already that of S11 (accents and capitals apart).",
        "Line 16, code S12: Unknown status “stabel”. Did you mean “stable”?",
        "Line 16, code S12: Its parent is “F9”, which is not in the grid. Correct it.",
    )


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        ("      - {name: Sans}\n", "Line 11: The id is missing"),
        ("      - {id: S1}\n", "Line 11, code S1: The name is missing"),
        ("      - {id: été, name: x}\n", "cannot be an id"),
        ("      - {id: A, name: a, parent: B}\n      - {id: B, name: b, parent: A}\n", "circle"),
        ("      - {id: A, name: a, redirects: [A]}\n", "redirects to itself"),
        ("      - {id: A, name: a, id: B}\n", "Line 11, code A: “id” is already on line 11"),
        ("      - {id: A, name: [a]}\n", "takes words, not a list"),
        ("      - {id: A, name: a, acts: [[b]]}\n", "“acts” is a list of words"),
        ("      - just words\n", "Fields are expected here"),
    ],
)
def test_a_wrong_code_is_named(faults, codes, sentence):
    assert sentence in "\n".join(faults(HEAD + codes))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "The file is empty"),
        ("- a\n- b\n", "is not a grid"),
        ("format: [", "Line 2"),
        ("a: &x [1]\nb: *x\n", "Line 1: anchors"),
        ("a: 1\n---\nb: 2\n", "several documents"),
        ("? [a]\n: b\n", "a key must be a word"),
        ("- " * 5_000, "too deep"),
        ("[" * 100_000, "too deep"),
        ("id: d\x01mo\n", "control characters"),
        ("title: dé\n".encode("cp1252"), "not in UTF-8 (line 1)"),
        ("format: 2\nanything: goes\n", "newer version of the program (grid format 2)"),
        ("format: one\n", "Unknown format “one”"),
    ],
)
def test_a_file_that_is_no_grid_is_refused_with_a_sentence(faults, words, sentence):
    assert sentence in "\n".join(faults(words))


def test_the_name_of_the_file_and_the_version_agree(faults):
    found = faults(HEAD + "      - {id: A, name: a}\n", name="v2.yaml")
    assert "The file is named v2.yaml and says “version: v1”" in found[0]


def test_a_missing_file_is_a_format_error(tmp_path):
    with pytest.raises(FormatError, match="cannot be opened"):
        read_grid(tmp_path / "v1.yaml")


# ── The first grid ──────────────────────────────────────────────────────────────────────────────


def test_the_first_grid_is_illustrative_and_whole(root):
    grid = read_grid(root / "grids" / "v1.yaml")
    assert (grid.nature, grid.status, grid.version) == ("illustrative", "released", "v1")
    assert len(grid.children(axis="situations")) == 8
    assert {axis.id: len(grid.leaves(axis.id)) for axis in grid.axes} == {
        "situations": 39,
        "stakes": 12,
        "postures": 8,
        "needs": 20,
        "actors": 15,
        "innovation": 5,
        "competences": 12,
    }
    assert grid["S33"].redirects == ("S15", "S42", "S36", "S72")
    assert grid["S64"].parent == "F3"
    assert [f.id for f in grid.facets] == [
        "effectivity",
        "engineering",
        "phase",
        "voice",
        "certainty",
    ]
    assert all(code.definition and code.include and code.exclude for code in grid.leaves())


def test_the_first_grid_is_read_in_a_blink(root):
    path = root / "grids" / "v1.yaml"
    times = []
    for _ in range(5):
        start = process_time()
        read_grid(path)
        times.append(process_time() - start)
    assert min(times) < 0.06
