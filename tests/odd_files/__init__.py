"""Odd files, built when asked for: each says what must become of it.

One module a family of formats, each with its `FILES`; `tests/formats/received/test_odd_files.py`
reads them all, and ``python tools/odd_files.py`` writes `docs/odd-files.md`, what became of each.
"""
