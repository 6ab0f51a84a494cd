"""Agreement between coders: coefficients on arrays, tables on codings, passages to discuss."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cpit_research.agreement.disputed import disputed
    from cpit_research.agreement.on_codings import ac1, alpha, kappa

__all__ = ["ac1", "alpha", "disputed", "kappa"]

_PLACES = {
    "ac1": "on_codings",
    "alpha": "on_codings",
    "disputed": "disputed",
    "kappa": "on_codings",
}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return __all__
