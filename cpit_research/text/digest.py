"""Keyed digests: prove that a passage is unchanged without keeping its words."""

from __future__ import annotations

import hashlib

DIGEST_BYTES = 16


def version_id(source: str, text: str, key: bytes, *, ordinal: int | None = None) -> str:
    """Return the id of a text version: it derives from the document and its words.

    A text that comes back after another one, as when a correction is undone, is a version of its
    own: its id derives from its `ordinal` too.
    """
    rank = "" if ordinal is None else f"{ordinal}\0"
    return passage_digest(f"{rank}{source}\0{text}", key).hex()


def passage_digest(passage: str, key: bytes) -> bytes:
    """Return the 16-byte BLAKE2b digest of `passage` under the study's `key`.

    Without the key, a short passage cannot be guessed from its digest.

    Examples
    --------
    >>> passage_digest("le maire", b"secret").hex()
    '46aa751f30a803f29981c62bbe343abc'
    """
    return hashlib.blake2b(passage.encode("utf-8"), key=key, digest_size=DIGEST_BYTES).digest()
