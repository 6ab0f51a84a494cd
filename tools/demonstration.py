"""Write the bundles of the demonstration from what its coders are said to have read.

    python tools/demonstration.py    write data/raw/codages/*.zip, and say what they hold

The folder ``tools/demonstration/`` holds one YAML file a coder and a note: passages by their exact
words, codes, episodes, memos, proposals; ``relectures.yaml``, codings read again under a newer
grid; ``arbitrages.yaml``, what was decided of disagreements. Everything in it is invented. Ids and
times derive from the files, so that the same files write the same bundles.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from cpit_research.model.coding import Coding
from cpit_research.model.segment import Segment
from cpit_research.study.occasion import Occasion
from cpit_research.study.study import Study
from cpit_research.wording import use_language

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tools" / "demonstration"
BUNDLES = ROOT / "data" / "raw" / "codages"
#: Coders in the order in which they are said to have worked.
CODERS = ("claire", "yann", "salome")
#: Days between a visit and its coding, and between two things that a coder does.
LATER, STEP = timedelta(days=6), timedelta(seconds=74)


class Desk:
    """The clock and the ids of someone at work: both derive from who, when and how many times."""

    def __init__(self) -> None:
        self.who, self.now, self._rank = "", datetime(2022, 9, 1, 9, tzinfo=UTC), 0

    def sit(self, who: str, at: datetime) -> None:
        """Begin to work."""
        self.who, self.now = who, at

    def time(self) -> datetime:
        """Return the time, a little later each time."""
        self.now += STEP
        return self.now

    def new_id(self) -> bytes:
        """Return a UUIDv7 of this time."""
        self._rank += 1
        begun = f"{self.who} {self.now.isoformat()} {self._rank}".encode()
        key = bytearray(hashlib.blake2b(begun, digest_size=16).digest())
        key[:6] = int(self.now.timestamp() * 1000).to_bytes(6, "big")
        key[6] = key[6] & 0x0F | 0x70
        key[8] = key[8] & 0x3F | 0x80
        return bytes(key)


class Coded:
    """Puts in a study what a file says of a note."""

    def __init__(self, study: Study, desk: Desk) -> None:
        self._study, self._desk = study, desk
        self._found: dict[tuple[str, str, int, int, str], Coding] = {}

    def note(self, path: Path, coder: str) -> None:
        """Put the codings, the episodes, the memos and the proposals of one file."""
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        source = self._study.corpus.at(said["note"])
        visit = self._study.register.visit(source.visit)
        day = visit.day if visit and visit.day else self._desk.now.date()
        begun = datetime.combine(day, time(9), UTC) + LATER * (1 + CODERS.index(coder))
        self._desk.sit(coder, begun)
        grid = said["grid"]
        for told in said.get("episodes") or ():
            self._episode(source.id, told, coder, grid)
        for told in said.get("codings") or ():
            self._coding(source.id, told, coder, grid)
        for told in said.get("memos") or ():
            kind = told.get("type")
            self._study.memo(self._place(source.id, told), told["words"], coder=coder, kind=kind)
        for told in said.get("proposals") or ():
            where = self._place(source.id, told)
            words = told.get("why", "")
            self._study.propose(where, told["name"], coder=coder, words=words)

    def find(self, note: str, told: Mapping[str, Any]) -> Coding:
        """Return the coding that a coder put on some words."""
        where = self._place(self._study.corpus.at(note).id, told)
        key = (told["coder"], where.source, where.start, where.end, told["code"])
        if key not in self._found:
            sys.exit(f"{note}: {key} was put by nobody")
        return self._found[key]

    def _episode(self, source: str, told: Mapping[str, Any], coder: str, grid: str) -> None:
        codings = [self._coding(source, one, coder, grid) for one in told["codings"]]
        principal = next((one for one in codings if one.code == told.get("principal")), None)
        self._study.episode(
            codings, coder=coder, principal=principal, actors=told.get("actors") or (),
            posture=told.get("posture"), facets=told.get("facets") or {}, label=told["label"],
            note=told.get("note", ""), grid=grid,
        )  # fmt: skip

    def _coding(self, source: str, told: Mapping[str, Any], coder: str, grid: str) -> Coding:
        where = self._place(source, told)
        facets = told.get("facets") or {}
        made = self._study.code(where, told["code"], coder=coder, facets=facets, grid=grid)
        self._found[coder, source, where.start, where.end, made.code] = made
        return made

    def _place(self, source: str, told: Mapping[str, Any]) -> Segment:
        text, words = self._study.corpus[source].text, told["quote"]
        start = text.find(words, max(0, text.find(told.get("near", ""))))
        if start < 0 or told.get("near", "") not in text:
            sys.exit(f"{self._study.corpus[source].path}: not found: {words!r}")
        return Segment(source, start, start + len(words))


def main() -> None:
    """Write the bundles."""
    with tempfile.TemporaryDirectory() as held, use_language("fr"):
        folder = Path(held) / "study"
        folder.mkdir()
        for name in ("data/raw", "grids"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("codages"))
        shutil.copyfile(ROOT / "study.toml", folder / "study.toml")
        desk = Desk()
        with Study(folder, occasion=Occasion(desk.time, desk.new_id)) as study:
            refused = study.ingest().refused
            if refused:
                sys.exit(f"refused: {refused}")
            coded = Coded(study, desk)
            for coder, path in _files():
                coded.note(path, coder)
            _read_again(study, desk, coded)
            _decide(study, desk, coded)
            BUNDLES.mkdir(parents=True, exist_ok=True)
            for coder in CODERS:
                bundle = study.bundle_export(coder, to=BUNDLES / f"envoi-{coder}.zip")
                print(bundle.path.name, dict(bundle.events), f"{bundle.documents} notes")
            print(study.check().faults or "sound", Counter(one.kind for one in study.memos))


def _files() -> Iterator[tuple[str, Path]]:
    for coder in CODERS:
        for path in sorted((SOURCES / coder).glob("*.yaml")):
            yield coder, path


def _read_again(study: Study, desk: Desk, coded: Coded) -> None:
    """Give codings of the older grid the code that their coder chose under the newer one."""
    told = yaml.safe_load((SOURCES / "relectures.yaml").read_text(encoding="utf-8"))
    for batch in told or ():
        desk.sit(batch["coder"], datetime.combine(batch["day"], time(14), UTC))
        for one in batch["codings"]:
            coding = coded.find(one["note"], {"coder": batch["coder"], **one})
            study.recode(coding, one["now"], coder=batch["coder"], grid=batch["grid"])


def _decide(study: Study, desk: Desk, coded: Coded) -> None:
    """Write what was decided of codings that differ."""
    told = yaml.safe_load((SOURCES / "arbitrages.yaml").read_text(encoding="utf-8"))
    for one in told or ():
        desk.sit(one["by"], datetime.combine(one["day"], time(16), UTC))
        of = [coded.find(one["note"], each) for each in one["of"]]
        kept = next((c for c in of if c.coder == one.get("keep")), None)
        study.adjudicate(
            of, code=one.get("code"), keep=kept,
            reason=one["reason"], why=one["why"], coder=one["by"],
        )  # fmt: skip


if __name__ == "__main__":
    main()
