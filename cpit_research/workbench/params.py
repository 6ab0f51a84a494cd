"""What a call is given: read strictly, refused with what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar, Union, get_args, get_origin
from typing import get_type_hints as hints_of
from uuid import UUID

from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["Call", "Nothing", "read_params"]

P = TypeVar("P")
#: Beyond, JavaScript does not count by ones.
_LARGEST: Final = 2**53
#: Half a character, which JSON can write and no file can keep.
_HALF: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Nothing:
    """The parameters of a call that takes none."""


@dataclass(frozen=True, slots=True)
class Call(Generic[P]):
    """One call: the function that answers, and the dataclass that says what it takes.

    One that is answered `aside` holds nobody up: it locks the desk itself, for what it reads.
    """

    answer: Callable[[Desk, P], object]
    params: type[P]
    aside: bool = False

    def __call__(self, desk: Desk, stated: object) -> object:
        """Return the answer, in JSON's types."""
        return self.answer(desk, read_params(self.params, stated))


def read_params(wanted: type[P], stated: object) -> P:
    """Return the dataclass `wanted` that a JSON object states.

    Fields may be ``str``, ``int``, ``float``, ``bool``, ``UUID``, ``Literal``, another dataclass,
    ``tuple[X, ...]``, ``Mapping[str, X]``, ``Any``, or ``X | None``.

    Raises
    ------
    InvalidInput
        If a field is unknown, missing, or not of its type.
    """
    found: P = _object(stated, wanted, "")
    return found


@cache
def _hints(wanted: type) -> dict[str, Any]:
    return hints_of(wanted)


def _object(value: object, wanted: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise _unexpected(place, _("an object"))
    known = {field.name: field for field in fields(wanted)}
    for name in value:
        if name not in known:
            raise InvalidInput(
                _("“{name}” is not expected here.").format(name=_under(place, name)),
                exists=_("What is expected: {names}.").format(names=", ".join(known) or "–"),
            )
    for name, field in known.items():
        missing = field.default is MISSING and field.default_factory is MISSING
        if missing and name not in value:
            raise InvalidInput(_("“{name}” is missing.").format(name=_under(place, name)))
    hints = _hints(wanted)
    return wanted(
        **{name: _read(one, hints[name], _under(place, name)) for name, one in value.items()}
    )


def _read(value: object, hint: Any, place: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return value
    if origin in {Union, UnionType}:
        return None if value is None else _read(value, _but_none(inner), place)
    if origin is Literal:
        if value not in inner:
            raise _unexpected(place, ", ".join(map(str, inner)))
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise _unexpected(place, _("a list"))
        return tuple(_read(one, inner[0], f"{place}[{at}]") for at, one in enumerate(value))
    if origin is Mapping:
        if not isinstance(value, dict):
            raise _unexpected(place, _("an object"))
        return {name: _read(one, inner[1], _under(place, name)) for name, one in value.items()}
    if is_dataclass(hint):
        return _object(value, hint, place)
    return _ALONE[hint](value, place)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or _HALF.search(value):
        raise _unexpected(place, _("text"))
    return value


def _whole(value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
        raise _unexpected(place, _("a whole number"))
    return value


def _number(value: object, place: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _unexpected(place, _("a number"))
    return float(value)


def _truth(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise _unexpected(place, "true, false")
    return value


def _identity(value: object, place: str) -> UUID:
    try:
        return UUID(_text(value, place))
    except ValueError as error:
        raise _unexpected(place, _("an id")) from error


_ALONE: Final[Mapping[Any, Callable[[object, str], Any]]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _truth,
    UUID: _identity,
}


def _but_none(inner: tuple[Any, ...]) -> Any:
    (one,) = (hint for hint in inner if hint is not NoneType)
    return one


def _under(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _unexpected(place: str, what: str) -> InvalidInput:
    return InvalidInput(
        _("“{name}” is not what was expected.").format(name=place or "params"),
        exists=_("What is expected: {names}.").format(names=what),
    )
