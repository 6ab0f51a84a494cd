"""Saying on what something was computed."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.results.result import Provenance


def provenance(corpus: Corpus, codings: Codings | None = None) -> Provenance:
    """Return the fingerprints of what a result rests on."""
    return Provenance(
        corpus.fingerprint,
        codings.fingerprint if codings is not None else "",
        codings.grid.version if codings is not None else "",
        package_version(),
    )


@lru_cache(maxsize=1)
def package_version() -> str:
    """Return the version of the library, ``"0"`` when it is not installed."""
    try:
        return version("cpit-research")
    except PackageNotFoundError:
        return "0"
