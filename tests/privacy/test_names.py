"""A known name is found however it is written, and nobody else is."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.privacy.names import Names

TABLE = Correspondence(
    (
        Entry("P03", "person", ("Maëlle Kerdoncuff", "Maëlle", "Mme K.")),
        Entry("P04", "person", ("Jean-Noël Combescot", "T.", "J.-P.")),
        Entry("T05", "territory", ("Saint-Aubert", "St-Aubert", "Val d'Œuvray")),
        Entry("L12", "place", ("Halle 2026", "L. A.")),
    )
)
NAMES = Names(TABLE)
LONG = [
    (entry.id, name)
    for entry in TABLE.entries
    for name in entry.names
    if name not in {"T.", "J.-P.", "L. A.", "Mme K."}
]
INVISIBLE = st.sampled_from(["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
JOINTS = st.sampled_from(
    [
        " ",
        "\u00a0",
        "\u202f",
        "-",
        "‐",
        "‑",
        "–",
        "\n",
        "\t",
        "_",
        "'",
        "’",
        " - ",
        "\u00ad",
        "\u200b",
    ]
)
BEFORE = st.sampled_from(["", "« ", "(", "l’", "lʼ", "d'", "\n", "_", "🌾", "…", "12", "**", "["])
AFTER = st.sampled_from(["", " »", ")", ",", "\n", "_", "🌾", "…", "²", "**", "]", "’s", ".docx"])
PLAIN = st.text("abdeklmnorst éè'’.,;:\n-", max_size=30)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.id, text[one.start : one.end]) for one in NAMES.find(text)]


@st.composite
def written(draw):
    """A known name in one of the ways that people and programs write it."""
    key, name = draw(st.sampled_from(LONG))
    name = "".join(draw(JOINTS) if letter in " -'" else letter for letter in name)
    name = draw(st.sampled_from([str, str.upper, str.lower, str.title]))(name)
    name = name.replace("œ", draw(st.sampled_from(["œ", "oe"])))
    name = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD", "NFKD"])), name)
    if draw(st.booleans()):
        bare = unicodedata.normalize("NFD", name)
        name = "".join(letter for letter in bare if not unicodedata.combining(letter))
    for _time in range(draw(st.integers(0, 2))):
        at = draw(st.integers(1, len(name) - 1))
        assume(not unicodedata.combining(name[at]))
        name = name[:at] + draw(INVISIBLE) + name[at:]
    return key, name


@given(BEFORE, written(), AFTER)
def test_a_known_name_is_found_whole_however_it_is_written(before, known, after):
    key, name = known
    assert found(f"Vu {before}{name}{after} puis") == [(key, name)]


@given(BEFORE, written(), AFTER)
def test_masking_shows_the_id_in_the_place_of_the_name_and_moves_nothing_else(before, known, after):
    key, name = known
    assert NAMES.mask(f"Vu {before}{name}{after} puis") == f"Vu {before}[{key}]{after} puis"


@given(st.lists(written() | st.tuples(st.none(), PLAIN), max_size=6))
def test_no_known_name_is_left_in_a_masked_text(pieces):
    masked = NAMES.mask(" | ".join(text for _key, text in pieces))
    assert found(masked) == []
    assert NAMES.mask(masked) == masked


@given(
    st.lists(written() | st.tuples(st.none(), PLAIN), max_size=6).map(
        lambda p: " ".join(t for _k, t in p)
    )
)
def test_names_found_stand_in_order_and_never_overlap(text):
    last = 0
    for one in NAMES.find(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end


@given(written(), st.sampled_from(["x", "é", "s"]), st.booleans())
def test_a_name_inside_a_longer_word_is_not_that_name(known, letter, before):
    _key, name = known
    assume(not name[-1].isdigit())
    assume(not before or not name[0].isupper())  # « EntretienMaëlle » is two words run together
    inside = letter + name if before else name + letter
    assert (known[0], name) not in found(f"un {inside} deux")


@pytest.mark.parametrize(
    "text",
    [
        "Saint et Aubert", "un saint, Aubert", "saint ; aubert", "Saint ? Aubert", "Saint : Aubert",
        "les aubertins du saint", "Halle 20260", "la halle", "2026", "Sain tAubert", "J'ai Noël",
        "Jean… Noël Combescot", "Val d'or", "Kerdoncuff", "saintaubert",
    ],
)  # fmt: skip
def test_words_that_do_not_make_the_name_are_left(text):
    assert NAMES.mask(text) == text


@pytest.mark.parametrize(
    "text", ["t'as vu", "t. as", "il l'a vu", "IL L'A VU", "t", "T", "j-p", "ETAT"]
)
def test_an_initial_is_not_met_in_a_word_of_one_letter(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("T. est venu", "[P04] est venu"),
        ("vu par T.", "vu par [P04]"),
        ("J.-P. et J.P. et J. P. et J-P", "[P04] et [P04] et [P04] et [P04]"),
        ("à L. A. hier", "à [L12] hier"),
        ("Mme K. arrive", "[P03] arrive"),
        ("mme k arrive", "[P03] arrive"),
    ],
)
def test_initials_are_met_as_capitals(text, masked):
    assert NAMES.mask(text) == masked


@pytest.mark.parametrize("call", ["1", "²", "¹²", "[1]", "*"])
def test_the_call_of_a_note_does_not_hide_a_name(call):
    assert NAMES.mask(f"Saint-Aubert{call}, puis") == f"[T05]{call}, puis"


def test_the_longest_name_wins_and_a_person_may_have_several():
    assert found("Maëlle Kerdoncuff, Maëlle") == [("P03", "Maëlle Kerdoncuff"), ("P03", "Maëlle")]
    names = Names(
        Correspondence((Entry("A", "person", ("Le Goff",)), Entry("B", "person", ("Le",))))
    )
    assert names.mask("Le Goff, le goéland") == "[A], [B] goéland"


def test_names_of_two_people_are_told_apart_whatever_their_order_in_the_table():
    entries = [Entry("B", "person", ("Anne", "Anne Le Bras")), Entry("A", "person", ("Anne",))]
    for table in (entries, entries[::-1]):
        assert Names(Correspondence(tuple(table))).mask("Anne, Anne le Bras") == "[A], [B]"


@given(PLAIN)
def test_an_empty_table_finds_nothing(text):
    nobody = Names(Correspondence(()))
    assert not nobody
    assert nobody.mask(text) == text


@pytest.mark.parametrize("name", ["", "—", "\u00ad", "..."])
def test_a_name_without_letters_is_nobody(name):
    assert not Names(Correspondence((Entry("P01", "person", (name,)),)))


def test_a_text_full_of_invisible_joints_takes_no_time():
    text = "\u200b".join("ab" * 5_000)
    assert NAMES.mask(text) == text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("EntretienMaëlleKerdoncuff_2023.docx", "Entretien[P03]_2023.docx"),
        ("CRéuniéSaintAubert.md", "CRéunié[T05].md"),
        ("JeanNoëlCombescot", "[P04]"),
        ("leTerritoire", "leTerritoire"),
    ],
)
def test_words_run_together_are_told_by_their_capitals(text, masked, form):
    found = NAMES.mask(unicodedata.normalize(form, text))
    assert unicodedata.normalize("NFC", found) == masked


def test_a_name_with_a_capital_inside_is_one_word_all_the_same():
    names = Names(Correspondence((Entry("P05", "person", ("McDonald",)),)))
    for text in ("McDonald", "MCDONALD", "mcdonald", "NoteMcDonald"):
        assert names.mask(text).endswith("[P05]")
