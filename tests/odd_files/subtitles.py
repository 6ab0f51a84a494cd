"""Subtitles, as platforms, meetings and editors export them."""

from __future__ import annotations

from odd_files.odd import OddFile

TEAMS = """\
WEBVTT

1b2c-0/10-0
00:00:03.120 --> 00:00:06.480
<v Claire Exemple>Bonjour, on peut commencer</v>

1b2c-0/10-1
00:00:06.480 --> 00:00:08.000
<v Claire Exemple>par le marché.</v>

1b2c-0/14-0
00:00:09.000 --> 00:00:12.000
<v Yann Fictif>D’accord, &amp; ensuite la halle.</v>
"""
YOUTUBE = """\
WEBVTT
Kind: captions
Language: fr

00:00:00.080 --> 00:00:02.350 align:start position:0%
 
bonjour<00:00:00.400><c> à</c><00:00:00.560><c> tous</c>

00:00:02.350 --> 00:00:02.360 align:start position:0%
bonjour à tous
 

00:00:02.360 --> 00:00:04.550 align:start position:0%
bonjour à tous
on<00:00:02.600><c> commence</c><00:00:02.800><c> la</c><00:00:03.000><c> visite</c>

00:00:04.550 --> 00:00:04.560 align:start position:0%
on commence la visite
 
"""  # noqa: W293  YouTube leaves a space on its blank lines
NOTES = """\
WEBVTT - Entretien fictif

NOTE Enregistré en mairie

STYLE
::cue { color: red }

00:01.000 --> 00:02.000
Bonjour.

NOTE
à vérifier

00:02.000 --> 00:04.000
Au revoir.
"""
SRT = """\
1
00:00:01,000 --> 00:00:02,500
<i>Bonjour</i> à tous.

2
00:00:03,000 --> 00:00:04,000
{\\an8}On commence.
"""


def _rolling() -> bytes:
    cue = "00:{:02}:{:02}.000 --> 00:{:02}:{:02}.500\nMot {}\n\n"
    return ("WEBVTT\n\n" + "".join(
        cue.format(n // 60, n % 60, n // 60, n % 60, n) for n in range(3_600)
    )).encode()  # fmt: skip


FILES: tuple[OddFile, ...] = (
    OddFile("teams.vtt", "Teams: voices, identifiers, entities", TEAMS.encode,
            keeps=("Claire Exemple : Bonjour, on peut commencer par le marché.",
                   "Yann Fictif : D’accord, & ensuite la halle."), drops=("1b2c", "<v", "-->")),
    OddFile("youtube.vtt", "YouTube: rolling lines repeated, times inside words", YOUTUBE.encode,
            keeps=("bonjour à tous", "on commence la visite"), drops=("<c>", "align:start")),
    OddFile("sans-entete.vtt", "no WEBVTT, decimal commas as in SubRip", SRT.encode,
            keeps=("Bonjour à tous.", "On commence."), says=("does not start with WEBVTT",)),
    OddFile("marque.vtt", "byte-order mark, CRLF",
            lambda: TEAMS.replace("\n", "\r\n").encode("utf-8-sig"),
            keeps=("Claire Exemple : Bonjour",), drops=("\r", "\ufeff")),
    OddFile("notes.vtt", "notes and styles between cues", NOTES.encode,
            keeps=("Entretien fictif", "Enregistré en mairie", "Bonjour.", "Au revoir."),
            drops=("color", "à vérifier"), aside=("à vérifier",), says=("1 note set aside",)),
    OddFile("chevauchement.vtt", "cues that overlap and go back in time",
            lambda: (b"WEBVTT\n\n00:05.000 --> 00:09.000\nDeux.\n\n00:01.000 --> 00:06.000\nUn.\n\n"
                     b"00:08.000 --> 00:07.000\nTrois.\n"),
            keeps=("Deux.", "Un.", "Trois.")),
    OddFile("temps-illisibles.vtt", "times missing, in letters, or beyond sixty seconds",
            lambda: (b"WEBVTT\n\n00:01.000 -->\nUn.\n\nmidi --> soir\nDeux.\n\n"
                     b"00:75.000 --> 00:80.000\nTrois.\n\nQuatre."),
            keeps=("Un.", "Deux.", "Trois.", "Quatre."),
            says=("3 cues have a time code that cannot be read", "1 block has no time code")),
    OddFile("vide.vtt", "a header and no cue", lambda: b"WEBVTT\n\n", says=("holds no cue",)),
    OddFile("texte.vtt", "a text that is no subtitle", "Bonjour à tous.".encode,
            refused="not a WebVTT file"),
    OddFile("voix-ouverte.vtt", "a voice never closed, then a hundred thousand spaces",
            lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Claire>Oui\n<v" + b" " * 100_000,
            keeps=("Claire : Oui",)),
    OddFile("nombre-sans-fin.vtt", "a character whose number has fifty thousand digits",
            lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\navant &#" + b"9" * 50_000 + b"; fin",
            keeps=("avant � fin",)),
    OddFile("une-heure.vtt", "an hour, a cue a second", _rolling, keeps=("Mot 0", "Mot 3599")),
    OddFile("ordinaire.srt", "tags and positions of SubRip", SRT.encode,
            keeps=("Bonjour à tous.", "On commence."), drops=("<i>", "an8", "-->")),
    OddFile("windows.srt", "Windows-1252 and CRLF, as old players want",
            lambda: SRT.replace("\n", "\r\n").encode("cp1252"),
            keeps=("Bonjour à tous.",), says=("windows-1252",)),
    OddFile("sans-blanc.srt", "no blank line between the cues",
            lambda: SRT.replace("\n\n", "\n").encode(),
            keeps=("Bonjour à tous.", "On commence."), drops=("2\n", "-->")),
    OddFile("sans-numeros.srt", "no numbers, points instead of commas",
            lambda: b"00:00:01.000 --> 00:00:02.000\nUn.\n\n00:00:03.000 --> 00:00:04.000\nDeux.",
            keeps=("Un.", "Deux."), drops=("-->",)),
    OddFile("vide.srt", "numbers and no time code", lambda: b"1\n\n2\n",
            refused="holds no time code"),
)  # fmt: skip
