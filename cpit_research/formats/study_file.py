"""``study.toml``: the identity of a study."""

from __future__ import annotations

import base64
import json
import tomllib
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cpit_research.errors import FormatError, NotFound
from cpit_research.formats.atomic import replace_file
from cpit_research.model.identity import STUDY_FORMAT, Identity
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

NAME: Final = "study.toml"


def read_study_file(folder: Path) -> Identity:
    """Read the identity of the study in `folder`.

    Raises
    ------
    NotFound
        If the folder holds no study.
    FormatError
        If its file cannot be read, or was written by a newer version.
    """
    path = folder / NAME
    try:
        return from_study_file(_bytes(path, folder), path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(
            _("The file study.toml cannot be read: {reason}.").format(reason=error),
            path=str(path),
            where=_("File: {path}.").format(path=path),
            remedy=_("Put back the copy kept with the study; its id and key cannot be made anew."),
        ) from error


def from_study_file(content: bytes, path: Path) -> Identity:
    """Return the identity that a file holds, `path` being where it is.

    Raises
    ------
    FormatError
        If it was written by a newer version.
    ValueError, KeyError, TypeError
        If it says no identity.
    """
    stated = tomllib.loads(content.decode("utf-8"))
    version = int(stated["format"])
    if version > STUDY_FORMAT:
        raise FormatError(
            _("This study was written by a newer version of the program (format {n}).").format(
                n=version
            ),
            path=str(path),
            remedy=_("Update cpit_research to open it."),
        )
    return _identity(stated)


def _bytes(path: Path, folder: Path) -> bytes:
    try:
        if path.is_file():
            return path.read_bytes()
    except OSError as error:
        raise FormatError(
            _("{name} cannot be opened: {reason}.").format(name=NAME, reason=reason_of(error)),
            path=str(path),
            where=_("File: {path}.").format(path=path),
        ) from error
    raise NotFound(
        _("There is no study in {folder}.").format(folder=folder),
        exists=_("A study folder holds a file study.toml."),
        remedy=_("Make one with “cpit create FOLDER”, or go to a study's folder."),
    )


def write_study_file(folder: Path, identity: Identity) -> None:
    """Write the identity of a study in its folder."""
    replace_file(folder / NAME, to_study_file(identity))


def to_study_file(identity: Identity) -> bytes:
    """Return the bytes of the file that holds the identity of a study."""
    lines = [
        f"# {_('Identity of the study: keep this file with it, and never change its id or key.')}",
        f"format = {STUDY_FORMAT}",
        f'id = "{identity.id}"',
        f'key = "{base64.b64encode(identity.key).decode("ascii")}"',
        f"title = {_toml(identity.title)}",
        f"subtitle = {_toml(identity.subtitle)}",
        f"author = {_toml(identity.author)}",
        f"demonstration = {_toml(identity.demonstration)}",
        f"context = {_toml(identity.context)}",
        *([f"lot = {_toml(identity.lot)}"] if identity.lot else []),
    ]
    if identity.no_agreement:
        lines.append(f"agreement = {_toml(f'off: {identity.no_agreement}')}")
    return "\n".join((*lines, "")).encode()


def _identity(stated: dict[str, Any]) -> Identity:
    return Identity(
        UUID(stated["id"]),
        base64.b64decode(stated["key"], validate=True),
        str(stated.get("title", "")),
        str(stated.get("subtitle", "")),
        str(stated.get("context", "")).strip(),
        str(stated.get("author", "")),
        bool(stated.get("demonstration", False)),
        _reason_off(str(stated.get("agreement", ""))),
        str(stated.get("lot", "")),
    )


def _reason_off(said: str) -> str:
    """Return why agreement is not measured, from « off: reason »."""
    word, _colon, reason = said.partition(":")
    if not said.strip():
        return ""
    if word.strip().lower() != "off" or not reason.strip():
        raise ValueError(
            _("“agreement” is written “off:REASON”, or left out; it says “{words}”").format(
                words=said
            )
        )
    return reason.strip()


def _toml(value: str | bool) -> str:  # noqa: FBT001  a value to write
    # A JSON string is a TOML basic string.
    return json.dumps(value, ensure_ascii=False)
