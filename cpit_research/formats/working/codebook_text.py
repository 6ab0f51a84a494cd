"""The fields of a grid and of its codes as the descriptions of a codebook that knows no fields.

Labels are French words of the file itself, like the columns of our workbooks: a description says
the same thing whatever the language of who writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from cpit_research.formats.working.labelled_text import Value, labelled, read_labelled
from cpit_research.model.evolution import CHANGE_KINDS, Change, ChangeKind
from cpit_research.model.grid import Axis, Code, Facet, Grid, Reference

__all__ = [
    "STATUSES",
    "describe_axis",
    "describe_code",
    "describe_grid",
    "read_axis",
    "read_code",
    "read_header",
]

#: What the place of a code in the tree and its name already say.
_NATIVE: Final = frozenset({"name", "axis", "parent"})
_LABELS: Final = {
    "definition": "Définition",
    "include": "Inclure",
    "exclude": "Exclure",
    "redirects": "Renvois",
    "indicators": "Indices",
    "example": "Exemple",
    "borderline": "Cas limite",
    "long_definition": "Définition complète",
    "goal": "But",
    "trigger": "Déclencheur",
    "acts": "Actes",
    "actors": "Acteurs",
    "context": "Contexte",
    "resources": "Ressources",
    "constraints": "Contraintes",
    "tensions": "Tensions",
    "strategies": "Stratégies",
    "professional_indicators": "Indices du professionnel",
    "competences": "Compétences",
    "publication": "Publication",
    "provenance": "Provenance",
    "status": "Statut",
    "id": "Identifiant",
}
_FIELDS: Final = fields(Code)
#: Every field of a code by its label: one that the model adds bears its own name.
_CODE: Final = {
    name: label
    for name, label in (_LABELS | {f.name: _LABELS.get(f.name, f.name) for f in _FIELDS}).items()
    if name not in _NATIVE
}
_CODE_LISTS: Final = {_CODE[f.name]: f.default == () for f in _FIELDS if f.name not in _NATIVE}
#: Words of the model and words of the file.
STATUSES: Final = {
    "proposed": "proposé",
    "stable": "stable",
    "split": "scindé",
    "merged": "fusionné",
    "retired": "retiré",
}
_NATURES: Final = {"illustrative": "illustrative", "team": "de l’équipe"}
_GRID_STATUSES: Final = {"draft": "brouillon", "released": "publiée"}
_KINDS: Final[dict[ChangeKind, str]] = dict(
    zip(
        CHANGE_KINDS,
        ("ajouté", "retiré", "renommé", "déplacé", "redéfini", "scindé", "fusionné"),
        strict=True,
    )
)
_AXIS_LISTS: Final = {"Axe": False, "Avertissement": False}
_GRID_LISTS: Final = {
    "Titre": False,
    "Version": False,
    "Nature": False,
    "État": False,
    "Avertissement": False,
    "Date": False,
    "Langue": False,
    "Provenance": False,
    "Règles de codage": True,
    "Facettes": True,
    "Références": True,
    "Version précédente": False,
    "Changements": True,
    "Empreinte": False,
    "Grille": False,
}
_PART_LISTS: Final = {
    "Règle": False,
    "Identifiant": False,
    "Nom": False,
    "Texte": False,
    "Adresse": False,
    "Valeurs": True,
}
_CHANGE_LISTS: Final = {
    "Changement": False,
    "De": True,
    "Vers": True,
    "Motif": False,
    "Auteur": False,
    "Date": False,
    "Les codages suivent": False,
    "Remarques": True,
}


# ── Codes and axes ──────────────────────────────────────────────────────────────────────────────


def describe_code(code: Code) -> str:
    """Return the description of a code: every field that its name and place do not say."""
    values = {name: getattr(code, name) for name in _CODE}
    values["status"] = "" if code.status == "proposed" else STATUSES[code.status]
    return labelled((_CODE[name], value) for name, value in values.items())


def read_code(description: str) -> dict[str, Any] | None:
    """Return the fields of a description of ours, None when it is another's."""
    said = read_labelled(description, _CODE_LISTS)
    if _CODE["id"] not in said:
        return None
    found: dict[str, Any] = {name: said[label] for name, label in _CODE.items() if label in said}
    if "" in said:  # what somebody wrote above the fields
        parts = (str(said[""]), str(found.get("definition", "")))
        found["definition"] = "\n".join(filter(None, parts))
    if "status" in found:
        found["status"] = _model_word(found["status"], STATUSES)
    return found


def describe_axis(axis: Axis, grid: Grid) -> str:
    """Return the description of an axis, with the warning that every export of the grid bears."""
    return labelled([("Avertissement", grid.warning), ("Axe", axis.id)])


def read_axis(description: str) -> str:
    """Return the id of the axis that a description is that of, empty when it is of none."""
    return str(read_labelled(description, _AXIS_LISTS).get("Axe", ""))


