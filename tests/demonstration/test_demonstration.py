"""The whole way on the repository's own study."""

import re
import unicodedata
import zipfile
from contextlib import chdir
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from cpit_research.analysis.crosstab import crosstab
from cpit_research.formats.written.inspection import texts_of
from cpit_research.model.register import VISIT_KINDS
from cpit_research.privacy.names import Names
from cpit_research.study.correspondence import correspondence
from cpit_research.study.demo import DOCUMENTS, demo
from cpit_research.study.opening import open_study
from cpit_research.wording.figures import number

pytestmark = pytest.mark.slow

NOTES = 30
#: Codings that the newer grid leaves to be read again.
DEBT = 45


@pytest.fixture(scope="module")
def study(demonstration):
    with open_study(demonstration) as opened:
        yield opened


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Where the demonstration was made a second time, and what was told of it."""
    place = tmp_path_factory.mktemp("elsewhere")
    with chdir(place):
        return place, demo()


@pytest.fixture(scope="module")
def names(study):
    return Names(correspondence(study))


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(
        r"[\W_]+", " ", "".join(c for c in letters if not unicodedata.combining(c))
    ).strip()


def test_every_note_is_tied_to_a_visit_that_was_made(study):
    made = {visit.id for visit in study.register.visits if visit.state == "made"}
    assert len(study.corpus) == NOTES
    assert {source.visit for source in study.corpus} <= made


def test_a_second_run_changes_nothing(demonstration, study):
    before = sorted(str(coding.id) for coding in study.codings())
    again = demo(demonstration)
    assert {row.state for row in again.ingest.rows} == {"known"}
    assert again.merged.is_empty
    with open_study(demonstration) as opened:
        assert sorted(str(coding.id) for coding in opened.codings()) == before


def test_a_study_rebuilt_from_what_was_received_is_the_same(elsewhere, study):
    place, report = elsewhere

    def content(opened):
        codings = opened.codings()
        return (
            sorted((source.id, source.version) for source in opened.corpus),
            sorted((c.segment, c.code, c.coder, c.version) for c in codings),
            [(f.reference, f.claim, len(f.supports), len(f.qualifies)) for f in opened.findings],
        )

    with open_study(place / report.folder) as opened:
        assert content(opened) == content(study)


def test_everything_verifies(study):
    report = study.check()
    assert report.sound, report.faults
    debt, *findings = report.remarks
    assert debt.startswith(f"{DEBT} ")
    (finding,) = findings
    assert "E6" in finding


def test_every_family_of_situations_is_met_in_every_effectivity_that_matters(study):
    grid = study.grid()
    situations = {code.id for code in grid.children(axis="situations")}
    met = {}
    for coding in study.codings():
        family = grid.family(coding.code).id
        if family in situations:
            met.setdefault(family, set()).add(coding.facets.get("effectivity"))
    assert met.keys() == situations
    for family, effectivities in met.items():
        assert {"realised", "prevented", "suspended"} <= effectivities, family


def test_each_finding_is_supported_and_qualified(study):
    for finding in study.findings:
        assert finding.supports, finding.reference
        assert finding.qualifies, finding.reference


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_known_name_is_left_in_a_document(demonstration, names, name):
    document = demonstration / "data" / "processed" / name
    assert names
    assert [(p, f.id) for p, text in texts_of(document) for f in names.find(text)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_that_it_is_fictitious(demonstration, name):
    texts = " ".join(text for _place, text in texts_of(demonstration / "data" / "processed" / name))
    assert "fictive" in texts


def test_the_notes_themselves_hold_names_or_the_gate_would_prove_nothing(study, names):
    assert all(any(names.find(source.text)) for source in study.corpus)


def test_the_word_document_has_the_headings_and_pictures_that_a_lead_expects(demonstration):
    path = demonstration / "data" / "processed" / "synthese.docx"
    headings = [p.text for p in docx.Document(str(path)).paragraphs if p.style.name == "Heading 1"]
    assert len(headings) >= 6
    with zipfile.ZipFile(path) as archive:
        assert sum(name.startswith("word/media/") for name in archive.namelist()) == 2


def test_the_workbook_counts_what_the_study_counts(demonstration, study):
    book = load_workbook(demonstration / "data" / "processed" / "synthese.xlsx")
    held = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    settled = study.codings().where(settled=True, axis="situations")
    counted = crosstab(settled, rows="family").table.loc["total", "total"]
    assert {str(counted), number(len(settled))} <= held | set(" ".join(held).split())


def test_the_html_is_one_file_that_asks_nothing_of_anyone(demonstration):
    page = (demonstration / "data" / "processed" / "synthese.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", page)
    assert "http" not in page


def test_the_register_plans_the_panel_of_the_programme(study):
    planned = dict.fromkeys(VISIT_KINDS, 0)
    for visit in study.register.visits:
        planned[visit.kind] += 1
    assert (planned["exploratory"], planned["observation"], planned["mirror"]) == (12, 7, 3)


def test_no_invented_territory_bears_the_name_of_a_real_commune(root, study):
    listed = root / "tests" / "reference" / "territoires" / "noms_communes.txt"
    communes = {plain(line) for line in listed.read_text(encoding="utf-8").splitlines()}
    places = [e for e in correspondence(study).entries if e.category in {"territory", "place"}]
    assert len(communes) > 30_000
    assert len([entry for entry in places if entry.category == "territory"]) == 14
    assert {name for entry in places for name in entry.names if plain(name) in communes} == set()


def test_a_demonstration_made_elsewhere_is_a_copy(elsewhere):
    place, report = elsewhere
    assert report.folder == Path("demonstration-cpit")
    assert all((place / document).is_file() for document in report.documents)
