"""Opening the correspondence table for the time of an export, and making one."""

from __future__ import annotations

import getpass
import os
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.errors import InvalidInput, Withheld
from cpit_research.formats.atomic import make_folder
from cpit_research.formats.working.names_file import read_names
from cpit_research.model.correspondence import Correspondence
from cpit_research.store.vault import make_key, open_table, seal_table
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

TABLE: Final = "CPIT_TABLE"
KEY: Final = "CPIT_TABLE_KEY"
DESCRIPTOR: Final = "CPIT_TABLE_FD"
_SHIPPED: Final = "demonstration"


def correspondence(study: Study) -> Correspondence:
    """Return the table of names of a study.

    The demonstration's ships with the library. Elsewhere it is the age file at ``CPIT_TABLE``,
    opened by the key file at ``CPIT_TABLE_KEY``, else by a passphrase read from the file
    descriptor ``CPIT_TABLE_FD``, else asked on the terminal. A study that holds no document and
    whose register names nobody needs none.

    Raises
    ------
    Withheld
        If the study holds words of people and its table is not there or stays closed.
    """
    if study.identity.demonstration and TABLE not in os.environ:
        shipped = Path(str(files("cpit_research"))) / _SHIPPED
        return open_table(shipped / "correspondance.age", key=shipped / "cle-de-demonstration.txt")
    place = os.environ.get(TABLE)
    if place is None:
        if study.register.participants or study.register.territories or len(study.corpus):
            raise Withheld(
                _(
                    "This study holds words of people: nothing leaves it without the "
                    "correspondence table."
                ),
                remedy=_(
                    "Set CPIT_TABLE to the place of the age file (“cpit table seal” makes one)."
                ),
            )
        return Correspondence(())
    key = os.environ.get(KEY)
    if key is not None:
        return open_table(Path(place), key=Path(key))
    return open_table(
        Path(place), passphrase=_passphrase(_("Passphrase of the correspondence table: "))
    )


def table_seal(study: Study, names: str | Path, *, to: str | Path | None = None) -> Path:
    """Encrypt a workbook of names (see :meth:`Study.table_seal`)."""
    place = to or os.environ.get(TABLE)
    if place is None:
        raise InvalidInput(
            _("Where must the correspondence table be written?"),
            remedy=_("Give its place, outside the study folder, or set CPIT_TABLE."),
        )
    target = Path(place)
    if target.resolve().is_relative_to(study.folder.resolve()) and not study.identity.demonstration:
        raise InvalidInput(
            _("The correspondence table must stay outside the study folder."),
            where=_("Asked: {path}.").format(path=target),
            remedy=_("Choose a folder that only the holder of the table can open."),
        )
    table = read_names(Path(names))
    key = os.environ.get(KEY)
    if key is not None:
        if not Path(key).exists():
            make_folder(Path(key).parent)
            make_key(Path(key))
        seal_table(table, target, key=Path(key))
    else:
        seal_table(table, target, passphrase=_chosen_passphrase())
    return target


def _chosen_passphrase() -> str:
    """Return a new passphrase, typed twice when a person types it."""
    chosen = _passphrase(_("Choose a passphrase: "))
    if not chosen:
        raise InvalidInput(_("An empty passphrase protects nobody."))
    if DESCRIPTOR not in os.environ and chosen != _passphrase(_("The same again: ")):
        raise InvalidInput(_("The two passphrases differ: nothing was written."))
    return chosen


def _passphrase(prompt: str) -> str:
    descriptor = os.environ.get(DESCRIPTOR)
    if descriptor is not None:
        if not descriptor.isdecimal():
            raise InvalidInput(
                _("{name} is not the number of a file descriptor.").format(name=DESCRIPTOR)
            )
        with os.fdopen(int(descriptor), encoding="utf-8", closefd=False) as stream:
            return stream.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Withheld(
            _("The correspondence table needs its passphrase, and nobody can be asked here."),
            remedy=_("Set CPIT_TABLE_KEY to a key file, or CPIT_TABLE_FD to a file descriptor."),
        )
    return getpass.getpass(prompt)
