"""Which paths a tree's ignore rules keep out of Git, in Git's own judgement."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from doclint.repo.facts import Unknown
from doclint.repo.paths import parents
from doclint.repo.process import Git
from doclint.repo.trees import Tree

RULES = ".gitignore"
# Below a directory that is only named, any name will do.
_ANY = "-"


def check(git: Git, paths: Sequence[str]) -> dict[str, bool]:
    """For each of ``paths``, whether the repository that ``git`` runs in ignores it; one that ends in ``/`` is a directory.

    Raises GitError, for instance where a path lies beyond a symbolic link.
    """
    if not paths:
        return {}
    # The ``./`` keeps a leading colon from being read as the magic of a pattern.
    stdin = b"".join(b"./" + os.fsencode(path + _ANY if path.endswith("/") else path) + b"\0" for path in paths)
    output = git.run("check-ignore", "-z", "--stdin", "--verbose", "--non-matching", "--no-index", stdin=stdin, ok=(0, 1))
    # Of each path, in the order asked: the file that decided, its line, its pattern, the path.
    rules = output.split(b"\0")[2::4]
    return {path: bool(rule) and not rule.startswith(b"!") for path, rule in zip(paths, rules, strict=True)}


def check_stored(tree: Tree, paths: Sequence[str]) -> dict[str, bool | Unknown]:
    """The same for a tree without files on disk: its rules are laid out in a scratch repository and judged there."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="doclint-") as scratch:
        # As little as makes a repository; ``git init`` would copy the user's template into it.
        for directory in ("objects", "refs"):
            os.makedirs(os.path.join(scratch, ".git", directory))
        with open(os.path.join(scratch, ".git", "HEAD"), "w", encoding="ascii") as file:
            file.write("ref: refs/heads/main\n")
        for rules in _rule_files(paths):
            data = tree.read(rules)
            if isinstance(data, Unknown):
                return dict.fromkeys(paths, data)
            if data is not None:
                os.makedirs(os.path.join(scratch, os.path.dirname(rules)), exist_ok=True)
                with open(os.path.join(scratch, rules), "wb") as file:
                    file.write(data)
        # The user's own ignore file is no part of the tree.
        return {**check(_without_excludes(scratch), paths)}


def _without_excludes(directory: str) -> Git:
    with open(os.path.join(directory, ".git", "config"), "w", encoding="ascii") as file:
        file.write(f"[core]\n\trepositoryformatversion = 0\n\texcludesFile = {os.devnull}\n")
    return Git(directory)


def _rule_files(paths: Iterable[str]) -> list[str]:
    directories = {parent for path in paths for parent in parents(path)}
    return [RULES, *sorted(f"{directory}/{RULES}" for directory in directories)]
