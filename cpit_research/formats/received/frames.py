"""Messages between two processes: something told in JSON, then stretches of bytes as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Final

__all__ = ["Frame", "receive", "send"]

#: Something told, and the bytes that come with it.
Frame = tuple[dict[str, Any], list[bytes]]

_LENGTH: Final = 8
_SIZES: Final = "sizes"


def send(stream: BinaryIO, told: Mapping[str, Any], stretches: Sequence[bytes] = ()) -> None:
    """Write one message.

    Parameters
    ----------
    stream : binary stream
        Where the other process reads.
    told : mapping
        What JSON can say.
    stretches : sequence of bytes
        What comes with it.
    """
    head = json.dumps({**told, _SIZES: [len(stretch) for stretch in stretches]}).encode()
    stream.write(len(head).to_bytes(_LENGTH, "big") + head)
    stream.writelines(stretches)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> Frame | None:
    """Return the next message, or None when the other process has closed.

    Parameters
    ----------
    stream : binary stream
        Where the other process writes.
    most : int
        Bytes that a stretch may have.

    Raises
    ------
    EOFError
        If the other process stopped in the middle of a message.
    ValueError
        If it is no message.
    """
    length = stream.read(_LENGTH)
    if not length:
        return None
    told = json.loads(_whole(stream, int.from_bytes(length, "big"), most))
    return told, [_whole(stream, size, most) for size in told.pop(_SIZES)]


def _whole(stream: BinaryIO, size: int, most: int) -> bytes:
    if size > most:
        message = f"{size} > {most}"
        raise ValueError(message)
    stretch = stream.read(size)
    if len(stretch) < size:
        raise EOFError
    return stretch
