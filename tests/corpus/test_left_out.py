"""What a count cannot hold is said, each reason once, with its number."""

import pytest

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns
from cpit_research.corpus.corpus import Corpus
from cpit_research.corpus.left_out import left_out
from cpit_research.model.grid import Grid
from cpit_research.wording import LANGUAGES, use_language

REASONS = ("other_grid", "other_version", "conflict")


def said(**counts: int) -> tuple[str, ...]:
    return left_out(Codings(CodingColumns.empty(), Corpus(), Grid("g", "v1"), counts))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [1, 2, 31])
def test_each_reason_is_said_once_with_its_number(language, n):
    with use_language(language):
        sentences = said(**dict.fromkeys(REASONS, n))
    assert len(set(sentences)) == len(REASONS)
    assert all(str(n) in sentence for sentence in sentences)


def test_nothing_left_out_is_not_said():
    assert said() == said(other_grid=0) == ()
