"""Keep the French catalogue true to the code.

    python tools/catalogues.py extract    count the sentences that the code says
    python tools/catalogues.py update     bring cpit.po up to them: new ones empty, old ones gone
    python tools/catalogues.py compile    write cpit.mo
    python tools/catalogues.py check      say what is missing, empty, doubtful, old or stale

English sentences are the msgids, so there is no English catalogue. The `.po` names files without
line numbers and carries no date, and the `.mo` is compiled here: both change only with the words.
"""

import argparse
import ast
import io
import json
import re
import struct
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "cpit_research"
FRONTEND = ROOT / "frontend" / "src"
PO = PACKAGE / "wording" / "locale" / "fr" / "LC_MESSAGES" / "cpit.po"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
HEADER = """\
# French words of cpit_research. New sentences: `make catalogues`; then translate the empty ones.
msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-#0+]*[\d.*]*[diouxXeEfFgGcrs%]|\{[^{}]*\}")
# A space that does not break goes before a high mark and inside guillemets.
BREAKING = re.compile(
    r"[^\s\u00a0\u202f:;!?/][:;!?»](?=\s|$)|[ ][:;!?»](?=\s|$)|«(?![\u00a0\u202f])"
)


def said_in_python(
    file: BinaryIO,
    keywords: Collection[str],
    _comment_tags: Collection[str],
    options: object,  # noqa: ARG001 - Babel gives it by its name
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Yield the sentences of a module; Babel's own reader misses those inside f-strings."""
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in keywords:
            values = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
            said = tuple(value if isinstance(value, str) else None for value in values)
            if any(said):
                yield call.lineno, name, said, []


# A comment, or a call with its sentences: those of the front end are whole double-quoted strings.
_STRING = r'"(?:[^"\\\n]|\\.)*"'
_SCRIPT = re.compile(
    rf"/\*.*?\*/|(?<!:)//[^\n]*|(?<![\w$.])(_|ngettext)\(\s*({_STRING})(?:\s*,\s*({_STRING}))?\s*([,)+])",
    re.DOTALL,
)


