"""Every odd file of every family."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import odd_files
from odd_files.odd import OddFile


def families() -> Iterator[tuple[str, tuple[OddFile, ...]]]:
    """Yield the name and the files of each family, in alphabetical order."""
    for found in sorted(iter_modules(odd_files.__path__), key=lambda module: module.name):
        files = getattr(import_module(f"odd_files.{found.name}"), "FILES", None)
        if files is not None:
            yield found.name, files
