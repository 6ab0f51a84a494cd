"""The words of a command, before they are parsed."""

from __future__ import annotations

_SHARED = ("--lang", "--study")


def hoisted(words: list[str]) -> list[str]:
    """Return the words with the options that every command shares put first.

    Typer takes them before the command only; people type them where they think of them.

    Examples
    --------
    >>> hoisted(["check", "--lang", "en", "--json"])
    ['--lang', 'en', 'check', '--json']
    >>> hoisted(["analysis", "search", "--", "--lang"])
    ['analysis', 'search', '--', '--lang']
    """
    first: list[str] = []
    rest: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            rest += [word, *left]
        elif word in _SHARED:
            first += [word, *([value] if (value := next(left, None)) is not None else [])]
        elif word.startswith(tuple(f"{shared}=" for shared in _SHARED)):
            first.append(word)
        else:
            rest.append(word)
    return first + rest


def language_of(words: list[str]) -> str:
    """Return the language that the words ask for, empty when they ask for none.

    Examples
    --------
    >>> language_of(["--lang", "en", "check"]), language_of(["--lang=en"]), language_of(["check"])
    ('en', 'en', '')
    """
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return ""
