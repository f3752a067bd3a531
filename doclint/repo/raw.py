"""Git's raw diffs (``--raw -z``), read."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from typing import NamedTuple

RAW = ("--raw", "-r", "-z", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv")

# Git compares each path of each changed tree with every pathspec: from some ten on, reading all changes costs less, whatever the history.
_MOST_PATHSPECS = 8


class Change(NamedTuple):
    """One path's change: ``status`` is Git's letter, or one letter per parent of a merge; ``origin`` is the former path of a rename.

    ``before`` and ``after`` are blob ids, all zeros where there is none; ``mode`` is the new one.
    """

    status: str
    path: str
    before: str
    after: str
    mode: str
    origin: str | None = None
    similarity: int = 0

    @property
    def added(self) -> bool:
        """Whether the path is new, seen from every parent."""
        return not self.status.strip("A")

    @property
    def deleted(self) -> bool:
        """Whether the path is gone, seen from every parent."""
        return not self.status.strip("D")

    @property
    def content(self) -> str:
        """A token for the new content, ``""`` where there is none."""
        return "" if self.deleted else f"{self.mode} {self.after}"


def parse_raw(output: bytes) -> Iterator[tuple[bytes, list[Change]]]:
    """Each header of ``output`` (a log record, or the id that ``diff-tree --stdin`` prints; ``b""`` before any) with its changes."""
    tokens = iter(output.split(b"\0"))
    header = b""
    changes: list[Change] = []
    for token in tokens:
        token = token.lstrip(b"\n")
        if token.startswith(b":"):
            sides = len(token) - len(token.lstrip(b":"))
            fields = token[sides:].decode("ascii").split(" ")
            letters, number = (fields[-1][0], fields[-1][1:]) if sides == 1 else (fields[-1], "")
            path = os.fsdecode(next(tokens, b""))
            origin = None
            if letters in "RC":
                origin, path = path, os.fsdecode(next(tokens, b""))
            changes.append(Change(letters, path, fields[sides + 1], fields[-2], fields[sides], origin, int(number or 0)))
        elif token:
            if header or changes:
                yield header, changes
            header, changes = token, []
    if header or changes:
        yield header, changes


def limits(paths: Collection[str]) -> bytes:
    """Standard input for ``git log --stdin`` that limits it to ``paths`` where that saves time; else it shows other paths as well."""
    limited = paths if len(paths) <= _MOST_PATHSPECS and not any("\n" in path for path in paths) else ()
    return b"--\n" + b"".join(os.fsencode(path) + b"\n" for path in sorted(limited))
