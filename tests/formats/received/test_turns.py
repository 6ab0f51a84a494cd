"""Who speaks, in the layouts that people type and machines export."""

import pytest

from cpit_research.formats.received.labels import plausible
from cpit_research.formats.received.plain import from_text
from cpit_research.formats.received.timecodes import seconds
from cpit_research.language.roles import is_role

pytestmark = pytest.mark.usefixtures("in_english")


def turns(text: str, *speakers: str) -> list[tuple[str, str]]:
    reading = from_text(text.encode(), speakers)
    return [
        (turn.speaker, reading.text[turn.speech_start : turn.end])
        for turn in reading.structure.turns
    ]


def notices(text: str, *speakers: str) -> tuple[str, ...]:
    return from_text(text.encode(), speakers).notices


INTERVIEW = """Entretien 04 a

[Chercheur] (0:04 - 0:08)
Bonjour.

On commence ?

[Interviewe] (0:08 – 1:02:03)
Oui : allez-y.
Maire : c'est mon rôle.

Entretien 04 b

[Chercheur] (21 :12- 21:15)
Merci.
"""


def test_a_bracketed_label_speaks_until_the_next_one_or_a_repeated_title():
    reading = from_text(INTERVIEW.encode())
    assert [(turn.speaker, turn.begins, turn.ends) for turn in reading.structure.turns] == [
        ("Chercheur", 4, 8),
        ("Interviewe", 8, 3723),
        ("Chercheur", 1272, 1275),
    ]
    assert turns(INTERVIEW)[0] == ("Chercheur", "Bonjour.\n\nOn commence ?")
    assert turns(INTERVIEW)[1] == ("Interviewe", "Oui : allez-y.\nMaire : c'est mon rôle.")
    first = reading.structure.turns[0]
    assert reading.text[first.start : first.speech_start] == "[Chercheur] (0:04 - 0:08)\n"


@pytest.mark.parametrize(
    "label",
    [
        "[Jeanne] (0:08 - 0:09)",
        "[Jeanne](0:08-0:09)",
        "[ Jeanne ] ( 0:08 — 0:09 )",
        "[Jeanne (0:08 - 0:09)",
        "[Jeanne (0:08 - 0:09)]",
        "Jeanne] (0:08 - 0:09)",
        "Jeanne (0:08 - 0:09)",
        "[Jeanne] 0:08 - 0:09",
        "[Jeanne] (0h08 à 0h09)",
        "**[Jeanne]** (0:08 -> 0:09)",
        "[Jeanne] (0:08 - 0:09) :",
        "[Jeanne]\u00a0(0:08\u00a0–\u00a00:09",
    ],
)
def test_messy_bracketed_labels_are_recognised(label):
    text = f"{label}\nbonjour"
    reading = from_text(text.encode())
    (turn,) = reading.structure.turns
    assert (turn.speaker, turn.begins, turn.ends) == ("Jeanne", 8, 9)
    assert reading.text[turn.speech_start : turn.end] == "bonjour"
    assert reading.notices == ()


def test_words_may_follow_a_bracketed_label_on_its_line():
    assert turns("[Chercheur] (0:01 - 0:02) Bonjour.\n[Maire] Oui.") == [
        ("Chercheur", "Bonjour."),
        ("Maire", "Oui."),
    ]


def test_transcription_marks_are_no_speakers():
    text = "[Chercheur] (0:01 - 0:02)\nBonjour.\n[rires]\n[inaudible] (0:03)\nEt voilà."
    assert [speaker for speaker, _ in turns(text)] == ["Chercheur"]
    assert notices(text) == ()


def test_an_unknown_bracketed_label_without_times_is_left_and_reported():
    text = "[Chercheur]\nBonjour.\n[voir annexe]\nMerci.\n[Chercheur]\nBien."
    assert [speaker for speaker, _ in turns(text)] == ["Chercheur", "Chercheur"]
    assert notices(text) == ("1 bracketed label is not taken for a speaker: “voir annexe”.",)


