"""The fields of a YAML mapping, asked for one by one while every fault is noted with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeGuard

from cpit_research.errors import FormatError
from cpit_research.formats.working.grid_rules import did_you_mean, is_ascii_id
from cpit_research.formats.working.yaml_file import Items, Node, Pairs, Text
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["Fields", "Reading"]


class Reading:
    """One file being read, and the faults found so far."""

    def __init__(self) -> None:
        self._faults: list[tuple[int, str]] = []
        self._codes: list[Fields] = []

    def fault(self, line: int, sentence: str, code: str = "") -> None:
        """Note a fault at `line`, of `code` if there is one."""
        place = _("Line {line}, code {code}:") if code else _("Line {line}:")
        self._faults.append((line, f"{place.format(line=line, code=code)} {sentence}"))

    def fields(self, node: Node, known: Sequence[str] | None, *, code: bool = False) -> Fields:
        """Return the fields of a mapping; `known` lists its keys (None: any).

        The mappings read with `code` are those that :meth:`code_fault` finds by their position.
        """
        found = Fields(self, node, known, code=code)
        if code:
            self._codes.append(found)
        return found

    def code_fault(self, position: int, field: str, sentence: str) -> None:
        """Note a fault of the code at `position` in the order of reading."""
        self._codes[position].fault(field, sentence)

    def refuse(self, path: Path) -> None:
        """Raise every fault found, in order of lines, if there are any."""
        if not self._faults:
            return
        faults = [sentence for _line, sentence in sorted(self._faults, key=lambda f: f[0])]
        raise FormatError(
            ngettext("{name} holds {n} fault.", "{name} holds {n} faults.", len(faults)).format(
                name=path.name, n=len(faults)
            ),
            path=str(path),
            faults=dict.fromkeys(faults),
        )


class Fields:
    """The fields of one mapping."""

    def __init__(
        self, reading: Reading, node: Node, known: Sequence[str] | None, *, code: bool
    ) -> None:
        self.reading = reading
        self.line = node.line
        self._code = ""
        self._keys: dict[str, Text] = {}
        self._values: dict[str, Node] = {}
        pairs = node.pairs if isinstance(node, Pairs) else []
        if code:
            self._code = next(
                (v.value for k, v in pairs if k.value == "id" and isinstance(v, Text)), ""
            )
        if not isinstance(node, Pairs) and not _blank(node):
            self.fault("", _("Fields are expected here, one “key: value” a line."))
        for key, value in pairs:
            self._add(key, value, known)

    def _add(self, key: Text, value: Node, known: Sequence[str] | None) -> None:
        if key.value in self._keys:
            sentence = _("“{key}” is already on line {line}; keep one.").format(
                key=key.value, line=self._keys[key.value].line
            )
        elif known is not None and key.value not in known:
            sentence = _("Unknown key “{key}”.").format(key=key.value)
            sentence += f" {did_you_mean(key.value, known)}"
        else:
            self._keys[key.value] = key
            self._values[key.value] = value
            return
        self.reading.fault(key.line, sentence, self._code)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def fault(self, key: str, sentence: str) -> None:
        """Note a fault at the line of `key`, or of the whole mapping."""
        line = self._keys[key].line if key in self._keys else self.line
        self.reading.fault(line, sentence, self._code)

    def text(self, key: str, *, required: bool = False) -> str:
        """Return the words of a field, empty when it is not there."""
        value = self._values.get(key)
        if value is not None and not isinstance(value, Text):
            self.fault(key, _("“{key}” takes words, not a list.").format(key=key))
            return ""
        words = value.value.strip() if value is not None else ""
        if required and not words:
            self.fault(key, _("“{key}” is missing; add “{key}: …”.").format(key=key))
        return words

    def identifier(self, key: str) -> str:
        """Return a required id."""
        word = self.text(key, required=True)
        if word and not is_ascii_id(word):
            self.fault(
                key,
                _("“{id}” cannot be an id: use unaccented letters, digits, “-” and “_”.").format(
                    id=word
                ),
            )
        return word

    def choice(self, key: str, known: Sequence[str]) -> str:
        """Return a required word that must be one of `known`."""
        word = self.text(key, required=True)
        if word and word not in known:
            sentence = _("Unknown {key} “{word}”.").format(key=key, word=word)
            self.fault(key, f"{sentence} {did_you_mean(word, known)}")
        return word

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the words of a list; one word alone is a list of one."""
        return tuple(
            item.value.strip()
            for item in self.items(key)
            if self._is_text(item, key) and item.value.strip()
        )

    def _is_text(self, item: Node, key: str) -> TypeGuard[Text]:
        if isinstance(item, Text):
            return True
        self.reading.fault(item.line, _("“{key}” is a list of words.").format(key=key), self._code)
        return False

    def items(self, key: str, *, required: bool = False) -> list[Node]:
        """Return the items of a list; what is not a list counts as its one item."""
        value = self._values.get(key)
        if value is None or _blank(value):
            if required:
                self.fault(key, _("“{key}” is missing; add “{key}:” and its list.").format(key=key))
            return []
        return value.items if isinstance(value, Items) else [value]

    def fields(self, key: str, known: Sequence[str] | None) -> Fields:
        """Return the fields of a mapping held by a field; none when it is not there."""
        value = self._values.get(key, Text(self.line, ""))
        return self.reading.fields(value, known)


def _blank(node: Node) -> bool:
    return isinstance(node, Text) and not node.value
