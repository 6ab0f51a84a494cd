"""Header fields at the top of a document: « Visite : V03 », « **Date :** 12 octobre 2022 ».

Fields are looked for in the first fifteen lines that are not empty, before the first heading that
follows a field (after front matter, the title may come between) and the first long paragraph. Words
that headers use are accepted there. Any other key, a role included, is accepted only right beside a
field, if it starts one line of the document alone (a speaker comes back) and if it is no name that
the caller knows. A table row of two cells is a field too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cpit_research.formats.received.labels import fold
from cpit_research.language.roles import is_role
from cpit_research.model.structure import Part

__all__ = ["find_header"]

HEADER_LINES: Final = 15
LONGEST_LINE: Final = 300

_WORDS: Final = (
    "visite, n° visite, numero de visite, n° de visite, code visite, visit, visit_id, id, "
    "identifiant, reference, ref, code, date, dates, date de visite, date de la visite, date "
    "de l'entretien, jour, territoire, territory, commune, ville, intercommunalite, epci, "
    "departement, region, lieu, place, type, type de visite, type de seance, nature, genre, "
    "kind, redaction, redige par, redacteur, redactrice, auteur, autrice, auteurs, author, "
    "prise de notes, notes, notes prises par, participants, participantes, participant, "
    "participante, presents, presentes, personnes presentes, personnes rencontrees, "
    "interlocuteur, interlocutrice, interlocuteurs, interviewe, interviewee, entretien avec, "
    "duree, heure, horaire, horaires, debut, fin, objet, titre, title, projet, statut, "
    "version, source, document, avertissement, mention, langue, lang, language, "
    "enregistrement, transcription, transcrit par, confidentialite, diffusion, cadre, "
    "contexte de la visite, note, remarque, fiction, chercheur, chercheuse, chercheurs, "
    "chercheuses, equipe"
)
_KEYS: Final = frozenset(word for word in _WORDS.split(", ") if not is_role(word))
_FIELD: Final = re.compile(
    r"(?:[-*•]\s+)?(?:\*\*|__)?(?P<key>[^\W\d_][^:*\n|]{0,38}?)\s*(?:\*\*|__)?\s*:(?:\s*(?:\*\*|__))?(?:\s+|$)"
    r"(?P<value>\S.*)"
)
_FRONT_MATTER: Final = "---\n"
_QUOTES: Final = "\"'*_ \t"
_MARKUP: Final = "-*•_ \t\u00a0"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    key: str
    value: str
    place: str
    heading: bool = False


def find_header(
    text: str, parts: Sequence[Part], speakers: Collection[str] = ()
) -> tuple[Mapping[str, str], list[Part]]:
    """Return the header fields of a text, by folded key, and their parts.

    Parameters
    ----------
    text : str
        Canonical text.
    parts : sequence of Part
        Its blocks, in order.
    speakers : collection of str
        Names that the caller knows: they are not keys.
    """
    known = {fold(name) for name in speakers}
    lines = list(_lines(text, parts))
    accepted: list[_Line] = []
    title = text.startswith(_FRONT_MATTER)
    for rank, line in enumerate(lines):
        if line.heading:
            if accepted and not title:
                break
            title = False
        elif not line.key and line.end - line.start > LONGEST_LINE:
            break
        if line.key in _KEYS or (
            _is_short(line.key)
            and (line.key not in known or is_role(line.key))
            and (
                any(_touch(text, field, line) for field in accepted[-1:])
                or any(
                    field.key in _KEYS and _touch(text, line, field)
                    for field in lines[rank + 1 : rank + 2]
                )
            )
            and _alone(line, text)
        ):
            accepted.append(line)
    header: dict[str, str] = {}
    for line in accepted:
        header.setdefault(line.key, line.value)
    return header, [
        Part("header_field", line.start, line.end, place=line.place) for line in accepted
    ]


def _lines(text: str, parts: Sequence[Part]) -> Iterator[_Line]:
    """Yield the first lines of the text, a table row being a line."""
    found = 0
    rank = 0
    while rank < len(parts) and found < HEADER_LINES:
        part = parts[rank]
        rank += 1
        if part.start == part.end and part.kind != "cell":
            continue
        if part.kind == "cell":
            row = [part]
            while (
                rank < len(parts)
                and parts[rank].kind == "cell"
                and "\n" not in text[row[-1].end : parts[rank].start]
            ):
                row.append(parts[rank])
                rank += 1
            found += 1
            yield _row(text, row)
            continue
        start = part.start
        while start < part.end and found < HEADER_LINES:
            end = text.find("\n", start, part.end)
            end = part.end if end < 0 else end
            if text[start:end].strip():
                found += 1
                yield _line(text, start, end, part.place, heading=part.kind == "heading")
            start = end + 1


def _row(text: str, row: Sequence[Part]) -> _Line:
    start, end = row[0].start, row[-1].end
    words = [text[cell.start : cell.end].strip(_QUOTES) for cell in row]
    if len(words) != 2 or not all(words) or len(words[0]) > 40:
        return _Line(start, end, "", "", row[0].place)
    return _Line(start, end, _key(words[0].rstrip(" :\u00a0")), words[1], row[0].place)


def _line(text: str, start: int, end: int, place: str, *, heading: bool) -> _Line:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    match = None if heading or end - start > LONGEST_LINE else _FIELD.match(text, start, end)
    if match is None:
        return _Line(start, end, "", "", place, heading)
    return _Line(start, end, _key(match["key"]), match["value"].strip(_QUOTES), place)


def _key(written: str) -> str:
    return " ".join(fold(written.strip(_QUOTES)).split())


def _is_short(key: str) -> bool:
    return bool(key) and len(key.split()) <= 3 and not any(map(str.isdecimal, key))


def _touch(text: str, one: _Line, other: _Line) -> bool:
    """Tell whether a line follows another without an empty line between them."""
    return text.count("\n", one.end, other.start) == 1


def _alone(line: _Line, text: str) -> bool:
    """Tell whether a key opens one line of the document alone: speakers come back."""
    key = text[line.start : line.end].partition(":")[0].strip(_MARKUP)
    return len(re.findall(rf"^[^\w\n]*{re.escape(key)}[^\w\n]*:", text, re.MULTILINE)) <= 1
