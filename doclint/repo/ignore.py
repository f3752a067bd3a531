"""Which paths a tree's ignore rules keep out of Git, in Git's own judgement."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from doclint.errors import GitError
from doclint.repo.facts import Unknown
from doclint.repo.paths import parents
from doclint.repo.process import Git
from doclint.repo.stream import Stream
from doclint.repo.trees import Tree

RULES = ".gitignore"
# Below a directory that is only named, any name will do.
_ANY = "-"
_QUESTION = ("check-ignore", "-z", "--stdin", "--verbose", "--non-matching", "--no-index")
# Requests that a pipe takes while nothing is read from the other.
_AT_ONCE = 50


class Ignores:
    """The rules of the repository that ``git`` runs in."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._stream: Stream | None = None

    def check(self, paths: Sequence[str]) -> Mapping[str, bool | Unknown]:
        """For each of ``paths``, whether it is ignored; one that ends in ``/`` is a directory.

        Raises GitError, for instance where a path lies beyond a symbolic link.
        """
        found: dict[str, bool] = {}
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            # The ``./`` keeps a leading colon from being read as the magic of a pattern.
            request = b"".join(b"./" + os.fsencode(path + _ANY if path.endswith("/") else path) + b"\0" for path in some)
            try:
                found.update(zip(some, self._ask(request, len(some)), strict=True))
            except (OSError, EOFError):
                self.close()
                # Asked once more, Git says what is wrong.
                self._git.run(*_QUESTION, stdin=request, ok=(0, 1))
                raise GitError("`git check-ignore` ended too soon") from None
        return found

    def close(self) -> None:
        """End the process, if one runs."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _ask(self, request: bytes, count: int) -> list[bool]:
        if self._stream is None:
            self._stream = Stream(self._git, *_QUESTION)
        self._stream.ask(request)
        found = []
        for _ in range(count):
            # Of each path, in the order asked: the file that decided, its line, its pattern, the path.
            _, _, rule, _ = (self._stream.until(b"\0") for _ in range(4))
            found.append(bool(rule) and not rule.startswith(b"!"))
        return found


class StoredIgnores:
    """The rules of a tree without files on disk: they are laid out in a scratch repository and judged there."""

    def __init__(self, tree: Tree) -> None:
        import tempfile

        self._tree = tree
        self._scratch = tempfile.TemporaryDirectory(prefix="doclint-")
        self._laid_out: set[str] = set()
        # As little as makes a repository; ``git init`` would copy the user's template into it.
        for directory in ("objects", "refs"):
            os.makedirs(os.path.join(self._scratch.name, ".git", directory))
        with open(os.path.join(self._scratch.name, ".git", "HEAD"), "w", encoding="ascii") as file:
            file.write("ref: refs/heads/main\n")
        # The user's own ignore file is no part of the tree.
        self._ignores = Ignores(_without_excludes(self._scratch.name))

    def check(self, paths: Sequence[str]) -> Mapping[str, bool | Unknown]:
        """For each of ``paths``, whether it is ignored; one that ends in ``/`` is a directory. Raises GitError."""
        # Git reads a directory's rules when it first comes there.
        for rules in _rule_files(paths):
            if rules not in self._laid_out:
                data = self._tree.read(rules)
                if isinstance(data, Unknown):
                    return dict.fromkeys(paths, data)
                self._laid_out.add(rules)
                if data is not None:
                    os.makedirs(os.path.join(self._scratch.name, os.path.dirname(rules)), exist_ok=True)
                    with open(os.path.join(self._scratch.name, rules), "wb") as file:
                        file.write(data)
        return self._ignores.check(paths)

    def close(self) -> None:
        """End the process, and remove what was laid out."""
        self._ignores.close()
        self._scratch.cleanup()


def _without_excludes(directory: str) -> Git:
    with open(os.path.join(directory, ".git", "config"), "w", encoding="ascii") as file:
        file.write(f"[core]\n\trepositoryformatversion = 0\n\texcludesFile = {os.devnull}\n")
    return Git(directory)


def _rule_files(paths: Iterable[str]) -> list[str]:
    directories = {parent for path in paths for parent in parents(path)}
    return [RULES, *sorted(f"{directory}/{RULES}" for directory in directories)]
