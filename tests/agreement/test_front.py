"""What the room shows stays what it is, whichever of its modules is imported."""

import importlib
import pkgutil
from types import ModuleType

from cpit_research import agreement


def test_no_module_hides_the_function_that_bears_its_name():
    for module in pkgutil.iter_modules(agreement.__path__):
        importlib.import_module(f"{agreement.__name__}.{module.name}")
    shown = {name: getattr(agreement, name) for name in agreement.__all__}
    assert [name for name, thing in shown.items() if isinstance(thing, ModuleType)] == []
    assert agreement.__all__ == sorted(
        agreement.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)
    )
