"""Files that a person double-clicks to start a program, as each system wants them."""

from __future__ import annotations

import plistlib
import re
import shlex
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

__all__ = [
    "desktop_entry",
    "file_name",
    "icns",
    "icon",
    "property_list",
    "shell_script",
    "windows_script",
]

_ICONS: Final = files("cpit_research.formats.written") / "templates"
#: What one system or another refuses in the name of a file.
_REFUSED: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029]+')
_NAME_BYTES: Final = 120
_SCRIPT: Final = "@echo off\r\nsetlocal DisableDelayedExpansion\r\nchcp 65001 >nul\r\n"


def file_name(title: str) -> str:
    """Return a name that every system takes, near a title.

    Examples
    --------
    >>> file_name("Atelier : élus & agents / 2024.")
    'Atelier élus & agents 2024'
    """
    words = " ".join(_REFUSED.sub(" ", title).split())
    cut = words.encode()[:_NAME_BYTES].decode(errors="ignore")
    return cut.rstrip(" .")


def windows_script(command: Sequence[str], missing: str) -> bytes:
    """Return a ``.cmd`` that starts a command and closes at once, in UTF-8.

    Parameters
    ----------
    command : sequence of str
        The program and its arguments.
    missing : str
        What is said when the program is no longer there.

    Notes
    -----
    Every word is in quotation marks, in which ``&``, ``^``, ``(`` and ``!`` are themselves; ``%``
    is doubled. Windows is told of UTF-8 before the first line that may hold an accent.
    """
    program, line = _cmd(command[0]), " ".join(_cmd(word) for word in command)
    told = re.sub(r'[&<>|^()!"]', " ", missing).replace("%", "%%")
    gone = f"if not exist {program} (\r\necho {told}\r\npause\r\nexit /b 1\r\n)\r\n"
    return f'{_SCRIPT}{gone}start "" {line}\r\n'.encode()


def _cmd(word: str) -> str:
    """Return a word of a command of Windows."""
    trailing = len(word) - len(word.rstrip("\\"))
    return '"' + word.replace("%", "%%") + "\\" * trailing + '"'


def shell_script(command: Sequence[str], missing: str) -> bytes:
    """Return the script of an application of macOS: it starts a command and ends at once."""
    alert = ("on run argv", "display alert (item 1 of argv)", "end run")
    said = " ".join(f"-e {shlex.quote(line)}" for line in alert)
    return (
        "#!/bin/sh\n"
        f"if [ ! -x {shlex.quote(command[0])} ]; then\n"
        f"  exec osascript {said} {shlex.quote(missing)}\n"
        "fi\n"
        f"nohup {shlex.join(command)} </dev/null >/dev/null 2>&1 &\n"
    ).encode()


def property_list(name: str, identifier: str, executable: str) -> bytes:
    """Return the ``Info.plist`` of an application without an icon in the Dock."""
    reason = {f"NS{place}FolderUsageDescription": name for place in ("Documents", "Desktop")}
    return plistlib.dumps(
        {
            "CFBundleName": name,
            "CFBundleDisplayName": name,
            "CFBundleIdentifier": identifier,
            "CFBundleExecutable": executable,
            "CFBundleIconFile": "icon.icns",
            "CFBundlePackageType": "APPL",
            "CFBundleInfoDictionaryVersion": "6.0",
            "CFBundleVersion": "1",
            "CFBundleShortVersionString": "1",
            "LSUIElement": True,
            # Without it, a script is taken for a program of the former processors.
            "LSArchitecturePriority": ["arm64", "x86_64"],
            **reason,
        }
    )


def desktop_entry(name: str, comment: str, command: Sequence[str], picture: Path) -> bytes:
    """Return a ``.desktop`` file.

    References
    ----------
    freedesktop.org, *Desktop Entry Specification* 1.5, « Value types » and « The Exec key ».
    """
    fields = {
        "Type": "Application",
        "Version": "1.5",
        "Name": _value(name),
        "Comment": _value(comment),
        "Exec": _value(" ".join(_argument(word) for word in command)),
        "Icon": _value(str(picture)),
        "Terminal": "false",
        "StartupNotify": "false",
        "Categories": "Education;",
    }
    lines = "".join(f"{key}={value}\n" for key, value in fields.items())
    return f"[Desktop Entry]\n{lines}".encode()


def _argument(word: str) -> str:
    """Return an argument of Exec: in quotation marks, and ``%`` for itself."""
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%") + '"'


def _value(words: str) -> str:
    """Return a value of a line: what would end it, or begin it by a space, is escaped."""
    escaped = words.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    escaped = escaped.replace("\r", "\\r")
    return "\\s" + escaped[1:] if escaped.startswith(" ") else escaped


def icon() -> Path:
    """Return the picture of the workbench."""
    return Path(str(_ICONS / "workbench.png"))


def icns() -> bytes:
    """Return the same picture as macOS wants it: 256 pixels, under its own name."""
    picture = icon().read_bytes()
    entry = b"ic08" + (len(picture) + 8).to_bytes(4, "big") + picture
    return b"icns" + (len(entry) + 8).to_bytes(4, "big") + entry
