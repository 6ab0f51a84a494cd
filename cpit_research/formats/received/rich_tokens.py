"""Rich text, token by token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.wording import gettext as _

__all__ = ["TOKEN", "Tokens", "plain", "signed", "truncated", "unescaped"]

#: A control word and its number; words, escaped bytes included; a brace; a control symbol.
_TOKEN: Final = (
    rb"(?:\\([A-Za-z]{1,40})(-?\d{1,10})?[ ]?"
    rb"|((?:[^\\{}]+|\\'[0-9A-Fa-f]{2})+)|([{}])|\\(.))"
)
#: Looks of characters and paragraphs, two thirds of what programs write: passed over at once.
#: One ends where it ends and nowhere before, so that none is ever cut (possessive repetitions,
#: which say it better, are wrong in Python before 3.11.5).
_LOOKS: Final = (
    rb"(?:\\(?:a?fs|af|a?lang|langfen?p?|langnp|noproof|loch|hich|dbch|rtlch|ltrch|ltrpar|cf|cb"
    rb"|chcbpat|highlight|kerning|expnd|expndtw|ql|qj|qc|qr|sb|sa|sl|slmult|fi|li|ri|lin|rin"
    rb"|a?b|a?i|ul|ulc|ulnone|fcs|insrsid|charrsid|pararsid|widctlpar|nowidctlpar|hyphpar"
    rb"|wrapdefault|aspalpha|aspnum|faauto|adjustright|brdr[a-z]+|brsp|cgrid)"
    rb"(?![A-Za-z])-?\d{0,10}(?!\d)(?:[ ]|(?![ ]))|[\r\n])*"
)
TOKEN: Final = re.compile(_TOKEN, re.DOTALL)
_STEP: Final = re.compile(_LOOKS + _TOKEN, re.DOTALL)
#: What matters inside a group that is passed over: braces, escapes, and bytes of any kind.
_PASSED: Final = re.compile(rb"[{}]|\\(?:bin(\d{1,10})[ ]?|[\\{}])")
_ESCAPED: Final = re.compile(rb"\\'[0-9A-Fa-f]{2}")
_DIGITS: Final = "0123456789abcdefABCDEF"
_BYTES: Final = {
    f"\\'{one}{two}".encode(): bytes((int(one + two, 16),)) for one in _DIGITS for two in _DIGITS
}


class Tokens:
    """The tokens of a rich text, from which one may jump ahead."""

    __slots__ = ("_ahead", "data", "end")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.end = 0
        self._ahead = False

    def __iter__(self) -> Iterator[re.Match[bytes]]:
        going = True
        while going:
            going = False
            for token in _STEP.finditer(self.data, self.end):
                self.end = token.end()
                yield token
                if self._ahead:
                    self._ahead, going = False, True
                    break

    def jump(self, at: int) -> None:
        """Go on from `at`."""
        self.end, self._ahead = at, True

    def rest(self) -> bytes:
        """Pass over what remains of the group that is open, and return it.

        Raises
        ------
        FormatError
            If the group is not closed.
        """
        start = self.end
        end = self._close()
        self.jump(end)
        return self.data[start:end]

    def _close(self) -> int:
        depth, at = 1, self.end
        while True:
            for found in _PASSED.finditer(self.data, at):
                mark = found[0]
                if mark == b"{":
                    depth += 1
                elif mark == b"}":
                    depth -= 1
                    if not depth:
                        return found.start()
                elif found[1]:
                    at = found.end() + int(found[1])
                    break
            else:
                raise truncated()


def truncated() -> FormatError:
    """Return the refusal of a rich text some of whose groups are not closed."""
    return FormatError(
        _("The rich text is truncated: it ends before its groups are closed."),
        remedy=_("Ask for it again, or open it in its application and save it again."),
    )


def unescaped(words: bytes) -> bytes:
    r"""Return the bytes of words: line ends are no words, ``\'e9`` is a byte.

    Examples
    --------
    >>> unescaped(b"\\'e9t\r\n\\'e9")
    b'\xe9t\xe9'
    """
    words = words.translate(None, b"\r\n\0")
    return _ESCAPED.sub(lambda found: _BYTES[found[0]], words) if b"\\" in words else words


def signed(number: int) -> int:
    r"""Return the code of a ``\u``, which older programs write as a signed number.

    Examples
    --------
    >>> signed(-3913), signed(233)
    (61623, 233)
    """
    return number + 0x10000 if number < 0 else number


def plain(data: bytes, codec: str) -> str:
    r"""Return the words of a small group: a name, an author; groups in it are left out.

    Examples
    --------
    >>> plain(b"{\\*\\cs1}Titre \\'e9l\\u233?gant", "cp1252")
    'Titre élégant'
    """
    words, depth, unread = "", 0, 0
    for token in TOKEN.finditer(data):
        name, number, text, brace, _symbol = token.groups()
        if brace:
            depth += 1 if brace == b"{" else -1
        elif depth:
            continue
        elif text:
            words += unescaped(text).decode(codec, "replace")[unread:]
            unread = 0
        elif name == b"u" and number:
            code = signed(int(number))
            words += chr(code) if 0 <= code <= 0x10FFFF else "\ufffd"
            unread = 1
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
