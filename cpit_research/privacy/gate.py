"""The one gate: nothing leaves the study with a known name in it."""

from __future__ import annotations

from collections.abc import Iterable

from cpit_research.errors import Withheld
from cpit_research.model.correspondence import Correspondence
from cpit_research.model.register import Register
from cpit_research.privacy.names import Names
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

_SHOWN = 12


def refuse_gaps(register: Register, table: Correspondence) -> None:
    """Refuse a correspondence table that does not name everyone the register holds.

    Raises
    ------
    Withheld
        If a participant or a territory has no entry: its names could not be recognised.
    """
    held = {entry.id for entry in table.entries if Names(Correspondence((entry,)))}
    people = [person.id for person in register.participants]
    places = [territory.id for territory in register.territories]
    missing = [one for one in (*people, *places) if one not in held]
    if missing:
        shown = ", ".join(missing[:_SHOWN]) + ("…" if len(missing) > _SHOWN else "")
        raise Withheld(
            _("The correspondence table does not name everyone: nothing can be checked."),
            where=_("Missing from the table: {ids}.").format(ids=shown),
            remedy=_("Add them to the workbook of names, then seal it again."),
        )


def refuse_names(texts: Iterable[tuple[str, str]], names: Names, what: str) -> None:
    """Let `what` through if no known name stands in any of its `texts`.

    Parameters
    ----------
    texts : iterable of (place, text)
        Every text that a person or a machine could find in it, metadata included.
    names : Names
        The known names.
    what : str
        The document, for the sentence of the refusal.

    Raises
    ------
    Withheld
        If a name is left. The refusal gives places and ids, never the name itself.
    """
    left = [(place, found.id) for place, text in texts for found in names.find(text)]
    if not left:
        return
    places = sorted({f"{key} – {place}" for place, key in left})
    more = len(places) - _SHOWN
    shown = places[:_SHOWN] + ([_("and {n} more").format(n=more)] if more > 0 else [])
    raise Withheld(
        ngettext(
            "{what} was not written: a known name is left in it.",
            "{what} was not written: {n} known names are left in it.",
            len(left),
        ).format(what=what, n=len(left)),
        where=_("Places: {places}.").format(places=_("; ").join(shown)),
        remedy=_(
            "Replace each name by the id shown, in the claim, the title or the file it comes from."
        ),
    )
