"""WebVTT: cues become turns, and keep their times."""

import pytest

from cpit_research.errors import FormatError
from cpit_research.formats.received.reading import Aside
from cpit_research.formats.received.vtt import from_vtt

pytestmark = pytest.mark.usefixtures("in_english")


def vtt(*cues: str) -> bytes:
    return "\n\n".join(["WEBVTT", *cues]).encode()


def cue(at: int, words: str) -> str:
    return f"00:{at:02}.000 --> 00:{at + 1:02}.000 align:start\n{words}"


def test_consecutive_cues_of_one_voice_are_one_turn():
    reading = from_vtt(
        vtt(
            "1\n" + cue(1, "<v Ana>Bonjour, je\nsuis"),
            cue(2, "<v Ana>ici."),
            cue(3, "<v Léo>Oui.</v>"),
        )
    )
    assert reading.text == "Ana : Bonjour, je suis ici.\nLéo : Oui."
    assert [
        (turn.speaker, turn.begins, turn.ends, turn.place) for turn in reading.structure.turns
    ] == [
        ("Ana", 1, 3, "cues 1–2"),
        ("Léo", 3, 4, "cue 3"),
    ]
    cues = reading.structure.of("cue")
    assert [(reading.text[one.start : one.end], one.begins, one.place) for one in cues] == [
        ("Bonjour, je suis", 1, "cue 1"),
        ("ici.", 2, "cue 2"),
        ("Oui.", 3, "cue 3"),
    ]
    assert [unit.kind for unit in reading.structure.units] == ["turn", "turn"]


def test_two_voices_may_share_a_cue():
    reading = from_vtt(vtt(cue(1, "<v Ana>Oui ?</v> <v.fort Léo>Non !</v>")))
    assert reading.text == "Ana : Oui ?\nLéo : Non !"


def test_tags_go_and_entities_are_decoded():
    reading = from_vtt(
        vtt(cue(1, "<v Ana><i>a</i> <c.jaune>&lt;b&gt;</c> <00:01.500>&amp; 3 < 4&nbsp;!"))
    )
    assert reading.text == "Ana : a <b> & 3 < 4\u00a0!"


def test_voiceless_cues_join_until_a_sentence_ends_or_a_pause():
    cues = (
        cue(1, "Nous"),
        cue(2, "arrivons."),
        cue(3, "Puis"),
        cue(9, "rien"),
        cue(10, "Maire : Oui."),
    )
    reading = from_vtt(vtt(*cues))
    assert reading.text == "Nous arrivons.\nPuis\nrien\nMaire : Oui."
    assert [turn.speaker for turn in reading.structure.turns] == ["Maire"]


def test_a_misspelt_voice_is_corrected():
    reading = from_vtt(
        vtt(*(cue(n, f"<v {who}>x") for n, who in enumerate(["Chercheur", "Ana", "Checheur"])))
    )
    assert [turn.speaker for turn in reading.structure.turns] == ["Chercheur", "Ana", "Chercheur"]
    assert reading.notices == ("The label “Checheur” is read as “Chercheur” (1 turn).",)


def test_notes_styles_and_regions_are_not_speech():
    reading = from_vtt(
        vtt(
            "NOTE fictif",
            "STYLE\n::cue {}",
            "REGION\nid:x",
            cue(1, "a."),
            "NOTE\nplus tard",
            cue(2, "b."),
        )
    )
    assert reading.text == "fictif\n\na.\nb."
    assert reading.asides == (Aside("note", "plus tard", at=7),)
    assert reading.notices == ("1 note set aside.",)


def test_bad_times_and_lost_blocks_are_reported_and_their_words_kept():
    reading = from_vtt(vtt("00:61.000 --> 00:02.000\nUn.", "Deux.", cue(3, "Trois.")))
    assert reading.text == "Un.\nDeux.\nTrois."
    assert reading.notices == (
        "1 cue has a time code that cannot be read, line 3: its words are kept.",
        "1 block has no time code, line 6: its words are kept.",
    )


def test_cues_without_blank_lines_between_are_told_apart():
    reading = from_vtt(f"WEBVTT\n{cue(1, 'Un.')}\n{cue(2, 'Deux.')}".encode())
    assert reading.text == "Un.\nDeux."


def test_commas_and_hours_are_read():
    reading = from_vtt(b"1\n01:00:01,500 --> 01:00:02,000\nOui.")
    assert reading.structure.of("cue")[0].begins == 3601.5
    assert reading.notices == (
        "The file does not start with WEBVTT; its cues are read all the same.",
    )


def test_what_is_no_subtitle_is_refused_and_an_empty_one_reported():
    with pytest.raises(FormatError, match="not a WebVTT file"):
        from_vtt(b"bonjour")
    assert from_vtt(b"WEBVTT").notices == ("The file holds no cue.",)
