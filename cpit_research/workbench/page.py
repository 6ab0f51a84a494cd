"""The page: the built front end, and its sentences in the language in force."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Final

from cpit_research.wording import language, sentences

__all__ = ["BUNDLE", "STATIC", "STYLE", "words_of_the_page"]

#: The built front end.
STATIC: Final = Path(__file__).parent / "static"
BUNDLE: Final = STATIC / "workbench.js"
STYLE: Final = STATIC / "workbench.css"


def words_of_the_page() -> dict[str, str | list[str]]:
    """Return the sentences that the front end may say, by what the code says; none in English."""
    return _words(language())


@lru_cache(maxsize=2)
def _words(spoken: str) -> dict[str, str | list[str]]:
    # Whatever the built module says is written in it, word for word or escaped.
    built = BUNDLE.read_text(encoding="utf-8") if BUNDLE.is_file() else ""
    return {
        known: said
        for known, said in sentences(spoken).items()
        if known in built or json.dumps(known)[1:-1] in built
    }
