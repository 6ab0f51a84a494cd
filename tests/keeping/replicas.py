"""Copies of one small study that live apart, and what people do in each."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from weakref import WeakKeyDictionary

from cpit_research.errors import Conflict
from cpit_research.formats.study_file import write_study_file
from cpit_research.model.coding import Coding
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested
from cpit_research.study.occasion import Occasion
from cpit_research.study.study import Study
from keeping.small_studies import IDENTITY
from keeping.states import database_of

#: The record of a study, as sets: events with all that they say, and what each one replaces.
State = tuple[frozenset[tuple[object, ...]], frozenset[tuple[object, ...]]]
CODERS = ("claire", "yann")
#: What was taken back in a study that is open, and by whom.
TAKEN: WeakKeyDictionary[Study, list[tuple[Any, str]]] = WeakKeyDictionary()
GRID = """\
format: 1
id: essai
version: v1
nature: team
status: draft
title: Grille d’essai
facets:
  - {id: phase, name: Phase, values: {early: début, late: fin}}
axes:
  - id: situations
    name: Situations
    codes:
      - {id: S1, name: Clarifier son mandat}
      - {id: S2, name: Se faire connaître}
"""
_SENTENCES = (
    "Le maire tient seul l’agenda du projet depuis trois ans.",
    "La secrétaire prépare les dossiers et relance les partenaires.",
    "On attend la réponse du département pour le financement.",
    "Les habitants viennent à la réunion sans savoir ce qui est décidé.",
    "Il faut clarifier le mandat avant de rencontrer les associations.",
    "Personne ne reprend le compte rendu de la dernière visite.",
)


def occasion(name: int) -> Occasion:
    """A clock and ids that no other copy gives."""
    seconds, ids = count(), count((name + 1) << 64)
    start = datetime(2024, 1, 8, 9, tzinfo=UTC) + timedelta(days=name)
    return Occasion(
        now=lambda: start + timedelta(seconds=next(seconds)),
        new_id=lambda: next(ids).to_bytes(16, "big"),
    )


def note(seed: int) -> str:
    """The text of a note, drawn by chance; its paragraphs never repeat."""
    chance = Random(seed)
    return (
        "\n\n".join(f"{n}. " + " ".join(chance.sample(_SENTENCES, 3)) for n in range(1, 4)) + "\n"
    )


def ancestor(folder: Path, seed: int, notes: int = 2) -> Path:
    """Make the study from which copies begin: codings, an episode; perhaps a round, a decision."""
    (folder / "grids").mkdir(parents=True)
    (folder / "grids" / "v1.yaml").write_text(GRID, encoding="utf-8")
    (folder / "data" / "raw").mkdir(parents=True)
    write_study_file(folder, IDENTITY)
    for rank in range(notes):
        place = folder / "data" / "raw" / f"note {rank}.md"
        place.write_text(note(seed + rank), encoding="utf-8")
    with Study(folder, occasion=occasion(0)) as study:
        assert not study.ingest().refused
        chance = Random(seed)
        for _time in range(4):
            act(study, chance, "code")
        act(study, chance, "episode")
        act(study, chance, "suggest")
        if chance.random() < 0.5:
            act(study, chance, "open")
            act(study, chance, "decide")
    return folder


def copy_of(folder: Path, name: Path) -> Path:
    """Copy a study folder."""
    shutil.copytree(folder, name, ignore=shutil.ignore_patterns("backups"))
    return name


def live(folder: Path, name: int, seed: int, acts: int, *, corrects: bool = False) -> None:
    """Do things by chance in one copy."""
    chance = Random(seed)
    kinds = (
        "code", "code", "recode", "recode", "retract", "retract", "episode", "dissolve", "propose",
        "memo", "decide", "decide", "undo", "open", "finish", "resume", "close", "reopen", "cancel",
        "suggest", "accept", "accept", "reject", "unanswer",
    )  # fmt: skip
    kinds += (
        "resize", "restate", "unretract", "unretract", "rewrite", "unwrite", "rename", "unpropose",
        "read", "read",
    )  # fmt: skip
    listed = [chance.choice(kinds) for _time in range(acts)]
    if corrects:
        for kind in ("correct", "mend", "mend"):
            listed.insert(chance.randint(0, acts), kind)
    with Study(folder, occasion=occasion(name)) as study:
        for kind in listed:
            act(study, chance, kind)


def act(study: Study, chance: Random, kind: str) -> None:
    """Do one thing, if there is anything to do it to."""
    coder = chance.choice(CODERS)
    codings = list(study.codings())
    source = chance.choice(study.corpus.sources)
    if kind in {"code", "propose"}:
        start = chance.randrange(len(source.text) - 30)
        segment = Segment(source.id, start, start + chance.randint(5, 30))
        if kind == "code":
            study.code(segment, chance.choice(("S1", "S2")), coder=coder)
        else:
            study.propose(segment, chance.choice(("Attendre", "Relancer")), coder=coder)
    elif kind == "recode" and codings:
        study.recode(_one(chance, codings), chance.choice(("S1", "S2")), coder=coder)
    elif kind == "retract" and codings:
        coding = _one(chance, codings)
        study.retract(coding, coder=coder)
        _keep(study, coding, coder)
    elif kind in {"resize", "restate"} and codings:
        coding = _one(chance, codings)
        if kind == "restate":
            facets = chance.choice(({}, {"phase": "early"}, {"phase": "late"}))
            study.restate(coding, facets, coder=coder)
        else:
            start = coding.segment.start + chance.randrange(3)
            segment = Segment(coding.segment.source, start, coding.segment.end + 2)
            study.resize(coding, segment, coder=coder)
    elif kind == "read":
        study.read(source.id, coder=coder, through=chance.randrange(len(source.text)),
                   finished=chance.random() < 0.5)  # fmt: skip
    elif kind in {"rewrite", "unwrite", "rename", "unpropose", "unretract"}:
        _act_on_words(study, chance, kind)
    elif kind == "episode":
        taken = {key for episode in study.episodes for key in episode.codings}
        mine = [c for c in codings if c.coder == coder and c.id not in taken]
        here = [c for c in mine if mine and c.segment.source == mine[0].segment.source]
        if here:
            study.episode(here[:2], coder=coder, principal=here[0])
    elif kind == "dissolve" and study.episodes:
        dissolved = chance.choice(study.episodes)
        study.episode_dissolve(dissolved, coder=coder)
        _keep(study, dissolved, coder)
    elif kind == "memo":
        start = chance.randrange(len(source.text) - 30)
        study.memo(Segment(source.id, start, start + 20), "À revoir.", coder=coder)
    elif kind == "decide":
        judged = {key for one in study.adjudications for key in one.of}
        put = {one.id for one in study.adjudications}
        left = [c for c in codings if c.id not in judged | put]
        here = [c for c in left if c.segment.source == left[0].segment.source][:2]
        if here:
            code = chance.choice(("S1", "S2", None))
            study.adjudicate(here, code=code, reason="slip", why="Vu.", coder=coder)
    elif kind == "undo" and study.adjudications:
        put = {one.id for one in study.adjudications}
        listed = [c for c in codings if c.id in put]
        if listed:
            study.retract(_one(chance, listed), coder=coder)
    elif kind in {"suggest", "accept", "reject", "unanswer"}:
        _act_on_suggestions(study, chance, kind, coder)
    elif kind in {"open", "finish", "resume", "close", "reopen", "cancel"}:
        _act_on_rounds(study, chance, kind, coder)
    elif kind == "mend":  # words, one of them back to what they were
        for wrong, right in (
            ("agenda", "agneda"),
            ("agneda", "agenda partagé"),
            ("dossiers", "d’"),
        ):
            at = source.text.find(wrong)
            if at >= 0 and chance.random() < 0.7:
                study.correct(Segment(source.id, at, at + len(wrong)), right, coder=coder)
                return
    elif kind == "correct":
        place = study.shelf.raw / source.path
        corrected = place.with_name(f"{place.stem}.v2{place.suffix}")
        received = place.read_text(encoding="utf-8")  # without the words that were mended since
        text = received.replace("projet", "grand projet", 1).replace("On attend", "Ils attendent")
        corrected.write_text(f"Relu.\n\n{text}", encoding="utf-8")
        assert not study.ingest().refused


def _act_on_suggestions(study: Study, chance: Random, kind: str, coder: str) -> None:
    """Suggest what another copy may suggest too, or answer for one coder."""
    if kind == "suggest":
        source = study.corpus.sources[0]
        starts = [3 + 40 * chance.randrange(4) for _time in range(2)]
        marks = [Suggested(Segment(source.id, at, at + 25), chance.choice(("S1", "S2")), 0.5)
                 for at in starts]  # fmt: skip
        study.suggest(marks, coder=chance.choice(("lexique/1", coder)))
        return
    there = study.suggestions(coder, answered=kind == "unanswer")
    if there:
        one = chance.choice(there[:3])
        verb = {"accept": "accept", "reject": "reject", "unanswer": "reopen"}[kind]
        getattr(study, f"suggestion_{verb}")(one, coder=coder)


def _keep(study: Study, thing: Any, coder: str) -> None:
    TAKEN.setdefault(study, []).append((thing, coder))


def _act_on_words(study: Study, chance: Random, kind: str) -> None:
    """Write a memo or a passage proposed anew, take one back, or bring something back."""
    memos = study.memos
    proposed = [one for proposal in study.grid_proposals() for one in proposal.passages]
    if kind in {"rewrite", "unwrite"} and memos:
        memo = chance.choice(memos[:2])
        if kind == "unwrite":
            study.memo_retract(memo, coder=memo.author)
            _keep(study, memo, memo.author)
        else:
            study.memo_rewrite(memo, chance.choice(("Vu.", "Relu.")), coder=memo.author)
    elif kind in {"rename", "unpropose"} and proposed:
        one = chance.choice(proposed[:2])
        if kind == "unpropose":
            study.proposal_retract(one, coder=one.coder)
            _keep(study, one, one.coder)
        else:
            study.proposal_rename(one, chance.choice(("Attendre", "Tenir")), coder=one.coder)
    elif kind == "unretract":
        taken = TAKEN.get(study, [])
        if taken:
            thing, coder = taken.pop(chance.randrange(len(taken)))
            with suppress(Conflict):  # a coding of the episode is in another one since
                study.reinstate(thing, coder=coder)


def _act_on_rounds(study: Study, chance: Random, kind: str, coder: str) -> None:
    """Open a round, or do to one of them what can be done where it stands."""
    rounds = study.round_list()
    if kind == "open":
        if len(rounds) < 2:
            study.round_open(CODERS, coder=coder, sample=1, stratify=())
        return
    opened = kind != "reopen"
    able = [one for one in rounds if (one.state == "open") == opened]
    if not able:
        return
    one = chance.choice(able)
    if kind in {"finish", "resume"}:
        getattr(study, f"round_{kind}")(one, coder=coder)
    elif kind == "close":
        study.round_close(one, coder=coder, anyway="C’est l’heure.")
    else:
        getattr(study, f"round_{kind}")(one, reason="Décidé ensemble.", coder=coder)


def _one(chance: Random, codings: list[Coding]) -> Coding:
    """Choose one, rather among the oldest: those that every copy holds."""
    return chance.choice(sorted(codings, key=lambda coding: coding.id.int)[: chance.choice((1, 6))])


def record_of(folder: Path) -> State:
    """What a study has recorded, whatever the order in which it was written."""
    with closing(sqlite3.connect(database_of(folder))) as connection:
        events = connection.execute("SELECT * FROM event").fetchall()
        links = connection.execute("SELECT * FROM event_replaces").fetchall()
    return frozenset(events), frozenset(links)


def folded(folder: Path) -> tuple[object, ...]:
    """What people would say that it holds."""
    with Study(folder) as study:
        codings = study.codings()
        return (
            frozenset((c.id, c.segment, c.code, c.coder, codings.quote(c)) for c in codings),
            tuple(sorted(codings.left_out.items())),
            frozenset(repr(one) for one in study.episodes),
            frozenset(map(repr, study.round_list())),
            frozenset(map(repr, study.adjudications)),
            frozenset((note, readers) for note, readers in codings.readers.items()),
            frozenset(c.id for c in codings.where(settled=True)),
            frozenset((c.id, c.path, len(c.states)) for c in study.conflict_list()),
            *(frozenset(map(repr, study.suggestions(one))) for one in (None, *CODERS)),
            *(frozenset(map(repr, study.suggestions(one, answered=True))) for one in CODERS),
            frozenset((source.path, source.text) for source in study.corpus),
            frozenset(map(repr, study.correction_list())),
            study.memos,
            study.readings,
            study.grid_proposals(),
        )


def merged(into: Path, others: Sequence[Path], name: int = 90) -> Path:
    """Merge copies into one, one after the other."""
    for other in others:
        with Study(into, occasion=occasion(name)) as study:
            study.merge([other])
    return into
