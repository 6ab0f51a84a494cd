"""Every deliberate error says what, where, what exists and what to do."""

import pytest

from cpit_research import errors
from cpit_research.errors import CpitError, FormatError, InvalidInput

KINDS = {
    "InvalidInput": ValueError, "FormatError": ValueError, "NotFound": LookupError,
    "Conflict": CpitError, "Withheld": errors.Conflict, "MissingDependency": ImportError,
}  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_an_error_is_of_the_library_and_of_the_kind_that_python_knows(name, kind):
    made = getattr(errors, name)("Quoi.", where="Où.", exists="Ce qui existe.", remedy="Que faire.")
    assert isinstance(made, CpitError)
    assert isinstance(made, kind)
    assert str(made) == "Quoi. Où. Ce qui existe. Que faire."
    assert str(getattr(errors, name)("Quoi.", remedy="Que faire.")) == "Quoi. Que faire."


def test_no_error_is_left_out_of_the_tree():
    defined = {
        name for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, CpitError)
    }  # fmt: skip
    assert defined == {*KINDS, "CpitError"}
    assert all(name in errors.__doc__ for name in defined)


@pytest.mark.parametrize("kind", [InvalidInput, FormatError])
def test_the_faults_of_a_file_are_told_together_one_a_line(kind):
    made = kind("Deux fautes.", faults=iter(["B2 : vide", "C7 : inconnu"]))
    assert made.faults == ("B2 : vide", "C7 : inconnu")
    assert str(made).split("\n") == ["Deux fautes.", "  - B2 : vide", "  - C7 : inconnu"]
