"""The sentences of the page in the language in force."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from cpit_research.wording import language, sentences

__all__ = ["BUNDLE", "STYLE", "words_of_the_page"]

#: The built front end.
STATIC = files("cpit_research.workbench") / "static"
BUNDLE = STATIC / "workbench.js"
STYLE = STATIC / "workbench.css"


def words_of_the_page() -> dict[str, str | list[str]]:
    """Return the sentences that the front end may say, by what the code says; none in English."""
    return _words(language())


@lru_cache(maxsize=2)
def _words(spoken: str) -> dict[str, str | list[str]]:
    # Whatever the built module says is written in it word for word.
    built = BUNDLE.read_text(encoding="utf-8") if BUNDLE.is_file() else ""
    return {known: said for known, said in sentences(spoken).items() if known in built}
