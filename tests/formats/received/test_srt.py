"""SubRip: the same cues as WebVTT, written otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.errors import FormatError
from cpit_research.formats.received.srt import from_srt
from cpit_research.formats.received.vtt import from_vtt

pytestmark = pytest.mark.usefixtures("in_english")

WORDS = st.lists(
    st.sampled_from(["Bonjour", "le maire", "Ana : oui.", "« non »", "à 9 h", "Fin.", "12"]),
    min_size=1, max_size=3,
).map(" ".join)  # fmt: skip


def times(at: int, mark: str) -> str:
    return f"00:00:{at:02}{mark}500 --> 00:00:{at + 1:02}{mark}400"


def srt(*cues: str) -> bytes:
    numbered = (f"{n}\n{times(n, ',')}\n{words}" for n, words in enumerate(cues, start=1))
    return "\n\n".join(numbered).encode()


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_the_same_cues_read_as_in_webvtt(cues):
    other = "\n\n".join(["WEBVTT", *(f"{times(n, '.')}\n{w}" for n, w in enumerate(cues, 1))])
    one, two = from_srt(srt(*cues)), from_vtt(other.encode())
    assert (one.text, one.structure) == (two.text, two.structure)


@given(st.lists(WORDS.map(str), min_size=1, max_size=12))
def test_every_cue_keeps_its_words_its_number_and_its_times(cues):
    reading = from_srt(srt(*cues))
    held = reading.structure.of("cue")
    assert [reading.text[cue.start : cue.end] for cue in held] == cues
    assert [cue.place for cue in held] == [f"cue {n}" for n in range(1, len(cues) + 1)]
    assert [(cue.begins, cue.ends) for cue in held] == [
        (n + 0.5, n + 1.4) for n in range(1, len(cues) + 1)
    ]


def test_labels_in_the_words_are_speakers():
    reading = from_srt(
        srt(
            "Chercheuse : Comment ça a commencé ?",
            "Maire : Par un café.",
            "Chercheuse : Et après ?",
        )
    )
    assert [turn.speaker for turn in reading.structure.turns] == [
        "Chercheuse", "Maire", "Chercheuse",
    ]  # fmt: skip
    assert reading.structure.turns[1].place == "cue 2"


def test_tags_positions_and_coordinates_go():
    words = "{\\an8}<i>Bonjour</i> <font color=red>toi</font>."
    data = f"1\n{times(1, ',')}  X1:100 X2:200 Y1:1 Y2:9\n{words}"
    assert from_srt(data.encode()).text == "Bonjour toi."


def test_cues_glued_together_are_parted_with_their_numbers():
    data = f"1\n{times(1, ',')}\nIl y en a\n12.\n2\n{times(4, ',')}\nFin."
    reading = from_srt(data.encode())
    assert reading.text == "Il y en a 12.\nFin."
    assert len(reading.structure.of("cue")) == 2


def test_an_unreadable_time_keeps_its_words_and_is_told_with_its_line():
    data = f"1\n{times(1, ',')}\nBonjour.\n\n2\nvers midi --> plus tard\nFin."
    reading = from_srt(data.encode())
    assert reading.text == "Bonjour.\nFin."
    assert any("line 6" in notice for notice in reading.notices)


def test_windows_line_ends_and_encoding_give_the_same_text():
    text = srt("L’été est sec.", "La forêt brûle.").decode()
    odd = from_srt(text.replace("\n", "\r\n").encode("cp1252"))
    assert odd.text == from_srt(text.encode()).text
    assert odd.encoding == "windows-1252"


def test_a_text_without_time_codes_is_refused():
    with pytest.raises(FormatError, match="no time code"):
        from_srt("Bonjour, ceci n’est pas un sous-titre.".encode())
