"""A directory that is in no Git repository: its files are known, its history is not."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property

from doclint.repo.facts import NO_REPOSITORY, Commit, Unknown
from doclint.repo.paths import PathIndex
from doclint.repo.symbols import symbols
from doclint.repo.trees import Directory
from doclint.text import Origin


class AbsentRepo:
    """The files below ``root``; whatever only Git could tell is ``NO_REPOSITORY``. Symbolic links are not followed."""

    origin: Origin = "worktree"
    head: Unknown = NO_REPOSITORY
    base: Unknown = NO_REPOSITORY
    upstream: None = None
    uncommitted: None = None

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self.prefix = ""
        self.bare = False
        self._directory = Directory(self.root)

    def paths(self) -> PathIndex:
        """Every file and symbolic link."""
        return self._paths

    def read(self, path: str) -> bytes | Unknown | None:
        """A file's bytes."""
        return self._directory.read(path)

    def is_link(self, path: str) -> bool:
        """Whether a file is a symbolic link."""
        return self._directory.is_link(path)

    def committed(self) -> None:
        """There is no index."""

    def symbols(self, path: str) -> Mapping[str, int] | Unknown | None:
        """The names that a source file defines."""
        return symbols(path, self.read(path))

    def expect(self, paths: Sequence[str], documents: Sequence[str] = ()) -> None:
        """Nothing to prepare."""

    def ignored(self, path: str) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def history(self, path: str) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def named(self, name: str) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def versions(self, path: str) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def content(self, blob: str) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def changes(self, since: Commit) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def branch(self, name: str) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def pull_request(self, number: int) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def commit(self, id: str) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def log(self) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def blame(self, path: str, first: int, last: int) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def refs(self) -> Unknown:
        """Not known."""
        return NO_REPOSITORY

    def limits(self) -> Sequence[Unknown]:
        """That there is no repository."""
        return (NO_REPOSITORY,)

    def close(self) -> None:
        """Nothing is open."""

    @cached_property
    def _paths(self) -> PathIndex:
        return PathIndex(_files(self.root))


def _files(root: str) -> list[str]:
    found: list[str] = []
    pending = [""]
    while pending:
        directory = pending.pop()
        try:
            entries = list(os.scandir(os.path.join(root, directory)))
        except OSError:
            continue
        for entry in entries:
            path = f"{directory}/{entry.name}" if directory else entry.name
            if not entry.is_dir(follow_symlinks=False):
                found.append(path)
            elif entry.name != ".git":
                pending.append(path)
    return found
