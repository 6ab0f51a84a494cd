"""Keyed digests: prove that a passage is unchanged without keeping its words."""

from __future__ import annotations

import hashlib

DIGEST_BYTES = 16


def passage_digest(passage: str, key: bytes) -> bytes:
    """Return the 16-byte BLAKE2b digest of `passage` under the study's `key`.

    Without the key, a short passage cannot be guessed from its digest.

    Examples
    --------
    >>> passage_digest("le maire", b"secret").hex()
    '46aa751f30a803f29981c62bbe343abc'
    """
    return hashlib.blake2b(passage.encode("utf-8"), key=key, digest_size=DIGEST_BYTES).digest()
