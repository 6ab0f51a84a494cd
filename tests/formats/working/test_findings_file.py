"""Findings as the team writes them."""

from dataclasses import astuple

import pytest
from openpyxl import Workbook

from cpit_research.errors import FormatError
from cpit_research.formats.working.findings_file import FindingRow, read_findings

CLAIMS = [["n°", "énoncé", "portée"], ["E1", "Le mandat flou retarde l'action", "deux territoires"]]
SUPPORTS = [
    ["n°", "rôle", "document", "mots exacts", "code", "codeur"],
    ["E1", "appuie", "V01.docx", "on ne sait pas qui décide", "S11", "claire"],
    ["e1", "Nuance", "V04.md", "le mandat est écrit", "S11", None],
]


@pytest.fixture(autouse=True, scope="module")
def english():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPIT_LANG", "en")
        yield


def saved(path, **sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_findings_are_read_with_their_cells(tmp_path):
    book = read_findings(saved(tmp_path / "e.xlsx", Enseignements=CLAIMS, Appuis=SUPPORTS))
    assert book.findings == (
        FindingRow("E1", "Le mandat flou retarde l'action", "deux territoires", "Enseignements!B2"),
    )
    assert [support.qualifies for support in book.supports] == [False, True]
    assert [astuple(support)[2:7] for support in book.supports] == [
        ("V01.docx", "on ne sait pas qui décide", "S11", "claire", "Appuis!D2"),
        ("V04.md", "le mandat est écrit", "S11", "", "Appuis!D3"),
    ]
    assert {support.finding for support in book.supports} == {"E1"}


def test_a_bare_number_is_a_reference(tmp_path):
    book = read_findings(
        saved(
            tmp_path / "e.xlsx",
            Enseignements=[CLAIMS[0], [1, "Un énoncé"]],
            Appuis=[SUPPORTS[0], [1, "appuie", "V01.docx", "mots", "S11"]],
        )
    )
    assert (book.findings[0].number, book.supports[0].finding) == ("E1", "E1")


def test_every_fault_is_given_at_once_with_its_cell(tmp_path):
    path = saved(
        tmp_path / "e.xlsx",
        Enseignements=[CLAIMS[0], ["E1", ""], ["E1", "Un autre"], ["", "Sans numéro"]],
        Appuis=[SUPPORTS[0], ["E2", "apuie", "", "mots", ""]],
    )
    with pytest.raises(FormatError) as caught:
        read_findings(path)
    assert caught.value.faults == (
        "Enseignements!B2: this cell must be filled.",
        "Enseignements!A3: the number E1 is that of another finding; give another.",
        "Enseignements!A4: this cell must be filled.",
        "Appuis!A2: no finding bears the number E2 in the sheet “Enseignements”.",
        "Appuis!B2: unknown word “apuie”. Did you mean “appuie”? Known: appuie, nuance.",
        "Appuis!C2: this cell must be filled.",
        "Appuis!E2: this cell must be filled.",
    )


@pytest.mark.parametrize("claims", [None, [["n", "énoncé"], ["E1", "Un énoncé"]]])
def test_supports_are_not_held_against_findings_that_cannot_be_read(tmp_path, claims):
    sheets = {"Appuis": [SUPPORTS[0], *SUPPORTS[1:] * 20]}
    if claims:
        sheets["Enseignements"] = [["numer", "énoncé"], *claims[1:]]
    with pytest.raises(FormatError) as caught:
        read_findings(saved(tmp_path / "e.xlsx", **sheets))
    (fault,) = caught.value.faults
    assert fault.startswith("Enseignements")
