"""What Typer says by itself (usage, help, words mistyped), in the language in force.

Most of its sentences are written in its code, without gettext: those that a command of ours can
meet are recognised here and said again.
"""

from __future__ import annotations

import re
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from cpit_research.wording import gettext as _

__all__ = ["Command", "Group", "UsageError", "said"]

#: Any word of the command line that cannot be understood; Typer does not export it by name.
UsageError: Final[Any] = typer.BadParameter.__base__


class _Spoken:
    """A command that tells its usage and its help option in the language in force.

    What it calls and mypy does not find is in the class of Typer that stands beside it.
    """

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, _("Usage: "))

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this message and exit.")
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _name_panels()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Spoken, TyperCommand):
    """One command."""


class Group(_Spoken, TyperGroup):
    """Several commands."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Name the command that is to follow."""
        return [*super().collect_usage_pieces(ctx)[:-1], _("COMMAND [ARGS]...")]


def _name_panels() -> None:
    """Name the parts of a help page, which Typer keeps as constants."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")


def said(message: str) -> str:
    """Return a sentence of Typer in the language in force, itself when it is not known.

    Examples
    --------
    >>> said("Missing option '--to'."), said("Something else.")
    ('L’option --to manque.', 'Something else.')
    """
    for theirs, ours in _sentences():
        found = re.fullmatch(theirs, message, flags=re.DOTALL)
        if found:
            parts = found.groupdict()
            if "close" in parts:
                parts["close"] = parts["close"].replace("'", "")
            if "reason" in parts:
                parts["reason"] = said(parts["reason"])
            return ours.format(**parts)
    return message


def _sentences() -> tuple[tuple[str, str], ...]:
    """Return what Typer may say, as patterns, with our words for it."""
    name = "'?(?P<name>[^']+?)'?"
    return (
        (f"Missing option {name}.", _("The option {name} is missing.")),
        (f"Missing argument {name}.", _("The argument {name} is missing.")),
        (r"Missing command\.", _("A command is missing.")),
        (
            rf"No such command {name}\. Did you mean (?P<close>.+)\?",
            _("There is no command {name}. Did you mean {close}?"),
        ),
        (rf"No such command {name}\.", _("There is no command {name}.")),
        (
            r"No such option: (?P<name>\S+) \(Possible options: (?P<close>.+)\)",
            _("There is no option {name}. Did you mean {close}?"),
        ),
        (r"No such option: (?P<name>\S+?)\.?", _("There is no option {name}.")),
        (f"Option {name} requires an argument.", _("The option {name} needs a value.")),
        (f"Option {name} does not take a value.", _("The option {name} takes no value.")),
        (
            r"Got unexpected extra arguments?(\(s\))? \((?P<words>.+)\)",
            _("These words are too many: {words}."),
        ),
        (f"Invalid value for {name}: (?P<reason>.+)", _("Wrong value for {name}. {reason}")),
        ("Input should be a valid integer.*", _("A whole number is needed.")),
        (".* is not a valid integer.", _("A whole number is needed.")),
        (
            r"Input should be greater than or equal to (?P<least>\S+)",
            _("It must be at least {least}."),
        ),
    )
