"""Everything a user reads, in French by default, in English on demand.

Messages are written in English in the code, wrapped in :func:`gettext` (imported as ``_``),
and found in French in ``locale/fr/LC_MESSAGES/cpit.mo``.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

__all__ = [
    "LANGUAGES",
    "gettext",
    "language",
    "ngettext",
    "pgettext",
    "sentences",
    "set_language",
    "use_language",
]

LANGUAGES = ("fr", "en")
_LOCALE = Path(__file__).parent / "locale"
_chosen: ContextVar[str | None] = ContextVar("cpit_language", default=None)


def language() -> str:
    """Return the language in force: the one set, else ``CPIT_LANG``, else French."""
    wanted = _chosen.get() or os.environ.get("CPIT_LANG", "fr")[:2].lower()
    return wanted if wanted in LANGUAGES else "fr"


def set_language(wanted: str) -> None:
    """Set the language of this process (or of this context).

    Parameters
    ----------
    wanted : str
        ``"fr"`` or ``"en"``.

    Raises
    ------
    ValueError
        If the language is not one of :data:`LANGUAGES`.
    """
    if wanted not in LANGUAGES:
        message = f"{wanted!r}: {', '.join(LANGUAGES)}"
        raise ValueError(message)
    _chosen.set(wanted)


@contextmanager
def use_language(wanted: str) -> Iterator[None]:
    """Speak `wanted` inside the ``with`` block."""
    before = _chosen.get()
    set_language(wanted)
    try:
        yield
    finally:
        _chosen.set(before)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(code: str) -> _gettext.NullTranslations:
    if code == "en":
        return _gettext.NullTranslations()
    return _gettext.translation("cpit", localedir=_LOCALE, languages=[code], fallback=True)


def gettext(message: str) -> str:
    """Return `message` in the language in force."""
    return _catalogue(language()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the singular or plural message that fits `n`, in the language in force."""
    return _catalogue(language()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """Return `message`, told apart by `context`, in the language in force."""
    return _catalogue(language()).pgettext(context, message)


def sentences(wanted: str) -> dict[str, str | list[str]]:
    """Return every sentence of the code in `wanted`; a plural as the list of its forms.

    English is what the code says: nothing is returned for it. Sentences told apart by a context
    are keyed by the context, U+0004 and the sentence.
    """
    held = getattr(_catalogue(wanted), "_catalog", {})
    found: dict[str, str | list[str]] = {}
    for key, said in held.items():
        if isinstance(key, str):
            if key:
                found[key] = said
        else:
            forms = found.setdefault(key[0], [])
            if isinstance(forms, list):
                forms.append(said)
    return found