def test_times_that_cannot_be_read_are_reported():
    text = "[Chercheur] (0:04 - 0:99)\nBonjour.\n[Maire] (0:09 - 0:05)\nOui."
    assert notices(text) == (
        "1 turn has a time code that cannot be read.",
        "1 turn ends before it begins, by its time codes.",
    )


NOTE = """Arrivée à 9 h. Le maire nous attend.

Chercheuse : Bonjour, merci de nous recevoir.

Nous montons à l'étage. La salle est froide.

Maire\u00a0: Je vous en prie.
Et bienvenue.

Objectif : comprendre le projet.
"""


def test_in_the_colon_layout_what_is_told_between_turns_is_nobodys_speech():
    assert turns(NOTE) == [
        ("Chercheuse", "Bonjour, merci de nous recevoir."),
        ("Maire", "Je vous en prie."),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Maire :",
        "Maire:",
        "Maire\u00a0:",
        "Maire\u202f:",
        "**Maire** :",
        "**Maire :**",
        "[Maire] :",
        "[00:01:02] Maire :",
        "00:01:02 - Maire :",
        "Maire (0:04) :",
        "Maire (élue en 2020) :",
    ],
)
def test_colon_labels_are_recognised_however_typed(label):
    assert turns(f"{label} bonjour à tous") == [("Maire", "bonjour à tous")]


def test_times_before_or_after_a_colon_label_are_kept():
    reading = from_text(b"[00:01:02] Maire : oui\nChercheur (0:04 - 0:08) : non")
    assert [(turn.begins, turn.ends) for turn in reading.structure.turns] == [(62, None), (4, 8)]


@pytest.mark.parametrize(
    "text",
    [
        "Objectif : voir le maire.\nDate : demain.\nObjectif : revoir le maire.\nDate : lundi.",
        "À noter : il pleut.\nRemarque : il neige.\nÀ noter : il vente.\nRemarque : il gèle.",
        "Le projet est simple : ouvrir la place.\nEt puis : rien.",
        "Claire : une fois seulement.\nPuis le récit reprend, sans elle.",
        "Partenaires : la DDT.\nParticipants : douze.\nElus : deux.",
        "Mairie : 03 20 00 00 00",
        "http://exemple.fr\nhttps://exemple.fr",
        "Rendez-vous à 9:30\nDépart 10:15 de la gare",
        "4 : Et ensuite ?\n3 : Et avant ?\n4 : Et ensuite ?\n3 : Et avant ?",
        "Alpha : un\nBeta : deux\nGamma : trois\nAlpha : un\nBeta : deux\nGamma : trois",
        "Il a répondu, le maire : on verra bien.",
        "- Maire : Mme X\n- Adjoint : M. Y",
        "le conseil se tient comme l'a dit le\nmaire : on verra",
    ],
)
def test_lines_that_only_look_like_turns_are_left_alone(text):
    assert turns(text) == []


def test_plausible_names_are_speakers_when_they_take_turns():
    text = (
        "Claire : Alors ?\nM. Petit : Eh bien.\nClaire : Oui ?\nM. Petit : Voilà.\nÀ noter : rien."
    )
    assert [speaker for speaker, _ in turns(text)] == ["Claire", "M. Petit", "Claire", "M. Petit"]


def test_a_heading_between_fields_of_sheets_prevents_a_dialogue():
    sheet = "Titre\n=====\nCause : le mandat.\nRemède : une lettre.\n"
    assert turns(sheet * 3) == []


def test_a_third_speaker_who_answers_twice_is_one():
    text = "Q : a ?\nR : b.\nQ : c ?\nLéa : d.\nQ : e ?\nR : f.\nLéa : g.\nR : h."
    assert [speaker for speaker, _ in turns(text)] == ["Q", "R", "Q", "Léa", "Q", "R", "Léa", "R"]


