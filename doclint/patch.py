"""What fixes would change, as a unified diff that ``git apply`` and ``patch -p1`` understand."""

from __future__ import annotations

import os

from doclint.text import Source

_ESCAPES = {ord("\a"): "\\a", ord("\b"): "\\b", ord("\t"): "\\t", ord("\n"): "\\n", ord("\v"): "\\v", ord("\f"): "\\f", ord("\r"): "\\r"}
_ESCAPES |= {ord('"'): '\\"', ord("\\"): "\\\\"}


def patch(before: Source, after: Source) -> str:
    """The difference of two texts of one document; empty where there is none."""
    import difflib

    old, new = _lines(before), _lines(after)
    names = _quoted(f"a/{before.path}"), _quoted(f"b/{after.path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in difflib.unified_diff(old, new, *names)
    )


def _lines(source: Source) -> list[str]:
    """The lines as those programs count them, which know line feeds alone."""
    text = source.encode().decode("utf-8")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + ([last] if (last := text.rpartition("\n")[2]) else [])


def _quoted(name: str) -> str:
    """A file's name as Git writes it into patches."""
    data = os.fsencode(name)
    plain = all(0x20 <= byte < 0x7F and byte not in _ESCAPES for byte in data)
    if plain:
        # Behind a name with blanks a tab says where it ends.
        return f"{name}\t" if " " in name else name
    return '"' + "".join(_ESCAPES.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}") for byte in data) + '"'
