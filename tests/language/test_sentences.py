"""Sentences against those written by hand, and the laws that no text breaks."""

import re
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpit_research.language import sentences
from cpit_research.language.openings import after_opening
from cpit_research.model.structure import Part, Structure
from cpit_research.text.canonical import canonical

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from boundaries import REFERENCES, read, score

#: A little under what was measured: a rule that breaks another is seen.
FLOORS = {"dev": (0.995, 0.99)}
FLOOR = (0.93, 0.90)

#: A mark that follows a label at once ends what the label began, when it is no label.
LONE_MARK = re.compile(r"[:\])][\s\u00a0\u202f]*[.?!…]")
PIECES = (
    "Bon", "oui", "M. Garrigue", "Mme T", "etc", "cf", "p. 12", "14 h. 30", "S.I.V.O.M",
    "12.05.2023", "3,2", "l’eau", "qu'elle", "a-t-il", "Le maire", "é", "œ", "«", "»", "“",
    "”", '"', "(", ")", "[", "]", "[…]", "(rires)", ".", ". ", "?", "!", "…", "...", "?!",
    ":", ";", ",", "–", "- ", "• ", "1. ", "a) ", "[00:12:31] ", "(0:04) ", "12:04 ",
    "Q : ", "R : ", "Mme Roux : ", "Le maire : ", "👏", "**", "\u00a0", "\u202f", " ", "  ",
    "\t", "www.mairie.fr", "a@b.fr", "²", "[4]", "€", "---", "2021", "A.",
)  # fmt: skip
lines = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
texts = st.lists(
    lines | st.text(st.characters(blacklist_categories=("Cs",)), max_size=20), max_size=5
)
written = texts.map("\n".join).map(canonical)


def cut(text, structure=None):
    return [text[start:end] for start, end in sentences(text, structure)]


@pytest.mark.parametrize("path", sorted(REFERENCES.glob("*.json")), ids=lambda path: path.stem)
def test_sentences_are_those_that_were_written_by_hand(path):
    found = score(read(path), sentences)
    ends, whole = FLOORS.get(path.stem, FLOOR)
    assert found.f1("ends") >= ends
    assert found.f1("whole") >= whole


@given(written)
def test_they_are_ordered_disjoint_and_without_outer_spaces(text):
    found = sentences(text)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    for start, end in found:
        assert text[start:end]
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        assert any(map(str.isalnum, text[start:end]))


@given(written)
def test_two_texts_put_end_to_end_have_the_sentences_of_both(text):
    other = "Il rit.\n- Q : Et après ? R : Rien. (0:04) Fin"
    moved = [(start + len(text) + 1, end + len(text) + 1) for start, end in sentences(other)]
    assert sentences(f"{text}\n{other}") == sentences(text) + moved


@given(lines)
def test_what_is_left_out_of_a_line_that_says_something_opens_it_or_stands_between(text):
    found = sentences(text)
    if not found:
        return
    assert found[0][0] == after_opening(text, 0, len(text))
    assert not text[found[-1][1] :].strip()
    for (_first, end), (start, _last) in pairwise(found):
        left = text[end:start].strip()
        assert all(
            c.isdigit() or c.isspace() or c in "-–—:()[].,>ABCDEFGHIJKLMNOPQRSTUVWXYZÀÉ"
            for c in left
        )


@given(lines)
def test_every_letter_after_what_opens_a_line_is_in_a_sentence_but_for_letter_labels(text):
    covered = set()
    for start, end in sentences(text):
        covered |= set(range(start, end))
    opening = after_opening(text, 0, len(text))
    for at in range(opening, len(text)):
        if text[at].islower():
            assert at in covered


@given(written)
def test_a_non_breaking_space_cuts_as_a_space_does(text):
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    assert sentences(text) == sentences(plain)


@given(written)
def test_one_text_from_any_system_has_the_same_sentences(text):
    stored = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert cut(canonical(stored)) == cut(text)


@given(written)
def test_a_structure_of_lines_changes_nothing_but_labels(text):
    assume(not LONE_MARK.search(text))
    parts, at = [], 0
    for line in text.split("\n"):
        parts.append(Part("paragraph", at, at + len(line)))
        at += len(line) + 1
    with_lines, without = sentences(text, Structure(parts)), sentences(text)
    assert {end for _start, end in without} <= {end for _start, end in with_lines}


def test_an_empty_text_has_no_sentence():
    assert sentences("") == sentences(" \n\t\n") == sentences("---\n***\n…") == []


