"""The shell: one verb per public function. Parse, call, print."""

from __future__ import annotations

import sys

from cpit_research.cli.words import hoisted, language_of
from cpit_research.wording import LANGUAGES, set_language

__all__ = ["main"]


def main() -> None:
    """Run the command line, in the language asked for."""
    sys.argv[1:] = hoisted(sys.argv[1:])
    wanted = language_of(sys.argv[1:])
    if wanted in LANGUAGES:
        set_language(wanted)
    try:
        from cpit_research.cli.app import run

        run()
    except KeyboardInterrupt:  # before the command has begun
        sys.exit(130)
