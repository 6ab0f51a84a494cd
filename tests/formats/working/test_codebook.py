"""Grids as REFI-QDA codebooks: strict when written, lenient when read."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from drawn_grids import grids, lists, texts
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cpit_research.errors import FormatError, InvalidInput
from cpit_research.formats.working.codebook_qdc import qdc_losses, write_qdc
from cpit_research.formats.working.codebook_reading import read_qdc
from cpit_research.formats.working.codebook_text import describe_grid, read_header
from cpit_research.formats.working.grid_file import read_grid
from cpit_research.formats.working.grid_rules import code_faults
from cpit_research.formats.working.labelled_text import labelled, read_labelled
from cpit_research.model.evolution import Change
from cpit_research.model.grid import Axis, Code, Facet, Grid, Reference

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT / "tests" / "reference" / "refi-qda"
SCHEMA = etree.XMLSchema(file=str(REFERENCE / "Codebook.xsd"))
OLD = "urn:QDA-XML:codebook:0:4"


@pytest.fixture(autouse=True, scope="module")
def english():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPIT_LANG", "en")
        yield


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────


@given(grids())
def test_any_grid_makes_a_valid_codebook_and_comes_back_exactly(tmp_path_factory, grid):
    path = tmp_path_factory.mktemp("codebooks") / "grille.qdc"
    write_qdc(grid, path)
    SCHEMA.assertValid(etree.parse(path))
    read, report = read_qdc(path)
    assert read == grid
    assert read.fingerprint == grid.fingerprint
    assert report == ()


@given(grids())
def test_the_same_grid_gives_the_same_bytes_and_the_next_version_the_same_guids(
    tmp_path_factory, grid
):
    folder = tmp_path_factory.mktemp("codebooks")
    for name, version in (("a", "v1"), ("b", "v1"), ("c", "v2")):
        write_qdc(replace(grid, version=version), folder / name)
    assert (folder / "a").read_bytes() == (folder / "b").read_bytes()
    guids = [
        [code.get("guid") for code in etree.parse(folder / name).iter("{*}Code")] for name in "ac"
    ]
    assert guids[0] == guids[1]
    assert len(set(guids[0])) == len(grid) + len(grid.axes)


@given(
    st.dictionaries(st.sampled_from("abcdef"), texts | lists, max_size=6).map(
        lambda d: {label: value for label, value in d.items() if value}
    )
)
def test_labelled_fields_read_back_whatever_they_hold(held):
    lists_among = {label: isinstance(held.get(label), tuple) for label in "abcdef"}
    assert read_labelled(labelled(held.items()), lists_among) == held


@st.composite
def foreign(draw):
    """A codebook of another program: any names, any tree, any descriptions."""
    names = draw(st.lists(texts, min_size=1, max_size=8))
    root = etree.Element(draw(st.sampled_from([f"{{{OLD}}}CodeBook", "CodeBook"])))
    made = [etree.SubElement(root, "Codes")]
    for name in names:
        code = etree.SubElement(draw(st.sampled_from(made)), "Code", name=safe(name))
        etree.SubElement(code, "Description").text = safe(draw(texts))
        made.append(code)
    return etree.tostring(root, encoding=draw(st.sampled_from(["utf-8", "utf-16"])))


def safe(text):
    return text.replace("\x85", " ")


@given(foreign())
def test_any_codebook_makes_a_grid_without_faults_the_same_each_time(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("codebooks") / "étude 1.qdc"
    path.write_bytes(data)
    grid, report = read_qdc(path)
    assert code_faults(grid.codes) == []
    assert (grid.status, grid.id) == ("draft", "etude-1")
    assert len(grid) == sum(1 for _code in etree.fromstring(data).iter("{*}Code"))
    assert all(one.rstrip(".…") for one in report)
    assert read_qdc(path) == (grid, report)
    write_qdc(grid, path)
    SCHEMA.assertValid(etree.parse(path))
    assert read_qdc(path)[0] == grid


@pytest.mark.parametrize(
    ("kind", "carried"),
    [
        (Grid, {*read_header(describe_grid(Grid("g", "v1"))), "axes", "codes", "released_as"}),
        (Axis, {"id", "name"}),
        (Facet, {"id", "name", "values"}),
        (Reference, {"id", "text", "url"}),
        (
            Change,
            {"kind", "before", "after", "reason", "author", "day", "follows", "remarks"},
        ),
    ],
)
def test_a_field_added_to_the_model_must_be_carried(kind, carried):
    assert {f.name for f in fields(kind) if f.name[0] != "_"} == carried - {"fingerprint"}


# ── What is shipped ─────────────────────────────────────────────────────────────────────────────


def test_the_shipped_grid_goes_and_comes_back(tmp_path):
    grid = read_grid(ROOT / "grids" / "v1.yaml")
    write_qdc(grid, tmp_path / "grille.qdc")
    SCHEMA.assertValid(etree.parse(tmp_path / "grille.qdc"))
    assert read_qdc(tmp_path / "grille.qdc") == (grid, ())


def test_axes_and_families_cannot_be_coded_nor_codes_that_no_longer_stand(tmp_path):
    codes = (Code("F1", "a"), Code("S1", "b", parent="F1"), Code("S2", "c", status="retired"))
    write_qdc(Grid("g", "v1", codes=codes), tmp_path / "g.qdc")
    found = {
        code.get("name"): code.get("isCodable")
        for code in etree.parse(tmp_path / "g.qdc").iter("{*}Code")
    }
    assert found == {"Situations": "false", "a": "false", "b": "true", "c": "false"}


def test_the_illustrative_nature_and_the_warning_stand_in_the_file(tmp_path):
    grid = Grid("g", "v1", nature="illustrative", warning="Rien à publier", title="Essai")
    write_qdc(grid, tmp_path / "g.qdc")
    tree = etree.parse(tmp_path / "g.qdc")
    assert "illustrative" in next(tree.iter("{*}Set")).get("name")
    for described in tree.iter("{*}Description"):
        assert "Rien à publier" in described.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"facets": (Facet("phase", "Phase"),)}, "Facets"),
        ({"rules": {"unit": "épisode"}}, "coding rules"),
        ({"references": (Reference("r", "Livre"),)}, "references"),
        ({"changes": (Change("added", after=("S1",)),), "previous": "v0"}, "1 change since v0"),
        ({"codes": (Code("S1", "a", publication="interne"),)}, "publication rule of 1 code"),
        ({"codes": (Code("S1", "a"), Code("S2", "b", redirects=("S1",)))}, "1 redirect"),
        ({"codes": (Code("S1", "a", status="split"),)}, "1 code split"),
        ({"codes": (Code("S1", "Situations"),)}, "more than once in the tree"),
        ({"codes": (Code("S1", "a", goal="b\x00"),)}, "Characters that XML cannot hold"),
    ],
)
def test_what_is_lost_is_said_and_nothing_else(change, said, tmp_path):
    plain = Grid("g", "v1", codes=(Code("S1", "a"),))
    losses = write_qdc(replace(plain, **change), tmp_path / "g.qdc")
    assert losses == qdc_losses(replace(plain, **change))
    assert not any(said in one for one in qdc_losses(plain))
    assert sum(said in one for one in losses) == 1


@pytest.mark.parametrize(
    "grid",
    [
        Grid("g", "v1", axes=()),
        Grid("g", "v1", codes=(Code("S1", "a", axis="nowhere"),)),
        Grid("g", "v1", codes=(Code("S1", "a", parent="nowhere"),)),
    ],
)
def test_a_grid_that_makes_no_tree_is_refused_and_nothing_is_written(grid, tmp_path):
    with pytest.raises(InvalidInput):
        write_qdc(grid, tmp_path / "g.qdc")
    assert not list(tmp_path.iterdir())


# ── Ours, changed elsewhere ─────────────────────────────────────────────────────────────────────

OURS = Grid(
    "demo",
    "v2",
    status="released",
    day=date(2026, 11, 22),
    axes=(Axis("situations", "Situations"), Axis("needs", "Besoins")),
    codes=(
        Code("F1", "Prendre place"),
        Code("S1", "Clarifier son mandat", parent="F1", acts=("lire", "dire"), redirects=("S2",)),
        Code("S2", "Se faire connaître", parent="F1", definition="Un jour\n\nou l’autre"),
        Code("N1", "Un guide", axis="needs"),
    ),
    previous="v1",
    changes=(Change("renamed", ("S2",), ("S2",), "mieux dit", follows=True),),
)


@pytest.fixture
def edited(tmp_path):
    """Return what is read of our codebook after a change of its tree."""

    def edit(change):
        path = tmp_path / "demo.qdc"
        write_qdc(OURS, path)
        tree = etree.parse(path)
        change({code.get("name"): code for code in tree.iter("{*}Code")}, tree.getroot())
        tree.write(path, encoding="utf-8")
        return read_qdc(path)

    return edit


def test_a_released_version_comes_back_released(edited):
    grid, report = edited(lambda _codes, _root: None)
    assert (grid.status, grid.released_as, report) == ("released", OURS.fingerprint, ())


def test_a_release_changed_elsewhere_comes_back_as_a_draft(edited):
    grid, report = edited(lambda codes, _root: codes["Un guide"].set("name", "Un livret"))
    assert (grid["N1"].name, grid.status, grid.released_as) == ("Un livret", "draft", "")
    assert any("read as a draft" in one for one in report)


def test_what_somebody_wrote_in_a_description_is_kept(edited):
    def change(codes, _root):
        said = codes["Se faire connaître"].find("{*}Description")
        said.text = "Vu avec Claire\r\n" + said.text.replace("\n  \n", "\n\n").replace("\n", "\r\n")
        acts = codes["Clarifier son mandat"].find("{*}Description")
        acts.text = acts.text.replace("- dire", "- dire\n- écrire\net relire")

    grid, _report = edited(change)
    assert grid["S2"].definition == "Vu avec Claire\nUn jour\n\nou l’autre"
    assert grid["S1"].acts == ("lire", "dire", "écrire\net relire")


def test_a_code_removed_elsewhere_takes_its_redirects_and_changes_along(edited):
    def change(codes, _root):
        codes["Prendre place"].remove(codes["Se faire connaître"])

    grid, report = edited(change)
    assert (grid["S1"].redirects, grid.changes) == ((), ())
    assert any("S1 → S2" in one for one in report)
    assert any("1 change led" in one for one in report)


def test_a_code_moved_elsewhere_changes_family_and_axis(edited):
    def change(codes, _root):
        codes["Un guide"].append(codes["Clarifier son mandat"])

    grid, _report = edited(change)
    assert (grid["S1"].parent, grid["S1"].axis) == ("N1", "needs")


def test_codes_added_elsewhere_get_an_id_and_an_axis(edited):
    def change(codes, root):
        for above in (codes["Prendre place"], root[0]):
            etree.SubElement(above, f"{{{OLD}}}Code", name="Écrire à l’élue")

    grid, report = edited(change)
    first, second = (code for code in grid if code.name.startswith("Écrire"))
    assert (first.id, first.parent) == ("ecrire-a-l-elue", "F1")
    assert (second.id, second.parent, second.axis) == ("ecrire-a-l-elue-2", "", "situations")
    assert first.name != second.name
    assert any("2 codes had no ids" in one for one in report)


def test_a_code_copied_elsewhere_does_not_keep_the_id_of_the_first(edited):
    def change(codes, root):
        copy = etree.fromstring(etree.tostring(codes["Un guide"]))
        codes["Un guide"].getparent().append(copy)

    grid, _report = edited(change)
    assert [(c.id, c.name) for c in grid if c.axis == "needs"] == [
        ("N1", "Un guide"),
        ("un-guide", "Un guide (2)"),
    ]


def test_without_its_set_a_codebook_of_ours_keeps_its_ids(edited):
    grid, report = edited(lambda _codes, root: root.remove(root[1]))
    assert [code.id for code in grid] == [code.id for code in OURS]
    assert (grid.axes, grid.id, grid.status) == (OURS.axes, "demo", "draft")
    assert any("nothing of a grid of ours" in one for one in report)


# ── Other programs ──────────────────────────────────────────────────────────────────────────────


def test_the_old_namespace_of_atlas_ti_is_read():
    grid, report = read_qdc(REFERENCE / "portableQDA_Atlasti.qdc")
    assert [(code.name, code.parent) for code in grid] == [
        ("code2", ""),
        ("code1", ""),
        ("code1.1", "code1"),
        ("code3", ""),
        ("code:3.1", "code3"),
    ]
    assert "ATLAS.ti Win 9.0.19" in grid.provenance
    assert any("2 sets of codes are left out" in one for one in report)


def test_the_codebook_of_portable_qda_keeps_names_and_descriptions():
    grid, report = read_qdc(REFERENCE / "portableQDA_test_compare_Diff_destAtlas.qdc")
    assert grid.codes[0].definition == "test code  in both codebooks Desc"
    assert any("colours of 2 codes" in one for one in report)


ONE = '<Code name="é"/>'


def book(codes, *, after="", namespace="urn:QDA-XML:codebook:1.0"):
    return f'<CodeBook xmlns="{namespace}"><Codes>{codes}</Codes>{after}</CodeBook>'


@pytest.fixture
def read(tmp_path):
    def from_(words, name="carnet.qdc"):
        path = tmp_path / name
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        return read_qdc(path)

    return from_


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(book(ONE, after="<Sets/>"), id="Taguette: an empty Sets"),
        pytest.param(book('<Code name="é" guid="x" isCodable="TRUE"/>'), id="a guid that is none"),
        pytest.param(book('<Code name="é" weight="3"><Note/></Code>'), id="unknown attributes"),
        pytest.param(book(ONE, namespace=OLD), id="ATLAS.ti: the old namespace"),
        pytest.param(book(ONE, namespace=""), id="no namespace"),
        pytest.param("\ufeff" + book(ONE), id="a byte order mark"),
        pytest.param(book(ONE).encode("utf-16"), id="UTF-16"),
        pytest.param(book('<Code name=" é&#10;"/>'), id="blanks around the name"),
        pytest.param(
            f'<Project xmlns="urn:QDA-XML:project:1.0">{book(ONE)}</Project>',
            id="a project",
        ),
    ],
)
def test_files_that_fail_the_schema_are_read_leniently(read, written):
    grid, _report = read(written)
    assert [(code.id, code.name) for code in grid] == [("e", "é")]


def test_what_is_unknown_is_said(read):
    _grid, report = read(book('<Code name="é" weight="3"><Note/></Code>'))
    assert any("Note, weight" in one for one in report)


def test_codes_without_a_name_bear_a_number(read):
    grid, report = read(book('<Code/><Code name=" "/><Code name="🌾"/>'))
    assert [(code.id, code.name) for code in grid] == [
        ("code-1", "Code 1"),
        ("code-2", "Code 2"),
        ("code", "🌾"),
    ]
    assert any("2 codes had no name" in one for one in report)


def test_names_borne_twice_are_told_apart_by_what_is_above(read):
    grid, _report = read(
        book(
            '<Code name="Relier"><Code name="Autre"/></Code>'
            '<Code name="Porter"><Code name="autre"/><Code name="AUTRE"/></Code>'
        )
    )
    assert [code.name for code in grid] == [
        "Relier",
        "Autre",
        "Porter",
        "autre (Porter)",
        "AUTRE (3)",
    ]


def test_a_long_name_makes_a_short_id(read):
    grid, _report = read(book(f"<Code name={quoteattr('Œuvrer à l’intérêt général ' * 90)}/>"))
    assert grid.codes[0].id == "oeuvrer-a-l-interet-general-oeuvrer-a-l"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "not XML"),
        (b"PK\x03\x04", "archive"),
        (b"<a/>", "not a REFI-QDA codebook"),
        (b"<Project/>", "not a REFI-QDA codebook"),
        (book("").encode(), "holds no code"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]>' + book('<Code name="a"/>').encode(), "refused"),
        (book("<Code name='a'>" * 300 + "</Code>" * 300).encode(), "nests more than"),
        (book("<Code name='a'>").encode(), "not well-formed"),
    ],
)
def test_what_is_no_codebook_is_refused_with_its_path(read, written, said):
    with pytest.raises(FormatError, match=said) as refusal:
        read(written)
    assert refusal.value.path.endswith("carnet.qdc")


def test_a_deep_tree_is_read_whole(read):
    grid, _report = read(book("<Code name='a'>" * 200 + "</Code>" * 200))
    assert len(grid) == 200
    assert code_faults(grid.codes) == []


def test_a_codebook_too_heavy_is_refused(read, monkeypatch):
    monkeypatch.setattr("cpit_research.formats.working.codebook_tree.CODEBOOK_BYTES", 10)
    with pytest.raises(FormatError, match="too heavy"):
        read(book("<Code name='a'/>"))
