"""The shell: one verb per public function. Parse, call, print."""

from __future__ import annotations

import sys

from cpit_research.wording import LANGUAGES, set_language

__all__ = ["main"]


def main() -> None:
    """Run the command line, in the language asked for."""
    wanted = _language(sys.argv[1:])
    if wanted in LANGUAGES:
        set_language(wanted)
    from cpit_research.cli.app import run

    run()


def _language(words: list[str]) -> str:
    """Return the language that the words of a command ask for, before they are parsed."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return ""
