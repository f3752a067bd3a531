"""The files of a work tree, of the index and of a revision."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from doclint.late import late
from doclint.repo.batch import LARGEST, TOO_LARGE, Objects
from doclint.repo.facts import MISSING_OBJECT, Unknown
from doclint.repo.paths import PathIndex, directory_of, normalise, parents
from doclint.repo.process import Git

_LINK = 0o120000
_SUBMODULE = 0o160000
UNMERGED = Unknown("a merge conflict in it is not resolved")
# What the index holds of a file whose content is not added yet, and of every empty file.
_EMPTY = frozenset(("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"))
_STATE = late(rb"([^\0]+)\0  ctime: [^\n]*\n  mtime: [^\n]*\n  dev: [^\n]*\n  uid: [^\n]*\n  size: \d+\tflags: ([0-9a-f]+)\n")
_INTENDED = 1 << 29
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


class Entry(NamedTuple):
    """A file as Git keeps it: its mode and its blob's id, which is empty where a merge left several to choose from."""

    mode: int
    id: str


class Tree(Protocol):
    """The files of one tree. Raises GitError where Git fails."""

    @property
    def paths(self) -> PathIndex:
        """Its files."""

    def read(self, path: str) -> bytes | Unknown | None:
        """A file's bytes, a symbolic link's target; None where there is no such file."""

    def is_link(self, path: str) -> bool:
        """Whether a file is a symbolic link."""


class StoredTree:
    """A tree whose files are blobs: ``load`` gives them by path."""

    def __init__(self, load: Callable[[], Mapping[str, Entry]], objects: Objects) -> None:
        self._load = load
        self._objects = objects

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry, submodules included."""
        return self._load()

    @cached_property
    def paths(self) -> PathIndex:
        """Its files."""
        submodules = [path for path, entry in self.entries.items() if entry.mode == _SUBMODULE]
        files = (path for path, entry in self.entries.items() if entry.mode != _SUBMODULE)
        return PathIndex(files, submodules)

    def read(self, path: str) -> bytes | Unknown | None:
        """A file's bytes."""
        entry = self.entries.get(path)
        if entry is None or entry.mode == _SUBMODULE:
            return None
        return read_blob(self._objects, entry.id) if entry.id else UNMERGED

    def is_link(self, path: str) -> bool:
        """Whether the entry is a link."""
        entry = self.entries.get(path)
        return entry is not None and entry.mode == _LINK


def read_blob(objects: Objects, name: str) -> bytes | Unknown:
    """The bytes of a blob that is known to exist."""
    found = objects.get(name)
    data = getattr(found, "data", MISSING_OBJECT)
    return TOO_LARGE if data is None else data


def index_entries(git: Git) -> dict[str, Entry]:
    """What the index holds; a file that is only announced, with ``git add -N``, is not part of what would be committed."""
    found: dict[str, Entry] = {}
    for record in git.run("ls-files", "-z", "--stage").split(b"\0"):
        if record:
            head, _, path = record.partition(b"\t")
            mode, id, stage = head.split(b" ")
            found[os.fsdecode(path)] = Entry(int(mode, 8), id.decode("ascii") if stage == b"0" else "")
    if any(entry.id in _EMPTY for entry in found.values()):
        for path, flags in _STATE.findall(git.run("ls-files", "-z", "--debug")):
            if int(flags, 16) & _INTENDED:
                found.pop(os.fsdecode(path), None)
    return found


def revision_entries(git: Git, id: str) -> dict[str, Entry]:
    """What the commit ``id`` holds."""
    found: dict[str, Entry] = {}
    for record in git.run("ls-tree", "-r", "-z", "--full-tree", id).split(b"\0"):
        if record:
            head, _, path = record.partition(b"\t")
            mode, _, blob = head.split(b" ")
            found[os.fsdecode(path)] = Entry(int(mode, 8), blob.decode("ascii"))
    return found


class WorkTree:
    """The files on disk that Git tracks or would: untracked ones too, unless they are ignored."""

    def __init__(self, git: Git, root: str, objects: Objects) -> None:
        self._git = git
        self._directory = Directory(root)
        self._objects = objects

    @cached_property
    def paths(self) -> PathIndex:
        """Its files. What a sparse checkout leaves out counts as there."""
        files: set[str] = set()
        deleted: set[str] = set()
        opaque: set[str] = set()
        output = self._git.run("ls-files", "-z", "-t", "--stage", "--cached", "--others", "--deleted", "--exclude-standard")
        for record in output.split(b"\0"):
            if not record:
                continue
            mark, rest = record[:1], record[2:]
            if mark == b"?":
                # A closing slash marks a repository of its own inside this one.
                (opaque if rest.endswith(b"/") else files).add(os.fsdecode(rest.rstrip(b"/")))
                continue
            head, _, path = rest.partition(b"\t")
            name = os.fsdecode(path)
            if mark == b"R":
                deleted.add(name)
            (opaque if head.startswith(b"160000") else files).add(name)
        return PathIndex(files - deleted, opaque)

    def read(self, path: str) -> bytes | Unknown | None:
        """A file's bytes as they are on disk, without any conversion."""
        data = self._directory.read(path)
        if data is None and path in self.paths:
            found = self._objects.get(f":0:{path}")
            return None if found is None else read_blob(self._objects, f":0:{path}")
        return data

    def is_link(self, path: str) -> bool:
        """Whether the file on disk is a link."""
        return self._directory.is_link(path)

    def reachable(self, path: str) -> bool:
        """Whether no symbolic link and no other repository lies on the way to ``path``."""
        return self._directory.reachable(path) and self.paths.opaque(path) is None


class Directory:
    """A directory of the file system, read without ever following a symbolic link."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._real: dict[str, bool] = {"": True}

    def reachable(self, path: str) -> bool:
        """Whether the directories above ``path``, as far as they exist, are directories and no links."""
        return self._is_real(directory_of(path))

    def read(self, path: str) -> bytes | Unknown | None:
        """A regular file's bytes, a link's target; None for anything else, outside of the root and in ``.git``."""
        if not path or "\0" in path or normalise(path) != path or ".git" in path.lower().split("/") or not self.reachable(path):
            return None
        full = os.path.join(self._root, path)
        try:
            if not _NO_FOLLOW and os.path.islink(full):
                return os.fsencode(os.readlink(full))
            # Opening a pipe that nobody writes to would wait for ever.
            descriptor = os.open(full, os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK) and os.path.islink(full):
                return os.fsencode(os.readlink(full))
            return Unknown("the file may not be read") if error.errno in (errno.EACCES, errno.EPERM) else None
        try:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                return None
            if state.st_size > LARGEST:
                return TOO_LARGE
            with open(descriptor, "rb", closefd=False) as file:
                return file.read(LARGEST)
        finally:
            os.close(descriptor)

    def is_link(self, path: str) -> bool:
        """Whether ``path``, which ``read`` would read, is a symbolic link."""
        return "\0" not in path and self.reachable(path) and os.path.islink(os.path.join(self._root, path))

    def _is_real(self, directory: str) -> bool:
        unknown = [each for each in (directory, *parents(directory)) if each not in self._real]
        # Paths that documents mention may be deeper than any file system's.
        for each in reversed(unknown):
            try:
                real = stat.S_ISDIR(os.lstat(os.path.join(self._root, each)).st_mode)
            except (OSError, ValueError):
                real = True
            self._real[each] = real and self._real[directory_of(each)]
        return self._real[directory]
