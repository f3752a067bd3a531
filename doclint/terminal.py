"""What a terminal, and the log of a build, may be shown of untrusted text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from doclint.late import late

_TAB = 4
_VARIATION_EMOJI = "\ufe0f"


def escape(character: str) -> str:
    """``character`` itself where it can be printed, and the escape sequence of a Python string literal otherwise.

    Not printable are control characters, the bidirectional controls, line and paragraph separators, and the surrogates that stand for the
    undecodable bytes of a file's name: those are shown as the byte that they are.
    """
    if character.isprintable():
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def safe(text: str) -> str:
    """``text`` on one line, with nothing in it that a terminal would act on."""
    return text if text.isprintable() else "".join(map(escape, text))


def show(character: str) -> str:
    """``character`` as it is shown in a quoted line: as ``safe`` does, and a tab as blanks."""
    return " " * _TAB if character == "\t" else escape(character)


def width(text: str) -> int:
    """How many cells of a terminal ``text``, which is printable, takes."""
    if text.isascii():
        return len(text)
    cells = 0
    for character in text:
        if character == _VARIATION_EMOJI:
            cells += 1
        elif unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
            continue
        else:
            cells += 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
    return cells


def clip(text: str, cells: int, mark: str = "…") -> str:
    """``text``, which is printable, if it fits into ``cells``; else as much of its beginning as does, and ``mark`` behind it."""
    if width(text) <= cells:
        return text
    room = cells - width(mark)
    kept: list[str] = []
    for character in text:
        room -= width(character)
        if room < 0:
            break
        kept.append(character)
    return f"{''.join(kept).rstrip()}{mark}" if cells > 0 else ""


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """``text``, which is printable, with blanks behind it (before it, where it stands at the ``right``) up to ``cells``."""
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks


def inert(line: str) -> str:
    """``line`` with the marks broken up by which a GitHub runner knows its commands (``::`` at the start, ``##[`` anywhere)."""
    line = line.replace("##[", "## [")
    if line.lstrip().startswith("::"):
        line = line.replace("::", ": :", 1)
    return line


def colour(choice: str, environment: Mapping[str, str], terminal: bool) -> bool:
    """Whether to colour the output: what ``--color`` says, else the environment, else whether the output is a terminal.

    The order is that of the conventions: NO_COLOR (not empty), FORCE_COLOR (0 is off), CLICOLOR_FORCE, CLICOLOR, TERM.
    """
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    force = environment.get("FORCE_COLOR")
    if force:
        return force not in ("0", "false")
    if environment.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return terminal


_STYLES = {"bold": "1", "faint": "2", "red": "1;31", "green": "32", "yellow": "1;33", "blue": "1;34", "cyan": "1;36"}
STYLE = late(r"\x1b\[[0-9;]*m")


def paint(text: str, style: str, on: bool) -> str:
    """``text`` in a style, where colour is ``on``."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if on and text else text
