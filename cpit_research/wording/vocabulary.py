"""Names that people read for the words of closed vocabularies."""

from __future__ import annotations

from functools import lru_cache

from cpit_research.wording import LANGUAGES, language, pgettext
from cpit_research.wording import gettext as _


def name_of(word: str) -> str:
    """Return the name of a vocabulary word or of a column, itself when it has none.

    Examples
    --------
    >>> name_of("mirror"), name_of("S11")
    ('Effet miroir', 'S11')
    """
    return _names(language()).get(word, word)


def round_state(state: str) -> str:
    """Return how a round of double coding stands, in words.

    Examples
    --------
    >>> round_state("closed")
    'clos'
    """
    return {
        "open": pgettext("a round", "open"),
        "closed": pgettext("a round", "closed"),
        "cancelled": pgettext("a round", "cancelled"),
        "disputed": pgettext("a round", "left in two states: close or cancel it again"),
    }[state]


@lru_cache(maxsize=len(LANGUAGES))
def _names(_language: str) -> dict[str, str]:
    """Return the names in the language in force; asked for once a cell, they are kept."""
    return {
        "exploratory": _("Exploratory"),
        "observation": _("Observation"),
        "mirror": _("Mirror effect"),
        "collective_session": _("Collective session"),
        "workshop": _("Workshop"),
        "meeting": _("Territorial meeting"),
        "interview": _("Interview"),
        "unknown": _("Unknown visit"),
        "several": _("Several"),
        "planned": _("Planned"),
        "made": _("Made"),
        "postponed": _("Postponed"),
        "cancelled": _("Cancelled"),
        "ingested": _("Notes received"),
        "coded": _("Coded"),
        "field_note": _("Field note"),
        "transcript": _("Transcript"),
        "exercise_sheet": _("Exercise sheet"),
        "yes": _("Yes"),
        "no": _("No"),
        "to_ask": _("To ask"),
        "total": _("Total"),
        "where": _("By kind of visit"),
        "name": _("Name"),
        "id": _("Id"),
        "kind": _("Kind"),
        "code": _("Code"),
        "family": _("Family"),
        "coder": _("Coder"),
        "grid": _("Grid"),
        "location": _("Place in the document"),
        "quotation": _("Quotation"),
        "change": _("Change"),
        "before_code": _("Code before"),
        "after_code": _("Code after"),
        "follows": _("Codings follow"),
        "reason": _("Reason"),
        "author": _("Author"),
        "candidates": _("Among"),
        "before": _("Before"),
        "after": _("After"),
        "source": _("Document"),
        "speaker": _("Speaker"),
        "visit": _("Visit"),
        "visit_kind": _("Kind of visit"),
        "territory": _("Territory"),
        "date": _("Date"),
        "start": _("Start"),
        "end": _("End"),
        "place": _("Place"),
        "words": _("Words"),
        "turns": _("Turns"),
        "reader": _("Reader"),
        "setting": _("Setting"),
        "segment": _("segments"),
        "episode": _("episodes"),
        "unstated": _("not stated"),
        "participant": _("participants"),
        "added": _("added"),
        "retired": _("retired"),
        "renamed": _("renamed"),
        "moved": _("moved"),
        "redefined": _("redefined"),
        "split": _("split"),
        "merged": _("merged"),
        "definition": _("Definition"),
        "long_definition": _("Long definition"),
        "goal": _("Goal"),
        "trigger": _("Trigger"),
        "acts": _("Acts"),
        "actors": _("Actors"),
        "context": _("Context"),
        "resources": _("Resources"),
        "constraints": _("Constraints"),
        "tensions": _("Tensions"),
        "strategies": _("Strategies"),
        "indicators": _("Indicators"),
        "professional_indicators": _("Professional indicators"),
        "include": _("Include"),
        "exclude": _("Exclude"),
        "redirects": _("Redirects"),
        "example": _("Example"),
        "borderline": _("Borderline case"),
        "competences": _("Competences"),
        "publication": _("Publication"),
        "status": _("Status"),
        "parent": _("Parent"),
        "axis": _("Axis"),
        "proposed": _("proposed"),
        "stable": _("stable"),
        "unit": _("Unit of coding"),
        "multiple_codes": _("Several codes"),
        "caution": _("Caution"),
        "illustrative": _("illustrative"),
        "team": _("of the team"),
        "draft": _("draft"),
        "released": _("released"),
        "agree": _("agreed"),
        "clarify": _("to clarify"),
        "rework": _("to rework"),
        "divide": _("to split"),
        "merge": _("to merge"),
        "retire": _("to retire"),
        "add": _("to add"),
        "agreed": _("agreed"),
        "open": pgettext("a remark", "open"),
        "accepted": pgettext("a remark", "accepted"),
        "declined": pgettext("a remark", "declined"),
        "disputed": pgettext("a remark", "disputed"),
        "both": _("Both"),
        "first_only": _("First alone"),
        "second_only": _("Second alone"),
        "neither": _("Neither"),
        "n_rows": _("Number"),
        "n_units": _("Units"),
        "n_notes": _("Notes"),
        "observed": _("Observed"),
        "positive": _("Positive"),
        "negative": _("Negative"),
        "kappa": _("Kappa"),
        "alpha": _("Alpha"),
        "ac1": _("AC1"),
        "unitizing": _("Unitizing alpha"),
        "gamma": _("Gamma"),
        "n_segments": _("Segments"),
        "n_coders": _("Coders"),
        "prevalence": _("Prevalence"),
        "low": _("Low"),
        "interval": _("Interval"),
        "high": _("High"),
        "not_estimable": _("not estimable"),
        "indicative": _("indicative"),
        "to_read_again": _("to be read again"),
        "boundary": _("boundary"),
        "omission": _("omission"),
        "neighbouring_code": _("neighbouring code"),
        "slip": _("slip"),
    }
