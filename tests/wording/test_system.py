"""Why the system refuses, in the language of the reader."""

import errno
import os

import pytest

from cpit_research.wording import use_language
from cpit_research.wording.places import about
from cpit_research.wording.system import reason_of

USUAL = (
    *("ENOENT", "EACCES", "EPERM", "ENOSPC", "EROFS", "EISDIR", "ENOTDIR", "EEXIST", "EBUSY"),
    "ENAMETOOLONG",
)


@pytest.mark.parametrize("name", USUAL)
def test_the_usual_refusals_are_told_in_both_languages(name):
    number = getattr(errno, name)
    error = OSError(number, os.strerror(number))
    told = {}
    for language in ("fr", "en"):
        with use_language(language):
            told[language] = reason_of(error)
    assert told["fr"] != told["en"]
    assert os.strerror(number) not in told.values()


def test_a_rare_refusal_keeps_the_words_of_the_system():
    assert reason_of(OSError(errno.EXDEV, "Invalid cross-device link"))
    assert reason_of(OSError()) == "OSError"


def test_a_sentence_never_names_its_file_twice():
    assert about("dossier/r.xlsx", "r.xlsx est vide.") == "dossier/r.xlsx est vide."
    assert about("r.xlsx", "Le fichier est vide.") == "r.xlsx\u00a0: Le fichier est vide."