def test_a_name_that_speaks_once_in_the_middle_of_a_dialogue_is_a_speaker():
    dialogue = "Ana : a\nLéo : b\nAna : c\nLéo : d\n"
    assert ("Karim", "e") in turns(dialogue + "Karim : e\n" + dialogue)
    assert "Karim" not in dict(turns(dialogue + "On sort.\nKarim : e"))
    assert "Ambiance" not in dict(turns(dialogue + "Ambiance : e\n" + dialogue))
    bold = "**Ana** : a\n**Léo** : b\n**Ana** : c\n**Léo** : d\nOn sort.\n"
    assert ("Karim", "e") in turns(bold + "**Karim** : e\n")
    assert "Karim" not in dict(turns(bold + "Karim : e\n"))


def test_what_the_caller_knows_is_accepted_as_it_writes_it():
    assert turns("p07 : oui\nObjectif : non", "P07", "Objectif") == [
        ("P07", "oui"),
        ("Objectif", "non"),
    ]


def test_a_label_one_edit_away_is_corrected_and_both_are_quoted():
    text = "Chercheur : a\nMaire : b\nChecheur : c\nMaire : d"
    assert [speaker for speaker, _ in turns(text)] == ["Chercheur", "Maire", "Chercheur", "Maire"]
    assert notices(text) == ("The label “Checheur” is read as “Chercheur” (1 turn).",)
    assert "Checheur" in from_text(text.encode()).text


def test_a_rare_label_is_corrected_to_a_frequent_or_known_one():
    text = "Valérie : a\nQ : b\n" * 3 + "Valérei : c\n"
    assert turns(text)[-1] == ("Valérie", "c")
    assert turns("Valérei : c", "Valérie") == [("Valérie", "c")]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("P01", "P02"),
        ("Chercheur 1", "Chercheur 2"),
        ("Marie", "Maire"),
        ("Participants", "Participant"),
    ],
)
def test_numbers_plurals_and_other_words_are_never_corrected(written, known):
    text = f"{written} : a\n{known} : b\n" * 3
    assert known not in [speaker for speaker, words in turns(text, known) if words == "a"]
    assert notices(text, known) == ()


def test_a_label_alone_on_its_line_takes_what_follows():
    text = (
        "Claire :\nBonjour.\n\nEncore.\n\nPaul :\nOui.\n\nClaire :\nBien.\n\nPaul :\nAu revoir.\n"
    )
    assert turns(text)[:2] == [("Claire", "Bonjour.\n\nEncore."), ("Paul", "Oui.")]


def test_a_turn_ends_at_a_heading():
    text = "[Maire] (0:01 - 0:02)\nOui.\n\nSuite\n=====\nOn sort."
    assert turns(text) == [("Maire", "Oui.")]


@pytest.mark.parametrize(
    "label",
    ["Chercheur·se", "chercheur(se) 2", "Enquêteur.rice", "Interviewé·e 12", "Le maire", "L'élue",
     "Cheffe de projet PVD", "INTERVIEWER", "Animatrice B", "Vice-présidente", "DGS"],
)  # fmt: skip
def test_roles_are_known_whatever_their_form(label):
    assert is_role(label)


@pytest.mark.parametrize(
    "label", ["Mairie", "Participants", "Objectif", "Claire", "Élus", "12", ""]
)
def test_other_words_are_no_roles(label):
    assert not is_role(label)


@pytest.mark.parametrize("label", ["à noter", "Date de visite", "La suite", "Plan B", "De", "9 h"])
def test_what_is_no_name_is_not_plausible(label):
    assert not plausible(label)


@pytest.mark.parametrize(
    "label", ["Jean-Marc", "Mme Le Goff", "E.", "R1", "Anne de La Tour", "D’Artagnan"]
)
def test_names_are_plausible(label):
    assert plausible(label)


@pytest.mark.parametrize("written", ["", "12", "1:2", "0:60", "1:60:00", "a:bc"])
def test_what_is_no_time_is_none(written):
    assert seconds(written) is None