# ── The grid ────────────────────────────────────────────────────────────────────────────────────


def describe_grid(grid: Grid) -> str:
    """Return what a grid says besides its codes."""
    values: dict[str, Value] = {
        "Titre": grid.title,
        "Version": grid.version,
        "Nature": _NATURES[grid.nature],
        "État": _GRID_STATUSES[grid.status],
        "Avertissement": grid.warning,
        "Date": _written_day(grid.day),
        "Langue": grid.language,
        "Provenance": grid.provenance,
        "Règles de codage": tuple(
            labelled([("Règle", rule), ("Texte", text)]) for rule, text in grid.rules.items()
        ),
        "Facettes": tuple(_facet_text(facet) for facet in grid.facets),
        "Références": tuple(_reference_text(reference) for reference in grid.references),
        "Version précédente": grid.previous,
        "Changements": tuple(_change_text(change) for change in grid.changes),
        "Empreinte": grid.fingerprint,
        "Grille": grid.id,
    }
    return labelled(values.items())


def read_header(description: str) -> dict[str, Any] | None:
    """Return the fields of :class:`Grid` that a description says, None when it is not ours.

    ``fingerprint`` is that of the grid when it was written.
    """
    said = read_labelled(description, _GRID_LISTS)
    if not {"Grille", "Version", "Empreinte"} <= said.keys():
        return None
    words = {label: str(value) for label, value in said.items() if isinstance(value, str)}
    return {
        "id": words["Grille"],
        "version": words["Version"],
        "nature": _model_word(words.get("Nature", ""), _NATURES),
        "status": _model_word(words.get("État", ""), _GRID_STATUSES),
        "title": words.get("Titre", ""),
        "language": words.get("Langue", "fr"),
        "warning": words.get("Avertissement", ""),
        "day": _read_day(words.get("Date", "")),
        "provenance": words.get("Provenance", ""),
        "rules": dict(_read_rule(text) for text in said.get("Règles de codage", ())),
        "references": tuple(_read_reference(text) for text in said.get("Références", ())),
        "facets": tuple(_read_facet(text) for text in said.get("Facettes", ())),
        "previous": words.get("Version précédente", ""),
        "changes": tuple(
            change for text in said.get("Changements", ()) if (change := _read_change(text))
        ),
        "fingerprint": words["Empreinte"],
    }


def _facet_text(facet: Facet) -> str:
    values = tuple(f"{value} = {name}" for value, name in facet.values)
    return labelled([("Identifiant", facet.id), ("Nom", facet.name), ("Valeurs", values)])


def _reference_text(reference: Reference) -> str:
    return labelled(
        [("Identifiant", reference.id), ("Texte", reference.text), ("Adresse", reference.url)]
    )


def _change_text(change: Change) -> str:
    return labelled(
        [
            ("Changement", _KINDS[change.kind]),
            ("De", change.before),
            ("Vers", change.after),
            ("Motif", change.reason),
            ("Auteur", change.author),
            ("Date", _written_day(change.day)),
            ("Les codages suivent", "oui" if change.follows else ""),
            ("Remarques", change.remarks),
        ]
    )


def _read_rule(text: str) -> tuple[str, str]:
    said = _words(read_labelled(text, _PART_LISTS))
    return said.get("Règle", ""), said.get("Texte", "")


def _read_facet(text: str) -> Facet:
    said = read_labelled(text, _PART_LISTS)
    words = _words(said)
    values = (value.partition(" = ")[::2] for value in said.get("Valeurs", ()))
    return Facet(words.get("Identifiant", ""), words.get("Nom", ""), tuple(values))


def _read_reference(text: str) -> Reference:
    said = _words(read_labelled(text, _PART_LISTS))
    return Reference(said.get("Identifiant", ""), said.get("Texte", ""), said.get("Adresse", ""))


def _read_change(text: str) -> Change | None:
    said = read_labelled(text, _CHANGE_LISTS)
    words = _words(said)
    written = words.get("Changement", "")
    kind = next((known for known, word in _KINDS.items() if written in (known, word)), None)
    if kind is None:
        return None
    return Change(
        kind,
        before=tuple(said.get("De", ())),
        after=tuple(said.get("Vers", ())),
        reason=words.get("Motif", ""),
        author=words.get("Auteur", ""),
        day=_read_day(words.get("Date", "")),
        follows=words.get("Les codages suivent", "") == "oui",
        remarks=tuple(said.get("Remarques", ())),
    )


def _words(said: Mapping[str, Value]) -> dict[str, str]:
    return {label: value for label, value in said.items() if isinstance(value, str)}


def _model_word(word: str, vocabulary: Mapping[str, str]) -> str:
    """Return the word of the model for one of the file, itself when it is not one of them."""
    return next((known for known, written in vocabulary.items() if written == word), word)


def _written_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read_day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        return None
