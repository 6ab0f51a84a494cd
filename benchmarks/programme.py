"""The study that the programme is to become, drawn from a seed: notes, and all that is put on them.

    python benchmarks/programme.py FOLDER NOTES     makes it there

For each thousand notes 333 territories and 50,000 codings, four in five by one coder; 1,500 words a
note; twenty notes read by both, adjudicated; a suggestion a note.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from field import CODER, CODES, KINDS
from french import Writer
from openpyxl import Workbook
from place import ROOT

import cpit_research as cpit
from cpit_research.model.suggestion import Suggested
from cpit_research.study.rounds.adjudicate import Verdict
from cpit_research.study.rounds.closing import RoundClosed
from cpit_research.study.rounds.deciding import decide, verdicts_keeping
from cpit_research.study.study import Study

WORDS = 1_500
OTHER = "yann"
_SEED = 20190704
_HERS, _HIS = 40, 50  # codings a note; he reads one note in five
_ROUND = "tour"


def make(folder: Path, notes: int) -> None:
    """Make the study in `folder`, which is not there."""
    with cpit.create_study(folder) as study:
        shutil.copy(ROOT / "grids" / "v1.yaml", study.folder / "grids")
        raw = study.folder / "data" / "raw"
        _register(notes).save(raw / "registre.xlsx")
        for n in range(notes):
            (raw / f"{_visit(n)} entretien.md").write_text(_note(n), "utf-8")
        study.ingest()
        codes = [code.id for code in study.grid().leaves()][:CODES]
        found = study.round_open(
            (CODER, OTHER), coder=CODER, sample=max(2, notes // 50), name=_ROUND
        ).round
        study.code_all(_marks(study, codes, _HERS, 1), coder=CODER)
        study.code_all(_marks(study, codes, _HIS, 5), coder=OTHER)
        study.code_all(_again(study, dict(found.sources)), coder=OTHER)
        suggested = (Suggested(segment, code) for segment, code in _marks(study, codes, 1, 1, "s"))
        study.suggest(suggested, coder="lexique/1")
        for coder in (CODER, OTHER):
            study.round_finish(_ROUND, coder=coder)
        closed = study.round_close(_ROUND, coder=CODER)
        decide(study, closed.round, _verdicts(closed), coder=OTHER)


def _verdicts(closed: RoundClosed) -> Iterator[Verdict]:
    for one in closed.disagreements[::4]:
        yield from verdicts_keeping(one, CODER, "definition", "Relu.", closed.round.id)


def _visit(n: int) -> str:
    return f"V{n + 1:05}"


def _territory(n: int) -> str:
    return f"T{n // 3 + 1:04}"


def _register(notes: int) -> Workbook:
    book = Workbook()  # its words are shared between cells, as those of Excel are
    book.remove(book["Sheet"])
    kept = sorted({_territory(n) for n in range(notes)})
    _sheet(
        book, "Territoires", ("id", "nature", "espace"), [(key, "commune", "rural") for key in kept]
    )
    _sheet(book, "Participants", ("id", "territoire", "rôle", "droit de citer"), [])
    people = [(CODER, "chercheuse"), (OTHER, "ingénieur d'études")]
    _sheet(book, "Chercheurs", ("id", "rôle"), people)
    head = ("id", "territoire", "type", "date", "état", "participants", "chercheurs", "lieu")
    _sheet(book, "Visites", head, [
        (_visit(n), _territory(n), KINDS[n % len(KINDS)], date(2022, 9, 1) + timedelta(n % 900),
         "faite", "", CODER, "mairie") for n in range(notes)
    ])  # fmt: skip
    return book


def _sheet(
    book: Workbook, title: str, head: tuple[str, ...], rows: list[tuple[object, ...]]
) -> None:
    sheet = book.create_sheet(title)
    for row in (head, *rows):
        sheet.append(row)


def _note(n: int) -> str:
    write = Writer(Random(f"{_SEED} {n}"), ["Montfauve", "Kerdoncuff"])
    parts = [f"# {write.phrase(4)}"]
    for part in range(WORDS // 60):
        spoken = f"{('Chercheuse', 'Maire')[part % 2]}\u00a0: " if part % 3 else ""
        parts.append(spoken + write.paragraph(52))
    return "\n\n".join(parts) + "\n"


def _marks(
    study: Study, codes: list[str], each: int, step: int, seed: str = ""
) -> Iterator[tuple[cpit.Segment, str]]:
    draw = Random(f"{_SEED} {each} {seed}")
    for source in study.corpus.sources[::step]:
        text = source.text
        for _coding in range(each):
            size = draw.randint(20, 300)
            start = text.rfind(" ", 0, draw.randrange(max(1, len(text) - size))) + 1
            end = text.find(" ", start + size)
            yield cpit.Segment(source.id, start, end if end > 0 else len(text)), draw.choice(codes)


def _again(study: Study, sources: dict[str, str]) -> list[tuple[cpit.Segment, str]]:
    """Return half of what she put on some notes."""
    hers = [one for one in study.codings().where(coder=CODER) if one.segment.source in sources]
    return [(one.segment, one.code) for one in hers[::2]]


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
