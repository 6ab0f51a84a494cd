"""Write the fixtures that hold the browser and Python to the same rules.

    python tools/workbench_fixtures.py

`tests/workbench/fold.json` says where things stand, whatever the order of their events;
`tests/workbench/offsets.json` how code points and UTF-16 units count the same texts. A test refuses
them when they are not what this writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

from cpit_research.store.fold import alike, heads
from cpit_research.text.canonical import canonical

#: What an event says of itself, and not of the state that it leaves.
OF_ITSELF = frozenset({"id", "kind", "replaces", "at", "by", "coder"})
FOLDER = Path(__file__).parents[1] / "tests" / "workbench"

Event = Mapping[str, Any]


def event(id: str, subject: str, kind: str, *replaces: str, **state: Any) -> Event:
    """Return an event as it travels; `state` is what it leaves its subject in."""
    of = {"c": "coding", "m": "memo", "p": "proposal", "g": "episode"}[subject[0]]
    gone = {"gone": True} if kind == "retract" else {}
    return {
        "id": id, "kind": kind, "of": of, "subject": subject, "replaces": list(replaces),
        "at": 0, "by": "claire", "coder": "claire", **gone, **state,
    }  # fmt: skip


def coded(code: str, start: int = 0, **facets: str) -> dict[str, Any]:
    """Return the state of a coding."""
    return {"version": "t1", "start": start, "end": 9, "code": code, "grid": "v1", "facets": facets}


def folded(events: Sequence[Event]) -> dict[str, Any]:
    """Return where each subject stands, as Python says it: its heads, conflicts, what is gone."""
    known = {one["id"]: one for one in events}
    state = alike(
        heads(
            [(one["id"], one["subject"]) for one in events],
            [former for one in events for former in one["replaces"]],
        ),
        lambda id: left(known[str(id)]),
    )
    current = {str(subject): [str(id)] for subject, id in state.current.items()}
    conflicts = {str(subject): list(several) for subject, several in state.conflicts.items()}
    return {
        "heads": dict(sorted({**current, **conflicts}.items())),
        "conflicts": sorted(conflicts),
        "gone": sorted(subject for subject, (id,) in current.items() if "gone" in known[id]),
    }


def left(one: Event) -> str:
    """Return the state in which an event leaves its subject: being gone says all."""
    said = {name: value for name, value in one.items() if name not in OF_ITSELF}
    return "gone" if "gone" in one else json.dumps(said, sort_keys=True)


#: Every case by its name; its events are also given in other orders, which change nothing.
CASES: Mapping[str, Sequence[Event]] = {
    "nothing": [],
    "one coding": [event("e1", "c1", "apply", **coded("S1"))],
    "a chain": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "recode", "e1", **coded("S2")),
        event("e3", "c1", "resize", "e2", **coded("S2", 2)),
    ],
    "a chain told from its end alone, near and far": [
        event("e3", "c1", "resize", "e1", "e2", **coded("S2", 2)),
    ],
    "an event replaced that arrives late": [
        event("e3", "c1", "resize", "e1", "e2", **coded("S2", 2)),
        event("e1", "c1", "apply", **coded("S1")),
    ],
    "a middle event that never arrives": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e3", "c1", "resize", "e1", "e2", **coded("S2", 2)),
    ],
    "two heads": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "recode", "e1", **coded("S2")),
        event("e3", "c1", "recode", "e1", **coded("S3")),
    ],
    "two heads that say the same": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e3", "c1", "recode", "e1", **coded("S2")),
        event("e2", "c1", "recode", "e1", **coded("S2")),
    ],
    "three heads, two of which say the same": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "recode", "e1", **coded("S2")),
        event("e3", "c1", "recode", "e1", **coded("S2")),
        event("e4", "c1", "recode", "e1", **coded("S3")),
    ],
    "two heads that both take back": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "retract", "e1"),
        event("e3", "c1", "retract", "e1"),
    ],
    "taken back here, changed there": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "retract", "e1"),
        event("e3", "c1", "recode", "e1", **coded("S2")),
    ],
    "a conflict that an act settles": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "recode", "e1", **coded("S2")),
        event("e3", "c1", "recode", "e1", **coded("S3")),
        event("e4", "c1", "recode", "e2", "e3", **coded("S3")),
    ],
    "two heads that differ by a facet": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "facet", "e1", **coded("S1", phase="early")),
        event("e3", "c1", "facet", "e1", **coded("S1", phase="late")),
    ],
    "facets said in another order": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "facet", "e1", **coded("S1", phase="early", voice="self")),
        event("e3", "c1", "facet", "e1", **coded("S1", voice="self", phase="early")),
    ],
    "taken back": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "retract", "e1"),
    ],
    "taken back and brought back": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "retract", "e1"),
        event("e3", "c1", "apply", "e2", **coded("S1")),
    ],
    "taken back, brought back, taken back": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "c1", "retract", "e1"),
        event("e3", "c1", "apply", "e1", "e2", **coded("S1")),
        event("e4", "c1", "retract", "e3"),
    ],
    "several things at once": [
        event("e1", "c1", "apply", **coded("S1")),
        event("e2", "m1", "memo", words="À revoir."),
        event("e3", "m1", "memo", "e2", words="Revu."),
        event("e4", "p1", "propose", name="Attendre"),
        event("e5", "p1", "retract", "e4"),
        event("e6", "g1", "episode", codings=["c1"]),
        event("e7", "g1", "episode", "e6", codings=["c1", "c2"]),
        event("e8", "g1", "episode", "e6", codings=["c1", "c3"]),
    ],
}


def fold_cases() -> list[dict[str, Any]]:
    """Return each case with its events in several orders, and where it stands."""
    return [
        {
            "name": name,
            "events": events,
            "orders": [list(order) for order in _orders(len(events))],
            **folded(events),
        }
        for name, events in CASES.items()
    ]


def _orders(size: int) -> Iterator[tuple[int, ...]]:
    """Yield every order of a few events; of many, each beginning, forwards and backwards."""
    if size <= 3:
        yield from permutations(range(size))
        return
    for first in range(size):
        turned = tuple((first + rank) % size for rank in range(size))
        yield turned
        yield tuple(reversed(turned))


#: Texts as they are received, before they are made canonical, by what is in them.
TEXTS: Mapping[str, str] = {
    "empty": "",
    "one letter": "a",
    "plain French": "Le maire arrive à neuf heures.",
    "an emoji": "Bien 😀 reçu",
    "emoji at both ends": "😀 milieu 😀",
    "a family joined": "La famille 👩‍👩‍👧‍👦 est là.",
    "skin tones": "👍🏽 d’accord 👍🏿",
    "flags": "🇫🇷🇧🇪 deux drapeaux",
    "decomposed accents": "e\u0301te\u0301 a\u0300 l’e\u0301cole",
    "composed and decomposed": "été e\u0301te\u0301",
    "line and paragraph separators": "un\u2028deux\u2029trois",
    "non-breaking spaces": "« Oui\u00a0», dit-il\u202f: non\u00a0!",
    "carriage returns": "un\rdeux\rtrois",
    "CRLF": "un\r\ndeux\r\n\r\ntrois\r\n",
    "CRLF and an emoji": "😀\r\nsuite\r\n😀",
    "zero width": "a\u200bb\u200dc\ufeffd",
    "right to left": "avant שלום après",
    "ancient letters": "𐍈𐍉 𝒳 et 𠜎",
    "only pairs": "😀😁😂",
    "markup": "<b>gras</b> & <script>alert(1)</script>",
    "combining in a row": "o\u0302\u0323\u031b fin",
}


def offset_cases() -> list[dict[str, Any]]:
    """Return each text with the UTF-16 offset of every code point, and some of its slices."""
    cases = []
    for name, received in TEXTS.items():
        text = canonical(received)
        units = [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]
        slices = [
            [start, end, units[start], units[end], text[start:end]]
            for start in range(0, len(text), 5)
            for end in (start + 1, min(start + 7, len(text)))
        ]
        cases.append(
            {"name": name, "text": text, "points": len(text), "units": units, "slices": slices}
        )
    return cases


def content_of(name: str, cases: list[dict[str, Any]]) -> str:
    """Return a fixture as it is written: plain JSON in ASCII, a case a line."""
    lines = ",\n".join(json.dumps(case) for case in cases)
    return f'{{"{name}": [\n{lines}\n]}}\n'


def fixtures() -> dict[str, str]:
    """Return the content of each file by its name."""
    return {
        "fold.json": content_of("cases", fold_cases()),
        "offsets.json": content_of("texts", offset_cases()),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in fixtures().items():
        (FOLDER / name).write_text(content, encoding="ascii")
