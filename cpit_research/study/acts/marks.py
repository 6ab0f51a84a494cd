"""Marks: how far a coder has heard, in a word that tells nobody how much others have written."""

from __future__ import annotations

import hashlib
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from typing import Final

from cpit_research.store.positions import Position

__all__ = ["Mark", "read_mark", "write_mark"]

_PACKED: Final = struct.Struct(">QQII16s12s")
_TAG: Final = 16
#: Bytes of what a mark says of the coder, the grid and the rounds.
CONTEXT_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the record was written, and a digest of what the answer depended on beside it."""

    position: Position
    context: bytes


def write_mark(mark: Mark, key: bytes) -> str:
    """Return a mark as a word: sealed and covered under the study's key, always the same one.

    Examples
    --------
    >>> mark = Mark(Position(5, 3, 1, 9, b"i" * 16), b"c" * 12)
    >>> word = write_mark(mark, b"secret")
    >>> read_mark(word, b"secret") == mark, read_mark(word, b"other"), read_mark("?", b"secret")
    (True, None, None)
    """
    at = mark.position
    plain = _PACKED.pack(at.events, at.links, at.texts, at.schema, at.last, mark.context)
    tag = _digest(b"tag" + plain, key, _TAG)
    return urlsafe_b64encode(tag + _covered(plain, tag, key)).decode("ascii")


def read_mark(word: str, key: bytes) -> Mark | None:
    """Return the mark that a word says; None when this study wrote no such word."""
    try:
        content = urlsafe_b64decode(word.encode("ascii"))
    except (Error, ValueError):
        return None
    tag, covered = content[:_TAG], content[_TAG:]
    if len(covered) != _PACKED.size or urlsafe_b64encode(content).decode("ascii") != word:
        return None
    plain = _covered(covered, tag, key)
    if _digest(b"tag" + plain, key, _TAG) != tag:
        return None
    events, links, texts, schema, last, context = _PACKED.unpack(plain)
    return Mark(Position(events, links, texts, schema, last), context)


def _covered(plain: bytes, tag: bytes, key: bytes) -> bytes:
    """Return bytes covered by others that only the key and the tag give; twice uncovers them."""
    pad = _digest(b"pad" + tag, key, _PACKED.size)
    return bytes(one ^ other for one, other in zip(plain, pad, strict=True))


def _digest(content: bytes, key: bytes, size: int) -> bytes:
    return hashlib.blake2b(content, key=key, digest_size=size).digest()
