"""The shell says the same words as Python.

`cpit a b` mirrors `cpit_research.a.b` where the front door has that room and function, else
`Study.a_b`; a single word mirrors `Study.word`, but for the few below.
"""

import inspect
import types
from collections.abc import Callable, Iterator

import pytest
import typer

import cpit_research as cpit
from cpit_research.cli.app import build_app
from cpit_research.study import Study
from cpit_research.wording import LANGUAGES, use_language

RENAMED = {
    "create": "create_study",
    "demo": "demo",
    "lot open": "open_lot",
    "workbench": "open_workbench",
}
# How a thing is shown and asked, and which study it is about: the shell's own business.
PRESENTATION = {"help", "json", "lang", "study", "yes"}
# Where a result is written instead of shown, unless the function itself writes.
TO = {"to"}
# What Python is handed as an object and the shell reads from the study.
# Which codings the shell reads from the study, as `study.codings(grid)` does.
READ = {"grid"}
PROVIDED = {"codings", "corpus", "progress", "register", "self", "study"}


def walk(command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield the words and the command of every leaf."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield words, command
        return
    for word, one in sorted(inner.items()):
        yield from walk(one, (*words, word))


def commands(lang: str = "fr") -> dict[tuple[str, ...], object]:
    with use_language(lang):
        return dict(walk(typer.main.get_command(build_app())))


def mirrored(words: tuple[str, ...]) -> Callable[..., object] | None:
    """The public function that a command must mirror, if there is one."""
    names = [word.replace("-", "_") for word in words]
    if " ".join(words) in RENAMED:
        return getattr(cpit, RENAMED[" ".join(words)], None)
    room = getattr(cpit, names[0], None) if names[0] in cpit.__all__ else None
    if len(names) == 2 and isinstance(room, types.ModuleType) and hasattr(room, names[1]):
        return getattr(room, names[1])
    return getattr(Study, "_".join(names), None)


def said(parameter) -> str:
    """The name of a parameter as a person types it."""
    long = [one for one in parameter.opts if one.startswith("--")]
    return (long[0].removeprefix("--") if long else parameter.name).replace("-", "_")


LEAVES = commands()


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_each_command_bears_the_name_of_a_public_function(words):
    assert callable(mirrored(words)), f"cpit {' '.join(words)} mirrors nothing"


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_each_command_takes_the_parameters_of_its_function(words):
    called = set(inspect.signature(mirrored(words)).parameters) - PROVIDED
    typed = {said(one) for one in LEAVES[words].params} - PRESENTATION
    assert typed - ((TO | READ) - called) == called


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_each_command_has_help_in_each_language(words):
    helps = {}
    for lang in LANGUAGES:
        command = commands(lang)[words]
        helps[lang] = (command.help or "").strip()
        assert helps[lang], lang
        assert not [said(one) for one in command.params if not (getattr(one, "help", "") or "")]
    assert len(set(helps.values())) == len(LANGUAGES), "the same help in two languages"


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_each_command_is_in_the_guide(words, root):
    guide = (root / "docs" / "guide.fr.md").read_text(encoding="utf-8")
    assert f"cpit {' '.join(words)}" in guide
