"""The register, as the team fills it in."""

from datetime import date

import pytest
from openpyxl import Workbook

from cpit_research.errors import FormatError
from cpit_research.formats.working.register_file import read_register

TERRITORIES = [["id", "nature", "rôle", "espace", "population", "entrée"], ["T01", "commune"]]
PARTICIPANTS = [
    ["id", "territoire", "rôle", "droit de citer", "base légale"],
    ["P01", "T01", "maire", "oui", "mission d'intérêt public"],
]
RESEARCHERS = [["id", "rôle", "organisme"], ["claire", "chercheuse", "laboratoire"]]
VISITS = [
    ["id", "territoire", "type", "date", "état", "participants", "chercheurs", "lieu", "remarque"],
    ["V01", "T01", "exploratoire", date(2022, 10, 12), "faite", "P01", "claire", "mairie", ""],
]

KNOWN = (
    "Known: exploratoire, observation, effet miroir, session collective, atelier, "
    "rencontre territoriale, entretien."
)


@pytest.fixture(autouse=True, scope="module")
def english():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPIT_LANG", "en")
        yield


@pytest.fixture
def register(tmp_path):
    """Read a register made of these sheets, the others as above."""

    def read(**changed):
        sheets = {
            "Territoires": TERRITORIES,
            "Participants": PARTICIPANTS,
            "Chercheurs": RESEARCHERS,
            "Visites": VISITS,
        }
        book = Workbook()
        book.remove(book.active)
        for title, rows in {**sheets, **changed}.items():
            if rows is not None:
                sheet = book.create_sheet(title)
                for row in rows:
                    sheet.append(row)
        path = tmp_path / "registre.xlsx"
        book.save(path)
        return read_register(path)

    return read


@pytest.fixture
def faults(register):
    def read(**changed):
        with pytest.raises(FormatError) as caught:
            register(**changed)
        return caught.value.faults

    return read


def test_a_register_is_read(register):
    read = register()
    (visit,) = read.visits
    assert (visit.kind, visit.state, visit.day) == ("exploratory", "made", date(2022, 10, 12))
    assert (visit.territories, visit.participants, visit.researchers) == (
        ("T01",),
        ("P01",),
        ("claire",),
    )
    assert read.participant("P01").quoting_right == "yes"


def test_headers_and_words_may_be_shouted_unaccented_or_english(register):
    read = register(
        Visites=None,
        VISITS=[
            ["banner of the team"],
            [],
            ["ID", " Territory ", "KIND", "Day", "State", "Participants :", "researchers"],
            ["v02", "t01 ; T01", "Mirror", "12 octobre 2022", "PREVUE", "p01", None],
        ],
    )
    (visit,) = read.visits
    assert (visit.id, visit.kind, visit.state, visit.day) == (
        "v02",
        "mirror",
        "planned",
        date(2022, 10, 12),
    )
    assert (visit.territories, visit.participants) == (("T01",), ("P01",))


@pytest.mark.parametrize("written", ["12/10/2022", "2022-10-12", "12 octobre 2022", "12 oct. 2022"])
def test_dates_may_be_written_in_words(register, written):
    row = ["V01", "T01", "atelier", written, "faite"]
    assert register(Visites=[VISITS[0], row]).visits[0].day == date(2022, 10, 12)


def test_every_fault_is_given_at_once_with_its_cell(faults):
    found = faults(
        Territoires=[TERRITORIES[0], ["T01", "commune", "", "", "douze"], ["t01", ""]],
        Participants=[["id", "territoir", "rôle", "droit de citer"], ["Jean D.", "", "", "bof"]],
        Visites=[
            VISITS[0],
            ["V01", "T10", "exploratoir", "hier", "", "P01;P02", "clair"],
            [None, "T01", "miroir", "31/02/2023", "faite"],
        ],
    )
    assert found == (
        "Participants!1: the column “territoire” is missing. Is it “territoir”? Rename it.",
        "Participants!A2: “Jean D.” is not an id: use unaccented letters, digits, “-” and “_”.",
        "Participants!C2: this cell must be filled.",
        "Participants!D2: unknown word “bof”. Known: oui, non, à demander.",
        "Territoires!E2: “douze” is not a whole number.",
        "Territoires!A3: the id “t01” is already in Territoires!A2; an id is given once.",
        "Territoires!B3: this cell must be filled.",
        "Visites!B2: “T10” is not in the sheet “Territoires”.",
        "Visites!C2: unknown word “exploratoir”. Did you mean “exploratoire”? " + KNOWN,
        "Visites!D2: “hier” is not a date; write it as 12/10/2022.",
        "Visites!E2: this cell must be filled. Known: faite, prévue, reportée, annulée.",
        "Visites!F2: “P01” is not in the sheet “Participants”.",
        "Visites!F2: “P02” is not in the sheet “Participants”.",
        "Visites!G2: “clair” is not in the sheet “Chercheurs”. Did you mean “claire”?",
        "Visites!A3: this cell must be filled.",
        "Visites!D3: “31/02/2023” is not a date; write it as 12/10/2022.",
    )


def test_a_missing_sheet_is_named(faults):
    found = faults(Visites=None, Visite=VISITS)
    assert found == ("Visites: the workbook lacks this sheet. Is it “Visite”? Rename it.",)


def test_a_column_there_twice_is_refused(faults):
    (found,) = faults(Chercheurs=[[*RESEARCHERS[0], "Role"], ["claire", "x", "y", "z"]])
    assert found == "Chercheurs!D1: the column “rôle” is there twice; keep one."


def test_the_demonstration_register_is_read(root):
    register = read_register(root / "data" / "raw" / "registre.xlsx")
    assert len(register.visits) >= 8


MANY = [VISITS[0], *([f"V{n:02}", *VISITS[1][1:]] for n in range(1, 41))]


@pytest.mark.parametrize("at", range(5))
def test_a_column_misspelt_is_one_fault_and_not_one_a_row(faults, at):
    header = [*VISITS[0][:at], VISITS[0][at] + "zzz", *VISITS[0][at + 1 :]]
    (fault,) = faults(Visites=[header, *MANY[1:]])
    assert "is missing" in fault


@pytest.mark.parametrize("title", ["Territoires", "Participants", "Chercheurs"])
def test_a_missing_sheet_is_one_fault_whatever_points_at_it(faults, title):
    (fault,) = faults(Visites=MANY, **{title: None})
    assert fault == f"{title}: the workbook lacks this sheet. Add it."


def test_an_id_misspelt_where_it_is_given_is_not_said_where_it_is_used(faults):
    (fault,) = faults(
        Participants=[PARTICIPANTS[0], ["P 01", *PARTICIPANTS[1][1:]]],
        Visites=[[*row[:5], "P 01" if n else row[5], *row[6:]] for n, row in enumerate(MANY)],
    )
    assert fault.startswith("Participants!A2")
