"""The correspondence table: one encrypted file, outside the study, opened for a check."""

from __future__ import annotations

import os
from pathlib import Path

import pyrage

from cpit_research.errors import FormatError, Withheld
from cpit_research.model.correspondence import Correspondence
from cpit_research.wording import gettext as _


def open_table(path: Path, *, passphrase: str = "", key: Path | None = None) -> Correspondence:
    """Decrypt the table at `path` with a passphrase or an age key file.

    Raises
    ------
    Withheld
        If the file is not there, or neither the passphrase nor the key opens it.
    FormatError
        If what it holds is not a correspondence table.
    """
    if not path.is_file():
        raise Withheld(
            _("The correspondence table is not at {path}.").format(path=path),
            remedy=_("Set CPIT_TABLE to the place of the age file."),
        )
    sealed = path.read_bytes()
    try:
        if key is not None:
            clear = pyrage.decrypt(sealed, [_identity(key)])
        else:
            clear = pyrage.passphrase.decrypt(sealed, passphrase)
    except pyrage.DecryptError as error:
        raise _closed(path) from error
    try:
        return Correspondence.from_json(clear.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FormatError(
            _("This is not a correspondence table."),
            path=str(path),
            where=_("File: {path}.").format(path=path),
        ) from error


def seal_table(
    table: Correspondence, path: Path, *, passphrase: str = "", key: Path | None = None
) -> None:
    """Encrypt `table` into `path`, for a passphrase or for the holder of an age key file."""
    clear = table.to_json().encode("utf-8")
    sealed = (
        pyrage.encrypt(clear, [_identity(key).to_public()])
        if key is not None
        else pyrage.passphrase.encrypt(clear, passphrase)
    )
    waiting = path.with_name(f".{path.name}.new")
    with waiting.open("wb") as stream:
        stream.write(sealed)
        stream.flush()
        os.fsync(stream.fileno())
    waiting.replace(path)


def make_key(path: Path) -> None:
    """Write a new age key file, readable by its owner alone."""
    path.touch(mode=0o600)
    path.write_text(f"{pyrage.x25519.Identity.generate()}\n", encoding="ascii")


def _identity(key: Path) -> pyrage.x25519.Identity:
    try:
        lines = key.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise _closed(key) from error
    secret = next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError as error:
        raise FormatError(
            _("This file is not an age key."),
            path=str(key),
            where=_("File: {path}.").format(path=key),
        ) from error


def _closed(path: Path) -> Withheld:
    return Withheld(
        _("The correspondence table stays closed: wrong passphrase or key."),
        where=_("File: {path}.").format(path=path),
    )
