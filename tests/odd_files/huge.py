"""Files that are huge, or become so."""

from __future__ import annotations

from itertools import product

from odd_files.mislabelled import office, packed
from odd_files.odd import OddFile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _word(body: str) -> bytes:
    return office(
        "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    )


def _dialogues() -> bytes:
    syllables = [consonant + vowel for consonant in "bcdfgklmnprstv" for vowel in "aeiou"]
    names = ["".join(three).capitalize() for three in product(syllables, repeat=3)][:8_000]
    pairs = zip(names[::2], names[1::2], strict=True)
    return "".join(f"{one} : oui\n\n{other} : non\n\n" * 3 for one, other in pairs).encode()


FILES: tuple[OddFile, ...] = (
    OddFile("million-de-lignes.txt", "a million lines of one letter", lambda: b"a\n" * 1_000_000,
            refused="more than 500000 lines. Split"),
    OddFile("vingt-millions.txt", "more characters than a text may have",
            lambda: b"bonjour " * 2_600_000, refused="longer than 20000000 characters. Split"),
    OddFile("accents.txt", "2 MB of Windows-1252 and UTF-8 mixed word by word",
            lambda: b"\xe9\xc3\xa9 " * 500_000 + b"fin", keeps=("fin",), says=("not in UTF-8",)),
    OddFile("bombe.docx", "150 MB of words in 150 kB",
            lambda: _word(f"<w:p><w:r><w:t>{'a' * 150_000_000}</w:t></w:r></w:p>"),
            refused="inflates beyond 128 MB"),
    OddFile("paragraphes.docx", "ten million empty paragraphs in 90 kB",
            lambda: _word("<w:p/>" * 10_000_000), refused="more than 512 MB of memory. Remove"),
    OddFile("long.docx", "a transcript of two hundred thousand words",
            lambda: _word("<w:p><w:r><w:t>Maire : oui, d’accord, on verra bien, peut-être demain."
                          "</w:t></w:r></w:p>" * 20_000 + "<w:p><w:r><w:t>fin</w:t></w:r></w:p>"),
            keeps=("Maire : oui", "fin")),
    OddFile("entrees.docx", "ten thousand entries",
            lambda: packed({f"word/{n}.xml": "" for n in range(10_000)}),
            refused="more than 5000 entries"),
    OddFile("mot-unique.txt", "a word of a million letters", lambda: b"a" * 1_000_000,
            keeps=("aaaa",)),
    OddFile("etiquettes.txt", "eight thousand speakers who speak in turn",
            _dialogues,
            keeps=("Bababa : oui", " : non")),
)  # fmt: skip
