"""The campaign is whole, coded by people who differ, and nothing in it is written twice."""

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from cpit_research.agreement import alpha
from cpit_research.model.memo import MEMO_KINDS
from cpit_research.model.source import Source
from cpit_research.study.opening import open_study

pytestmark = pytest.mark.slow

#: Words in a row that two notes may share: the title of an exercise has eight.
SHARED = 8
#: Words from which a sentence must be alone of its kind.
SENTENCE = 6
_HEADER = re.compile(
    r"^(Visite|Territoires?|Date|R[ée]daction|Version|Mention|Avertissement|Fiction|Note)\s?:"
    r"|fictif|fortuite|inventés pour la démonstration",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"(?<=[.!?…])[\s»\"]+|\n")


@pytest.fixture(scope="module")
def study(demonstration):
    with open_study(demonstration) as opened:
        yield opened


def body(source: Source) -> str:
    """The text without the lines that say where it comes from and that it is invented."""
    lines = source.text.split("\n")
    return "\n".join(
        line for rank, line in enumerate(lines) if rank >= 14 or not _HEADER.search(line)
    )


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("_", " "))


def test_the_panel_has_its_visits_documents_and_formats(study):
    kinds = Counter(visit.kind for visit in study.register.visits if visit.state == "made")
    assert kinds == {
        "exploratory": 12, "observation": 7, "mirror": 3, "collective_session": 1, "workshop": 2,
        "meeting": 1, "interview": 1,
    }  # fmt: skip
    assert len(study.corpus.where(kind="exercise_sheet")) == 3
    received = {source.path.rsplit(".", 1)[1] for source in study.corpus}
    assert received == {"docx", "html", "md", "odt", "pdf", "rtf", "srt", "txt", "vtt"}
    assert study.corpus.words >= 28_000
    assert all(700 <= source.words <= 2_500 for source in study.corpus)
    days = [visit.day for visit in study.register.visits if visit.state == "made"]
    assert (min(days).year, max(days).year) == (2022, 2024)


def test_no_two_notes_share_a_long_run_of_words(study):
    runs = {
        source.path: {
            tuple(said[at : at + SHARED + 1])
            for said in [words(body(source))]
            for at in range(len(said) - SHARED)
        }
        for source in study.corpus
    }
    shared = [
        (one, other, " ".join(run))
        for one, other in combinations(runs, 2)
        for run in runs[one] & runs[other]
    ]
    assert shared == []


def test_no_sentence_is_written_twice(study):
    places = defaultdict(list)
    for source in study.corpus:
        for sentence in _ENDS.split(body(source)):
            if len(said := words(sentence)) >= SENTENCE:
                places[" ".join(said)].append(source.path)
    assert {said: paths for said, paths in places.items() if len(paths) > 1} == {}


def test_three_people_coded_as_people_do(study):
    codings = study.codings()
    everything = study.codings("v2").left_out
    by = Counter(coding.coder for coding in codings)
    assert len(codings) >= 1_100
    assert by["claire"] + everything["debt"] >= 900
    read = codings.readers
    assert {source.id for source in study.corpus} == read.keys()
    assert sum(coders == ("claire", "yann") for coders in read.values()) >= 10
    hers = codings.where(coder="salome")
    assert len({coding.segment.source for coding in hers}) == 2
    assert not len(hers.where(settled=True))
    assert {coding.grid for coding in codings} == {"v1", "v2"}
    assert len(study.episodes) >= 200
    kinds = Counter((memo.author, memo.kind) for memo in study.memos)
    assert {kind for who, kind in kinds if who == "claire"} >= set(MEMO_KINDS)
    assert sum(n for (who, _kind), n in kinds.items() if who == "claire") >= 60


def test_what_coders_share_is_uneven_and_nobody_is_perfect(study):
    table = alpha(study.codings(), by="family").table
    told = table.loc[[f"F{n}" for n in range(1, 9)], "alpha"]
    assert told.notna().all()
    assert told.max() - told.min() > 0.2
    assert told.max() < 1


def test_nothing_is_told_of_codes_that_yann_has_not_read_again(study):
    table = alpha(study.codings()).table
    owed = {code for one in study.grid_debt(coder="yann") for code in one.candidates}
    assert {"S17", "S18", "S74"} <= owed
    waiting = table.index[table["status"] == "to_read_again"]
    assert {"S17", "S18", "S74"} <= set(waiting) <= owed
    assert table.loc[waiting, "alpha"].isna().all()


def test_spans_cover_what_the_words_justify_not_whole_paragraphs(study):
    lengths = sorted(coding.segment.end - coding.segment.start for coding in study.codings())
    assert lengths[len(lengths) // 2] < 160


def test_a_note_is_not_coded_whole_by_default(study):
    whole = 0
    codings = list(study.codings())
    for coding in codings:
        blocks = {(part.start, part.end) for part in study.corpus[coding.segment.source].structure}
        whole += (coding.segment.start, coding.segment.end) in blocks
    assert whole < len(codings) / 6
