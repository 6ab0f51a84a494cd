"""What a system reads of a launcher is the command that was meant."""

import plistlib
import re
import shlex
import subprocess

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.formats.written import launcher_file as written

# Everything that a folder of a person may be called, and what each system makes something of.
SIGNS = st.sampled_from(" &%!^()'\"`$\\;=~#é’–«»日🙂\t%%\\\\")
NAMES = st.lists(st.one_of(SIGNS, st.characters(codec="utf-8", exclude_characters="\x00")))
WORDS = NAMES.map("".join)
COMMANDS = st.lists(WORDS, min_size=1, max_size=5)
#: Windows has no quotation mark and no end of line in a path.
WINDOWS = COMMANDS.map(
    lambda words: [re.sub(r'["\x00-\x1f\x85\u2028\u2029]', "", w) for w in words]
)
UNESCAPED = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def value(entry: bytes, key: str) -> str:
    """A value of a desktop entry, as the specification reads strings."""
    line = next(one for one in entry.decode().split("\n") if one.startswith(f"{key}="))
    return re.sub(r"\\(.)", lambda found: UNESCAPED[found[1]], line.removeprefix(f"{key}="))


def arguments(exec_value: str) -> list[str]:
    """The arguments of Exec: quoted ones, reserved characters after a backslash, field codes."""
    quoted = re.findall(r'"((?:[^"`$\\]|\\["`$\\])*)"(?: |$)', exec_value, re.DOTALL)
    assert " ".join(f'"{one}"' for one in quoted) == exec_value, "nothing stands outside quotes"
    words = [re.sub(r"\\(.)", r"\1", one) for one in quoted]
    assert not any(re.search(r"(?<!%)(%%)*%(?!%)", word) for word in words), "a field code"
    return [word.replace("%%", "%") for word in words]


def windows_arguments(line: str) -> list[str]:
    """What a program of Windows is given: cmd halves each %%, then come its own rules."""
    assert "%" not in line.replace("%%", ""), "a variable"
    words = line.removeprefix('"').removesuffix('"').replace("%%", "%").split('" "')
    assert all(end % 2 == 0 for end in map(trailing, words)), "a quotation mark that is escaped"
    return [word[: len(word) - trailing(word) // 2] for word in words]


def trailing(word: str) -> int:
    return len(word) - len(word.rstrip("\\"))


@given(COMMANDS)
def test_a_desktop_entry_runs_the_very_words_of_the_command(command):
    entry = written.desktop_entry("Atelier", "Coder", command, written.icon())
    assert arguments(value(entry, "Exec")) == command


@given(WORDS)
def test_a_desktop_entry_has_the_lines_that_it_says_whatever_it_is_called(name):
    entry = written.desktop_entry(name, "", ["python"], written.icon())
    assert value(entry, "Name") == name
    assert len(entry.decode().split("\n")) == 11
    assert value(entry, "Icon") == str(written.icon())


@given(WINDOWS)
def test_a_windows_script_starts_the_very_words_of_the_command(command):
    lines = written.windows_script(command, "Python n’est plus là.").decode().split("\r\n")
    assert lines[2] == "chcp 65001 >nul", "before any accent"
    assert "".join(lines[:3]).isascii()
    assert windows_arguments(lines[-2].removeprefix('start "" ')) == command


@given(WORDS)
def test_what_a_windows_script_says_does_nothing(words):
    script = written.windows_script(["C:\\python.exe"], re.sub(r"[\r\n]", "", words)).decode()
    said = script.split("\r\n")[4].removeprefix("echo ")
    assert not set(said) & set('&<>|^()"')
    assert "%" not in said.replace("%%", "")


@given(COMMANDS)
def test_a_script_of_macos_runs_the_very_words_of_the_command(command):
    script = written.shell_script(command, "Python n’est plus là.").decode()
    run = script.partition("\nfi\nnohup ")[2].removesuffix(" </dev/null >/dev/null 2>&1 &\n")
    assert shlex.split(run) == command


def test_a_script_of_macos_starts_the_command_and_says_nothing(tmp_path):
    made = tmp_path / "l’élu & 100 % $HOME" / "fait"
    made.parent.mkdir()
    (tmp_path / "script").write_bytes(written.shell_script(["/bin/mkdir", str(made)], "gone"))
    done = subprocess.run(
        ["/bin/sh", tmp_path / "script"], check=True, capture_output=True, timeout=20
    )
    for _ in range(1000):
        if made.exists():
            break
        subprocess.run(["/bin/sleep", "0.01"], check=True)
    assert made.is_dir()
    assert done.stdout + done.stderr == b""


def test_an_application_says_its_name_and_its_program():
    told = plistlib.loads(written.property_list("Atelier – É & <b>", "org.example.a", "workbench"))
    assert told["CFBundleDisplayName"] == "Atelier – É & <b>"
    assert told["CFBundleExecutable"] == "workbench"
    assert told["LSUIElement"] is True


def test_the_icon_of_macos_holds_the_picture_and_its_own_size():
    whole, picture = written.icns(), written.icon().read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(whole[4:8], "big") == len(whole)
    assert whole.endswith(picture)


@given(WORDS)
def test_every_system_takes_the_name_of_the_file(title):
    name = written.file_name(f"Atelier {title}")
    assert not set(name) & set('<>:"/\\|?*\x00\r\n')
    assert len(name.encode()) <= 120
    assert not name.endswith((" ", "."))
