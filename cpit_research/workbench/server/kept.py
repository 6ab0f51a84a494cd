"""A port and a secret, kept in a file that this person alone can read, from its first byte on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from cpit_research.formats.atomic import make_folder, replace_file

__all__ = ["SECRET_BYTES", "keep", "kept"]

SECRET_BYTES: Final = 32
_OWN: Final = 0o600


def keep(place: Path, port: int, secret: bytes) -> None:
    """Keep a port and a secret in a file."""
    make_folder(place.parent)
    stated = {"port": port, "secret": secret.hex()}
    replace_file(place, json.dumps(stated).encode(), mode=_OWN)


def kept(place: Path) -> tuple[int, bytes] | None:
    """Return the port and the secret that a file keeps; None when it keeps none."""
    try:
        stated = json.loads(place.read_bytes())
        port, secret = int(stated["port"]), bytes.fromhex(stated["secret"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (port, secret) if 0 < port < 65_536 and len(secret) == SECRET_BYTES else None
