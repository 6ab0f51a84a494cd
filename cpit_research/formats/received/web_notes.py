"""Notes of a web page: a link to the note and, in the note, a link back to where it is called.

Word, LibreOffice, Google Docs, Pandoc and wikis all write them so, under names of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from lxml import etree

__all__ = ["Note", "Notes"]

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HOLDERS: Final = frozenset({"aside", "dd", "div", "li", "p", "section", "td"})
_COMMENT: Final = re.compile(r"cmnt|_?msocom")
_ENDNOTE: Final = re.compile(r"_?edn|sdendnote|endnote")
#: Elements around a link whose name may stand for it.
_NEAR: Final = 4
_LONGEST_CALL: Final = 12


@dataclass(frozen=True, slots=True)
class Note:
    """One note, by what its call shows."""

    kind: Literal["footnote", "endnote", "comment"]
    number: int
    call: str


@dataclass(slots=True)
class Notes:
    """The notes of a page: the links that call them, those that go back, what holds them."""

    calls: dict[etree._Element, Note] = field(default_factory=dict)
    backs: set[etree._Element] = field(default_factory=set)
    holders: dict[etree._Element, Note] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element) -> Notes:
        """Find the notes of a page."""
        found = cls()
        links = [
            (link, target[1:])
            for link in root.iter("a")
            if (target := link.get("href", "")).startswith("#") and len(target) > 1
        ]
        rank = {link: at for at, (link, _target) in enumerate(links)}
        leading = dict(links)
        back = {name: link for link, _target in reversed(links) for name in _names(link)}
        numbers = {"footnote": 0, "endnote": 0, "comment": 0}
        for call, target in links:
            mark = _words(call)
            answer = back.get(target)
            if (
                answer is None
                or rank[answer] <= rank[call]
                or not (answer in found.backs or leading[answer] in _names(call))
                or not 0 < len(mark) <= _LONGEST_CALL
                or any(above.tag in _HEADINGS for above in answer.iterancestors())
            ):
                continue
            kind = _kind(target)
            new = answer not in found.backs
            numbers[kind] += new
            note = Note(kind, numbers[kind], mark.strip("[]() \u00a0"))
            found.calls[call] = note
            if new:
                found.backs.add(answer)
                found.holders.setdefault(found.holder(answer), note)
        found.backs |= {
            link
            for link, target in links
            if back.get(target) in found.calls
            and any(above in found.holders for above in _around(link))
        } - found.calls.keys()
        return found

    def holder(self, back: etree._Element) -> etree._Element:
        """Return the element that holds all of a note, from its link back."""
        above = (element for element in back.iterancestors() if element.tag in _HOLDERS)
        block = next(above, back)
        around = block.getparent()
        if (
            around is not None
            and around.tag in _HOLDERS
            and around.get("id")
            and around not in self.holders
        ):
            return around
        return block


def _kind(target: str) -> Literal["footnote", "endnote", "comment"]:
    if _COMMENT.match(target):
        return "comment"
    return "endnote" if _ENDNOTE.match(target) else "footnote"


def _words(link: etree._Element) -> str:
    words = ""
    for piece in link.itertext():
        words += str(piece)
        if len(words) > 4 * _LONGEST_CALL:
            break
    return words.strip()


def _names(link: etree._Element) -> set[str]:
    """Return the names under which a link may be reached: its own, and those close around it."""
    return {name for element in _around(link) for name in _named(element)}


def _around(link: etree._Element) -> Iterator[etree._Element]:
    yield link
    for step, above in enumerate(link.iterancestors(), start=1):
        if step > _NEAR or above.tag == "body":
            return
        yield above


def _named(element: etree._Element) -> Iterator[str]:
    for attribute in ("id", "name"):
        name = element.get(attribute)
        if name:
            yield name
            if name.startswith("_com_"):  # Word names the block one way and aims at it another
                yield "_mso" + name[1:]
