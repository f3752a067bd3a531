"""Trees as Git stores them, compared object by object: what one commit changed costs no process, and no blob that may be missing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from doclint.errors import GitError
from doclint.repo.batch import Object, Objects
from doclint.repo.raw import Change

_TREE = 0o40000


class Stored(NamedTuple):
    """An entry of a tree: its mode and the id of its object."""

    mode: int
    id: str

    @property
    def is_tree(self) -> bool:
        """Whether it is a directory."""
        return self.mode == _TREE


_Entries = Mapping[str, Stored]


class Contents:
    """The trees of commits, each read once."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._trees: dict[str, _Entries] = {}
        self._roots: dict[str, str] = {}

    def find(self, commit: str, path: str) -> Stored | None:
        """What the commit holds at ``path``, be it a directory; None where it holds nothing. Raises GitError."""
        tree: _Entries = self._trees[self._root(commit)]
        *directories, name = path.split("/")
        for directory in directories:
            entry = tree.get(directory)
            if entry is None or not entry.is_tree:
                return None
            self._read([entry.id])
            tree = self._trees[entry.id]
        return tree.get(name)

    def changes(self, before: str | None, after: str) -> list[Change]:
        """The files that differ between two commits, sorted; with None, all that ``after`` holds. Raises GitError."""
        found: list[Change] = []
        pending = [("", None if before is None else self._root(before), self._root(after))]
        while pending:
            self._read([id for _, *sides in pending for id in sides if id is not None])
            onward: list[tuple[str, str | None, str | None]] = []
            for prefix, one, other in pending:
                if one != other:
                    _compare(prefix, self._trees[one] if one else {}, self._trees[other] if other else {}, found, onward)
            pending = onward  # type: ignore[assignment]
        return sorted(found, key=lambda change: change.path)

    def _root(self, commit: str) -> str:
        if commit not in self._roots:
            found = self._objects.get(f"{commit}^{{tree}}")
            if not isinstance(found, Object) or found.data is None:
                raise GitError(f"the tree of {commit[:7]} cannot be read")
            self._roots[commit] = found.id
            self._trees.setdefault(found.id, _parse(found.data, len(found.id) // 2))
        return self._roots[commit]

    def _read(self, ids: Sequence[str]) -> None:
        wanted = list(dict.fromkeys(id for id in ids if id not in self._trees))
        for id, found in zip(wanted, self._objects.get_all(wanted), strict=True):
            if found is None or found.data is None:
                raise GitError("a tree cannot be read")
            self._trees[id] = _parse(found.data, len(id) // 2)


def _compare(prefix: str, before: _Entries, after: _Entries, found: list[Change], onward: list[tuple[str, str | None, str | None]]) -> None:
    for name in {*before, *after}:
        one, other = before.get(name), after.get(name)
        if one == other:
            continue
        path = prefix + name
        trees = [entry.id if entry is not None and entry.is_tree else None for entry in (one, other)]
        if any(trees):
            onward.append((path + "/", trees[0], trees[1]))
        old = None if trees[0] else one
        new = None if trees[1] else other
        if old is None and new is None:
            continue
        none = "0" * len((old or new or Stored(0, "")).id)
        status = "A" if old is None else "D" if new is None else "M"
        found.append(Change(status, path, old.id if old else none, new.id if new else none, f"{new.mode:06o}" if new else "000000"))


def _parse(data: bytes, size: int) -> _Entries:
    found: dict[str, Stored] = {}
    place = 0
    while place < len(data):
        space = data.index(b" ", place)
        end = data.index(b"\0", space)
        found[os.fsdecode(data[space + 1 : end])] = Stored(int(data[place:space], 8), data[end + 1 : end + 1 + size].hex())
        place = end + 1 + size
    return found
