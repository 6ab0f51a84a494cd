"""What an odd file is, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class OddFile:
    """A file that people, programs or ill will may send.

    Parameters
    ----------
    name : str
        Its name, suffix included.
    about : str
        What is odd about it, in a few words.
    build : callable
        Returns its bytes, the same each time.
    keeps : tuple of str
        Words that the text must hold, in this order.
    drops : tuple of str
        Words that the text must not hold.
    says : tuple of str
        What the notices of the report must say, in English, as regular expressions.
    aside : tuple of str
        Words that must be set aside.
    refused : str
        Regular expression of the sentence (in English) that refuses it; empty when it is accepted.
    """

    name: str
    about: str
    build: Callable[[], bytes]
    keeps: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    refused: str = ""