def said_in_script(
    file: BinaryIO,
    _keywords: Collection[str],
    _comment_tags: Collection[str],
    options: object,  # noqa: ARG001 - Babel gives it by its name
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Yield the sentences of a module of the front end."""
    words = file.read().decode()
    for found in _SCRIPT.finditer(words):
        name, one, several, after = found.groups()
        if name is None:
            continue
        line = words.count("\n", 0, found.start()) + 1
        if after == "+" or "`" in one or (name == "ngettext") != (several is not None):
            raise SystemExit(
                f"{file.name}, line {line}: {name} takes whole sentences, without “`”."
            )
        yield line, name, tuple(json.loads(text) for text in (one, several) if text), []


METHODS: list[tuple[str, Any]] = [
    ("**.py", said_in_python),
    ("**.html", "jinja2"),
    ("**.jinja", "jinja2"),
    ("**.ts", said_in_script),
    ("**.tsx", said_in_script),
]


def extracted() -> Catalog:
    """Every sentence the code says, with the files that say it."""
    catalog = Catalog(locale="fr", charset="utf-8")
    for folder, name in ((PACKAGE, PACKAGE.name), (FRONTEND, "frontend/src")):
        found = extract_from_dir(folder, METHODS, keywords=KEYWORDS)
        for filename, _line, message, comments, context in sorted(
            found, key=lambda one: (one[0], one[1])
        ):
            where = [(f"{name}/{Path(filename).as_posix()}", 0)]
            catalog.add(message, None, where, auto_comments=comments, context=context)
    return catalog


def committed() -> Catalog:
    """Read the catalogue as it stands."""
    if not PO.exists():
        return Catalog(locale="fr", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="fr")


def spoken(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages of a catalogue, its header apart."""
    return (message for message in catalog if message.id)


def update() -> int:
    """Add what is new with an empty translation, drop what the code no longer says."""
    before, now = committed(), extracted()
    for message in spoken(now):
        kept = before.get(_singular(message), message.context)
        if kept is not None and isinstance(kept.id, str) == isinstance(message.id, str):
            message.string = kept.string
            message.user_comments = kept.user_comments
    text = io.BytesIO()
    write_po(text, now, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(HEADER.encode() + text.getvalue().strip() + b"\n")
    empty = sum(1 for message in spoken(now) if not all(_strings(message)))
    print(f"{PO.relative_to(ROOT)}: {len(now)} sentences, {empty} to translate")
    return 0


def compiled(catalog: Catalog) -> bytes:
    """Write a GNU message catalogue, the same bytes for the same words."""
    entries = {b"": _header()}
    for message in spoken(catalog):
        strings = _strings(message)
        if all(strings) and not message.fuzzy:
            key = "\0".join(_ids(message))
            if message.context:
                key = f"{message.context}\x04{key}"
            entries[key.encode()] = "\0".join(strings).encode()
    pairs = sorted(entries.items())
    start = 7 * 4 + 16 * len(pairs)
    tables: tuple[list[int], list[int]] = ([], [])
    body = b""
    for column, table in enumerate(tables):
        for pair in pairs:
            table += [len(pair[column]), start + len(body)]
            body += pair[column] + b"\0"
    head = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return struct.pack(f"<7I{4 * len(pairs)}I", *head, *tables[0], *tables[1]) + body


def compile_catalogue() -> int:
    """Write cpit.mo beside cpit.po."""
    PO.with_suffix(".mo").write_bytes(compiled(committed()))
    return 0


def faults() -> list[str]:
    """Say everything that keeps the catalogue from being whole."""
    code, catalog = extracted(), committed()
    said = {(_singular(m), m.context) for m in spoken(code)}
    known = {(_singular(m), m.context): m for m in spoken(catalog)}
    found = [f"missing: {text!r}" for text, context in said if (text, context) not in known]
    found += [f"no longer said: {text!r}" for text, context in known if (text, context) not in said]
    found += [f"obsolete: {_singular(message)!r}" for message in catalog.obsolete.values()]
    for message in known.values():
        found += _faults_of(message)
    mo = PO.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(catalog):
        found.append(f"stale: {mo.name}; run `make catalogues`")
    return sorted(found)


def check() -> int:
    """Print the faults; 1 if there is any."""
    found = faults()
    print("\n".join(found) or "whole")
    return min(len(found), 1)


def extract() -> int:
    """Print how many sentences the code says."""
    print(f"{len(extracted())} sentences")
    return 0


def _faults_of(message: Message) -> Iterator[str]:
    name, strings = repr(_singular(message)), _strings(message)
    if message.fuzzy:
        yield f"doubtful: {name}"
    if not all(strings):
        yield f"empty: {name}"
        return
    wanted = {frozenset(PLACEHOLDER.findall(text)) for text in _ids(message)}
    for string in strings:
        if frozenset(PLACEHOLDER.findall(string)) not in wanted:
            yield f"other placeholders: {name} → {string!r}"
        if spaceless := BREAKING.search(PLACEHOLDER.sub("x", string)):
            yield f"no non-breaking space at {spaceless[0]!r}: {name} → {string!r}"


def _header() -> bytes:
    lines = re.findall(r'^"(.*)\\n"$', HEADER, flags=re.MULTILINE)
    return "".join(f"{line}\n" for line in lines).encode()


def _ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _singular(message: Message) -> str:
    return _ids(message)[0]


def _strings(message: Message) -> list[str]:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return strings or [""]


def main() -> int:
    """Run one of the four verbs."""
    verbs = {"extract": extract, "update": update, "compile": compile_catalogue, "check": check}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("verb", choices=verbs)
    return verbs[parser.parse_args().verb]()


if __name__ == "__main__":
    sys.exit(main())
