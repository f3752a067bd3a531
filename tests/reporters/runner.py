"""What a GitHub runner takes for commands in the lines that a step prints.

It reads two notations: ``::name key=value,…::data`` at the beginning of a line, behind white space of any kind, and ``##[name]data``
anywhere in a line. Names that it does not know are no commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

KNOWN = frozenset(
    "set-env set-output save-state add-mask add-path add-matcher remove-matcher debug warning error notice echo group "
    "endgroup stop-commands internal-set-repo-path section command".split()
)
_DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
_PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


class Command(NamedTuple):
    """A command that a runner would obey."""

    name: str
    properties: dict[str, str]
    data: str


def commands(text: str) -> Iterator[Command]:
    """The commands in ``text``. A carriage return ends a line as a line feed does, for terminals and logs do not agree on that."""
    for line in re.split(r"\r\n|\n|\r", text):
        command = _new(line) or _old(line)
        if command is not None:
            yield command


def _new(line: str) -> Command | None:
    trimmed = line.lstrip()
    head, colons, data = trimmed.removeprefix("::").partition("::")
    if not trimmed.startswith("::") or not colons:
        return None
    name, _, rest = head.partition(" ")
    if name.casefold() not in KNOWN:
        return None
    pairs = (pair.strip().split("=", 1) for pair in rest.split(",") if "=" in pair)
    return Command(name, {key: _plain(value, _PROPERTY) for key, value in pairs}, _plain(data, _DATA))


def _old(line: str) -> Command | None:
    _, mark, rest = line.partition("##[")
    head, bracket, data = rest.partition("]")
    if not mark or not bracket:
        return None
    name = head.partition(" ")[0]
    return Command(name, {}, data) if name.casefold() in KNOWN else None


def _plain(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for escaped, plain in escapes:
        text = text.replace(escaped, plain)
    return text