@pytest.mark.parametrize(
    "expected",
    [
        "Il y a trois axes : 1. le bâti ; 2. la mobilité ; 3. les gens.|Rien d'autre.",
        "Voir art. L. 2121-29 du CGCT, t. II, p. 45.|Il précise tout.",
        "On était sept.|et puis on a ri.",
        "Réunion du 3 sept. dernier.|Dix présents.",
        "Rencontre avec P. Le Goff et J.-M. Serre.|Ils discutent.",
        "Rencontre avec J.|Le maire est venu.",
        "Elle a choisi le plan B.|et on recommence.",
        "C'est le jour J.|Suivant les gens, on part.",
        "On a reçu… Mme la préfète !|Incroyable.",
        "Le XIXe s. finissant.|Le XXe s.|On y vient.",
        "Elle travaille avec… Jean, je crois.",
        "Elle travaille beaucoup…|Jean aussi.",
        "4 000 ex.|Cinq mois plus tard, rien.",
        "Il reste 45 min.|12 personnes attendent.",
        "Euh . . . oui.|Enfin . . .|Non.",
        "Il est 14 h. 30 environ.|Il est 14 h.|120 personnes entrent.",
        "Le fichier Rapport.Final.docx est joint.|Merci.",
        "Il sort.»|Elle reste.",
        "CP = chef de projet / T. = Thibaut.",
        "Le 12. 05. 2023, on ouvre.",
        "(Fabien se lève.|Inès regarde sa feuille)",
        "(long.|une chasse d'eau à l'étage)",
        "Il y en a.|M. Roux le sait.",
        "Durée : 1 h 30 env.|Lieu : mairie.",
        "Il se tait. (rires) (silence)|On attend.",
        "Il part. (Elle reste.)|Fin.".replace(". (", ".|("),
        "Les élu.e.s sont là.|Les habitant·e·s aussi.",
        "On y va ?! |– Oui.|— Non.",
        "avant notre ère, en 50 av. J.-C.|Le bourg existait.",
    ],
)
def test_a_line_is_cut_where_it_says(expected):
    text = expected.replace("|", " ").replace("  ", " ")
    whole = [part.strip().lstrip("–— ") for part in expected.split("|")]
    assert cut(text) == whole


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Monsieur le maire : Bonsoir.", "Bonsoir."),
        ("**Claire** : Oui.", "Oui."),
        ("Maëlle (0:04 - 0:08) : oui", "oui"),
        ("Enquêteur·rice 2 : et là ?", "et là ?"),
        ("M.B. : Bonjour.", "Bonjour."),
        ("Homme 1 : Bonjour.", "Bonjour."),
        ("Ambiance : bonne.", "Ambiance : bonne."),
        ("Excusées : Mme Roux.", "Excusées : Mme Roux."),
        ("- Maire : Mme Roux", "Maire : Mme Roux"),
        ("Parking : complet", "Parking : complet"),
        ("[silence]", "[silence]"),
        ("- [ ] 2. Relancer", "Relancer"),
        ("00:00:01.000 --> 00:00:04.000 Bonjour", "Bonjour"),
        ("C. Martin, adjoint", "C. Martin, adjoint"),
        ("C. Mobilité", "Mobilité"),
        ("2.1 millions", "2.1 millions"),
        ("1-Depuis 21 ans", "Depuis 21 ans"),
        ("2 - est-ce qu'il y a un geste ?", "est-ce qu'il y a un geste ?"),
        ("4 : Et ensuite ?", "Et ensuite ?"),
        ("10 - 12 personnes", "10 - 12 personnes"),
    ],
)
def test_what_opens_a_line_belongs_to_no_sentence(line, words):
    assert cut(line) == [words]


def test_sentences_never_cross_a_block_and_labels_are_those_of_the_turns():
    text = "Visite : V03\nÉlise : Merci. Oui.\nMaire : Roux\tadjoint"
    speech, cell, last = (text.index(words) for words in ("Merci", "Maire", "adjoint"))
    structure = Structure(
        [
            Part("header_field", 0, 12),
            Part("paragraph", 0, 12),
            Part("paragraph", 13, cell - 1),
            Part("turn", 13, cell - 1, speaker="Élise", speech_start=speech),
            Part("cell", cell, last - 1),
            Part("cell", last, len(text)),
        ]
    )
    assert cut(text, structure) == ["Merci.", "Oui.", "Maire : Roux", "adjoint"]
    assert cut(text, Structure()) == cut(text)


def test_what_stands_outside_every_block_is_read_as_well():
    text = "avant\nUn bloc. Deux."
    assert cut(text, Structure([Part("paragraph", 6, 20)])) == ["avant", "Un bloc.", "Deux."]
