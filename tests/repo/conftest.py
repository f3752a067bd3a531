"""Real repositories for tests to be made of."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from doclint.repo.building import build
from doclint.repo.git import GitRepo, open_repo

Git = Callable[..., str]
Build = Callable[..., Path]
Open = Callable[..., GitRepo]


@pytest.fixture
def git() -> Git:
    """Run Git in a directory; the answer is its output without the last line end."""

    def run(directory: Path, *arguments: str, **variables: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=directory,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            errors="surrogateescape",
            check=False,
        )
        assert done.returncode == 0, f"git {arguments}: {done.stderr}"
        return done.stdout.removesuffix("\n")

    return run


@pytest.fixture
def built(tmp_path: Path) -> Build:
    """Make a real repository of a spec; the answer is its directory."""

    def make(spec: Mapping[str, Any], name: str = "repo", documents: Mapping[str, str] | None = None) -> Path:
        directory = tmp_path / name
        build(spec, str(directory), documents)
        return directory

    return make


@pytest.fixture
def opened() -> Iterator[Open]:
    """Open repositories that are closed after the test."""
    repos: list[GitRepo] = []

    def open_one(where: Path, tree: str = "worktree", base: str | None = None) -> GitRepo:
        repo = open_repo(str(where), tree=tree, base=base)
        repos.append(repo)
        return repo

    yield open_one
    for repo in repos:
        repo.close()
