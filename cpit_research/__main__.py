"""``python -m cpit_research`` is ``cpit``."""

from cpit_research.cli import main

main()
